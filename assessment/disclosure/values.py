"""Look up the released figures that a rule reads, as they are printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

import pandas as pd

from assessment.disclosure.figures import ORGANISATION
from assessment.disclosure.released import Released
from assessment.model.questionnaire import Questionnaire
from assessment.model.rule import Call, Name, Number, Rule, Term

Unit = Literal["points", "raw", "rating", "coverage", "gap"]
Row = Mapping[str, object]


@dataclass(frozen=True)
class Value:
    """One released figure that a rule reads.

    Parameters
    ----------
    id
        The measure or artefact; "coverage" for the practices. A gap has the id of its dimension.
    unit
        points 0-100, raw on the answer scale, rating 0-3, coverage in percent, gap in points.
    score
        None where it is not shown.
    n
        Respondents behind a score; None for gaps and facts.
    """

    id: str
    unit: Unit
    score: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Stated:
    """What the organisation stated itself: practice coverage (share 0-1) and the rating 0-3 of each artefact."""

    coverage: float | None = None
    evidence: Mapping[str, float] = field(default_factory=dict[str, float])


NOTHING_STATED = Stated()


def values_read(
    rule: Rule, released: Released, questionnaire: Questionnaire, stated: Stated = NOTHING_STATED
) -> tuple[Value, ...]:
    """Give every figure that a rule reads, once each, in written order."""
    rows = organisation_rows(released)
    found = [value for term in rule.terms() for value in _of(term, rows, released, questionnaire, stated)]
    return tuple(dict.fromkeys(found))


def _of(
    term: Term, rows: Mapping[str, Row], released: Released, questionnaire: Questionnaire, stated: Stated
) -> Iterator[Value]:
    match term:
        case Name(name):
            yield _points(name, rows)
        case Call("raw", names):
            yield from (_raw(name, rows, questionnaire) for name in names)
        case Call("mean" | "min" | "max", names):
            dimensions = [dimension.id for dimension in questionnaire.dimensions]
            for name in names:
                yield from (_points(one, rows) for one in (dimensions if name == "dimensions" else [name]))
        case Call("gap" | "count_gap", (first, second, last)):
            gaps = gap_values(released, first, second)
            yield from (gap for gap in gaps if term.function == "count_gap" or gap.id == last)
        case Call():
            yield from _stated(term, questionnaire, stated)
        case Number():
            return


def _stated(call: Call, questionnaire: Questionnaire, stated: Stated) -> Iterator[Value]:
    """Give what the organisation stated itself: `coverage()`, or `evidence()` of an artefact or a dimension."""
    match call.arguments:
        case (name,):
            is_share = any(dimension.id == name for dimension in questionnaire.dimensions)
            yield Value(name, "coverage" if is_share else "rating", stated.evidence.get(name))
        case _:
            yield Value("coverage", "coverage", None if stated.coverage is None else round(100 * stated.coverage, 1))


def organisation_rows(released: Released) -> dict[str, Row]:
    """Give the organisation's row of each measure that is shown."""
    table = released.table
    shown = table[(table["group_kind"] == ORGANISATION) & (table["status"] == "shown")]
    return {str(row["measure"]): cast("Row", row) for row in shown.to_dict("records")}


def organisation_value(measure: str, released: Released) -> Value:
    """Give the organisation's figure of a measure; without a number where it is not shown."""
    return _points(measure, organisation_rows(released))


def _points(measure: str, rows: Mapping[str, Row]) -> Value:
    row = rows.get(measure, {})
    n = figure(row, "n")
    return Value(
        measure, "points", figure(row, "score"), figure(row, "low"), figure(row, "high"), None if n is None else int(n)
    )


def _raw(item: str, rows: Mapping[str, Row], questionnaire: Questionnaire) -> Value:
    """Turn a released item score and its interval back into the answer scale; a reversed item's ends change places."""
    value, scale = _points(item, rows), questionnaire.scale_of(item)
    first, per_point = scale.lowest, (scale.highest - scale.lowest) / 100
    if questionnaire.items[item].reversed:
        first, per_point = scale.highest, -per_point
    score, low, high = (
        None if points is None else round(first + per_point * points, 2)
        for points in (value.score, value.low, value.high)
    )
    low, high = (high, low) if per_point < 0 else (low, high)
    return Value(item, "raw", score, low, high, value.n)


def gap_values(released: Released, first: str, second: str) -> tuple[Value, ...]:
    """Give the gaps between two sides that are shown, as they stand in the report: its first side minus the other."""
    shown = released.gaps[released.gaps["status"] == "shown"]
    rows = [cast("Row", row) for row in shown.to_dict("records") if {row["role"], row["against"]} == {first, second}]
    return tuple(
        Value(str(row["measure"]), "gap", figure(row, "difference"), figure(row, "low"), figure(row, "high"))
        for row in rows
    )


def figure(row: Row, column: str) -> float | None:
    """Give a figure of a row; None where nothing is printed."""
    value = cast("float | None", row.get(column))
    return None if value is None or pd.isna(value) else float(value)
