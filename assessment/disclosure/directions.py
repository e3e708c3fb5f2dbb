"""Hold, for each way in which figures rest on an answer, who gave such an answer.

A combination of figures is a list of multipliers, one for each figure. Every answer has a vector: its coefficient in
each figure. A combination touches the answer unless multipliers and vector are orthogonal. So answers whose vectors
have one direction are touched together, and with them everybody who gave one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.disclosure.arithmetic import Arithmetic, Vectors, names_of

People = int
"""A set of respondents, as the bits of a whole number."""


@dataclass(frozen=True)
class Directions:
    """Hold distinct directions and their holders.

    Parameters
    ----------
    vectors
        Shape (n_directions, n_figures), none of them zero.
    holders
        Who is touched when the direction is.
    kept
        The directions that a search has already decided to touch.
    """

    arithmetic: Arithmetic
    vectors: Vectors
    holders: tuple[People, ...]
    kept: frozenset[int] = frozenset()

    def keeping(self, direction: int) -> "Directions":
        """Decide to touch a direction."""
        return Directions(self.arithmetic, self.vectors, self.holders, self.kept | {direction})

    def without(self, directions: Sequence[int]) -> "Directions | None":
        """Give what is left when these directions are not touched; None if then a kept one is not touched either."""
        if self.kept.intersection(directions):
            return None
        struck = np.isin(np.arange(len(self.holders)), directions)
        left, strike = np.flatnonzero(~struck), self.vectors[struck]
        vectors = self.vectors[left]
        while len(strike):
            along = strike[0]
            reduced = self.arithmetic.without(np.vstack([vectors, strike[1:]]), along)
            vectors, strike = reduced[: len(left)], reduced[len(left) :]
            strike = strike[(strike != 0).any(axis=1)]
        kept = [place for place, row in enumerate(left.tolist()) if row in self.kept]
        if not all(vectors[place].any() for place in kept):
            return None
        return directions_of(self.arithmetic, vectors, [self.holders[row] for row in left], kept)


def directions_of(
    arithmetic: Arithmetic, vectors: Vectors, holders: Sequence[People], kept: Iterable[int] = ()
) -> Directions:
    """Put vectors of one direction together; zero vectors fall out, no combination touches them."""
    live = np.flatnonzero((vectors != 0).any(axis=1))
    if not live.size:
        return Directions(arithmetic, vectors[:0], ())
    scaled = arithmetic.scaled(vectors[live])
    places: dict[object, int] = {}
    together: list[People] = []
    place_of: dict[int, int] = {}
    for row, name in zip(live.tolist(), names_of(scaled), strict=True):
        place = places.setdefault(name, len(places))
        if place == len(together):
            together.append(0)
        together[place] |= holders[row]
        place_of[row] = place
    firsts = np.unique(list(place_of.values()), return_index=True)[1]
    return Directions(arithmetic, scaled[firsts], tuple(together), frozenset(place_of[row] for row in kept))
