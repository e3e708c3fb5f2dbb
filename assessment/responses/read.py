"""Read a survey export stage by stage: nothing is guessed, and a refused file leaves nothing behind."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from assessment.frames import ANSWERS, Answers
from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import wave_rows
from assessment.responses.adapter import Adapter, load_adapters
from assessment.responses.detection import detected
from assessment.responses.known import known_texts
from assessment.responses.layout import Layout, layout_of
from assessment.responses.receipt import receipt_of
from assessment.responses.rows import Kept, check_shape, kept
from assessment.responses.table import decoded_table
from assessment.sheets import STANDARD, Limits, read_grids
from assessment.sheets.refusals import problem, refused


def read_answers(
    path: Path,
    questionnaire: Questionnaire,
    *,
    tool: str | None = None,
    missing_items: Collection[str] = (),
    only: Mapping[str, str] | None = None,
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

    Returns
    -------
    Answers
        One row per respondent in the order of the file. *Not answered*, *cannot tell* and *not asked* stay apart. Only
        the id, role, team and items leave this room; every other column is dropped while reading. Rows without a role
        or without any answer, and exact copies, are listed in `rejected`. A respondent without team has a missing one.

    Raises
    ------
    ImportRefused
        With every problem of the stage that failed.
    """
    grids = read_grids(path, known_texts=known_texts(questionnaire), limits=limits)
    found = detected(path.name, grids, load_adapters(), questionnaire, tool=tool)
    layout = layout_of(path.name, found, questionnaire, missing_items=missing_items)
    rows = _filled_rows(path.name, found.grid.rows, found.signature.header_rows, found.adapter)
    is_inside = wave_rows(path.name, rows, layout.columns, found.adapter, only or {})
    body = rows[is_inside]
    check_shape(path.name, body, [cell for row in found.heading_rows for cell in row], layout.about)
    table, notes = decoded_table(path.name, body, layout, questionnaire)
    people = _people(path.name, table, body, layout)
    receipt = receipt_of(
        path.name, found, layout, people, n_outside=int((~is_inside).sum()), notes=(*notes, *people.notes)
    )
    return Answers(codes=ANSWERS.check(people.codes), receipt=receipt, rejected=people.rejected)


def _filled_rows(name: str, rows: list[list[str]], n_headings: int, adapter: Adapter) -> pd.DataFrame:
    """Give the rows below the headings by row number, blank ones left out."""
    body = pd.DataFrame(rows[n_headings:], dtype="str", columns=range(len(rows[0])))
    numbered = body.set_axis(range(n_headings + 1, len(rows) + 1))
    filled = numbered[numbered.map(lambda cell: bool(str(cell).strip())).any(axis=1)]
    if filled.empty:
        raise refused(name, [_no_response(adapter)])
    return filled


def _people(name: str, table: pd.DataFrame, body: pd.DataFrame, layout: Layout) -> Kept:
    """Keep the rows that are respondents; none at all is no file of responses."""
    has_ids = bool((table["respondent"] != "").all())
    people, problems = kept(table, body=body, has_ids=has_ids, has_times="submitted" in layout.about)
    if problems or people.codes.empty:
        raise refused(name, problems or [_no_response(layout.adapter)])
    return people


def _no_response(adapter: Adapter) -> str:
    return problem("E14", f"The file has headings but no submitted response. {adapter.advice.export_again}")
