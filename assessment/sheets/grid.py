"""Hold what was read from a table file: cells as text, and how they were found."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grid:
    """A table of text cells; nothing is interpreted, renamed or dropped.

    Parameters
    ----------
    rows
        Every row of the file, blank ones included, so that index + 1 is the row number a spreadsheet shows. All rows
        have the same length. They hold answers, so they stay out of the printed form of the object.
    encoding, delimiter
        Of delimited text; empty for a workbook.
    sheet
        The sheet's name; None for delimited text.
    """

    rows: list[list[str]] = field(repr=False)
    container: str
    encoding: str = ""
    delimiter: str = ""
    sha256: str = ""
    sheet: str | None = None
    notes: tuple[str, ...] = ()
