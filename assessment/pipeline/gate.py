"""Bring a wave's scores through the gate: merge, score again, decide, release."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from assessment import disclosure
from assessment.disclosure import (
    Decisions,
    Figure,
    Material,
    MergePlan,
    Released,
    basis_name,
    decide,
    figure_without,
    gap_figure,
    is_gap_shown,
)
from assessment.disclosure.policy_check import check_policy, check_size
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.model.trigger import rules_to_judge
from assessment.pipeline.comparing import Before, Merged, compared_with
from assessment.pipeline.merged import NOTHING_AGREED, Agreed, material_of, missing_of, parts_of, plan_of, strata_of
from assessment.pipeline.scores import Scores
from assessment.scoring.arrays import BoolArray, FloatArray
from assessment.scoring.balance import balance_of
from assessment.scoring.cells import cell_scores
from assessment.scoring.draws import draws_of
from assessment.scoring.gaps import Gap, gap_table, role_gaps
from assessment.scoring.levels import level_table
from assessment.scoring.next_evidence import next_evidence
from assessment.scoring.rules import Values, rule_table
from assessment.scoring.sensitivity import Wave, sensitivity_table


@dataclass(frozen=True)
class Facts:
    """What an organisation gave besides answers.

    Parameters
    ----------
    agreed
        What was agreed on roles before the wave opened.
    declared
        The roles that the organisation has.
    coverage
        Practice coverage, a share; None if it was not rated.
    coverage_cap
        The highest level that the coverage allows its dimension.
    evidence
        Ratings of artefacts and percentages of dimensions.
    before
        The wave before, if one was reported.
    """

    agreed: Agreed = NOTHING_AGREED
    declared: Sequence[str] = ()
    coverage: float | None = None
    coverage_cap: int | None = None
    evidence: Mapping[str, float] = field(default_factory=dict[str, float])
    before: Before | None = None


@dataclass(frozen=True)
class Gated:
    """What may be shown, what the ledger must keep of it, and how roles were merged.

    Parameters
    ----------
    ledger
        A row that belongs to the wave before names it under ``wave``.
    """

    released: Released
    ledger: tuple[Mapping[str, object], ...]
    plan: MergePlan


NO_FACTS = Facts()


def gate(scores: Scores, policy: Policy, ledger: Iterable[Mapping[str, object]], facts: Facts = NO_FACTS) -> Gated:
    """Merge small roles, score the wave by the merged ones, decide what may be shown, and release it.

    Raises
    ------
    PolicyError
        Under rules below the floor, for too few people, or when earlier figures stand against it.
    """
    check_policy(policy)
    questionnaire, persons = scores.questionnaire, scores.of_persons
    has_answered = np.asarray(np.isfinite(persons.points).any(axis=1))
    check_size(int(has_answered.sum()), policy)
    plan = plan_of(persons, questionnaire, policy, facts.agreed)
    balance = balance_of(persons, questionnaire, stratum_of=plan.stratum_of, roster=scores.roster)
    cells = cell_scores(persons, balance, questionnaire, policy)
    draws = draws_of(persons, balance, policy)
    gaps = role_gaps(persons, balance, draws, questionnaire, policy, stratum_of=plan.stratum_of)
    material = material_of(persons, questionnaire, plan)
    bases = {gap.key: basis_name(gap.dimension, gap.facets) for gap in gaps}
    flagged = scores.flags["flagged"].to_numpy(dtype=np.bool_)
    compared = compared_with(facts.before, Merged(scores, plan.stratum_of, material), policy) if facts.before else None
    decisions = decide(
        material,
        ledger,
        k=policy.k,
        open_floor=policy.open_group_floor,
        group_kinds=("role",),
        others=[
            *(gap_figure(material, gap.role, gap.against, bases[gap.key], gap.scored, gap.others) for gap in gaps),
            *_without(material, questionnaire, flagged),
            *(compared.figures if compared else ()),
        ],
    )
    wave = Wave(persons, balance, questionnaire, policy)
    missing = missing_of(plan, facts.declared)
    released = disclosure.release(
        _of_organisation(cells) if plan.is_single else cells,
        decisions,
        parts=parts_of(questionnaire),
        roles=strata_of(plan, missing),
        policy=policy,
        n_respondents=int(has_answered.sum()),
        levels=None
        if questionnaire.form == "pulse"
        else level_table(persons, balance, draws, questionnaire, policy, coverage_cap=facts.coverage_cap),
        rules=_rules(
            questionnaire,
            _of_organisation(cells).set_index("measure")["mean"],
            dict(zip(balance.measures, draws.scores.T, strict=True)),
            _shown(gaps, bases, decisions),
            facts,
        ),
        gaps=gap_table(gaps, policy, basis_of=bases),
        changes=compared.table if compared else None,
        both=compared.both if compared else None,
        checks=sensitivity_table(wave, draws, flagged=flagged, n_missing=_n_missing(questionnaire, missing)),
        visibility=_visibility(scores, plan),
        next_evidence=next_evidence(wave, missing=missing),
        participation=_participation(persons.table["role"].to_numpy(dtype=str)[has_answered], plan, scores.roster),
    )
    printed = tuple(row.as_mapping() for row in decisions.ledger)
    return Gated(released, printed + (compared.ledger if compared else ()), plan)


def _without(material: Material, questionnaire: Questionnaire, flagged: BoolArray) -> Iterator[Figure]:
    """Write the scores without flagged answers, where there are any of both."""
    for dimension in questionnaire.dimensions:
        counted = material.counted(dimension.id)
        if (counted & flagged).any() and (counted & ~flagged).any():
            yield figure_without(material, dimension.id, flagged=flagged)


def _n_missing(questionnaire: Questionnaire, missing: Sequence[str]) -> dict[str, int]:
    return {
        dimension.id: sum(questionnaire.is_eligible(role, dimension.id) for role in missing)
        for dimension in questionnaire.dimensions
    }


def _visibility(scores: Scores, plan: MergePlan) -> pd.DataFrame:
    """Count who cannot tell, by the groups that are shown."""
    counted = scores.cannot_tell.assign(group=scores.cannot_tell["role"].map(plan.stratum_of))
    return counted.groupby(["group", "item"], sort=False)[["n_asked", "n_told"]].sum().reset_index()


def _of_organisation(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave the roles out: with one stratum left there are none to show."""
    return cells[cells["group_kind"] == "organisation"]


