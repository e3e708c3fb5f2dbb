"""Decide for every figure of a wave whether it is printed, replaced by a limit, or blank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.derivability import FewPeople
from assessment.disclosure.figures import BETWEEN, ORGANISATION, ROLE, TEAM, Figure, Form, Key, balanced, plain
from assessment.disclosure.ledger import LedgerRow, figures_of, ledger_rows
from assessment.disclosure.material import BASIS, Material
from assessment.disclosure.merging import OTHER_ROLES
from assessment.disclosure.ranges import Limit, own_limit
from assessment.disclosure.selection import Audit, open_people

Status = Literal["shown", "bound", "protected", "not_asked"]


@dataclass(frozen=True)
class Decision:
    """What is printed of one figure: itself, a limit, or nothing; a blank never says why."""

    status: Status
    limit: Limit | None = None


SHOWN, PROTECTED, NOT_ASKED = Decision("shown"), Decision("protected"), Decision("not_asked")


@dataclass(frozen=True)
class Decisions:
    """Hold what was decided, and the rows that the ledger must keep before anything is printed."""

    of: Mapping[Key, Decision]
    means: Mapping[Key, float]
    ledger: tuple[LedgerRow, ...]

    def about(self, group_kind: str, group: str, measure: str, form: Form = "mean") -> Decision:
        """Give the decision on a figure; what was never looked at is blank."""
        return self.of.get((group_kind, group, measure, form), PROTECTED)


def decide(
    material: Material,
    ledger: Iterable[Mapping[str, object]],
    *,
    k: int,
    open_floor: int,
    group_kinds: Sequence[str] = (ROLE, TEAM),
    others: Sequence[Figure] = (),
) -> Decisions:
    """Decide for every figure of the organisation, its roles and its teams, dimension by dimension.

    Dimensions share no answers, so a combination over several touches whom its parts touch: each is audited alone.

    Parameters
    ----------
    ledger
        What earlier reports of the wave printed, as the store keeps it.
    others
        Gaps and scores without flagged answers (`gap_figure`, `figure_without`), tried last and in this order.

    Raises
    ------
    PolicyError
        When an earlier report and this one cannot stand together.
    AuditFailedError
        When a search cannot be finished.
    """
    issued = figures_of(ledger, material)
    rule = FewPeople(k, open_floor, open_people(material))
    decided: dict[Key, Decision] = {}
    printed: list[Figure] = []
    for dimension in material.parts:
        candidates = [*_candidates(material, dimension, group_kinds), *_about(material, dimension, others)]
        enough = [figure for figure in candidates if _has_enough(material, figure, k, open_floor)]
        limits = {figure.key: limit for figure in enough if (limit := _limit(material, figure))}
        exact = [figure for figure in enough if figure.key not in limits]
        earlier = _about(material, dimension, issued)
        chosen = Audit(material, dimension, [*earlier, *exact], len(earlier), rule).chosen()[len(earlier) :]
        decided |= {figure.key: _blank(material, figure) for figure in candidates}
        decided |= {key: Decision("bound", limit) for key, limit in limits.items()}
        decided |= {figure.key: SHOWN for figure in chosen}
        printed += chosen
    means = {figure.key: figure.value(material) for figure in printed}
    return Decisions(decided, means, ledger_rows(printed, material))


def accepted(
    material: Material, ledger: Iterable[Mapping[str, object]], figures: Sequence[Figure], *, k: int, open_floor: int
) -> Decisions:
    """Decide on further figures of a wave that was reported: only beside what was printed of it.

    Raises
    ------
    PolicyError
        When its answers were erased since, or earlier figures give answers away.
    """
    issued = figures_of(ledger, material)
    rule = FewPeople(k, open_floor, open_people(material))
    printed: list[Figure] = []
    for dimension in material.parts:
        earlier, wanted = _about(material, dimension, issued), _about(material, dimension, figures)
        enough = [f for f in wanted if _has_enough(material, f, k, open_floor) and _limit(material, f) is None]
        printed += Audit(material, dimension, [*earlier, *enough], len(earlier), rule).chosen()[len(earlier) :]
    means = {figure.key: figure.value(material) for figure in printed}
    return Decisions({figure.key: SHOWN for figure in printed}, means, ledger_rows(printed, material))


def _candidates(material: Material, dimension: str, group_kinds: Sequence[str]) -> list[Figure]:
    """List the figures of a dimension in the order of priority: organisation, teams, roles; larger groups first.

    The respondent mean comes last: with the balanced mean it would give away the means of two roles, and so cost teams.
    """
    everybody = np.ones(len(material.respondents), dtype=np.bool_)
    facets = [facet for facet in material.parts[dimension] if facet in material.counts and facet != dimension]
    ordered = [dimension, *_least_missed_first(material, facets, everybody)]
    measures = [*ordered, *material.items_of(dimension)]
    found = [_organisation(measure, "mean", balanced(material, measure)) for measure in measures]
    named = {TEAM: material.teams, ROLE: material.strata}
    for group_kind in (TEAM, ROLE):
        groups = set(named[group_kind])
        if group_kind not in group_kinds or len(groups) == 1:
            continue
        members = {str(g): np.array([name == g for name in named[group_kind]]) for g in groups if g is not None}
        order = sorted(members, key=lambda group: _size_first(material, dimension, members[group], group))
        found += [
            Figure(group_kind, group, measure, "mean", plain(members[group] & material.counted(measure)))
            for group in order
            for measure in [dimension, *_least_missed_first(material, facets, members[group])]
        ]
    return [*found, _organisation(dimension, "respondent_mean", plain(material.counted(dimension)))]


def _organisation(measure: str, form: Form, weights: Mapping[int, Fraction]) -> Figure:
    return Figure(ORGANISATION, ORGANISATION, measure, form, weights)


def _least_missed_first(material: Material, facets: Sequence[str], members: NDArray[np.bool_]) -> list[str]:
    """Order facets so that the one that most people miss, and which would single them out, comes last (R12)."""
    return sorted(facets, key=lambda facet: int((members & ~material.counts[facet]).sum()))


def _size_first(material: Material, dimension: str, members: NDArray[np.bool_], group: str) -> tuple[object, ...]:
    """Order groups by size and by whom they hold; by name only where nothing else tells them apart.

    An agreed open group comes first: its members agreed to be shown, and without its view there is no gap to see.
    """
    strata = sorted(material.strata[person] for person in np.flatnonzero(members))
    is_open = bool(material.is_open[members].all())
    return not is_open, -int((members & material.counted(dimension)).sum()), -int(members.sum()), strata, group


def _about(material: Material, dimension: str, figures: Sequence[Figure]) -> list[Figure]:
    return [f for f in figures if material.dimension_of[f.measure.partition(BASIS)[0]] == dimension]


def _has_enough(material: Material, figure: Figure, k: int, open_floor: int) -> bool:
    """R1: k people; R15: the floor for an open group that stands alone. In a gap each side needs enough.

    Where flagged respondents are left out, these need be enough, too: the difference to the score tells their mean.
    """
    if figure.form == "gap":
        sides = [{p for p, weight in figure.weights.items() if (weight > 0) is positive} for positive in (True, False)]
        is_merged = OTHER_ROLES in figure.group.split(BETWEEN)
        return not is_merged and all(_is_enough(material, side, k, open_floor) for side in sides)
    if figure.form == "without_flagged":
        left_out = set(np.flatnonzero(material.counted(figure.measure)).tolist()) - set(figure.weights)
        return len(left_out) >= k and len(figure.weights) >= k
    return _is_enough(material, set(figure.weights), k, open_floor)


def _is_enough(material: Material, people: set[int], k: int, open_floor: int) -> bool:
    is_open = all(material.is_open[person] for person in people)
    return len(people) >= (open_floor if is_open else k)


def _limit(material: Material, figure: Figure) -> Limit | None:
    return None if figure.form == "gap" else own_limit(material, figure)


def _blank(material: Material, figure: Figure) -> Decision:
    asked = figure.group_kind != ROLE or (figure.group, figure.measure) not in material.not_asked
    return PROTECTED if asked else NOT_ASKED
