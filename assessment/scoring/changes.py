"""Compare two waves: what moved, and what could be chance."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.balance import Balance
from assessment.scoring.cells import OVERALL, organisation_estimates
from assessment.scoring.differences import Difference, difference, holm, verdict
from assessment.scoring.persons import Persons
from assessment.scoring.role_balance import Estimate
from assessment.scoring.stratified import Estimates

COLUMNS = ["measure", "difference", "low", "high", "noise_band", "verdict", "n", "n_earlier", "is_shown_earlier"]
Scored = tuple[Persons, Balance]


def changes(
    later: Scored,
    earlier: Scored,
    questionnaire: Questionnaire,
    policy: Policy,
    *,
    is_shown_earlier: Mapping[str, bool],
) -> pd.DataFrame:
    """Give one row per dimension and for the whole: the change with interval, noise band and verdict.

    Both waves are estimated as samples of the organisation's own future, independent of each other; people who answered
    twice make the interval too wide rather than too narrow. Only waves with the same strata are compared.

    Parameters
    ----------
    is_shown_earlier
        Which scores of the earlier wave were released.
    """
    if later[1].ids != earlier[1].ids:
        return pd.DataFrame(columns=COLUMNS)
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    now, before = (_estimates(scored, questionnaire, policy, dimensions) for scored in (later, earlier))
    found = {name: difference(now[name], before[name]) for name in now}
    adjusted = dict(zip(dimensions, holm([found[name].p for name in dimensions]), strict=True))
    adjusted[OVERALL] = found[OVERALL].p
    rows = [
        _row(name, found[name], adjusted[name], policy)
        | {"n": now[name].n, "n_earlier": before[name].n, "is_shown_earlier": is_shown_earlier.get(name, False)}
        for name in [*dimensions, OVERALL]
        if np.isfinite(found[name].se)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _estimates(
    scored: Scored, questionnaire: Questionnaire, policy: Policy, dimensions: Sequence[str]
) -> dict[str, Estimate]:
    persons, balance = scored
    estimates = organisation_estimates(persons, balance, questionnaire, policy, corrected=False)
    places = [*balance.columns(dimensions), len(balance.measures)]
    return dict(zip([*dimensions, OVERALL], (_one(estimates, place) for place in places), strict=True))


def _one(estimates: Estimates, place: int) -> Estimate:
    values = (estimates.mean[place], estimates.se[place], estimates.df[place])
    return Estimate(*(float(value) for value in values), n=int(estimates.n[place]))


def _row(name: str, found: Difference, adjusted: float, policy: Policy) -> dict[str, object]:
    return {
        "measure": name,
        "difference": found.value,
        "low": found.low,
        "high": found.high,
        "noise_band": float(student.ppf(0.975, found.df)) * found.se,
        "verdict": verdict(
            found.value,
            p=found.p,
            adjusted=adjusted,
            points=policy.change_points,
            possible_p=policy.possible_p,
            otherwise="none",
        ),
    }
