"""Turn heading rows into columns: name, text, the part of the text that belongs to this column alone."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assessment.responses.header import Header
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, shown

LONGEST_HEADING = 120
MOST_DASHES = 12
DASHES = (" - ", " – ", "-")


@dataclass(frozen=True)
class Column:
    """One column of an export.

    Parameters
    ----------
    index
        Place in the file, from 0.
    row_text
        The part of the text that belongs to one row of a grid; the whole text where there is no grid.
    stem
        The part that a block of columns shares, where the headings stand in two rows.
    endings
        What follows each dash of the text: one of them is the statement, where a tool writes "stem - statement".
    id
        The tool's own id of the column.
    parts
        Places of all columns of one item that the file spreads over a column per answer; empty for a usual column.
    """

    index: int
    name: str
    text: str
    row_text: str
    stem: str = ""
    endings: tuple[str, ...] = ()
    id: str = ""
    parts: tuple[int, ...] = ()

    @property
    def letters(self) -> str:
        """The column, or the first and last of its parts, as a spreadsheet names it."""
        ends = {self.index, *self.parts[-1:]}
        return " to ".join(column_letter(end) for end in sorted(ends))

    @property
    def place(self) -> str:
        """The column inside a sentence."""
        return f"column {self.letters}"

    @property
    def start(self) -> str:
        """The column at the start of a sentence."""
        return f"Column {self.letters}"

    @property
    def heading(self) -> str:
        """The heading for a message or a receipt: shortened, control characters as escapes."""
        return shown(self.text or self.name, longest=LONGEST_HEADING)

    def is_called(self, words: Collection[str]) -> bool:
        """Tell whether the name, the text or the row part equals one of these words (in comparable form)."""
        return any(comparable(part) in words for part in (self.name, self.text, self.row_text))


def columns_of(heading_rows: Sequence[Sequence[str]], header: Header) -> list[Column]:
    """Give every column of the file; duplicate and empty headings are legal."""
    names, texts = (_plain_blanks(heading_rows[row]) for row in (header.name_row, header.text_row))
    ids = _ids(heading_rows, header, len(names))
    if header.fill:
        return [
            _filled(index, stem, row, header)
            for index, (stem, row) in enumerate(zip(_carried(names), texts, strict=True))
        ]
    return [
        _plain(index, name, text, header, ids[index])
        for index, (name, text) in enumerate(zip(names, texts, strict=True))
    ]


def _plain_blanks(cells: Sequence[str]) -> list[str]:
    """Make blanks that do not break usual ones, so that a pattern of the tool fits."""
    return [cell.replace("\u00a0", " ") for cell in cells]


def _plain(index: int, name: str, text: str, header: Header, tool_id: str) -> Column:
    found = re.match(header.split, text.strip(), re.DOTALL) if header.split else None
    if found:
        name, text = found.groupdict().get("name") or name, found["text"]
    return Column(index, name, text, _row_text(text, header.matrix), endings=tuple(_endings(text)), id=tool_id)


def _filled(index: int, stem: str, row: str, header: Header) -> Column:
    """Give a column whose heading stands in two rows; a filler in the second one says nothing."""
    says_nothing = not row.strip() or comparable(row) in set(map(comparable, header.fillers))
    return Column(index, stem, stem if says_nothing else f"{stem} {row}", stem if says_nothing else row, stem=stem)


def _carried(names: Sequence[str]) -> Iterator[str]:
    """Carry a heading on to the right over the empty ones of its block."""
    last = ""
    for name in names:
        last = name if name.strip() else last
        yield last


def _ids(rows: Sequence[Sequence[str]], header: Header, width: int) -> list[str]:
    """Give the tool's own id of each column, or nothing."""
    if header.id_row is None or header.id_pattern is None or header.id_row >= len(rows):
        return [""] * width
    found = (re.search(header.id_pattern, cell) for cell in rows[header.id_row])
    return [match["id"] if match else "" for match in found]


def _endings(text: str) -> Iterator[str]:
    """Give what follows each dash.

    >>> sorted(set(_endings("How often - by-product")))
    ['by-product', 'product']
    """
    for dash in DASHES:
        pieces = text.split(dash)
        yield from (dash.join(pieces[i:]).strip() for i in range(1, min(len(pieces), MOST_DASHES)))


def _row_text(text: str, matrix: str | None) -> str:
    r"""Give the row part of a grid's heading.

    >>> _row_text("How often? [[LE1a] Leaders explain [why].]", r"^(?P<stem>.*?) ?\[(?P<row>.+)\]$")
    '[LE1a] Leaders explain [why].'
    """
    found = re.match(matrix, text.strip(), re.DOTALL) if matrix else None
    return found["row"] if found else text
