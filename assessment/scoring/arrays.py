"""Name the arrays that the statistics take and give."""

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
NumberArray: TypeAlias = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]

TOLERANCE: Final = 1e-9
"""Two scores that differ by less are the same score when they meet a cut-off or a threshold."""


def divide(numerator: NumberArray, denominator: NumberArray) -> FloatArray:
    """Divide, giving NaN where the denominator is zero.

    >>> divide(np.array([1.0, 1.0]), np.array([2.0, 0.0]))
    array([0.5, nan])
    """
    blank = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    return np.divide(numerator, denominator, out=blank, where=np.asarray(denominator) != 0)
