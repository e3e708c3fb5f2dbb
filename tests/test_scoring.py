"""What must hold for every score, whoever answered: properties, edges, and a second calculation in exact fractions."""

from dataclasses import astuple
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from scipy.stats import ttest_ind

from assessment.model.rule import parse
from assessment.scoring.average_deviation import average_deviation
from assessment.scoring.balance import balance_of
from assessment.scoring.cells import cell_scores
from assessment.scoring.differences import Difference, difference, holm, verdict
from assessment.scoring.draws import draws_of
from assessment.scoring.effect_size import hedges_g
from assessment.scoring.gaps import Gap, role_gaps
from assessment.scoring.gate_support import shares_at_or_below, supported_level
from assessment.scoring.interval import estimate_intervals, logit_t_interval, plain_t_interval
from assessment.scoring.level_probability import level_of, level_probabilities, plain_level_probabilities
from assessment.scoring.level_wording import word_level
from assessment.scoring.moments import stratum_moments
from assessment.scoring.overall import overall_estimate
from assessment.scoring.persons import person_scores
from assessment.scoring.resamples import Resamples, balanced_draws, joint_resamples, stratum_draws, times_drawn
from assessment.scoring.role_balance import Estimate, role_balanced
from assessment.scoring.rules import Values, rule_table
from assessment.scoring.stratified import stratified_estimates, with_fallback
from assessment.scoring.within_group import rwg, rwg_chance_quantile, rwg_j

CUTS = (30, 50, 70, 85)
QUARTERS = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])
GROUPS = st.dictionaries(
    st.sampled_from(["EX", "PM", "EN", "DE"]), st.lists(QUARTERS, min_size=1, max_size=8), min_size=1, max_size=4
)


def flat(groups):
    return [v for of in groups.values() for v in of], [name for name, of in groups.items() for _ in of]


def answers(questionnaire, *, sizes, seed=0, missing=0.15):
    """Made-up answers that follow the routing; some cannot be told, some are left out."""
    random = np.random.default_rng(seed)
    roles = [role for role, n in sizes.items() for _ in range(n)]
    drawn = random.integers(1, 6, (len(roles), len(questionnaire.items)))
    drawn = np.where(random.random(drawn.shape) < missing, random.choice([-1, -2], drawn.shape), drawn)
    asked = [[item.is_asked_of(role) for item in questionnaire.items.values()] for role in roles]
    codes = pd.DataFrame(np.where(asked, drawn, -3).astype("int8"), columns=list(questionnaire.items))
    about = {"respondent": [f"p{n}" for n in range(len(roles))], "role": roles, "team": ["t"] * len(roles)}
    return pd.concat([pd.DataFrame(about), codes], axis=1)


def scored(codes, questionnaire, *, roster=None, strata=None):
    """The organisation's rows by measure, and everything that made them."""
    persons = person_scores(codes, questionnaire)
    stratum_of = strata or {role: role for role in sorted(set(codes["role"]))}
    balance = balance_of(persons, questionnaire, stratum_of=stratum_of, roster=roster)
    cells = cell_scores(persons, balance, questionnaire, questionnaire.policy)
    return cells[cells["group_kind"] == "organisation"].set_index("measure"), persons, balance


SIZES = {"EX": 3, "PM": 6, "EN": 9, "DE": 2, "GTM": 5, "OPS": 1}


# A second calculation in exact fractions.


def exact_mean(values):
    return sum(values, Fraction(0)) / len(values) if values else None


def exact_dimension(row, dimension, questionnaire):
    """The rules read aloud: 2 of 3 items (1 of 2 where two were asked), 3 of 4 facets, only where the role counts."""
    facets = []
    for facet in dimension.parts:
        asked = [item for item in facet.items if item.is_asked_of(row["role"])]
        points = [
            Fraction(5 - row[item.id] if item.reversed else row[item.id] - 1) * 25 for item in asked if row[item.id] > 0
        ]
        if len(asked) >= 2 and len(points) >= (1 if len(asked) == 2 else 2):
            facets.append(exact_mean(points))
    counts = sum(sum(i.is_asked_of(row["role"]) for i in f.items) >= 2 for f in dimension.parts) >= 3
    return exact_mean(facets) if counts and len(facets) >= 3 else None


