"""Report cells of an item that are no answer: what they are and where, without quoting what may be free text."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assessment.responses.adapter import AnswerForm
from assessment.responses.words import changed
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, listed_rows, problem, shown

WHOLE = re.compile(r"^\d{1,9}(\.0+)?$")
NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
DATE = re.compile(
    r"^\d{4}-\d{1,2}-\d{1,2}([ t]\d.*)?$"  # 2026-01-02, as a workbook's date is written
    r"|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$"  # 2/1/2026
    r"|^\d{1,2}[-. ][^\W\d_]{3,4}\.?(-\d{2,4})?$"  # 2-jan
)
SPREADSHEET_ERROR = re.compile(r"^#(ref!|n/a|value!|name\?|div/0!|num!|null!|#+)$")
CELLS_LISTED = 5


@dataclass(frozen=True)
class ItemCells:
    """The cells of one item as text by row number.

    Parameters
    ----------
    index
        Place of the column in the file, for messages.
    is_quotable
        Whether a message may quote a value; not when columns were joined, since one of them may hold free text.
    """

    item: str
    index: int
    cells: pd.Series
    is_quotable: bool = True

    @property
    def where(self) -> str:
        """The column for a message."""
        return f"Column {column_letter(self.index)} ({self.item})"


def unknown_problems(
    column: ItemCells, readings: Sequence[Mapping[str, int]], form: AnswerForm, accepted: Collection[str], numbers: str
) -> Iterator[str]:
    """Report the values that no reading explains: damage by cell (E12), numbers without a key (E11), the rest (E09)."""
    values = changed(column.cells, comparable)
    filled = values[values != ""]
    best = max(readings, key=lambda reading: int(filled.isin(list(reading)).sum()))
    unknown = filled[~filled.isin(list(best))]
    is_date, is_error = unknown.str.match(DATE), unknown.str.match(SPREADSHEET_ERROR)
    yield from _damage(column, unknown.index[is_date], "a date")
    yield from _damage(column, unknown.index[is_error], "an error value")
    rest = unknown[~is_date & ~is_error]
    if len(rest) and len(unknown) == len(filled) and rest.str.match(NUMBER).all():
        told = f"{column.where} holds numbers that are no codes of the scale, and there is no key to them."
        yield problem("E11", f"{told} {numbers}".strip())
        return
    # A column that is mostly something else is no scale column, whatever its heading says: its cells are not quoted.
    may_quote = column.is_quotable and len(unknown) * 2 <= len(filled)
    ending = ", or their numbers." if form.numbers_are_codes else "."
    for quoted, rows in _quotes(column, rest, may_quote=may_quote):
        told = f"{column.where}: {quoted} in {len(rows)} row(s) ({listed_rows(rows)}) is no answer of the scale."
        yield problem("E09", f"{told} Accepted: {', '.join(accepted)}{ending}")


def _damage(column: ItemCells, rows: pd.Index, what: str) -> Iterator[str]:
    """Report cells that a spreadsheet changed."""
    if len(rows):
        cells = ", ".join(f"{column_letter(column.index)}{row}" for row in rows[:CELLS_LISTED])
        more = f" and {len(rows) - CELLS_LISTED} more" if len(rows) > CELLS_LISTED else ""
        told = f"Cell {cells}{more} ({column.item}) holds {what}. A spreadsheet changed an answer."
        yield problem("E12", f"{told} Use the file as downloaded.")


def _quotes(column: ItemCells, rest: pd.Series, *, may_quote: bool) -> Iterator[tuple[str, list[int]]]:
    """Give each value once with its rows, quoted and shortened where that is allowed."""
    if not may_quote:
        yield from [("what stands there", list(rest.index))] if len(rest) else []
        return
    for rows in rest.groupby(rest, sort=False).groups.values():
        yield f"'{shown(str(column.cells[rows[0]]).strip())}'", list(rows)
