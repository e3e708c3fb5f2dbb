"""Choose what is shown: by priority, within the limits of number, dimension and size."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.model.policy import Ranking
from assessment.model.recommendation import Recommendation
from assessment.recommendations.advice import Limit

LARGE = "L"


@dataclass(frozen=True)
class Candidate:
    """An entry that could be shown, and its priority."""

    entry: Recommendation
    priority: float

    @property
    def rank(self) -> tuple[float, str]:
        """The place in the order: by priority, ties by id."""
        return -round(self.priority, 9), self.entry.id


def select(candidates: Sequence[Candidate], ranking: Ranking, *, show: int | None = None) -> dict[str, Limit | None]:
    """Go through the candidates in order; gives for each the limit that left it out, None where it is shown.

    Parameters
    ----------
    show
        How many to show, by default `ranking.show`, never more than `ranking.most`.
    """
    chosen: list[Recommendation] = []
    left_out: dict[str, Limit | None] = {}
    for candidate in sorted(candidates, key=lambda c: c.rank):
        limit = _limit(candidate.entry, chosen, ranking, min(show or ranking.show, ranking.most))
        left_out[candidate.entry.id] = limit
        if limit is None:
            chosen.append(candidate.entry)
    return left_out


def _limit(entry: Recommendation, chosen: Sequence[Recommendation], ranking: Ranking, show: int) -> Limit | None:
    if len(chosen) >= show:
        return "number"
    if sum(other.dimension == entry.dimension for other in chosen) >= ranking.max_per_dimension:
        return "dimension"
    n_large = sum(other.effort.size == LARGE for other in chosen)
    return "size" if entry.effort.size == LARGE and n_large >= ranking.max_large else None