@pytest.mark.parametrize("seed", range(5))
def test_scores_equal_those_worked_in_fractions(questionnaire, seed):
    codes = answers(questionnaire, sizes=SIZES, seed=seed, missing=0.3)
    rows, persons, _ = scored(codes, questionnaire)
    for dimension in questionnaire.dimensions:
        exact = [exact_dimension(row, dimension, questionnaire) for row in codes.to_dict("records")]
        expected = [np.nan if value is None else float(value) for value in exact]
        np.testing.assert_allclose(persons.table[dimension.id], expected, rtol=0, atol=1e-9)
        by_role = {
            role: [v for v, r in zip(exact, codes["role"], strict=True) if r == role and v is not None]
            for role in SIZES
        }
        balanced = exact_mean([exact_mean(of) for of in by_role.values() if of])
        assert rows.loc[dimension.id, "mean"] == pytest.approx(float(balanced), abs=1e-9)
        each = exact_mean([v for v in exact if v is not None])
        assert rows.loc[dimension.id, "respondent_mean"] == pytest.approx(float(each), abs=1e-9)


def test_a_role_that_is_asked_too_little_of_a_dimension_has_no_score_on_it(questionnaire):
    codes = answers(questionnaire, sizes={"GTM": 4, "PM": 4}, missing=0)
    table = person_scores(codes, questionnaire).table
    of_sales = table[table["role"] == "GTM"]
    assert of_sales[["LE", "OO"]].isna().all(axis=None)
    assert of_sales[["PM", "PO", "LE1"]].notna().all(axis=None)


def test_one_item_asked_of_a_facet_is_not_a_facet_score(questionnaire):
    full = answers(questionnaire, sizes={"PM": 5}, missing=0)
    other = [item.id for item in questionnaire.items.values() if not item.pulse]
    short = person_scores(full.assign(**dict.fromkeys(other, np.int8(-3))), questionnaire).table
    assert short.drop(columns=["respondent", "role", "team"]).isna().all(axis=None)


# Properties of the estimate, its interval and its levels.


@given(GROUPS, st.randoms())
def test_order_and_names_do_not_move_an_estimate(groups, random):
    values, roles = flat(groups)
    order = list(range(len(values)))
    random.shuffle(order)
    names = {"EX": "z", "PM": "y", "EN": "x", "DE": "w"}
    plain = role_balanced(values, roles)
    shuffled = role_balanced([values[i] for i in order], [roles[i] for i in order])
    np.testing.assert_array_equal(astuple(shuffled), astuple(plain))
    renamed = role_balanced(values, [names[role] for role in roles])
    assert (renamed.mean, renamed.se) == pytest.approx((plain.mean, plain.se), nan_ok=True)


@given(GROUPS)
def test_turning_the_scale_around_mirrors_score_and_interval(groups):
    values, roles = flat(groups)
    one, other = role_balanced(values, roles), role_balanced([100 - v for v in values], roles)
    assert other.mean == pytest.approx(100 - one.mean)
    low, high = logit_t_interval(one.mean, one.se, one.df)
    assert logit_t_interval(other.mean, other.se, other.df) == pytest.approx((100 - high, 100 - low), nan_ok=True)


@given(GROUPS)
def test_everybody_twice_keeps_the_mean_and_narrows_the_error(groups):
    values, roles = flat(groups)
    once, twice = role_balanced(values, roles), role_balanced([*values, *values], [*roles, *roles])
    assert twice.mean == pytest.approx(once.mean)
    if all(len(of) > 1 for of in groups.values()):
        assert twice.se <= once.se + 1e-9
    if len(values) > 1:
        assert average_deviation([*values, *values]) == pytest.approx(average_deviation(values))


