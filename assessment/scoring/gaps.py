"""Compare the leaders with the others, and roles with each other, on what both sides were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.model.rule import OTHERS
from assessment.model.structure import Dimension
from assessment.scoring.arrays import BoolArray, FloatArray
from assessment.scoring.balance import Balance
from assessment.scoring.common_items import Basis, common_basis, common_scores
from assessment.scoring.differences import Difference, difference, holm, verdict
from assessment.scoring.draws import Draws
from assessment.scoring.effect_size import hedges_g
from assessment.scoring.persons import Persons
from assessment.scoring.resamples import stratum_draws
from assessment.scoring.sample import sample_estimate

COLUMNS = [
    "measure", "basis", "role", "against", "difference", "low", "high", "verdict", "effect_size", "left_out", "n",
]  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """Hold the difference between a role and others on one dimension.

    Parameters
    ----------
    against
        ``others`` when several strata are balanced, else the one role compared with.
    facets
        The facets compared and the items of each that all were asked.
    scores
        Shape (n_respondents,): those on these items; NaN outside the roles compared.
    others
        The strata compared with, each counting the same.
    left_out
        Roles that share too few items.
    effect_size
        Hedges g between two roles; NaN against several.
    n
        People of the smaller side.
    draws
        The difference in every joint resample.
    """

    dimension: str
    role: str
    against: str
    facets: Mapping[str, tuple[str, ...]]
    scores: FloatArray
    others: tuple[str, ...]
    left_out: tuple[str, ...]
    difference: Difference
    effect_size: float
    n: int
    draws: FloatArray

    @property
    def scored(self) -> BoolArray:
        """Who has a score on these items and belongs to a role that is compared, shape (n_respondents,)."""
        return np.isfinite(self.scores)

    @property
    def key(self) -> tuple[str, str, str]:
        """The two sides and the dimension."""
        return self.role, self.against, self.dimension


@dataclass(frozen=True)
class _Sides:
    """Two sides of one dimension, before anything is computed."""

    dimension: Dimension
    role: str
    against: str
    basis: Basis
    scores: FloatArray
    others: tuple[str, ...]


def role_gaps(
    persons: Persons,
    balance: Balance,
    draws: Draws,
    questionnaire: Questionnaire,
    policy: Policy,
    *,
    stratum_of: Mapping[str, str],
) -> list[Gap]:
    """Give the leaders' gap to the others, then the gap of every two roles, on each dimension with a common basis.

    A role that was merged with others has no view of its own: it is in no gap but as a part of the leaders' others.
    """
    strata = np.array([stratum_of.get(name, "") for name in persons.table["role"].astype(str)])
    found = [
        sides
        for dimension in questionnaire.dimensions
        for sides in _sides_of(persons, questionnaire, dimension, strata, stratum_of)
    ]
    found.sort(key=lambda sides: sides.against != OTHERS)
    if not found:
        return []
    columns = np.stack([sides.scores for sides in found], axis=1)
    roster = np.maximum(balance.roster[:, balance.columns([sides.dimension.id for sides in found])], 1)
    drawn = stratum_draws(draws.resamples, columns, roster=roster)
    return [_gap(sides, strata, balance, drawn[:, :, n], policy) for n, sides in enumerate(found)]


def _sides_of(
    persons: Persons,
    questionnaire: Questionnaire,
    dimension: Dimension,
    strata: "np.ndarray[tuple[int], np.dtype[np.str_]]",
    stratum_of: Mapping[str, str],
) -> list[_Sides]:
    """List the comparisons of one dimension for which both sides have somebody scored."""
    eligible = [role for role in stratum_of if questionnaire.is_eligible(role, dimension.id)]
    alone = sorted(role for role in eligible if stratum_of[role] == role)
    leaders = questionnaire.leadership_role
    pairs = [(first, second, [second]) for first, second in combinations(alone, 2)]
    if leaders in alone:
        pairs.insert(0, (leaders, OTHERS, [role for role in eligible if role != leaders]))
    names = persons.table["role"].to_numpy(dtype=str)
    found: list[_Sides] = []
    for role, against, others in pairs:
        basis = common_basis(questionnaire, dimension, role, others)
        if basis is None:
            continue
        values = common_scores(persons, questionnaire, dimension, basis.facets)
        values = np.where(np.isin(names, [role, *basis.roles]), values, np.nan)
        present = set(strata[np.isfinite(values)].tolist())
        compared = tuple(sorted({stratum_of[other] for other in basis.roles} & present))
        if role in present and compared:
            found.append(_Sides(dimension, role, against, basis, values, compared))
    return found


def _gap(sides: _Sides, strata: np.ndarray, balance: Balance, drawn: FloatArray, policy: Policy) -> Gap:
    scored = np.isfinite(sides.scores)
    column = balance.columns([sides.dimension.id])[0]
    weights = dict(zip(balance.ids, balance.weights[:, column].tolist(), strict=True))
    here, there = scored & (strata == sides.role), scored & np.isin(strata, sides.others)
    first, second = (
        sample_estimate(sides.scores[side], strata[side].tolist(), fallback_sd=policy.fallback_sd, weights=weights)
        for side in (here, there)
    )
    rows = [balance.ids.index(stratum) for stratum in sides.others]
    shares = np.array([weights[stratum] for stratum in sides.others])
    return Gap(
        dimension=sides.dimension.id,
        role=sides.role,
        against=sides.against,
        facets=sides.basis.facets,
        scores=sides.scores,
        others=sides.others,
        left_out=sides.basis.left_out,
        difference=difference(first, second),
        effect_size=np.nan if sides.against == OTHERS else hedges_g(sides.scores[here], sides.scores[there]),
        n=min(first.n, second.n),
        draws=drawn[balance.ids.index(sides.role)] - np.average(drawn[rows], axis=0, weights=shares),
    )


def gap_table(gaps: Sequence[Gap], policy: Policy, *, basis_of: Mapping[tuple[str, str, str], str]) -> pd.DataFrame:
    """Give one row per gap with its verdict.

    Adjusted (Holm) over the dimensions for the leaders against the others, and over every pair of roles and dimension
    for the rest: two families, because they answer two questions.

    Parameters
    ----------
    basis_of
        The name of the common items of each gap, by its key.
    """
    adjusted: dict[tuple[str, str, str], float] = {}
    for is_leaders in (True, False):
        family = [gap for gap in gaps if (gap.against == OTHERS) is is_leaders]
        shares = holm([gap.difference.p for gap in family])
        adjusted |= {gap.key: share for gap, share in zip(family, shares, strict=True)}
    rows = [
        {
            "measure": gap.dimension,
            "basis": basis_of[gap.key],
            "role": gap.role,
            "against": gap.against,
            "difference": gap.difference.value,
            "low": gap.difference.low,
            "high": gap.difference.high,
            "verdict": verdict(
                gap.difference.value,
                p=gap.difference.p,
                adjusted=adjusted[gap.key],
                points=policy.gap_points,
                possible_p=policy.possible_p,
                possible_from=policy.gap_points,
                otherwise="chance",
            ),
            "effect_size": gap.effect_size,
            "left_out": gap.left_out,
            "n": gap.n,
        }
        for gap in gaps
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
