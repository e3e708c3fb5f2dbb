"""Score many organisations at once, from one small integer per answer.

The same scores as :func:`assessment.scoring.cells.organisation_estimates`, for the dimensions and with the roles as
declared. Person scores are whole numbers of a unit that every mean of a few answers has (a mean of 1, 2 or 3 items is a
whole number of sixths of a step), so that sums over organisations and roles are exact and need no sorting.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessment.frames import NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import FloatArray, IntArray, divide
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.many_rules import DimensionRule, FacetRule, Whole, dimension_rule
from assessment.scoring.moments import Moments
from assessment.scoring.persons import LOWEST_ANSWER
from assessment.scoring.stratified import Estimates, stratified_estimates, with_fallback

BLOCK = 2**16
"""Respondents whose answers are added up at a time, so that what is in work stays near the processor."""

Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ManyScores:
    """Hold the dimension scores of many organisations; every array has shape (n_organisations, n_dimensions).

    Parameters
    ----------
    dimensions
        The columns.
    mean, se, df, low, high
        As of one organisation: role-balanced mean, standard error, degrees of freedom, 95 % interval; NaN where it
        cannot be computed.
    n
        Respondents with a score.
    """

    dimensions: tuple[str, ...]
    mean: FloatArray
    se: FloatArray
    df: FloatArray
    low: FloatArray
    high: FloatArray
    n: IntArray


def score_many(
    codes: Bytes,
    organisations: IntArray,
    roles: IntArray,
    questionnaire: Questionnaire,
    roster: FloatArray | None = None,
) -> ManyScores:
    """Score every dimension of every organisation.

    Small roles are not merged: that belongs to what may be shown of one organisation.

    Parameters
    ----------
    codes
        Shape (n_respondents, n_items): answers, or -1, -2, -3 for *cannot tell*, *not answered*, *not asked*; items in
        questionnaire order. Quickest with each item contiguous (Fortran order).
    organisations
        The number of each respondent's organisation, from 0.
    roles
        The place of each respondent's role in ``questionnaire.roles``.
    roster
        Shape (n_organisations, n_roles): people in each role; NaN where unknown. Without it the people here are samples
        of large organisations.

    Raises
    ------
    ValueError
        If arrays do not fit each other or the questionnaire, or a roster is below the number of values.
    """
    n_roles = len(questionnaire.roles)
    n_organisations = int(organisations.max(initial=-1)) + 1 if roster is None else len(roster)
    _check(codes, organisations, roles, shape=(n_organisations, n_roles), n_items=len(questionnaire.items))
    cells = organisations * n_roles + roles
    parts = [dimension_rule(dimension, questionnaire) for dimension in questionnaire.dimensions]
    values = _person_values(codes, roles.astype(np.int8), parts)
    moments = [
        _moments(value, cells, part, shape=(n_organisations, n_roles))
        for value, part in zip(values, parts, strict=True)
    ]
    # A measure is a dimension of an organisation; organisations vary fastest.
    joined = Moments(*(np.concatenate([getattr(of, name) for of in moments], axis=1) for name in Moments.__slots__))
    people = np.full((n_organisations, n_roles), np.inf) if roster is None else np.nan_to_num(roster, nan=np.inf)
    estimates = _estimates(joined, np.tile(people.T, len(parts)), questionnaire)
    low, high = estimate_intervals(estimates)

    def table(column: FloatArray) -> FloatArray:
        return column.reshape(len(parts), n_organisations).T

    return ManyScores(
        dimensions=tuple(dimension.id for dimension in questionnaire.dimensions),
        mean=table(estimates.mean),
        se=table(estimates.se),
        df=table(estimates.df),
        low=table(low),
        high=table(high),
        n=estimates.n.reshape(len(parts), n_organisations).T,
    )


def _check(codes: Bytes, organisations: IntArray, roles: IntArray, *, shape: tuple[int, int], n_items: int) -> None:
    if codes.dtype != np.int8 or codes.shape != (len(organisations), n_items) or roles.shape != organisations.shape:
        raise ValueError(f"codes must be one-byte integers of shape (n_respondents, {n_items}), with as many roles")
    for name, numbers, n in zip(("organisations", "roles"), (organisations, roles), shape, strict=True):
        if numbers.size and not (numbers.min() >= 0 and numbers.max() < n):
            raise ValueError(f"{name} must be whole numbers from 0 to {n - 1}")


def _person_values(codes: Bytes, roles: Bytes, rules: list[DimensionRule]) -> list[Whole]:
    """Score everybody on every dimension: 1 more than the score in its unit, 0 without one."""
    values = [np.empty(len(codes), dtype=rule.dtype) for rule in rules]
    for start in range(0, len(codes), BLOCK):
        block = slice(start, start + BLOCK)
        for value, rule in zip(values, rules, strict=True):
            value[block] = _dimension(codes[block], roles[block], rule)
    return values


def _dimension(codes: Bytes, roles: Bytes, rule: DimensionRule) -> Whole:
    """Average the valid facets where there are enough of them."""
    total, n = np.zeros(len(codes), dtype=rule.dtype), np.zeros(len(codes), dtype=np.int8)
    for facet in rule.facets:
        score, is_scored = _facet(codes, roles, facet)
        total += score
        n += is_scored
    value = np.zeros(len(codes), dtype=rule.dtype)
    for count, factor in rule.factors:
        value += (n == count) * (total * rule.dtype(factor) + rule.dtype(1))
    return value


def _facet(codes: Bytes, roles: Bytes, rule: FacetRule) -> tuple[Whole, Bytes]:
    """Average the valid items where there are enough of them; 0 where not."""
    total = np.zeros(len(codes), dtype=rule.dtype)
    state, asked = np.zeros(len(codes), dtype=rule.dtype), np.zeros(len(codes), dtype=np.int8)
    for item in rule.items:
        code = codes[:, item.column]
        is_valid = (code >= LOWEST_ANSWER).view(np.int8)
        steps = (item.start - code if item.is_reversed else code - item.start) * is_valid
        total += steps if item.factor == 1 else steps * rule.dtype(item.factor)
        state += is_valid
        asked += (code > NOT_ASKED).view(np.int8)
    state += asked * rule.dtype(rule.base)
    factor = np.zeros(len(codes), dtype=rule.dtype)
    for giving, times in rule.factors:
        factor += (state == giving).view(np.int8) * rule.dtype(times)
    for role in rule.without:
        factor *= (roles != role).view(np.int8)
    return total * factor, (factor > 0).view(np.int8)


def _moments(value: Whole, cells: IntArray, rule: DimensionRule, *, shape: tuple[int, int]) -> Moments:
    """Count, average and spread the scores of each role and organisation, shape (n_roles, n_organisations)."""
    known = value.astype(np.float64)
    n, total, squares = (
        np.bincount(cells, weights=weights, minlength=shape[0] * shape[1]).reshape(shape).T
        for weights in (value > 0, known, known * known)
    )
    n[list(rule.without)] = 0
    # Whole numbers: where all scores are equal the difference is exactly 0.
    spread = divide(n * squares - total**2, n * (n - 1))
    return Moments(n.astype(np.int64), divide(total - n, n) * rule.unit, spread * rule.unit**2)


def _estimates(moments: Moments, roster: FloatArray, questionnaire: Questionnaire) -> Estimates:
    """Balance roles by their declared weights, and take the usual spread where answers show none."""
    declared = questionnaire.structure.scoring.role_weights
    weights = np.array([[declared.get(role, 1.0)] for role in questionnaire.roles])
    sample = {"roster": roster, "weights": weights}
    estimates = stratified_estimates(moments, **sample)
    return with_fallback(estimates, moments.n, **sample, fallback_sd=questionnaire.policy.fallback_sd)
