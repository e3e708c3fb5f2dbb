"""Write every mean that may be printed as a row: what each respondent weighs in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.arithmetic import Vectors
from assessment.disclosure.material import Material

Form = Literal["mean", "respondent_mean", "gap", "without_flagged", "comparable"]
Key = tuple[str, str, str, str]
ORGANISATION, ROLE, TEAM = "organisation", "role", "team"
BETWEEN = "|"
"""Stands between the two sides of a gap: ``EX|others``."""


@dataclass(frozen=True)
class Figure:
    """One printed mean: of which group and measure, and the exact weight of each respondent (by position)."""

    group_kind: str
    group: str
    measure: str
    form: Form
    weights: Mapping[int, Fraction]

    @property
    def key(self) -> Key:
        """Group kind, group, measure and form: what names the figure."""
        return self.group_kind, self.group, self.measure, self.form

    def value(self, material: Material) -> float:
        """Give the mean itself, 0-100."""
        values = material.values(self.measure)
        return float(sum(float(weight) * values[person] for person, weight in self.weights.items()))


def coefficients(material: Material, dimension: str, figures: Sequence[Figure]) -> Vectors:
    """Give each answer's coefficient in each figure of a dimension.

    Returns
    -------
    array of shape (n_figures, n_respondents, n_items)
        Python integers; a figure's are its true coefficients times one number.
    """
    shares = {figure.measure: material.shares(figure.measure) for figure in figures}
    n, n_items = len(material.respondents), len(material.items_of(dimension))
    rows = np.zeros((len(figures), n, n_items), dtype=object)
    for row, figure in enumerate(figures):
        common = lcm(*(weight.denominator for weight in figure.weights.values()))
        for person, weight in figure.weights.items():
            rows[row, person] = shares[figure.measure][person].astype(object) * int(weight * common)
    return rows


def balanced(material: Material, measure: str, *, among: NDArray[np.bool_] | None = None) -> dict[int, Fraction]:
    """Give the weights of the role-balanced mean: each stratum that is present counts by its declared weight."""
    counted = material.counted(measure) if among is None else material.counted(measure) & among
    return over_strata(material, material.strata, counted)


def over_strata(
    material: Material,
    strata: Sequence[str],
    counted: NDArray[np.bool_],
    *,
    stratum_weights: Mapping[str, Fraction] | None = None,
) -> dict[int, Fraction]:
    """Give the weights of a mean over strata, which may be others than those of the wave and weigh otherwise."""
    weighed = material.stratum_weights if stratum_weights is None else stratum_weights
    members: dict[str, list[int]] = {}
    for person in np.flatnonzero(counted).tolist():
        members.setdefault(strata[person], []).append(person)
    weight = {stratum: Fraction(weighed.get(stratum, 1)) for stratum in members}
    whole = sum(weight.values())
    return {
        person: weight[stratum] / whole / len(people)
        for stratum, people in sorted(members.items())
        for person in people
        if weight[stratum]
    }


def plain(people: NDArray[np.bool_]) -> dict[int, Fraction]:
    """Give the weights of a plain mean."""
    members = np.flatnonzero(people).tolist()
    return {person: Fraction(1, len(members)) for person in members}


def comparable_figure(
    material: Material,
    group: str,
    measure: str,
    strata: Sequence[str],
    counted: NDArray[np.bool_],
    *,
    stratum_weights: Mapping[str, Fraction] | None = None,
) -> Figure:
    """Write a score on what two waves have in common as one row.

    Parameters
    ----------
    group
        ``common`` for everybody in roles that both waves have, ``linked`` for the people who answered twice.
    """
    weights = over_strata(material, strata, counted, stratum_weights=stratum_weights)
    return Figure(ORGANISATION, group, measure, "comparable", weights)


def figure_without(material: Material, measure: str, *, flagged: NDArray[np.bool_]) -> Figure:
    """Write the organisation's score without flagged respondents as one row."""
    return Figure(ORGANISATION, ORGANISATION, measure, "without_flagged", balanced(material, measure, among=~flagged))


def gap_figure(  # noqa: PLR0917 - the two sides, and what they are compared on
    material: Material, role: str, against: str, measure: str, scored: NDArray[np.bool_], others: Sequence[str]
) -> Figure:
    """Write the difference between a role's mean and the balanced mean of others as one row.

    Parameters
    ----------
    against
        The name of the other side.
    measure
        The dimension with its common items (`basis_name`).
    scored
        Who has a value on these items.
    others
        The strata compared with; each present one counts the same.
    """
    leaders = plain(scored & _in(material, [role]))
    weights = {
        person: -weight
        for person, weight in over_strata(material, material.strata, scored & _in(material, others)).items()
    }
    return Figure(ROLE, role + BETWEEN + against, measure, "gap", weights | leaders)


def _in(material: Material, strata: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([stratum in strata for stratum in material.strata], dtype=np.bool_)
