"""Parse the text of a rule into an expression tree; nothing here is ever evaluated as code.

rule   = clause { "and" clause }            clause = sum ( "<" | "<=" | ">=" | ">" ) sum
sum    = term { ("+" | "-") term }          term   = number | id | call
call   = ("mean" | "min" | "max" | "raw") "(" id { "," id } ")" | "coverage" "(" ")" | "evidence" "(" id ")"
       | "gap" "(" role "," (role | "others") "," id ")"
       | "count_gap" "(" (role | "others") "," (role | "others") "," number ")"
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assessment.errors import DefinitionError

Operator = Literal["<", "<=", ">=", ">"]
POINTS, RAW, RATING, COUNT = "points", "raw", "rating", "count"
MOST_CLAUSES = 8
LARGEST = 1000.0
TOKEN = re.compile(
    r"\s*(?:(?P<symbol><=|>=|<|>|[(),+-])|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[A-Za-z][A-Za-z0-9_-]*))"
)
BLANKS = re.compile(r"\s*")
OF_IDS = ("mean", "min", "max", "raw")
OTHERS = "others"
"""Stands in a gap for all other roles, each counting the same."""
FUNCTIONS = (*OF_IDS, "coverage", "evidence", "gap", "count_gap")


@dataclass(frozen=True)
class Number:
    """A constant."""

    value: float

    def __str__(self) -> str:
        """Write it as in a rule."""
        return f"{Decimal(repr(self.value)).normalize():f}"


@dataclass(frozen=True)
class Name:
    """The score of a dimension, facet or item, 0-100."""

    id: str

    def __str__(self) -> str:
        """Write it as in a rule."""
        return self.id


@dataclass(frozen=True)
class Call:
    """A function of ids, roles or a number."""

    function: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as in a rule."""
        return f"{self.function}({', '.join(self.arguments)})"


Term = Number | Name | Call


@dataclass(frozen=True)
class Sum:
    """Terms with their signs."""

    terms: tuple[tuple[int, Term], ...]

    def __str__(self) -> str:
        """Write it as in a rule."""
        first, *others = self.terms
        return "".join([str(first[1]), *(f" {'+' if sign > 0 else '-'} {term}" for sign, term in others)])


@dataclass(frozen=True)
class Comparison:
    """Two sums and how they must compare."""

    left: Sum
    operator: Operator
    right: Sum

    def __str__(self) -> str:
        """Write it as in a rule."""
        return f"{self.left} {self.operator} {self.right}"


@dataclass(frozen=True)
class Rule:
    """Comparisons that must all hold."""

    clauses: tuple[Comparison, ...]

    def __str__(self) -> str:
        """Write it as in a rule."""
        return " and ".join(map(str, self.clauses))

    def terms(self) -> Iterator[Term]:
        """Yield every term in written order."""
        for clause in self.clauses:
            for side in (clause.left, clause.right):
                yield from (term for _, term in side.terms)


@dataclass(frozen=True)
class Vocabulary:
    """The names that a questionnaire's rules may use."""

    dimensions: tuple[str, ...]
    scored: Collection[str]
    items: Collection[str]
    roles: Collection[str]
    artefacts: Collection[str] = field(default_factory=tuple)


