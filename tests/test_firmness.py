"""What else could have been reasonable, what would make a score surer, and whose answers look careless."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessment.frames import NOT_ANSWERED, NOT_ASKED
from assessment.scoring.balance import balance_of
from assessment.scoring.draws import draws_of
from assessment.scoring.flags import flag_table
from assessment.scoring.next_evidence import next_evidence
from assessment.scoring.persons import person_scores
from assessment.scoring.role_weights import extreme_weights
from assessment.scoring.sensitivity import Wave, of_people, sensitivity_table


def codes_of(questionnaire, rows):
    """Respondents by role and answer; a row's answer is one number for all items, or one per dimension."""
    written = []
    for number, (role, answer) in enumerate(rows):
        by_dimension = answer if isinstance(answer, dict) else dict.fromkeys(["LE", "PM", "OO", "PO"], answer)
        codes = {
            item.id: (6 - value if item.reversed else value) if item.is_asked_of(role) else NOT_ASKED
            for item in questionnaire.items.values()
            for value in [by_dimension[questionnaire.dimension_of[item.id]]]
        }
        written.append({"respondent": f"p{number}", "role": role, "team": ""} | codes)
    return pd.DataFrame(written)


def wave_of(questionnaire, rows, *, roster=None):
    persons = person_scores(codes_of(questionnaire, rows), questionnaire)
    roles = sorted({role for role, _ in rows})
    balance = balance_of(persons, questionnaire, stratum_of={role: role for role in roles}, roster=roster)
    return Wave(persons, balance, questionnaire, questionnaire.policy)


def checks_of(wave, *, flagged=None, n_missing=None):
    draws = draws_of(wave.persons, wave.balance, wave.policy)
    nobody = np.zeros(len(wave.persons.table), dtype=np.bool_)
    table = sensitivity_table(wave, draws, flagged=nobody if flagged is None else flagged, n_missing=n_missing or {})
    return table.set_index(["check", "measure"])


@given(
    values=st.lists(st.integers(0, 100), min_size=2, max_size=6),
    weights=st.lists(st.integers(1, 9), min_size=6, max_size=6),
    shift=st.sampled_from([0.1, 0.5, 0.9]),
)
@settings(max_examples=60, deadline=None)
def test_extreme_weights_are_those_of_a_linear_programme(values, weights, shift):
    """Another way to the same: scipy's linear programming."""
    scores = np.array(values, dtype=np.float64)
    declared = np.array(weights[: scores.size]) / sum(weights[: scores.size])
    bounds = [(w * (1 - shift), w * (1 + shift)) for w in declared]
    low, high = extreme_weights(scores, declared, shift=shift)
    for found, sign in ((low, 1), (high, -1)):
        best = linprog(sign * scores, A_eq=np.ones((1, scores.size)), b_eq=[1], bounds=bounds)
        assert found @ scores == pytest.approx(sign * best.fun, abs=1e-6)
        assert found.sum() == pytest.approx(1)
        assert all(a - 1e-9 <= w <= b + 1e-9 for w, (a, b) in zip(found, bounds, strict=True))


def test_roles_that_count_half_as_much_more_or_less(questionnaire):
    """Engineers at 50, product managers at 75: 62.5; a quarter and three quarters of the weight give 56.25 to 68.75."""
    wave = wave_of(questionnaire, [("EN", 3)] * 6 + [("PM", 4)] * 6, roster={"EN": 6, "PM": 6})
    row = checks_of(wave).loc["role_weights", "LE"]
    assert (row["low"], row["high"]) == pytest.approx((56.25, 68.75))
    assert not row["moves_5"]  # level 3 at both ends
    above = wave_of(questionnaire, [("EN", 2)] * 6 + [("PM", 4)] * 6, roster={"EN": 6, "PM": 6})
    row = checks_of(above).loc["role_weights", "LE"]
    assert (row["low"], row["high"]) == pytest.approx((37.5, 62.5))  # level 2 and level 3
    assert row["moves_5"]
    assert not row["moves_2"]  # where a weak part holds the level at 2, both ends are worded the same


