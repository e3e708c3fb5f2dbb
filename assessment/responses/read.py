"""Read a survey export stage by stage: nothing is guessed, and a refused file leaves nothing behind."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from assessment import files
from assessment.errors import ImportRefused
from assessment.frames import Answers
from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import load_adapters
from assessment.responses.detection import detected
from assessment.responses.known import known_texts
from assessment.responses.layout import file_columns, layout_of
from assessment.responses.mapping_file import draft_of, load_mapping
from assessment.responses.repeats import Keep
from assessment.responses.selection import answers_of
from assessment.responses.tool_key import key_of
from assessment.sheets import STANDARD, Grid, Limits, read_grids

DRAFTED = ("E04", "E07", "E08", "E15")


def read_answers(
    path: Path,
    questionnaire: Questionnaire,
    *,
    tool: str | None = None,
    missing_items: Collection[str] = (),
    only: Mapping[str, str] | None = None,
    mapping: Path | None = None,
    draft: Path | None = None,
    key: Path | None = None,
    keep: Keep = "all",
    limits: Limits = STANDARD,
) -> Answers:
    """Read the answers of one organisation in one wave from a survey tool's export or a plain table.

    Parameters
    ----------
    tool
        Name of the adapter; None to recognise the tool.
    missing_items
        Items that were left out of the form on purpose; they become *not asked*.
    only
        Heading and value of the columns that choose the rows of a pooled file, for example ``{"wave": "1"}``.
    mapping
        A mapping file (YAML) that says what the columns are and what their cells mean.
    draft
        Where to write a mapping file ready to edit when the columns cannot be told; an existing file is kept.
    key
        The survey's definition (`.qsf`), for an export of numbers.
    keep
        Which response stays when an address, an access code or a network sent several.

    Returns
    -------
    Answers
        One row per respondent in the order of the file. *Not answered*, *cannot tell* and *not asked* stay apart. Only
        the id, role, team and items leave this room; every other column is dropped while reading. Rows without a role
        or without any answer, exact copies, tests, spam and unfinished responses with too few answers are listed in
        `rejected`. A respondent without team has a missing one.

    Raises
    ------
    ImportRefused
        With every problem of the stage that failed.
    DefinitionError
        When the mapping file cannot be read.
    """
    written = load_mapping(mapping, questionnaire) if mapping else None
    asked = tool or (written.tool if written else None)
    containers = {container for adapter in load_adapters() for container in adapter.containers}
    grids = read_grids(path, known_texts=known_texts(questionnaire), limits=limits, also=containers)
    try:
        found = detected(
            path.name, grids, load_adapters(), questionnaire, tool=asked, is_mapped=bool(written and written.columns)
        )
        layout = layout_of(
            path.name,
            found,
            questionnaire,
            missing_items=missing_items,
            written=written,
            key=key_of(key) if key else None,
        )
    except ImportRefused as error:
        raise _with_draft(error, draft, grids, questionnaire, asked) from None
    return answers_of(path.name, found, layout, questionnaire, only=only or {}, keep=keep)


def _with_draft(
    error: ImportRefused, draft: Path | None, grids: Sequence[Grid], questionnaire: Questionnaire, tool: str | None
) -> ImportRefused:
    """Write a mapping file ready to edit where the columns could not be told, and say so in the refusal."""
    if draft is None or draft.exists() or not any(told.startswith(DRAFTED) for told in error.problems):
        return error
    adapters = load_adapters()
    try:
        found = detected("", grids, adapters, questionnaire, tool=tool, is_mapped=True)
    except ImportRefused:
        return error
    files.write_text(draft, draft_of(file_columns(found, questionnaire), questionnaire, found.adapter))
    told = f"{error.headline}; {draft.name} lists the columns, ready to edit: complete it and import with it as mapping"
    return ImportRefused(told, error.problems)
