"""Changes between waves: printed as they passed the gate, for what both waves show."""

import pytest

from assessment.comparison import compare
from assessment.disclosure import released_from_json
from assessment.disclosure.released import TABLES


def row(table, **said):
    return dict.fromkeys(TABLES[table]) | said


def wave(scores, changes=(), *, blank=(), levels=()):
    kinds = {"overall": "overall", "LE1": "facet"}
    place = {"group_kind": "organisation", "group": "organisation"}
    table = [
        row("table", measure=m, kind=kinds.get(m, "dimension"), score=s, n=30, status="shown", **place)
        for m, s in scores.items()
    ]
    table += [row("table", measure=m, kind="dimension", status="protected", **place) for m in blank]
    rest = {name: [] for name in TABLES} | {"roles": {"strata": [], "missing": []}, "n_blank": len(blank)}
    changes = [row("changes", **change) for change in changes]
    return released_from_json(rest | {"table": table, "levels": list(levels), "changes": changes})


POSSIBLE = {
    "measure": "LE", "difference": 10.0, "low": -2.0, "high": 22.0, "noise_band": 12.0, "detectable": 17.0,
    "is_unlikely": False, "on_common": False, "verdict": "possible",
}  # fmt: skip


def test_a_first_wave_has_no_changes():
    assert compare(wave({"LE": 50.0}, [POSSIBLE | {"status": "shown"}]), None) == ()


def test_a_change_carries_both_scores_and_what_passed_the_gate():
    """Means 40 and 50, range -1.6 to 21.6 and noise band 11.6 before rounding: possible."""
    (change,) = compare(wave({"LE": 50.0}, [POSSIBLE | {"status": "shown"}]), wave({"LE": 40.0}))
    assert (change.measure, change.earlier, change.later, change.difference) == ("LE", 40.0, 50.0, 10.0)
    assert (change.low, change.high, change.noise_band, change.verdict) == (-2.0, 22.0, 12.0, "possible")
    assert (change.rescored, change.linked, change.level_moved) == (None, None, None)


def test_what_either_wave_hides_has_no_change():
    shown, hidden = POSSIBLE | {"status": "shown"}, {"measure": "LE", "status": "protected"}
    assert compare(wave({"LE": 50.0}, [hidden]), wave({"LE": 40.0})) == ()
    assert compare(wave({"LE": 50.0}, [shown]), wave({}, blank=["LE"])) == ()
    assert compare(wave({}, [shown], blank=["LE"]), wave({"LE": 40.0})) == ()
    assert compare(wave({"LE": 50.0}, [shown]), wave({"PM": 40.0})) == ()


def test_facets_change_without_a_verdict():
    changes = [POSSIBLE | {"status": "shown"}, POSSIBLE | {"measure": "LE1", "verdict": "", "status": "shown"}]
    found = compare(wave({"LE": 50.0, "LE1": 60.0}, changes), wave({"LE": 40.0, "LE1": 50.0}))
    assert [(change.measure, change.kind, change.verdict) for change in found] == [
        ("LE", "dimension", "possible"),
        ("LE1", "facet", None),
    ]


def test_a_change_is_never_told_without_its_range():
    change = {"measure": "LE", "difference": 3.0, "verdict": "none", "status": "shown"}
    assert compare(wave({"LE": 53.0}, [change]), wave({"LE": 50.0})) == ()


def test_another_method_is_told_apart_from_movement():
    """Published as 40; by today's method 43 then and 51 now: 8 points moved, 3 are the method."""
    row = POSSIBLE | {"earlier": 43.0, "later": 51.0, "difference": 8.0, "on_common": True, "status": "shown"}
    (change,) = compare(wave({"LE": 52.0}, [row]), wave({"LE": 40.0}))
    assert (change.earlier, change.rescored, change.difference) == (40.0, (43.0, 51.0), 8.0)


def level(number, wording="named"):
    return row("levels", measure="LE", wording=wording, level=number, held_by=[], status="shown")


@pytest.mark.parametrize(
    ("verdict", "before", "now", "moved"),
    [
        ("clear", level(2), level(3), (2, 3)),
        ("clear", level(3), level(3), None),
        ("clear", level(2, "between"), level(3), None),
        ("possible", level(2), level(3), None),
    ],
)
def test_a_level_moved_only_with_a_clear_change_and_one_level_in_both_waves(verdict, before, now, moved):
    changes = [POSSIBLE | {"verdict": verdict, "status": "shown"}]
    (change,) = compare(wave({"LE": 50.0}, changes, levels=[now]), wave({"LE": 40.0}, levels=[before]))
    assert change.level_moved == moved
