"""Foresee which groups are shown when a share of each role answers: the same merging as when a wave is scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessment.disclosure import MergePlan, merge_small
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.pipeline.merged import JOINED
from assessment.pipeline.planning.widths import range_widths

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Roster:
    """Hold what the plan is made from.

    Parameters
    ----------
    people
        The number of people in each role, for roles that have any.
    open_role
        The leadership role, if it agreed to be an open group.
    declared
        Groups of roles that are to count as one.
    """

    people: Mapping[str, int]
    questionnaire: Questionnaire
    policy: Policy
    open_role: str | None = None
    declared: Sequence[Sequence[str]] = ()

    @property
    def as_declared(self) -> Groups:
        """Each role by itself, or in the group that was declared."""
        present = [tuple(role for role in group if role in self.people) for group in self.declared]
        grouped = {role for group in present for role in group}
        alone = {role: (role,) for role in self.people if role not in grouped}
        return alone | {JOINED.join(group): group for group in present if group}

    @cached_property
    def dimensions_of(self) -> Mapping[str, tuple[str, ...]]:
        """The dimensions that each role is asked enough of."""
        asked = self.questionnaire
        return {role: tuple(d.id for d in asked.dimensions if asked.is_eligible(role, d.id)) for role in self.people}


@dataclass(frozen=True)
class AtRate:
    """What is shown when this many answer.

    Parameters
    ----------
    percent
        Of each role, how many in a hundred answer.
    answering
        The number that this is in each role, rounded to the nearest.
    shown
        The groups that are shown by their own name.
    together
        The roles that are put together as other roles; all of them where roles cannot be shown.
    widths
        Group -> dimension -> width of the 95 % range in points at a score of 50, before it is rounded for printing.
        The organisation stands as ``organisation``. Empty where too few answer for anything to be shown.
    """

    percent: int
    answering: Mapping[str, int]
    shown: tuple[str, ...]
    together: tuple[str, ...]
    widths: Mapping[str, Mapping[str, float]]

    @property
    def n(self) -> int:
        """How many answer."""
        return sum(self.answering.values())


def answering_at(people: Mapping[str, int], percent: int) -> dict[str, int]:
    """Give how many of each role answer, halves rounded up.

    Examples
    --------
    >>> answering_at({"EX": 6, "PM": 3}, 70), answering_at({"EX": 6, "PM": 3}, 50)
    ({'EX': 4, 'PM': 2}, {'EX': 3, 'PM': 2})
    """
    return {role: (percent * n + 50) // 100 for role, n in people.items()}


def views_at(roster: Roster, percent: int) -> AtRate:
    """Foresee the groups that are shown, and how wide their ranges are."""
    answering = answering_at(roster.people, percent)
    plan = merged(roster, answering, roster.as_declared)
    own, groups = shown_groups(plan), roster.as_declared
    shown = tuple(group for group in groups if group in own)
    hidden = tuple(role for group, roles in groups.items() for role in roles if group not in shown)
    stratum_of = {role: plan.stratum_of[group] for group in plan.stratum_of for role in groups[group]}
    is_enough = sum(answering.values()) >= roster.policy.k
    return AtRate(
        percent=percent,
        answering=answering,
        shown=shown if is_enough else (),
        together=hidden if is_enough else tuple(roster.people),
        widths=range_widths(roster.questionnaire, roster.policy, answering, roster.people, stratum_of)
        if is_enough
        else {},
    )


def merged(roster: Roster, answering: Mapping[str, int], groups: Groups) -> MergePlan:
    """Merge what is too small among groups of roles, as it will be done when the wave is scored."""
    counts = {group: _counted(roster, answering, roles) for group, roles in groups.items()}
    policy = roster.policy
    return merge_small(counts, k=policy.k, open_role=roster.open_role, open_floor=policy.open_group_floor)


def _counted(roster: Roster, answering: Mapping[str, int], roles: Sequence[str]) -> dict[str, int]:
    """Count who is scored on each dimension that one of the roles is asked enough of."""
    counted: dict[str, int] = {}
    for role in roles:
        for dimension in roster.dimensions_of[role]:
            counted[dimension] = counted.get(dimension, 0) + answering[role]
    return counted


def shown_groups(plan: MergePlan) -> tuple[str, ...]:
    """Give the groups that stand by themselves; none where everybody is one group."""
    return tuple(group for group, stratum in plan.stratum_of.items() if group == stratum and not plan.is_single)
