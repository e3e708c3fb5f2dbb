"""Say how much of the spread of answers lies between groups, for the questionnaire's owner."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray, IntArray

NOTHING = 1e-12
"""A mean square that is smaller than this share of the other one is rounding, not spread."""


@dataclass(frozen=True, slots=True)
class Icc:
    """Hold the intraclass correlation of one person's score (`icc1`) and of a group's mean (`icc2`)."""

    icc1: float
    icc2: float


def icc(values: ArrayLike, groups: ArrayLike) -> Icc:
    r"""Give ICC(1), the share of variance between groups, and ICC(2), the reliability of group means.

    .. math::

        ICC(1) = \frac{MSB - MSW}{MSB + (n_0 - 1) MSW}, \quad ICC(2) = \frac{MSB - MSW}{MSB}, \quad
        n_0 = \frac{1}{G - 1} \Bigl(N - \frac{\sum n_g^2}{N}\Bigr)

    with the mean squares of a one-way analysis of variance. :math:`n_0` is the group size that makes ICC(1) the
    analysis-of-variance estimate for groups of any size; it equals the group size when all are the same, and is at most
    the mean size.

    Parameters
    ----------
    values, groups
        One score and one group per respondent; a missing score or group counts nowhere. A group of one counts between
        groups only.

    Returns
    -------
    Icc
        Negative when groups differ less than people within them. NaN below two groups and when every group has one
        respondent; ICC(1) is NaN when all scores agree, ICC(2) when all group means agree.

    References
    ----------
    Bliese (2000), in Klein and Kozlowski.
    """
    scores = np.asarray(values, dtype=np.float64)
    codes = np.asarray(pd.factorize(np.asarray(groups, dtype=object))[0], dtype=np.int64)
    known = np.isfinite(scores) & (codes >= 0)
    if not known.any():
        return Icc(icc1=np.nan, icc2=np.nan)
    return _correlations(scores[known] - scores[known][0], np.unique(codes[known], return_inverse=True)[1])


def _correlations(scores: FloatArray, group: IntArray) -> Icc:
    """Analyse the variance of known scores, counted from the first one so that equal scores are exactly 0."""
    n = np.bincount(group)
    total, n_groups = int(n.sum()), n.size
    if n_groups < 2 or total == n_groups:
        return Icc(icc1=np.nan, icc2=np.nan)
    means = np.bincount(group, weights=scores) / n
    between = float((n * (means - scores.mean()) ** 2).sum()) / (n_groups - 1)
    within = float(((scores - means[group]) ** 2).sum()) / (total - n_groups)
    size = (total - float((n**2).sum()) / total) / (n_groups - 1)
    whole = between + (size - 1) * within
    return Icc(
        icc1=(between - within) / whole if whole > 0 else np.nan,
        icc2=(between - within) / between if between > NOTHING * within else np.nan,
    )