@dataclass
class _Reader:
    """Walk the tokens of one rule."""

    text: str
    tokens: list[tuple[str, str, int]]
    place: int = 0

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else "end"

    def take(self) -> str:
        word = self.peek()
        self.place += 1
        return word

    def expect(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise self.error(f"'{wanted}' expected")
        self.place += 1

    def error(self, message: str) -> DefinitionError:
        at = self.tokens[self.place][2] if self.place < len(self.tokens) else len(self.text)
        return DefinitionError(f"rule, position {at + 1}: {message}")


def parse(text: str) -> Rule:
    """Read a rule; whether its names exist and fit their function is for `problems` to say.

    Raises
    ------
    DefinitionError
        With the position, for any text that has not the form of a rule.

    >>> str(parse("OO1>=60 and OO3 < 45"))
    'OO1 >= 60 and OO3 < 45'
    """
    reader = _Reader(text, _tokens(text))
    clauses = [_comparison(reader)]
    while reader.peek() == "and":
        reader.take()
        clauses.append(_comparison(reader))
    if reader.kind() != "end":
        raise reader.error("'and' or the end expected")
    if len(clauses) > MOST_CLAUSES:
        raise DefinitionError(f"rule: {len(clauses)} clauses; at most {MOST_CLAUSES} are allowed")
    return Rule(tuple(clauses))


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            raise DefinitionError(f"rule, position {_after_blanks(text, place) + 1}: cannot be read")
        kind = str(match.lastgroup)
        if kind == "number" and float(match[kind]) > LARGEST:
            raise DefinitionError(f"rule, position {match.start(kind) + 1}: a number is at most {LARGEST:g}")
        found.append((kind, match[kind], match.start(kind)))
        place = match.end()
    return found


def _after_blanks(text: str, place: int) -> int:
    blanks = BLANKS.match(text, place)
    return blanks.end() if blanks else place


def _comparison(reader: _Reader) -> Comparison:
    left = _sum(reader)
    match reader.peek():
        case "<" | "<=" | ">=" | ">" as operator:
            reader.take()
            return Comparison(left, operator, _sum(reader))
        case _:
            raise reader.error("one of < <= >= > expected")


def _sum(reader: _Reader) -> Sum:
    terms = [(1, _term(reader))]
    while reader.peek() in ("+", "-"):
        sign = 1 if reader.take() == "+" else -1
        terms.append((sign, _term(reader)))
    return Sum(tuple(terms))


def _term(reader: _Reader) -> Term:
    if reader.kind() == "number":
        return Number(float(reader.take()))
    if reader.kind() != "word" or reader.peek() == "and":
        raise reader.error("a number, an id or a function expected")
    word = reader.take()
    if reader.peek() != "(":
        return Name(word)
    if word not in FUNCTIONS:
        reader.place -= 1
        raise reader.error(f"unknown function; known are {', '.join(FUNCTIONS)}")
    return Call(word, _arguments(reader))


def _arguments(reader: _Reader) -> tuple[str, ...]:
    reader.expect("(")
    arguments: list[str] = []
    while reader.peek() != ")":
        if arguments:
            reader.expect(",")
        if reader.kind() not in ("word", "number"):
            raise reader.error("an id or ')' expected")
        arguments.append(reader.take())
    reader.take()
    return tuple(arguments)


def problems(rule: Rule, vocabulary: Vocabulary) -> list[str]:
    """List what a parsed rule names that the questionnaire does not have, mixed units and constant clauses."""
    found = [message for term in rule.terms() for message in _unknown(term, vocabulary)]
    for clause in rule.clauses:
        units = {_unit(term, vocabulary) for side in (clause.left, clause.right) for _, term in side.terms} - {None}
        if len(units) > 1:
            found.append(f"'{clause}' mixes {' and '.join(sorted(map(str, units)))}")
        if not units:
            found.append(f"'{clause}' is always the same: it names no score")
    return found


def _unit(term: Term, vocabulary: Vocabulary) -> str | None:
    match term:
        case Number():
            return None
        case Call("raw", _):
            return RAW
        case Call("count_gap", _):
            return COUNT
        case Call("evidence", (artefact,)) if artefact in vocabulary.artefacts:
            return RATING
        case _:
            return POINTS


def _unknown(term: Term, vocabulary: Vocabulary) -> list[str]:
    match term:
        case Number():
            return []
        case Name(name):
            hint = "; write blanks around a minus" if "-" in name else ""
            return [f"{message}{hint}" for message in _missing([name], vocabulary.scored, "id")]
        case Call("raw", names):
            return _missing(names, vocabulary.items, "item") or _none_given(term)
        case Call("mean" | "min" | "max", names):
            return _missing(names, {*vocabulary.scored, "dimensions"}, "id") or _none_given(term)
        case Call():
            return _unknown_by_place(term, vocabulary)


def _unknown_by_place(call: Call, vocabulary: Vocabulary) -> list[str]:
    sides = {*vocabulary.roles, OTHERS}
    match (call.function, call.arguments):
        case ("coverage", ()):
            return []
        case ("evidence", (name,)):
            return _missing([name], {*vocabulary.artefacts, *vocabulary.dimensions}, "artefact or dimension")
        case ("gap", (role, other, name)):
            roles = _missing([role], vocabulary.roles, "role") + _missing([other], sides, "role")
            return roles + _missing([name], vocabulary.scored, "id")
        case ("count_gap", (role, other, points)) if re.fullmatch(r"\d+(\.\d+)?", points):
            return _missing([role, other], sides, "role")
        case _:
            return [f"'{call}': wrong arguments"]


def _missing(names: Collection[str], known: Collection[str], kind: str) -> list[str]:
    return [f"unknown {kind} '{name}'" for name in names if name not in known]


def _none_given(call: Call) -> list[str]:
    return [] if call.arguments else [f"'{call}': at least one id is needed"]


def ids_of(term: Term, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the scored ids whose values a term reads; gaps and coverage read none."""
    match term:
        case Name(name):
            return (name,)
        case Call("mean" | "min" | "max" | "raw", names):
            return tuple(i for name in names for i in (vocabulary.dimensions if name == "dimensions" else (name,)))
        case _:
            return ()
