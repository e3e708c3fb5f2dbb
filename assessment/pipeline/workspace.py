"""Know where a workspace keeps its organisations and reports."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from assessment import files
from assessment.definitions import find_questionnaire, load_organisation, load_questionnaire
from assessment.errors import DefinitionError
from assessment.model.local_words import with_local_words
from assessment.model.organisation import Organisation, Wave
from assessment.model.pulse import in_form
from assessment.model.questionnaire import Questionnaire
from assessment.model.variants import with_variants

SETTINGS = "organisation.yaml"


@dataclass(frozen=True)
class Client:
    """One organisation's folder, settings and questionnaire."""

    id: str
    folder: Path
    workspace: Path
    settings: Organisation
    questionnaire: Questionnaire

    def wave(self, name: str) -> Wave:
        """Give what the settings say of a wave; what they do not say is the default."""
        return self.settings.waves.get(name, Wave())

    def questionnaire_of(self, named: str, variants: Collection[str], form: str) -> Questionnaire:
        """Give the questionnaire that a wave was asked: ``id/version`` and variants may be others than at present."""
        present = f"{self.questionnaire.id}/{self.questionnaire.version}"
        if named == present and set(variants) == set(self.settings.variants):
            return in_form(self.questionnaire, form)
        loaded = load_questionnaire(find_questionnaire(named, workspace=self.workspace))
        return in_form(with_variants(loaded, variants), form)


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
    settings = load_organisation(folder, questionnaire)
    asked = with_local_words(with_variants(questionnaire, settings.variants), settings.words)
    return Client(organisation, folder, root, settings, asked)