@given(GROUPS)
def test_where_everyone_answered_there_is_no_error(groups):
    values, roles = flat(groups)
    found = role_balanced(values, roles, roster={name: len(of) for name, of in groups.items()})
    assert found.se == 0
    assert logit_t_interval(found.mean, found.se, found.df) == (found.mean, found.mean)


@given(GROUPS, st.integers(1, 20))
def test_a_roster_only_narrows_the_error(groups, absent):
    values, roles = flat({name: of for name, of in groups.items() if len(of) > 1})
    if values:
        with_roster = role_balanced(values, roles, roster={name: roles.count(name) + absent for name in roles})
        assert with_roster.se <= role_balanced(values, roles).se + 1e-12


@given(st.lists(QUARTERS, min_size=2, max_size=20))
def test_one_role_is_an_ordinary_sample(values):
    found = role_balanced(values, ["A"] * len(values))
    assert found.mean == pytest.approx(np.mean(values))
    assert found.se == pytest.approx(stats.sem(values))
    assert found.se == 0 or found.df == pytest.approx(len(values) - 1)


@given(st.integers(2, 6), st.data())
def test_equal_roles_give_the_mean_over_people(n, data):
    groups = {name: data.draw(st.lists(QUARTERS, min_size=n, max_size=n)) for name in "ABC"}
    values, roles = flat(groups)
    assert role_balanced(values, roles).mean == pytest.approx(np.mean(values))


@given(st.floats(0.5, 99.5), st.floats(0.01, 40), st.floats(1, 200))
def test_the_interval_stays_on_the_scale_and_agrees_with_the_levels(mean, se, df):
    low, high = logit_t_interval(mean, se, df)
    assert 0 <= low <= mean <= high <= 100
    shares = level_probabilities(mean, se, df, CUTS)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1)
    if 0.01 < low < 99.99:
        assert level_probabilities(mean, se, df, (low,))[0] == pytest.approx(0.025, abs=1e-6)


@given(GROUPS, st.data())
def test_a_better_answer_never_lowers_the_score(groups, data):
    values, roles = flat(groups)
    place = data.draw(st.integers(0, len(values) - 1))
    better = [min(100, v + 25) if n == place else v for n, v in enumerate(values)]
    assert role_balanced(better, roles).mean >= role_balanced(values, roles).mean - 1e-9


@given(st.lists(st.integers(1, 5), min_size=2, max_size=30))
def test_people_stand_between_nought_and_two_steps_from_the_middle(given_answers):
    assert 0 <= average_deviation(given_answers) <= 2
    assert 0 <= average_deviation(given_answers, about="mean") <= 2


def test_declared_weights_are_rescaled_over_the_roles_that_answered():
    found = role_balanced([20, 80, np.nan], ["A", "B", "C"], weights={"A": 3, "B": 1, "C": 5})
    assert found.mean == pytest.approx(35)  # (3 x 20 + 1 x 80) / 4
    assert found.n == 2


# The edges.


def test_nobody_and_one_person_and_only_single_roles_have_no_interval():
    np.testing.assert_array_equal(astuple(role_balanced([], [])), (np.nan, np.nan, np.nan, 0))
    assert np.isnan(role_balanced([np.nan], ["A"]).mean)
    for values, roles in (([40], ["A"]), ([40, 60], ["A", "B"])):
        found = role_balanced(values, roles)
        assert found.mean == np.mean(values)
        assert np.isnan(logit_t_interval(found.mean, found.se, found.df)).all()
        assert np.isnan(level_probabilities(found.mean, found.se, found.df, CUTS)).all()


def test_one_answer_agrees_with_nobody():
    assert np.isnan(average_deviation([4]))
    assert np.isnan(average_deviation([np.nan]))


def test_a_roster_below_the_answers_is_refused():
    with pytest.raises(ValueError, match="roster must count everyone"):
        role_balanced([40, 60], ["A", "A"], roster={"A": 1})


