"""Say what is asked of whom, in every language and in order, without naming a survey tool."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Words = Mapping[str, str]
"""A text by language."""

NOT_TOLD = "NA"
"""The code of "I can't tell from my role" in every tool."""


def one_line(text: str) -> str:
    r"""Fold blanks, tabs and line breaks, which break rows of most formats; drop other control characters.

    >>> one_line("Sales\t and \r\nsupport\x00")
    'Sales and support'
    """
    return " ".join("".join(one for one in text if one.isspace() or one.isprintable()).split())


@dataclass(frozen=True)
class Option:
    """One answer: its code, its words, and an example that stands beside it."""

    code: str
    words: Words
    example: Words | None = None


@dataclass(frozen=True)
class _Coded:
    """What has an id; the id stands before the words, because text is all that some exports keep."""

    id: str
    words: Words

    def marked(self, language: str) -> str:
        """Give the words with the id in front: ``[LE1a] Leaders explain ...``."""
        return f"[{self.id}] {self.words[language]}"


@dataclass(frozen=True)
class Row(_Coded):
    """One statement of an array; `roles` are those that are asked, empty for everybody."""

    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice(_Coded):
    """An item with one answer of its own list: role, team or another fact about the respondent."""

    options: tuple[Option, ...] = ()
    required: bool = False

    def examples(self, language: str) -> tuple[str, ...]:
        """Give a line for each option that has an example: ``Engineer: developer, tester``."""
        return tuple(f"{one.words[language]}: {one.example[language]}" for one in self.options if one.example)


@dataclass(frozen=True)
class Comment(_Coded):
    """A free-text item."""

    warning: Words | None = None
    longest: int = 600


@dataclass(frozen=True)
class Array:
    """The statements of one part of the questionnaire that share stem and answers."""

    id: str
    scale: str
    name: Words
    stem: Words
    rows: tuple[Row, ...]
    options: tuple[Option, ...]

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that are asked any of the statements, empty for everybody."""
        if any(not row.roles for row in self.rows):
            return ()
        return tuple(dict.fromkeys(role for row in self.rows for role in row.roles))


@dataclass(frozen=True)
class Form:
    """A questionnaire as it is put to people.

    Parameters
    ----------
    id
        Names the form in tools: letters, digits and underscores.
    languages
        The default language first.
    definitions
        Term and explanation, shown before the first statement.
    role
        Stands before the statements in tools that choose statements by it, else on the last page.
    criterion
        Statements that are asked and never scored; last page.
    """

    id: str
    version: str
    languages: tuple[str, ...]
    title: Words
    intro: Words | None
    definitions: tuple[tuple[Words, Words], ...]
    role: Choice | None
    arrays: tuple[Array, ...]
    criterion: Array | None
    context: tuple[Choice, ...]
    comments: tuple[Comment, ...]

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]

    @property
    def about(self) -> tuple[Choice, ...]:
        """Everything that is asked about the respondent, the role first."""
        return (*((self.role,) if self.role else ()), *self.context)

    @property
    def all_arrays(self) -> tuple[Array, ...]:
        """The scored arrays and the criterion."""
        return (*self.arrays, *((self.criterion,) if self.criterion else ()))
