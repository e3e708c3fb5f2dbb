"""Compare like with like: find the items that several roles were asked, and score people on these alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension
from assessment.scoring.arrays import FloatArray, divide
from assessment.scoring.persons import Persons

Items = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Basis:
    """Hold what two sides of a comparison have in common on one dimension.

    Parameters
    ----------
    roles
        The roles that are compared with the first side.
    left_out
        Roles that share too few items with it.
    facets
        The facets compared, and the items of each that all were asked.
    """

    roles: tuple[str, ...]
    left_out: tuple[str, ...]
    facets: Items


def common_basis(questionnaire: Questionnaire, dimension: Dimension, role: str, others: Sequence[str]) -> Basis | None:
    """Find the items that a role and others were asked; where there are too few, others that share too few leave.

    Returns
    -------
    Basis or None
        None where the role shares too few items with each of the others.
    """
    needed = questionnaire.min_facets(dimension)
    everybody = _common(questionnaire, dimension, [role, *others])
    if others and len(everybody) >= needed:
        return Basis(tuple(others), (), everybody)
    kept = tuple(other for other in others if len(_common(questionnaire, dimension, [role, other])) >= needed)
    common = _common(questionnaire, dimension, [role, *kept])
    if not kept or len(common) < needed:
        return None
    return Basis(kept, tuple(other for other in others if other not in kept), common)


def common_scores(persons: Persons, questionnaire: Questionnaire, dimension: Dimension, facets: Items) -> FloatArray:
    """Score respondents on common items: a facet's full minimum of answers, then the dimension's of facets.

    Returns
    -------
    array of shape (n_respondents,)
    """
    parts: list[FloatArray] = []
    for facet, items in facets.items():
        points = persons.points[:, [persons.items.index(item) for item in items]]
        n = np.isfinite(points).sum(axis=1)
        mean = divide(np.nansum(points, axis=1), n.astype(np.float64))
        parts.append(np.where(n >= _least(questionnaire, dimension, facet), mean, np.nan))
    scores = np.stack(parts, axis=1)
    n = np.isfinite(scores).sum(axis=1)
    is_enough = n >= questionnaire.min_facets(dimension)
    return np.where(is_enough, divide(np.nansum(scores, axis=1), n.astype(np.float64)), np.nan)


def _common(questionnaire: Questionnaire, dimension: Dimension, roles: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give the items that all these roles were asked, of the facets that have enough of them."""
    asked = {
        facet.id: tuple(item.id for item in facet.items if all(item.is_asked_of(role) for role in roles))
        for facet in dimension.parts
    }
    return {facet: items for facet, items in asked.items() if len(items) >= _least(questionnaire, dimension, facet)}


def _least(questionnaire: Questionnaire, dimension: Dimension, facet: str) -> int:
    part = next(part for part in dimension.parts if part.id == facet)
    return questionnaire.min_items(facet, n_asked=len(part.items))
