"""Hold the experiment's figures against their limits."""

from collections.abc import Sequence

import pandas as pd

from assessment.scoring.cells import OVERALL
from benchmarks.simulation.figures import Figure, calibration, extreme, share_by

DIMENSION_LOW, DIMENSION_HIGH, OVERALL_LOW = 0.93, 0.98, 0.92
CALIBRATION, CLEAR, NOISE = 0.06, 0.03, 0.10
ENOUGH = 500
"""Cases that a bin of the reliability diagram needs."""
EVEN_PROFILE = "A14"
"""The pattern that says "even profile": in an even organisation it should fire."""
DESIGN = ("band", "shape", "roster")
ROLES = ("roles", "roster")
ANSWERING = {"under 60 %": 0.6, "60-89 %": 0.9, "90 % and more": 1.01}
"""Upper ends of the share of an organisation that answers, where its roster is known."""

_SPLITS = {"": "by size, shape, roster", "_by_roles": "by roles", "_by_answering": "by share answering"}


def coverage_tables(cases: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give coverage by condition: of dimensions and of the whole, of what the gate may show."""
    shown = cases[cases["is_printable"]].assign(
        roles=pd.cut(cases["n_roles"], [0, 1, 3, 6], labels=["1", "2-3", "4-6"]),
        answering=pd.cut(cases["answering"], [0, *ANSWERING.values()], labels=list(ANSWERING), right=False),
    )
    dimensions, whole = shown[shown["measure"] != OVERALL], shown[shown["measure"] == OVERALL]
    return {
        "dimension": share_by(dimensions, "holds", DESIGN),
        "dimension_by_roles": share_by(dimensions, "holds", ROLES),
        "dimension_by_answering": share_by(dimensions, "holds", ["answering"]),
        "dimension_all": share_by(dimensions, "holds", ["roster"]),
        "overall": share_by(whole, "holds", DESIGN),
        "overall_by_roles": share_by(whole, "holds", ROLES),
        "overall_by_answering": share_by(whole, "holds", ["answering"]),
        "unmerged": share_by(dimensions[dimensions["is_merged"]], "holds_unmerged", ["roster"]),
    }


def coverage_figures(tables: dict[str, pd.DataFrame]) -> list[Figure]:
    """Give the conditions that come nearest to a limit."""
    found: list[Figure] = []
    for key, by in _SPLITS.items():
        table, words = tables[f"dimension{key}"], f"a dimension's interval holds, {{}} {by}"
        found.append(extreme(table, words.format("lowest"), highest=False, low=DIMENSION_LOW))
        found.append(extreme(table, words.format("highest"), highest=True, high=DIMENSION_HIGH))
    for key, by in _SPLITS.items():
        words = f"the whole's interval holds, lowest {by}"
        found.append(extreme(tables[f"overall{key}"], words, highest=False, low=OVERALL_LOW))
    for row, words in _by_roster(tables["dimension_all"]):
        found.append(extreme(row, f"a dimension's interval holds, {words}", highest=True))
    for row, words in _by_roster(tables["unmerged"]):
        found.append(extreme(row, f"the same of the unmerged roles, where merged, {words}", highest=True))
    return found


def _by_roster(table: pd.DataFrame) -> list[tuple[pd.DataFrame, str]]:
    return [
        (table.loc[table["roster"] == roster].drop(columns="roster"), words)
        for roster, words in ((True, "roster"), (False, "no roster"))
    ]


def calibration_tables(cases: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give the reliability diagrams: of dimensions, of the whole, and of dimensions by size."""
    shown = cases[cases["is_printable"]]
    dimensions = shown[shown["measure"] != OVERALL]
    by_size = {f"dimension {band}": calibration(group) for band, group in dimensions.groupby("band")}
    return {"dimension": calibration(dimensions), "overall": calibration(shown[shown["measure"] == OVERALL])} | by_size


def calibration_figures(tables: dict[str, pd.DataFrame]) -> list[Figure]:
    """Give the bin that is farthest off, of those with enough cases; by size only to inform."""
    return [
        extreme(
            diagram.loc[diagram["cases"] >= ENOUGH].round({"predicted": 2, "observed": 2}),
            f"P(level) against the true level, farthest bin, {name}",
            highest=True,
            high=CALIBRATION if name in {"dimension", "overall"} else None,
        )
        for name, diagram in tables.items()
        if (diagram["cases"] >= ENOUGH).any()
    ]


def change_tables(cases: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give how often an unchanged dimension was called clear."""
    return {
        "dimension": share_by(cases, "n_clear", ["band", "shape", "linked"], of="n_compared"),
        "dimension_all": share_by(cases, "n_clear", ["linked"], of="n_compared"),
        "overall": share_by(cases, "whole_clear", ["linked"], of="whole_compared"),
    }


def change_figures(tables: dict[str, pd.DataFrame]) -> list[Figure]:
    """Give the conditions with the most false clear changes."""
    return [
        extreme(tables["dimension"], "clear though nothing changed, most by condition", highest=True, high=CLEAR),
        extreme(tables["dimension_all"], "clear though nothing changed, all conditions", highest=True, high=CLEAR),
        extreme(tables["overall"], "the same of the whole (a caption, unadjusted)", highest=True),
    ]


def pattern_table(cases: pd.DataFrame, patterns: Sequence[str]) -> pd.DataFrame:
    """Give how often each pattern fired in even, low organisations, by shape."""
    rows = [share_by(cases, pattern, ["shape"]).assign(pattern=pattern) for pattern in patterns]
    return pd.concat(rows, ignore_index=True)[["pattern", "shape", "value", "se", "organisations", "cases"]]


def pattern_figures(table: pd.DataFrame) -> list[Figure]:
    """Give the pattern that fires most, and how often the even profile does."""
    is_even = table["pattern"] == EVEN_PROFILE
    return [
        extreme(table.loc[~is_even], "a pattern fires in an even, low organisation, most", highest=True, high=NOISE),
        extreme(table.loc[is_even], "the even profile fires there, most", highest=True),
    ]
