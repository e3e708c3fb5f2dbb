"""Look for coarser groups of roles that would keep more views visible; which of them make sense, a person decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.pipeline.merged import JOINED
from assessment.pipeline.planning.views import Groups, Roster, answering_at, merged, shown_groups

MOST_ROLES = 7
"""So many roles, the smallest ones, are put together in every way (877); larger ones need no company."""
LISTED = 3

Parts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Grouping:
    """One way of putting roles together before the wave opens.

    Parameters
    ----------
    groups
        The groups of two roles and more; every other role stays by itself.
    views
        Percent answering -> groups that would be shown by their own name.
    before
        The same for the roles as they are declared.
    """

    groups: Parts
    views: Mapping[int, tuple[str, ...]]
    before: Mapping[int, tuple[str, ...]]

    @property
    def gains(self) -> dict[int, int]:
        """Percent answering -> how many more views are shown."""
        return {percent: len(views) - len(self.before[percent]) for percent, views in self.views.items()}

    @property
    def n_joined(self) -> int:
        """How many roles lose their own name."""
        return sum(len(group) for group in self.groups)


def groupings(roster: Roster, rates: Sequence[int]) -> tuple[Grouping, ...]:
    """Give the few best groupings: most views over all rates, then fewest roles joined, then by name.

    The top team stays apart. A grouping is left out if a better one shows as many views at every rate and joins no more
    roles.
    """
    before = _views(roster, rates, roster.as_declared)
    found = [
        Grouping(parts, _views(roster, rates, _as_groups(roster, parts)), before)
        for parts in _partitions(_to_join(roster))
        if parts
    ]
    better = sorted((one for one in found if sum(one.gains.values()) > 0), key=_order)
    kept: list[Grouping] = []
    for one in better:
        if not any(_is_at_least(other, one) for other in kept):
            kept.append(one)
    return tuple(kept[:LISTED])


def _order(one: Grouping) -> tuple[int, int, Parts]:
    return -sum(one.gains.values()), one.n_joined, one.groups


def _is_at_least(one: Grouping, other: Grouping) -> bool:
    shows_as_many = all(len(one.views[rate]) >= len(views) for rate, views in other.views.items())
    return shows_as_many and one.n_joined <= other.n_joined


def _views(roster: Roster, rates: Sequence[int], groups: Groups) -> dict[int, tuple[str, ...]]:
    return {rate: shown_groups(merged(roster, answering_at(roster.people, rate), groups)) for rate in rates}


def _to_join(roster: Roster) -> tuple[str, ...]:
    leaders = roster.questionnaire.leadership_role
    smallest = sorted((n, role) for role, n in roster.people.items() if role != leaders)[:MOST_ROLES]
    kept = {role for _, role in smallest}
    return tuple(role for role in roster.people if role in kept)


def _as_groups(roster: Roster, parts: Parts) -> Groups:
    joined = {role for group in parts for role in group}
    alone = {role: (role,) for role in roster.people if role not in joined}
    return alone | {JOINED.join(group): group for group in parts}


def _partitions(roles: tuple[str, ...]) -> Iterator[Parts]:
    """Yield every way of putting roles together, each as its groups of two and more."""
    for blocks in _blocks(roles):
        yield tuple(sorted(block for block in blocks if len(block) > 1))


def _blocks(roles: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    if not roles:
        yield []
        return
    *earlier, last = roles
    for blocks in _blocks(tuple(earlier)):
        yield [*blocks, (last,)]
        for place, block in enumerate(blocks):
            yield [*blocks[:place], (*block, last), *blocks[place + 1 :]]
