"""Compare the mean scores of two groups of people."""

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.differences import Difference, difference
from assessment.scoring.role_balance import Estimate


def welch(a: ArrayLike, b: ArrayLike) -> Difference:
    r"""Subtract the mean of b from that of a, by Welch's test: variances may differ and are never pooled.

    :math:`SE^2 = s_a^2/n_a + s_b^2/n_b`, :math:`\nu = SE^4 / \sum (s^2/n)^2 / (n - 1)`, interval
    :math:`m_a - m_b \mp t_{.975,\nu} SE`.

    Parameters
    ----------
    a, b
        Scores of each group; NaN is missing.

    Returns
    -------
    Difference
        All NaN without a score on one side; the difference alone with one score on a side or without any spread.

    References
    ----------
    Welch (1947), doi:10.1093/biomet/34.1-2.28; Satterthwaite (1946), doi:10.2307/3002019.

    Examples
    --------
    >>> round(welch([70, 80, 75, 85], [50, 60, 40, 55]).p, 6)
    0.003294
    """
    return difference(_mean(a), _mean(b))


def _mean(values: ArrayLike) -> Estimate:
    """Estimate the mean of a sample; counted from its first score, so that equal scores have exactly no error."""
    scores = np.asarray(values, dtype=np.float64)
    known = scores[np.isfinite(scores)]
    if known.size < 2:
        return Estimate(mean=float(known.sum()) if known.size else np.nan, se=np.nan, df=np.nan, n=known.size)
    away = known - known[0]
    se = float(away.std(ddof=1) / np.sqrt(known.size))
    return Estimate(mean=float(known[0] + away.mean()), se=se, df=known.size - 1 if se > 0 else np.nan, n=known.size)