def test_the_ends_of_the_scale_use_the_plain_curve():
    assert logit_t_interval(0, 5, 4) == plain_t_interval(0, 5, 4)
    assert level_probabilities(100, 5, 4, CUTS) == pytest.approx(plain_level_probabilities(100, 5, 4, CUTS))


def test_the_whole_equals_the_formula_for_person_means_when_answers_are_complete():
    random = np.random.default_rng(3)
    values, strata = random.uniform(20, 80, (12, 4)), np.array([0] * 7 + [1] * 5)
    roster = np.array([[10.0], [9.0]]) * np.ones((2, 4))
    whole = overall_estimate(values, strata, roster=roster, weights=np.ones((2, 4)), fallback_sd=17.5)
    means = role_balanced(values.mean(axis=1), strata, roster={"0": 10, "1": 9})
    assert (whole.mean[0], whole.se[0], whole.df[0]) == pytest.approx((means.mean, means.se, means.df))


def test_who_cannot_tell_on_a_dimension_has_not_answered_the_whole():
    """Eight people, all asked; two cannot tell on either dimension: six of eight, as one sample of person means."""
    random = np.random.default_rng(2)
    values = random.uniform(20, 80, (8, 2))
    values[6, 0] = values[7, 0] = np.nan
    strata, roster, weights = np.zeros(8, dtype=np.int64), np.full((1, 2), 8.0), np.ones((1, 2))
    mixed = overall_estimate(values, strata, roster=roster, weights=weights, fallback_sd=17.5)
    assert mixed.se[0] > 0  # everybody answered something, and yet two might have moved the first dimension
    values[6:, 1] = np.nan
    both = overall_estimate(values, strata, roster=roster, weights=weights, fallback_sd=17.5)
    people = values[:6].mean(axis=1)
    assert both.se[0] == pytest.approx(np.sqrt(people.var(ddof=1) / 6 * (1 - 6 / 8)))
    assert mixed.se[0] < both.se[0]


def test_the_whole_has_no_sampling_doubt_where_everyone_answered(questionnaire):
    sizes = {"PM": 5, "GTM": 5, "EN": 5}  # sales are not part of two of the four balances
    rows, _, _ = scored(answers(questionnaire, sizes=sizes, missing=0), questionnaire, roster=sizes)
    assert (rows.loc[["overall", "LE", "PM", "OO", "PO"], "se"] == 0).all()
    assert (rows.loc[["overall", "LE"], "se_sample"] > 0).all()


def test_the_whole_is_missing_where_a_dimension_is(questionnaire):
    codes = answers(questionnaire, sizes={"PM": 5, "EN": 5}, missing=0)
    of_leadership = [i for i, d in questionnaire.dimension_of.items() if d == "LE" and i in questionnaire.items]
    rows, _, _ = scored(codes.assign(**dict.fromkeys(of_leadership, np.int8(-1))), questionnaire)
    assert rows.loc["LE", ["mean", "se", "low", "high"]].isna().all()
    assert rows.loc["LE", "reason"] == "no usable answers"
    assert rows.loc["overall", ["mean", "low"]].isna().all()
    assert rows.loc["overall", "reason"] == "a dimension has no score"
    assert rows.loc["PM", "reason"] == ""


def test_no_answer_at_all_gives_blanks_and_no_failure(questionnaire):
    codes = answers(questionnaire, sizes={"PM": 3}, missing=1)
    rows, persons, balance = scored(codes, questionnaire)
    assert rows[["mean", "se", "low", "high", "agreement"]].isna().all(axis=None)
    assert np.isnan(draws_of(persons, balance, questionnaire.policy).scores).all()


def test_a_missing_answer_counts_the_same_whatever_its_state(questionnaire):
    codes = answers(questionnaire, sizes={"PM": 6, "OPS": 6}, seed=4)
    items = list(questionnaire.items)
    told = codes.assign(**{item: codes[item].replace(-2, -1) for item in items})
    one, other = (scored(frame, questionnaire)[0] for frame in (codes, told))
    pd.testing.assert_frame_equal(one, other)


