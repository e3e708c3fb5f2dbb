"""Write a plan for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from assessment.pipeline.planning.appearing import GroupNeeds
from assessment.pipeline.planning.groupings import Grouping
from assessment.pipeline.planning.plan import Plan
from assessment.pipeline.planning.views import AtRate
from assessment.pipeline.planning.widths import ORGANISATION

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LIMITS = (
    "Widths are for a score of 50 and cover chance only; below 20 answers they are printed wider, in steps of 5.",
    "Which groups are shown is decided by who answers and by the audit of the report.",
)


def plan_text(plan: Plan, names: Mapping[str, str] | None = None) -> str:
    """Say what can appear, what will be merged, how sure it can be, and which coarser groups would show more.

    Parameters
    ----------
    names
        The words for roles; their ids by default.
    """
    called = dict(names or {})
    people, roles = _counted(plan.people, "person", "people"), _counted(len(plan.roles), "role", "roles")
    opened = f", an agreed open group {plan.open_floor}"
    lines = [
        f"Wave {plan.wave}: {people} in {roles}. A view needs {plan.k} answers{opened}.",
        "",
        *(f"- {_needs(role, called)}" for role in plan.roles),
        *(f"- {_needs(team, {})}" for team in plan.teams),
        *(line for rate in plan.at for line in _at(rate, plan.teams_shown.get(rate.percent), plan)),
        "",
        *_groupings(plan.groupings),
        *LIMITS,
    ]
    return "\n".join(_printable(line) for line in lines)


def _needs(group: GroupNeeds, called: Mapping[str, str]) -> str:
    """Say how many of a role or team must answer."""
    many = "leaders" if group.is_leadership else f"people in {_named(group.name, called)}"
    one = "leader" if group.is_leadership else f"person in {_named(group.name, called)}"
    if group.needed is None:
        is_one = group.people == 1
        who = f"one {one} is" if is_one else f"{_number(group.people)} {many} are"
        said = f"The {who} too few to be shown alone and {'counts' if is_one else 'count'} with others."
    else:
        part = "All" if group.needed == group.people else f"{_number(group.needed).capitalize()} of the"
        said = f"{part} {_number(group.people)} {many} must answer for their view to be shown."
    return f"{said}{_open(group)}"


def _open(group: GroupNeeds) -> str:
    if group.is_open:
        return " They are an open group: they must have agreed before the wave opens."
    if group.would_need_if_open and group.would_need_if_open != group.needed:
        return (
            f" If they agree to be an open group before the wave opens, {_number(group.would_need_if_open)} are enough."
        )
    return ""


def _at(rate: AtRate, teams: Sequence[str] | None, plan: Plan) -> Iterator[str]:
    yield ""
    yield f"If {rate.percent} % of each role answer ({rate.n} of {plan.people} people):"
    if not rate.widths:
        yield f"  fewer than {plan.k} answer: there would be no report"
        return
    yield f"  shown: the organisation{''.join(f', {group}' for group in rate.shown)}"
    if rate.together:
        merged = "probably put together" if rate.shown else "too few to be shown apart"
        yield f"  {merged}: {', '.join(rate.together)}"
    if teams is not None:
        yield f"  teams shown: {', '.join(teams) or 'none'}"
    yield f"  the 95 % range of a dimension is likely {_width(rate.widths[ORGANISATION])}"
    views = "; ".join(f"{group} {_width(rate.widths[group])}" for group in rate.shown)
    if views:
        yield f"  of a view: {views}"


def _width(widths: Mapping[str, float]) -> str:
    """Write the width of a range in whole points, from the narrowest to the widest dimension."""
    narrow, wide = round(min(widths.values())), round(max(widths.values()))
    if max(widths.values()) == 0:
        return "a point, because everybody answers"
    return f"{wide} points wide" if narrow == wide else f"{narrow} to {wide} points wide"


def _groupings(found: Sequence[Grouping]) -> Iterator[str]:
    if not found:
        yield "No coarser grouping of the roles would show more views at these rates."
        return
    yield "Coarser role groups that would show more views; which make sense, you choose before the wave opens:"
    for place, one in enumerate(found, start=1):
        yield f"  {place}. {', '.join(' with '.join(group) for group in one.groups)}: {_gains(one)}"
    chosen = ", ".join(f"[{', '.join(group)}]" for group in found[0].groups)
    yield f"  The first would stand in organisation.yaml as: role_groups: [{chosen}]"


def _gains(one: Grouping) -> str:
    said = [
        f"{len(views)} instead of {len(one.before[percent])} at {percent} %"
        for percent, views in one.views.items()
        if one.gains[percent]
    ]
    return f"views shown {', '.join(said)}"


def _named(name: str, called: Mapping[str, str]) -> str:
    return f"{name} ({called[name]})" if name in called else name


def _number(n: int) -> str:
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _printable(line: str) -> str:
    """Keep control and direction characters of a name from the terminal."""
    return "".join(character if character.isprintable() else " " for character in line)
