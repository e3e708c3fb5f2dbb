"""Turn a questionnaire's rules into whole numbers: factors that make means of sums without a division."""

from dataclasses import dataclass
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension, Facet, Item

SMALL, LARGE = 2**7, 2**15
"""Sums below the first fit into one byte, below the second into two."""

Whole: TypeAlias = NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class ItemRule:
    """Where an item's answers are, and how they become steps: sign * (code - start) * factor."""

    column: int
    is_reversed: bool
    start: int
    factor: int


@dataclass(frozen=True, slots=True)
class FacetRule:
    """How answers become a facet: the factor that makes a mean of a sum, by `4 * asked + valid` or the like.

    Parameters
    ----------
    factors
        For each state (n_asked * base + n_valid) that gives a score: what the sum of steps is multiplied by.
    without
        The places of the roles that are asked too little of it.
    """

    items: tuple[ItemRule, ...]
    base: int
    factors: tuple[tuple[int, int], ...]
    without: tuple[int, ...]
    dtype: type[np.signedinteger]


@dataclass(frozen=True, slots=True)
class DimensionRule:
    """How facets become a dimension.

    Parameters
    ----------
    factors
        For each number of valid facets that is enough: what the sum of facets is multiplied by.
    unit
        Points of one unit of the result.
    without
        The places of the roles that the dimension does not count for.
    """

    facets: tuple[FacetRule, ...]
    factors: tuple[tuple[int, int], ...]
    unit: float
    without: tuple[int, ...]
    dtype: type[np.signedinteger]


def dimension_rule(dimension: Dimension, questionnaire: Questionnaire) -> DimensionRule:
    """Work out the whole numbers that a dimension's rules come to."""
    lengths = [len(facet.items) for facet in dimension.parts]
    widths = [_width(item, questionnaire) for facet in dimension.parts for item in facet.items]
    width, of_facet = lcm(*widths), lcm(*range(1, max(lengths) + 1))
    counts = range(questionnaire.min_facets(dimension), len(lengths) + 1)
    of_dimension = lcm(*counts)
    return DimensionRule(
        facets=tuple(_facet_rule(facet, questionnaire, width=width, unit=of_facet) for facet in dimension.parts),
        factors=tuple((n, of_dimension // n) for n in counts),
        unit=100 / (width * of_facet * of_dimension),
        without=_without(dimension.id, questionnaire),
        dtype=_whole(width * of_facet * max(of_dimension, len(lengths))),
    )


def _facet_rule(facet: Facet, questionnaire: Questionnaire, *, width: int, unit: int) -> FacetRule:
    """Work out for every state whether it gives a score, as for one organisation (`persons.person_scores`)."""
    rule, length = questionnaire.structure.scoring.eligible_role, len(facet.items)
    least = min(rule.facet_items if rule else 1, length)
    needed = {n: questionnaire.min_items(facet.id, n_asked=n) for n in range(least, length + 1)}
    states = [(asked, valid) for asked in needed for valid in range(max(needed[asked], 1), asked + 1)]
    return FacetRule(
        items=tuple(_item_rule(item, questionnaire, width=width) for item in facet.items),
        base=length + 1,
        factors=tuple((asked * (length + 1) + valid, unit // valid) for asked, valid in states),
        without=_without(facet.id, questionnaire),
        dtype=_whole(max(width * unit, width * length, (length + 1) ** 2)),
    )


def _item_rule(item: Item, questionnaire: Questionnaire, *, width: int) -> ItemRule:
    scale = questionnaire.scale_of(item.id)
    return ItemRule(
        column=list(questionnaire.items).index(item.id),
        is_reversed=item.reversed,
        start=scale.highest if item.reversed else scale.lowest,
        factor=width // _width(item, questionnaire),
    )


def _width(item: Item, questionnaire: Questionnaire) -> int:
    scale = questionnaire.scale_of(item.id)
    return scale.highest - scale.lowest


def _without(measure: str, questionnaire: Questionnaire) -> tuple[int, ...]:
    return tuple(n for n, role in enumerate(questionnaire.roles) if not questionnaire.is_eligible(role, measure))


def _whole(most: int) -> type[np.signedinteger]:
    """Give the smallest type that holds sums up to this."""
    return np.int8 if most < SMALL else np.int16 if most < LARGE else np.int32