def test_a_reversed_item_counts_as_its_opposite(questionnaire):
    codes = answers(questionnaire, sizes={"PM": 1}, missing=0).assign(LE2a=np.int8(5), LE2b=np.int8(5), LE2c=np.int8(1))
    assert questionnaire.items["LE2c"].reversed
    assert person_scores(codes, questionnaire).table["LE2"].item() == 100


# Does a 95 % interval hold the truth about 95 times in 100?

STEPS = np.linspace(0, 100, 49)
SHAPES = {
    "rounded and cut normal": np.exp(-(((STEPS - 55) / 18) ** 2) / 2),
    "skewed": (STEPS / 100) ** 4 * (1 - STEPS / 100),
    "polarised": np.exp(-(((STEPS - 25) / 12) ** 2) / 2) + np.exp(-(((STEPS - 75) / 12) ** 2) / 2),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("sizes", "least", "most"),
    [([5], 0.93, 0.975), ([8], 0.93, 0.975), ([20], 0.93, 0.975), ([2, 12, 5, 3], 0.92, 0.98), ([6] * 4, 0.92, 0.98)],
)
def test_the_interval_holds_the_truth_as_often_as_it_says(shape, sizes, least, most):
    share = SHAPES[shape] / SHAPES[shape].sum()
    strata = np.repeat(np.arange(len(sizes)), sizes)
    values = np.random.default_rng(1).choice(STEPS, p=share, size=(strata.size, 1500))
    moments = stratum_moments(values, strata, n_strata=len(sizes))
    sample = {"roster": np.full((len(sizes), 1), np.inf), "weights": np.ones((len(sizes), 1))}
    estimates = with_fallback(stratified_estimates(moments, **sample), moments.n, **sample, fallback_sd=17.5)
    low, high = estimate_intervals(estimates)
    truth = (share * STEPS).sum()
    assert least <= ((low <= truth) & (truth <= high)).mean() <= most


# Joint resamples.


def drawn(*times):
    return Resamples(
        respondents=(np.arange(5), np.arange(5, 8)),
        times_drawn=tuple(np.array(t, dtype=np.uint16) for t in times),
        held=(),
    )


VALUES = np.array([40, 50, 55, 60, 70, 60, 70, 80], dtype=float)[:, np.newaxis]
ROSTER = np.array([[9.0], [4.0]])


def test_a_draw_worked_by_hand():
    draws = stratum_draws(drawn([[2, 0, 1, 1, 0]], [[1, 1, 0]]), VALUES, roster=ROSTER)
    assert draws[:, 0, 0] == pytest.approx([50.8333, 67.5], abs=1e-4)
    balanced = balanced_draws(draws, n=np.array([[5], [3]]), weights=np.ones((2, 1)))
    assert balanced[0, 0] == pytest.approx(59.1667, abs=1e-4)


def test_over_all_possible_draws_the_variance_is_the_stratified_one():
    def counts(n):
        return [np.bincount(rows, minlength=n) for rows in product(range(n), repeat=n - 1)]

    draws = stratum_draws(drawn(counts(5), np.tile(counts(3), (70, 1))[:625]), VALUES, roster=ROSTER)
    of_a, of_b = draws[0, :, 0], draws[1, :9, 0]
    assert of_a.var() == pytest.approx(11.1111, abs=1e-4)  # 125 / 5 x (1 - 5/9)
    assert of_b.var() == pytest.approx(8.3333, abs=1e-4)  # 100 / 3 x (1 - 3/4)
    assert (of_a.var() + of_b.var()) / 4 == pytest.approx(4.861111, abs=1e-6)


@settings(max_examples=20)
@given(st.integers(2, 9), st.integers(0, 2**31))
def test_every_draw_takes_one_fewer_than_there_are(n, seed):
    times = times_drawn("EN", n=n, n_draws=50, seed=seed)
    assert times.shape == (50, n)
    assert (times.sum(axis=1) == n - 1).all()


