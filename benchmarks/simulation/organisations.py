"""Draw organisations, and the balance that their scores are estimates of.

An organisation's dimensions lie together, anywhere between low and high with the same chance, so that no level is
favoured before anybody answers. Its roles stand some points apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.disclosure import MergePlan, merge_small
from assessment.scoring.arrays import BoolArray, FloatArray, IntArray
from assessment.scoring.balance import Balance, balance_of, scored_counts
from assessment.scoring.persons import Persons
from benchmarks.simulation.people import SHAPES, Shape, expected_points, questionnaire

LOWEST, HIGHEST = 12.0, 93.0
DIMENSION_SD, ROLE_SD = 6.0, 6.0
N_DIMENSIONS = 4


@dataclass(frozen=True)
class Organisation:
    """What is true of an organisation.

    Parameters
    ----------
    shares
        Share of people in each role of the questionnaire, shape (n_roles,); 0 for a role that it does not have.
    centres
        Where people of each role stand on each dimension, shape (n_roles, n_dimensions).
    """

    shares: FloatArray
    centres: FloatArray
    shape: Shape

    @property
    def points(self) -> FloatArray:
        """The mean answer of each role on each dimension."""
        return expected_points(self.centres, self.shape)


def draw_organisation(shape: str, rng: np.random.Generator, *, n_roles: int) -> Organisation:
    """Draw an organisation with this many roles."""
    every = len(questionnaire().roles)
    shares = np.zeros(every)
    shares[rng.choice(every, size=n_roles, replace=False)] = rng.dirichlet(np.full(n_roles, 4.0))
    own = rng.uniform(LOWEST, HIGHEST) + DIMENSION_SD * rng.standard_normal(N_DIMENSIONS)
    of_role = ROLE_SD * (rng.standard_normal((every, 1)) + rng.standard_normal((every, N_DIMENSIONS)))
    return Organisation(shares, own + of_role, SHAPES[shape])


def even_organisation(shape: str, rng: np.random.Generator, *, n_roles: int, points: float) -> Organisation:
    """Draw an organisation in which the mean answer of every role is the same on every facet."""
    drawn = draw_organisation(shape, rng, n_roles=n_roles)
    grid = np.linspace(-20.0, 120.0, 2801)
    centre = np.interp(points, expected_points(grid, drawn.shape), grid)
    return Organisation(drawn.shares, np.full_like(drawn.centres, centre), drawn.shape)


def draw_roles(organisation: Organisation, n: int, rng: np.random.Generator) -> IntArray:
    """Draw the role of each of n people."""
    return rng.choice(organisation.shares.size, p=organisation.shares, size=n).astype(np.int64)


def merge_plan(persons: Persons) -> MergePlan:
    """Merge small roles as the gate does."""
    return merge_small(scored_counts(persons, questionnaire()), k=questionnaire().policy.k)


def merged(persons: Persons, plan: MergePlan, roster: Mapping[str, int] | None) -> Balance:
    """Set up the balance of a plan."""
    return balance_of(persons, questionnaire(), stratum_of=plan.stratum_of, roster=roster)


def is_present(persons: Persons) -> BoolArray:
    """Give whether anybody of each role is scored on each dimension, shape (n_roles, n_dimensions)."""
    names = [dimension.id for dimension in questionnaire().dimensions]
    scored = np.isfinite(persons.table[names].to_numpy(dtype=np.float64))
    roles = persons.table["role"].to_numpy(dtype=str)
    return np.array([scored[roles == role].any(axis=0) for role in questionnaire().roles])


def balanced_truth(
    totals: FloatArray, weights: FloatArray, present: BoolArray, stratum_of: Mapping[str, str]
) -> FloatArray:
    """Give the true balance of each dimension, then of the whole, shape (n_dimensions + 1,).

    A stratum's truth is the mean over all people of its present roles; strata count the same.

    Parameters
    ----------
    totals, weights
        Sum of true points, and number (or share) of people, by role and dimension.
    """
    place = {role: number for number, role in enumerate(questionnaire().roles)}
    rows = [[place[role] for role in stratum_of if stratum_of[role] == name] for name in set(stratum_of.values())]
    total = np.array([np.where(present[own], totals[own], 0.0).sum(axis=0) for own in rows])
    weight = np.array([np.where(present[own], weights[own], 0.0).sum(axis=0) for own in rows])
    means = np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), np.nan)
    counted = np.isfinite(means).sum(axis=0)
    truth = np.where(counted > 0, np.nansum(means, axis=0) / np.maximum(counted, 1), np.nan)
    return np.append(truth, truth.mean())
