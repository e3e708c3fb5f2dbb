"""Bring two waves to what they have in common: the same items, the same roles, the same groups of roles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from assessment.definitions.versions import version_change
from assessment.disclosure import (
    EVERYBODY,
    OTHER_ROLES,
    Both,
    Figure,
    Material,
    Released,
    accepted,
    basis_name,
    comparable_figure,
)
from assessment.model.policy import Policy
from assessment.model.pulse import in_form
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension
from assessment.pipeline.merged import Agreed, material_of, plan_of
from assessment.pipeline.scores import Scores
from assessment.scoring.arrays import IntArray
from assessment.scoring.balance import stratum_weights
from assessment.scoring.changes import Side, changes
from assessment.scoring.common_items import Items, common_scores
from assessment.scoring.linked import linked_places

COMMON, LINKED = "common", "linked"


@dataclass(frozen=True)
class Merged:
    """A wave as it is scored: its scores by its own questionnaire, how its roles were merged, what the gate knows.

    Parameters
    ----------
    stratum_of
        The group of each role that answered.
    """

    scores: Scores
    stratum_of: Mapping[str, str]
    material: Material


@dataclass(frozen=True)
class Before:
    """The wave before: what it was scored from, and what was printed of it.

    Parameters
    ----------
    agreed
        What was agreed on roles before it opened.
    ledger
        Every figure printed of it.
    released
        What its report showed.
    name
        The name of the wave.
    """

    scores: Scores
    policy: Policy
    agreed: Agreed
    ledger: Sequence[Mapping[str, object]]
    released: Released
    name: str


@dataclass(frozen=True)
class Compared:
    """What two waves have in common, compared.

    Parameters
    ----------
    table
        One row per measure (`scoring.changes.changes`).
    figures
        The rows of the later wave's scores that are not the ones of its own report.
    both
        What the gate must know of both waves.
    ledger
        What is told of the earlier wave by this: a new report of it is measured against that, too.
    """

    table: pd.DataFrame
    figures: tuple[Figure, ...]
    both: Both
    ledger: tuple[Mapping[str, object], ...]


def compared_with(before: Before, later: Merged, policy: Policy) -> Compared | None:
    """Compare with the wave before on what both have in common; None where they share no role or no dimension."""
    earlier = _merged(before)
    now, then = later.scores.questionnaire, before.scores.questionnaire
    is_same = now.fingerprint == then.fingerprint
    questionnaire = now if is_same else in_form(now, then.form)
    bases = {d.id: None if is_same else _common_items(questionnaire, then, d) for d in questionnaire.dimensions}
    compared = [d for d in questionnaire.dimensions if is_same or bases[d.id]]
    groups = common_groups(later.stratum_of, earlier.stratum_of)
    if not compared or not groups:
        return None
    facets = [facet for facet in questionnaire.facets if facet not in bases] if is_same else []
    sides = [
        _side(
            wave,
            questionnaire,
            compared,
            facets,
            {d: found[n] if found else None for d, found in bases.items()},
            groups,
        )
        for n, wave in enumerate((later, earlier))
    ]
    names = [{d.id: basis_name(d.id, found[n]) if (found := bases[d.id]) else d.id for d in compared} for n in range(2)]
    weighed = stratum_weights(questionnaire, groups)
    own = [is_same and dict(wave.stratum_of) == groups for wave in (later, earlier)]
    table = changes(sides[0], sides[1], policy, dimensions=[d.id for d in compared], facets=facets)
    places = linked_places(sides[0].people, sides[1].people)
    twice = {d.id: _answered_twice(sides, places, d.id) for d in compared}
    of_later, of_earlier = (
        (
            *_on_common_groups(wave.material, sides[n], {} if own[n] else names[n], weighed),
            *_of_linked(wave.material, sides[n], names[n], {name: found[n] for name, found in twice.items()}, weighed),
        )
        for n, wave in enumerate((later, earlier))
    )
    k, floor = max(policy.k, before.policy.k), before.policy.open_group_floor
    told = accepted(earlier.material, before.ledger, of_earlier, k=k, open_floor=floor)
    both = Both(
        {d.id: (names[0][d.id], names[1][d.id]) for d in compared}, (own[0], own[1]), _shown(before.released), told
    )
    return Compared(table, of_later, both, tuple(row.as_mapping() | {"wave": before.name} for row in told.ledger))


def _merged(before: Before) -> Merged:
    persons, questionnaire = before.scores.of_persons, before.scores.questionnaire
    plan = plan_of(persons, questionnaire, before.policy, before.agreed)
    return Merged(before.scores, plan.stratum_of, material_of(persons, questionnaire, plan))


def _shown(released: Released) -> dict[tuple[str, str], bool]:
    table = released.table
    names = zip(table["group"].astype(str), table["measure"].astype(str), strict=True)
    return dict(zip(names, (table["status"] == "shown").tolist(), strict=True))


def common_groups(later: Mapping[str, str], earlier: Mapping[str, str]) -> dict[str, str]:
    """Give the group of each role that answered in both waves: put together wherever either wave has them together."""
    roles = sorted(later.keys() & earlier.keys())
    group = {role: {role} for role in roles}
    for plan in (later, earlier):
        for role in roles:
            for other in roles:
                if plan[role] == plan[other] and group[role] is not group[other]:
                    joined = group[role] | group[other]
                    group |= dict.fromkeys(joined, joined)
    together = EVERYBODY if all(len(group[role]) == len(roles) for role in roles) else OTHER_ROLES
    declared = {role: {other for other in roles if later[other] == later[role]} for role in roles}
    return {
        role: role if len(group[role]) == 1 else later[role] if group[role] == declared[role] else together
        for role in roles
    }


def _common_items(now: Questionnaire, then: Questionnaire, dimension: Dimension) -> tuple[Items, Items] | None:
    """Give a dimension's items that are the same in both questionnaires, by their later and by their earlier ids.

    None where they are too few for the dimension.
    """
    known = {new: old for old, new in version_change(then, now).same}
    needed = {facet.id: now.min_items(facet.id, n_asked=len(facet.items)) for facet in dimension.parts}
    shared = {facet.id: tuple(item.id for item in facet.items if item.id in known) for facet in dimension.parts}
    kept = {facet: items for facet, items in shared.items() if len(items) >= needed[facet]}
    if len(kept) < now.min_facets(dimension):
        return None
    return kept, {facet: tuple(known[item] for item in items) for facet, items in kept.items()}


def _side(  # noqa: PLR0917 - what one wave is compared on
    wave: Merged,
    questionnaire: Questionnaire,
    compared: Sequence[Dimension],
    facets: Sequence[str],
    bases: Mapping[str, Items | None],
    groups: Mapping[str, str],
) -> Side:
    persons = wave.scores.of_persons
    roles = persons.table["role"].astype(str).tolist()
    values = {
        dimension.id: persons.table[dimension.id].to_numpy(dtype=np.float64)
        if found is None
        else common_scores(persons, questionnaire, dimension, found)
        for dimension in compared
        for found in [bases[dimension.id]]
    }
    values |= {facet: persons.table[facet].to_numpy(dtype=np.float64) for facet in facets}
    ids = tuple(sorted(set(groups.values())))
    people = tuple(zip(persons.table["respondent"].astype(str), roles, strict=True))
    weighed = stratum_weights(questionnaire, groups)
    weights = np.array([float(weighed[stratum]) for stratum in ids])
    return Side(people, tuple(groups.get(role, "") for role in roles), ids, weights, values)


def _answered_twice(
    sides: Sequence[Side], places: tuple[IntArray, IntArray], measure: str
) -> tuple[IntArray, IntArray]:
    """Give the places, in each wave, of the people who are scored on a measure in both."""
    both = np.all([side.scored(measure)[place] for side, place in zip(sides, places, strict=True)], axis=0)
    return places[0][both], places[1][both]


def _on_common_groups(
    material: Material, side: Side, names: Mapping[str, str], weighed: Mapping[str, Fraction]
) -> Iterator[Figure]:
    """Write the scores of one wave that its own report does not have."""
    for dimension, name in names.items():
        if side.scored(dimension).any():
            scored = side.scored(dimension)
            yield comparable_figure(material, COMMON, name, side.strata, scored, stratum_weights=weighed)


def _of_linked(
    material: Material,
    side: Side,
    names: Mapping[str, str],
    places: Mapping[str, IntArray],
    weighed: Mapping[str, Fraction],
) -> Iterator[Figure]:
    """Write one wave's scores of the people who answered twice."""
    for dimension, name in names.items():
        if places[dimension].size:
            who = np.isin(np.arange(len(side.people)), places[dimension])
            yield comparable_figure(material, LINKED, name, side.strata, who, stratum_weights=weighed)
