"""Merge small roles, and hand the gate what it must know of a wave's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.disclosure import Material, MergePlan, Strata, Stratum, merge_small
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.balance import scored_counts, stratum_weights
from assessment.scoring.persons import Persons

JOINED = "+"
"""Stands between the roles of a declared group: ``PM+DE+OPS``."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed on roles before the wave opened.

    Parameters
    ----------
    open_role
        The leadership role, if it agreed to be shown from the open group's floor.
    groups
        Roles that count as one, chosen so that more views can be shown.
    """

    open_role: str | None = None
    groups: tuple[tuple[str, ...], ...] = ()

    @property
    def group_of(self) -> Mapping[str, str]:
        """The group of each role that is in one."""
        return {role: JOINED.join(group) for group in self.groups for role in group}


NOTHING_AGREED = Agreed()


def plan_of(persons: Persons, questionnaire: Questionnaire, policy: Policy, agreed: Agreed) -> MergePlan:
    """Decide which roles are put together: the declared groups first, then what is still too small."""
    by_role, group_of = scored_counts(persons, questionnaire), agreed.group_of
    counts: dict[str, dict[str, int]] = {}
    for role, of in by_role.items():
        group = counts.setdefault(group_of.get(role, role), {})
        group.update({dimension: group.get(dimension, 0) + n for dimension, n in of.items()})
    plan = merge_small(counts, k=policy.k, open_role=agreed.open_role, open_floor=policy.open_group_floor)
    stratum_of = {role: plan.stratum_of.get(group_of.get(role, role)) for role in sorted(by_role)}
    known = {role: stratum for role, stratum in stratum_of.items() if stratum is not None}
    return MergePlan(known, plan.open_stratum, tuple(role for role in stratum_of if role not in known))


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
