"""Compare every pair of roles, allowing for unequal spread and for the number of roles."""

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import studentized_range

from assessment.scoring.differences import difference
from assessment.scoring.role_balance import role_balanced


def games_howell(values: ArrayLike, groups: ArrayLike, *, n_groups: int | None = None) -> dict[tuple[str, str], float]:
    r"""Give the probability of each difference by chance, :math:`P(Q_{R,\nu} > |t| \sqrt 2)` with Welch's :math:`\nu`.

    With two groups it is Welch's p.

    Parameters
    ----------
    values, groups
        One score and one group per respondent; NaN is missing.
    n_groups
        R, the groups that are compared in the report; the ones given here by default.

    References
    ----------
    Games and Howell (1976), doi:10.3102/10769986001002113.
    """
    scores, names = np.asarray(values, dtype=np.float64), np.asarray(groups, dtype=str)
    known = sorted(set(names.tolist()))
    wide = n_groups or len(known)
    found: dict[tuple[str, str], float] = {}
    for a, b in combinations(known, 2):
        sides = [scores[(names == name) & np.isfinite(scores)] for name in (a, b)]
        apart = difference(*(role_balanced(side, ["one"] * side.size) for side in sides))
        ratio = abs(apart.value) / apart.se if apart.se > 0 else np.nan
        found[a, b] = float(studentized_range.sf(ratio * np.sqrt(2), wide, apart.df))
    return found
