"""A made-up organisation with every state a report can be in: Vindhaven is fictional, its numbers are invented."""

from dataclasses import replace

from assessment.comparison import Change
from assessment.disclosure import Released, Value, released_from_json
from assessment.disclosure.released import TABLES
from assessment.model.questionnaire import Questionnaire
from assessment.recommendations.advice import Advice, Parts, Recommended, Trace
from assessment.results import About, Practices, PracticeStatus, Results

WHOLE = {"overall": (56.2, 52.0, 60.0)}
DIMENSIONS = {"LE": (60.0, 54.0, 66.0), "PM": (48.7, 43.0, 54.0), "OO": (50.3, 45.0, 55.0), "PO": (65.8, 60.0, 71.0)}
FACETS = {
    "LE1": (68.4, 63.0, 74.0), "LE2": (47.6, 41.0, 54.0), "LE3": (66.0, 60.0, 72.0), "LE4": (58.0, 51.0, 65.0),
    "PM1": (54.0, 48.0, 60.0), "PM2": (57.1, 51.0, 63.0), "PM3": (25.2, 20.0, 32.0), "PM4": (58.5, 52.0, 65.0),
    "OO1": (59.0, 53.0, 65.0), "OO2": (52.2, 46.0, 58.0), "OO3": (34.3, 28.0, 41.0), "OO4": (55.8, 50.0, 62.0),
    "PO1": (61.0, 55.0, 67.0), "PO2": (75.1, 68.0, 81.0), "PO3": (54.0, 47.0, 61.0), "PO4": (73.0, 65.0, 79.0),
}  # fmt: skip
ROLES = {"EX": -14.0, "PM": 2.0, "EN": 0.0, "DE": 5.0, "GTM": 7.0, "OPS": 0.0}
BANDS = {"EX": "85_up", "PM": "70_84", "EN": "50_69", "DE": "below_50", "GTM": "70_84", "OPS": None}
BLANK = {("OPS", "PM3"), ("DE", "PM3"), ("OPS", "OO1"), ("DE", "OO1")}
LIMITS = {("PM", "PO2"): ("at_least", 75), ("GTM", "PM3"): ("at_most", 20)}
NOT_ASKED = {("GTM", "LE4"), ("EN", "LE4")}
CHANGES = (
    Change("LE", "dimension", 48.0, 60.0, None, 12.0, 4.0, 20.0, 8.0, 12.0, False, "clear", level_moved=(2, 3)),
    Change("PM", "dimension", 60.6, 48.7, None, -11.9, -20.0, -4.0, 8.0, 12.0, False, "clear"),
    Change("OO", "dimension", 45.0, 50.3, None, 5.3, -1.0, 12.0, 6.0, 9.0, False, "possible"),
    Change("PO", "dimension", 66.9, 65.8, None, -1.1, -9.0, 7.0, 8.0, 12.0, False, "none"),
    Change("PO3", "facet", 51.0, 54.0, None, 3.0, -7.0, 13.0, 10.0, 15.0, False, None),
    Change("overall", "overall", 55.1, 56.2, None, 1.1, -3.0, 5.0, 4.0, 6.0, True, "none"),
)
ABOUT = About(
    "vindhaven", "Vindhaven (simulated)", True, "2026-q4", "2026-11-02", "2026-11-20",
    "product-led-maturity", "0.1.0", "unvalidated",
)  # fmt: skip


def row(table: str, **said: object) -> dict[str, object]:
    """Give a row of a released table; what is not said is missing."""
    return dict.fromkeys(TABLES[table]) | {"status": "shown"} | said


def sample_results(questionnaire: Questionnaire, **changed: object) -> Results:
    """Give the results; `changed` replaces parts of them."""
    results = Results(
        about=ABOUT,
        released=sample_released(),
        changes=CHANGES,
        practices=_practices(questionnaire),
        patterns=(),
        recommended=_recommended(),
        targets={"PM3": 3},
        provenance={"k": 5, "questionnaire": "product-led-maturity/0.1.0", "seed": 1, "draws": 2000, "libraries": {}},
    )
    return replace(results, **changed)


def sample_released(**changed: object) -> Released:
    """Give the released figures; `changed` replaces whole tables by lists of rows."""
    names = [*ROLES]
    strata = [{"id": role, "roles": [role], "open": role == "EX"} for role in names]
    written = {
        "table": [*_everyone(), *_roles()],
        "levels": _levels(),
        "gaps": [
            _gap("LE", "others", difference=-18.4, low=-35.0, high=-5.0, verdict="clear"),
            _gap("OO", "others", difference=-4.2, low=-10.0, high=3.0, verdict="chance"),
            _gap("PM", "others", status="protected"),
            _gap("OO", "PM", difference=-16.1, low=-30.0, high=-3.0, verdict="clear", effect_size=-0.9),
            _gap("LE", "PM", difference=-3.0, low=-12.0, high=6.0, verdict="chance"),
        ],
        "changes": [],
        "checks": _checks(),
        "visibility": [
            {"group": "EN", "measure": "PO1b", "share": 0.4, "is_limit": False},
            {"group": "GTM", "measure": "OO2b", "share": 0.8, "is_limit": True},
        ],
        "next_evidence": [{"kind": "missing_role", "group": "OPS"}, {"kind": "answers", "group": "EN"}],
        "rules": [],
        "participation": _participation(),
        "roles": {"strata": strata, "missing": []},
        "n_blank": len(BLANK),
    }
    return released_from_json(written | changed)


