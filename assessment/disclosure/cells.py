"""Print cells: what the decisions allow, in the precision that R7 and R8 allow."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.decisions import NOT_ASKED, PROTECTED, SHOWN, Decision, Decisions
from assessment.disclosure.figures import ORGANISATION, ROLE
from assessment.errors import PolicyError

Cell = Mapping[str, float | str]
NEEDED = ("group_kind", "group", "measure", "kind", "mean", "low", "high", "n")
KNOWN = (
    *NEEDED, "respondent_mean", "se", "se_sample", "df", "n_asked", "agreement", "reason",
    "p_1", "p_2", "p_3", "p_4", "p_5",
)  # fmt: skip
OVERALL, DIMENSION = "overall", "dimension"
SAME = 1e-6
PLAIN_AGREEMENT = 0.2
"""Below this average deviation only the word is printed: a figure near nought says that all answered alike."""


def check_columns(table: pd.DataFrame, *, needed: Sequence[str], known: Sequence[str], name: str) -> None:
    """Refuse a table with columns that the gate does not know: what it cannot judge it does not pass (R14).

    Raises
    ------
    PolicyError
        Naming the columns.
    """
    problems = [f"{column}: missing" for column in needed if column not in table]
    problems += [f"{column}: unknown" for column in table if column not in known]
    if problems:
        raise PolicyError(f"the table '{name}' cannot be released", problems)


def status_of(cells: Sequence[Cell], decisions: Decisions) -> list[Decision]:
    """Give the decision on each cell; an overall score is shown only with all the dimensions that it averages.

    Raises
    ------
    PolicyError
        When a score is not the mean of the people whom the audit looked at.
    """
    dimensions: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell["kind"] == DIMENSION:
            dimensions.setdefault((str(cell["group_kind"]), str(cell["group"])), []).append(cell)
    found = [
        _of_overall(dimensions.get((str(cell["group_kind"]), str(cell["group"])), []), decisions)
        if cell["kind"] == OVERALL
        else _of(cell, decisions)
        for cell in cells
    ]
    for cell, decision in zip(cells, found, strict=True):
        if decision is SHOWN:
            parts = dimensions.get((str(cell["group_kind"]), str(cell["group"])), [])
            _check_value(cell, parts, decisions)
    return found


def _of(cell: Cell, decisions: Decisions) -> Decision:
    return decisions.about(str(cell["group_kind"]), str(cell["group"]), str(cell["measure"]))


def _of_overall(dimensions: Sequence[Cell], decisions: Decisions) -> Decision:
    found = [_of(cell, decisions) for cell in dimensions]
    if found and all(decision is SHOWN for decision in found):
        return SHOWN
    return NOT_ASKED if NOT_ASKED in found else PROTECTED


def _check_value(cell: Cell, dimensions: Sequence[Cell], decisions: Decisions) -> None:
    key = (str(cell["group_kind"]), str(cell["group"]), str(cell["measure"]), "mean")
    means = [float(part["mean"]) for part in dimensions]
    expected = float(np.mean(means)) if cell["kind"] == OVERALL else decisions.means[key]
    if not abs(expected - float(cell["mean"])) < SAME:
        raise PolicyError(
            "nothing was released: a score does not rest on the people that the privacy check looked at",
            [f"{cell['group_kind']}, {cell['measure']}: score and check must use the same respondents and weights"],
        )


def printed(
    cell: Cell, decision: Decision, decisions: Decisions, *, smallest: int, agreement_limit: float
) -> dict[str, object]:
    """Give the row that is printed of a cell; a blank has its place and its mark only."""
    row: dict[str, object] = {name: cell[name] for name in ("group_kind", "group", "measure", "kind")}
    row["status"] = decision.status
    if decision.limit:
        return row | {"bound_direction": decision.limit[0], "bound_value": decision.limit[1]}
    if decision is not SHOWN:
        return row
    n = int(cell["n"])
    low, high = rounding.interval(float(cell["low"]), float(cell["high"]), n=n)
    row |= {"score": rounding.one_decimal(float(cell["mean"])), "low": low, "high": high}
    row |= _agreement(float(cell.get("agreement", np.nan)), n, agreement_limit)
    if cell["group_kind"] != ORGANISATION:
        return row | {"n_band": rounding.band_of_size(n, smallest=smallest)}
    return row | {"n": n} | _of_organisation(cell, decisions, n)


def _agreement(deviation: float, n: int, limit: float) -> dict[str, object]:
    """R7: a word from 10 people, a figure from 20."""
    if np.isnan(deviation) or n < rounding.SOME:
        return {}
    word: dict[str, object] = {"agreement_word": rounding.agreement_word(deviation, limit=limit)}
    has_figure = n >= rounding.MANY and deviation >= PLAIN_AGREEMENT
    return word | ({"agreement": rounding.one_decimal(deviation)} if has_figure else {})


def _of_organisation(cell: Cell, decisions: Decisions, n: int) -> dict[str, object]:
    key = (ORGANISATION, ORGANISATION, str(cell["measure"]), "respondent_mean")
    asked = float(cell.get("n_asked", np.nan))
    found: dict[str, object] = {"answered_share": np.round(np.round(n / asked * 20) / 20, 2)} if asked > 0 else {}
    if decisions.of.get(key) == SHOWN:
        found["respondent_score"] = rounding.one_decimal(decisions.means[key])
    return found


def smallest_of(cell: Cell, *, k: int, open_floor: int, open_groups: frozenset[str]) -> int:
    """Give the smallest size that the cell's group may have."""
    return open_floor if cell["group_kind"] == ROLE and cell["group"] in open_groups else k
