"""Turn a mean and its standard error into an interval that stays on the scale."""

import numpy as np
from scipy.special import expit, logit
from scipy.stats import t as student

from assessment.scoring.arrays import FloatArray
from assessment.scoring.stratified import Estimates


def logit_t_interval(  # noqa: PLR0917 - the scale's ends may be given by place, as in `logit_t_interval(m, se, df, 1, 5)`
    mean: float, se: float, df: float, low: float = 0, high: float = 100, confidence: float = 0.95
) -> tuple[float, float]:
    r"""Give the interval of a mean on a bounded scale, computed on the logit and turned back.

    With :math:`u = (M - low)/(high - low)` and :math:`h = t_\nu \, SE / (high - low) / (u (1 - u))` it is
    :math:`\mathrm{expit}(\mathrm{logit}(u) \mp h)` on the scale. A standard error of 0 gives the mean itself. At an end
    of the scale the logit does not exist: a plain t interval, cut to the scale. NaN in, NaN out.

    References
    ----------
    Korn and Graubard (1998), *Survey Methodology* 24; Lumley (2010), *Complex Surveys* (`xlogit`).

    Examples
    --------
    >>> low, high = logit_t_interval(62.5, 2.204793, 5.764706)
    >>> round(low, 4), round(high, 4)
    (56.914, 67.7718)
    """
    reach = half_width(np.array([se]), np.array([df]), confidence=confidence)
    lower, upper = _logit_t(np.array([mean]), reach, low=low, high=high)
    return float(lower[0]), float(upper[0])


def plain_t_interval(
    mean: float, se: float, df: float, *, low: float = 0, high: float = 100, confidence: float = 0.95
) -> tuple[float, float]:
    """Give the symmetric t interval of a mean, cut to the scale.

    Examples
    --------
    >>> low, high = plain_t_interval(60, 5.977388, 4)
    >>> round(low, 4), round(high, 4)
    (43.4041, 76.5959)
    """
    reach = half_width(np.array([se]), np.array([df]), confidence=confidence)
    lower, upper = _plain_t(np.array([mean]), reach, low=low, high=high)
    return float(lower[0]), float(upper[0])


def estimate_intervals(estimates: Estimates, *, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Give the interval of every estimate on 0-100: logit-t, or plain t where the spread is the usual one."""
    reach = half_width(estimates.se, estimates.df, confidence=confidence)
    by_logit = _logit_t(estimates.mean, reach, low=0, high=100)
    by_t = _plain_t(estimates.mean, reach, low=0, high=100)
    low, high = (np.where(estimates.is_fallback, plain, bent) for plain, bent in zip(by_t, by_logit, strict=True))
    return low, high


def half_width(se: FloatArray, df: FloatArray, *, confidence: float) -> FloatArray:
    """Give t times the standard error; 0 where the standard error is 0."""
    quantile = student.ppf((1 + confidence) / 2, np.where(df > 0, df, np.nan))
    return np.where(se == 0, 0.0, quantile * se)


def _logit_t(mean: FloatArray, reach: FloatArray, *, low: float, high: float) -> tuple[FloatArray, FloatArray]:
    """Give logit-t intervals, the plain one at the ends, the point where nothing varies."""
    u = (mean - low) / (high - low)
    is_bent = (u > 0) & (u < 1) & (reach != 0)
    safe = np.where(is_bent, u, 0.5)
    wide = reach / (high - low) / (safe * (1 - safe))
    bent = (low + (high - low) * expit(logit(safe) + sign * wide) for sign in (-1, 1))
    plain = _plain_t(mean, reach, low=low, high=high)
    lower, upper = (np.where(is_bent, b, p) for b, p in zip(bent, plain, strict=True))
    return lower, upper


def _plain_t(mean: FloatArray, reach: FloatArray, *, low: float, high: float) -> tuple[FloatArray, FloatArray]:
    """Give t intervals cut to the scale."""
    return np.clip(mean - reach, low, high), np.clip(mean + reach, low, high)
