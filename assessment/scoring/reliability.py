"""Say how well the items of one measure hang together, for the questionnaire's owner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as snedecor

from assessment.scoring.arrays import FloatArray, divide

NOTHING = 1e-12
"""A variance that is smaller than this share of what it is compared with is rounding, not spread."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Hold a reliability and its interval.

    Parameters
    ----------
    value
        At most 1; NaN when it cannot be computed. It may be negative: then an item's direction is to be checked.
    low, high
        Ends of the interval; NaN with the value.
    n
        Respondents who answered every item.
    k
        Items.
    """

    value: float
    low: float
    high: float
    n: int
    k: int


def cronbach_alpha(items: ArrayLike, confidence: float = 0.95) -> Reliability:
    r"""Give raw alpha, :math:`\frac{k}{k-1}\left(1 - \sum s_j^2 / s_{total}^2\right)`, with Feldt's interval.

    Parameters
    ----------
    items
        Shape (n_respondents, k), reversed items already turned; NaN is missing. Only respondents who answered every
        item count. Below three of them, below two items, or when all totals agree, alpha is NaN.
    confidence
        Share of samples whose interval holds the true value.

    References
    ----------
    Cronbach (1951), doi:10.1007/BF02310555; Feldt, Woodruff and Salih (1987), doi:10.1177/014662168701100107.

    Examples
    --------
    >>> round(cronbach_alpha([[1, 2], [2, 1], [3, 3], [4, 5], [5, 4]]).value, 3)
    0.889
    """
    complete = complete_answers(items)
    n, k = complete.shape
    value = float(_alpha(np.cov(complete, rowvar=False).reshape(k, k))) if n > 2 and k > 1 else np.nan
    low, high = feldt_interval(value, n=n, k=k, confidence=confidence)
    return Reliability(value=value, low=low, high=high, n=n, k=k)


def feldt_interval(alpha: float, *, n: int, k: int, confidence: float = 0.95) -> tuple[float, float]:
    r"""Give the ends of alpha's interval, :math:`1 - (1 - \alpha) F_{1-p/2}` and :math:`1 - (1 - \alpha) F_{p/2}`.

    F has n - 1 and (n - 1)(k - 1) degrees of freedom, and p = 1 - `confidence`. NaN below two respondents or items.

    Parameters
    ----------
    alpha
        As estimated; NaN stays NaN.
    n, k
        Respondents and items.
    confidence
        Share of samples whose interval holds the true value.

    References
    ----------
    Feldt, Woodruff and Salih (1987), doi:10.1177/014662168701100107.
    """
    if n < 2 or k < 2:
        return np.nan, np.nan
    tail = (1 - confidence) / 2
    upper, lower = (float(snedecor.ppf(share, n - 1, (n - 1) * (k - 1))) for share in (1 - tail, tail))
    return 1 - (1 - alpha) * upper, 1 - (1 - alpha) * lower


def alpha_if_dropped(items: ArrayLike) -> FloatArray:
    """Give the alpha of the other items for each item, shape (k,); NaN below three items.

    The respondents are the same for all items: those who answered every one.

    Parameters
    ----------
    items
        Shape (n_respondents, k), reversed items already turned; NaN is missing.

    References
    ----------
    Cronbach (1951), doi:10.1007/BF02310555.
    """
    complete = complete_answers(items)
    n, k = complete.shape
    if n < 3 or k < 3:
        return np.full(k, np.nan)
    covariance = np.cov(complete, rowvar=False)
    rest = [np.delete(np.arange(k), item) for item in range(k)]
    return np.array([_alpha(covariance[np.ix_(others, others)]) for others in rest], dtype=np.float64)


def item_rest(items: ArrayLike) -> FloatArray:
    r"""Correlate each item with the total of the other items, shape (k,).

    :math:`(c_{jT} - s_j^2) / \sqrt{s_j^2 (s_T^2 - 2 c_{jT} + s_j^2)}`, T being the total of all items. NaN below three
    respondents or two items, and where the item or the rest does not vary.

    Parameters
    ----------
    items
        Shape (n_respondents, k), reversed items already turned; NaN is missing. Only respondents who answered every
        item count.
    """
    complete = complete_answers(items)
    n, k = complete.shape
    if n < 3 or k < 2:
        return np.full(k, np.nan)
    covariance = np.cov(complete, rowvar=False)
    own, with_total, total = np.diag(covariance), covariance.sum(axis=1), covariance.sum()
    rest = total - 2 * with_total + own
    varies = (own > 0) & (rest > NOTHING * (own.sum() - own))
    return divide(with_total - own, np.sqrt(np.where(varies, own * rest, 0.0)))


def complete_answers(items: ArrayLike) -> FloatArray:
    """Keep the respondents who answered every item, counted from the first one's answers.

    The shift changes no variance, and leaves exactly 0 where all answers agree.
    """
    answers = np.asarray(items, dtype=np.float64)
    complete = answers[np.isfinite(answers).all(axis=1)]
    return complete - complete[:1]


def _alpha(covariance: FloatArray) -> float:
    """Give alpha from the items' covariances; NaN where the totals do not vary."""
    k, total, own = covariance.shape[0], float(covariance.sum()), float(np.trace(covariance))
    return k / (k - 1) * (1 - own / total) if total > NOTHING * own else np.nan
