"""Split delimited text into rows and cells without repairing anything."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from assessment.sheets.limits import Limits
from assessment.sheets.refusals import listed_rows, problem, refused
from assessment.sheets.texts import Gathering, Texts

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = ",;\t|"
SAMPLE_RECORDS = 50
SAMPLE_CHARACTERS = 100_000
RECORDS_AT_ONCE = 50
"""Few enough to stay in the processor's cache, many enough to make the work per record small."""
AS_DOWNLOADED = "Use the file as downloaded."


def columns_of(name: str, text: str, limits: Limits) -> tuple[tuple[Texts, ...], str]:
    """Split text into columns of equal length.

    Blank lines stay (as blank rows) so that a record's place is its row number. Empty cells beyond the width of the
    first record are dropped; nothing else is.

    Returns
    -------
    columns, delimiter

    Raises
    ------
    ImportRefused
        E03 when no delimiter splits the lines, E12 for an unclosed quote or rows of unequal length, E14 when every cell
        is blank, E01 over a limit.
    """
    body, declared = _without_separator_line(text)
    delimiter = declared or _delimiter_of(name, body)
    columns = _rectangular(name, _bounded(name, body, delimiter, limits))
    if over := _too_long(columns, limits):
        raise refused(name, [problem("E01", over)])
    return columns, delimiter


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
        lengths = {len(record) for record in islice(filter(None, _reader(text, delimiter)), SAMPLE_RECORDS)}
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


def _bounded(name: str, text: str, delimiter: str, limits: Limits) -> Iterator[list[list[str]]]:
    """Read the records a few at a time and stop at the first limit or the first quote that does not close."""
    reader = _reader(text, delimiter)
    n_records = n_cells = 0
    while records := _next(name, reader, text, delimiter, limits):
        n_records, n_cells = n_records + len(records), n_cells + sum(map(len, records))
        if over := _over_limit(records, n_records, n_cells, limits):
            raise refused(name, [problem("E01", over)])
        yield records


def _reader(text: str, delimiter: str) -> "Reader":
    return csv.reader(_lines(text), delimiter=delimiter, strict=True)


def _lines(text: str) -> Iterator[str]:
    """Give the lines with their ends, one at a time: a copy of all of a large text costs more than reading it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end]
        start = end
        if "\r" not in line or (line.endswith("\r\n") and line.count("\r") == 1):
            yield line
        else:
            yield from io.StringIO(line, newline="")


def _next(name: str, reader: "Reader", text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    try:
        return list(islice(reader, RECORDS_AT_ONCE))
    except csv.Error as error:
        line = _last_begun(text, delimiter)
        raise refused(name, [_unreadable(str(error), line, limits)]) from None


def _last_begun(text: str, delimiter: str) -> int:
    """Give the line in which the record begins that cannot be read."""
    reader = _reader(text, delimiter)
    begins = 0
    with suppress(csv.Error):
        for _ in reader:
            begins = reader.line_num
    return begins + 1


def _unreadable(reason: str, line: int, limits: Limits) -> str:
    """Say why the reader stopped in the record that begins in a line."""
    if "field limit" in reason:
        return problem("E01", f"A cell in line {line} has more than {limits.cell_characters} characters.")
    return problem("E12", f"The quotes of the record that begins in line {line} do not close. {AS_DOWNLOADED}")


def _over_limit(records: list[list[str]], n_records: int, n_cells: int, limits: Limits) -> str:
    """Say which limit the last records break, or nothing; the numbers count all records up to the last."""
    if n_records > limits.rows:
        return f"The file has more than {limits.rows} rows."
    if max(map(len, records)) > limits.columns:
        place = next(place for place, record in enumerate(records, start=1) if len(record) > limits.columns)
        return f"Row {n_records - len(records) + place} has more than {limits.columns} columns."
    return f"The file has more than {limits.cells} cells." if n_cells > limits.cells else ""


def _too_long(columns: Iterable[Texts], limits: Limits) -> str:
    """Say in which row the first cell stands that is too long, or nothing."""
    long = [[len(word) > limits.cell_characters for word in column.words] for column in columns]
    rows = [
        next(row for row, place in enumerate(column.places, start=1) if is_long[place])
        for column, is_long in zip(columns, long, strict=True)
        if any(is_long)
    ]
    return f"A cell of row {min(rows)} has more than {limits.cell_characters} characters." if rows else ""


def _rectangular(name: str, chunks: Iterable[list[list[str]]]) -> tuple[Texts, ...]:
    """Give all records the width of the first that is not blank, or refuse with the rows that differ."""
    gathering = Gathering(0)
    ragged: list[int] = []
    width = n_seen = 0
    for records in chunks:
        if not width:
            width = next((len(record) for record in records if _is_filled(record)), 0)
            gathering = Gathering(width)
            gathering.add([[""] * width] * n_seen)
        fitted = records if _is_even(records, width) else [_fitted(record, width) for record in records]
        if fitted is not records:
            ragged += [n_seen + place for place, record in enumerate(fitted, start=1) if len(record) != width]
        n_seen += len(records)
        if not ragged:
            gathering.add(fitted)
    if not width:
        raise refused(name, [problem("E14", "The file holds delimiters but no text.")])
    if ragged:
        told = (
            f"The first row has {width} cells, but {len(ragged)} row(s) have another number ({listed_rows(ragged)}): "
            f"a delimiter, a quote or a line break was lost. {AS_DOWNLOADED}"
        )
        raise refused(name, [problem("E12", told)])
    return gathering.columns()


def _is_even(records: list[list[str]], width: int) -> bool:
    """Tell at a glance that all records have the width and none is blank; mostly the first cell says so."""
    return set(map(len, records)) == {width} and all(map(str.strip, [record[0] for record in records]))


def _fitted(record: list[str], width: int) -> list[str]:
    """Make a blank record empty, and cut empty cells beyond the width."""
    if not _is_filled(record):
        return [""] * width
    return record if len(record) == width or any(record[width:]) else record[:width]


def _is_filled(record: list[str]) -> bool:
    return any(map(str.strip, record))
