"""Hold what may be shown, and nothing else: what is blank is not in here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

import pandas as pd

from assessment.errors import ReportError

TABLES: Mapping[str, Mapping[str, str]] = {
    "table": {
        "group_kind": "str", "group": "str", "measure": "str", "kind": "str", "score": "float64",
        "respondent_score": "float64", "low": "float64", "high": "float64", "n": "Int64", "n_band": "str",
        "level": "Int64", "agreement": "float64", "agreement_word": "str", "answered_share": "float64",
        "status": "str", "bound_direction": "str", "bound_value": "Int64",
    },
    "levels": {
        "measure": "str", "wording": "str", "level": "Int64", "other_level": "Int64", "probability": "float64",
        "p_1": "float64", "p_2": "float64", "p_3": "float64", "p_4": "float64", "p_5": "float64", "cap": "Int64",
        "uncapped_level": "Int64", "held_by": "ids", "status": "str",
    },
    "gaps": {
        "measure": "str", "role": "str", "against": "str", "difference": "float64", "low": "float64", "high": "float64",
        "verdict": "str", "effect_size": "float64", "left_out": "ids", "status": "str",
    },
    "changes": {
        "measure": "str", "later": "float64", "earlier": "float64", "difference": "float64", "low": "float64",
        "high": "float64", "noise_band": "float64", "detectable": "float64", "is_unlikely": "bool", "verdict": "str",
        "on_common": "bool", "linked": "float64", "linked_low": "float64", "linked_high": "float64",
        "by_answers": "float64", "by_mix": "float64", "status": "str",
    },
    "checks": {
        "check": "str", "measure": "str", "low": "float64", "high": "float64", "score": "float64",
        "support": "float64", "moves": "bool",
    },
    "visibility": {"group": "str", "measure": "str", "share": "float64", "is_limit": "bool"},
    "next_evidence": {"kind": "str", "group": "str"},
    "rules": {"rule": "str", "judged": "bool", "holds": "bool", "support": "float64"},
    "participation": {
        "group_kind": "str", "group": "str", "n": "Int64", "asked": "Int64", "band": "str", "status": "str",
    },
}  # fmt: skip
"""The columns of each table and what they hold; `ids` is a tuple of ids."""


@dataclass(frozen=True)
class Stratum:
    """A group that counts as one role: its id, the roles in it, and whether it is an agreed open group."""

    id: str
    roles: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True)
class Strata:
    """Which roles were put together, and which declared roles nobody answered for."""

    strata: tuple[Stratum, ...]
    missing: tuple[str, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether the roles were too small to balance."""
        return len(self.strata) == 1


@dataclass(frozen=True)
class Released:
    """Hold printed figures and their status; built only by the gate.

    Parameters
    ----------
    table
        One row per group and measure. Scores 0-100 with one decimal; status shown, bound, protected or not_asked.
    levels
        One row per dimension and overall, of the organisation.
    gaps, changes, checks, visibility, next_evidence, rules, participation
        What else was computed below the gate and may be shown.
    roles
        How roles were put together.
    n_blank
        Cells that are protected.
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    gaps: pd.DataFrame
    changes: pd.DataFrame
    checks: pd.DataFrame
    visibility: pd.DataFrame
    next_evidence: pd.DataFrame
    rules: pd.DataFrame
    participation: pd.DataFrame
    roles: Strata
    n_blank: int


def released_to_json(released: Released) -> dict[str, object]:
    """Give the released figures as plain lists and mappings; missing is None.

    Only printed precision is in here, never the number behind it.
    """
    tables = {name: _records(getattr(released, name)) for name in TABLES}
    strata = [{"id": s.id, "roles": list(s.roles), "open": s.open} for s in released.roles.strata]
    return {**tables, "roles": {"strata": strata, "missing": list(released.roles.missing)}, "n_blank": released.n_blank}


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return json.loads(table.to_json(orient="records", double_precision=4))


def released_from_json(written: Mapping[str, object]) -> Released:
    """Read released figures back.

    Raises
    ------
    ReportError
        Naming each part that is missing, unknown or not as it was written.
    """
    expected = {field.name for field in fields(Released)}
    problems = [f"{name}: missing" for name in sorted(expected - written.keys())]
    problems += [f"{name}: unknown" for name in sorted(written.keys() - expected)]
    problems += [problem for name in TABLES if name in written for problem in _problems(name, written[name])]
    if problems:
        raise ReportError("the released figures cannot be read", problems)
    tables = {name: table_of(name, cast("list[dict[str, object]]", written[name])) for name in TABLES}
    return Released(**tables, roles=_strata(written["roles"]), n_blank=int(str(written["n_blank"])))


def _problems(name: str, records: object) -> list[str]:
    if not isinstance(records, list):
        return [f"{name}: must be a list"]
    names = set(TABLES[name])
    return [f"{name}: row {n} has other columns" for n, row in enumerate(records, 1) if set(row) != names]


def table_of(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Give rows as a table with its columns in order, each of its kind; what a row does not say is missing."""
    return pd.DataFrame(
        {column: _column([row.get(column) for row in rows], kind) for column, kind in TABLES[name].items()}
    )


def _column(values: Sequence[Any], kind: str) -> pd.Series:
    if kind == "ids":
        return pd.Series([tuple(ids or ()) for ids in values], dtype=object)
    if kind == "bool":
        return pd.Series(values, dtype=bool)
    known = [None if value is None or pd.isna(value) else value for value in values]
    if kind == "str":
        return pd.Series([None if value is None else str(value) for value in known], dtype="str")
    whole = pd.Series([None if value is None else float(value) for value in known], dtype="Float64")
    return whole.astype("Int64") if kind == "Int64" else whole.astype("float64")


def _strata(written: object) -> Strata:
    if not isinstance(written, Mapping):
        raise ReportError("the released figures cannot be read", ["roles: must be a mapping"])
    strata = tuple(Stratum(str(s["id"]), tuple(s["roles"]), bool(s["open"])) for s in written["strata"])
    return Strata(strata, tuple(written["missing"]))
