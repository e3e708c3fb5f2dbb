"""Plan a wave from the roster: who can appear, what will be merged, how sure it can be, what would show more."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.disclosure import OTHER_TEAMS, merge_small
from assessment.errors import DefinitionError
from assessment.model.organisation import Organisation
from assessment.model.questionnaire import Questionnaire
from assessment.pipeline.planning.appearing import GroupNeeds, role_needs, team_needs
from assessment.pipeline.planning.groupings import Grouping, groupings
from assessment.pipeline.planning.views import AtRate, Roster, answering_at, shown_groups, views_at

RATES = (50, 70, 90)
"""Percent answering that a plan foresees."""
SETTINGS = "organisation.yaml"


@dataclass(frozen=True)
class Plan:
    """What can be known of a wave before anybody answers.

    Parameters
    ----------
    wave
        Its name.
    people
        The number of people asked.
    k, open_floor
        The smallest group, and the smallest open group.
    roles, teams
        What each needs to be shown; teams only where their sizes are known.
    at
        What is shown at each rate of answering.
    teams_shown
        Percent answering -> teams that are shown by their own name.
    groupings
        Coarser role groups that would show more, the best first.
    """

    wave: str
    people: int
    k: int
    open_floor: int
    roles: tuple[GroupNeeds, ...]
    teams: tuple[GroupNeeds, ...]
    at: tuple[AtRate, ...]
    teams_shown: Mapping[int, tuple[str, ...]]
    groupings: tuple[Grouping, ...]


def survey_plan(
    settings: Organisation,
    questionnaire: Questionnaire,
    *,
    wave: str,
    team_sizes: Mapping[str, int] | None = None,
) -> Plan:
    """Plan a wave.

    Parameters
    ----------
    settings
        The organisation's roster, open group, teams and raised privacy rules.
    questionnaire
        As the organisation is asked it, variants included.
    team_sizes
        People in each of the organisation's teams.

    Raises
    ------
    DefinitionError
        When there is no roster, or sizes are given for teams that the organisation does not have.
    """
    sizes = dict(team_sizes or {})
    people = {role: n for role, n in settings.roster.items() if n > 0}
    problems = [] if people else ["roles: no role has people; write each as PM: {people: 12}"]
    problems += [f"teams: '{_short(team)}' is no team of the organisation" for team in sizes.keys() - settings.teams]
    if problems:
        raise DefinitionError(f"wave '{_short(wave)}' cannot be planned from {SETTINGS}:", sorted(problems))
    policy = questionnaire.policy.raised(k=settings.privacy.k)
    opened = next(iter(settings.open_roles), None)
    roster = Roster(people, questionnaire, policy, opened if opened in people else None, settings.role_groups)
    return Plan(
        wave=wave,
        people=sum(people.values()),
        k=policy.k,
        open_floor=policy.open_group_floor,
        roles=role_needs(roster),
        teams=team_needs(sizes, policy),
        at=tuple(views_at(roster, rate) for rate in RATES),
        teams_shown={rate: _teams_at(sizes, rate, k=policy.k) for rate in RATES} if sizes else {},
        groupings=groupings(roster, RATES),
    )


def _teams_at(sizes: Mapping[str, int], percent: int, *, k: int) -> tuple[str, ...]:
    counts = {team: {"everyone": n} for team, n in answering_at(sizes, percent).items()}
    return shown_groups(merge_small(counts, k=k, pool=OTHER_TEAMS)) if counts else ()


def _short(name: str) -> str:
    return ascii(name[:40])[1:-1]
