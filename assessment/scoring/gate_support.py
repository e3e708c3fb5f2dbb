"""Say at which level a part surely stands at most, from joint resamples."""

import numpy as np

from assessment.scoring.arrays import TOLERANCE, FloatArray, IntArray


def shares_at_or_below(levels: IntArray, *, n_levels: int) -> FloatArray:
    """Give the share of draws at or below each level, shape (n_measures, n_levels).

    Parameters
    ----------
    levels
        Shape (n_draws, n_measures); 0 where a draw has no score. Such a draw supports no level and stays counted.
    """
    steps = np.arange(1, n_levels + 1)
    return ((levels[..., np.newaxis] <= steps) & (levels[..., np.newaxis] > 0)).mean(axis=0)


def supported_level(shares: FloatArray, *, support: float) -> IntArray:
    """Give the lowest level that is not exceeded with enough support (U), shape (n_measures,).

    A part caps the whole at one level above it. Where no level has enough support the highest one is given: no cap.

    Parameters
    ----------
    shares
        Of each level and all below it, shape (n_measures, n_levels); from draws, or cumulative probabilities.

    Examples
    --------
    >>> supported_level(np.array([[0.62, 0.99, 1, 1, 1], [0.85, 1, 1, 1, 1]]), support=0.8)
    array([2, 1])
    """
    is_enough = shares >= support - TOLERANCE
    return np.where(is_enough.any(axis=1), is_enough.argmax(axis=1) + 1, shares.shape[1]).astype(np.int64)
