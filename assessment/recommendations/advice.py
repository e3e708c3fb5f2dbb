"""Hold what the catalogue says about one organisation: advice with its numbers and its trace."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["shown", "next_after", "ask_more", "below_limit", "not_fired", "not_judged", "no_gap"]


@dataclass(frozen=True)
class Value:
    """One released figure that a rule reads: the id, what is printed of it, and on how many it rests.

    `score` is 0-100 (or 1-5 where `unit` is "raw", 0-3 "rating", percent "coverage", points "gap"); `n` is None for groups.
    """

    id: str
    unit: Literal["points", "raw", "rating", "coverage", "gap"]
    score: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Trace:
    """Say from which released figures a recommendation follows, and what would make us withdraw it."""

    rule: str
    rules_held: tuple[str, ...]
    values: tuple[Value, ...]
    items: tuple[str, ...]
    support: float
    prerequisites: tuple[tuple[str, Literal["met", "unmet"]], ...]
    withdrawn_when: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """One entry of the catalogue as it applies here.

    gap, confidence, feasibility 0-1, leverage 0-1.625, priority their product; `outcome` says why it is shown or not, and
    `after` names the prerequisite that stands in its place.
    """

    id: str
    outcome: Outcome
    gap: float
    leverage: float
    confidence: float
    feasibility: float
    priority: float
    trace: Trace | None = None
    after: str | None = None


@dataclass(frozen=True)
class Recommended:
    """The advice in order: what is shown, and everything else that was considered, with the reason it is not."""

    shown: tuple[Advice, ...]
    considered: tuple[Advice, ...]
