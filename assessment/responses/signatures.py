"""Describe by what an export is recognised: conditions that must hold together, each decided by data alone."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from assessment.model.base import Definition, Share, Words
from assessment.responses.header import Header
from assessment.responses.patterns import Regex

Container = Literal["csv", "xlsx", "json", "sav", "parquet"]
Kind = Literal["any", "whole", "datetime"]


class FirstHeading(Definition):
    """The first heading is one of these words."""

    rule: Literal["first_heading"]
    words: tuple[Words, ...] = Field(min_length=1)


class Headings(Definition):
    """All of these headings stand in the first row, and one of those."""

    rule: Literal["headings"]
    all: tuple[Words, ...] = ()
    any: tuple[Words, ...] = ()


class Leading(Definition):
    """At least half of the filled cells of each of the first columns has this form."""

    rule: Literal["leading"]
    kinds: tuple[Kind, ...] = Field(min_length=1)


class Cells(Definition):
    """Cells at "row,column" (from 0) hold these words; no word means an empty cell."""

    rule: Literal["cells"]
    at: dict[Annotated[str, Field(pattern=r"^\d,\d+$")], str]


class RowPattern(Definition):
    """At least this share of one row's filled cells fits a pattern, or less than it where `absent` is set."""

    rule: Literal["row_pattern"]
    row: StrictInt = Field(ge=0, le=4)
    pattern: Regex
    min_share: Share
    absent: StrictBool = False


class AllHeaded(Definition):
    """Every column that holds something has a heading; with `fails`, some column has none."""

    rule: Literal["all_headed"]
    fails: StrictBool = False


class ItemsFound(Definition):
    """At least this share of the questionnaire's items is found in the headings."""

    rule: Literal["items"]
    min_share: Share


Condition = Annotated[
    FirstHeading | Headings | Leading | Cells | RowPattern | AllHeaded | ItemsFound,
    Field(discriminator="rule"),
]


class Signature(Definition):
    """One form of a tool's export.

    Parameters
    ----------
    header_rows
        Rows above the first response.
    header
        How this form's headings are read, where that differs from the adapter's.
    is_certain
        Without certainty the form is read only when a person names the tool.
    """

    variant: Words
    header_rows: StrictInt = Field(default=1, ge=1, le=5)
    header: Header | None = None
    is_certain: StrictBool = True
    when: tuple[Condition, ...] = ()


class Refusal(Definition):
    """A file of the tool that is no export of responses, or whose headings were damaged; `says` tells what to do."""

    code: Literal["E01", "E06", "E15"]
    when: tuple[Condition, ...] = Field(min_length=1)
    says: Words
