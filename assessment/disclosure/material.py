"""Say what each answer is worth in each respondent's score, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

BASIS = "@"
"""Parts a measure from the items it rests on, where these are fewer than usual: ``PM@PM1_1+PM1_2|PM2_1+PM2_2``."""
LEAST_COMMON = 2
"""The valid answers that a facet needs when it rests on the items that two groups have in common."""


@dataclass(frozen=True)
class Material:
    """Hold what the gate must know of the answers of one wave; none of it is printed.

    Parameters
    ----------
    respondents
        One pseudonym each.
    strata
        The merged role of each.
    teams
        The merged team of each, or None.
    items
        The items, in the order of the columns of `points`.
    points
        Shape (n_respondents, n_items): keyed answers 0-100, NaN where there is none.
    parts
        For each dimension its facets, for each facet its items; a dimension without facets is its own facet.
    counts
        For each facet and dimension, whether each respondent has a score on it.
    open_strata
        The leadership stratum, when it is an agreed open group.
    not_asked
        (stratum, measure) where the questionnaire does not put the measure to anybody of the stratum.
    stratum_weights
        Declared weights; without them every stratum counts the same.
    """

    respondents: tuple[str, ...]
    strata: tuple[str, ...]
    teams: tuple[str | None, ...]
    items: tuple[str, ...]
    points: NDArray[np.float64]
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]
    counts: Mapping[str, NDArray[np.bool_]]
    open_strata: frozenset[str] = frozenset()
    not_asked: frozenset[tuple[str, str]] = frozenset()
    stratum_weights: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])

    @cached_property
    def column(self) -> Mapping[str, int]:
        """The column of each item."""
        return {item: n for n, item in enumerate(self.items)}

    @cached_property
    def is_open(self) -> NDArray[np.bool_]:
        """Whether each respondent belongs to the open group."""
        return np.array([stratum in self.open_strata for stratum in self.strata], dtype=np.bool_)

    @cached_property
    def dimension_of(self) -> Mapping[str, str]:
        """The dimension of every dimension, facet and item."""
        named = {dimension: dimension for dimension in self.parts}
        facets = {facet: dimension for dimension, of in self.parts.items() for facet in of}
        items = {item: dimension for dimension, of in self.parts.items() for its in of.values() for item in its}
        return items | facets | named

    def counted(self, measure: str) -> NDArray[np.bool_]:
        """Tell who has a value on a measure."""
        if measure in self.counts:
            return self.counts[measure]
        return ~np.isnan(self.points[:, self.column[measure]])

    def items_of(self, dimension: str) -> list[str]:
        """List the items of a dimension."""
        return [item for items in self.parts[dimension].values() for item in items]

    def shares(self, measure: str) -> NDArray[np.int64]:
        """Give what each answer adds to a respondent's value, times one number that is the same for everybody.

        A facet is the mean of its valid items, a dimension the mean of its valid facets.

        Returns
        -------
        array of shape (n_respondents, n_items_of_dimension)
            Whole numbers; zero where a respondent has no value or the answer does not count.
        """
        dimension, facets = self._facets_behind(measure)
        places = {item: n for n, item in enumerate(self.items_of(dimension))}
        valid = np.zeros((len(self.respondents), len(places), len(facets)), dtype=np.int64)
        for n, (facet, items) in enumerate(facets.items()):
            answered = ~np.isnan(self.points[:, [self.column[item] for item in items]])
            valid[:, [places[item] for item in items], n] = answered & self._is_used(facet, measure, answered)
        return _means_of_means(valid)

    def values(self, measure: str) -> NDArray[np.float64]:
        """Give each respondent's value on a measure, NaN where there is none; shape (n_respondents,)."""
        shares = self.shares(measure).astype(np.float64)
        items = self.items_of(self.dimension_of[measure.partition(BASIS)[0]])
        points = np.nan_to_num(self.points[:, [self.column[item] for item in items]])
        totals = shares.sum(axis=1)
        return np.divide((shares * points).sum(axis=1), totals, out=np.full(totals.shape, np.nan), where=totals > 0)

    def _facets_behind(self, measure: str) -> tuple[str, Mapping[str, tuple[str, ...]]]:
        name, _, basis = measure.partition(BASIS)
        dimension = self.dimension_of[name]
        facets = self.parts[dimension]
        if basis:
            return dimension, {part: tuple(part.split("+")) for part in basis.split("|")}
        if name == dimension:
            return dimension, facets
        return dimension, {name: facets.get(name, (name,))}

    def _is_used(self, facet: str, measure: str, answered: NDArray[np.bool_]) -> NDArray[np.bool_]:
        if BASIS in measure:
            return answered.sum(axis=1, keepdims=True) >= LEAST_COMMON
        has_value = self.counts.get(facet, answered.any(axis=1)) & self.counted(measure)
        return has_value[:, np.newaxis]


def _means_of_means(valid: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weigh valid answers, shape (n, n_items, n_facets), as means of items within means of facets; whole numbers."""
    per_facet = valid.sum(axis=1)
    n_facets = (per_facet > 0).sum(axis=1)
    divisors = per_facet * n_facets[:, np.newaxis]
    common = lcm(*np.unique(divisors[divisors > 0]).tolist())
    worth = np.where(divisors > 0, common // np.maximum(divisors, 1), 0)
    return (valid * worth[:, np.newaxis, :]).sum(axis=2)


def basis_name(dimension: str, facets: Mapping[str, tuple[str, ...]]) -> str:
    """Name a dimension that rests on fewer items than usual, so that the ledger knows them.

    Examples
    --------
    >>> basis_name("PM", {"PM1": ("PM1_1", "PM1_2"), "PM2": ("PM2_1", "PM2_3")})
    'PM@PM1_1+PM1_2|PM2_1+PM2_3'
    """
    return dimension + BASIS + "|".join("+".join(items) for items in facets.values())
