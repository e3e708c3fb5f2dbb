"""Describe the heading rows of a tool's export."""

from pydantic import Field, StrictBool, StrictInt

from assessment.model.base import Definition, Words
from assessment.responses.patterns import IdRegex, RowRegex, TextRegex

Row = StrictInt


class Header(Definition):
    """Which heading row (from 0) holds what, and how a heading is taken apart.

    Parameters
    ----------
    name_row, text_row
        The column's name and its text; often one row.
    fill
        The first row holds a block's text in the block's first column only; it is carried on to the right until the
        next heading, and the text row holds the part that belongs to the column.
    fillers
        Words of the text row that say nothing, where the block has one column.
    split
        Pattern that takes a name (optional group ``name``) and the ``text`` out of one heading.
    matrix
        Pattern that takes the part of a grid's ``row`` out of the text.
    id_row, id_pattern
        The row that holds the tool's own id of the column, and the pattern that finds the ``id`` in a cell.
    """

    name_row: Row = Field(default=0, ge=0, le=4)
    text_row: Row = Field(default=0, ge=0, le=4)
    fill: StrictBool = False
    fillers: tuple[Words, ...] = ()
    split: TextRegex | None = None
    matrix: RowRegex | None = None
    id_row: Row | None = Field(default=None, ge=0, le=4)
    id_pattern: IdRegex | None = None
