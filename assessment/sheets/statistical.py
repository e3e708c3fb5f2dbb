"""Read files of statistics programs as text: SPSS with its labels, and Parquet; both readers are optional."""

import datetime as dt
import io
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from assessment.sheets.grid import Grid
from assessment.sheets.limits import Limits
from assessment.sheets.refusals import problem, refused

DAMAGED = "The file is damaged. Export it again."


def sav_grid(name: str, data: bytes, limits: Limits) -> Grid:
    """Read an SPSS file: a row of names, a row of the variables' labels, then a row per case.

    A value with a label becomes the label; a value that the file declares as missing becomes an empty cell.

    Raises
    ------
    ImportRefused
        E01 when the reader is not installed, or the file is damaged or over a limit.
    """
    reader = _reader(name, "pyreadstat", "SPSS")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "data.sav"
        place.write_bytes(data)
        columns, meta = _attempt(name, lambda: reader.read_sav(str(place), output_format="dict"), reader.ReadstatError)
    labels = meta.variable_value_labels
    cells = [[_cell(value, labels.get(variable, {})) for value in columns[variable]] for variable in meta.column_names]
    texts = [label or "" for label in meta.column_labels]
    return _grid(name, [list(meta.column_names), texts], cells, "sav", limits)


def parquet_grid(name: str, data: bytes, limits: Limits) -> Grid:
    """Read a Parquet file: a row of names, then a row per record.

    Raises
    ------
    ImportRefused
        E01 when the reader is not installed, or the file is damaged or over a limit.
    """
    reader = _reader(name, "polars", "Parquet")
    faults = (reader.exceptions.PolarsError, reader.exceptions.PanicException, OSError)
    table = _attempt(name, lambda: reader.read_parquet(io.BytesIO(data), n_rows=limits.rows + 1), *faults)
    cells = [[_cell(value, {}) for value in table[column].to_list()] for column in table.columns]
    return _grid(name, [list(table.columns)], cells, "parquet", limits)


def _reader(name: str, module: str, format_name: str) -> Any:  # noqa: ANN401 - a library that may be absent has no type
    try:
        return import_module(module)
    except ImportError:
        told = (
            f"Reading {format_name} files needs the package '{module}' (pip install {module}), or export CSV or XLSX."
        )
        raise refused(name, [problem("E01", told)]) from None


def _attempt(name: str, read: Callable[[], Any], *faults: type[BaseException]) -> Any:  # noqa: ANN401 - see above
    try:
        return read()
    except faults:
        raise refused(name, [problem("E01", DAMAGED)]) from None


def _grid(name: str, heading: list[list[str]], columns: list[list[str]], container: str, limits: Limits) -> Grid:
    """Turn columns into rows within the limits."""
    n_rows = max(map(len, columns), default=0)
    if n_rows > limits.rows or len(columns) > limits.columns or n_rows * len(columns) > limits.cells:
        raise refused(name, [problem("E01", f"The file has more than {limits.rows} rows or {limits.cells} cells.")])
    if not columns:
        raise refused(name, [problem("E14", "The file holds no column.")])
    if any(len(cell) > limits.cell_characters for column in columns for cell in column):
        raise refused(name, [problem("E01", f"A cell has more than {limits.cell_characters} characters.")])
    return Grid.of([*heading, *map(list, zip(*columns, strict=True))], container)


def _cell(value: object, labels: Mapping[object, str]) -> str:
    """Write a value as a person would type it, or its label where it has one."""
    if value in labels:
        return str(labels[value])
    if value is None or value != value:  # noqa: PLR0124 - not a number is the only value that differs from itself
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