def test_draws_do_not_depend_on_other_roles_or_on_the_order_of_rows(questionnaire):
    codes = answers(questionnaire, sizes=SIZES, seed=2)
    pooled = {"EX": "other_roles", "DE": "other_roles", "OPS": "other_roles"} | {r: r for r in ("PM", "EN", "GTM")}
    shuffled = codes.sample(frac=1, random_state=1).reset_index(drop=True)
    one, other = (scored(frame, questionnaire, strata=pooled)[1:] for frame in (codes, shuffled))
    first, second = (draws_of(persons, balance, questionnaire.policy).scores for persons, balance in (one, other))
    np.testing.assert_allclose(first, second, rtol=0, atol=1e-9)
    values = person_scores(codes, questionnaire).points
    strata = np.array([0 if role == "EN" else -1 for role in codes["role"]])
    alone = joint_resamples(values, strata, stratum_ids=["EN"], n_draws=20, seed=questionnaire.policy.seed, ties=values)
    np.testing.assert_array_equal(
        alone.times_drawn[0], times_drawn("EN", n=SIZES["EN"], n_draws=20, seed=questionnaire.policy.seed)
    )


def test_people_of_merged_roles_with_equal_answers_are_still_told_apart():
    values, strata = np.full((4, 1), 50.0), np.zeros(4, dtype=np.int64)
    ties = np.array([[2.0], [0.0], [3.0], [1.0]])
    found = joint_resamples(values, strata, stratum_ids=["other_roles"], n_draws=1, seed=1, ties=ties)
    assert found.respondents[0].tolist() == [1, 3, 0, 2]


def test_draws_stand_still_where_everyone_answered(questionnaire):
    sizes = {"PM": 5, "EN": 5}
    rows, persons, balance = scored(answers(questionnaire, sizes=sizes, missing=0), questionnaire, roster=sizes)
    draws = draws_of(persons, balance, questionnaire.policy).scores
    np.testing.assert_allclose(draws, np.tile(rows.loc[list(balance.measures), "mean"], (len(draws), 1)), atol=1e-9)


def test_a_draw_without_a_value_is_blank_and_a_single_person_is_held():
    values = np.array([[np.nan], [np.nan], [60.0], [40.0]])
    strata, weights = np.array([0, 0, 0, 1]), np.ones((2, 1))
    seen = np.concatenate([values, np.arange(4.0)[:, np.newaxis]], axis=1)
    found = joint_resamples(seen, strata, stratum_ids=["A", "B"], n_draws=200, seed=1, ties=values)
    assert found.held == ("B",)
    draws = stratum_draws(found, values, roster=np.full((2, 1), np.inf))
    assert (draws[1] == 40).all()
    balanced = balanced_draws(draws, n=np.array([[1], [1]]), weights=weights)[:, 0]
    assert np.isnan(balanced).any()
    assert np.nanmax(balanced) == np.nanmin(balanced) == 50


# Levels in words.


@pytest.mark.parametrize(
    ("shares", "cap", "kind", "levels", "probability"),
    [
        ((0, 0.1, 0.85, 0.05, 0), 5, "named", (3, None), 0.85),
        ((0, 0.1, 0.45, 0.45, 0), 5, "between", (3, 4), 0.45),
        ((0, 0.1, 0.45, 0.45, 0), 3, "named", (3, None), 0.9),
        ((0.2, 0.3, 0.3, 0.2, 0), 5, "unknown", (None, None), 0.3),
        ((0.2, 0.3, 0.3, 0.2, 0), 2, "named", (2, None), 0.8),
        ((0.2, 0.3, 0.3, 0.2, 0), 1, "named", (1, None), 1.0),
    ],
)
def test_a_level_is_named_only_as_surely_as_the_answers_allow(shares, cap, kind, levels, probability):
    found = word_level(np.array(shares, dtype=float), cap=cap, certainty=0.8)
    assert (found.kind, found.level, found.other_level) == (kind, *levels)
    assert found.probability == pytest.approx(probability)


