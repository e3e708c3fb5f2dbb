"""Say which groups can appear in a report at all, and how many of each must answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.model.policy import Policy
from assessment.pipeline.planning.views import Roster


@dataclass(frozen=True)
class GroupNeeds:
    """What one role or team needs to be shown by its own name.

    Parameters
    ----------
    name
        The role's id or the team's name.
    needed
        Answers that it needs; None where the group is too small to be shown alone, however many answer.
    is_open
        Whether it is an agreed open group.
    is_leadership
        Whether it is the top team's role.
    would_need_if_open
        For the top team without an agreement: the answers it would need with one; None where that would not help.
    """

    name: str
    people: int
    needed: int | None
    is_open: bool = False
    is_leadership: bool = False
    would_need_if_open: int | None = None


def role_needs(roster: Roster) -> tuple[GroupNeeds, ...]:
    """Say for each role that has people what it needs."""
    return tuple(_role(roster, role, people) for role, people in roster.people.items())


def _role(roster: Roster, role: str, people: int) -> GroupNeeds:
    policy, is_open = roster.policy, role == roster.open_role
    is_leadership = role == roster.questionnaire.leadership_role
    opened = policy.open_group_floor if people >= policy.open_group_floor else None
    return GroupNeeds(
        name=role,
        people=people,
        needed=_reachable(people, policy.open_group_floor if is_open else policy.k),
        is_open=is_open,
        is_leadership=is_leadership,
        would_need_if_open=opened if is_leadership and not is_open else None,
    )


def team_needs(sizes: Mapping[str, int], policy: Policy) -> tuple[GroupNeeds, ...]:
    """Say for each team what it needs."""
    return tuple(GroupNeeds(name=team, people=n, needed=_reachable(n, policy.k)) for team, n in sizes.items())


def _reachable(people: int, floor: int) -> int | None:
    return floor if people >= floor else None
