"""R11: choose what is printed in a fixed order of priority, so that everything chosen is safe together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessment.disclosure.arithmetic import REMAINDERS, Vectors
from assessment.disclosure.derivability import FewPeople, is_proved_safe, last_figure_needed, people_exposed
from assessment.disclosure.directions import People
from assessment.disclosure.figures import Figure, coefficients
from assessment.disclosure.material import Material
from assessment.disclosure.ranges import gives_extremes_away
from assessment.disclosure.search import AuditFailedError
from assessment.errors import PolicyError


@dataclass(frozen=True)
class Audit:
    """Check sets of figures of one dimension against R4 and R5, together with what earlier reports printed.

    Parameters
    ----------
    figures
        In the order of priority; the first `n_issued` were printed earlier.
    """

    material: Material
    dimension: str
    figures: Sequence[Figure]
    n_issued: int
    rule: FewPeople

    def chosen(self) -> list[Figure]:
        """Give the figures that may be printed, those printed earlier included.

        The last figure that a leak needs is left out, until there is no leak: the same as adding one figure at a time
        and keeping it if it does no harm, only sooner.

        Raises
        ------
        PolicyError
            When what was printed earlier is itself not safe.
        AuditFailedError
            When a search is too long, or the proof in whole numbers fails.
        """
        rows = coefficients(self.material, self.dimension, self.figures)
        quick = REMAINDERS.taken(rows)

        def first_leak(places: list[int]) -> int | None:
            exposed = people_exposed(quick[places], self.rule)
            return None if exposed is None else last_figure_needed(quick[places], exposed)

        def first_extreme(places: list[int]) -> int | None:
            return _first_true(len(places), lambda n: self._has_extreme(quick[places[:n]]))

        kept = self._without_harm(self._without_harm(list(range(len(self.figures))), first_leak), first_extreme)
        if not is_proved_safe(rows[kept], self.rule):
            raise AuditFailedError
        return [self.figures[place] for place in kept]

    def _without_harm(self, places: list[int], first_harm: Callable[[list[int]], int | None]) -> list[int]:
        while (harm := first_harm(places)) is not None:
            while (earlier := first_harm(places[:harm])) is not None:
                harm = earlier
            if places[harm] < self.n_issued:
                raise PolicyError("figures printed earlier give answers away; nothing more of this wave is released")
            places = places[:harm] + places[harm + 1 :]
        return places

    def _has_extreme(self, rows: Vectors) -> bool:
        measures = [self.dimension, *self.material.parts[self.dimension], *self.material.items_of(self.dimension)]
        return any(
            gives_extremes_away(rows, self.material, measure, k=self.rule.k, open_people=self.rule.open_people)
            for measure in dict.fromkeys(measures)
        )


def open_people(material: Material) -> People:
    """Give the members of the open group."""
    return sum(1 << person for person, is_open in enumerate(material.is_open) if is_open)


def _first_true(n: int, holds: Callable[[int], bool]) -> int | None:
    """Give the last figure of the shortest beginning for which something holds that stays true when more is added."""
    if not holds(n):
        return None
    low, high = 0, n
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high - 1