def test_dimensions_that_count_half_as_much_more_or_less(questionnaire):
    """Dimensions at 25, 50, 50 and 75: 50; a weight of 1/8 for one end and 3/8 for the other gives 43.75 to 56.25."""
    answer = {"LE": 2, "PM": 3, "OO": 3, "PO": 4}
    row = checks_of(wave_of(questionnaire, [("EN", answer)] * 8)).loc["dimension_weights", "overall"]
    assert (row["low"], row["high"]) == pytest.approx((43.75, 56.25))
    assert row["moves_5"]  # 43.75 alone would be level 2


def test_a_missing_role_at_nothing_and_at_everything(questionnaire):
    """Two roles of three answered, at 50 on average: 33.3 if the third stood at 0, 66.7 at 100."""
    wave = wave_of(questionnaire, [("EN", 3)] * 6 + [("PM", 3)] * 6)
    row = checks_of(wave, n_missing={"LE": 1}).loc["missing_roles", "LE"]
    assert (row["low"], row["high"]) == pytest.approx((100 / 3, 200 / 3))


def test_strict_minima_leave_out_who_left_out_a_statement(questionnaire):
    rows = [("EN", 4)] * 6 + [("EN", 2)] * 6
    codes = codes_of(questionnaire, rows)
    codes.loc[range(6), "LE1a"] = NOT_ANSWERED  # half of them; two answers of three are enough for the usual score
    persons = person_scores(codes, questionnaire)
    balance = balance_of(persons, questionnaire, stratum_of={"EN": "EN"}, roster=None)
    found = checks_of(Wave(persons, balance, questionnaire, questionnaire.policy))
    assert persons.table["LE"].notna().all()
    assert found.loc[("strict_minima", "LE"), "score"] == pytest.approx(25)
    assert found.loc[("strict_minima", "PM"), "score"] == pytest.approx(50)
    assert found.loc[("strict_minima", "LE"), "moves_5"]


def test_without_flagged_answers_everybody_else_counts(questionnaire):
    rows = [("EN", 4)] * 6 + [("EN", 1)] * 2
    flagged = np.arange(8) >= 6
    found = checks_of(wave_of(questionnaire, rows), flagged=flagged)
    assert found.loc[("without_flagged", "LE"), "score"] == pytest.approx(75)
    assert "without_flagged" not in checks_of(wave_of(questionnaire, rows)).index
    wave = wave_of(questionnaire, rows)
    assert np.isnan(of_people(wave.persons, ~flagged).table.loc[flagged, "LE"]).all()


def test_the_weakest_dimension_and_whether_it_stays_so(questionnaire):
    """Both roles see PM lowest: it stays. Where only one does, more weight on the other makes LE the lowest."""
    agreed = [("EN", {"LE": 3, "PM": 2, "OO": 4, "PO": 4})] * 6 + [("PM", {"LE": 3, "PM": 2, "OO": 4, "PO": 4})] * 6
    row = checks_of(wave_of(questionnaire, agreed)).loc["weakest"].iloc[0]
    assert (row.name, row["support"], row["stays"]) == ("PM", 1.0, True)
    split = [("EN", {"LE": 4, "PM": 1, "OO": 4, "PO": 4})] * 6 + [("PM", {"LE": 2, "PM": 4, "OO": 4, "PO": 4})] * 6
    row = checks_of(wave_of(questionnaire, split)).loc["weakest"].iloc[0]
    assert (row.name, row["stays"]) == ("PM", False)  # 37.5 against 50; at 1/4 and 3/4 it is 56 against 37.5


# What would narrow the result.


def test_the_group_that_would_narrow_the_range_most_is_asked_first(questionnaire):
    """The same spread in both roles, six answers of sixty against ten: the fourth part of the variance against less."""
    rows = [("EN", 2 + n % 3) for n in range(6)] + [("PM", 2 + n % 3) for n in range(10)]
    found = next_evidence(wave_of(questionnaire, rows, roster={"EN": 60, "PM": 60}), missing=("DE",))
    assert found[["kind", "group"]].to_numpy().tolist() == [
        ["missing_role", "DE"],
        ["answers", "EN"],
        ["answers", "PM"],
    ]
    assert found["gain"].iloc[0] == pytest.approx(100 / 3)  # a third of the weight


