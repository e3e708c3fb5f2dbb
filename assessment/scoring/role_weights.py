"""Say how far a score could move if roles counted otherwise."""

import numpy as np

from assessment.scoring.arrays import FloatArray


def extreme_weights(values: FloatArray, weights: FloatArray, *, shift: float) -> tuple[FloatArray, FloatArray]:
    r"""Give the weights that make a weighted mean lowest and highest.

    Each weight may move within :math:`w_r (1 \mp shift)` and all sum to 1 as before. The highest values get their upper
    bounds until what is left only covers the lower bounds of the rest: exact for one linear constraint.

    Parameters
    ----------
    values
        What is averaged, one per stratum, all known.
    weights
        The declared weights, summing to 1.

    References
    ----------
    Saisana, Saltelli and Tarantola (2005), doi:10.1111/j.1467-985X.2005.00350.x, on telling such ranges.

    Examples
    --------
    >>> low, high = extreme_weights(np.array([55.0, 70.0]), np.array([0.5, 0.5]), shift=0.5)
    >>> float(low @ [55, 70]), float(high @ [55, 70])
    (58.75, 66.25)
    """
    return _greedy(-values, weights, shift), _greedy(values, weights, shift)


def _greedy(values: FloatArray, weights: FloatArray, shift: float) -> FloatArray:
    found = weights * (1 - shift)
    left = float(weights.sum() - found.sum())
    for place in np.argsort(-values, kind="stable"):
        added = min(2 * shift * float(weights[place]), left)
        found[place] += added
        left -= added
    return found
