"""Put small roles together before anything is weighted: a lone person must not carry the weight of a whole role."""

from collections.abc import Mapping
from dataclasses import dataclass

OTHER_ROLES, OTHER_TEAMS, EVERYBODY = "other_roles", "other_teams", "everybody"
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class MergePlan:
    """Say which stratum each role belongs to; one plan for all figures of a wave.

    Parameters
    ----------
    stratum_of
        Role (or team) -> the group it is shown and weighted in.
    open_stratum
        The leadership role, when it is an agreed open group of enough people.
    missing
        Declared roles of which nobody was scored.
    """

    stratum_of: Mapping[str, str]
    open_stratum: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether the roles are too small to be balanced."""
        return len(set(self.stratum_of.values())) == 1


def merge_small(
    counts: Counts, *, k: int, pool: str = OTHER_ROLES, open_role: str | None = None, open_floor: int = 3
) -> MergePlan:
    """Merge groups below k; while the merged group is below k itself, the next smallest joins it.

    Parameters
    ----------
    counts
        For each group the number of respondents scored on each dimension that it is eligible for.
    open_role
        The leadership role, if it agreed before the wave opened to be shown from `open_floor` people.

    Notes
    -----
    A group counts by its smallest number over its dimensions, the merged group by its smallest over the dimensions that
    one of its members is eligible for. Ties go by id.
    """
    sizes = {name: min(of.values(), default=0) for name, of in counts.items()}
    missing = tuple(sorted(name for name, of in counts.items() if not any(of.values())))
    present = {name: size for name, size in sizes.items() if name not in missing}
    is_open = open_role in present and present[open_role] >= open_floor
    free = {name: size for name, size in present.items() if not (is_open and name == open_role)}
    merged = {name for name, size in free.items() if size < k}
    rest = sorted((name for name in free if name not in merged), key=lambda name: (free[name], name))
    while merged and _pool_size(counts, merged) < k and rest:
        merged.add(rest.pop(0))
    plan = {name: name for name in [*rest, *([str(open_role)] if is_open else [])]} | dict.fromkeys(merged, pool)
    if merged and _pool_size(counts, merged) < k:
        return MergePlan(dict.fromkeys(present, EVERYBODY), None, missing)
    return MergePlan(dict(sorted(plan.items())), open_role if is_open else None, missing)


def _pool_size(counts: Counts, merged: set[str]) -> int:
    """Give the smallest number of the merged people over the dimensions that any of them is eligible for."""
    dimensions = {dimension for name in merged for dimension in counts[name]}
    return min(sum(counts[name].get(dimension, 0) for name in merged) for dimension in dimensions)
