"""Set a difference of two groups against their spread."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from assessment.scoring.arrays import FloatArray


def hedges_g(a: ArrayLike, b: ArrayLike) -> float:
    r"""Give the standardised difference of two means, corrected for small groups; NaN without any spread.

    :math:`g = J(\nu) (m_a - m_b) / s_{pooled}` with
    :math:`J(\nu) = \Gamma(\nu/2) / (\sqrt{\nu/2}\, \Gamma((\nu-1)/2))` and :math:`\nu = n_a + n_b - 2`.

    Parameters
    ----------
    a, b
        Scores of each group; NaN is missing.

    References
    ----------
    Hedges (1981), doi:10.3102/10769986006002107.
    """
    first, second = _known(a), _known(b)
    df = first.size + second.size - 2
    if min(first.size, second.size) < 2:
        return np.nan
    pooled = np.sqrt((first.var(ddof=1) * (first.size - 1) + second.var(ddof=1) * (second.size - 1)) / df)
    if pooled == 0:
        return np.nan
    correction = np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    return float(correction * (first.mean() - second.mean()) / pooled)


def _known(values: ArrayLike) -> FloatArray:
    scores = np.asarray(values, dtype=np.float64)
    return scores[np.isfinite(scores)]
