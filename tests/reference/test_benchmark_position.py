"""The random-intercept model and the percentile against published fits, statsmodels and longhand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import norm
from statsmodels.regression.mixed_linear_model import MixedLM

from assessment.scoring.benchmark_position import benchmark_position, shrunken
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
SCORES = st.floats(0, 100, allow_nan=False).map(lambda v: round(v, 2))
ORGANISATIONS = st.lists(
    st.tuples(SCORES, st.floats(1, 900).map(lambda v: round(v, 2)), st.integers(1, 60)), min_size=3, max_size=12
).filter(lambda of: sum(n - 1 for *_, n in of) > 0)


def summary(groups):
    """Means, variances and sizes of raw scores."""
    variances = [np.var(of, ddof=1) if len(of) > 1 else np.nan for of in groups]
    return np.array([np.mean(of) for of in groups]), np.array(variances), np.array([len(of) for of in groups])


def fitted(groups):
    means, variances, n = summary(groups)
    return shrunken(means, n, np.where(n > 1, (n - 1) * variances, 0), n - 1)


def made_up(seed, sizes, between=8.0, within=15.0):
    random = np.random.default_rng(seed)
    return [50 + between * random.normal() + within * random.normal(size=n) for n in sizes]


# Published.


def test_dyestuff_as_published():
    known = PUBLISHED["dyestuff"]
    found = fitted(known["batches"])
    assert found.mu == pytest.approx(known["mean"])
    assert (found.tau2, found.sigma2) == pytest.approx((known["between"], known["within"]), abs=0.5)
    assert found.theta - found.mu == pytest.approx(known["away"], abs=1e-4)


def test_batches_that_cannot_be_told_apart_as_published():
    known = PUBLISHED["dyestuff2"]
    found = fitted(known["batches"])
    assert found.tau2 == 0
    assert found.mu == pytest.approx(known["mean"])
    assert np.sqrt(found.sigma2 * 29 / 30) == pytest.approx(known["residual_sd_divisor_30"])
    assert found.theta == pytest.approx([found.mu] * 6)
    position = benchmark_position(*summary(known["batches"]), 0)
    assert np.isnan([position.percentile, position.low, position.high]).all()


# A second calculation.


def test_the_model_of_statsmodels():
    groups = made_up(5, [4, 9, 14, 7, 22, 3, 11, 30])
    scores, names = np.concatenate(groups), np.repeat(np.arange(8), [len(of) for of in groups])
    model = MixedLM(scores, np.ones((scores.size, 1)), groups=names).fit(reml=True, method="bfgs", gtol=1e-8)
    found = fitted(groups)
    assert found.mu == pytest.approx(model.fe_params[0], rel=1e-6)
    assert found.sigma2 == pytest.approx(model.scale, rel=1e-4)
    assert found.tau2 == pytest.approx(float(np.asarray(model.cov_re)[0, 0]), rel=1e-3)
    away = [float(np.asarray(model.random_effects[g])[0]) for g in range(8)]
    assert found.theta - found.mu == pytest.approx(away, rel=1e-3)
    unsure = [float(np.asarray(model.random_effects_cov[g])[0, 0]) for g in range(8)]
    assert found.variance == pytest.approx(unsure, rel=1e-3)


def test_strata_by_a_search_of_both_variances():
    """Means with variance tau2 + sigma2 / n*, sums of squares as sigma2 times chi squared, the mean integrated out."""
    random = np.random.default_rng(8)
    n_star, df = random.uniform(5, 40, 15), random.integers(10, 60, 15)
    means = 50 + random.normal(size=15) * np.sqrt(60 + 200 / n_star)
    within = 200 * random.chisquare(df)

    def deviance(logs):
        tau2, sigma2 = np.exp(logs)
        total = tau2 + sigma2 / n_star
        mu = (means / total).sum() / (1 / total).sum()
        of_means = np.log(total).sum() + ((means - mu) ** 2 / total).sum() + np.log((1 / total).sum())
        return of_means + df.sum() * np.log(sigma2) + within.sum() / sigma2

    options = {"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000}
    tau2, sigma2 = np.exp(minimize(deviance, np.log([50, 150]), method="Nelder-Mead", options=options).x)
    found = shrunken(means, n_star, within, df)
    assert (found.tau2, found.sigma2) == pytest.approx((tau2, sigma2), rel=1e-5)
    share = tau2 / (tau2 + sigma2 / n_star)
    assert found.theta == pytest.approx(found.mu + share * (means - found.mu), rel=1e-6)
    assert found.variance == pytest.approx(share * sigma2 / n_star, rel=1e-4)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(2, 25), st.floats(0, 12))
def test_equal_sizes_give_the_estimate_of_the_analysis_of_variance(seed, n_groups, n, between):
    groups = np.array(made_up(seed, [n] * n_groups, between=between))
    ms_between, ms_within = n * groups.mean(axis=1).var(ddof=1), groups.var(axis=1, ddof=1).mean()
    found = fitted(groups)
    assert found.mu == pytest.approx(groups.mean())
    if ms_between > ms_within * (1 + 1e-4):
        assert found.tau2 == pytest.approx((ms_between - ms_within) / n, rel=1e-4, abs=1e-6)
        assert found.sigma2 == pytest.approx(ms_within, rel=1e-5)
    elif ms_between < ms_within:
        assert found.tau2 == 0
        assert found.sigma2 == pytest.approx(groups.var() * groups.size / (groups.size - 1))


def test_percentile_by_hand():
    groups = made_up(2, [20, 30, 25, 40, 22, 35])
    model = fitted(groups)
    unsure = np.sqrt(model.variance[1] + np.delete(model.variance, 1))
    expected = 100 * norm.cdf((model.theta[1] - np.delete(model.theta, 1)) / unsure).mean()
    assert benchmark_position(*summary(groups), 1).percentile == pytest.approx(expected)


def test_interval_by_other_draws():
    groups = made_up(3, [20, 25, 30, 22] * 5, between=3)
    model = fitted(groups)
    drawn = np.random.default_rng(77).normal(model.theta, np.sqrt(model.variance), (200_000, 20))
    for index in (0, 7, 19):
        above = 100 * (np.delete(drawn, index, axis=1) < drawn[:, [index]]).mean(axis=1)
        found = benchmark_position(*summary(groups), index)
        assert (found.low, found.high) == pytest.approx(tuple(np.quantile(above, [0.025, 0.975])), abs=100 / 19 + 1e-9)
        assert found.percentile == pytest.approx(above.mean(), abs=0.5)


# Edges.


def test_an_organisation_with_a_missing_mean_counts_nowhere():
    means, variances, n = summary(made_up(4, [20, 30, 25, 40]))
    found = benchmark_position([*means, np.nan, 90], [*variances, 100, np.nan], [*n, 30, 30], 2)
    assert found == benchmark_position(means, variances, n, 2)
    assert np.isnan(benchmark_position([*means, np.nan], [*variances, 100], [*n, 30], 4).percentile)


def test_a_single_score_has_no_spread_of_its_own():
    means, variances, n = summary(made_up(4, [20, 30, 25, 40]))
    missing, made_up_one = ([*variances, of] for of in (np.nan, 1e6))
    with_one = benchmark_position([*means, 70.0], missing, [*n, 1], 4)
    assert with_one == benchmark_position([*means, 70.0], made_up_one, [*n, 1], 4)
    assert with_one.low <= with_one.percentile <= with_one.high


@pytest.mark.parametrize(
    ("means", "variances", "ns"),
    [
        pytest.param([50.0], [100.0], [20], id="alone"),
        pytest.param([50.0, np.nan], [100.0, 100.0], [20, 20], id="no other with a mean"),
        pytest.param([50.0, 60.0, 70.0], [np.nan] * 3, [1, 1, 1], id="one score each"),
        pytest.param([50.1, 50.1, 50.1], [100.0] * 3, [20, 30, 40], id="all means agree"),
        pytest.param([0.1 + 0.2, 0.3, 0.3], [0.0] * 3, [20, 30, 40], id="everybody agrees"),
        pytest.param([50.0, 50.5, 49.5], [400.0] * 3, [20, 20, 20], id="no more than chance"),
    ],
)
def test_what_cannot_be_told_is_missing(means, variances, ns):
    found = benchmark_position(means, variances, ns, 0)
    assert np.isnan([found.percentile, found.low, found.high]).all()


def test_without_spread_inside_every_mean_stays_where_it_is():
    found = shrunken([40.0, 50.0, 60.0], [20, 30, 40], [0, 0, 0], [19, 29, 39])
    assert found.theta == pytest.approx([40, 50, 60], abs=0.01)
    assert benchmark_position([40.0, 50, 60], [0, 0, 0], [20, 30, 40], 1).percentile == pytest.approx(50, abs=0.1)


# What must hold for any organisations.


@settings(deadline=None, max_examples=30)
@given(ORGANISATIONS, st.randoms())
def test_percentile_and_shrinkage(organisations, random):
    means, variances, n = (np.array(column, dtype=float) for column in zip(*organisations, strict=True))
    model = shrunken(means, n, (n - 1) * variances, n - 1)
    low, high = np.minimum(means, model.mu), np.maximum(means, model.mu)
    assert ((low - 1e-9 <= model.theta) & (model.theta <= high + 1e-9)).all()
    assert ((model.variance >= 0) & (model.variance <= model.tau2)).all()
    found = [benchmark_position(means, variances, n, index) for index in range(len(means))]
    if model.tau2 == 0:
        assert np.isnan([position.percentile for position in found]).all()
        return
    assert all(0 <= of.low <= of.percentile <= of.high <= 100 for of in found)
    assert np.mean([of.percentile for of in found]) == pytest.approx(50)  # who is above one is what the other is below
    order = random.sample(range(len(means)), len(means))
    again = [benchmark_position(means[order], variances[order], n[order], order.index(i)) for i in range(len(means))]
    assert [of.percentile for of in again] == pytest.approx([of.percentile for of in found], abs=1e-5)
    assert [of.low for of in again] == pytest.approx([of.low for of in found], abs=1e-5)


def test_the_order_of_organisations_moves_no_draw():
    means, variances, n = summary(made_up(11, range(20, 60), between=2))
    for index in (0, 13, 39):
        there = benchmark_position(means, variances, n, index)
        back = benchmark_position(means[::-1], variances[::-1], n[::-1], 39 - index)
        assert (there.percentile, there.low, there.high) == pytest.approx((back.percentile, back.low, back.high))


@settings(deadline=None, max_examples=25)
@given(ORGANISATIONS)
def test_a_mirrored_scale_mirrors_the_percentile(organisations):
    means, variances, n = (np.array(column, dtype=float) for column in zip(*organisations, strict=True))
    there, back = (benchmark_position(of, variances, n, 0).percentile for of in (means, 100 - means))
    assert there == pytest.approx(100 - back, abs=1e-4, nan_ok=True)
