"""Place an organisation among others, pulling each towards the middle as far as its own answers are few."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from assessment.scoring.arrays import TOLERANCE, FloatArray

DRAWS: Final = 4_000
BLOCK: Final = 200
SEED: Final = 1
GRID: Final[FloatArray] = np.linspace(-12, 5, 171)
"""Logarithms of the ratio of the variances between and within organisations where the search starts."""


@dataclass(frozen=True, slots=True)
class Position:
    """Hold the share of the other organisations that one stands above, in percent, and its 95 % interval."""

    percentile: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Hold a random-intercept model of organisations.

    Parameters
    ----------
    mu
        The mean over organisations, in points.
    tau2, sigma2
        The variances between organisations and within them.
    theta
        Each organisation's mean, pulled towards `mu`; shape (n_organisations,).
    variance
        How unsure each `theta` is, given the model; shape (n_organisations,).
    """

    mu: float
    tau2: float
    sigma2: float
    theta: FloatArray
    variance: FloatArray


def benchmark_position(means: ArrayLike, variances: ArrayLike, ns: ArrayLike, index: int) -> Position:
    r"""Give the percentile of one organisation among the others, each of one stratum, with an interval.

    Percentile = :math:`100` times the mean over the others h of
    :math:`\Phi((\theta_g - \theta_h) / \sqrt{v_g + v_h})`. The interval holds the middle 95 % (type 7) of the
    percentiles in 4000 normal draws of all :math:`\theta`, and the percentile itself. The draws are the same whenever
    it is asked, and do not depend on the order of organisations.

    Parameters
    ----------
    means, variances, ns
        Mean, variance (divisor n - 1) and number of scores of each organisation, shape (n_organisations,). One with a
        missing mean counts nowhere; the variance of a single score does not matter.
    index
        The place of the organisation in question.

    Returns
    -------
    Position
        NaN when the organisations cannot be told apart (:math:`\tau^2 = 0`), without another organisation, and when the
        one in question has no mean.

    References
    ----------
    Laird and Louis (1989), doi:10.3102/10769986014001029; Fay and Herriot (1979), doi:10.1080/01621459.1979.10482505.
    """
    n = np.asarray(ns, dtype=np.float64)
    within = np.where(n == 1, 0.0, (n - 1) * np.asarray(variances, dtype=np.float64))
    model = shrunken(means, n, within, n - 1)
    if not model.tau2 > 0 or np.isnan(model.theta[index]):
        return Position(percentile=np.nan, low=np.nan, high=np.nan)
    others = np.isfinite(model.theta) & (np.arange(n.size) != index)
    theta, variance = model.theta[others], model.variance[others]
    order = np.lexsort((variance, theta))
    return _position(model.theta[index], model.variance[index], theta[order], variance[order])


def shrunken(means: ArrayLike, n_star: ArrayLike, within: ArrayLike, df: ArrayLike) -> Shrunken:
    r"""Fit the random-intercept model by restricted maximum likelihood and pull the means towards the middle.

    With :math:`\lambda = \tau^2 / \sigma^2` and :math:`a_g = n_g^* / (1 + n_g^* \lambda)`:
    :math:`\mu = \sum a_g M_g / \sum a_g`, :math:`Q = \sum SSW_g + \sum a_g (M_g - \mu)^2`,
    :math:`D = \sum \nu_g + G - 1`, :math:`\sigma^2 = Q / D`, and :math:`\lambda` minimises
    :math:`D \ln \sigma^2 + \sum \ln(1 + n_g^* \lambda) + \ln \sum a_g` over :math:`\ln \lambda` in [-12, 5] and
    :math:`\lambda = 0`. Then :math:`B_g = n_g^* \lambda / (1 + n_g^* \lambda)`,
    :math:`\theta_g = \mu + B_g (M_g - \mu)` and :math:`v_g = \tau^2 (1 - B_g)`.

    Parameters
    ----------
    means
        :math:`M_g`, shape (n_organisations,), in points.
    n_star
        :math:`n_g^* = 1 / \sum_r (w_r^2 / n_r)`: the number of scores that would be as sure in one stratum.
    within
        :math:`SSW_g`, the sum of squares within the strata of each organisation.
    df
        :math:`\nu_g`, scores less strata.

    Returns
    -------
    Shrunken
        An organisation with a missing or impossible number counts nowhere and has NaN. All NaN below two organisations
        and when no organisation has two scores in a stratum. Means that all agree have :math:`\tau^2 = 0`. Without any
        spread within organisations the ratio ends at its limit, and every mean stays where it is, nearly.

    References
    ----------
    Harville (1977), doi:10.1080/01621459.1977.10480998; Fay and Herriot (1979), doi:10.1080/01621459.1979.10482505.
    """
    columns = np.stack([np.asarray(column, dtype=np.float64) for column in (means, n_star, within, df)])
    known = np.isfinite(columns).all(axis=0) & (columns[1] > 0) & (columns[2:] >= 0).all(axis=0)
    m, n, ssw, nu = columns[:, known]
    theta, variance = np.full((2, known.size), np.nan)
    if m.size < 2 or nu.sum() == 0:
        return Shrunken(mu=np.nan, tau2=np.nan, sigma2=np.nan, theta=theta, variance=variance)
    ratio = 0.0 if np.ptp(m) < TOLERANCE else _best_ratio(m, n, float(ssw.sum()), float(nu.sum()))
    (mu,), (sigma2,), _ = _profile(np.array([ratio]), m, n, float(ssw.sum()), float(nu.sum()))
    pull = n * ratio / (1 + n * ratio)
    theta[known], variance[known] = mu + pull * (m - mu), ratio * sigma2 * (1 - pull)
    return Shrunken(mu=float(mu), tau2=float(ratio * sigma2), sigma2=float(sigma2), theta=theta, variance=variance)