def test_who_has_answered_in_full_is_not_asked_again(questionnaire):
    rows = [("EN", 2 + n % 3) for n in range(6)] + [("PM", 2 + n % 3) for n in range(10)]
    found = next_evidence(wave_of(questionnaire, rows, roster={"EN": 6, "PM": 60}), missing=())
    assert found["group"].tolist() == ["PM"]
    found = next_evidence(wave_of(questionnaire, rows, roster={"EN": 6, "PM": 10}), missing=())
    assert found.empty


def test_the_gain_is_the_points_by_which_doubtful_ranges_become_narrower(questionnaire):
    """One role of 8 without roster, answers 2 and 4 in turn: s = 26.73, m = 3 takes s²(1/8 - 1/11) off the variance."""
    rows = [("EN", 2 + 2 * (n % 2)) for n in range(8)]
    wave = wave_of(questionnaire, rows)
    found = next_evidence(wave, missing=())
    variance = np.var([25, 75] * 4, ddof=1)
    widths = [interval_width(50, np.sqrt(variance / n), 7) for n in (8, 11)]
    shares = level_shares(50, np.sqrt(variance / 8), 7)
    assert found["gain"].iloc[0] == pytest.approx(4 * (1 - max(shares)) * (widths[0] - widths[1]))


def interval_width(mean, se, df):
    from scipy import stats
    from scipy.special import expit, logit

    u = mean / 100
    reach = stats.t.ppf(0.975, df) * se / 100 / (u * (1 - u))
    return 100 * (expit(logit(u) + reach) - expit(logit(u) - reach))


def level_shares(mean, se, df):
    from scipy import stats
    from scipy.special import logit

    u = mean / 100
    below = [stats.t.cdf((logit(c / 100) - logit(u)) * u * (1 - u) / (se / 100), df) for c in (30, 50, 70, 85)]
    return np.diff([0, *below, 1])


# Careless answering.


def flags_of(questionnaire, codes, **more):
    persons = person_scores(codes, questionnaire)
    return flag_table(persons, codes, questionnaire, questionnaire.policy, **more)


def test_who_answers_alike_everywhere_contradicts_themselves_and_is_flagged(questionnaire):
    """Always 5, whatever is asked: a string of 48, and opposite statements both true."""
    codes = codes_of(questionnaire, [("PM", 3), ("PM", 4)])
    codes.loc[0, list(questionnaire.items)] = 5
    found = flags_of(questionnaire, codes)
    assert found.loc[0, ["long_string", "contradiction", "flagged"]].tolist() == [True, True, True]
    assert not found.loc[1].any()  # reversed statements were answered the other way round


def test_one_flag_alone_is_no_reason(questionnaire):
    codes = codes_of(questionnaire, [("PM", 4)])
    half = list(questionnaire.items)[::2]
    codes.loc[0, half] = NOT_ANSWERED
    found = flags_of(questionnaire, codes)
    assert found.loc[0, ["not_answered", "flagged"]].tolist() == [True, False]
    hurried = flags_of(questionnaire, codes, seconds_per_item=np.array([1.9]))
    assert hurried.loc[0, ["speed", "flagged"]].tolist() == [True, True]
    assert not flags_of(questionnaire, codes, seconds_per_item=np.array([2.0])).loc[0, "speed"]


def test_cannot_tell_is_an_answer_and_what_was_not_asked_breaks_no_string(questionnaire):
    """Sales are asked 24 statements: too short a form for strings; engineers 41, with others between."""
    codes = codes_of(questionnaire, [("EN", 3), ("GTM", 3)])
    asked = [item.id for item in questionnaire.items.values() if item.is_asked_of("EN")]
    codes.loc[0, asked[:14]] = 3
    codes.loc[0, asked[14:]] = -1
    found = flags_of(questionnaire, codes)
    assert found.loc[0, "long_string"]
    assert not found.loc[0, "not_answered"]
    assert not found.loc[1, "long_string"]
    codes.loc[0, asked[13]] = 4
    assert not flags_of(questionnaire, codes).loc[0, "long_string"]
