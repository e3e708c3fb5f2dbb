"""Bring a wave's scores through the gate: merge, score again, decide, release."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from assessment import disclosure
from assessment.disclosure import (
    Decisions,
    Material,
    MergePlan,
    Released,
    Strata,
    Stratum,
    basis_name,
    decide,
    gap_figure,
    is_gap_shown,
    merge_small,
)
from assessment.disclosure.policy_check import check_policy, check_size
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.model.trigger import rules_to_judge
from assessment.pipeline.scores import Scores
from assessment.scoring.arrays import FloatArray
from assessment.scoring.balance import balance_of, scored_counts
from assessment.scoring.cells import cell_scores
from assessment.scoring.changes import Scored, changes
from assessment.scoring.draws import draws_of
from assessment.scoring.gaps import Gap, gap_table, role_gaps
from assessment.scoring.levels import level_table
from assessment.scoring.persons import Persons
from assessment.scoring.rules import Values, rule_table


@dataclass(frozen=True)
class Facts:
    """What an organisation gave besides answers.

    Parameters
    ----------
    open_role
        The leadership role, if it agreed before the wave opened to be shown from the open group's floor.
    declared
        The roles that the organisation has.
    coverage
        Practice coverage, a share; None if it was not rated.
    coverage_cap
        The highest level that the coverage allows its dimension.
    evidence
        Ratings of artefacts and percentages of dimensions.
    earlier
        The wave before, scored with its own merge plan, and which of its scores were released.
    """

    open_role: str | None = None
    declared: Sequence[str] = ()
    coverage: float | None = None
    coverage_cap: int | None = None
    evidence: Mapping[str, float] = field(default_factory=dict[str, float])
    earlier: "tuple[Scores, Mapping[str, bool]] | None" = None


@dataclass(frozen=True)
class Gated:
    """What may be shown, what the ledger must keep of it, and how roles were merged."""

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
    plan = _plan(persons, questionnaire, policy, facts.open_role)
    balance = balance_of(persons, questionnaire, stratum_of=plan.stratum_of, roster=scores.roster)
    cells = cell_scores(persons, balance, questionnaire, policy)
    draws = draws_of(persons, balance, policy)
    gaps = role_gaps(persons, balance, draws, questionnaire, policy, stratum_of=plan.stratum_of)
    material = _material(persons, questionnaire, plan)
    bases = {gap.key: basis_name(gap.dimension, gap.facets) for gap in gaps}
    rows = [gap_figure(material, gap.role, gap.against, bases[gap.key], gap.scored, gap.others) for gap in gaps]
    decisions = decide(
        material,
        ledger,
        k=policy.k,
        open_floor=policy.open_group_floor,
        group_kinds=("role",),
        gaps=rows,
    )
    released = disclosure.release(
        _of_organisation(cells) if plan.is_single else cells,
        decisions,
        parts=_parts(questionnaire),
        roles=_strata(plan, facts.declared),
        policy=policy,
        n_respondents=int(has_answered.sum()),
        levels=level_table(persons, balance, draws, questionnaire, policy, coverage_cap=facts.coverage_cap),
        rules=_rules(
            questionnaire,
            _of_organisation(cells).set_index("measure")["mean"],
            dict(zip(balance.measures, draws.scores.T, strict=True)),
            _shown(gaps, bases, decisions),
            facts,
        ),
        gaps=gap_table(gaps, policy, basis_of=bases),
        changes=_changes((persons, balance), scores, policy, facts),
        participation=_participation(persons.table["role"].to_numpy(dtype=str)[has_answered], plan, scores.roster),
    )
    return Gated(released, tuple(row.as_mapping() for row in decisions.ledger), plan)


def _plan(persons: Persons, questionnaire: Questionnaire, policy: Policy, open_role: str | None) -> MergePlan:
    counts = scored_counts(persons, questionnaire)
    return merge_small(counts, k=policy.k, open_role=open_role, open_floor=policy.open_group_floor)


def _material(persons: Persons, questionnaire: Questionnaire, plan: MergePlan) -> Material:
    """Hand the gate what it must know of the answers."""
    roles = persons.table["role"].tolist()
    measures = [*questionnaire.facets, *(dimension.id for dimension in questionnaire.dimensions)]
    return Material(
        respondents=tuple(persons.table["respondent"].astype(str)),
        strata=tuple(plan.stratum_of.get(role, role) for role in roles),
        teams=(None,) * len(roles),
        items=persons.items,
        points=persons.points,
        parts={
            dimension.id: {
                facet.id: tuple(item.id for item in facet.items if item.id in persons.items)
                for facet in dimension.parts
            }
            for dimension in questionnaire.dimensions
        },
        counts={measure: persons.table[measure].notna().to_numpy() for measure in measures},
        open_strata=frozenset([plan.open_stratum] if plan.open_stratum else []),
        not_asked=_not_asked(questionnaire, plan),
    )


def _not_asked(questionnaire: Questionnaire, plan: MergePlan) -> frozenset[tuple[str, str]]:
    measures = [*questionnaire.facets, *(dimension.id for dimension in questionnaire.dimensions)]
    return frozenset(
        (stratum, measure)
        for stratum in set(plan.stratum_of.values())
        for measure in measures
        if not any(questionnaire.is_eligible(role, measure) for role, of in plan.stratum_of.items() if of == stratum)
    )


def _parts(questionnaire: Questionnaire) -> Mapping[str, Sequence[str]]:
    return {d.id: [] if d.is_single_facet else [f.id for f in d.parts] for d in questionnaire.dimensions}


def _of_organisation(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave the roles out: with one stratum left there are none to show."""
    return cells[cells["group_kind"] == "organisation"]


def _strata(plan: MergePlan, declared: Sequence[str]) -> Strata:
    strata = tuple(
        Stratum(
            stratum,
            tuple(role for role, of in plan.stratum_of.items() if of == stratum),
            open=stratum == plan.open_stratum,
        )
        for stratum in sorted(set(plan.stratum_of.values()))
    )
    missing = {*plan.missing, *(role for role in declared if role not in plan.stratum_of)}
    return Strata(strata, tuple(sorted(missing)))


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


def _changes(later: Scored, scores: Scores, policy: Policy, facts: Facts) -> pd.DataFrame | None:
    """Compare with the earlier wave, each wave with its own merge plan; other plans, no change."""
    if facts.earlier is None:
        return None
    before, is_shown = facts.earlier
    if before.questionnaire.fingerprint != scores.questionnaire.fingerprint:
        return None
    plan = _plan(before.of_persons, before.questionnaire, policy, facts.open_role)
    balance = balance_of(before.of_persons, before.questionnaire, stratum_of=plan.stratum_of, roster=before.roster)
    return changes(later, (before.of_persons, balance), scores.questionnaire, policy, is_shown_earlier=is_shown)


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
