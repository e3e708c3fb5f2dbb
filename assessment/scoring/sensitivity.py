"""Try what else could have been reasonable: other weights, a missing role, strict minima, without flagged answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import TOLERANCE, BoolArray, FloatArray
from assessment.scoring.balance import Balance, measure_values
from assessment.scoring.cells import OVERALL, organisation_estimates
from assessment.scoring.draws import Draws
from assessment.scoring.level_probability import estimate_level_probabilities, level_of
from assessment.scoring.level_wording import word_level
from assessment.scoring.moments import stratum_moments
from assessment.scoring.persons import Persons, strict_scores
from assessment.scoring.role_weights import extreme_weights
from assessment.scoring.stratified import Estimates, present_weights

ROLE_WEIGHTS, DIMENSION_WEIGHTS, MISSING_ROLES = "role_weights", "dimension_weights", "missing_roles"
STRICT, WITHOUT_FLAGGED, WEAKEST = "strict_minima", "without_flagged", "weakest"
CAPS = range(1, 6)
COLUMNS = ["check", "measure", "low", "high", "score", "support", "stays", *(f"moves_{cap}" for cap in CAPS)]


@dataclass(frozen=True)
class Wave:
    """What a score is made of."""

    persons: Persons
    balance: Balance
    questionnaire: Questionnaire
    policy: Policy

    @property
    def measures(self) -> tuple[str, ...]:
        """The dimensions and the whole."""
        return (*(dimension.id for dimension in self.questionnaire.dimensions), OVERALL)

    def estimates(self, *, balance: Balance | None = None, persons: Persons | None = None) -> Estimates:
        """Estimate every measure, the whole last, with another balance or other people."""
        return organisation_estimates(persons or self.persons, balance or self.balance, self.questionnaire, self.policy)

    def place(self, measure: str) -> int:
        """Give where a measure stands among the estimates."""
        return len(self.balance.measures) if measure == OVERALL else self.balance.columns([measure])[0]

    @property
    def stratum_means(self) -> FloatArray:
        """The mean of each stratum on each dimension, shape (n_strata, n_dimensions)."""
        values = measure_values(self.persons, self.measures[:-1])
        return stratum_moments(values, self.balance.of_respondent, n_strata=len(self.balance.ids)).mean


def sensitivity_table(wave: Wave, draws: Draws, *, flagged: BoolArray, n_missing: Mapping[str, int]) -> pd.DataFrame:
    """Give one row per check and measure.

    Parameters
    ----------
    flagged
        Shape (n_respondents,): whose answers look careless.
    n_missing
        For each dimension the declared roles that count in it and for which nobody answered.

    Returns
    -------
    DataFrame
        check, measure, low and high (the range of the score), score (by the check), support (share of draws), stays
        (whether the weakest dimension stays it), moves_1 to moves_5 (whether the level would be worded otherwise under
        each cap).
    """
    usual = wave.estimates()
    rows = [
        *_of_role_weights(wave, usual),
        *_of_dimension_weights(wave, usual),
        *_of_missing_roles(wave, usual, n_missing),
        *_of_others(wave, usual, STRICT, strict_scores(wave.persons, wave.questionnaire)),
        *(_of_others(wave, usual, WITHOUT_FLAGGED, of_people(wave.persons, ~flagged)) if flagged.any() else ()),
        *_of_weakest(wave, usual, draws),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def of_people(persons: Persons, kept: BoolArray) -> Persons:
    """Leave respondents out of every score, in their places."""
    measures = persons.table.columns[3:]
    table = persons.table.copy()
    table.loc[~kept, measures] = np.nan
    return replace(persons, table=table, points=np.where(kept[:, np.newaxis], persons.points, np.nan))


def _of_role_weights(wave: Wave, usual: Estimates) -> Iterator[dict[str, object]]:
    """Give the range over all role weights within the policy's shift, and whether an end is worded otherwise."""
    means = wave.stratum_means
    averages = [*means.T, np.nanmean(means, axis=1)] if np.isfinite(means).any(axis=1).all() else [*means.T, None]
    for measure, values in zip(wave.measures, averages, strict=True):
        if values is None or np.isfinite(values).sum() < 2:
            continue
        ends = [wave.estimates(balance=_with_weights(wave, values, is_high)) for is_high in (False, True)]
        place = wave.place(measure)
        low, high = (float(end.mean[place]) for end in ends)
        yield {"check": ROLE_WEIGHTS, "measure": measure, "low": low, "high": high} | _moves(wave, usual, ends, place)


