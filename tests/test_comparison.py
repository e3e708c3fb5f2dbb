"""Changes between waves: printed as they passed the gate, for what both waves show."""

from assessment.comparison import compare
from assessment.disclosure import released_from_json
from assessment.disclosure.released import TABLES


def row(table, **said):
    return dict.fromkeys(TABLES[table]) | said


def wave(scores, changes=(), *, blank=()):
    kinds = {"overall": "overall", "LE1": "facet"}
    place = {"group_kind": "organisation", "group": "organisation"}
    table = [
        row("table", measure=m, kind=kinds.get(m, "dimension"), score=s, n=30, status="shown", **place)
        for m, s in scores.items()
    ]
    table += [row("table", measure=m, kind="dimension", status="protected", **place) for m in blank]
    rest = {name: [] for name in TABLES} | {"roles": {"strata": [], "missing": []}, "n_blank": len(blank)}
    return released_from_json(rest | {"table": table, "changes": [row("changes", **change) for change in changes]})


CLEAR = {"measure": "LE", "difference": 10.0, "low": -2.0, "high": 22.0, "noise_band": 12.0, "verdict": "possible"}


def test_a_first_wave_has_no_changes():
    assert compare(wave({"LE": 50.0}, [CLEAR | {"status": "shown"}]), None) == ()


def test_a_change_carries_both_scores_and_what_passed_the_gate():
    """Means 40 and 50, range -1.6 to 21.6 and noise band 11.6 before rounding: possible."""
    (change,) = compare(wave({"LE": 50.0}, [CLEAR | {"status": "shown"}]), wave({"LE": 40.0}))
    assert (change.measure, change.earlier, change.later, change.difference) == ("LE", 40.0, 50.0, 10.0)
    assert (change.low, change.high, change.noise_band, change.verdict) == (-2.0, 22.0, 12.0, "possible")


def test_what_either_wave_hides_has_no_change():
    shown, hidden = CLEAR | {"status": "shown"}, {"measure": "LE", "status": "protected"}
    assert compare(wave({"LE": 50.0}, [hidden]), wave({"LE": 40.0})) == ()
    assert compare(wave({"LE": 50.0}, [shown]), wave({}, blank=["LE"])) == ()
    assert compare(wave({}, [shown], blank=["LE"]), wave({"LE": 40.0})) == ()
    assert compare(wave({"LE": 50.0}, [shown]), wave({"PM": 40.0})) == ()


def test_dimensions_and_the_whole_change_facets_do_not():
    scores = {"LE": 50.0, "overall": 55.0, "LE1": 60.0}
    changes = [CLEAR | {"measure": measure, "status": "shown"} for measure in scores]
    assert [change.measure for change in compare(wave(scores, changes), wave(scores))] == ["LE", "overall"]


def test_a_change_is_never_told_without_its_range():
    change = {"measure": "LE", "difference": 3.0, "verdict": "none", "status": "shown"}
    assert compare(wave({"LE": 53.0}, [change]), wave({"LE": 50.0})) == ()
