"""Pass what was computed beside the scores, each only if everything that it names is shown."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.cells import check_columns
from assessment.disclosure.decisions import SHOWN, Decisions
from assessment.disclosure.figures import BETWEEN, ORGANISATION, ROLE
from assessment.disclosure.merging import OTHER_ROLES
from assessment.model.rule import OTHERS

GAPS = (
    "measure", "basis", "role", "against", "difference", "low", "high", "verdict", "effect_size", "left_out", "n",
)  # fmt: skip
RULES = ("rule", "holds", "support", "names")
NEXT = ("kind", "group", "gain")
PARTICIPATION = ("group_kind", "group", "n", "asked")
FACTS = ("coverage", "evidence")
"""What rules may name besides scores: facts that the organisation gave, not answers."""
SAME = 1e-6

Row = Mapping[str, object]
Printed = list[dict[str, object]]


def printed_gaps(gaps: pd.DataFrame, decisions: Decisions) -> Printed:
    """Print gaps: only with the own score of each role in it, and only if the row of the gap passed.

    Parameters
    ----------
    gaps
        One row per role and dimension; `basis` names the common items (`material.basis_name`), `n` the people of
        the smaller side.
    """
    check_columns(gaps, needed=GAPS, known=GAPS, name="gaps")
    return [_gap(row, decisions) for row in rows_of(gaps)]


def _gap(row: Row, decisions: Decisions) -> dict[str, object]:
    role, against, measure, basis = (str(row[column]) for column in ("role", "against", "measure", "basis"))
    place: dict[str, object] = {"measure": measure, "role": role, "against": against}
    both = role + BETWEEN + against
    if not is_gap_shown(decisions, role=role, against=against, measure=measure, basis=basis):
        return place | {"status": "protected", "left_out": ()}
    n, difference = int(number(row, "n")), number(row, "difference")
    if abs(decisions.means[ROLE, both, basis, "gap"] - difference) >= SAME:
        return place | {"status": "protected", "left_out": ()}
    low, high = rounding.interval(number(row, "low"), number(row, "high"), n=n, whole=(-100, 100))
    return place | {
        "difference": rounding.one_decimal(difference),
        "low": low,
        "high": high,
        "verdict": row["verdict"],
        "effect_size": rounding.effect_size(number(row, "effect_size"), n=n),
        "left_out": row["left_out"],
        "status": "shown",
    }


def is_gap_shown(decisions: Decisions, *, role: str, against: str, measure: str, basis: str) -> bool:
    """Tell whether a gap may be printed: the own score of each role in it is, and its row has passed."""
    sides = [role] if against == OTHERS else [role, against]
    passed = [decisions.about(ROLE, side, measure) for side in sides]
    passed.append(decisions.about(ROLE, role + BETWEEN + against, basis, "gap"))
    return OTHER_ROLES not in sides and all(decision is SHOWN for decision in passed)


def printed_rules(rules: pd.DataFrame, shown: Collection[str], *, n: int) -> Printed:
    """Print whether rules hold: those alone of which every value is shown.

    Parameters
    ----------
    rules
        `names` lists what a rule reads: a measure, ``gap:role:against:measure``, or a fact (``coverage``,
        ``evidence:...``).
    shown
        The names that may be read.
    """
    check_columns(rules, needed=RULES, known=RULES, name="rules")
    return [_rule(row, shown, n) for row in rows_of(rules)]


def _rule(row: Row, shown: Collection[str], n: int) -> dict[str, object]:
    names = cast("Sequence[str]", row["names"])
    if not all(name in shown or name.partition(":")[0] in FACTS for name in names):
        return {"rule": row["rule"], "judged": False, "holds": False}
    support = rounding.probability(number(row, "support"), n=n)
    return {"rule": row["rule"], "judged": True, "holds": bool(row["holds"]), "support": support}


def printed_participation(participation: pd.DataFrame, shown_groups: Collection[tuple[str, str]]) -> Printed:
    """R8: counts for the organisation, a band for a group of which something is shown."""
    check_columns(participation, needed=PARTICIPATION, known=PARTICIPATION, name="participation")
    return [_participation(row, shown_groups) for row in rows_of(participation)]


def _participation(row: Row, shown_groups: Collection[tuple[str, str]]) -> dict[str, object]:
    place: dict[str, object] = {"group_kind": row["group_kind"], "group": row["group"]}
    if row["group_kind"] == ORGANISATION:
        asked = number(row, "asked")
        return place | {"n": int(number(row, "n")), "asked": int(asked) if asked > 0 else None, "status": "shown"}
    if (str(row["group_kind"]), str(row["group"])) not in shown_groups or not number(row, "asked") > 0:
        return place | {"status": "protected"}
    band = rounding.band_of_participation(int(number(row, "n")), int(number(row, "asked")))
    return place | {"band": band, "status": "shown"}


def printed_next(next_evidence: pd.DataFrame, shown_groups: Collection[tuple[str, str]]) -> Printed:
    """Print whose answers would help most, in this order and without a number: groups that are shown, missing roles."""
    check_columns(next_evidence, needed=NEXT, known=NEXT, name="next_evidence")
    return [
        {"kind": row["kind"], "group": row["group"]}
        for row in rows_of(next_evidence)
        if row["kind"] == "missing_role" or (ROLE, str(row["group"])) in shown_groups
    ]


def gap_name(gap: Row) -> str:
    """Name a gap as rules do."""
    return ":".join(["gap", *(str(gap[column]) for column in ("role", "against", "measure"))])


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Give the rows of a table."""
    return cast("list[Row]", table.to_dict("records"))


def number(row: Row, column: str) -> float:
    """Give a number of a row; NaN where there is none."""
    value = cast("float | None", row[column])
    return float("nan") if value is None or pd.isna(value) else float(value)
