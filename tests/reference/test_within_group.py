"""r_wg and its chance quantile against published values, fractions and the exact chance distribution."""

from collections import Counter
from fractions import Fraction
from math import factorial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assessment.scoring.within_group import rwg, rwg_chance_quantile, rwg_j
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
ANSWERS = arrays.arrays(np.int64, st.tuples(st.integers(2, 12), st.integers(1, 6)), elements=st.integers(1, 5))


def counts(n, points):
    """Every way in which n answers fall on so many options."""
    if points == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in counts(n - first, points - 1):
            yield (first, *rest)


def chance_of_squares(n, points):
    """The exact distribution of n times the sum of squares of n equally likely answers."""
    found = Counter()
    for of in counts(n, points):
        ways = factorial(n)
        for count in of:
            ways //= factorial(count)
        total = sum(value * count for value, count in enumerate(of))
        found[n * sum(value**2 * count for value, count in enumerate(of)) - total**2] += ways
    return found


def exact_chance(n, points, items):
    """r_wg(j) and its exact chance, rising; the answers to different items are independent."""
    one = chance_of_squares(n, points)
    sums = Counter({0: 1})
    for _ in range(items):
        following = Counter()
        for a, ways in sums.items():
            for b, more in one.items():
                following[a + b] += ways * more
        sums = following
    found = Counter()
    for squares, ways in sums.items():
        ratio = min(Fraction(12 * squares, n * (n - 1) * items * (points**2 - 1)), Fraction(1))
        found[items * (1 - ratio) / (items * (1 - ratio) + ratio)] += ways
    values = sorted(found)
    chance = np.array([found[value] for value in values], dtype=float) / points ** (n * items)
    return np.array([float(value) for value in values]), chance


# Published and worked by hand.


def test_agreement_worked_by_hand():
    rows = np.array([[4, 4, 5], [4, 3, 4], [5, 4, 4], [3, 4, 4], [4, 2, 5], [2, 4, 4]])
    # s2 are 16/15, 7/10 and 4/15; S = 61/90 and S / 2 = 61/180, so 3 * 119 / (3 * 119 + 61)
    assert rwg(rows[:, 0], points=5) == pytest.approx(1 - 8 / 15)
    assert rwg_j(rows, points=5) == pytest.approx(357 / 418)


def test_critical_value_as_published():
    known = PUBLISHED["chance_of_ten"]
    values, chance = exact_chance(known["n"], known["points"], 1)
    at_least = chance[::-1].cumsum()[::-1]
    critical = values[at_least <= 0.05].min()
    assert critical == pytest.approx(known["critical"], abs=5e-3)
    # Chance reaches no value between ours and the published one: above ours is significant at 5 %.
    assert rwg_chance_quantile(known["n"], points=known["points"], items=1) == pytest.approx(
        values[values < critical].max()
    )


def test_six_points_and_seven():
    assert rwg([1, 6, 1, 6], points=6) == 0
    assert rwg([3, 4, 3, 4], points=7) == pytest.approx(1 - (1 / 3) / 4)  # (49 - 1) / 12 = 4


# A second calculation.


@pytest.mark.parametrize(("n", "points", "items"), [(2, 5, 1), (5, 5, 1), (8, 5, 3), (5, 7, 2), (12, 4, 2)])
def test_chance_quantile_from_the_exact_distribution(n, points, items):
    values, chance = exact_chance(n, points, items)
    assert chance.sum() == pytest.approx(1)
    below, above = (values[np.searchsorted(chance.cumsum(), share)] for share in (0.945, 0.955))
    assert below - 1e-12 <= rwg_chance_quantile(n, points, items) <= above + 1e-12


@pytest.mark.parametrize("q", [0.5, 0.99])
def test_other_quantiles_from_the_exact_distribution(q):
    values, chance = exact_chance(8, 5, 3)
    below, above = (values[np.searchsorted(chance.cumsum(), share)] for share in (q - 0.01, q + 0.005))
    assert below - 1e-12 <= rwg_chance_quantile(8, 5, 3, q=q) <= above + 1e-12


@given(ANSWERS)
def test_agreement_is_spearman_and_brown_of_one_item_in_fractions(answers):
    n, items = answers.shape
    columns = [[Fraction(int(v)) for v in column] for column in answers.T]
    variances = [(sum(v * v for v in c) - sum(c) ** 2 / n) / (n - 1) for c in columns]
    one = max(Fraction(0), 1 - sum(variances) / items / 2)
    found = rwg_j(answers, points=5)
    assert found == pytest.approx(float(items * one / (1 + (items - 1) * one)), abs=1e-12)
    assert 0 <= found <= 1
    assert rwg_j(6 - answers[::-1, ::-1], points=5) == pytest.approx(found, abs=1e-12)
    assert rwg(answers[:, 0], points=5) == pytest.approx(rwg_j(answers[:, :1], points=5))


# Edges.


def test_only_respondents_who_answered_every_item_count():
    rows = np.array([[4.0, 4], [4, 3], [5, np.nan], [3, 4], [np.nan, 1]])
    assert rwg_j(rows, points=5) == rwg_j(rows[[0, 1, 3]], points=5)
    assert rwg(rows[:, 0], points=5) == rwg([4, 4, 5, 3], points=5)


def test_all_the_same_is_full_agreement_and_the_ends_none():
    assert rwg([0.1, 0.1, 0.1], points=5) == 1
    assert rwg([1, 1, 1, 5, 5, 5], points=5) == 0
    assert rwg_j([[1, 1], [5, 5]], points=5) == 0


def test_what_cannot_be_computed_is_missing():
    assert np.isnan(rwg([3], points=5))
    assert np.isnan(rwg([], points=5))
    assert np.isnan(rwg([1, 1], points=1))
    assert np.isnan(rwg_j(np.empty((5, 0)), points=5))
    assert np.isnan(rwg_j([[np.nan, 2], [1, np.nan]], points=5))
    assert np.isnan([rwg_chance_quantile(1, 5, 3), rwg_chance_quantile(5, 1, 3), rwg_chance_quantile(5, 5, 0)]).all()


def test_the_quantile_is_the_same_whenever_asked_and_above_sixty():
    assert rwg_chance_quantile(61, 5, 2) == rwg_chance_quantile(60, 5, 2) == rwg_chance_quantile(900, 5, 2)
    assert rwg_chance_quantile(59, 5, 2) != rwg_chance_quantile(60, 5, 2)


@settings(deadline=None, max_examples=15)
@given(st.integers(2, 30), st.integers(2, 7), st.integers(1, 4), st.floats(0, 1))
def test_a_quantile_lies_between_none_and_full_agreement(n, points, items, q):
    assert 0 <= rwg_chance_quantile(n, points, items, q) <= 1
