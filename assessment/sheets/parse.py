"""Turn the bytes of a table file into grids; runs in this process or in a limited one."""

from collections.abc import Collection
from dataclasses import replace

from assessment.sheets.container import check_is_table_text, container_of, is_json
from assessment.sheets.delimited import columns_of
from assessment.sheets.encoding import decoded
from assessment.sheets.grid import Grid
from assessment.sheets.json_table import json_rows
from assessment.sheets.limits import Limits

GUARDED = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def parsed(
    name: str, data: bytes, known_texts: Collection[str], limits: Limits, also: Collection[str] = ()
) -> list[Grid]:
    """Read every sheet of a file; delimited text is one sheet.

    Parameters
    ----------
    also
        Containers that are read besides text and workbooks.

    Raises
    ------
    ImportRefused
        E01, E02, E03, E12 or E14.
    """
    grids = _grids(name, data, known_texts, limits, also)
    return [replace(grid, columns=tuple(column.mapped(unguarded) for column in grid.columns)) for grid in grids]


def _grids(name: str, data: bytes, known_texts: Collection[str], limits: Limits, also: Collection[str]) -> list[Grid]:
    """Choose the reader; those for other things than text are imported here, a small text has no use for them."""
    match container_of(name, data, also=also):
        case "xlsx":
            from assessment.sheets.workbook import grids_of  # noqa: PLC0415

            return grids_of(name, data, limits)
        case "sav":
            from assessment.sheets.statistical import sav_grid  # noqa: PLC0415

            return [sav_grid(name, data, limits)]
        case "parquet":
            from assessment.sheets.statistical import parquet_grid  # noqa: PLC0415

            return [parquet_grid(name, data, limits)]
        case "text":
            return [_text_grid(name, data, known_texts, limits, also)]


def unguarded(cell: str) -> str:
    """Take away the apostrophe that some writers put before a text that looks like a formula.

    >>> unguarded("'=A1"), unguarded("'tis")
    ('=A1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def _text_grid(name: str, data: bytes, known_texts: Collection[str], limits: Limits, also: Collection[str]) -> Grid:
    text, encoding = decoded(name, data, known_texts)
    check_is_table_text(name, text, also=also)
    if "json" in also and is_json(text):
        return Grid.of(json_rows(name, text, limits), "json", encoding=encoding)
    columns, delimiter = columns_of(name, text, limits)
    return Grid(columns=columns, container="csv", encoding=encoding, delimiter=delimiter)
