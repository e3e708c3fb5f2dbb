"""Work out what printed means give away, as somebody would who knows the method and who belongs where.

Nothing here comes from the gate: rows are rebuilt from the published method, and every small set of people is tried,
with exact fractions. Slow on purpose.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Row = dict[tuple[int, str], Fraction]
Printed = tuple[str, str, str, str]
"""Group kind, group, measure, and "mean" or "respondent_mean"."""


@dataclass(frozen=True)
class Person:
    """What everybody knows of a person: the group and which items are answered, but no answer."""

    role: str
    team: str | None
    answered: frozenset[str]
    is_open: bool = False


@dataclass(frozen=True)
class Method:
    """The published method of one dimension: its facets with their items, and the minima."""

    dimension: str
    facets: Mapping[str, Sequence[str]]
    min_items: int
    min_facets: int

    def share(self, person: Person, measure: str) -> dict[str, Fraction]:
        """What each answer adds to a person's value; empty without a value."""
        if measure == self.dimension and measure not in self.facets:
            parts = [part for facet in self.facets if (part := self._facet(person, facet))]
            if len(parts) < self.min_facets:
                return {}
            return {item: share / len(parts) for part in parts for item, share in part.items()}
        if measure in self.facets:
            return self._facet(person, measure)
        return {measure: Fraction(1)} if measure in person.answered else {}

    def _facet(self, person: Person, facet: str) -> dict[str, Fraction]:
        valid = [item for item in self.facets[facet] if item in person.answered]
        return {item: Fraction(1, len(valid)) for item in valid} if len(valid) >= self.min_items else {}


def row_of(people: Sequence[Person], method: Method, printed: Printed) -> Row:
    """Rebuild a printed mean as shares of answers."""
    kind, group, measure, form = printed
    named = {"organisation": lambda _: True, "role": lambda p: p.role == group, "team": lambda p: p.team == group}
    shares = {n: s for n, p in enumerate(people) if named[kind](p) and (s := method.share(p, measure))}
    roles = [people[n].role for n in shares]
    balanced = kind == "organisation" and form == "mean"
    weight = {
        n: Fraction(1, len(set(roles)) * roles.count(people[n].role)) if balanced else Fraction(1, len(shares))
        for n in shares
    }
    return {(n, item): weight[n] * share for n, of in shares.items() for item, share in of.items()}


def rank(rows: Iterable[Mapping[tuple[int, str], Fraction]]) -> int:
    """The number of independent rows."""
    pivots: dict[tuple[int, str], dict[tuple[int, str], Fraction]] = {}
    for row in rows:
        left = {place: share for place, share in row.items() if share}
        while left:
            first = min(left)
            if first not in pivots:
                pivots[first] = {place: share / left[first] for place, share in left.items()}
                break
            factor = left[first]
            for place, share in pivots[first].items():
                left[place] = left.get(place, Fraction(0)) - factor * share
            left = {place: share for place, share in left.items() if share}
    return len(pivots)


def derivable(rows: Sequence[Row], blocks: Collection[int], owner: Callable[[int], int] = lambda n: n) -> bool:
    """Whether some combination of the rows touches only these people (or blocks of people)."""
    outside = [{place: share for place, share in row.items() if owner(place[0]) not in blocks} for row in rows]
    return rank(outside) < rank(rows)


def exposed(rows: Sequence[Row], sizes: Mapping[int, int], *, k: int) -> list[frozenset[int]]:
    """Every smallest set of blocks, of 1 to k-1 people in all, of which something can be worked out."""
    found: list[frozenset[int]] = []
    full = rank(rows)
    for n_blocks in range(1, k):
        for chosen in combinations(sorted(sizes), n_blocks):
            if sum(sizes[block] for block in chosen) >= k or any(known <= set(chosen) for known in found):
                continue
            outside = [{place: share for place, share in row.items() if place[0] not in chosen} for row in rows]
            if rank(outside) < full:
                found.append(frozenset(chosen))
    return found


def solves(rows: Sequence[Row], wanted: Row) -> bool:
    """Whether a wanted total is a combination of the rows."""
    return rank([*rows, wanted]) == rank(rows)
