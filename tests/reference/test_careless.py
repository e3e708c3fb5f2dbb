"""Signs of careless answering against published results, hand-worked cases and second calculations."""

import statistics
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial.distance import mahalanobis as one_distance

from assessment.scoring.careless import (
    contradiction,
    even_odd,
    intra_individual_variability,
    longstring,
    mahalanobis,
)
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
SHAPES = st.tuples(st.integers(0, 6), st.integers(0, 12))
ANSWERS = arrays.arrays(np.float64, SHAPES, elements=st.sampled_from([1.0, 2, 3, 4, 5, np.nan]))
TWELVE = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 6), st.just(12)), elements=st.sampled_from([1.0, 2, 3, 4, 5, np.nan])
)
FACETS = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7)]
MISSING = np.nan


# Long strings.


@pytest.mark.parametrize(
    ("row", "longest"),
    [
        ([3, 3, 3, 1, 3, 3], 3),
        ([1, 2, 2, 2, 2], 4),
        ([4, 4, 4, 4], 4),
        ([1, 2, 3, 4], 1),
        ([3, 3, MISSING, 3, 3, 3], 3),
        ([3, MISSING, MISSING, MISSING, 3], 1),
        ([MISSING, MISSING], 0),
    ],
)
def test_longest_run_by_hand(row, longest):
    assert longstring([row]).tolist() == [longest]


@given(ANSWERS)
def test_longest_run_is_the_longest_group_of_itertools(answers):
    found = longstring(answers)
    expected = [max((len(list(run)) for value, run in groupby(row) if value > 0), default=0) for row in answers]
    assert found.tolist() == expected
    assert ((found >= 0) & (found <= answers.shape[1])).all()
    assert longstring(6 - answers[:, ::-1]).tolist() == expected


# Spread within a person.


@given(ANSWERS)
def test_spread_within_a_person_is_the_standard_deviation_of_the_standard_library(answers):
    given_answers = [row[np.isfinite(row)].tolist() for row in answers]
    expected = [statistics.stdev(row) if len(row) > 1 else np.nan for row in given_answers]
    found = intra_individual_variability(answers)
    assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)
    assert found == pytest.approx(intra_individual_variability(6 - answers[:, ::-1]), abs=1e-12, nan_ok=True)


# Halves of facets.


def test_even_odd_by_hand():
    facets = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    agree = [1, 2, 3, 3, 3, 3, 5, 4, 3]  # odd means 2, 3, 4; even 2, 3, 4
    part = [1, 3, 1, 2, 2, 2, 3, 4, 3]  # odd 1, 2, 3; even 3, 2, 4: r = 1 / sqrt(2 * 2) = .5, 2 * .5 / 1.5
    against = [1, 5, 1, 3, 3, 3, 5, 1, 5]  # r = -1
    weakly = [1, 4, 1, 2, 2, 2, 3, 3, 3]  # r = -.5, and 2 * -.5 / .5 = -2 is shown as -1
    found = even_odd([agree, part, against, weakly], facets)
    assert found == pytest.approx([1, 2 / 3, -1, -1])


def test_a_facet_counts_when_both_halves_were_answered():
    row = [1, 3, 1, 2, 2, 2, 3, 4, 3, 5, MISSING, 1]
    assert even_odd([row], FACETS) == pytest.approx([2 / 3])
    assert even_odd([[MISSING, 3, 1, *row[3:]]], FACETS) == pytest.approx([2 / 3])
    assert np.isnan(even_odd([[1, MISSING, 1, *row[3:]]], FACETS)).all()


def test_two_facets_or_a_flat_half_say_nothing():
    assert np.isnan(even_odd([[1, 2, 3, 4], [4, 4, 1, 1]], [[0, 1], [2, 3]])).all()
    assert np.isnan(even_odd([[3] * 12, [3, 1, 3, 3, 2, 3, 3, 3, 3, 3, 4, 3]], FACETS)).all()
    assert np.isnan(even_odd([[3] * 12], [])).all()


@settings(deadline=None)
@given(TWELVE, st.randoms())
def test_even_odd_is_the_correlation_of_the_standard_library(answers, random):
    found = even_odd(answers, FACETS)
    assert found == pytest.approx([longhand_even_odd(row) for row in answers], abs=1e-9, nan_ok=True)
    known = found[np.isfinite(found)]
    assert ((known >= -1) & (known <= 1)).all()
    mixed = even_odd(25 * answers - 25, random.sample(FACETS, 4))
    assert mixed == pytest.approx(found, abs=1e-9, nan_ok=True)