def _with_weights(wave: Wave, values: FloatArray, is_high: bool) -> Balance:
    known = np.isfinite(values)
    declared = wave.balance.weights[:, wave.place(wave.measures[0])][known]
    weights = wave.balance.weights.copy()
    extreme = extreme_weights(values[known], declared / declared.sum(), shift=wave.policy.weight_shift)
    weights[known] = extreme[int(is_high)][:, np.newaxis] * declared.sum()
    return replace(wave.balance, weights=weights)


def _of_dimension_weights(wave: Wave, usual: Estimates) -> Iterator[Mapping[str, object]]:
    """Give the range of the whole over dimension weights; its level is that of the score alone."""
    means = usual.mean[[wave.place(measure) for measure in wave.measures[:-1]]]
    if means.size < 2 or not np.isfinite(means).all():
        return
    even = np.full(means.size, 1 / means.size)
    ends = [float(weights @ means) for weights in extreme_weights(means, even, shift=wave.policy.weight_shift)]
    levels = level_of(np.array([*ends, float(means.mean())]), wave.policy.cut_offs)
    moves = dict.fromkeys((f"moves_{cap}" for cap in CAPS), bool((levels[:2] != levels[2]).any()))
    yield {"check": DIMENSION_WEIGHTS, "measure": OVERALL, "low": ends[0], "high": ends[1]} | moves


def _of_missing_roles(wave: Wave, usual: Estimates, n_missing: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """Give the score if the roles for which nobody answered stood at 0 and at 100."""
    means = wave.stratum_means
    for number, measure in enumerate(wave.measures[:-1]):
        present, missing = int(np.isfinite(means[:, number]).sum()), n_missing.get(measure, 0)
        if present and missing:
            share = missing / (present + missing)
            lowest = (1 - share) * float(usual.mean[wave.place(measure)])
            yield {"check": MISSING_ROLES, "measure": measure, "low": lowest, "high": lowest + 100 * share}


def _of_others(wave: Wave, usual: Estimates, check: str, persons: Persons) -> Iterator[dict[str, object]]:
    """Give the scores of other people, or by other minima, in the same balance."""
    changed = wave.estimates(persons=persons)
    for measure in wave.measures:
        place = wave.place(measure)
        if np.isfinite(usual.mean[place]):
            moves = _moves(wave, usual, [changed], place)
            yield {"check": check, "measure": measure, "score": float(changed.mean[place])} | moves


def _moves(wave: Wave, usual: Estimates, others: Sequence[Estimates], place: int) -> dict[str, object]:
    """Tell for every cap whether the level of any of the others would be worded otherwise."""
    shares = [estimate_level_probabilities(one, cuts=wave.policy.cut_offs)[place] for one in (usual, *others)]
    found: dict[str, object] = {}
    for cap in CAPS:
        worded = [word_level(share, cap=cap, certainty=wave.policy.level_certainty) for share in shares]
        first = worded[0]
        found[f"moves_{cap}"] = any(
            (one.kind, one.level, one.other_level) != (first.kind, first.level, first.other_level) for one in worded[1:]
        )
    return found


def _of_weakest(wave: Wave, usual: Estimates, draws: Draws) -> Iterator[dict[str, object]]:
    """Ask whether the weakest dimension is the weakest in the draws too, and whether it stays so by other weights."""
    places = [wave.place(measure) for measure in wave.measures[:-1]]
    scores = usual.mean[places]
    if len(places) < 2 or not np.isfinite(scores).all():
        return
    weakest = int(scores.argmin())
    drawn = draws.scores[:, places]
    is_lowest = np.isfinite(drawn).all(axis=1) & (np.nan_to_num(drawn).argmin(axis=1) == weakest)
    yield {
        "check": WEAKEST,
        "measure": wave.measures[weakest],
        "support": float(is_lowest.mean()),
        "stays": _stays_weakest(wave, weakest),
    }


def _stays_weakest(wave: Wave, weakest: int) -> bool:
    """Look for role weights within the shift by which another dimension would be lower."""
    means, columns = wave.stratum_means, wave.balance.columns(wave.measures[:-1])
    n = np.isfinite(means).astype(np.int64)
    for other in range(means.shape[1]):
        apart = np.nan_to_num(means[:, weakest] - means[:, other])
        balance = _with_weights(wave, apart, is_high=True)
        weights = present_weights(n, balance.weights[:, columns])
        scores = np.nansum(weights * np.nan_to_num(means), axis=0)
        if scores[other] < scores[weakest] - TOLERANCE:
            return False
    return True
