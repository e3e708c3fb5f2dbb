"""Hold what the catalogue says about one organisation: advice with its numbers and its trace."""

from dataclasses import dataclass
from typing import Literal

from assessment.disclosure import Value

Outcome = Literal["shown", "next_after", "ask_more", "below_limit", "not_fired", "not_judged", "no_gap"]


@dataclass(frozen=True)
class Trace:
    """Say from which released figures a recommendation follows, and what would make us withdraw it."""

    rules_held: tuple[str, ...]
    values: tuple[Value, ...]
    items: tuple[str, ...]
    support: float
    answered_share: float
    target_level: int
    prerequisites: tuple[tuple[str, Literal["met", "unmet"]], ...]
    withdrawn_when: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """One entry of the catalogue as it applies here.

    gap, confidence and feasibility are 0-1, leverage 0-1.625, priority is their product. `outcome` says why it is shown
    or not; `after` names the prerequisite that stands in its place.
    """

    id: str
    outcome: Outcome
    gap: float = 0.0
    leverage: float = 0.0
    confidence: float = 0.0
    feasibility: float = 0.0
    priority: float = 0.0
    trace: Trace | None = None
    after: str | None = None


@dataclass(frozen=True)
class Recommended:
    """The advice in order: what is shown, and everything else that was considered, with the reason it is not."""

    shown: tuple[Advice, ...]
    considered: tuple[Advice, ...]
