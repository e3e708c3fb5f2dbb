"""Hold what was read from a table file: cells as text, and how they were found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from assessment.sheets.texts import Texts, gathered


@dataclass(frozen=True)
class Grid:
    """A table of text cells; nothing is interpreted, renamed or dropped.

    Parameters
    ----------
    columns
        Every column with every row of the file, blank ones included, so that index + 1 is the row number a spreadsheet
        shows. They hold answers, so they stay out of the printed form of the object.
    encoding, delimiter
        Of delimited text; empty for a workbook.
    sheet
        The sheet's name; None for delimited text.
    """

    columns: tuple[Texts, ...] = field(repr=False)
    container: str
    encoding: str = ""
    delimiter: str = ""
    sha256: str = ""
    sheet: str | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], container: str, *, encoding: str = "") -> Self:
        """Make a grid of rows of equal length."""
        return cls(columns=gathered(rows), container=container, encoding=encoding)

    @property
    def n_rows(self) -> int:
        """The number of rows, headings included."""
        return len(self.columns[0]) if self.columns else 0

    def top(self, n: int) -> list[list[str]]:
        """Give the first rows, as many as there are of the wanted number."""
        return [[column[row] for column in self.columns] for row in range(min(n, self.n_rows))]

    @property
    def rows(self) -> list[list[str]]:
        """Every row; a large grid is better looked at by column."""
        return list(map(list, zip(*(column.cells() for column in self.columns), strict=True)))
