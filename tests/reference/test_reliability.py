"""Alpha, Feldt's interval, item statistics and omega against published results and second calculations."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.optimize import minimize
from scipy.stats import pearsonr

from assessment.scoring.omega import omega_total
from assessment.scoring.reliability import alpha_if_dropped, cronbach_alpha, feldt_interval, item_rest
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
ATTITUDE = np.array(PUBLISHED["attitude"]["rows"], dtype=float)
ANSWERS = arrays.arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.integers(1, 5))


def exact_alpha(rows):
    """Alpha in fractions, from sums and sums of squares."""
    rows = [[Fraction(int(value)) for value in row] for row in rows]
    n, k = len(rows), len(rows[0])

    def variance(values):
        return (sum(v * v for v in values) - sum(values) ** 2 / n) / (n - 1)

    total = variance([sum(row) for row in rows])
    return Fraction(k, k - 1) * (1 - sum(variance(column) for column in zip(*rows, strict=True)) / total)


def data_with(covariance, n=40):
    """Made-up scores whose covariances are exactly these."""
    noise = np.random.default_rng(1).normal(size=(n, len(covariance)))
    flat = np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(n - 1)
    return 50 + flat @ np.linalg.cholesky(np.array(covariance)).T


def same_correlation(k, r):
    return (1 - r) * np.eye(k) + r


# Published.


def test_alpha_and_interval_as_published():
    known = PUBLISHED["alpha_of_ten"]
    found = cronbach_alpha(np.array(known["items"]).T)
    assert found.value == pytest.approx(known["alpha"], abs=1e-12)
    assert (found.low, found.high) == pytest.approx(tuple(known["interval"]), abs=5e-4)
    assert (found.n, found.k) == (10, 3)


def test_feldt_interval_as_published():
    known = PUBLISHED["feldt"]
    found = feldt_interval(known["alpha"], n=known["n"], k=known["k"])
    assert found == pytest.approx(tuple(known["interval"]), abs=5e-8)


def test_omega_as_published():
    assert omega_total(ATTITUDE) == pytest.approx(PUBLISHED["attitude"]["omega"], abs=5e-7)


# A second calculation.


def test_alpha_in_exact_fractions():
    assert cronbach_alpha(ATTITUDE).value == pytest.approx(float(exact_alpha(ATTITUDE)), abs=1e-12)
    dropped = [float(exact_alpha(np.delete(ATTITUDE, item, axis=1))) for item in range(7)]
    assert alpha_if_dropped(ATTITUDE) == pytest.approx(dropped, abs=1e-12)


def test_alpha_is_one_minus_error_over_persons_of_hoyt():
    persons, items = ATTITUDE.mean(axis=1, keepdims=True), ATTITUDE.mean(axis=0, keepdims=True)
    error = ((ATTITUDE - persons - items + ATTITUDE.mean()) ** 2).sum() / (29 * 6)
    between = 7 * ((persons - ATTITUDE.mean()) ** 2).sum() / 29
    assert cronbach_alpha(ATTITUDE).value == pytest.approx(1 - error / between, abs=1e-12)


@pytest.mark.parametrize(("k", "r"), [(2, 0.5), (3, 0.3), (10, 0.2), (4, -0.1)])
def test_alpha_of_parallel_items_is_spearman_and_brown(k, r):
    assert cronbach_alpha(data_with(same_correlation(k, r))).value == pytest.approx(k * r / (1 + (k - 1) * r))


def test_item_rest_is_the_correlation_with_the_sum_of_the_others():
    expected = [pearsonr(ATTITUDE[:, j], np.delete(ATTITUDE, j, axis=1).sum(axis=1)).statistic for j in range(7)]
    assert item_rest(ATTITUDE) == pytest.approx(expected, abs=1e-12)


def test_omega_of_three_items_in_closed_form():
    r = np.array([[1, 0.56, 0.42], [0.56, 1, 0.48], [0.42, 0.48, 1]])
    spread = np.array([1.0, 2.0, 0.5])
    loadings = spread * np.sqrt([r[0, 1] * r[0, 2] / r[1, 2], r[0, 1] * r[1, 2] / r[0, 2], r[0, 2] * r[1, 2] / r[0, 1]])
    common = loadings.sum() ** 2
    expected = common / (common + (spread**2 - loadings**2).sum())
    assert omega_total(data_with(r * np.outer(spread, spread))) == pytest.approx(expected, abs=1e-6)


def test_omega_of_known_loadings():
    loadings, unique = np.array([0.9, 1.4, 0.4, 1.0, 0.7]), np.array([0.5, 1.0, 0.8, 2.0, 0.3])
    found = omega_total(data_with(np.outer(loadings, loadings) + np.diag(unique)))
    assert found == pytest.approx(loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum()), abs=1e-6)


def test_omega_by_a_search_of_the_likelihood_in_raw_units():
    answers = np.round(
        3 + np.random.default_rng(3).normal(size=(150, 1)) + np.random.default_rng(4).normal(size=(150, 5))
    )
    s = np.cov(answers, rowvar=False)

    def discrepancy(at):
        implied = np.outer(at[:5], at[:5]) + np.diag(np.exp(at[5:]))
        return np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, s))

    at = minimize(discrepancy, np.concatenate([np.sqrt(np.diag(s) / 2), np.log(np.diag(s) / 2)]), method="BFGS").x
    expected = at[:5].sum() ** 2 / (at[:5].sum() ** 2 + np.exp(at[5:]).sum())
    assert omega_total(answers) == pytest.approx(expected, abs=1e-5)


def test_omega_equals_alpha_of_parallel_items_and_is_above_it_otherwise():
    parallel = data_with(same_correlation(4, 0.4))
    assert omega_total(parallel) == pytest.approx(cronbach_alpha(parallel).value, abs=1e-6)
    loadings = np.array([0.9, 0.7, 0.5, 0.3])
    unequal = data_with(np.outer(loadings, loadings) + np.diag(1 - loadings**2))
    assert omega_total(unequal) > cronbach_alpha(unequal).value + 0.01


# Edges.


def test_only_respondents_who_answered_every_item_count():
    holes = np.vstack([ATTITUDE, [[np.nan, *[99.0] * 6], [1.0] * 6 + [np.nan]]])
    assert cronbach_alpha(holes) == cronbach_alpha(ATTITUDE)
    assert omega_total(holes) == omega_total(ATTITUDE)
    assert alpha_if_dropped(holes).tolist() == alpha_if_dropped(ATTITUDE).tolist()
    assert item_rest(holes).tolist() == item_rest(ATTITUDE).tolist()


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(np.full((5, 3), 0.1), id="nobody differs"),
        pytest.param(
            np.array([[3.2, 1.3, -4.5], [0.2, 0.1, -0.3], [4.1, 4.6, -8.7], [3.0, 3.6, -6.6]]), id="all totals agree"
        ),
        pytest.param(ATTITUDE[:2], id="two respondents"),
        pytest.param(ATTITUDE[:, :1], id="one item"),
        pytest.param(np.empty((0, 4)), id="nobody"),
        pytest.param(np.full((6, 3), np.nan), id="no answers"),
    ],
)
def test_what_cannot_be_computed_is_missing(items):
    found = cronbach_alpha(items)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert alpha_if_dropped(items).shape == item_rest(items).shape == (items.shape[1],)


@pytest.mark.parametrize("items", [ATTITUDE[:2], ATTITUDE[:, :2], ATTITUDE[:, :1], np.full((5, 3), 0.1)])
def test_what_needs_three_items_is_missing_below(items):
    assert np.isnan(omega_total(items))
    assert np.isnan(alpha_if_dropped(items)).all()


def test_an_item_without_spread_has_no_correlation_with_the_rest():
    items = np.column_stack([ATTITUDE[:, :2], np.full(30, 0.1)])
    assert np.isnan(item_rest(items)).tolist() == [False, False, True]
    assert np.isnan(omega_total(items))
    assert not np.isnan(cronbach_alpha(items).value)


def test_negative_alpha_is_given_as_it_is():
    found = cronbach_alpha(data_with(same_correlation(3, -0.4)))
    assert found.value == pytest.approx(3 * -0.4 / (1 - 0.8))
    assert found.low < found.value < found.high < 1


def test_omega_of_an_improper_fit_is_missing():
    heywood = np.array([[1, 0.8, 0.7], [0.8, 1, 0.3], [0.7, 0.3, 1]])  # the first loading squared would be 1.87
    assert np.isnan(omega_total(data_with(heywood)))
    assert np.isnan(omega_total(ATTITUDE[:, [0, 0, 1, 2]]))
    loadings = np.array([np.sqrt(0.998), 0.7, 0.6, 0.5])  # 0.2 % of the first item is its own
    assert np.isnan(omega_total(data_with(np.outer(loadings, loadings) + np.diag(1 - loadings**2))))


def test_a_wider_confidence_gives_a_wider_interval():
    narrow, wide = cronbach_alpha(ATTITUDE, confidence=0.8), cronbach_alpha(ATTITUDE, confidence=0.99)
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


# What must hold for any answers.


@settings(deadline=None)
@given(ANSWERS, st.integers(-50, 50), st.integers(1, 30), st.randoms())
def test_alpha_ignores_constants_common_units_and_order(answers, constant, unit, random):
    found = cronbach_alpha(answers)
    assume(not np.isnan(found.value))
    assert found.value == pytest.approx(float(exact_alpha(answers)), rel=1e-9, abs=1e-9)
    assert found.value <= 1 + 1e-12
    assert found.low <= found.value + 1e-12
    moved = answers * unit + constant * np.arange(answers.shape[1])
    order = random.sample(range(answers.shape[1]), answers.shape[1])
    people = random.sample(range(len(answers)), len(answers))
    again = moved[people][:, order]
    assert cronbach_alpha(again).value == pytest.approx(found.value, rel=1e-9, abs=1e-9)
    for statistic in (alpha_if_dropped, item_rest):
        assert statistic(again) == pytest.approx(statistic(answers)[order], rel=1e-8, abs=1e-8, nan_ok=True)
    known = item_rest(answers)[np.isfinite(item_rest(answers))]
    assert (np.abs(known) <= 1 + 1e-9).all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 6), st.floats(0.5, 1.5), st.randoms())
def test_omega_is_a_share_and_ignores_constants_common_units_and_order(seed, k, noise, random):
    drawn = np.random.default_rng(seed)
    answers = np.round(3 + drawn.normal(size=(40, 1)) + noise * drawn.normal(size=(40, k)))
    order = random.sample(range(k), k)
    found, again = omega_total(answers), omega_total(answers[:, order] * 25 - 25 + np.arange(k))
    assert np.isnan(found) or 0 <= found <= 1
    assert again == pytest.approx(found, abs=1e-5, nan_ok=True)
