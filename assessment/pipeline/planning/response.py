"""Say how many have answered while a wave runs: in bands, and never so that it tells who."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessment.disclosure import EVERYBODY, OTHER_ROLES, merge_small
from assessment.disclosure.rounding import band_of_participation
from assessment.errors import DefinitionError
from assessment.model.policy import K_FLOOR

ORGANISATION = "organisation"
SAID = {"below_50": "under 50 %", "50_69": "50 to 69 %", "70_84": "70 to 84 %", "85_up": "85 % or more"}


@dataclass(frozen=True)
class ResponseRow:
    """How many of a group have answered.

    Parameters
    ----------
    group
        ``organisation``, a role, or ``other_roles``.
    roles
        The roles in it.
    band
        below_50, 50_69, 70_84 or 85_up percent.
    n, asked
        Numbers, for the organisation only.
    """

    group: str
    roles: tuple[str, ...]
    band: str
    n: int | None = None
    asked: int | None = None


def response_so_far(
    counts: Mapping[str, int], roster: Mapping[str, int], *, k: int = K_FLOOR
) -> tuple[ResponseRow, ...]:
    """Give the response: the organisation in numbers, roles of k people and more in bands.

    A band of a smaller role would say that everybody or nobody answered (three of three is the only way to 85 %), and
    that it is left out would say so too. So it depends on the roster alone: small roles are put together as in the
    report, with the next smallest if they are fewer than k people, because the organisation's number less the bands
    of the others would otherwise tell.

    Parameters
    ----------
    counts
        Answers by role. What stands under another name (the role was not told) counts for the organisation only.
    roster
        People in each role.

    Raises
    ------
    DefinitionError
        When there is no roster, or more answers than it has people.
    """
    people = {role: n for role, n in roster.items() if n > 0}
    _check(counts, people)
    asked, k = sum(people.values()), max(k, K_FLOOR)
    n = sum(counts.values())
    whole = ResponseRow(ORGANISATION, tuple(people), band_of_participation(n, asked), n, asked)
    plan = merge_small({role: {ORGANISATION: size} for role, size in people.items()}, k=k)
    groups = [*(role for role in people if plan.stratum_of[role] == role), OTHER_ROLES]
    return (whole, *(row for group in groups for row in _row(group, counts, people, plan.stratum_of)))


def _row(
    group: str, counts: Mapping[str, int], people: Mapping[str, int], stratum_of: Mapping[str, str]
) -> Iterator[ResponseRow]:
    roles = tuple(role for role in people if stratum_of[role] == group)
    if roles and len(roles) < len(people):
        n, asked = sum(counts.get(role, 0) for role in roles), sum(people[role] for role in roles)
        yield ResponseRow(group, roles, band_of_participation(n, asked))


def _check(counts: Mapping[str, int], people: Mapping[str, int]) -> None:
    if not people:
        raise DefinitionError("the response cannot be told without a roster; write the people of each role")
    problems = [f"role {role}: more answers than people ({n})" for role, n in people.items() if counts.get(role, 0) > n]
    if sum(counts.values()) > sum(people.values()):
        problems.append(f"{ORGANISATION}: more answers than people ({sum(people.values())})")
    if problems:
        raise DefinitionError("the answers do not fit the roster; correct the roster:", problems)


def response_text(rows: tuple[ResponseRow, ...]) -> str:
    """Write the response for the terminal."""
    whole, *groups = rows
    lines = [f"{whole.n} of {whole.asked} people have answered ({SAID[whole.band]})."]
    lines += [f"  {_name(row)}: {SAID[row.band]}" for row in groups]
    return "\n".join(lines)


def _name(row: ResponseRow) -> str:
    return f"other roles ({', '.join(row.roles)})" if row.group in {OTHER_ROLES, EVERYBODY} else row.group
