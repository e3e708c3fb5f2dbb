"""Compare the answers of the same people in two waves."""

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.differences import Difference, difference
from assessment.scoring.role_balance import Estimate
from assessment.scoring.sample import sample_estimate


def linked_places(later: Sequence[tuple[str, str]], earlier: Sequence[tuple[str, str]]) -> tuple[IntArray, IntArray]:
    """Find the people who answered in both waves in the same role.

    Parameters
    ----------
    later, earlier
        Pseudonym and role of each respondent.

    Returns
    -------
    two arrays of one length
        The places of each of them in the later and in the earlier wave.
    """
    place = {who: number for number, who in enumerate(earlier)}
    pairs = [(number, place[who]) for number, who in enumerate(later) if who in place]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def linked_difference(
    changes: FloatArray, strata: Sequence[str], *, fallback_sd: float, weights: Mapping[str, float] | None = None
) -> Difference:
    """Balance the changes of linked people over their strata, with a plain t interval.

    Parameters
    ----------
    changes
        Shape (n_linked,): each person's later minus earlier score; NaN is missing.
    """
    return difference(
        sample_estimate(changes, strata, fallback_sd=fallback_sd, weights=weights), Estimate(0.0, 0.0, np.nan, 0)
    )
