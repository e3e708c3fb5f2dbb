"""R4: no combination of everything that is printed touches one to k-1 people."""

from dataclasses import dataclass

import numpy as np

from assessment.disclosure.arithmetic import REMAINDERS, WHOLE_NUMBERS, Arithmetic, Vectors
from assessment.disclosure.directions import Directions, People, directions_of
from assessment.disclosure.search import find_touched


@dataclass(frozen=True)
class FewPeople:
    """Call p protected and o open people too few if p >= 1 and p + o < k, or p = 0 and o < the floor (R4, R15)."""

    k: int
    open_floor: int
    open_people: People = 0

    def is_enough(self, people: People) -> bool:
        """Tell whether these are k or more."""
        return people.bit_count() >= self.k

    def is_too_small(self, people: People) -> bool:
        """Tell whether exactly these are too few."""
        has_protected = bool(people & ~self.open_people)
        return 0 < people.bit_count() < (self.k if has_protected else self.open_floor)


def people_exposed(rows: Vectors, rule: FewPeople) -> People | None:
    """Give people whom some combination of the figures singles out; found by remainders, so quickly.

    Parameters
    ----------
    rows
        Shape (n_figures, n_respondents, n_items): each answer's coefficient in each figure.

    Raises
    ------
    AuditFailedError
        When the search is too long.
    """
    return find_touched(answers_as_directions(rows, REMAINDERS), rule)


def is_proved_safe(rows: Vectors, rule: FewPeople) -> bool:
    """Tell whether whole numbers of any size prove that no combination touches too few.

    Raises
    ------
    AuditFailedError
        When the search is too long.
    """
    return find_touched(answers_as_directions(rows, WHOLE_NUMBERS), rule) is None


def answers_as_directions(rows: Vectors, arithmetic: Arithmetic) -> Directions:
    """Give the directions of all answers and who holds them."""
    n_figures, n, n_items = rows.shape
    vectors = rows.reshape(n_figures, n * n_items).T
    return directions_of(arithmetic, arithmetic.taken(vectors), [1 << (row // n_items) for row in range(n * n_items)])


def last_figure_needed(rows: Vectors, exposed: People) -> int:
    """Give the first figure that, together with those before it, touches nobody but some of the exposed.

    The figures are reduced one after the other on the answers of everybody else; the first that vanishes there and
    not on the exposed completes the leak.
    """
    n_figures, n, _ = rows.shape
    is_exposed = np.array([bool(exposed >> person & 1) for person in range(n)], dtype=np.bool_)
    others = REMAINDERS.taken(rows[:, ~is_exposed].reshape(n_figures, -1))
    left = np.hstack([others, REMAINDERS.taken(rows[:, is_exposed].reshape(n_figures, -1))])
    n_others = others.shape[1]
    for figure in range(n_figures):
        row, left = left[0], left[1:]
        if row[:n_others].any():
            n_others -= 1
            left = REMAINDERS.without(left, row)
        elif row.any():
            return figure
    raise AssertionError("nobody is exposed by these figures")
