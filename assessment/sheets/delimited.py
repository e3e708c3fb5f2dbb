"""Split delimited text into rows and cells without repairing anything."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from assessment.sheets.limits import Limits
from assessment.sheets.refusals import listed_rows, problem, refused

DELIMITERS = ",;\t|"
SAMPLE_RECORDS = 50
SAMPLE_CHARACTERS = 100_000
AS_DOWNLOADED = "Use the file as downloaded."


def records_of(name: str, text: str, limits: Limits) -> tuple[list[list[str]], str]:
    """Split text into records of equal length.

    Blank lines stay (as blank records) so that a record's place is its row number. Empty cells beyond the width of the
    first record are dropped; nothing else is.

    Returns
    -------
    records, delimiter

    Raises
    ------
    ImportRefused
        E03 when no delimiter splits the lines, E12 for an unclosed quote or rows of unequal length, E14 when every cell
        is blank, E01 over a limit.
    """
    body, declared = _without_separator_line(text)
    delimiter = declared or _delimiter_of(name, body)
    records = _bounded(name, body, delimiter, limits)
    return _rectangular(name, records), delimiter


def _without_separator_line(text: str) -> tuple[str, str]:
    """Take off a first line ``sep=;``, which tells a spreadsheet how to split the rest."""
    first, _, rest = text.replace("\r", "\n", 1).partition("\n") if text[:4].casefold() == "sep=" else (text, "", "")
    if len(first) == 5 and first[:4].casefold() == "sep=" and first[4] in DELIMITERS:
        return rest.removeprefix("\n"), first[4]
    return text, ""


def _delimiter_of(name: str, text: str) -> str:
    """Choose the delimiter that gives the first records one length above one; of several, the largest length."""
    widths = {delimiter: _constant_width(text, delimiter) for delimiter in DELIMITERS}
    widest = max(widths.values())
    best = [delimiter for delimiter, width in widths.items() if width == widest > 1]
    if len(best) == 1:
        return best[0]
    if best:
        told = "Two delimiters split every line equally well. Save it again with one delimiter only."
        raise refused(name, [problem("E03", told)])
    return _plausible(name, text)


def _constant_width(text: str, delimiter: str) -> int:
    """Give the one length of the first records, 0 when they differ or cannot be split."""
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lengths = {len(record) for record in islice(filter(None, records), SAMPLE_RECORDS)}
    except csv.Error:
        return 0
    return lengths.pop() if len(lengths) == 1 else 0


def _plausible(name: str, text: str) -> str:
    """Choose by the heading line alone, so that the damaged lines below it can be named."""
    sample = text.lstrip("\r\n")[:SAMPLE_CHARACTERS]
    heading = next(filter(None, csv.reader(io.StringIO(sample, newline=""))), [])
    first_line = next(iter(sample.splitlines()), "")
    counts = {d: len(next(csv.reader([first_line], delimiter=d))) for d in DELIMITERS}
    best = max(counts, key=lambda delimiter: counts[delimiter])
    if counts[best] > 1:
        return best
    quoted = len(heading) == 1 and any(delimiter in heading[0] for delimiter in DELIMITERS)
    told = (
        f"Each line is one quoted cell. This happens when a spreadsheet saves a CSV again. {AS_DOWNLOADED}"
        if quoted
        else f"Each line is one cell: no comma, semicolon, tab or bar splits it. {AS_DOWNLOADED}"
    )
    raise refused(name, [problem("E03", told)])


def _bounded(name: str, text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    """Read every record and stop at the first limit or the first quote that does not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    n_cells = begins = 0
    try:
        for record in reader:
            records.append(record)
            n_cells += len(record)
            if over := _over_limit(record, len(records), n_cells, limits):
                raise refused(name, [problem("E01", over)])
            begins = reader.line_num
    except csv.Error as error:
        raise refused(name, [_unreadable(str(error), begins + 1, limits)]) from None
    return records


def _unreadable(reason: str, line: int, limits: Limits) -> str:
    """Say why the reader stopped in the record that begins in a line."""
    if "field limit" in reason:
        return problem("E01", f"A cell in line {line} has more than {limits.cell_characters} characters.")
    return problem("E12", f"The quotes of the record that begins in line {line} do not close. {AS_DOWNLOADED}")


def _over_limit(record: list[str], n_records: int, n_cells: int, limits: Limits) -> str:
    """Say which limit a record breaks, or nothing."""
    if n_records > limits.rows:
        return f"The file has more than {limits.rows} rows."
    if len(record) > limits.columns:
        return f"Row {n_records} has more than {limits.columns} columns."
    if n_cells > limits.cells:
        return f"The file has more than {limits.cells} cells."
    if max(map(len, record), default=0) > limits.cell_characters:
        return f"A cell of row {n_records} has more than {limits.cell_characters} characters."
    return ""


def _rectangular(name: str, records: list[list[str]]) -> list[list[str]]:
    """Give all records the width of the first that is not blank, or refuse with the rows that differ."""
    trimmed = list(_trimmed(records))
    width = len(next((record for record in trimmed if record), []))
    if not width:
        raise refused(name, [problem("E14", "The file holds delimiters but no text.")])
    ragged = [row for row, record in enumerate(trimmed, start=1) if record and len(record) != width]
    if ragged:
        told = (
            f"The first row has {width} cells, but {len(ragged)} row(s) have another number ({listed_rows(ragged)}): "
            f"a delimiter, a quote or a line break was lost. {AS_DOWNLOADED}"
        )
        raise refused(name, [problem("E12", told)])
    return [record or [""] * width for record in trimmed]


def _trimmed(records: list[list[str]]) -> Iterator[list[str]]:
    """Make blank records empty, and cut empty cells beyond the width of the first record."""
    width = 0
    for record in records:
        if not any(cell.strip() for cell in record):
            yield []
            continue
        width = width or len(record)
        yield record[:width] if not any(record[width:]) else record
