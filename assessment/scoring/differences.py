"""Compare two estimates: interval, probability by chance, verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from assessment.scoring.arrays import TOLERANCE
from assessment.scoring.role_balance import Estimate


@dataclass(frozen=True)
class Difference:
    """Hold a difference in points, its 95 % interval, standard error, degrees of freedom, and its p."""

    value: float
    low: float
    high: float
    se: float
    df: float
    p: float


def difference(a: Estimate, b: Estimate) -> Difference:
    r"""Subtract two independent estimates: :math:`SE^2 = SE_a^2 + SE_b^2`, :math:`\nu = SE^4 / \sum (SE^4 / \nu)`.

    For two single samples this is Welch's test. Where one side has no standard error, or neither varies, there is no
    interval.

    References
    ----------
    Welch (1947), doi:10.1093/biomet/34.1-2.28; Satterthwaite (1946), doi:10.2307/3002019.
    """
    value = a.mean - b.mean
    parts = [(estimate.se**2, estimate.df) for estimate in (a, b) if estimate.se != 0]
    squared = sum(part for part, _ in parts)
    if not parts or np.isnan(value) or np.isnan(squared):
        return Difference(value, np.nan, np.nan, np.nan, np.nan, np.nan)
    df = squared**2 / sum(part**2 / of_part for part, of_part in parts)
    se = float(np.sqrt(squared))
    reach = float(student.ppf(0.975, df)) * se
    return Difference(value, value - reach, value + reach, se, df, float(2 * student.sf(abs(value) / se, df)))


def holm(p: Sequence[float]) -> list[float]:
    """Adjust probabilities for having looked at several differences; NaN stays NaN and does not count.

    References
    ----------
    Holm (1979), *Scandinavian Journal of Statistics* 6.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    known = sorted((value, place) for place, value in enumerate(p) if not np.isnan(value))
    adjusted, highest = [float("nan")] * len(p), 0.0
    for rank, (value, place) in enumerate(known):
        highest = max(highest, min(1.0, value * (len(known) - rank)))
        adjusted[place] = highest
    return adjusted


def verdict(
    value: float,
    *,
    p: float,
    adjusted: float,
    points: float,
    possible_p: float,
    otherwise: str,
    possible_from: float = 0.0,
) -> str:
    """Word a difference: *clear* if large and hardly chance after adjusting, *possible* if perhaps, else `otherwise`.

    Parameters
    ----------
    possible_from
        The smallest difference in points that may be called possible.
    """
    size = abs(value) + TOLERANCE
    if size >= points and adjusted < 0.05:
        return "clear"
    return "possible" if p < possible_p and size >= possible_from else otherwise