@given(arrays.arrays(np.float64, 5, elements=st.floats(0, 1)).filter(lambda a: a.sum() > 0.1), st.integers(1, 5))
def test_no_wording_ever_goes_above_the_cap(raw, cap):
    found = word_level(raw / raw.sum(), cap=cap, certainty=0.8)
    assert max(found.level or 0, found.other_level or 0) <= cap


def test_a_score_on_a_cut_off_reaches_the_level():
    assert level_of(np.array([30 - 1e-12, 29.9, 85.0, np.nan]), CUTS).tolist() == [2, 1, 5, 0]


def test_a_part_caps_only_where_enough_draws_agree():
    levels = np.array([[1] * 62 + [2] * 37 + [3], [1] * 85 + [2] * 15, [0] * 30 + [1] * 70]).T
    assert supported_level(shares_at_or_below(levels, n_levels=5), support=0.8).tolist() == [2, 1, 5]


# Differences.


def test_a_side_without_an_error_of_its_own_gives_no_interval():
    known = Estimate(50, 3, 5, 6)
    for other in (Estimate(40, np.nan, np.nan, 1), Estimate(np.nan, np.nan, np.nan, 0)):
        assert np.isnan([difference(known, other).low, difference(known, other).p]).all()
    still = difference(Estimate(50, 0, np.nan, 5), Estimate(40, 0, np.nan, 5))
    assert still.value == 10
    assert np.isnan(still.p)


