"""Estimate the means of stratified samples, many measures at a time."""

from dataclasses import dataclass, replace

import numpy as np

from assessment.scoring.arrays import BoolArray, FloatArray, IntArray, divide
from assessment.scoring.moments import Moments


@dataclass(frozen=True, slots=True)
class Estimates:
    """Hold one estimate per measure; every array has shape (n_measures,).

    Parameters
    ----------
    is_fallback
        Where the standard error is not seen in the answers but taken from the usual spread of person scores; such an
        estimate has a plain t interval instead of a logit one.
    """

    mean: FloatArray
    se: FloatArray
    df: FloatArray
    n: IntArray
    is_fallback: BoolArray


def present_weights(n: IntArray, weights: FloatArray) -> FloatArray:
    """Rescale the weights of the strata that have a value to sum 1.

    Parameters
    ----------
    n
        Values per stratum and measure, shape (n_strata, n_measures).
    weights
        Declared weights, broadcast to that shape.

    Returns
    -------
    array of shape (n_strata, n_measures)
        0 for a stratum without a value; NaN for a measure without any.
    """
    present = np.where(n > 0, weights, 0.0)
    return divide(present, present.sum(axis=0))


def stratified_estimates(moments: Moments, *, roster: FloatArray, weights: FloatArray) -> Estimates:
    r"""Estimate each measure's weighted mean of stratum means, with its standard error.

    With :math:`v_r = s_r^2 / n_r \, (1 - n_r / N_r)`: :math:`SE^2 = \sum_r w_r^2 v_r` and
    :math:`\nu = (\sum_r w_r^2 v_r)^2 / \sum_r (w_r^2 v_r)^2 / (n_r - 1)` over the strata that vary. Where a stratum has
    one value and more people, the pooled variance replaces every :math:`s_r^2` and :math:`\nu = n - R`; where all are
    such, there is no standard error.

    Parameters
    ----------
    roster, weights
        People and declared weight of each stratum, broadcast to (n_strata, n_measures); infinite people mean no
        finite population correction.

    Raises
    ------
    ValueError
        If a roster is below the number of values.

    References
    ----------
    Cochran (1977), *Sampling Techniques*; Satterthwaite (1946), doi:10.2307/3002019.
    """
    n = moments.n
    if np.any(n > roster):
        raise ValueError("a roster is below the number of values; the roster must count everyone in the group")
    balance = present_weights(n, weights)
    is_open = (n > 0) & (n < roster)
    is_pooled = np.any(is_open & (n == 1), axis=0)
    spread = np.where(is_pooled, pooled_variance(moments), moments.variance)
    term = np.where(is_open, balance**2 * divide(spread, n) * (1 - divide(n, roster)), 0.0)
    squared = term.sum(axis=0)
    df = np.where(is_pooled, n.sum(axis=0) - (n > 0).sum(axis=0), satterthwaite(term, n))
    return Estimates(
        mean=np.where(n.sum(axis=0) > 0, np.nansum(balance * moments.mean, axis=0), np.nan),
        se=np.where(n.sum(axis=0) > 0, np.sqrt(squared), np.nan),
        df=np.where(squared > 0, df, np.nan),
        n=n.sum(axis=0),
        is_fallback=np.zeros(n.shape[1], dtype=np.bool_),
    )


def pooled_variance(moments: Moments) -> FloatArray:
    """Pool the variance within strata, weighted by their degrees of freedom; NaN if every stratum has one value."""
    freedom = np.maximum(moments.n - 1, 0)
    return divide(np.nansum(freedom * moments.variance, axis=0), freedom.sum(axis=0))


def satterthwaite(term: FloatArray, n: IntArray) -> FloatArray:
    """Give the degrees of freedom of a sum of variance terms; NaN where nothing varies.

    References
    ----------
    Satterthwaite (1946), doi:10.2307/3002019.
    """
    # A stratum of one has no variance of its own; it only occurs here with the term 0, or where pooling replaces this.
    parts = divide(term**2, np.maximum(n - 1, 0))
    return divide(term.sum(axis=0) ** 2, np.where(term > 0, parts, 0.0).sum(axis=0))


def with_fallback(
    estimates: Estimates, n: IntArray, *, roster: FloatArray, weights: FloatArray, fallback_sd: float
) -> Estimates:
    r"""Give an estimate whose answers all agree the spread that person scores usually have.

    Applies where the standard error is 0 although not everyone answered (a mean at 0 or 100 is such a case):
    :math:`SE_0^2 = s_0^2 \sum_r w_r^2 (1 - n_r / N_r) / n_r` with :math:`\nu = n - 1`. That everyone answered alike
    must not be readable from a number.

    Parameters
    ----------
    n
        Values per stratum and measure, shape (n_strata, n_measures).
    fallback_sd
        Usual standard deviation of person scores within a role, in points.
    """
    is_needed = (estimates.se == 0) & np.any((n > 0) & (n < roster), axis=0)
    balance = np.nan_to_num(present_weights(n, weights))
    share = np.where(n > 0, balance**2 * divide(1 - divide(n, roster), n), 0.0).sum(axis=0)
    return replace(
        estimates,
        se=np.where(is_needed, fallback_sd * np.sqrt(share), estimates.se),
        df=np.where(is_needed, estimates.n - 1, estimates.df),
        is_fallback=estimates.is_fallback | is_needed,
    )
