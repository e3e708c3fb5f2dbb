"""Read the sheets of an XLSX workbook as text, after the archive and its parts were checked."""

import datetime as dt
import io
import zlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from assessment.sheets.archive import archive_problems, unpacking_problems
from assessment.sheets.grid import Grid
from assessment.sheets.limits import Limits
from assessment.sheets.refusals import problem, refused
from assessment.sheets.sheet_parts import SheetFacts, sheet_facts
from assessment.sheets.texts import Gathering, Texts

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
NOT_A_WORKBOOK = "The file is an archive, not an XLSX workbook. Unpack it and import the table inside."
ROWS_AT_ONCE = 50
DAMAGED = "The workbook is damaged. Download or save it again."


def grids_of(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """Read every visible sheet that is not empty, in the workbook's order.

    Raises
    ------
    ImportRefused
        E01 for an archive that is no workbook, is damaged, suspicious or over a limit; E12 for a formula without a
        stored value; E14 for a workbook without a filled sheet.
    """
    facts = _checked_facts(name, data, limits)
    try:
        grids = list(_visible(data, facts))
    except CalamineError:
        raise refused(name, [problem("E01", DAMAGED)]) from None
    over = any(len(word) > limits.cell_characters for grid in grids for column in grid.columns for word in column.words)
    if over:
        raise refused(name, [problem("E01", f"A cell has more than {limits.cell_characters} characters.")])
    if not grids:
        raise refused(name, [problem("E14", "No visible sheet of the workbook holds anything.")])
    return grids


def _checked_facts(name: str, data: bytes, limits: Limits) -> dict[str, SheetFacts]:
    """Run the checks in order: list of members, unpacking, parts."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if found := archive_problems(archive, limits) or unpacking_problems(archive, limits):
                raise refused(name, [problem("E01", f"The archive is refused. {told}") for told in found])
            if "xl/workbook.xml" not in archive.namelist():
                raise refused(name, [problem("E01", NOT_A_WORKBOOK)])
            facts = dict(sheet_facts(archive, limits))
    except (BadZipFile, zlib.error, EOFError, KeyError, ParseError, DefusedXmlException, NotImplementedError):
        raise refused(name, [problem("E01", DAMAGED)]) from None
    found = [told for sheet in facts.values() if not sheet.is_hidden for told in sheet.problems]
    if found:
        raise refused(name, found)
    return facts


def _visible(data: bytes, facts: dict[str, SheetFacts]) -> Iterator[Grid]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    n_hidden = sum(sheet.is_hidden for sheet in facts.values())
    for sheet, fact in facts.items():
        columns = () if fact.is_hidden else _columns(workbook, sheet, fact)
        if columns:
            yield Grid(columns=columns, container="xlsx", sheet=sheet, notes=tuple(_notes(fact, n_hidden)))


def _columns(workbook: CalamineWorkbook, sheet: str, fact: SheetFacts) -> tuple[Texts, ...]:
    """Give the cells from A1 on as text; a sheet without any filled cell has no columns."""
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    for row, column, text in fact.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    gathering = Gathering(len(rows[0]) if rows else 0)
    for first in range(0, len(rows), ROWS_AT_ONCE):
        gathering.add(list(map(_told_apart, rows[first : first + ROWS_AT_ONCE])))
    columns = gathering.columns(_cell_text)
    return columns if any(any(column.words) for column in columns) else ()


def _told_apart(row: list[Cell]) -> Sequence[Cell]:
    """Write out the truth values of a row, which Python holds for equal to 1 and 0."""
    return row if bool not in map(type, row) else [_cell_text(c) if isinstance(c, bool) else c for c in row]


def _notes(fact: SheetFacts, n_hidden_sheets: int) -> Iterator[str]:
    if fact.n_hidden_rows:
        yield f"{fact.n_hidden_rows} hidden row(s) of the sheet were read like the others."
    if n_hidden_sheets:
        yield f"{n_hidden_sheets} hidden sheet(s) were not read."


def _cell_text(cell: Cell) -> str:
    """Write a value as a person would type it: 5.0 as 5, a date in ISO form.

    >>> [_cell_text(5.0), _cell_text(3.5), _cell_text(True), _cell_text(dt.date(2026, 1, 2))]
    ['5', '3.5', 'TRUE', '2026-01-02']
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return str(cell)
