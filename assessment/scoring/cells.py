"""Score groups: the organisation in balance, each stratum by itself."""

from dataclasses import replace

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import FloatArray
from assessment.scoring.average_deviation import item_deviations
from assessment.scoring.balance import Balance, measure_values
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.level_probability import estimate_level_probabilities
from assessment.scoring.moments import stratum_moments
from assessment.scoring.overall import overall_estimate
from assessment.scoring.persons import Persons
from assessment.scoring.stratified import Estimates, stratified_estimates, with_fallback

OVERALL = "overall"


def organisation_estimates(
    persons: Persons, balance: Balance, questionnaire: Questionnaire, policy: Policy, *, corrected: bool = True
) -> Estimates:
    """Estimate every measure of the balance, and the whole as the last one.

    Parameters
    ----------
    corrected
        With the finite population correction ("what would everyone here have said"); without it the people here are a
        sample of the organisation's own future, as changes and gaps need.
    """
    values = measure_values(persons, balance.measures)
    roster = balance.roster if corrected else np.full_like(balance.roster, np.inf)
    moments = stratum_moments(values, balance.of_respondent, n_strata=len(balance.ids))
    estimates = stratified_estimates(moments, roster=roster, weights=balance.weights)
    estimates = with_fallback(
        estimates, moments.n, roster=roster, weights=balance.weights, fallback_sd=policy.fallback_sd
    )
    own = balance.columns([dimension.id for dimension in questionnaire.dimensions])
    whole = overall_estimate(
        values[:, own],
        balance.of_respondent,
        roster=roster[:, own],
        weights=balance.weights[:, own],
        fallback_sd=policy.fallback_sd,
    )
    return _joined(estimates, whole)


def _joined(first: Estimates, last: Estimates) -> Estimates:
    names = ("mean", "se", "df", "n", "is_fallback")
    return replace(first, **{name: np.concatenate([getattr(first, name), getattr(last, name)]) for name in names})


def cell_scores(persons: Persons, balance: Balance, questionnaire: Questionnaire, policy: Policy) -> pd.DataFrame:
    """Give CELL_SCORES: one row per group and measure.

    The organisation has rows for the whole, dimensions, facets and items, with the probability of each level, the mean
    that counts each person the same, and agreement; a stratum has dimensions and facets.

    Returns
    -------
    DataFrame
        group_kind, group, measure, kind, mean, respondent_mean, se, se_sample, df, low, high, n, n_asked, agreement,
        p_1 to p_5, reason.
    """
    rows = pd.concat(
        [
            _organisation(persons, balance, questionnaire, policy),
            *(_stratum(persons, balance, questionnaire, policy, number=n) for n in range(len(balance.ids))),
        ],
        ignore_index=True,
    )
    return rows.assign(reason=_reasons(rows))


def _reasons(rows: pd.DataFrame) -> np.ndarray:
    """Say why a score or its interval is missing; empty where neither is."""
    causes = {
        "no usable answers": rows["n"] == 0,
        "a dimension has no score": rows["mean"].isna(),
        "one answer": rows["n"] == 1,
        "too few per role": rows["se"].isna(),
    }
    return np.select(list(causes.values()), list(causes), default="")


def _organisation(persons: Persons, balance: Balance, questionnaire: Questionnaire, policy: Policy) -> pd.DataFrame:
    estimates = organisation_estimates(persons, balance, questionnaire, policy)
    sample = organisation_estimates(persons, balance, questionnaire, policy, corrected=False)
    values = measure_values(persons, balance.measures)
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    own = values[:, balance.columns(dimensions)]
    shares = estimate_level_probabilities(estimates, cuts=policy.cut_offs)
    rows = _rows(estimates, [*balance.measures, OVERALL], questionnaire, persons)
    return rows.assign(
        group_kind="organisation",
        group="organisation",
        respondent_mean=[*_means(values), float(np.mean(_means(own)))],
        se_sample=sample.se,
        n_asked=[*(_n_asked(persons, questionnaire, measure) for measure in balance.measures), len(persons.table)],
        agreement=[*(_agreement(persons, questionnaire, measure) for measure in balance.measures), np.nan],
        **{f"p_{level + 1}": shares[:, level] for level in range(shares.shape[1])},
    )


def _stratum(
    persons: Persons, balance: Balance, questionnaire: Questionnaire, policy: Policy, *, number: int
) -> pd.DataFrame:
    measures = [measure for measure in balance.measures if measure not in persons.items]
    columns = balance.columns(measures)
    values = measure_values(persons, measures)
    strata = np.where(balance.of_respondent == number, 0, -1)
    moments = stratum_moments(values, strata, n_strata=1)
    roster, weights = balance.roster[[number]][:, columns], np.ones((1, len(measures)))
    estimates = stratified_estimates(moments, roster=roster, weights=weights)
    estimates = with_fallback(estimates, moments.n, roster=roster, weights=weights, fallback_sd=policy.fallback_sd)
    members = persons.points[strata == 0]
    of_group = replace(persons, table=persons.table[strata == 0], points=members)
    rows = _rows(estimates, measures, questionnaire, persons)
    agreement = [_agreement(of_group, questionnaire, measure) for measure in measures]
    return rows.assign(group_kind="role", group=balance.ids[number], agreement=agreement)


def _rows(estimates: Estimates, measures: list[str], questionnaire: Questionnaire, persons: Persons) -> pd.DataFrame:
    low, high = estimate_intervals(estimates)
    dimensions = {dimension.id for dimension in questionnaire.dimensions}
    kinds = {OVERALL: OVERALL} | dict.fromkeys(persons.items, "item") | dict.fromkeys(dimensions, "dimension")
    return pd.DataFrame(
        {
            "measure": measures,
            "kind": [kinds.get(measure, "facet") for measure in measures],
            "mean": estimates.mean,
            "se": estimates.se,
            "df": estimates.df,
            "low": low,
            "high": high,
            "n": estimates.n,
        }
    )


def _means(values: FloatArray) -> list[float]:
    """Average columns over everybody who has a value; NaN where nobody has."""
    n = np.isfinite(values).sum(axis=0)
    return [
        float(total / count) if count else np.nan for total, count in zip(np.nansum(values, axis=0), n, strict=True)
    ]


def _n_asked(persons: Persons, questionnaire: Questionnaire, measure: str) -> int:
    if measure in persons.items:
        return int(persons.n_asked[persons.items.index(measure)])
    eligible = [role for role in questionnaire.roles if questionnaire.is_eligible(role, measure)]
    return int(persons.table["role"].isin(eligible).sum())


def _agreement(persons: Persons, questionnaire: Questionnaire, measure: str) -> float:
    """Give the average deviation in answer steps, of a part the mean of its items'."""
    if measure in persons.items:
        items = [measure]
    elif measure in questionnaire.facets:
        items = [item.id for item in questionnaire.facets[measure].items]
    else:
        dimension = next(d for d in questionnaire.dimensions if d.id == measure)
        items = [item.id for facet in dimension.parts for item in facet.items]
    columns = [persons.items.index(item) for item in items if item in persons.items]
    steps = np.array([len(questionnaire.scale_of(item).values) - 1 for item in items if item in persons.items])
    deviations = item_deviations(persons.points[:, columns] * steps / 100)
    known = deviations[np.isfinite(deviations)]
    return float(known.mean()) if known.size else np.nan
