"""Describe how one survey tool writes its exports; every tool is a YAML file, none is named in code."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt

from assessment.definitions.problems import read_model
from assessment.errors import DefinitionError
from assessment.model.base import Definition, Share, Slug, Words

TOOLS = Path(__file__).with_name("tools")
NESTED_REPEAT = re.compile(r"\([^()]*[*+][^()]*\)[*+{]")

State = Literal["cannot_tell", "not_answered", "not_asked"]
About = Literal["respondent", "role", "team", "submitted"]
Method = Literal["name", "path", "code", "text", "prefix"]
Mark = Literal["F", "S", "C", "D", "?"]


def _regex(pattern: str) -> str:
    if NESTED_REPEAT.search(pattern):
        raise ValueError("repeats a repeated group, which can take for ever")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error.msg}") from None
    return pattern


def _matrix(pattern: str) -> str:
    if "row" not in re.compile(_regex(pattern)).groupindex:
        raise ValueError("needs a group called 'row'")
    return pattern


Regex = Annotated[str, AfterValidator(_regex)]


class _Signature(Definition):
    """What all signatures say: the heading rows that follow from it, and the name of the variant."""

    variant: Words
    header_rows: StrictInt = Field(default=1, ge=1, le=5)


class FirstColumn(_Signature):
    """The first heading is one of these words, and every filled cell below it has this form."""

    rule: Literal["first_column"]
    heading: tuple[Words, ...]
    cells: Literal["datetime"] | None = None


class Headings(_Signature):
    """All of these headings stand in the first row."""

    rule: Literal["headings"]
    all: tuple[Words, ...]


class Cells(_Signature):
    """Cells at "row,column" (from 0) hold these words."""

    rule: Literal["cells"]
    at: dict[Annotated[str, Field(pattern=r"^\d,\d+$")], Words]


class RowPattern(_Signature):
    """At least this share of the filled cells of one row (from 0) fits a pattern."""

    rule: Literal["row_pattern"]
    row: StrictInt = Field(ge=0, le=4)
    pattern: Regex
    min_share: Share


class ItemsFound(_Signature):
    """At least this share of the questionnaire's items is found in the headings."""

    rule: Literal["items"]
    min_share: Share


Signature = Annotated[FirstColumn | Headings | Cells | RowPattern | ItemsFound, Field(discriminator="rule")]


class Header(Definition):
    """Which heading row (from 0) holds the column's name and which its text, and how a grid's heading is split."""

    name_row: StrictInt = 0
    text_row: StrictInt = 0
    matrix: Annotated[str, AfterValidator(_matrix)] | None = None


class AnswerForm(Definition):
    """Whether bare numbers are the scale's codes, and how the tool writes what is not an answer."""

    numbers_are_codes: StrictBool = False
    states: dict[State, tuple[str, ...]] = Field(default_factory=dict)


class Advice(Definition):
    """What a person should do in the tool itself."""

    export_again: Words


class Adapter(Definition):
    """Hold `tools/<tool>.yaml`.

    Parameters
    ----------
    fallback
        Used only when no other adapter fits.
    about
        Headings of the columns that say something about the respondent; case does not matter.
    scope
        Headings of columns that must hold one value only: a file is one wave of one organisation.
    personal
        Headings of columns that identify people; dropped like every column that is not mapped, and called so.
    evidence
        What is known of each variant: F real export, S the tool's source, C other people's code, D its documentation,
        ? unverified.
    """

    tool: Slug
    title: Words
    fallback: StrictBool = False
    detect: tuple[Signature, ...] = Field(min_length=1)
    header: Header = Header()
    about: dict[About, tuple[Words, ...]] = Field(default_factory=dict)
    scope: tuple[Words, ...] = ()
    personal: tuple[Words, ...] = ()
    map_by: tuple[Method, ...] = Field(min_length=1)
    answers: AnswerForm = AnswerForm()
    advice: Advice
    evidence: dict[Slug, Mark]


@cache
def load_adapters(folder: Path = TOOLS) -> tuple[Adapter, ...]:
    """Load every adapter of a folder, by file name.

    Raises
    ------
    DefinitionError
        With every problem of every file.
    """
    read = {path: read_model(path, Adapter) for path in sorted(folder.glob("*.yaml"))}
    problems = [f"{path.name}: {problem}" for path, (_, found) in read.items() for problem in found]
    adapters = {path: adapter for path, (adapter, _) in read.items() if adapter}
    problems += [f"{path.name}: tool must be '{path.stem}'" for path, a in adapters.items() if a.tool != path.stem]
    if problems:
        raise DefinitionError(f"{folder.name} has {len(problems)} problem(s):", problems)
    return tuple(adapters.values())
