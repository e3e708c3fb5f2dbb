"""Average an organisation so that every role counts the same, and say how sure the average is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.moments import stratum_moments
from assessment.scoring.stratified import stratified_estimates


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold a mean and how sure it is.

    Parameters
    ----------
    mean
        In the unit of the values; NaN without any.
    se
        Standard error; 0 when everyone answered or all answers agree, NaN when it cannot be computed.
    df
        Satterthwaite degrees of freedom; NaN when the standard error is 0 or cannot be computed.
    n
        Values that it rests on.
    """

    mean: float
    se: float
    df: float
    n: int


def role_balanced(
    values: ArrayLike,
    roles: Sequence[str] | ArrayLike,
    roster: Mapping[str, int] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Estimate:
    r"""Estimate the mean over roles, each role counting by its weight (the same by default).

    .. math:: M = \sum_r w_r m_r, \quad SE^2 = \sum_r w_r^2 \frac{s_r^2}{n_r} \Bigl(1 - \frac{n_r}{N_r}\Bigr)

    A role without a value leaves, and the other weights are rescaled to sum 1. A role with one value that is not its
    whole roster lends the variance pooled over the roles. Without a roster the people here are a sample of a large
    organisation (no finite population correction): that is also the standard error for changes and gaps.

    Parameters
    ----------
    values
        One score per respondent; NaN is missing.
    roles
        The role of each respondent.
    roster
        People employed in each role. Roles that are not named have no correction.
    weights
        Declared weight of each role; 1 for a role that is not named.

    Raises
    ------
    ValueError
        If a roster is below the number of values of its role.

    References
    ----------
    Cochran (1977), *Sampling Techniques*; Satterthwaite (1946), doi:10.2307/3002019.

    Examples
    --------
    >>> role_balanced([40, 60, 70, 70], ["A", "A", "B", "B"]).mean
    60.0
    """
    names, strata = np.unique(np.asarray(roles, dtype=str), return_inverse=True)
    if not names.size:
        return Estimate(mean=np.nan, se=np.nan, df=np.nan, n=0)
    moments = stratum_moments(
        np.asarray(values, dtype=np.float64)[:, np.newaxis], strata.astype(np.int64), n_strata=names.size
    )
    people = [(roster or {}).get(name, np.inf) for name in names.tolist()]
    declared = [(weights or {}).get(name, 1.0) for name in names.tolist()]
    estimates = stratified_estimates(moments, roster=_column(people), weights=_column(declared))
    return Estimate(
        mean=float(estimates.mean[0]), se=float(estimates.se[0]), df=float(estimates.df[0]), n=int(estimates.n[0])
    )


def _column(numbers: Sequence[float]) -> FloatArray:
    """Stand numbers upright, one row per stratum."""
    return np.asarray(numbers, dtype=np.float64)[:, np.newaxis]


def stratum_numbers(names: Sequence[str], *, strata: Sequence[str]) -> IntArray:
    """Give each respondent's stratum as its place in `strata`; -1 for one that is not in it."""
    place = {stratum: number for number, stratum in enumerate(strata)}
    return np.fromiter((place.get(name, -1) for name in names), dtype=np.int64, count=len(names))
