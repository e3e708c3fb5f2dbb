"""Turn heading rows into columns: name, text, and the row part of a grid's heading."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessment.responses.adapter import Header
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, shown

LONGEST_HEADING = 120


@dataclass(frozen=True)
class Column:
    """One column of an export.

    Parameters
    ----------
    index
        Place in the file, from 0.
    row_text
        The part of the text that belongs to one row of a grid; the whole text where there is no grid.
    """

    index: int
    name: str
    text: str
    row_text: str

    @property
    def place(self) -> str:
        """The column as a spreadsheet names it."""
        return f"column {column_letter(self.index)}"

    @property
    def start(self) -> str:
        """The column at the start of a sentence."""
        return f"Column {column_letter(self.index)}"

    @property
    def heading(self) -> str:
        """The heading for a message or a receipt: shortened, control characters as escapes."""
        return shown(self.text or self.name, longest=LONGEST_HEADING)

    def is_called(self, words: Collection[str]) -> bool:
        """Tell whether the name, the text or the row part equals one of these words (in comparable form)."""
        return any(comparable(part) in words for part in (self.name, self.text, self.row_text))


def columns_of(heading_rows: Sequence[Sequence[str]], header: Header) -> list[Column]:
    """Give every column of the file; duplicate and empty headings are legal."""
    names, texts = heading_rows[header.name_row], heading_rows[header.text_row]
    return [
        Column(index, name, text, _row_text(text, header.matrix))
        for index, (name, text) in enumerate(zip(names, texts, strict=True))
    ]


def _row_text(text: str, matrix: str | None) -> str:
    r"""Give the row part of a grid's heading.

    >>> _row_text("How often? [[LE1a] Leaders explain [why].]", r"^(?P<stem>.*?) ?\[(?P<row>.+)\]$")
    '[LE1a] Leaders explain [why].'
    """
    found = re.match(matrix, text.strip(), re.DOTALL) if matrix else None
    return found["row"] if found else text
