"""Merge small roles, and hand the gate what it must know of a wave's answers."""

from collections.abc import Mapping, Sequence

from assessment.disclosure import Material, MergePlan, Strata, Stratum, merge_small
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.balance import scored_counts, stratum_weights
from assessment.scoring.persons import Persons


def plan_of(persons: Persons, questionnaire: Questionnaire, policy: Policy, open_role: str | None) -> MergePlan:
    """Decide which roles are put together."""
    counts = scored_counts(persons, questionnaire)
    return merge_small(counts, k=policy.k, open_role=open_role, open_floor=policy.open_group_floor)


def material_of(persons: Persons, questionnaire: Questionnaire, plan: MergePlan) -> Material:
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
        stratum_weights=stratum_weights(questionnaire, plan.stratum_of),
    )


def _not_asked(questionnaire: Questionnaire, plan: MergePlan) -> frozenset[tuple[str, str]]:
    measures = [*questionnaire.facets, *(dimension.id for dimension in questionnaire.dimensions)]
    return frozenset(
        (stratum, measure)
        for stratum in set(plan.stratum_of.values())
        for measure in measures
        if not any(questionnaire.is_eligible(role, measure) for role, of in plan.stratum_of.items() if of == stratum)
    )


def parts_of(questionnaire: Questionnaire) -> Mapping[str, Sequence[str]]:
    """Give the facets of each dimension; none where it has no parts."""
    return {d.id: [] if d.is_single_facet else [f.id for f in d.parts] for d in questionnaire.dimensions}


def missing_of(plan: MergePlan, declared: Sequence[str]) -> tuple[str, ...]:
    """Give the declared roles for which nobody answered, sorted."""
    return tuple(sorted({*plan.missing, *(role for role in declared if role not in plan.stratum_of)}))


def strata_of(plan: MergePlan, missing: Sequence[str]) -> Strata:
    """Say how roles were put together, and which are missing."""
    strata = tuple(
        Stratum(
            stratum,
            tuple(role for role, of in plan.stratum_of.items() if of == stratum),
            open=stratum == plan.open_stratum,
        )
        for stratum in sorted(set(plan.stratum_of.values()))
    )
    return Strata(strata, tuple(missing))
