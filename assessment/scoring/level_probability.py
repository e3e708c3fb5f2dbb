"""Say how likely each level is, given a mean and how sure it is."""

from collections.abc import Sequence

import numpy as np
from scipy.special import logit
from scipy.stats import t as student

from assessment.scoring.arrays import TOLERANCE, BoolArray, FloatArray, IntArray
from assessment.scoring.stratified import Estimates


def level_of(score: FloatArray, cuts: Sequence[float]) -> IntArray:
    """Give the level of each score: 1 plus the cut-offs that it reaches; 0 where there is no score.

    Examples
    --------
    >>> level_of(np.array([29.9, 30.0, 85.0, np.nan]), [30, 50, 70, 85])
    array([1, 2, 5, 0])
    """
    reached = score[..., np.newaxis] >= np.asarray(cuts, dtype=np.float64) - TOLERANCE
    return np.where(np.isnan(score), 0, 1 + reached.sum(axis=-1)).astype(np.int64)


def level_probabilities(mean: float, se: float, df: float, cuts: Sequence[float]) -> FloatArray:
    r"""Give the probability of each level, on the same curve as the logit-t interval.

    :math:`P(\text{true} < c) = T_\nu((\mathrm{logit}(c/100) - \mathrm{logit}(u)) \, u (1 - u) / (SE/100))`; a level's
    probability is the difference between its two cut-offs. A standard error of 0 puts 1 on the mean's level; a mean at
    an end of the scale uses the plain t curve; NaN gives NaN.

    Returns
    -------
    array of shape (len(cuts) + 1,)
        Sums to 1.

    References
    ----------
    Rudner (2001), *Practical Assessment, Research and Evaluation* 7(14), on misclassification near cut-offs.
    """
    arrays = (np.array([float(x)]) for x in (mean, se, df))
    return _probabilities(*arrays, is_plain=np.array([mean in (0, 100)]), cuts=cuts)[0]


def plain_level_probabilities(mean: float, se: float, df: float, cuts: Sequence[float]) -> FloatArray:
    """Give the probability of each level on the plain t curve, for a spread that the answers did not show."""
    arrays = (np.array([float(x)]) for x in (mean, se, df))
    return _probabilities(*arrays, is_plain=np.array([True]), cuts=cuts)[0]


def estimate_level_probabilities(estimates: Estimates, *, cuts: Sequence[float]) -> FloatArray:
    """Give the level probabilities of every estimate, shape (n_measures, n_levels)."""
    is_plain = estimates.is_fallback | (estimates.mean <= 0) | (estimates.mean >= 100)
    return _probabilities(estimates.mean, estimates.se, estimates.df, is_plain=is_plain, cuts=cuts)


def _probabilities(
    mean: FloatArray, se: FloatArray, df: FloatArray, *, is_plain: BoolArray, cuts: Sequence[float]
) -> FloatArray:
    """Difference the distribution function over the cut-offs, one row per mean."""
    below = _share_below(mean, se, df, is_plain=is_plain, cuts=np.asarray(cuts, dtype=np.float64))
    edges = [np.zeros((mean.size, 1)), below, np.ones((mean.size, 1))]
    exact = np.eye(len(cuts) + 1)[np.maximum(level_of(mean, cuts) - 1, 0)]
    shares = np.where((se == 0)[:, np.newaxis], exact, np.diff(np.concatenate(edges, axis=1), axis=1))
    return np.where(np.isnan(mean + np.where(se == 0, 0.0, se + df))[:, np.newaxis], np.nan, shares)


def _share_below(
    mean: FloatArray, se: FloatArray, df: FloatArray, *, is_plain: BoolArray, cuts: FloatArray
) -> FloatArray:
    """Give the probability that the true score lies below each cut-off, shape (n_means, n_cuts)."""
    spread = np.where(se > 0, se, np.nan)[:, np.newaxis]
    u = np.where(is_plain, 0.5, mean / 100)[:, np.newaxis]
    bent = (logit(cuts / 100) - logit(u)) * u * (1 - u) / (spread / 100)
    plain = (cuts - mean[:, np.newaxis]) / spread
    return np.asarray(student.cdf(np.where(is_plain[:, np.newaxis], plain, bent), df[:, np.newaxis]))
