"""Count, average and spread the values of each stratum."""

from dataclasses import dataclass

import numpy as np

from assessment.scoring.arrays import TOLERANCE, FloatArray, IntArray, divide


@dataclass(frozen=True, slots=True)
class Moments:
    """Hold what the variance formulas need of each stratum and measure.

    Parameters
    ----------
    n
        Valid values, shape (n_strata, n_measures).
    mean
        Their mean; NaN where there is none.
    variance
        Their variance with divisor n - 1; NaN below two values, exactly 0 where all values are equal.
    """

    n: IntArray
    mean: FloatArray
    variance: FloatArray

    @property
    def lowest_n(self) -> int:
        """The smallest count of any stratum on any measure."""
        return int(self.n.min(initial=0))


def stratum_moments(values: FloatArray, strata: IntArray, *, n_strata: int) -> Moments:
    """Summarise each stratum on each measure.

    Values are summed in rising order, so that neither the order nor the names of respondents move a number.

    Parameters
    ----------
    values
        Shape (n_respondents, n_measures); NaN is missing.
    strata
        The stratum's number of each respondent, 0 to ``n_strata - 1``; a respondent with -1 counts nowhere.
    """
    parts = [_column_moments(np.sort(values[strata == stratum], axis=0)) for stratum in range(n_strata)]
    n, mean, variance = (np.stack(columns) for columns in zip(*parts, strict=True))
    return Moments(n=n.astype(np.int64), mean=mean, variance=variance)


def _column_moments(rising: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give count, mean and variance of columns that are sorted with NaN last."""
    n = np.isfinite(rising).sum(axis=0).astype(np.float64)
    if not rising.shape[0]:
        blank = np.full(rising.shape[1], np.nan)
        return n, blank, blank
    first = rising[0]
    is_flat = np.nanmax(np.where(n > 0, rising, 0.0), axis=0) - np.where(n > 0, first, 0.0) <= TOLERANCE
    mean = np.where(is_flat, first, divide(np.nansum(rising, axis=0), n))
    squares = np.nansum((rising - mean) ** 2, axis=0)
    variance = np.where(n < 2, np.nan, np.where(is_flat, 0.0, divide(squares, n - 1)))
    return n, mean, variance
