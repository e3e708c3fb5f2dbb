"""Welch, Hedges, Games and Howell, and Holm against published results and other programs."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import ttest_ind
from statsmodels.stats.multicomp import pairwise_tukeyhsd
from statsmodels.stats.multitest import multipletests

from assessment.scoring.differences import holm
from assessment.scoring.effect_size import hedges_g
from assessment.scoring.games_howell import games_howell
from assessment.scoring.welch import welch
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
SCORES = st.lists(st.sampled_from([0.0, 12.5, 25.0, 50.0, 75.0, 100.0]), min_size=2, max_size=10)


def scores_with(mean, sd, n):
    """Made-up scores with exactly this mean and standard deviation."""
    raw = np.arange(n, dtype=float)
    return mean + sd * (raw - raw.mean()) / raw.std(ddof=1)


# Welch.


def test_student_s_sleep_as_published():
    known = PUBLISHED["sleep"]
    found = welch(known["first"], known["second"])
    assert found.value == pytest.approx(0.75 - 2.33)
    assert found.value / found.se == pytest.approx(known["t"], abs=5e-5)
    assert found.df == pytest.approx(known["df"], abs=5e-4)
    assert found.p == pytest.approx(known["p"], abs=5e-6)
    assert (found.low, found.high) == pytest.approx(tuple(known["interval"]), abs=5e-8)


@given(SCORES, SCORES)
def test_welch_is_that_of_scipy_and_read_backwards_has_the_other_sign(first, second):
    assume(len(set(first)) > 1 or len(set(second)) > 1)
    found, back = welch(first, second), welch(second, first)
    known = ttest_ind(first, second, equal_var=False) if min(len(set(first)), len(set(second))) > 1 else None
    assert found.value == pytest.approx(np.mean(first) - np.mean(second))
    if known is not None:
        interval = known.confidence_interval(0.95)
        assert (found.p, found.df) == pytest.approx((known.pvalue, known.df))
        assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert (found.value, found.low, found.high) == pytest.approx((-back.value, -back.high, -back.low))
    assert found.low <= found.value <= found.high
    assert 0 <= found.p <= 1


def test_welch_of_one_side_without_spread_is_welch_as_it_is():
    found = welch([60.1, 60.1, 60.1], [40.0, 50.0, 70.0, 40.0])
    assert found.df == pytest.approx(3)
    assert found.se == pytest.approx(np.std([40, 50, 70, 40], ddof=1) / 2)


def test_welch_without_spread_or_scores():
    still = welch([0.1, 0.1, 0.1], [0.7, 0.7])
    assert still.value == pytest.approx(-0.6)
    assert np.isnan([still.low, still.high, still.se, still.df, still.p]).all()
    single = welch([50.0], [40.0, 60.0])
    assert single.value == 0
    assert np.isnan([single.low, single.p]).all()
    assert np.isnan(welch([], [1.0, 2.0]).value)
    assert welch([50.0, np.nan, 70.0], [40.0, 60.0]) == welch([50.0, 70.0], [40.0, 60.0])


# Hedges.


def test_hedges_as_published():
    known = PUBLISHED["borenstein"]
    first, second = (scores_with(m, s, known["n"]) for m, s in zip(known["means"], known["sds"], strict=True))
    assert hedges_g(first, second) == pytest.approx(known["g"], abs=1e-4)


def test_hedges_from_the_gamma_function_of_the_standard_library():
    first, second = [70, 80, 75, 85, 90], [50, 60, 40, 55]
    pooled = math.sqrt((4 * np.var(first, ddof=1) + 3 * np.var(second, ddof=1)) / 7)
    correction = math.gamma(3.5) / (math.sqrt(3.5) * math.gamma(3))
    assert hedges_g(first, second) == pytest.approx(correction * (80 - 51.25) / pooled)


# Games and Howell.


def test_tooth_growth_as_published():
    known = PUBLISHED["tooth_growth"]
    assert {dose: np.mean(of) for dose, of in known["doses"].items()} == pytest.approx(known["means"])
    found = games_howell(*flat(known["doses"]))
    for pair, p in known["p"].items():
        assert found[tuple(pair.split())] == pytest.approx(p, rel=5e-3)


def test_games_and_howell_of_statsmodels():
    doses = PUBLISHED["tooth_growth"]["doses"] | {"4": [20.0, 31.0, 24.0, 27.0, 18.0]}
    values, names = flat(doses)
    known = pairwise_tukeyhsd(np.array(values), np.array(names), use_var="unequal")
    assert list(games_howell(values, names).values()) == pytest.approx(list(known.pvalues), abs=1e-6)


def flat(groups):
    return [v for of in groups.values() for v in of], [name for name, of in groups.items() for _ in of]


# Holm.


def test_holm_by_hand():
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@pytest.mark.parametrize("n", [1, 2, 6, 15])
def test_holm_of_statsmodels(n):
    p = np.random.default_rng(n).random(n) ** 3
    assert holm(p.tolist()) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-12)
