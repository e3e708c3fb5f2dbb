"""What can be said of a wave before anybody answers, and how many answered while it runs."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from assessment.errors import DefinitionError
from assessment.model.organisation import Organisation
from assessment.pipeline.planning import plan_text, response_so_far, response_text, survey_plan
from assessment.pipeline.planning.groupings import _partitions
from assessment.scoring import logit_t_interval, role_balanced

SPREAD = 17.5
FULLY_ASKED = ("EX", "PM", "EN", "DE", "OPS")
"""The roles that are asked enough of every dimension; sales and marketing are of two only."""


def organisation(people, *, is_open=False, k=5, teams=()):
    roles = {
        role: {"people": n} | ({"open_group": True} if is_open and role == "EX" else {}) for role, n in people.items()
    }
    return Organisation(
        name="Made up",
        language="en",
        questionnaire="product-led-maturity/0.1.0",
        roles=roles,
        teams=teams,
        privacy={"k": k},
    )


def plan_of(questionnaire, people, *, team_sizes=None, **more):
    return survey_plan(organisation(people, **more), questionnaire, wave="2026-q3", team_sizes=team_sizes)


def shown(plan):
    return {rate.percent: rate.shown for rate in plan.at}


WORKED = {"EX": 6, "PM": 4, "EN": 20, "DE": 3, "GTM": 8}


# worked by hand


def test_the_worked_roster_shows_what_merging_leaves(questionnaire):
    """Half of each: EX 3, PM 2, EN 10, DE 2, GTM 4. Sales are not asked of two dimensions: there the three small roles
    have 2 + 2 = 4 people, so that the engineers join them; the leaders, an open group, stand from three."""
    plan = plan_of(questionnaire, WORKED, is_open=True)
    assert [dict(rate.answering) for rate in plan.at] == [
        {"EX": 3, "PM": 2, "EN": 10, "DE": 2, "GTM": 4},
        {"EX": 4, "PM": 3, "EN": 14, "DE": 2, "GTM": 6},
        {"EX": 5, "PM": 4, "EN": 18, "DE": 3, "GTM": 7},
    ]
    assert shown(plan) == {50: ("EX",), 70: ("EX", "EN", "GTM"), 90: ("EX", "EN", "GTM")}
    assert [rate.together for rate in plan.at] == [("PM", "EN", "DE", "GTM"), ("PM", "DE"), ("PM", "DE")]


def test_without_their_agreement_six_leaders_need_five_answers(questionnaire):
    plan = plan_of(questionnaire, WORKED)
    assert shown(plan) == {50: ("EN",), 70: ("EN", "GTM"), 90: ("EX", "EN", "GTM")}
    leaders = plan.roles[0]
    assert (leaders.needed, leaders.would_need_if_open) == (5, 3)


def test_each_role_needs_k_answers_if_it_has_as_many_people(questionnaire):
    plan = plan_of(questionnaire, WORKED, is_open=True)
    assert {role.name: role.needed for role in plan.roles} == {"EX": 3, "PM": None, "EN": 5, "DE": None, "GTM": 5}
    raised = plan_of(questionnaire, WORKED, is_open=True, k=8)
    assert {role.name: role.needed for role in raised.roles} == {"EX": 3, "PM": None, "EN": 8, "DE": None, "GTM": 8}


def test_the_range_of_three_of_six_leaders_by_the_table_of_t(questionnaire):
    """SE = 17.5 sqrt((1 - 3/6) / 3) = 7.1443; t(2) = 4.3027; h = 4.3027 x 7.1443 / 25 = 1.22957; expit: 77.374."""
    [half, *_] = plan_of(questionnaire, WORKED, is_open=True).at
    assert list(half.widths["EX"].values()) == pytest.approx([54.75] * 4, abs=0.01)


def test_the_organisations_range_by_the_formula(questionnaire):
    """At 70 % leadership has EX 4 of 6, EN 14 of 20, and PM with DE 5 of 7; sales are not asked of it."""
    seventy = plan_of(questionnaire, WORKED, is_open=True).at[1]
    terms = [((1 - n / people) / n / 9, n) for n, people in ((4, 6), (14, 20), (5, 7))]
    variance = sum(term for term, _ in terms)
    freedom = variance**2 / sum(term**2 / (n - 1) for term, n in terms)
    reach = student.ppf(0.975, freedom) * SPREAD * math.sqrt(variance) / 25
    assert seventy.widths["organisation"]["LE"] == pytest.approx(100 * math.tanh(reach / 2))
    assert seventy.widths["organisation"]["LE"] == pytest.approx(10.7, abs=0.1)
    assert seventy.widths["GTM"].keys() == {"PM", "PO"}


def test_designers_with_product_managers_keep_a_view(questionnaire):
    """As declared 1, 3 and 3 views; PM with DE has 5 answers at 70 % and 7 at 90 %, and at 50 % nothing helps."""
    [best, *others] = plan_of(questionnaire, WORKED, is_open=True).groupings
    assert best.groups == (("PM", "DE"),)
    assert best.gains == {50: 0, 70: 1, 90: 1}
    assert best.before == {50: ("EX",), 70: ("EN", "EX", "GTM"), 90: ("EN", "EX", "GTM")}
    assert not others


def test_product_managers_with_designers_and_operations_are_seen_at_every_rate(questionnaire):
    people = {"EX": 6, "PM": 4, "EN": 20, "DE": 3, "OPS": 2}
    plan = plan_of(questionnaire, people, is_open=True)
    assert set(shown(plan).values()) == {("EX", "EN")}
    assert plan.groupings[0].groups == (("PM", "DE", "OPS"),)
    assert plan.groupings[0].gains == {50: 1, 70: 1, 90: 1}


def test_teams_are_foreseen_where_their_sizes_are_known(questionnaire):
    sizes = {"Sensors": 20, "Alerts": 6, "Billing": 4}
    plan = plan_of(questionnaire, WORKED, teams=("Sensors", "Alerts", "Billing"), team_sizes=sizes)
    assert plan.teams_shown == dict.fromkeys((50, 70, 90), ("Sensors",)), (
        "at 90 % the 4 of Billing need the 5 of Alerts"
    )
    assert {team.name: team.needed for team in plan.teams} == {"Sensors": 5, "Alerts": 5, "Billing": None}
    assert plan_of(questionnaire, WORKED).teams_shown == {}


def test_too_few_people_mean_no_report(questionnaire):
    plan = plan_of(questionnaire, {"EX": 1, "PM": 4})
    assert [rate.widths == {} for rate in plan.at] == [True, True, False]
    assert shown(plan) == {50: (), 70: (), 90: ()}
    assert "fewer than 5 answer: there would be no report" in plan_text(plan)


def test_what_cannot_be_planned_is_said_at_once(questionnaire):
    with pytest.raises(DefinitionError) as refused:
        plan_of(questionnaire, {"EX": 0}, teams=("Sensors",), team_sizes={"Sensor": 4, "\u202eX": 3})
    assert len(refused.value.problems) == 3
    assert "roles: no role has people" in str(refused.value)
    assert "'Sensor' is no team" in str(refused.value)
    assert "\u202e" not in str(refused.value)


# the terminal


def test_the_plan_says_who_must_answer(questionnaire):
    said = plan_text(plan_of(questionnaire, WORKED)).splitlines()
    assert (
        "- Five of the six leaders must answer for their view to be shown. If they agree to be an open group before "
        "the wave opens, three are enough." in said
    )
    assert "- The four people in PM are too few to be shown alone and count with others." in said
    assert "- Five of the 20 people in EN must answer for their view to be shown." in said
    opened = plan_text(plan_of(questionnaire, {"EX": 3, "EN": 5, "OPS": 1}, is_open=True))
    assert "- All three leaders must answer for their view to be shown. They are an open group" in opened
    assert "- All five people in EN must answer for their view to be shown." in opened
    assert "- The one person in OPS is too few to be shown alone and counts with others." in opened


def test_the_plan_lists_rates_widths_and_groupings(questionnaire):
    said = plan_text(plan_of(questionnaire, WORKED, is_open=True), questionnaire.texts["en"].roles)
    assert "If 70 % of each role answer (29 of 41 people):\n  shown: the organisation, EX, EN, GTM\n" in said
    assert "  probably put together: PM, DE\n" in said
    assert "  1. PM with DE: views shown 4 instead of 3 at 70 %, 4 instead of 3 at 90 %\n" in said
    assert "EN (Engineer)" in said


def test_a_teams_name_cannot_change_the_lines(questionnaire):
    hostile = "Sensors\n\x1b[31mshown: everybody\u202e"
    said = plan_text(plan_of(questionnaire, WORKED, teams=(hostile,), team_sizes={hostile: 20}))
    plain = plan_text(plan_of(questionnaire, WORKED, teams=("Sensors",), team_sizes={"Sensors": 20}))
    assert len(said.splitlines()) == len(plain.splitlines())
    assert all(line.isprintable() for line in said.split("\n"))


# properties

some_people = st.fixed_dictionaries({role: st.integers(1, 40) for role in FULLY_ASKED})


@given(people=some_people, is_open=st.booleans(), k=st.integers(5, 9))
@settings(max_examples=100, deadline=None)
def test_more_answers_never_show_fewer_roles(questionnaire, people, is_open, k):
    plan = plan_of(questionnaire, people, is_open=is_open, k=k)
    numbers = [len(rate.shown) for rate in plan.at]
    assert numbers == sorted(numbers)
    for rate in plan.at:
        floor = {role: 3 if is_open and role == "EX" else k for role in people}
        assert all(rate.answering[role] >= floor[role] for role in rate.shown)
        assert set(rate.shown).isdisjoint(rate.together)
        assert {*rate.shown, *rate.together} == people.keys()


@given(tens=st.fixed_dictionaries({role: st.integers(1, 12) for role in FULLY_ASKED}), is_open=st.booleans())
@settings(max_examples=50, deadline=None)
def test_ranges_shrink_as_more_answer(questionnaire, tens, is_open):
    """In tens every rate is a whole number of people, and every role stands by itself at each."""
    plan = plan_of(questionnaire, {role: 10 * n for role, n in tens.items()}, is_open=is_open)
    for group in ("organisation", *tens):
        for dimension in ("LE", "PM", "OO", "PO"):
            widths = [rate.widths[group][dimension] for rate in plan.at]
            assert widths == sorted(set(widths), reverse=True)


@given(people=some_people, is_open=st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_foreseen_range_is_the_one_that_such_answers_get(questionnaire, people, is_open):
    """Answers with mean 50 and the usual spread in every stratum, given to the public functions."""
    for rate in plan_of(questionnaire, people, is_open=is_open).at:
        if not rate.widths:
            continue
        single = not rate.shown
        group = {role: role if role in rate.shown else "everybody" if single else "other" for role in people}
        n, asked = (
            {g: sum(of[r] for r in people if group[r] == g) for g in group.values()} for of in (rate.answering, people)
        )
        values = [value for g in n for value in spread_out(n[g])]
        estimate = role_balanced(values, [g for g in n for _ in range(n[g])], asked)
        low, high = logit_t_interval(50, estimate.se, estimate.df)
        assert rate.widths["organisation"]["LE"] == pytest.approx(high - low, abs=1e-6)


def spread_out(n):
    raw = np.arange(n, dtype=float)
    return 50 + SPREAD * (raw - raw.mean()) / raw.std(ddof=1)


@given(people=some_people, is_open=st.booleans())
@settings(max_examples=50, deadline=None)
def test_groupings_gain_views_and_keep_the_leaders_apart(questionnaire, people, is_open):
    plan = plan_of(questionnaire, people, is_open=is_open)
    assert len(plan.groupings) <= 3
    totals = [sum(one.gains.values()) for one in plan.groupings]
    assert all(total > 0 for total in totals)
    assert totals == sorted(totals, reverse=True)
    for better, worse in itertools.combinations(plan.groupings, 2):
        shows_less = any(len(better.views[rate]) < len(worse.views[rate]) for rate in worse.views)
        assert shows_less or better.n_joined > worse.n_joined
    for one in plan.groupings:
        assert "EX" not in {role for group in one.groups for role in group}
        assert {percent: set(views) for percent, views in one.before.items()} == {
            rate.percent: set(rate.shown) for rate in plan.at
        }


@pytest.mark.parametrize(("n", "bell"), [(0, 1), (1, 1), (2, 2), (3, 5), (4, 15), (5, 52), (7, 877)])
def test_every_way_of_putting_roles_together_is_tried_once(n, bell):
    """The Bell numbers, OEIS A000110."""
    found = list(_partitions(tuple("abcdefg"[:n])))
    assert len(found) == len(set(found)) == bell


# while it runs


def told(counts, roster, **more):
    return {row.group: row.band for row in response_so_far(counts, roster, **more)}


def test_numbers_for_the_organisation_bands_for_roles():
    """5 of 10, 14 of 20 and 17 of 20 are the lower ends of their bands; 3 and 4 people are told together."""
    counts = {"PM": 5, "EN": 14, "GTM": 17, "DE": 3, "OPS": 0, "": 1}
    roster = {"PM": 10, "EN": 20, "GTM": 20, "DE": 3, "OPS": 4}
    rows = response_so_far(counts, roster)
    assert [(row.group, row.band) for row in rows] == [
        ("organisation", "70_84"),
        ("PM", "50_69"),
        ("EN", "70_84"),
        ("GTM", "85_up"),
        ("other_roles", "below_50"),
    ]
    assert [(row.n, row.asked) for row in rows] == [(40, 57)] + [(None, None)] * 4
    assert rows[-1].roles == ("DE", "OPS")


def test_a_lone_small_role_takes_the_next_smallest_with_it():
    """Told alone, the bands of the others less the organisation's number would tell of the three designers."""
    assert told({"DE": 3, "PM": 5, "EN": 9}, {"DE": 3, "PM": 5, "EN": 10}) == {
        "organisation": "85_up",
        "EN": "85_up",
        "other_roles": "85_up",
    }
    assert told({"DE": 0, "EN": 9}, {"DE": 3, "EN": 10}) == {"organisation": "50_69"}


