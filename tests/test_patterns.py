"""Patterns: hypotheses with enough support, at most two, each with the figures that speak for it."""

import dataclasses

import pytest

from assessment.disclosure import released_from_json
from assessment.disclosure.released import TABLES
from assessment.model.rule import parse
from assessment.patterns import fired, holding, not_judged


def row(table, **said):
    return dict.fromkeys(TABLES[table]) | said


def released_with(questionnaire, support, *, scores=(), hidden=(), failing=()):
    """Stand in for a released wave in which the patterns have this support; all others do not hold."""
    rules = [
        row(
            "rules",
            rule=str(parse(pattern.when)),
            judged=pattern.id not in hidden,
            holds=pattern.id in support and pattern.id not in failing,
            support=None if pattern.id in hidden else support.get(pattern.id, 0.0),
        )
        for pattern in questionnaire.patterns
    ]
    place = {"group_kind": "organisation", "group": "organisation", "status": "shown"}
    table = [row("table", measure=m, score=s, low=s - 5, high=s + 5, n=24, **place) for m, s in dict(scores).items()]
    gaps = [row("gaps", measure="LE", role="EX", against="others", difference=18.0, low=5.0, high=30.0, status="shown")]
    empty = {name: [] for name in TABLES}
    return released_from_json(
        empty | {"table": table, "rules": rules, "gaps": gaps, "roles": {"strata": [], "missing": []}, "n_blank": 0}
    )


def test_the_two_best_supported_are_shown_and_ties_go_by_id(questionnaire):
    released = released_with(questionnaire, {"A09": 0.8, "A02": 0.75, "A08": 0.8, "A10": 0.95})
    assert [(found.id, found.support) for found in fired(released, questionnaire)] == [("A10", 0.95), ("A08", 0.8)]
    assert [found.id for found in holding(released, questionnaire)] == ["A10", "A08", "A09", "A02"]


@pytest.mark.parametrize(("support", "is_found"), [(0.70, True), (0.65, False)])
def test_seven_in_ten_draws_are_needed(questionnaire, support, is_found):
    assert bool(fired(released_with(questionnaire, {"A09": support}), questionnaire)) is is_found


def test_a_pattern_must_hold_at_the_point_estimate_too(questionnaire):
    assert fired(released_with(questionnaire, {"A09": 0.9}, failing=["A09"]), questionnaire) == ()


def test_a_pattern_that_reads_a_hidden_figure_is_not_judged(questionnaire):
    released = released_with(questionnaire, {"A09": 0.9}, hidden=["A09", "A01"])
    assert fired(released, questionnaire) == ()
    assert not_judged(released, questionnaire) == ("A01", "A09")


def test_a_pattern_carries_its_figures(questionnaire):
    """OO1 >= 60 and OO3 < 45."""
    released = released_with(questionnaire, {"A09": 0.9}, scores={"OO1": 66.5, "OO3": 31.2})
    (found,) = fired(released, questionnaire)
    values = [(value.id, value.unit, value.score, value.low, value.high, value.n) for value in found.values]
    assert values == [("OO1", "points", 66.5, 61.5, 71.5, 24), ("OO3", "points", 31.2, 26.2, 36.2, 24)]


def test_items_stand_beside_a_pattern_as_they_were_answered(questionnaire):
    """A04 reads raw(PM1c), a reversed item: keyed 25 is 5 - 25 / 25 = 4."""
    (found,) = fired(released_with(questionnaire, {"A04": 0.9}, scores={"PM1c": 25.0}), questionnaire)
    assert {value.id: value.score for value in found.values if value.unit == "raw"} == {"PM1c": 4.0}
    assert found.mirror == "PM1c"


def test_a_pattern_about_leaders_carries_the_gaps(questionnaire):
    (found,) = fired(released_with(questionnaire, {"A12": 0.9}), questionnaire)
    assert [(value.id, value.unit, value.score) for value in found.values] == [("LE", "gap", 18.0)]


def test_the_mirror_that_a_pattern_writes_leads(questionnaire):
    patterns = tuple(p.model_copy(update={"mirror": "LE2a"}) if p.id == "A04" else p for p in questionnaire.patterns)
    other = dataclasses.replace(questionnaire, patterns=patterns)
    (found,) = fired(released_with(questionnaire, {"A04": 0.9}), other)
    assert found.mirror == "LE2a"


def test_all_scores_of_an_even_profile_are_named_once(questionnaire):
    (found,) = fired(released_with(questionnaire, {"A14": 0.9}), questionnaire)
    names = [value.id for value in found.values]
    assert len(names) == len(set(names)) == 4 + 16
