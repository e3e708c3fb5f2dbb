"""Two waves beside each other: by hand, by another library, and with everything that can differ between them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessment.disclosure import released_from_json
from assessment.disclosure.released import TABLES
from assessment.frames import Answers
from assessment.pipeline.comparing import Before
from assessment.pipeline.gate import Facts, gate
from assessment.pipeline.merged import NOTHING_AGREED, Agreed
from assessment.pipeline.scores import score
from assessment.scoring.change import change_between
from assessment.scoring.changes import Side, changes
from assessment.scoring.linked import linked_difference, linked_places
from assessment.scoring.role_balance import Estimate


def side(groups, *, prefix="p", ids=("A", "B")):
    """One measure, X; respondents are named by group and place."""
    people = [(f"{prefix}{stratum}{n}", stratum) for stratum, values in groups.items() for n in range(len(values))]
    values = np.array([value for values in groups.values() for value in values], dtype=np.float64)
    return Side(tuple(people), tuple(stratum for _, stratum in people), ids, np.ones(len(ids)), {"X": values})


BEFORE = {"A": [40, 50, 60, 50], "B": [20, 30, 40]}
NOW = {"A": [50, 60, 70], "B": [30, 50, 40, 40]}


def test_the_worked_example(questionnaire):
    """E5: 40 and 50, difference 10, standard error 5 with 7.714286 degrees of freedom, answers 10, mix -2.8571."""
    found = changes(side(NOW), side(BEFORE, prefix="q"), questionnaire.policy, dimensions=["X"], facets=[]).set_index(
        "measure"
    )
    row = found.loc["X"]
    assert (row["earlier"], row["later"], row["difference"]) == (40, 50, 10)
    assert (row["low"], row["high"]) == pytest.approx((-1.6048, 21.6048), abs=1e-4)
    assert (row["noise_band"], row["detectable"]) == pytest.approx((11.6048, 16.0584), abs=1e-4)
    assert (row["by_answers"], row["by_mix"]) == pytest.approx((10, -2.8571), abs=1e-4)
    assert (row["verdict"], bool(row["is_unlikely"])) == ("possible", False)
    assert np.isnan(row["linked"])  # other people


def test_a_change_that_counts_is_unlikely_where_the_inner_interval_lies_inside_it():
    """One-sided at 5 %: 1 + t(.95, 30) 2 = 4.39 lies inside 7.5, 1 + t(.95, 30) 4 = 7.79 does not."""
    zero = Estimate(0.0, 0.0, np.nan, 9)
    assert change_between(Estimate(1.0, 2.0, 30.0, 9), zero, points=7.5).is_unlikely
    assert not change_between(Estimate(1.0, 4.0, 30.0, 9), zero, points=7.5).is_unlikely


scores = st.lists(st.integers(1, 19).map(lambda step: 5.0 * step), min_size=3, max_size=7)


@given(first=scores, second=scores, third=scores, fourth=scores)
@settings(max_examples=60, deadline=None)
def test_back_is_the_opposite_of_forth_and_parts_add_up(questionnaire, first, second, third, fourth):
    one, other = side({"A": first, "B": second}), side({"A": third, "B": fourth}, prefix="q")
    forth, back = (
        changes(a, b, questionnaire.policy, dimensions=["X"], facets=[]).iloc[0]
        for a, b in ((one, other), (other, one))
    )
    assert forth["difference"] == pytest.approx(-back["difference"])
    assert (forth["low"], forth["high"]) == pytest.approx((-back["high"], -back["low"]))
    assert forth["verdict"] == back["verdict"]
    people = np.mean(first + second) - np.mean(third + fourth)
    assert forth["by_answers"] + forth["by_mix"] == pytest.approx(people)


@given(first=scores, second=scores)
@settings(max_examples=40, deadline=None)
def test_the_same_wave_twice_is_no_evidence(questionnaire, first, second):
    one, other = side({"A": first, "B": second}), side({"A": first, "B": second}, prefix="q")
    row = changes(one, other, questionnaire.policy, dimensions=["X"], facets=[]).iloc[0]
    assert (row["difference"], row["verdict"]) == (0, "none")


# The same people twice.


def test_linked_people_are_those_with_the_same_role():
    now = [("a", "PM"), ("b", "EN"), ("c", "PM")]
    before = [("c", "PM"), ("b", "PM"), ("a", "PM")]
    later, earlier = linked_places(now, before)
    assert [(now[n], before[m]) for n, m in zip(later, earlier, strict=True)] == [
        (("a", "PM"),) * 2,
        (("c", "PM"),) * 2,
    ]


def test_one_group_of_linked_people_is_the_paired_t_test():
    random = np.random.default_rng(4)
    before, now = random.normal(50, 10, 14), random.normal(55, 10, 14)
    found = linked_difference(now - before, ["A"] * 14, fallback_sd=17.5)
    expected = stats.ttest_rel(now, before)
    assert (found.value, found.p) == pytest.approx((np.mean(now - before), expected.pvalue))
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval()))


def twice(n, n_new, *, rise):
    """n people answer twice, each about `rise` higher; as many others come in the second wave as leave the first."""
    spread, wobble = np.linspace(20, 80, n + n_new), np.resize([-2, 2], n + n_new)
    mixed = np.random.default_rng(1).permutation(spread)

    def of(values, prefix):
        people = tuple((f"s{x}" if x < n else f"{prefix}{x}", "A") for x in range(n + n_new))
        return Side(people, ("A",) * (n + n_new), ("A",), np.ones(1), {"X": values})

    return of(mixed + rise + wobble, "new"), of(mixed, "old")


@pytest.mark.parametrize(
    ("n", "n_new", "linked", "verdict"),
    [
        (20, 0, True, "clear"),  # all answered twice: their change leads, though the waves alone could be chance
        (16, 4, True, "clear"),  # four in five
        (14, 6, True, "possible"),  # fewer: the milder of the two verdicts
        (9, 11, False, "possible"),  # too few to stand for the wave
        (10, 12, False, "possible"),  # less than half
    ],
)
def test_the_verdict_of_linked_people_leads_where_nearly_all_answered_twice(questionnaire, n, n_new, linked, verdict):
    later, earlier = twice(n, n_new, rise=9)
    row = changes(later, earlier, questionnaire.policy, dimensions=["X"], facets=[]).iloc[0]
    assert bool(np.isfinite(row["linked"])) == linked
    alone = stats.ttest_ind(later.scores["X"], earlier.scores["X"], equal_var=False)
    assert row["difference"] == pytest.approx(later.scores["X"].mean() - earlier.scores["X"].mean())
    assert 0.05 < alone.pvalue < 0.2  # the waves taken as strangers are never sure
    assert row["verdict"] == verdict


# Through the gate: what two waves have in common.

SIZES = {"PM": 12, "EN": 14, "DE": 11}


def wave(questionnaire, sizes=SIZES, *, seed, prefix="p", shift=0):
    random = np.random.default_rng(seed)
    roles = [role for role, n in sizes.items() for _ in range(n)]
    drawn = np.clip(random.integers(2, 5, (len(roles), len(questionnaire.items))) + shift, 1, 5)
    asked = [[item.is_asked_of(role) for item in questionnaire.items.values()] for role in roles]
    codes = pd.DataFrame(np.where(asked, drawn, -3).astype("int8"), columns=list(questionnaire.items))
    about = {"respondent": [f"{prefix}{n}" for n in range(len(roles))], "role": roles, "team": [""] * len(roles)}
    return score(Answers(pd.concat([pd.DataFrame(about).astype("str"), codes], axis=1)), questionnaire)


def compared(now, before):
    """Report the earlier wave, then the later one with it."""
    policy = now.questionnaire.policy
    first = gate(before, before.questionnaire.policy, [])
    earlier = Before(before, before.questionnaire.policy, NOTHING_AGREED, first.ledger, first.released, "2025")
    return gate(now, policy, [], Facts(before=earlier)), first


def shown(gated):
    table = gated.released.changes
    return table[table["status"] == "shown"].set_index("measure")


def test_waves_with_the_same_roles_are_compared_as_published(questionnaire):
    later, earlier = compared(wave(questionnaire, seed=1, shift=1), wave(questionnaire, seed=2, prefix="q"))
    found = shown(later)
    scores = [g.released.table.set_index(["group", "measure"])["score"]["organisation"] for g in (later, earlier)]
    assert {"LE", "PM", "OO", "PO", "overall", "LE1"} <= set(found.index)
    for measure in ("LE", "overall", "OO3"):
        assert found.loc[measure, "difference"] == pytest.approx(scores[0][measure] - scores[1][measure], abs=0.11)
    assert not found["on_common"].any()
    assert found.loc["LE", "verdict"] == "clear"
    assert not any("wave" in row for row in later.ledger)


def test_a_role_that_only_one_wave_has_leaves_the_comparison_and_the_ledger_says_so(questionnaire):
    """Designers answered the second time only: product managers and engineers are compared."""
    now = wave(questionnaire, seed=1, shift=1)
    before = wave(questionnaire, {"PM": 12, "EN": 14}, seed=2, prefix="q")
    later, _ = compared(now, before)
    row = shown(later).loc["LE"]
    by_role = [scores.persons.groupby("role")["LE"].mean()[["EN", "PM"]].mean() for scores in (now, before)]
    assert (row["later"], row["earlier"]) == pytest.approx(tuple(by_role), abs=0.06)
    assert row["on_common"]
    names = {(row["figure"], row["group"], row.get("wave")) for row in later.ledger}
    assert ("organisation:comparable", "common", None) in names
    assert not any(of for *_, of in names)  # the earlier wave is compared as it was published


def test_where_too_few_would_be_left_out_nothing_is_compared(questionnaire):
    """Three designers only in the second wave: the score with them and without them would give them away."""
    now = wave(questionnaire, {"PM": 12, "EN": 14, "DE": 3}, seed=1, shift=1)
    later, _ = compared(now, wave(questionnaire, {"PM": 12, "EN": 14}, seed=2, prefix="q"))
    assert shown(later).empty


def test_a_changed_questionnaire_is_compared_on_common_items_and_named_method(questionnaire):
    """In the version before, PO3c asked something else: it leaves, and its facet keeps two items."""
    texts = questionnaire.texts["en"]
    words = texts.model_copy(update={"items": texts.items | {"PO3a": "Another sentence."}})
    older = replace(questionnaire, texts={"en": words}, fingerprint="older")
    now, before = wave(questionnaire, seed=1, shift=1), wave(older, seed=2, prefix="q")
    later, _ = compared(now, before)
    found = shown(later)
    assert set(found.index) == {"LE", "PM", "OO", "PO", "overall"}
    assert found["on_common"].all()
    kept = [item for item in questionnaire.items if item.startswith("PO") and item != "PO3a"]
    rows = [row for row in later.ledger if row["figure"] == "organisation:comparable" and row["measure"][:2] == "PO"]
    assert {row.get("wave") for row in rows} == {None, "2025"}
    assert all(item in row["measure"] for row in rows for item in kept)
    assert not any("PO3a" in str(row["measure"]) for row in rows)


def test_a_change_of_the_cut_offs_alone_still_compares_all_items(questionnaire):
    """The method has changed, the answers mean the same: compared, and told apart from the published score."""
    older = replace(questionnaire, fingerprint="older")
    later, _ = compared(wave(questionnaire, seed=1, shift=1), wave(older, seed=2, prefix="q"))
    assert shown(later)["on_common"].all()


@pytest.mark.parametrize("weights", [{"PM": 2, "DE": 1.5}, {"EN": 0.1}])
def test_declared_role_weights_are_those_of_score_gap_and_change(questionnaire, weights):
    """What the gate checks and what was computed are the same mean, whatever the roles weigh."""
    scoring = questionnaire.structure.scoring.model_copy(update={"role_weights": weights})
    structure = questionnaire.structure.model_copy(update={"scoring": scoring})
    weighed = replace(questionnaire, structure=structure, fingerprint="weighed")
    sizes = SIZES | {"EX": 7}
    now, before = (wave(weighed, sizes, seed=seed, prefix=str(seed)) for seed in (1, 2))
    later, _ = compared(now, before)
    means = now.persons.groupby("role")["LE"].mean()
    of = dict.fromkeys(sizes, 1) | weights
    expected = sum(of[role] * means[role] for role in of) / sum(of.values())
    table = later.released.table.set_index(["group", "measure"])
    assert table.loc[("organisation", "LE"), "score"] == pytest.approx(expected, abs=0.06)
    gaps = later.released.gaps.set_index(["role", "against", "measure"])
    assert (gaps["status"] == "shown").any()
    assert gaps.loc[("EX", "others", "LE"), "status"] == "shown"
    assert not shown(later).empty


def test_roles_that_were_declared_a_group_count_as_one_in_score_and_change(questionnaire):
    """Designers and product managers together: two groups of equal weight instead of three."""
    agreed = Agreed(groups=(("PM", "DE"),))
    now, before = wave(questionnaire, seed=1, shift=1), wave(questionnaire, seed=2, prefix="q")
    first = gate(before, questionnaire.policy, [], Facts(agreed=agreed))
    earlier = Before(before, questionnaire.policy, agreed, first.ledger, first.released, "2025")
    later = gate(now, questionnaire.policy, [], Facts(agreed=agreed, before=earlier))
    people = now.persons
    joined = people[people["role"].isin(["PM", "DE"])]["LE"].mean()
    expected = (joined + people[people["role"] == "EN"]["LE"].mean()) / 2
    table = later.released.table.set_index(["group", "measure"])
    assert table.loc[("organisation", "LE"), "score"] == pytest.approx(expected, abs=0.06)
    assert table.loc[("PM+DE", "LE"), "score"] == pytest.approx(joined, abs=0.06)
    assert {stratum.id for stratum in later.released.roles.strata} == {"EN", "PM+DE"}
    assert not shown(later)["on_common"].any()


def test_nothing_in_common_is_no_comparison(questionnaire):
    later, _ = compared(wave(questionnaire, {"PM": 12}, seed=1), wave(questionnaire, {"EN": 14}, seed=2, prefix="q"))
    assert later.released.changes.empty


def test_the_same_people_twice_are_told_of_where_both_waves_allow_it(questionnaire):
    later, _ = compared(wave(questionnaire, seed=1, shift=1), wave(questionnaire, seed=2))
    row = shown(later).loc["LE"]
    assert row["linked"] == pytest.approx(row["difference"], abs=0.11)  # everybody is linked
    some = wave(questionnaire, seed=2)
    table = some.of_persons.table.assign(respondent=[f"new{n}" if n < 2 else f"p{n}" for n in range(37)])
    two_left = replace(some, of_persons=replace(some.of_persons, table=table))
    row = shown(compared(wave(questionnaire, seed=1, shift=1), two_left)[0]).loc["LE"]
    assert np.isnan(row["linked"])  # with the score of everybody it would give the two away who left


def test_an_earlier_report_that_hid_a_score_has_no_change(questionnaire):
    before = wave(questionnaire, seed=2, prefix="q")
    first = gate(before, questionnaire.policy, [])
    hidden = first.released.table.assign(status="protected")
    earlier = Before(before, questionnaire.policy, NOTHING_AGREED, [], replace(first.released, table=hidden), "2025")
    later = gate(wave(questionnaire, seed=1), questionnaire.policy, [], Facts(before=earlier))
    assert shown(later).empty
    empty = {name: [] for name in TABLES} | {"roles": {"strata": [], "missing": []}, "n_blank": 0}
    nothing = Before(before, questionnaire.policy, NOTHING_AGREED, [], released_from_json(empty), "2025")
    assert shown(gate(wave(questionnaire, seed=1), questionnaire.policy, [], Facts(before=nothing))).empty
