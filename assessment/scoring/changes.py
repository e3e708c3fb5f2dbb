"""Compare two waves: what moved, what could be chance, and what is only another mix of respondents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.model.policy import Policy
from assessment.scoring.arrays import BoolArray, FloatArray, IntArray
from assessment.scoring.cells import OVERALL
from assessment.scoring.change import Change, change_between
from assessment.scoring.differences import Difference, holm, verdict
from assessment.scoring.linked import linked_difference, linked_places
from assessment.scoring.moments import Moments, stratum_moments
from assessment.scoring.overall import overall_estimate
from assessment.scoring.respondent_mix import respondent_mix
from assessment.scoring.role_balance import Estimate, stratum_numbers
from assessment.scoring.stratified import Estimates, stratified_estimates, with_fallback

MILDEST_FIRST = ("none", "possible", "clear")
COLUMNS = [
    "measure", "later", "earlier", "difference", "low", "high", "noise_band", "detectable", "is_unlikely", "verdict",
    "linked", "linked_low", "linked_high", "n_linked", "by_answers", "by_mix", "n", "n_earlier",
]  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One wave as it is compared.

    Parameters
    ----------
    people
        Pseudonym and role of each respondent.
    strata
        The group that each counts in; empty for roles that only one wave has.
    ids
        The strata, sorted; the same on both sides.
    weights
        Shape (n_strata,): declared weights.
    scores
        The scores compared, by measure, each of shape (n_respondents,).
    """

    people: tuple[tuple[str, str], ...]
    strata: tuple[str, ...]
    ids: tuple[str, ...]
    weights: FloatArray
    scores: Mapping[str, FloatArray]

    @cached_property
    def numbers(self) -> IntArray:
        """The stratum's number of each respondent; -1 outside."""
        return stratum_numbers(self.strata, strata=self.ids)

    def scored(self, measure: str) -> BoolArray:
        """Tell who counts on a measure."""
        return np.isfinite(self.scores[measure]) & (self.numbers >= 0)

    def moments(self, measures: Sequence[str]) -> Moments:
        """Summarise the strata on measures."""
        values = np.stack([self.scores[measure] for measure in measures], axis=1)
        return stratum_moments(values, self.numbers, n_strata=len(self.ids))


