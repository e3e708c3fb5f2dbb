"""Read a table file from disk: size, container, limited parsing, choice of the sheet."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from assessment.sheets.container import container_of
from assessment.sheets.grid import Grid
from assessment.sheets.isolation import parsed_apart
from assessment.sheets.limits import MIB, STANDARD, Limits
from assessment.sheets.parse import parsed
from assessment.sheets.refusals import problem, refused, shown


def read_grids(
    path: Path, *, known_texts: Collection[str] = (), limits: Limits = STANDARD, also: Collection[str] = ()
) -> list[Grid]:
    """Read every visible sheet of a table file; delimited text is one sheet.

    Workbooks and large texts are parsed in a limited process. A small text is parsed here: decoding and the standard
    csv reader take time and memory in proportion to its size, keep no state and follow no reference, and at 2 MiB both
    stay far below the limits; starting a process would cost more than reading it.

    Parameters
    ----------
    known_texts
        Headings and answers that may occur; needed only to settle an older encoding.
    also
        Containers to read besides text and workbooks: "json", "sav", "parquet".

    Raises
    ------
    ImportRefused
        E01, E02, E03, E12 or E14; nothing of the file was kept.
    """
    data = _bytes(path, limits)
    is_small_text = container_of(path.name, data, also=also) == "text" and len(data) <= limits.in_process_bytes
    parse = parsed if is_small_text else parsed_apart
    sha256 = hashlib.sha256(data).hexdigest()
    return [replace(grid, sha256=sha256) for grid in parse(path.name, data, known_texts, limits, also)]


def read_grid(
    path: Path, *, sheet: str | None = None, known_texts: Collection[str] = (), limits: Limits = STANDARD
) -> Grid:
    """Read one sheet of a table file: the named one, else the first that is visible and not empty.

    Raises
    ------
    ImportRefused
        As `read_grids`; E14 when the named sheet is not there.
    """
    grids = read_grids(path, known_texts=known_texts, limits=limits)
    found = [grid for grid in grids if sheet is None or grid.sheet == sheet]
    if not found:
        there = ", ".join(f"'{shown(grid.sheet or '')}'" for grid in grids)
        raise refused(path.name, [problem("E14", f"No filled sheet '{shown(sheet or '')}'. Filled sheets: {there}.")])
    return found[0]


def _bytes(path: Path, limits: Limits) -> bytes:
    """Read no more than the limit allows."""
    if not path.is_file():
        raise refused(path.name, [problem("E01", "There is no such file.")])
    with path.open("rb") as stream:
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise refused(path.name, [problem("E01", f"The file is larger than {limits.file_bytes // MIB} MiB.")])
    return data