def _profile(
    ratios: FloatArray, m: FloatArray, n: FloatArray, ssw: float, nu: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give the mean, the variance within and the criterion at each ratio, each of shape (n_ratios,)."""
    grown = 1 + ratios[:, np.newaxis] * n
    a = n / grown
    mu = (a * m).sum(axis=1) / a.sum(axis=1)
    df = nu + m.size - 1
    sigma2 = (ssw + (a * (m - mu[:, np.newaxis]) ** 2).sum(axis=1)) / df
    with np.errstate(divide="ignore"):
        return mu, sigma2, df * np.log(sigma2) + np.log(grown).sum(axis=1) + np.log(a.sum(axis=1))


def _best_ratio(m: FloatArray, n: FloatArray, ssw: float, nu: float) -> float:
    """Search the grid, then between the neighbours of its best point; 0 unless another ratio is better."""

    def criterion(log_ratio: float) -> float:
        return float(_profile(np.exp(np.array([log_ratio])), m, n, ssw, nu)[2][0])

    best = int(np.argmin(_profile(np.exp(GRID), m, n, ssw, nu)[2]))
    bounds = (GRID[max(best - 1, 0)], GRID[min(best + 1, GRID.size - 1)])
    near = minimize_scalar(criterion, bounds=bounds, method="bounded", options={"xatol": 1e-10})
    _, value = max((-criterion(float(at)), float(at)) for at in (near.x, GRID[best]))
    return float(np.exp(value)) if criterion(value) < criterion(-np.inf) else 0.0


def _position(own: float, unsure: float, theta: FloatArray, variance: FloatArray) -> Position:
    """Compare one organisation with the others."""
    percentile = float(100 * ndtr((own - theta) / np.sqrt(unsure + variance)).mean())
    bits = np.random.PCG64(np.random.SeedSequence([SEED, theta.size]))
    centre, spread = np.append(theta, own), np.sqrt(np.append(variance, unsure))
    above = np.concatenate([_shares_above(bits, centre, spread) for _ in range(DRAWS // BLOCK)])
    low, high = np.quantile(100 * above, [0.025, 0.975])
    return Position(percentile=percentile, low=min(float(low), percentile), high=max(float(high), percentile))


def _shares_above(bits: np.random.PCG64, centre: FloatArray, spread: FloatArray) -> FloatArray:
    """Give the share of the others that the last one is above in a block of draws, shape (BLOCK,)."""
    raw = np.asarray(bits.random_raw(BLOCK * centre.size), dtype=np.uint64)
    uniform = ((raw >> np.uint64(12)) + 0.5) * 2.0**-52
    drawn = centre + spread * ndtri(uniform).reshape(BLOCK, centre.size)
    return (drawn[:, :-1] < drawn[:, -1:]).mean(axis=1)
