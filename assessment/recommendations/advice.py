"""Hold what the catalogue says about one organisation: advice with its numbers and its trace."""

from dataclasses import dataclass
from typing import Literal

from assessment.disclosure import Value

Outcome = Literal[
    "shown", "next_after", "ask_more", "below_limit", "not_fired", "not_judged", "no_gap", "done"
]  # fmt: skip
Limit = Literal["number", "dimension", "size"]


@dataclass(frozen=True)
class Parts:
    """Say what the four numbers are made of.

    Parameters
    ----------
    present_level, target_level, cut_off
        Of the entry's dimension; the present level is None where it is not shown. The cut-off is 0-100.
    worst, distance
        What the gap was measured on: the worst facet and its points below the cut-off, or the dimension that leaders
        and others see most differently and the size of that difference.
    base_leverage, factor_of_cap, factor_of_dependents
        leverage is their product; the base is 0-1.
    support, factor_of_evidence, answered_share, factor_of_answers
        confidence = support x factor of evidence x factor of answers.
    base_feasibility, factor_of_effort
        feasibility is their product.
    """

    present_level: int | None
    target_level: int
    cut_off: float
    worst: str
    distance: float
    base_leverage: float
    factor_of_cap: float
    factor_of_dependents: float
    support: float
    factor_of_evidence: float
    answered_share: float
    factor_of_answers: float
    base_feasibility: float
    factor_of_effort: float


@dataclass(frozen=True)
class Trace:
    """Say from which released figures a recommendation follows, and what would make us withdraw it.

    `rule` is the trigger as it was judged, alternatives joined by " | "; `rules_held` those of them that hold. The
    advice is withdrawn when every line of `withdrawn_when` holds, one line for each rule that holds now.
    """

    rule: str
    rules_held: tuple[str, ...]
    values: tuple[Value, ...]
    items: tuple[str, ...]
    support: float
    prerequisites: tuple[tuple[str, Literal["met", "unmet"]], ...]
    withdrawn_when: tuple[str, ...]
    parts: Parts


@dataclass(frozen=True)
class Advice:
    """One entry of the catalogue as it applies here.

    gap, confidence, feasibility 0-1, leverage 0-1.625, priority their product; all 0 where the trigger does not fire.
    `outcome` says why it is shown or not, `after` names the prerequisite that stands in its place, `limit` the limit
    that left it out: how many are shown, how many of one dimension, or how many large ones.
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
    limit: Limit | None = None


@dataclass(frozen=True)
class Recommended:
    """The advice in order: what is shown, and everything else that was considered, with the reason it is not."""

    shown: tuple[Advice, ...]
    considered: tuple[Advice, ...]
