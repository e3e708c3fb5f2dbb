"""What leaves the gate: printed precision, one mark for every blank, and nothing behind it."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.disclosure import (
    Both,
    Decisions,
    Material,
    Strata,
    Stratum,
    accepted,
    comparable_figure,
    decide,
    figure_without,
    gap_figure,
    release,
    released_from_json,
    released_to_json,
    rounding,
)
from assessment.disclosure.checks import CHECKS
from assessment.disclosure.trend import CHANGES
from assessment.disclosure.visibility import VISIBILITY
from assessment.errors import PolicyError, ReportError
from assessment.model.policy import Policy

PARTS = {"A": ("A1", "A2"), "B": ("B1", "B2")}
ITEMS = tuple(f"{facet}_{n}" for facets in PARTS.values() for facet in facets for n in (1, 2))


def wave(n_lead=8, n_other=16, *, seed=3, points=None):
    """Two dimensions of two facets of two items, all answered, two roles."""
    n = n_lead + n_other
    points = np.random.default_rng(seed).integers(1, 4, (n, 8)) * 25.0 if points is None else points
    measures = [measure for dimension, facets in PARTS.items() for measure in (dimension, *facets)]
    return Material(
        respondents=tuple(f"p{x}" for x in range(n)),
        strata=("lead",) * n_lead + ("crew",) * n_other,
        teams=(None,) * n,
        items=ITEMS,
        points=points,
        parts={d: {f: (f"{f}_1", f"{f}_2") for f in facets} for d, facets in PARTS.items()},
        counts={measure: np.ones(n, dtype=bool) for measure in measures},
    )


def cells_of(material):
    """Score the wave by hand: means of means, roles count the same."""
    rows = []
    is_lead = np.array([stratum == "lead" for stratum in material.strata])
    kinds = dict.fromkeys(material.parts, "dimension") | {f: "facet" for of in PARTS.values() for f in of}
    for measure, kind in kinds.items():
        values = material.values(measure)
        lead, crew = values[is_lead].mean(), values[~is_lead].mean()
        rows += [
            ("organisation", "organisation", measure, kind, (lead + crew) / 2, is_lead.size),
            ("role", "lead", measure, kind, lead, is_lead.sum()),
            ("role", "crew", measure, kind, crew, (~is_lead).sum()),
        ]
    for kind, group, n in (("organisation", "organisation", is_lead.size), ("role", "lead", is_lead.sum())):
        means = [row[4] for row in rows if row[:2] == (kind, group) and row[3] == "dimension"]
        rows.append((kind, group, "overall", "overall", np.mean(means), n))
    table = pd.DataFrame(rows, columns=["group_kind", "group", "measure", "kind", "mean", "n"])
    return table.assign(low=table["mean"] - 3.3, high=table["mean"] + 3.3, n_asked=table["n"] * 1.25, agreement=0.71)


ROLES = Strata((Stratum("crew", ("crew",)), Stratum("lead", ("lead",))))


def released(questionnaire, material=None, cells=None, *, decisions=None, **more):
    material = material or wave()
    decisions = decisions or decide(material, [], k=5, open_floor=3)
    return release(
        cells_of(material) if cells is None else cells,
        decisions,
        parts=PARTS,
        roles=ROLES,
        policy=more.pop("policy", questionnaire.policy),
        n_respondents=more.pop("n_respondents", len(material.respondents)),
        **more,
    )


def cell(found, group, measure):
    return found.table[(found.table["group"] == group) & (found.table["measure"] == measure)].iloc[0]


def test_means_have_one_decimal_and_intervals_round_outward(questionnaire):
    found = released(questionnaire)
    exact = cells_of(wave())
    mean = exact.loc[(exact["group"] == "organisation") & (exact["measure"] == "A1"), "mean"].iloc[0]
    row = cell(found, "organisation", "A1")
    assert row["score"] == round(mean, 1)
    assert (row["low"], row["high"]) == (np.floor(mean - 3.3), np.ceil(mean + 3.3))
    assert (row["n"], row["status"], row["answered_share"]) == (24, "shown", 0.8)
    lead = cell(found, "lead", "A1")
    assert lead["low"] % 5 == 0
    assert lead["high"] - lead["low"] >= 10
    assert pd.isna(lead["n"])
    assert lead["n_band"] == "5-9"


def test_agreement_is_a_figure_from_20_a_word_from_10_and_else_blank(questionnaire):
    found = released(questionnaire)
    assert (cell(found, "organisation", "A")["agreement"], cell(found, "organisation", "A")["agreement_word"]) == (
        0.7,
        "broad",
    )
    crew, lead = cell(found, "crew", "A"), cell(found, "lead", "A")
    assert pd.isna(crew["agreement"])
    assert crew["agreement_word"] == "broad"
    assert pd.isna(lead["agreement_word"])


def test_a_figure_near_nought_would_say_that_all_answered_alike(questionnaire):
    row = cell(released(questionnaire, cells=cells_of(wave()).assign(agreement=0.0)), "organisation", "A")
    assert pd.isna(row["agreement"])
    assert row["agreement_word"] == "broad"


def test_a_blank_says_nothing_of_its_cause(questionnaire):
    """Too few people, and a limit undone: the same row but for its place."""
    material = wave(n_lead=4)
    found = released(questionnaire, material)
    blank = cell(found, "lead", "A")
    assert blank["status"] == "protected"
    assert blank.drop(["group_kind", "group", "measure", "kind", "status"]).isna().all()
    assert found.n_blank == (found.table["status"] == "protected").sum() > 0


def test_a_limit_has_no_interval_no_level_and_no_number(questionnaire):
    points = wave().points.copy()
    points[:8, :2] = 100.0
    row = cell(released(questionnaire, wave(points=points)), "lead", "A1")
    assert (row["status"], row["bound_direction"], row["bound_value"]) == ("bound", "at_least", 85)
    assert row[["score", "low", "high", "n", "n_band", "level", "agreement_word"]].isna().all()


def test_the_overall_score_needs_every_dimension(questionnaire):
    points = wave().points.copy()
    points[:8, :4] = 100.0
    found = released(questionnaire, wave(points=points))
    assert cell(found, "lead", "A")["status"] == "bound"
    assert cell(found, "lead", "overall")["status"] == "protected"


def test_nothing_that_shows_spread_is_a_field(questionnaire):
    found = released(questionnaire)
    names = {
        column
        for field in dataclasses.fields(found)
        if isinstance(t := getattr(found, field.name), pd.DataFrame)
        for column in t
    }
    assert not names & {"se", "se_sample", "df", "sd", "variance", "p", "reason", "mean"}


def test_a_score_of_other_people_than_the_checked_is_refused(questionnaire):
    cells = cells_of(wave())
    with pytest.raises(PolicyError, match="does not rest on the people"):
        released(questionnaire, cells=cells.assign(mean=cells["mean"] + 0.01))


def test_unknown_columns_and_rules_below_the_floor_release_nothing(questionnaire):
    with pytest.raises(PolicyError, match="raw_answers: unknown"):
        released(questionnaire, cells=cells_of(wave()).assign(raw_answers=1))
    low = Policy.model_construct(**(dict(questionnaire.policy) | {"k": 4, "open_group_floor": 2}))
    with pytest.raises(PolicyError, match="below their floor") as refused:
        released(questionnaire, policy=low)
    assert len(refused.value.problems) == 2


def test_fewer_than_five_people_get_no_report_and_the_number_is_not_said(questionnaire):
    with pytest.raises(PolicyError, match="fewer than 5 people answered") as refused:
        released(questionnaire, n_respondents=3)
    assert "3" not in str(refused.value)


LEVELS = {"p_1": 0.0, "p_2": 0.04, "p_3": 0.22, "p_4": 0.74, "p_5": 0.0}


def levels_of(supported, level=4):
    """Every cap gives the level of the cap, named, but for caps of 4 and 5."""
    wordings = {f"wording_{c}": "named" for c in range(1, 6)} | {f"level_{c}": min(c, 4) for c in range(1, 6)}
    more = {f"other_level_{c}": None for c in range(1, 6)} | {
        f"probability_{c}": 0.96 if c < 4 else 0.83 for c in range(1, 6)
    }
    return pd.DataFrame(
        [{"measure": m, "level": level, "supported": u} | LEVELS | wordings | more for m, u in supported.items()]
    )


def test_a_shown_facet_holds_a_dimension_and_the_whole_back(questionnaire):
    supported = {"A1": 2, "A2": 4, "B1": 5, "B2": 5, "A": 4, "B": 4, "overall": 4}
    found = released(questionnaire, levels=levels_of(supported)).levels.set_index("measure")
    assert (found.loc["A", "cap"], found.loc["A", "held_by"], found.loc["A", "level"]) == (3, ("A1",), 3)
    assert found.loc["A", ["p_2", "p_3", "p_4"]].tolist() == [0.05, 0.95, 0.0]
    assert (found.loc["B", "cap"], found.loc["B", "held_by"], found.loc["B", "level"]) == (5, (), 4)
    assert (found.loc["overall", "cap"], found.loc["overall", "held_by"]) == (4, ())
    assert found.loc["A", "probability"] == 0.95


def test_a_facet_that_is_not_shown_holds_nothing_back(questionnaire):
    points = np.random.default_rng(3).integers(1, 4, (24, 8)) * 25.0
    points[:, :2] = 0.0
    supported = {"A1": 1, "A2": 4, "B1": 5, "B2": 5, "A": 4, "B": 4, "overall": 4}
    found = released(questionnaire, wave(points=points), levels=levels_of(supported)).levels.set_index("measure")
    assert (found.loc["A", "cap"], found.loc["A", "held_by"]) == (5, ())


def test_few_practices_hold_a_level_back(questionnaire):
    supported = {"A1": 5, "A2": 5, "B1": 5, "B2": 5, "A": 5, "B": 5, "overall": 5}
    levels = levels_of(supported, level=5).assign(coverage_cap=pd.array([pd.NA] * 4 + [3, pd.NA, pd.NA], dtype="Int64"))
    found = released(questionnaire, levels=levels).levels.set_index("measure")
    assert (found.loc["A", "cap"], found.loc["A", "held_by"]) == (3, ("coverage",))
    assert (found.loc["overall", "cap"], found.loc["overall", "held_by"]) == (4, ("A",))


def test_a_rule_is_judged_only_if_everything_it_names_is_shown(questionnaire):
    rules = pd.DataFrame(
        [
            ("A1 < 50", True, 0.874, ("A1", "coverage")),
            ("gap(lead, crew, A) > 15", True, 0.9, ("gap:lead:crew:A",)),
            ("C1 < 50", True, 1.0, ("C1",)),
        ],
        columns=["rule", "holds", "support", "names"],
    )
    found = released(questionnaire, rules=rules).rules
    assert found["judged"].tolist() == [True, False, False]
    assert found["holds"].tolist() == [True, False, False]
    assert found["support"].iloc[0] == 0.85
    assert found["support"].iloc[1:].isna().all()


def gaps_of(material, difference):
    return pd.DataFrame([
        {"measure": "A", "basis": "A", "role": "lead", "against": "crew", "difference": difference, "low": -2.0,
         "high": 21.0, "verdict": "possible", "effect_size": 0.84, "left_out": ("crew",), "n": 8},
    ])  # fmt: skip


def test_a_gap_needs_its_own_row_and_the_value_of_that_row(questionnaire):
    material = wave()
    values = material.values("A")
    difference = values[:8].mean() - values[8:].mean()
    figure = gap_figure(material, "lead", "crew", "A", np.ones(24, dtype=bool), ["crew"])
    passed = decide(material, [], k=5, open_floor=3, others=[figure])
    shown = released(questionnaire, decisions=passed, gaps=gaps_of(material, difference)).gaps.iloc[0]
    assert (shown["difference"], shown["low"], shown["high"]) == (round(difference, 1), -5.0, 25.0)
    assert shown["left_out"] == ("crew",)
    assert pd.isna(shown["effect_size"])  # below 20 people on a side
    assert released(questionnaire, gaps=gaps_of(material, difference)).gaps.iloc[0]["status"] == "protected"
    other = released(questionnaire, decisions=passed, gaps=gaps_of(material, difference + 1)).gaps.iloc[0]
    assert other["status"] == "protected"
    assert pd.isna(other["difference"])


NOTHING = Decisions({}, {}, ())


def change_row(**said):
    usual = {"measure": "A", "later": 60.0, "earlier": 55.74, "difference": 4.26, "low": -3.2, "high": 11.7}
    usual |= {"noise_band": 7.4, "detectable": 10.2, "is_unlikely": False, "verdict": "none", "n": 24, "n_earlier": 12}
    return dict.fromkeys(CHANGES, np.nan) | usual | said


@pytest.mark.parametrize(
    ("n_earlier", "was_shown", "status"), [(12, True, "shown"), (9, True, "protected"), (12, False, "protected")]
)
def test_a_change_needs_ten_people_and_both_scores(questionnaire, n_earlier, was_shown, status):
    both = Both({"A": ("A", "A")}, (True, True), {("organisation", "A"): was_shown}, NOTHING)
    changes = pd.DataFrame([change_row(n_earlier=n_earlier)])
    found = released(questionnaire, changes=changes, both=both).changes.iloc[0]
    assert found["status"] == status
    if status == "shown":
        assert found[["difference", "low", "high", "noise_band", "detectable"]].tolist() == [
            4.3,
            -5.0,
            15.0,
            10.0,
            15.0,
        ]
        assert not found["on_common"]


@pytest.mark.parametrize(("later", "earlier", "status"), [(1, 1, "shown"), (0, 1, "protected"), (1, 0, "protected")])
def test_a_change_on_common_roles_needs_its_own_row_in_both_waves(questionnaire, later, earlier, status):
    material = wave()
    figure = comparable_figure(material, "common", "A", material.strata, material.counted("A"))
    value = figure.value(material)
    now = decide(material, [], k=5, open_floor=3, others=[figure][:later])
    then = accepted(material, [], [figure][:earlier], k=5, open_floor=3)
    both = Both({"A": ("A", "A")}, (False, False), {}, then)
    changes = pd.DataFrame([change_row(later=value, earlier=value)])
    found = released(questionnaire, decisions=now, changes=changes, both=both).changes.iloc[0]
    assert (found["status"], found["on_common"]) == (status, status == "shown")


def test_the_parts_of_a_change_need_every_role_in_both_waves(questionnaire):
    of_roles = {("lead", "A"): True, ("crew", "A"): True}
    changes = pd.DataFrame([change_row(by_answers=3.14, by_mix=1.12)])
    for hidden, expected in ((None, [3.1, 1.1]), (("crew", "A"), [None, None])):
        shown = {("organisation", "A"): True} | {key: key != hidden for key in of_roles}
        both = Both({"A": ("A", "A")}, (True, True), shown, NOTHING)
        found = released(questionnaire, changes=changes, both=both).changes.iloc[0]
        assert found["status"] == "shown"
        assert [None if pd.isna(value) else value for value in found[["by_answers", "by_mix"]]] == expected


def check_row(check, measure="A", **said):
    return dict.fromkeys(CHECKS, np.nan) | {"check": check, "measure": measure} | said


def moves(*caps):
    return {f"moves_{cap}": cap in caps for cap in range(1, 6)}


def test_a_range_over_role_weights_needs_every_role_but_the_sentence_does_not(questionnaire):
    checks = pd.DataFrame([check_row("role_weights", low=51.23, high=63.4, **moves(5))])
    found = released(questionnaire, checks=checks).checks.iloc[0]
    assert found[["low", "high"]].tolist() == [51.2, 63.4]
    material = wave()
    hidden = decide(material, [], k=5, open_floor=3, group_kinds=())
    found = released(questionnaire, decisions=hidden, checks=checks).checks.iloc[0]
    assert pd.isna(found["low"])
    assert found["moves"]


@pytest.mark.parametrize(("n_flagged", "shown"), [(4, False), (6, True)])
def test_a_score_without_flagged_answers_needs_enough_of_both(questionnaire, n_flagged, shown):
    """Four flagged people: their mean would follow from the score with them and the score without."""
    material = wave()
    flagged = np.isin(np.arange(24), np.arange(8, 8 + n_flagged))
    figure = figure_without(material, "A", flagged=flagged)
    decided = decide(material, [], k=5, open_floor=3, others=[figure])
    checks = pd.DataFrame([check_row("without_flagged", score=figure.value(material), **moves())])
    found = released(questionnaire, decisions=decided, checks=checks).checks.iloc[0]
    assert pd.notna(found["score"]) == shown


def test_flagged_answers_matter_from_two_points_on(questionnaire):
    mean = cells_of(wave()).set_index(["group_kind", "measure"]).loc[("organisation", "A"), "mean"]
    for shift, matters in ((1.9, False), (2.0, True)):
        checks = pd.DataFrame([check_row("without_flagged", score=mean + shift, **moves())])
        assert released(questionnaire, checks=checks).checks.iloc[0]["moves"] == matters


@pytest.mark.parametrize(
    ("asked", "told", "printed"),
    [
        (9, 9, None),  # fewer than ten were asked
        (10, 2, None),  # below three in ten
        (10, 3, (0.3, False)),
        (12, 10, (0.8, False)),
        (12, 11, (0.8, True)),  # all but one: only a limit
        (12, 12, (0.8, True)),
        (20, 19, (0.9, True)),
        (60, 60, (0.95, True)),
    ],
)
def test_a_share_who_cannot_tell_never_says_what_each_of_them_chose(questionnaire, asked, told, printed):
    rows = pd.DataFrame([("crew", "A1_1", asked, told), ("other_roles", "A1_1", 20, 10)], columns=VISIBILITY)
    found = released(questionnaire, visibility=rows).visibility
    assert list(found["group"]) == (["crew"] if printed else [])
    if printed:
        assert (found.iloc[0]["share"], found.iloc[0]["is_limit"]) == printed


def test_whose_answers_would_help_is_said_of_shown_groups_without_a_number(questionnaire):
    rows = [("missing_role", "DE", 20.0), ("answers", "crew", 3.0), ("answers", "hidden", 1.0)]
    found = released(questionnaire, next_evidence=pd.DataFrame(rows, columns=["kind", "group", "gain"])).next_evidence
    assert found.to_dict("records") == [
        {"kind": "missing_role", "group": "DE"},
        {"kind": "answers", "group": "crew"},
    ]


def test_participation_is_counted_for_the_organisation_and_a_band_for_groups(questionnaire):
    participation = pd.DataFrame(
        [("organisation", "organisation", 24, 40), ("role", "crew", 16, 20), ("role", "other_roles", 2, 4)],
        columns=["group_kind", "group", "n", "asked"],
    )
    found = released(questionnaire, participation=participation).participation
    assert found["status"].tolist() == ["shown", "shown", "protected"]
    assert found["band"].tolist()[1] == "70_84"
    assert found["n"].tolist() == [24, pd.NA, pd.NA]


def test_released_figures_are_written_and_read_back_the_same(questionnaire):
    supported = {"A1": 2, "A2": 4, "B1": 5, "B2": 5, "A": 4, "B": 4, "overall": 4}
    found = released(questionnaire, levels=levels_of(supported))
    text = json.dumps(released_to_json(found), allow_nan=False)
    back = released_from_json(json.loads(text))
    assert json.dumps(released_to_json(back), allow_nan=False) == text
    for field in dataclasses.fields(found):
        first, second = getattr(found, field.name), getattr(back, field.name)
        if isinstance(first, pd.DataFrame):
            pd.testing.assert_frame_equal(first, second)
        else:
            assert first == second


def test_only_printed_precision_is_written(questionnaire):
    cells = cells_of(wave())
    exact = {repr(float(mean)) for mean in cells["mean"] if round(mean, 1) != mean}
    text = json.dumps(released_to_json(released(questionnaire)))
    assert exact
    assert not any(mean[:8] in text for mean in exact)


def test_released_figures_of_another_shape_are_refused(questionnaire):
    written = released_to_json(released(questionnaire))
    with pytest.raises(ReportError, match=r"gaps: missing") as refused:
        released_from_json({name: part for name, part in written.items() if name != "gaps"} | {"raw": []})
    assert "raw: unknown" in str(refused.value)
    with pytest.raises(ReportError, match="row 1 has other columns"):
        released_from_json(written | {"rules": [{"rule": "A1 < 50", "names": ["p1"]}]})


@given(st.floats(0, 100), st.floats(0, 100), st.integers(5, 40))
def test_a_rounded_interval_holds_the_exact_one(a, b, n):
    low, high = min(a, b), max(a, b)
    bottom, top = rounding.interval(low, high, n=n)
    assert 0 <= bottom <= low + 1e-6
    assert high - 1e-6 <= top <= 100
    if n < 20:
        assert top - bottom >= 10
        assert bottom % 5 == top % 5 == 0


@pytest.mark.parametrize(
    ("share", "n", "printed"), [(0.649, 30, 0.65), (0.625, 30, 0.65), (0.649, 19, 0.6), (0.65, 8, 0.7), (1.0, 8, 1.0)]
)
def test_probabilities_have_steps_of_five_or_ten_percent(share, n, printed):
    assert rounding.probability(share, n=n) == printed


@pytest.mark.parametrize(
    ("n", "asked", "band"),
    [(49, 100, "below_50"), (1, 2, "50_69"), (7, 10, "70_84"), (17, 20, "85_up"), (20, 20, "85_up")],
)
def test_participation_bands(n, asked, band):
    assert rounding.band_of_participation(n, asked) == band
