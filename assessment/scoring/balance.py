"""Say for every measure which strata it has, how many people stand behind each, and what each weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.persons import Persons
from assessment.scoring.role_balance import stratum_numbers


@dataclass(frozen=True)
class Balance:
    """Hold the strata of one wave.

    Parameters
    ----------
    ids
        The strata, sorted by id, so that sums have one order.
    of_respondent
        The stratum's number of each respondent.
    roster, weights
        Shape (n_strata, n_measures), for the measures in `measures`; infinite people without a roster.
    measures
        Facets, dimensions and items, in this order.
    """

    ids: tuple[str, ...]
    of_respondent: IntArray
    roster: FloatArray
    weights: FloatArray
    measures: tuple[str, ...]

    def columns(self, measures: Sequence[str]) -> list[int]:
        """Give the columns of measures."""
        return [self.measures.index(measure) for measure in measures]


def balance_of(
    persons: Persons,
    questionnaire: Questionnaire,
    *,
    stratum_of: Mapping[str, str],
    roster: Mapping[str, int] | None,
) -> Balance:
    """Set up the balance: each stratum counts the same, or by its declared weight.

    A merged stratum's roster is the sum over its roles that are eligible for the measure and present on it; its weight
    the mean of theirs.
    """
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    measures = tuple(dict.fromkeys([*questionnaire.facets, *dimensions, *persons.items]))
    ids = tuple(sorted(set(stratum_of.values())))
    values = measure_values(persons, measures)
    roles = persons.table["role"].to_numpy(dtype=str)
    people = np.full((len(ids), len(measures)), np.inf)
    weighed = stratum_weights(questionnaire, stratum_of)
    weights = np.array([[float(weighed[stratum])] * len(measures) for stratum in ids]).reshape(len(ids), len(measures))
    for number, stratum in enumerate(ids):
        own = [role for role in stratum_of if stratum_of[role] == stratum]
        for place, measure in enumerate(measures):
            present = [role for role in own if np.isfinite(values[roles == role, place]).any()]
            eligible = [r for r in present if measure in persons.items or questionnaire.is_eligible(r, measure)]
            if roster is not None and eligible and all(role in roster for role in eligible):
                people[number, place] = sum(roster[role] for role in eligible)
    of_respondent = stratum_numbers([stratum_of.get(role, "") for role in roles.tolist()], strata=ids)
    return Balance(ids, of_respondent, people, weights, measures)


def stratum_weights(questionnaire: Questionnaire, stratum_of: Mapping[str, str]) -> dict[str, Fraction]:
    """Give the weight of each stratum, exactly: its role's declared one, of merged roles the mean of theirs."""
    declared = questionnaire.structure.scoring.role_weights
    of: dict[str, list[Fraction]] = {}
    for role, stratum in sorted(stratum_of.items()):
        of.setdefault(stratum, []).append(Fraction(str(declared.get(role, 1))))
    return {stratum: sum(weights, Fraction(0)) / len(weights) for stratum, weights in of.items()}


def measure_values(persons: Persons, measures: Sequence[str]) -> FloatArray:
    """Give each respondent's value on each measure, shape (n_respondents, n_measures)."""
    place = {item: number for number, item in enumerate(persons.items)}
    columns = [
        persons.points[:, place[measure]] if measure in place else persons.table[measure].to_numpy(dtype=np.float64)
        for measure in measures
    ]
    return np.stack(columns, axis=1)


def scored_counts(persons: Persons, questionnaire: Questionnaire) -> dict[str, dict[str, int]]:
    """Count, for each role that answered, who is scored on each dimension that the role is eligible for."""
    roles = persons.table["role"]
    return {
        role: {
            dimension.id: int(persons.table.loc[roles == role, dimension.id].notna().sum())
            for dimension in questionnaire.dimensions
            if questionnaire.is_eligible(role, dimension.id)
        }
        for role in questionnaire.roles
        if (roles == role).any()
    }
