"""Weigh how much else moves when a recommendation is carried out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import cast

from assessment.disclosure import Released
from assessment.model.policy import Ranking
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation


@dataclass(frozen=True)
class Leverage:
    """The catalogue's own weight (0-1), and the factors for holding a level back and for what waits for this entry."""

    base: float
    factor_of_cap: float
    factor_of_dependents: float

    @property
    def value(self) -> float:
        """The product of the three."""
        return self.base * self.factor_of_cap * self.factor_of_dependents


def leverage_of(
    entry: Recommendation,
    questionnaire: Questionnaire,
    *,
    facets: Iterable[str],
    held_by: Collection[str],
    fired: Collection[str],
) -> Leverage:
    """Give base / 5 x 1.25 if a facet of the trigger holds a level back x (1 + 0.1 per entry that waits), at most 1.3.

    Parameters
    ----------
    facets
        The facets of the trigger.
    held_by
        The facets that hold their dimension's level back.
    fired
        The entries that fired: those with this one among their prerequisites need it first.
    """
    ranking: Ranking = questionnaire.policy.ranking
    n_waiting = sum(entry.id in other.prerequisites for other in questionnaire.recommendations if other.id in fired)
    return Leverage(
        base=entry.leverage / ranking.leverage_base,
        factor_of_cap=float(ranking.holds_level_back) if set(facets) & set(held_by) else 1.0,
        factor_of_dependents=float(min(ranking.dependent_cap, 1 + ranking.per_dependent * n_waiting)),
    )


def holding_back(released: Released, questionnaire: Questionnaire) -> frozenset[str]:
    """Give the facets that hold the level of their dimension below that of its mean."""
    shown = released.levels[released.levels["status"] == "shown"]
    named = [part for parts in shown["held_by"] for part in cast("tuple[str, ...]", parts)]
    return frozenset(part for part in named if part in questionnaire.facets)