def _shown(
    gaps: Sequence[Gap], bases: Mapping[tuple[str, str, str], str], decisions: Decisions
) -> dict[tuple[str, str, str], Gap]:
    """Keep the gaps that will be shown: rules may read no others."""
    return {
        gap.key: gap
        for gap in gaps
        if is_gap_shown(decisions, role=gap.role, against=gap.against, measure=gap.dimension, basis=bases[gap.key])
    }


def _rules(
    questionnaire: Questionnaire,
    means: pd.Series,
    drawn: Mapping[str, FloatArray],
    gaps: Mapping[tuple[str, str, str], Gap],
    facts: Facts,
) -> pd.DataFrame:
    """Judge every rule on the organisation's means and on every draw."""
    scores = {measure: np.concatenate([[float(means[measure])], values]) for measure, values in drawn.items()}
    coverage = None if facts.coverage is None else 100 * facts.coverage
    return rule_table(rules_to_judge(questionnaire), Values(questionnaire, scores, gaps, coverage, facts.evidence))


def _participation(
    roles: "np.ndarray[tuple[int], np.dtype[np.str_]]", plan: MergePlan, roster: Mapping[str, int] | None
) -> pd.DataFrame:
    """Count who answered anything, of those asked."""
    rows: list[dict[str, object]] = [
        {
            "group_kind": "organisation",
            "group": "organisation",
            "n": len(roles),
            "asked": sum(roster.values()) if roster else np.nan,
        }
    ]
    for stratum in sorted(set(plan.stratum_of.values())):
        own = [role for role, of in plan.stratum_of.items() if of == stratum]
        asked = sum(roster[role] for role in own) if roster and all(role in roster for role in own) else np.nan
        rows.append({"group_kind": "role", "group": stratum, "n": int(np.isin(roles, own).sum()), "asked": asked})
    return pd.DataFrame(rows)
