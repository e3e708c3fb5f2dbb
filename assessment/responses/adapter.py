"""Describe how one survey tool writes its exports; every tool is a YAML file, none is named in code."""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from assessment.definitions.problems import read_model
from assessment.errors import DefinitionError
from assessment.model.base import Definition, Slug, Words
from assessment.responses.header import Header
from assessment.responses.patterns import CodeRegex, Regex
from assessment.responses.signatures import Container, Refusal, Signature

TOOLS = Path(__file__).with_name("tools")

State = Literal["cannot_tell", "not_answered", "not_asked"]
About = Literal["respondent", "role", "team", "submitted"]
Method = Literal["name", "path", "code", "text", "prefix", "mapping file"]
Status = Literal["partial", "test", "spam", "screened"]
Mark = Literal["F", "S", "C", "D", "?"]


class StatusRule(Definition):
    """Rows in which the column under one of these headings says that the response is no complete one.

    Parameters
    ----------
    only, unless
        The rows with one of these values, or the rows with any other value; "" is the empty cell.
    """

    status: Status
    headings: tuple[Words, ...] = Field(min_length=1)
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _values_or_unless(self) -> Self:
        if bool(self.only) == bool(self.unless):
            raise ValueError("needs either only or unless")
        return self


class AnswerForm(Definition):
    """Whether bare numbers are the scale's codes, how codes are written, and how the tool writes what is no answer."""

    numbers_are_codes: StrictBool = False
    code_pattern: CodeRegex | None = None
    absent_is_unanswered: StrictBool = False
    states: dict[State, tuple[str, ...]] = Field(default_factory=dict)


class Advice(Definition):
    """What a person should do in the tool itself."""

    export_again: Words
    numbers: Words = "Export the answers as text."


class Adapter(Definition):
    """Hold `tools/<tool>.yaml`.

    Parameters
    ----------
    is_experimental
        Nothing of it was seen in a real export or in the tool's source.
    fallback
        Used only when no other adapter fits.
    about
        Headings of the columns that say something about the respondent; case does not matter.
    same_person
        Headings by which two responses of one person can be suspected: compared, never kept.
    scope
        Headings of columns that must hold one value only: a file is one wave of one organisation.
    personal
        Headings of columns that identify people; dropped like every column that is not mapped, and called so.
    ignore
        Patterns of headings that never belong to an item, although they name one.
    evidence
        What is known of each variant: F real export, S the tool's source, C other people's code, D its documentation,
        ? unverified.
    """

    tool: Slug
    title: Words
    is_experimental: StrictBool = False
    fallback: StrictBool = False
    containers: tuple[Container, ...] = ("csv", "xlsx")
    detect: tuple[Signature, ...] = Field(min_length=1)
    refuse: tuple[Refusal, ...] = ()
    header: Header = Header()
    about: dict[About, tuple[Words, ...]] = Field(default_factory=dict)
    same_person: tuple[Words, ...] = ()
    scope: tuple[Words, ...] = ()
    personal: tuple[Words, ...] = ()
    ignore: tuple[Regex, ...] = ()
    rows: tuple[StatusRule, ...] = ()
    map_by: tuple[Method, ...] = Field(min_length=1)
    answers: AnswerForm = AnswerForm()
    advice: Advice
    evidence: dict[Slug, Mark] = Field(min_length=1)


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
