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
CHANGES = ("measure", "difference", "low", "high", "noise_band", "verdict", "n", "n_earlier", "is_shown_earlier")
RULES = ("rule", "holds", "support", "names")
PARTICIPATION = ("group_kind", "group", "n", "asked")
LEAST_FOR_CHANGE = 10
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
    return [_gap(row, decisions) for row in _rows(gaps)]


def _gap(row: Row, decisions: Decisions) -> dict[str, object]:
    role, against, measure, basis = (str(row[column]) for column in ("role", "against", "measure", "basis"))
    place: dict[str, object] = {"measure": measure, "role": role, "against": against}
    both = role + BETWEEN + against
    if not is_gap_shown(decisions, role=role, against=against, measure=measure, basis=basis):
        return place | {"status": "protected", "left_out": ()}
    n, difference = int(_number(row, "n")), _number(row, "difference")
    if abs(decisions.means[ROLE, both, basis, "gap"] - difference) >= SAME:
        return place | {"status": "protected", "left_out": ()}
    low, high = rounding.interval(_number(row, "low"), _number(row, "high"), n=n, whole=(-100, 100))
    return place | {
        "difference": rounding.one_decimal(difference),
        "low": low,
        "high": high,
        "verdict": row["verdict"],
        "effect_size": rounding.effect_size(_number(row, "effect_size"), n=n),
        "left_out": row["left_out"],
        "status": "shown",
    }


def is_gap_shown(decisions: Decisions, *, role: str, against: str, measure: str, basis: str) -> bool:
    """Tell whether a gap may be printed: the own score of each role in it is, and its row has passed."""
    sides = [role] if against == OTHERS else [role, against]
    passed = [decisions.about(ROLE, side, measure) for side in sides]
    passed.append(decisions.about(ROLE, role + BETWEEN + against, basis, "gap"))
    return OTHER_ROLES not in sides and all(decision is SHOWN for decision in passed)


def printed_changes(changes: pd.DataFrame, statuses: Mapping[str, str], *, k: int) -> Printed:
    """R10: print changes only where both waves' scores are shown and rest on 10 people and k in each."""
    check_columns(changes, needed=CHANGES, known=CHANGES, name="changes")
    return [_change(row, statuses, k) for row in _rows(changes)]


def _change(row: Row, statuses: Mapping[str, str], k: int) -> dict[str, object]:
    measure, n = str(row["measure"]), int(min(_number(row, "n"), _number(row, "n_earlier")))
    if statuses.get(measure) != "shown" or not row["is_shown_earlier"] or n < max(LEAST_FOR_CHANGE, k):
        return {"measure": measure, "status": "protected"}
    low, high = rounding.interval(_number(row, "low"), _number(row, "high"), n=n, whole=(-100, 100))
    return {
        "measure": measure,
        "difference": rounding.one_decimal(_number(row, "difference")),
        "low": low,
        "high": high,
        "noise_band": rounding.half_width(_number(row, "noise_band"), n=n),
        "verdict": row["verdict"],
        "status": "shown",
    }


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
    return [_rule(row, shown, n) for row in _rows(rules)]


def _rule(row: Row, shown: Collection[str], n: int) -> dict[str, object]:
    names = cast("Sequence[str]", row["names"])
    if not all(name in shown or name.partition(":")[0] in FACTS for name in names):
        return {"rule": row["rule"], "judged": False, "holds": False}
    support = rounding.probability(_number(row, "support"), n=n)
    return {"rule": row["rule"], "judged": True, "holds": bool(row["holds"]), "support": support}


def printed_participation(participation: pd.DataFrame, shown_groups: Collection[tuple[str, str]]) -> Printed:
    """R8: counts for the organisation, a band for a group of which something is shown."""
    check_columns(participation, needed=PARTICIPATION, known=PARTICIPATION, name="participation")
    return [_participation(row, shown_groups) for row in _rows(participation)]


def _participation(row: Row, shown_groups: Collection[tuple[str, str]]) -> dict[str, object]:
    place: dict[str, object] = {"group_kind": row["group_kind"], "group": row["group"]}
    if row["group_kind"] == ORGANISATION:
        asked = _number(row, "asked")
        return place | {"n": int(_number(row, "n")), "asked": int(asked) if asked > 0 else None, "status": "shown"}
    if (str(row["group_kind"]), str(row["group"])) not in shown_groups or not _number(row, "asked") > 0:
        return place | {"status": "protected"}
    band = rounding.band_of_participation(int(_number(row, "n")), int(_number(row, "asked")))
    return place | {"band": band, "status": "shown"}


def gap_name(gap: Row) -> str:
    """Name a gap as rules do."""
    return ":".join(["gap", *(str(gap[column]) for column in ("role", "against", "measure"))])


def _rows(table: pd.DataFrame) -> list[Row]:
    return cast("list[Row]", table.to_dict("records"))


def _number(row: Row, column: str) -> float:
    value = cast("float | None", row[column])
    return float("nan") if value is None or pd.isna(value) else float(value)
