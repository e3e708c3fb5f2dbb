"""Score every respondent: items are keyed to 0-100, facets average items, dimensions average facets."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.frames import ABOUT_RESPONDENT, NOT_ASKED, PERSON_SCORES
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension
from assessment.scoring.arrays import FloatArray, IntArray, divide

LOWEST_ANSWER = 0
"""Codes below stand for *cannot tell*, *not answered* and *not asked*."""


@dataclass(frozen=True)
class Persons:
    """Hold what each respondent said, on one scale.

    Parameters
    ----------
    table
        PERSON_SCORES: respondent, role, team, then a column per facet and dimension, 0-100; NaN without a score.
    points
        Shape (n_respondents, n_items): keyed answers 0-100; NaN for every state without an answer.
    items
        The items, in the order of the columns of `points`.
    n_asked
        Respondents to whom each item was put, by item.
    """

    table: pd.DataFrame
    points: FloatArray
    items: tuple[str, ...]
    n_asked: IntArray


def person_scores(codes: pd.DataFrame, questionnaire: Questionnaire) -> Persons:
    """Score every respondent on every facet and dimension.

    A facet needs as many valid items as the questionnaire says for what the role was asked, a dimension as many valid
    facets. A role that is asked too little of a part has no score on it.

    Parameters
    ----------
    codes
        ANSWERS: one row per respondent.

    References
    ----------
    Siddiqui (2015), *American Journal of Biostatistics* 5: person-mean substitution.
    """
    items = tuple(item for item in questionnaire.items if item in codes)
    written = codes[list(items)].to_numpy(dtype=np.int64)
    points = keyed_points(written, items, questionnaire)
    roles = codes["role"].to_numpy(dtype=str)
    facets = {
        facet: _facet(points, written, items, roles, questionnaire, facet=facet) for facet in questionnaire.facets
    }
    dimensions = {d.id: _dimension(facets, roles, questionnaire, d) for d in questionnaire.dimensions}
    scores = pd.DataFrame(facets | dimensions, index=codes.index, dtype="float64")
    table = pd.concat([codes[list(ABOUT_RESPONDENT)], scores], axis=1)
    return Persons(PERSON_SCORES.check(table), points, items, (written != NOT_ASKED).sum(axis=0))


def strict_scores(persons: Persons, questionnaire: Questionnaire) -> Persons:
    """Keep a facet only where every item asked was answered, and a dimension only where all its facets are kept."""
    roles = persons.table["role"].to_numpy(dtype=str)
    table = persons.table.copy()
    for dimension in questionnaire.dimensions:
        is_whole = np.ones(roles.size, dtype=np.bool_)
        for facet in dimension.parts:
            left_out = [
                _is_asked(roles, questionnaire, item.id) & np.isnan(persons.points[:, persons.items.index(item.id)])
                for item in facet.items
                if item.id in persons.items
            ]
            is_kept = ~np.any(left_out, axis=0)
            table[facet.id] = table[facet.id].where(is_kept)
            is_whole &= is_kept | ~_is_eligible(roles, questionnaire, facet.id)
        table[dimension.id] = table[dimension.id].where(is_whole)
    return replace(persons, table=table)


def _is_asked(roles: np.ndarray, questionnaire: Questionnaire, item: str) -> np.ndarray:
    return np.isin(roles, [role for role in questionnaire.roles if questionnaire.items[item].is_asked_of(role)])


def keyed_points(codes: IntArray, items: tuple[str, ...], questionnaire: Questionnaire) -> FloatArray:
    """Bring answers to 0-100, so that more is always more product-led; NaN where there is no answer."""
    scales = [questionnaire.scale_of(item) for item in items]
    lowest = np.array([scale.lowest for scale in scales], dtype=np.float64)
    width = np.array([scale.highest - scale.lowest for scale in scales], dtype=np.float64)
    points = 100 * (codes - lowest) / width
    is_reversed = np.array([questionnaire.items[item].reversed for item in items], dtype=np.bool_)
    return np.where(codes < LOWEST_ANSWER, np.nan, np.where(is_reversed, 100 - points, points))


def _facet(
    points: FloatArray,
    codes: IntArray,
    items: tuple[str, ...],
    roles: np.ndarray,
    questionnaire: Questionnaire,
    *,
    facet: str,
) -> FloatArray:
    """Average the valid items of a facet where there are enough of them for what was asked."""
    own = [items.index(item.id) for item in questionnaire.facets[facet].items if item.id in items]
    n_asked = (codes[:, own] != NOT_ASKED).sum(axis=1)
    needed = np.array([questionnaire.min_items(facet, n_asked=n) for n in range(len(own) + 1)])[n_asked]
    n_valid = np.isfinite(points[:, own]).sum(axis=1)
    mean = divide(np.nansum(points[:, own], axis=1), n_valid.astype(np.float64))
    # Routing may promise more than a respondent was asked: a short form asks one item of a facet, which is no facet.
    is_asked = n_asked >= _least_asked(questionnaire, facet)
    return np.where(is_asked & (n_valid >= needed) & _is_eligible(roles, questionnaire, facet), mean, np.nan)


def _least_asked(questionnaire: Questionnaire, facet: str) -> int:
    """Give how many items of a facet must be asked for it to count, as for the eligibility of a role."""
    rule = questionnaire.structure.scoring.eligible_role
    return min(rule.facet_items if rule else 1, len(questionnaire.facets[facet].items))


def _dimension(
    facets: dict[str, FloatArray], roles: np.ndarray, questionnaire: Questionnaire, dimension: Dimension
) -> FloatArray:
    """Average the valid facets of a dimension where there are enough of them."""
    own = np.stack([facets[facet.id] for facet in dimension.parts], axis=1)
    n_valid = np.isfinite(own).sum(axis=1)
    mean = divide(np.nansum(own, axis=1), n_valid.astype(np.float64))
    is_enough = n_valid >= questionnaire.min_facets(dimension)
    return np.where(is_enough & _is_eligible(roles, questionnaire, dimension.id), mean, np.nan)


def _is_eligible(roles: np.ndarray, questionnaire: Questionnaire, measure: str) -> np.ndarray:
    eligible = [role for role in questionnaire.roles if questionnaire.is_eligible(role, measure)]
    return np.isin(roles, eligible)
