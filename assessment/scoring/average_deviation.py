"""Measure how far people stand from the middle answer."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray, divide


def average_deviation(answers: ArrayLike, about: Literal["median", "mean"] = "median") -> float:
    """Give the mean distance of the answers from their middle, in answer steps; NaN below two answers.

    Parameters
    ----------
    answers
        Answers to one item; NaN is missing. The median of an even count is the midpoint.
    about
        The middle that distances are measured from.

    References
    ----------
    Burke, Finkelstein and Dusig (1999), doi:10.1177/109442819921004; Burke and Dunlap (2002),
    doi:10.1177/1094428102005002002: at most a sixth of the number of answer options is broad agreement.

    Examples
    --------
    >>> average_deviation([1, 1, 1, 5, 5, 5])
    2.0
    """
    column = np.asarray(answers, dtype=np.float64).reshape(-1, 1)
    return float(_deviations(column, middle=_middle(column, about=about))[0])


def item_deviations(answers: FloatArray) -> FloatArray:
    """Give the average deviation about the median of each item, shape (n_items,).

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items), in answer steps; NaN is missing.
    """
    return _deviations(answers, middle=_middle(answers, about="median"))


def _middle(answers: FloatArray, *, about: Literal["median", "mean"]) -> FloatArray:
    """Give each column's median or mean; NaN for an empty column."""
    rising = np.sort(answers, axis=0)
    n = np.isfinite(rising).sum(axis=0)
    if about == "mean":
        return divide(np.nansum(rising, axis=0), n)
    if not rising.shape[0]:
        return np.full(rising.shape[1], np.nan)
    columns = np.arange(rising.shape[1])
    return (rising[np.maximum(n - 1, 0) // 2, columns] + rising[n // 2, columns]) / 2


def _deviations(answers: FloatArray, *, middle: FloatArray) -> FloatArray:
    """Average the distances from the middle; NaN below two answers."""
    n = np.isfinite(answers).sum(axis=0)
    distance = np.nansum(np.sort(np.abs(answers - middle), axis=0), axis=0)
    return np.where(n < 2, np.nan, divide(distance, n))