@given(GROUPS, GROUPS)
def test_a_change_read_backwards_has_the_other_sign(first, second):
    one, other = role_balanced(*flat(first)), role_balanced(*flat(second))
    there, back = difference(one, other), difference(other, one)
    assert (there.value, there.low, there.p) == pytest.approx((-back.value, -back.high, back.p), nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_adjusting_never_makes_a_difference_surer(p):
    assert all(a >= b for a, b in zip(holm(p), p, strict=True))


@pytest.mark.parametrize(
    ("value", "p", "adjusted", "expected"),
    [
        (15 - 1e-12, 0.01, 0.04, "clear"),
        (-20, 0.01, 0.06, "possible"),
        (14, 0.001, 0.004, "chance"),
        (20, 0.3, 0.9, "chance"),
        (20, np.nan, np.nan, "chance"),
    ],
)
def test_verdicts(value, p, adjusted, expected):
    found = verdict(value, p=p, adjusted=adjusted, points=15, possible_p=0.2, possible_from=15, otherwise="chance")
    assert found == expected


def test_leaders_are_compared_on_common_items_with_those_who_share_enough(questionnaire):
    codes = answers(questionnaire, sizes={"EX": 5, "PM": 6, "EN": 6}, missing=0)
    _, persons, balance = scored(codes, questionnaire)
    strata = {role: role for role in ("EN", "EX", "PM")}
    draws = draws_of(persons, balance, questionnaire.policy)
    gaps = role_gaps(persons, balance, draws, questionnaire, questionnaire.policy, stratum_of=strata)
    found = {gap.dimension: gap for gap in gaps if gap.against == "others"}
    asked = [i for f in found["LE"].facets.values() for i in f]
    assert all(questionnaire.items[item].is_asked_of(role) for item in asked for role in strata)
    assert found["PM"].left_out == ("EN",)  # engineers share two facets of it with the leaders
    merged = role_gaps(
        persons, balance, draws, questionnaire, questionnaire.policy, stratum_of=strata | {"EX": "other_roles"}
    )
    assert {(gap.role, gap.against) for gap in merged} == {("EN", "PM")}


def test_every_two_roles_are_compared_on_what_both_were_asked(questionnaire):
    codes = answers(questionnaire, sizes={"EX": 5, "PM": 6, "EN": 6}, missing=0)
    _, persons, balance = scored(codes, questionnaire)
    strata = {role: role for role in ("EN", "EX", "PM")}
    draws = draws_of(persons, balance, questionnaire.policy)
    gaps = role_gaps(persons, balance, draws, questionnaire, questionnaire.policy, stratum_of=strata)
    found = {gap.key: gap for gap in gaps if gap.against != "others"}
    assert ("EN", "PM", "PM") in found
    assert ("EN", "EX", "PM") not in found  # two facets in common, three are needed
    gap = found["EN", "PM", "LE"]
    points = {item: persons.points[:, persons.items.index(item)] for items in gap.facets.values() for item in items}
    by_facet = np.stack([np.mean([points[item] for item in items], axis=0) for items in gap.facets.values()])
    roles, scores = codes["role"].to_numpy(), by_facet.mean(axis=0)
    first, second = scores[roles == "EN"], scores[roles == "PM"]
    welch = ttest_ind(first, second, equal_var=False)
    assert gap.difference.value == pytest.approx(first.mean() - second.mean())
    assert gap.difference.p == pytest.approx(welch.pvalue)
    assert (gap.difference.low, gap.difference.high) == pytest.approx(tuple(welch.confidence_interval()))
    assert gap.effect_size == pytest.approx(hedges_g(first, second))
    assert gap.draws.mean() == pytest.approx(gap.difference.value, abs=1)


# Rules.


def made_up_values(questionnaire):
    found = Difference(20.0, 5.0, 35.0, 6.0, 8.0, 0.01)
    seen = np.array([18.0, 22.0, 10.0, np.nan])
    gaps = [
        Gap("LE", "EX", "others", {}, np.zeros(0), ("PM",), (), found, np.nan, 5, seen),
        Gap("LE", "EN", "PM", {}, np.zeros(0), ("PM",), (), found, np.nan, 5, -seen),
    ]
    scores = {"LE": np.array([40.0, 39, 41, 45, np.nan]), "PM": np.array([60.0, 50, 58, 62, 61])}
    return Values(questionnaire, scores, {gap.key: gap for gap in gaps}, None, {})


@pytest.mark.parametrize(
    ("text", "holds", "support", "names"),
    [
        ("LE < 45", True, 0.5, ("LE",)),
        ("PM - LE >= 15", True, 0.5, ("PM", "LE")),
        ("mean(LE, PM) >= 50 and LE <= 45", True, 0.25, ("LE", "PM")),
        ("gap(EX, others, LE) >= 15", True, 0.5, ("gap:EX:others:LE",)),
        ("gap(PM, EN, LE) >= 0 - 20", True, 0.75, ("gap:EN:PM:LE",)),
        ("gap(PM, EX, LE) >= 15", False, 0.0, ("unknown",)),
        ("count_gap(EX, others, 15) >= 1", True, 0.5, ("gap:EX:others:LE",)),
        ("count_gap(others, EX, 15) >= 1", False, 0.0, ("gap:EX:others:LE",)),
        ("coverage() < 50", False, 0.0, ("unknown",)),
    ],
)
def test_a_rule_holds_at_the_point_and_in_a_share_of_the_draws(questionnaire, text, holds, support, names):
    found = rule_table({"r": [parse(text)]}, made_up_values(questionnaire)).iloc[0]
    assert (found["holds"], found["support"]) == (holds, pytest.approx(support))
    assert tuple(found["names"]) == names


# Agreement against chance.


def test_within_group_agreement_worked_by_hand():
    rows = np.array([[4, 4, 5], [4, 3, 4], [5, 4, 4], [3, 4, 4], [4, 2, 5], [2, 4, 4]], dtype=float)
    assert rwg(rows[:, 0], points=5) == pytest.approx(0.466667, abs=1e-6)
    assert rwg_j(rows, points=5) == pytest.approx(0.854067, abs=1e-6)
    assert rwg([1, 1, 1, 5, 5, 5], points=5) == 0
    assert np.isnan(rwg_j(rows[:1], points=5))


def test_chance_agrees_more_in_small_groups():
    few, many = (rwg_chance_quantile(n, points=5, items=3) for n in (5, 20))
    assert 0 < many < few < 1
