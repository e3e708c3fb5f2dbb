"""Give every measure's organisation score in every joint resample."""

from dataclasses import dataclass

import numpy as np

from assessment.model.policy import Policy
from assessment.scoring.arrays import FloatArray
from assessment.scoring.balance import Balance, measure_values
from assessment.scoring.moments import stratum_moments
from assessment.scoring.persons import Persons
from assessment.scoring.resamples import Resamples, balanced_draws, joint_resamples, stratum_draws


@dataclass(frozen=True)
class Draws:
    """Hold the joint resamples of a wave.

    Parameters
    ----------
    scores
        Shape (n_draws, n_measures): the role-balanced score of each measure of the balance in each draw.
    resamples
        Who was drawn how often, for figures that rest on other items.
    """

    scores: FloatArray
    resamples: Resamples


def draws_of(persons: Persons, balance: Balance, policy: Policy) -> Draws:
    """Draw respondents within strata, all their answers together, and score each draw like the organisation."""
    values = measure_values(persons, balance.measures)
    roles = np.unique(persons.table["role"].to_numpy(dtype=str), return_inverse=True)[1].astype(np.float64)
    resamples = joint_resamples(
        persons.points,
        balance.of_respondent,
        stratum_ids=balance.ids,
        n_draws=policy.draws,
        seed=policy.seed,
        # In a merged stratum the same answers can be scored differently, because its roles were asked different items.
        ties=np.concatenate([values, roles[:, np.newaxis]], axis=1),
    )
    n = stratum_moments(values, balance.of_respondent, n_strata=len(balance.ids)).n
    draws = stratum_draws(resamples, values, roster=np.maximum(balance.roster, 1))
    return Draws(balanced_draws(draws, n=n, weights=balance.weights), resamples)
