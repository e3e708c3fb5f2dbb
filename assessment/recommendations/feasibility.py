"""Weigh how easily a recommendation is carried out."""

from assessment.model.policy import Ranking
from assessment.model.recommendation import Recommendation


def factor_of_effort(entry: Recommendation, ranking: Ranking) -> float:
    """Give the factor for an entry's size: a small one is done sooner."""
    return float(ranking.effort_factor[entry.effort.size])


def feasibility_of(entry: Recommendation, ranking: Ranking) -> float:
    """Give the catalogue's own feasibility x the factor for the size, 0-1."""
    return entry.feasibility * factor_of_effort(entry, ranking)
