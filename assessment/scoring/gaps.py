"""Compare the leaders with the others on what both were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension
from assessment.scoring.arrays import BoolArray, FloatArray, divide
from assessment.scoring.balance import Balance
from assessment.scoring.differences import Difference, difference, holm, verdict
from assessment.scoring.draws import Draws
from assessment.scoring.persons import Persons
from assessment.scoring.resamples import stratum_draws
from assessment.scoring.sample import sample_estimate


@dataclass(frozen=True)
class Gap:
    """Hold the difference between the leaders and the others on one dimension.

    Parameters
    ----------
    facets
        The facets compared and the items of each that all were asked.
    scored
        Shape (n_respondents,): who has a score on these items and belongs to a role that is compared.
    others
        The strata compared with, each counting the same.
    left_out
        Roles that share too few items with the leaders.
    draws
        The difference in every joint resample.
    """

    dimension: str
    role: str
    facets: Mapping[str, tuple[str, ...]]
    scored: BoolArray
    others: tuple[str, ...]
    left_out: tuple[str, ...]
    difference: Difference
    n: int
    draws: FloatArray


def leader_gaps(
    persons: Persons,
    balance: Balance,
    draws: Draws,
    questionnaire: Questionnaire,
    policy: Policy,
    *,
    stratum_of: Mapping[str, str],
) -> list[Gap]:
    """Give the leaders' gap on every dimension that has a common basis; none where they are merged with others."""
    leaders = questionnaire.leadership_role
    if leaders is None or stratum_of.get(leaders) != leaders:
        return []
    roles = [role for role in stratum_of if role != leaders]
    gaps = [
        _gap(persons, balance, draws, questionnaire, policy, dimension, leaders, roles, stratum_of)
        for dimension in questionnaire.dimensions
        if questionnaire.is_eligible(leaders, dimension.id)
    ]
    return [gap for gap in gaps if gap is not None]


def _gap(  # noqa: PLR0917 - everything that one dimension needs
    persons: Persons,
    balance: Balance,
    draws: Draws,
    questionnaire: Questionnaire,
    policy: Policy,
    dimension: Dimension,
    leaders: str,
    roles: Sequence[str],
    stratum_of: Mapping[str, str],
) -> Gap | None:
    eligible = [role for role in roles if questionnaire.is_eligible(role, dimension.id)]
    least = {part.id: questionnaire.min_items(part.id, n_asked=len(part.items)) for part in dimension.parts}
    needed = questionnaire.min_facets(dimension)
    kept, facets = _basis(dimension, leaders, eligible, least=least, needed=needed)
    if not facets:
        return None
    names = persons.table["role"].to_numpy(dtype=str)
    values = _common_scores(persons, facets, least=least, needed=needed)
    values = np.where(np.isin(names, [leaders, *kept]), values, np.nan)
    scored = np.isfinite(values)
    strata = np.array([stratum_of.get(name, "") for name in names.tolist()])
    others = tuple(sorted({stratum_of[role] for role in kept} & set(strata[scored].tolist())))
    if not others or not scored[strata == leaders].any():
        return None
    is_leader, is_other = scored & (strata == leaders), scored & np.isin(strata, others)
    first = sample_estimate(values[is_leader], strata[is_leader].tolist(), fallback_sd=policy.fallback_sd)
    second = sample_estimate(values[is_other], strata[is_other].tolist(), fallback_sd=policy.fallback_sd)
    roster = np.maximum(balance.roster[:, balance.columns([dimension.id])], 1)
    drawn = stratum_draws(draws.resamples, values[:, np.newaxis], roster=roster)[:, :, 0]
    rows = [balance.ids.index(stratum) for stratum in others]
    return Gap(
        dimension=dimension.id,
        role=leaders,
        facets=facets,
        scored=scored,
        others=others,
        left_out=tuple(role for role in eligible if role not in kept),
        difference=difference(first, second),
        n=first.n,
        draws=drawn[balance.ids.index(leaders)] - drawn[rows].mean(axis=0),
    )


def _basis(
    dimension: Dimension, leaders: str, roles: Sequence[str], *, least: Mapping[str, int], needed: int
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Find the items that all were asked; where there are too few, roles that share too few with the leaders leave."""
    everybody = _common(dimension, [leaders, *roles], least=least)
    if len(everybody) >= needed and roles:
        return list(roles), everybody
    kept = [role for role in roles if len(_common(dimension, [leaders, role], least=least)) >= needed]
    common = _common(dimension, [leaders, *kept], least=least)
    return (kept, common) if kept and len(common) >= needed else ([], {})


def _common(dimension: Dimension, roles: Sequence[str], *, least: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Give the items that all these roles were asked, of the facets that have enough of them."""
    asked = {
        facet.id: tuple(item.id for item in facet.items if all(item.is_asked_of(role) for role in roles))
        for facet in dimension.parts
    }
    return {facet: items for facet, items in asked.items() if len(items) >= least[facet]}


def _common_scores(
    persons: Persons, facets: Mapping[str, tuple[str, ...]], *, least: Mapping[str, int], needed: int
) -> FloatArray:
    """Score respondents on the common items: a facet's full minimum of answers, then the dimension's of facets."""
    parts: list[FloatArray] = []
    for facet, items in facets.items():
        points = persons.points[:, [persons.items.index(item) for item in items]]
        n = np.isfinite(points).sum(axis=1)
        mean = divide(np.nansum(points, axis=1), n.astype(np.float64))
        parts.append(np.where(n >= least[facet], mean, np.nan))
    scores = np.stack(parts, axis=1)
    n = np.isfinite(scores).sum(axis=1)
    return np.where(n >= needed, divide(np.nansum(scores, axis=1), n.astype(np.float64)), np.nan)


def gap_table(gaps: Sequence[Gap], policy: Policy, *, basis_of: Mapping[str, str]) -> pd.DataFrame:
    """Give one row per gap with its verdict, adjusted over the dimensions compared.

    Parameters
    ----------
    basis_of
        The name of the common items of each dimension.
    """
    adjusted = holm([gap.difference.p for gap in gaps])
    rows = [
        {
            "measure": gap.dimension,
            "basis": basis_of[gap.dimension],
            "role": gap.role,
            "difference": gap.difference.value,
            "low": gap.difference.low,
            "high": gap.difference.high,
            "verdict": verdict(
                gap.difference.value,
                p=gap.difference.p,
                adjusted=of_family,
                points=policy.gap_points,
                possible_p=policy.possible_p,
                possible_from=policy.gap_points,
                otherwise="chance",
            ),
            "left_out": gap.left_out,
            "n": gap.n,
        }
        for gap, of_family in zip(gaps, adjusted, strict=True)
    ]
    columns = ["measure", "basis", "role", "difference", "low", "high", "verdict", "left_out", "n"]
    return pd.DataFrame(rows, columns=columns)
