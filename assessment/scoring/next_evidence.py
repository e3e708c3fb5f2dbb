"""Rank what would narrow the result most: whose further answers, and whose first ones."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from assessment.scoring.arrays import FloatArray, divide
from assessment.scoring.balance import measure_values
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.level_probability import estimate_level_probabilities
from assessment.scoring.moments import Moments, stratum_moments
from assessment.scoring.sensitivity import Wave
from assessment.scoring.stratified import Estimates, present_weights

MORE = 3
"""Further answers that are asked about."""
COLUMNS = ["kind", "group", "gain"]


def next_evidence(wave: Wave, *, missing: tuple[str, ...]) -> pd.DataFrame:
    r"""Give one row per stratum whose further answers would narrow a dimension, and per role that nobody answered for.

    With m = min(3, N - n) further answers of a stratum :math:`\Delta V = w^2 s^2 (1/n - 1/(n + m))`: the correction for
    a finite roster cancels. The gain is the sum over dimensions of (1 - the largest level probability) times the points
    by which the interval becomes narrower, so that a dimension with a sure level asks for nothing. A missing role comes
    first, with 100 times the weight it would have.

    Parameters
    ----------
    missing
        The declared roles for which nobody answered.

    Returns
    -------
    DataFrame
        kind (``missing_role`` or ``answers``), group, gain in points; highest first, ties by group.

    References
    ----------
    Neyman (1934), doi:10.2307/2342192.
    """
    rows = [*_of_missing(wave, missing), *_of_answers(wave)]
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values(["kind", "gain", "group"], ascending=[False, False, True], ignore_index=True)


def _of_missing(wave: Wave, missing: tuple[str, ...]) -> Iterator[dict[str, object]]:
    for role in missing:
        if any(wave.questionnaire.is_eligible(role, measure) for measure in wave.measures[:-1]):
            yield {"kind": "missing_role", "group": role, "gain": 100 / (len(wave.balance.ids) + len(missing))}


def _of_answers(wave: Wave) -> Iterator[dict[str, object]]:
    dimensions = wave.measures[:-1]
    places = [wave.place(measure) for measure in dimensions]
    moments = stratum_moments(
        measure_values(wave.persons, dimensions), wave.balance.of_respondent, n_strata=len(wave.balance.ids)
    )
    usual = _at(wave.estimates(), places)
    doubt = 1 - np.nan_to_num(estimate_level_probabilities(usual, cuts=wave.policy.cut_offs).max(axis=1), nan=1.0)
    width = _widths(usual)
    for number, stratum in enumerate(wave.balance.ids):
        saved = _saved(wave, moments, number, usual)
        narrower = _widths(_with_se(usual, np.sqrt(np.maximum(usual.se**2 - saved, 0.0))))
        gain = float(np.nansum(doubt * (width - narrower)))
        if gain > 0:
            yield {"kind": "answers", "group": stratum, "gain": gain}


def _saved(wave: Wave, moments: Moments, stratum: int, usual: Estimates) -> FloatArray:
    """Give the variance that further answers of a stratum would take away, shape (n_dimensions,)."""
    columns = wave.balance.columns(wave.measures[:-1])
    n = moments.n[stratum].astype(np.float64)
    more = np.minimum(MORE, wave.balance.roster[stratum, columns] - n)
    weight = present_weights(moments.n, wave.balance.weights[:, columns])[stratum]
    # Where the answers show no spread the estimate rests on the usual one, and so does what more answers would bring.
    spread = np.where(usual.is_fallback, wave.policy.fallback_sd**2, moments.variance[stratum])
    saved = weight**2 * spread * (divide(np.ones_like(n), n) - divide(np.ones_like(n), n + more))
    return np.where((more > 0) & (n > 0), np.nan_to_num(saved), 0.0)


def _widths(estimates: Estimates) -> FloatArray:
    low, high = estimate_intervals(estimates)
    return high - low


def _at(estimates: Estimates, places: list[int]) -> Estimates:
    return Estimates(*(getattr(estimates, name)[places] for name in ("mean", "se", "df", "n", "is_fallback")))


def _with_se(estimates: Estimates, se: FloatArray) -> Estimates:
    return Estimates(estimates.mean, se, estimates.df, estimates.n, estimates.is_fallback)
