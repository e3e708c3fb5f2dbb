"""Know where a workspace keeps its organisations and reports."""

from dataclasses import dataclass
from pathlib import Path

from assessment import files
from assessment.definitions import find_questionnaire, load_organisation, load_questionnaire
from assessment.errors import DefinitionError
from assessment.model.organisation import Organisation
from assessment.model.questionnaire import Questionnaire

SETTINGS = "organisation.yaml"


@dataclass(frozen=True)
class Client:
    """One organisation's folder, settings and questionnaire."""

    id: str
    folder: Path
    workspace: Path
    settings: Organisation
    questionnaire: Questionnaire

    def questionnaire_of(self, id: str, version: str) -> Questionnaire:  # noqa: A002 - what it is
        """Give the questionnaire of a wave, which may be an earlier version than the organisation's present one."""
        if (id, version) == (self.questionnaire.id, self.questionnaire.version):
            return self.questionnaire
        return load_questionnaire(find_questionnaire(f"{id}/{version}", workspace=self.workspace))


def workspace_of(start: Path) -> Path:
    """Give `start`, or the nearest folder above it that holds `organisations/` (a notebook runs in its own folder)."""
    here = start.resolve()
    return next((place for place in (here, *here.parents) if (place / "organisations").is_dir()), here)


def client_of(organisation: str, *, workspace: Path) -> Client:
    """Open an organisation's folder and read its settings.

    Raises
    ------
    DefinitionError
        When there is no such organisation (those that exist are named), or its settings have problems.
    """
    root = workspace_of(workspace)
    folder = files.safe_child(root, "organisations", files.check_slug(organisation, field="organisation"))
    if not (folder / SETTINGS).is_file():
        known = sorted(path.parent.name for path in (root / "organisations").glob(f"*/{SETTINGS}"))
        raise DefinitionError(
            f"no organisation '{organisation}'; known are: {', '.join(known) or 'none yet'}. See: assess init --help"
        )
    named = load_organisation(folder)
    questionnaire = load_questionnaire(find_questionnaire(named.questionnaire, workspace=root))
    return Client(organisation, folder, root, load_organisation(folder, questionnaire), questionnaire)