def longhand_even_odd(row):
    halves = [([row[i] for i in facet[::2]], [row[i] for i in facet[1::2]]) for facet in FACETS]
    known = [[[v for v in half if v > 0] for half in both] for both in halves]
    means = [[statistics.mean(half) for half in both] for both in known if all(both)]
    if len(means) < 3:
        return np.nan
    odd, even = zip(*means, strict=True)
    if statistics.pstdev(odd) < 1e-6 or statistics.pstdev(even) < 1e-6:
        return np.nan
    r = statistics.correlation(odd, even)
    return max(-1, 2 * r / (1 + r)) if r > -0.999999 else -1


# Distance from the middle.


def test_distances_as_published():
    air = sm.datasets.stackloss.load_pandas().exog.to_numpy()
    found = np.sqrt(mahalanobis(air))
    assert found == pytest.approx(PUBLISHED["stackloss"]["distances"], abs=5.1e-3)


def test_distances_of_scipy():
    answers = np.random.default_rng(1).integers(1, 6, (40, 4)).astype(float)
    answers[3, 2] = np.nan
    complete = np.delete(answers, 3, axis=0)
    inverse = np.linalg.inv(np.cov(complete, rowvar=False))
    expected = [one_distance(row, complete.mean(axis=0), inverse) ** 2 for row in complete]
    found = mahalanobis(answers)
    assert np.delete(found, 3) == pytest.approx(expected)
    assert np.isnan(found[3])
    assert np.nansum(found) == pytest.approx(38 * 4)  # always (n - 1) times the items


@pytest.mark.parametrize(("n", "is_known"), [(20, False), (21, True)])
def test_distances_need_more_than_five_respondents_per_item(n, is_known):
    answers = np.random.default_rng(2).normal(size=(n, 4))
    assert np.isfinite(mahalanobis(answers)).all() == is_known
    assert np.isnan(mahalanobis(np.vstack([answers[:20], np.full((5, 4), np.nan)]))).all()


def test_an_item_that_says_nothing_new_gives_no_distance():
    answers = np.random.default_rng(3).integers(1, 6, (60, 3)).astype(float)
    assert np.isnan(mahalanobis(np.column_stack([answers, answers[:, 0]]))).all()
    assert np.isnan(mahalanobis(np.column_stack([answers, answers.sum(axis=1)]))).all()
    assert np.isnan(mahalanobis(np.column_stack([answers, np.full(60, 0.1)]))).all()
    assert mahalanobis(np.empty((0, 3))).shape == (0,)
    assert np.isnan(mahalanobis(np.empty((4, 0)))).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.randoms())
def test_distances_ignore_units_keys_and_order(seed, random):
    answers = np.random.default_rng(seed).integers(1, 6, (30, 4)).astype(float)
    found, people = mahalanobis(answers), random.sample(range(30), 30)
    turned = answers[people][:, random.sample(range(4), 4)] * [1, -1, 25, 3] + [0, 6, -25, 1]
    assert mahalanobis(turned) == pytest.approx(found[people], nan_ok=True)
    assert np.isnan(found).all() or (found >= 0).all()


# Opposite pairs.


def test_contradiction_by_hand():
    points = [
        [100, 0, 75, 75, 50, 25, MISSING, 0],  # 4, 0 and 1 steps apart
        [100, 0, 75, 75, 50, MISSING, 0, MISSING],  # two pairs only
        [0, 100, 0, 100, 100, 0, 0, 100],  # 4 steps everywhere
        [25, 25, 50, 50, 75, 75, 0, 0],
    ]
    assert contradiction(points, PAIRS) == pytest.approx([5 / 3, np.nan, 4, 0], nan_ok=True)
    assert contradiction(points, PAIRS, least=2) == pytest.approx([5 / 3, 2, 4, 0])
    assert np.isnan(contradiction(points, [])).all()


@given(TWELVE, st.randoms())
def test_contradiction_lies_between_none_and_the_whole_scale(answers, random):
    points = 25 * answers - 25
    found = contradiction(points, PAIRS)
    known = found[np.isfinite(found)]
    assert ((known >= 0) & (known <= 4)).all()
    swapped = [tuple(random.sample(pair, 2)) for pair in random.sample(PAIRS, 4)]
    assert contradiction(100 - points, swapped) == pytest.approx(found, abs=1e-12, nan_ok=True)
