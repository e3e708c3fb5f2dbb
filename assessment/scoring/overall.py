"""Estimate the mean of several measures that the same people answered."""

import numpy as np

from assessment.scoring.arrays import BoolArray, FloatArray, IntArray, divide
from assessment.scoring.moments import Moments, stratum_moments
from assessment.scoring.stratified import Estimates, present_weights, satterthwaite, with_fallback

ROUNDING_SE = 1e-9
"""A standard error below this is the rounding of equal answers, in points."""


def overall_estimate(
    values: FloatArray, strata: IntArray, *, roster: FloatArray, weights: FloatArray, fallback_sd: float
) -> Estimates:
    r"""Estimate the mean of the measures' role-balanced means, with one linearised standard error.

    :math:`z_i = \sum_d \frac{1}{D} \lambda_{rd} \frac{w_{rd}}{n_{rd}} (y_{id} - m_{rd})` over the measures that
    respondent i has, with :math:`\lambda_{rd} = \sqrt{1 - n_{rd}/N_{rd}}`: who could not tell on a measure has not
    answered it. :math:`SE^2 = \sum_r \frac{n_r}{n_r - 1} \sum_i z_i^2` with :math:`n_r` respondents of the stratum with
    any measure. A stratum of one with more people gives no standard error.
    The mean is NaN if any measure has none. With complete answers this equals the formula for person means.

    Parameters
    ----------
    values
        Shape (n_respondents, n_measures); NaN is missing.
    strata
        Stratum number of each respondent; -1 counts nowhere.
    roster, weights
        Shape (n_strata, n_measures).

    Returns
    -------
    Estimates
        Of one measure.

    References
    ----------
    Lumley (2010), *Complex Surveys*: linearisation. Satterthwaite (1946), doi:10.2307/3002019.
    """
    moments = stratum_moments(values, strata, n_strata=roster.shape[0])
    balance = present_weights(moments.n, weights)
    n = _respondents(values, strata, n_strata=roster.shape[0])
    is_open = np.where(moments.n > 0, 1 - divide(moments.n, roster), 0.0)
    mean = np.nansum(balance * moments.mean, axis=0)[moments.n.sum(axis=0) > 0]
    is_whole = mean.size == values.shape[1]
    error = _linearised(values, strata, moments, balance * np.sqrt(is_open))
    term = _terms(error, strata, n=n, is_open=np.asarray(is_open.any(axis=1)))
    se = np.sqrt(term.sum())
    estimates = Estimates(
        mean=np.array([mean.mean() if is_whole else np.nan]),
        se=np.array([np.nan if not is_whole else 0.0 if se < ROUNDING_SE else se]),
        df=satterthwaite(term[:, np.newaxis], n[:, np.newaxis])
        if is_whole and se >= ROUNDING_SE
        else np.array([np.nan]),
        n=np.array([n.sum()]),
        is_fallback=np.array([False]),
    )
    shares = np.nan_to_num(balance).mean(axis=1)
    people = np.where(is_open.mean(axis=1) < 1, divide(n, 1 - is_open.mean(axis=1)), np.inf)
    return with_fallback(
        estimates,
        n[:, np.newaxis],
        roster=people[:, np.newaxis],
        weights=shares[:, np.newaxis],
        fallback_sd=fallback_sd,
    )


def _respondents(values: FloatArray, strata: IntArray, *, n_strata: int) -> IntArray:
    """Count the respondents of each stratum with any measure."""
    has_any = np.isfinite(values).any(axis=1) & (strata >= 0)
    return np.bincount(strata[has_any], minlength=n_strata).astype(np.int64)


def _linearised(values: FloatArray, strata: IntArray, moments: Moments, balance: FloatArray) -> FloatArray:
    """Give each respondent's part in the overall mean's error."""
    factor = divide(np.nan_to_num(balance), moments.n.astype(np.float64) * values.shape[1])
    parts = factor[strata] * (values - moments.mean[strata])
    return np.where(strata >= 0, np.nansum(parts, axis=1), 0.0)


def _terms(error: FloatArray, strata: IntArray, *, n: IntArray, is_open: BoolArray) -> FloatArray:
    """Sum the squared parts of each stratum, smallest first; NaN for a stratum of one with more people."""
    order = np.argsort(error**2, kind="stable")
    counted = order[strata[order] >= 0]
    squares = np.bincount(strata[counted], weights=error[counted] ** 2, minlength=n.size)
    lifted = divide(n, np.maximum(n - 1, 0))
    return np.where(is_open, lifted * squares, 0.0)
