"""Write a questionnaire as a file that a survey tool opens; one format per file."""

from collections.abc import Sequence
from pathlib import Path

from assessment.errors import DefinitionError
from assessment.export.survey.building import form_of
from assessment.export.survey.tools import TOOLS, Tool
from assessment.files import write_bytes
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import FormKind

__all__ = ["TOOLS", "Tool", "survey_file"]


def survey_file(
    questionnaire: Questionnaire,
    *,
    tool: str,
    language: str,
    out: Path,
    form: FormKind = "full",
    teams: Sequence[str] = (),
    comments: bool = False,
) -> list[Path]:
    """Write the questionnaire for a survey tool.

    Parameters
    ----------
    questionnaire
        As the organisation is asked it: with its variants and its own words.
    tool
        A key of `TOOLS`.
    language
        The default language; the only one where the tool's format holds one.
    out
        The file to write, or a folder in which the file gets a name. What goes with it is written beside it.
    form
        All items, or those of the pulse.
    teams
        The organisation's teams; without any, the item for the team is left out.
    comments
        Whether open items are asked.

    Returns
    -------
    list of paths
        The file to give to the tool first, then what goes with it.

    Raises
    ------
    DefinitionError
        For an unknown tool or language, and for teams that cannot be told apart.
    """
    if tool not in TOOLS:
        raise DefinitionError(f"There is no format for '{ascii(tool)[1:-1]}'", [f"known are {', '.join(TOOLS)}"])
    asked = form_of(questionnaire, kind=form, language=language, teams=teams, comments=comments)
    first = out / f"{asked.id}-{asked.version}-{language}{TOOLS[tool].ending}" if out.is_dir() else out
    written: list[Path] = []
    for part in TOOLS[tool].write(asked):
        path = first.with_name(f"{first.stem}{part.ending}") if part.ending else first
        write_bytes(path, part.data)
        written.append(path)
    return written