def changes(
    later: Side, earlier: Side, policy: Policy, *, dimensions: Sequence[str], facets: Sequence[str]
) -> pd.DataFrame:
    """Give one row per dimension, facet and for the whole.

    Both waves are samples of the organisation's own future. A dimension has a verdict, adjusted over the dimensions
    compared; the whole its own, unadjusted; a facet has an interval only. Where nearly everybody answered twice the
    verdict of the linked people leads, where fewer did the milder of the two.

    Returns
    -------
    DataFrame
        measure; later and earlier score on what both waves have in common; difference, low, high, noise_band,
        detectable, is_unlikely, verdict (clear, possible, none; empty for a facet); linked, linked_low, linked_high
        and n_linked of the people who answered twice; by_answers and by_mix, the parts of the change of the respondent
        mean; n and n_earlier.
    """
    now, before = (_estimates(side, policy, dimensions, facets) for side in (later, earlier))
    found = {
        name: change_between(now[name], before[name], points=policy.change_points)
        for name in now
        if name in before and np.isfinite(now[name].mean - before[name].mean)
    }
    found = {name: change for name, change in found.items() if np.isfinite(change.found.se)}
    linked = {name: pair for name in dimensions if name in found if (pair := _linked(later, earlier, name, policy))}
    verdicts = _verdicts(found, linked, dimensions, policy)
    rows = [
        _row(name, change, verdicts.get(name, ""))
        | {"later": now[name].mean, "earlier": before[name].mean, "n": now[name].n, "n_earlier": before[name].n}
        | (_of_linked(linked[name]) if name in linked else {})
        | (_parts(later, earlier, name) if name in dimensions else {})
        for name, change in found.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _estimates(side: Side, policy: Policy, dimensions: Sequence[str], facets: Sequence[str]) -> dict[str, Estimate]:
    """Estimate each measure without finite population correction; the whole where all dimensions are compared."""
    measures = [*dimensions, *facets]
    moments = side.moments(measures)
    everybody = np.full(moments.n.shape, np.inf)
    weights = np.repeat(side.weights[:, np.newaxis], len(measures), axis=1)
    estimates = stratified_estimates(moments, roster=everybody, weights=weights)
    estimates = with_fallback(estimates, moments.n, roster=everybody, weights=weights, fallback_sd=policy.fallback_sd)
    found = {measure: _one(estimates, place) for place, measure in enumerate(measures)}
    whole = overall_estimate(
        np.stack([side.scores[dimension] for dimension in dimensions], axis=1),
        side.numbers,
        roster=everybody[:, : len(dimensions)],
        weights=weights[:, : len(dimensions)],
        fallback_sd=policy.fallback_sd,
    )
    return found | {OVERALL: _one(whole, 0)}


def _one(estimates: Estimates, place: int) -> Estimate:
    values = (estimates.mean[place], estimates.se[place], estimates.df[place])
    return Estimate(*(float(value) for value in values), n=int(estimates.n[place]))


@dataclass(frozen=True)
class _Linked:
    found: Difference
    n: int
    leads: bool


def _linked(later: Side, earlier: Side, measure: str, policy: Policy) -> _Linked | None:
    """Compare the people who answered twice; None where they are too few to stand for either wave."""
    now, before = linked_places(later.people, earlier.people)
    if not now.size:
        return None
    apart = later.scores[measure][now] - earlier.scores[measure][before]
    is_kept = np.isfinite(apart) & (later.numbers[now] >= 0) & (earlier.numbers[before] >= 0)
    strata = [later.strata[place] for place in now[is_kept]]
    n, scored = int(is_kept.sum()), [int(side.scored(measure).sum()) for side in (later, earlier)]
    if n < policy.min_pairs or n < policy.linked_share * max(scored):
        return None
    weights = dict(zip(later.ids, later.weights.tolist(), strict=True))
    found = linked_difference(apart[is_kept], strata, fallback_sd=policy.fallback_sd, weights=weights)
    return _Linked(found, n, leads=n >= policy.linked_lead * max(scored)) if np.isfinite(found.se) else None


def _verdicts(
    found: Mapping[str, Change], linked: Mapping[str, _Linked], dimensions: Sequence[str], policy: Policy
) -> dict[str, str]:
    compared = [name for name in dimensions if name in found]
    usual = _adjusted({name: found[name].found for name in compared}, policy)
    of_linked = _adjusted({name: linked[name].found for name in linked}, policy)
    verdicts = {
        name: said
        if name not in of_linked
        else of_linked[name]
        if linked[name].leads
        else min(said, of_linked[name], key=MILDEST_FIRST.index)
        for name, said in usual.items()
    }
    if OVERALL in found:
        verdicts[OVERALL] = _verdict(found[OVERALL].found, found[OVERALL].found.p, policy)
    return verdicts


def _adjusted(found: Mapping[str, Difference], policy: Policy) -> dict[str, str]:
    adjusted = holm([one.p for one in found.values()])
    return {name: _verdict(one, p, policy) for (name, one), p in zip(found.items(), adjusted, strict=True)}


def _verdict(found: Difference, adjusted: float, policy: Policy) -> str:
    return verdict(
        found.value,
        p=found.p,
        adjusted=adjusted,
        points=policy.change_points,
        possible_p=policy.possible_p,
        otherwise="none",
    )


def _row(name: str, change: Change, said: str) -> dict[str, object]:
    return {
        "measure": name,
        "difference": change.found.value,
        "low": change.found.low,
        "high": change.found.high,
        "noise_band": change.noise_band,
        "detectable": change.detectable,
        "is_unlikely": change.is_unlikely,
        "verdict": said,
    }


def _of_linked(pair: _Linked) -> dict[str, object]:
    found = pair.found
    return {"linked": found.value, "linked_low": found.low, "linked_high": found.high, "n_linked": pair.n}


def _parts(later: Side, earlier: Side, measure: str) -> dict[str, object]:
    """Split the change of the mean over respondents into answers and mix of roles."""
    now, before = (_by_stratum(side, measure) for side in (later, earlier))
    if now.keys() != before.keys():
        return {}
    split = respondent_mix(before, now)
    return {"by_answers": split.answers, "by_mix": split.mix}


def _by_stratum(side: Side, measure: str) -> dict[str, list[float]]:
    scored, values = side.scored(measure), side.scores[measure]
    strata = np.array(side.strata)
    found = {stratum: values[scored & (strata == stratum)].tolist() for stratum in side.ids}
    return {stratum: scores for stratum, scores in found.items() if scores}
