"""Measure the rows of a worksheet by their text, where they are written as usual: parsing millions takes long.

As usual means that every row and cell says where it stands, with known attributes in the known order, and that there is
no formula, error value, hidden row or comment. For anything else there is the walk element by element.
"""

import re
from dataclasses import dataclass
from string import ascii_uppercase, digits
from typing import IO

CHUNK = 256 * 1024
BEGIN, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
ROW = re.compile(rb'<row r="([0-9]{1,7})"(?: (?!hidden)[a-zA-Z0-9:]+="[^"<>]*")*>')
CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]+")?(?: t="(?:s|n|b|d|str|inlineStr)")?/?>')
UNUSUAL = (b"<f", b"<!", b"<?")


@dataclass(frozen=True)
class PlainRows:
    """The last row, the letters of every column that has a cell, and the part's text without its rows."""

    last_row: int
    columns: frozenset[str]
    around: bytes


def plain_rows(stream: IO[bytes]) -> PlainRows | None:
    """Measure the rows of a worksheet part; None where anything in them is not as usual."""
    head, begin, rest = _read_until(stream, BEGIN)
    if not begin:
        return None
    last_row, letters = 0, set[bytes]()
    while True:
        rows, end, rest = rest.rpartition(ROW_END)
        measured = _measured(rows + end)
        # Rows behind the end of the rows are not as usual either.
        if not measured or END in rows:
            return None
        last_row, letters = max(last_row, measured[0]), letters | measured[1]
        if END in rest or not (piece := stream.read(CHUNK)):
            break
        rest += piece
    more, end, tail = rest.partition(END)
    if not end or more.strip():
        return None
    return PlainRows(last_row, frozenset(name.decode() for name in letters), head + begin + end + tail + stream.read())


def _read_until(stream: IO[bytes], mark: bytes) -> tuple[bytes, bytes, bytes]:
    read = b""
    while mark not in read and (piece := stream.read(CHUNK)):
        read += piece
    return read.partition(mark)


def _measured(rows: bytes) -> tuple[int, set[bytes]] | None:
    """Give the largest row number and the columns of some whole rows; None where they are not as usual."""
    begun = ROW.findall(rows)
    places = CELL.findall(rows)
    n_unlike = rows.count(b"<row") - len(begun) or rows.count(ROW_END) - len(begun) or rows.count(b"<c") - len(places)
    if n_unlike or any(mark in rows for mark in UNUSUAL):
        return None
    numbers = set(begun)
    listed = b" ".join(places)
    if not set(listed.translate(None, ascii_uppercase.encode()).split()) <= numbers:
        return None
    return max(map(int, numbers), default=0), set(listed.translate(None, digits.encode()).split())
