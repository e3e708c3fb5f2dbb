"""Foresee how wide the 95 % ranges will be, from numbers of people and the usual spread of person scores."""

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.moments import Moments
from assessment.scoring.stratified import stratified_estimates

ORGANISATION = "organisation"
MIDDLE = 50.0
"""The score at which a range is widest."""


def range_widths(
    questionnaire: Questionnaire,
    policy: Policy,
    answering: Mapping[str, int],
    people: Mapping[str, int],
    stratum_of: Mapping[str, str],
) -> dict[str, dict[str, float]]:
    r"""Give the width of each group's range on each dimension, in points, at a score of 50.

    :math:`SE^2 = s_0^2 \sum_r w_r^2 (1 - n_r / N_r) / n_r` over the strata, with :math:`s_0` the policy's usual spread
    of person scores within a role; the range is the logit-t one of the report, Satterthwaite's degrees of freedom
    included. 0 where everybody answers.

    Parameters
    ----------
    answering, people
        By role, how many answer and how many there are.
    stratum_of
        The stratum of each role.

    Returns
    -------
    dict
        ``organisation`` and each stratum -> dimension -> width; dimensions that nobody in it is asked are left out.

    References
    ----------
    Cochran (1977), *Sampling Techniques*, ch. 5.
    """
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    strata = sorted(set(stratum_of.values()))
    n, roster, weights = (np.zeros((len(strata), len(dimensions))) for _ in range(3))
    for row, stratum in enumerate(strata):
        own = [role for role, of in stratum_of.items() if of == stratum]
        for column, dimension in enumerate(dimensions):
            eligible = [role for role in own if questionnaire.is_eligible(role, dimension)]
            n[row, column] = sum(answering[role] for role in eligible)
            roster[row, column] = sum(people[role] for role in eligible if answering[role])
            weights[row, column] = _weight(questionnaire, eligible)
    counts = n.astype(np.int64)
    widths = {ORGANISATION: _named(dimensions, _widths(counts, roster, weights, policy))}
    for row, stratum in enumerate(strata):
        own = slice(row, row + 1)
        widths[stratum] = _named(dimensions, _widths(counts[own], roster[own], weights[own], policy))
    return widths


def _weight(questionnaire: Questionnaire, roles: Sequence[str]) -> float:
    declared = questionnaire.structure.scoring.role_weights
    return float(np.mean([declared.get(role, 1) for role in roles])) if roles else 0.0


def _widths(n: IntArray, roster: FloatArray, weights: FloatArray, policy: Policy) -> FloatArray:
    spread = np.where(n > 1, float(policy.fallback_sd) ** 2, np.nan)
    moments = Moments(n=n, mean=np.where(n > 0, MIDDLE, np.nan), variance=spread)
    low, high = estimate_intervals(stratified_estimates(moments, roster=roster, weights=weights))
    return np.asarray(high - low)


def _named(dimensions: Sequence[str], widths: FloatArray) -> dict[str, float]:
    return {d: float(width) for d, width in zip(dimensions, widths, strict=True) if np.isfinite(width)}
