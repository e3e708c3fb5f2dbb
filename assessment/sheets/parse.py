"""Turn the bytes of a table file into grids; runs in this process or in a limited one."""

from collections.abc import Collection
from dataclasses import replace

from assessment.sheets.container import check_is_table_text, container_of
from assessment.sheets.delimited import records_of
from assessment.sheets.encoding import decoded
from assessment.sheets.grid import Grid
from assessment.sheets.limits import Limits

GUARDED = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def parsed(name: str, data: bytes, known_texts: Collection[str], limits: Limits) -> list[Grid]:
    """Read every sheet of a file; delimited text is one sheet.

    Raises
    ------
    ImportRefused
        E01, E02, E03, E12 or E14.
    """
    if container_of(name, data) == "xlsx":
        # Imported here because the process that reads small text has no use for the workbook reader.
        from assessment.sheets.workbook import grids_of  # noqa: PLC0415

        grids = grids_of(name, data, limits)
    else:
        grids = [_text_grid(name, data, known_texts, limits)]
    return [replace(grid, rows=[[unguarded(cell) for cell in row] for row in grid.rows]) for grid in grids]


def unguarded(cell: str) -> str:
    """Take away the apostrophe that some writers put before a text that looks like a formula.

    >>> unguarded("'=A1"), unguarded("'tis")
    ('=A1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def _text_grid(name: str, data: bytes, known_texts: Collection[str], limits: Limits) -> Grid:
    text, encoding = decoded(name, data, known_texts)
    check_is_table_text(name, text)
    records, delimiter = records_of(name, text, limits)
    return Grid(rows=records, container="csv", encoding=encoding, delimiter=delimiter)