def test_a_raised_k_tells_less_and_a_lower_one_is_ignored():
    roster = {"PM": 6, "EN": 10, "GTM": 12}
    assert "PM" in told({}, roster)
    assert "PM" not in told({}, roster, k=8)
    assert "DE" not in told({}, {"DE": 3, **roster}, k=2)


@given(
    data=st.data(),
    roster=st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 30), min_size=1),
    k=st.integers(5, 8),
)
@settings(max_examples=200)
def test_which_roles_are_told_says_nothing_about_who_answered(data, roster, k):
    if not any(roster.values()):
        return
    counts = {role: data.draw(st.integers(0, n)) for role, n in roster.items()}
    rows = response_so_far(counts, roster, k=k)
    assert [(row.group, row.roles) for row in rows] == [
        (row.group, row.roles) for row in response_so_far({}, roster, k=k)
    ]
    assert all(sum(roster[role] for role in row.roles) >= k for row in rows[1:])
    untold = roster.keys() - {role for row in rows[1:] for role in row.roles}
    assert sum(roster[role] for role in untold) == 0 or len(rows) == 1
    assert all(row.n is None and row.asked is None for row in rows[1:])


def test_more_answers_than_people_are_refused():
    with pytest.raises(DefinitionError) as refused:
        response_so_far({"PM": 6, "EN": 3}, {"PM": 5, "EN": 3})
    assert len(refused.value.problems) == 2
    with pytest.raises(DefinitionError, match="without a roster"):
        response_so_far({"PM": 6}, {"PM": 0})


def test_the_response_is_written_without_numbers_of_roles():
    rows = response_so_far({"EN": 15, "DE": 2, "PM": 3}, {"EN": 20, "DE": 3, "PM": 4})
    assert response_text(rows) == (
        "20 of 27 people have answered (70 to 84 %).\n  EN: 70 to 84 %\n  other roles (DE, PM): 70 to 84 %"
    )


def test_a_declared_group_is_planned_as_one(questionnaire):
    """Four product managers and three designers: seven together, five at 70 %, so they are shown as a group."""
    roles = {"EX": 6, "PM": 4, "EN": 20, "DE": 3, "GTM": 8}
    written = {
        "name": "X", "language": "en", "questionnaire": "product-led-maturity/0.1.0",
        "roles": {role: {"people": n, "open_group": role == "EX"} for role, n in roles.items()},
        "role_groups": [["PM", "DE"]],
    }  # fmt: skip
    plan = survey_plan(Organisation.model_validate(written), questionnaire, wave="w")
    at_70 = next(rate for rate in plan.at if rate.percent == 70)
    assert "PM+DE" in at_70.shown
    assert not {"PM", "DE"} & set(at_70.together)
