"""R5: an exact mean only where everybody in it could still be at 0 and at 100, also after subtraction."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.arithmetic import REMAINDERS, Vectors
from assessment.disclosure.directions import Directions, People, directions_of
from assessment.disclosure.figures import Figure
from assessment.disclosure.material import Material
from assessment.disclosure.search import find_touched

STEP = 5
TOLERANCE = 1e-6
"""Far below the smallest distance between two sums of answers, far above the error of adding them."""

Limit = tuple[Literal["at_least", "at_most"], int]


def limit_of(value: float, *, largest_weight: float) -> Limit | None:
    """Give the limit to print in place of a mean that would narrow somebody's answer; None where the mean may stand.

    The person who weighs most could be at 0 only if the mean is at most 100 - 100 w, and at 100 only if it is at least
    100 w (w = 1/n in a plain mean). The limit is rounded inward to a multiple of 5.

    Examples
    --------
    >>> limit_of(93.0, largest_weight=1 / 7), limit_of(15.0, largest_weight=1 / 5), limit_of(80.0, largest_weight=1 / 5)
    (('at_least', 85), ('at_most', 20), None)
    """
    lowest, highest = 100 * largest_weight, 100 - 100 * largest_weight
    if value > highest + TOLERANCE:
        return "at_least", STEP * int(np.floor((highest + TOLERANCE) / STEP))
    if value < lowest - TOLERANCE:
        return "at_most", STEP * int(np.ceil((lowest - TOLERANCE) / STEP))
    return None


def own_limit(material: Material, figure: Figure) -> Limit | None:
    """Give the limit for a figure; none for an agreed open group alone (R15)."""
    if all(material.is_open[person] for person in figure.weights):
        return None
    return limit_of(figure.value(material), largest_weight=float(max(figure.weights.values())))


@dataclass(frozen=True)
class LightPeople:
    """Call people too light if together they lie less than 100 points from an end: then somebody's answer is narrowed.

    Parameters
    ----------
    room
        Points from the end, for each respondent; infinite for those without a value.
    """

    room: tuple[float, ...]
    open_people: People = 0

    def is_enough(self, people: People) -> bool:
        """Tell whether these lie 100 points or more from the end."""
        total = 0.0
        while people and total < 100 - TOLERANCE:
            lowest = people & -people
            total += self.room[lowest.bit_length() - 1]
            people ^= lowest
        return total >= 100 - TOLERANCE

    def is_too_small(self, people: People) -> bool:
        """Tell whether these are too light; the open group alone agreed to be shown (R15)."""
        return bool(people & ~self.open_people) and not self.is_enough(people)


def gives_extremes_away(rows: Vectors, material: Material, measure: str, *, k: int, open_people: People) -> bool:
    """Tell whether the figures give away the total of people who are nearly all at one end of a measure.

    Any weighted total counts, which is stricter than the plain totals of the rule.

    Parameters
    ----------
    rows
        Shape (n_figures, n_respondents, n_items): remainders of each answer's coefficient in each figure.

    Raises
    ------
    AuditFailedError
        When the search is too long.
    """
    values = material.values(measure)
    rooms = (np.nan_to_num(room, nan=np.inf).tolist() for room in (100 - values, values))
    rules = [LightPeople(tuple(room), open_people) for room in rooms]
    likely = [rule for rule in rules if _could_be_light(rule, k)]
    if not likely:
        return False
    totals = _totals_only(rows, material.shares(measure))
    return totals is not None and any(find_touched(totals, rule) is not None for rule in likely)


def _could_be_light(rule: LightPeople, k: int) -> bool:
    """Tell whether k people are light at all; the usual answer is no, and then nothing need be searched."""
    n_least = k if not rule.open_people else 1
    return sum(sorted(rule.room)[:n_least]) < 100 - TOLERANCE


def _totals_only(rows: Vectors, shares: NDArray[np.int64]) -> Directions | None:
    """Keep the combinations that are totals of respondents' values on one measure.

    They touch no answer outside the measure, and a respondent's answers in proportion to what they are worth in the
    value; what contradicts this is struck out. Each respondent's first answer then stands for the value.
    """
    n_figures, n, n_items = rows.shape
    answers = np.moveaxis(rows, 0, 2)
    people, first, has_value = np.arange(n), (shares > 0).argmax(axis=1), np.asarray(shares.any(axis=1))
    worth = np.where(has_value, shares[people, first], 1)
    stand_in = answers[people, first] * has_value[:, np.newaxis]
    forbidden = answers * worth[:, np.newaxis, np.newaxis] - shares[:, :, np.newaxis] * stand_in[:, np.newaxis, :]
    vectors = REMAINDERS.taken(np.vstack([stand_in, forbidden.reshape(n * n_items, n_figures)]))
    marker = 1 << n
    together = directions_of(REMAINDERS, vectors, [*(1 << person for person in range(n)), *[marker] * (n * n_items)])
    return together.without([place for place, holders in enumerate(together.holders) if holders & marker])