def _gap(measure: str, against: str, **said: object) -> dict[str, object]:
    return row("gaps", **{"measure": measure, "role": "EX", "against": against, "left_out": []} | said)


def _everyone() -> list[dict[str, object]]:
    place = {"group_kind": "organisation", "group": "organisation", "n": 57, "agreement_word": "broad"}
    kinds = {"overall": WHOLE, "dimension": DIMENSIONS, "facet": FACETS}
    return [
        row("table", measure=measure, kind=kind, score=score, low=low, high=high, respondent_score=score, **place)
        for kind, known in kinds.items()
        for measure, (score, low, high) in known.items()
    ]


def _roles() -> list[dict[str, object]]:
    return [
        _of_role(role, facet, score + shift) for role, shift in ROLES.items() for facet, (score, *_) in FACETS.items()
    ]


def _of_role(role: str, facet: str, score: float) -> dict[str, object]:
    place = {"group_kind": "role", "group": role, "measure": facet, "kind": "facet"}
    if (role, facet) in BLANK:
        return row("table", **place, status="protected")
    if (role, facet) in NOT_ASKED:
        return row("table", **place, status="not_asked")
    if (role, facet) in LIMITS:
        direction, value = LIMITS[role, facet]
        return row("table", **place, status="bound", bound_direction=direction, bound_value=value)
    return row("table", **place, score=score, n_band="5-9" if role == "DE" else "10-19")


def _levels() -> list[dict[str, object]]:
    shares = {
        "overall": ("named", 3, None, 0.85, (0.0, 0.15, 0.85, 0.0, 0.0), 3, 3, []),
        "LE": ("named", 3, None, 0.9, (0.0, 0.05, 0.9, 0.05, 0.0), 5, 3, []),
        "PM": ("named", 2, None, 1.0, (0.0, 1.0, 0.0, 0.0, 0.0), 2, 3, ["PM3"]),
        "OO": ("between", 2, 3, None, (0.0, 0.45, 0.55, 0.0, 0.0), 4, 2, []),
        "PO": ("unknown", None, None, None, (0.0, 0.2, 0.4, 0.4, 0.0), 5, None, []),
    }
    names = ("wording", "level", "other_level", "probability", "p", "cap", "uncapped_level", "held_by")
    rows = [dict(zip(names, said, strict=True)) | {"measure": measure} for measure, said in shares.items()]
    return [
        row("levels", **{k: v for k, v in one.items() if k != "p"}, **{f"p_{n}": p for n, p in enumerate(one["p"], 1)})
        for one in rows
    ]


def _checks() -> list[dict[str, object]]:
    ranges = [("role_weights", "LE", 56.0, 63.5, False), ("role_weights", "PM", 45.1, 52.4, True)]
    ranges += [("dimension_weights", "overall", 53.0, 59.0, False), ("missing_roles", "PO", 54.0, 70.7, True)]
    return [
        *(_check(check, measure, low=low, high=high, moves=moves) for check, measure, low, high, moves in ranges),
        _check("role_weights", "OO", moves=True),
        _check("strict_minima", "LE", moves=False),
        _check("without_flagged", "LE", score=61.2, moves=False),
        _check("without_flagged", "PM", moves=True),
        _check("weakest", "PM", support=0.65, moves=True),
    ]


def _check(check: str, measure: str, **said: object) -> dict[str, object]:
    return {name: said.get(name) for name in TABLES["checks"]} | {"check": check, "measure": measure}


def _participation() -> list[dict[str, object]]:
    everyone = row("participation", group_kind="organisation", group="organisation", n=57, asked=75)
    groups = [
        row("participation", group_kind="role", group=role, band=band, status="shown" if band else "protected")
        for role, band in BANDS.items()
    ]
    return [*groups, everyone]


def _recommended() -> Recommended:
    parts = Parts(2, 3, 50.0, "PM3", 24.8, 1.0, 1.25, 1.0, 1.0, 1.0, 0.9, 1.0, 0.8, 0.9)
    read = (
        Value("PM3", "points", 25.2, 20.0, 32.0, 57),
        Value("PM3b", "raw", 2.1),
        Value("EV02", "rating", 1.0),
        Value("coverage", "coverage", 75.0),
        Value("LE", "gap", -18.4, -35.0, -5.0),
    )
    trace = Trace("PM3 < 50", ("PM3 < 50",), read, ("PM3b",), 0.97, (), ("PM3 >= 50",), parts)
    shown = (
        Advice("PM-01", "shown", 0.5, 1.25, 0.9, 0.8, 0.45, trace),
        Advice("OO-02", "shown", 0.4, 1.0, 0.8, 0.8, 0.26),
    )
    return Recommended(shown, (Advice("LE-01", "next_after", after="PM-01"), Advice("LE-09", "ask_more")))


def _practices(questionnaire: Questionnaire) -> Practices:
    inventory = questionnaire.practices
    assert inventory is not None
    values = [3, 2, 2, 1, 0, 2, None, 1, 2, 3]
    rows = tuple(
        PracticeStatus(practice.id, practice.pillar, value, n != 3, None, None)
        for n, (practice, value) in enumerate(zip(inventory.items, values, strict=True))
    )
    return Practices("2026-11-12", rows, 0.75, 0.6, 6, 8, 9)
