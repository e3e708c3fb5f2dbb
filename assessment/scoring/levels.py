"""Say at which level each part stands, surely at most, and how it would be worded under every possible cap."""

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import IntArray
from assessment.scoring.balance import Balance
from assessment.scoring.cells import OVERALL, organisation_estimates
from assessment.scoring.draws import Draws
from assessment.scoring.gate_support import shares_at_or_below, supported_level
from assessment.scoring.level_probability import estimate_level_probabilities, level_of
from assessment.scoring.level_wording import word_level
from assessment.scoring.persons import Persons

N_LEVELS = 5


def level_table(
    persons: Persons,
    balance: Balance,
    draws: Draws,
    questionnaire: Questionnaire,
    policy: Policy,
    *,
    coverage_cap: int | None = None,
) -> pd.DataFrame:
    """Give one row for the whole, each dimension and each facet of the organisation; a part without a score has none.

    Parameters
    ----------
    coverage_cap
        The highest level that the practice coverage allows the dimension that it belongs to.

    Returns
    -------
    DataFrame
        measure; level of the mean; supported (the level not exceeded with enough support, U); p_1 to p_5, not folded;
        for each cap c from 1 to 5 wording_c, level_c, other_level_c, probability_c; coverage_cap.
    """
    estimates = organisation_estimates(persons, balance, questionnaire, policy)
    shares = estimate_level_probabilities(estimates, cuts=policy.cut_offs)
    supported = [*_supported(draws, estimates.is_fallback[:-1], shares[:-1], policy), N_LEVELS]
    names = [*balance.measures, OVERALL]
    levels = level_of(estimates.mean, policy.cut_offs)
    practised = questionnaire.practices.dimension if questionnaire.practices else None
    rows = [
        {
            "measure": name,
            "level": int(levels[place]),
            "supported": int(supported[place]),
            **{f"p_{level + 1}": shares[place, level] for level in range(N_LEVELS)},
            **_wordings(shares[place], policy.level_certainty),
            "coverage_cap": coverage_cap if name == practised else None,
        }
        for place, name in enumerate(names)
        if name not in persons.items and np.isfinite(estimates.mean[place])
    ]
    return pd.DataFrame(rows)


def _supported(draws: Draws, is_fallback: np.ndarray, shares: np.ndarray, policy: Policy) -> IntArray:
    """Take U from the draws; from the level probabilities where the draws do not vary."""
    drawn = shares_at_or_below(level_of(draws.scores, policy.cut_offs), n_levels=N_LEVELS)
    seen = np.where(is_fallback[:, np.newaxis], np.cumsum(shares, axis=1), drawn)
    return supported_level(seen, support=policy.gate_support)


def _wordings(shares: np.ndarray, certainty: float) -> dict[str, object]:
    worded = {cap: word_level(shares, cap=cap, certainty=certainty) for cap in range(1, N_LEVELS + 1)}
    return {
        f"{name}_{cap}": value
        for cap, wording in worded.items()
        for name, value in (
            ("wording", wording.kind),
            ("level", wording.level),
            ("other_level", wording.other_level),
            ("probability", wording.probability),
        )
    }
