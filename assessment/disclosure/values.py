"""Look up the released figures that a rule reads, as they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from assessment.disclosure.figures import ORGANISATION
from assessment.disclosure.released import Released
from assessment.model.questionnaire import Questionnaire
from assessment.model.rule import Call, Name, Rule, Term

Unit = Literal["points", "raw", "rating", "coverage", "gap"]


@dataclass(frozen=True)
class Value:
    """One released figure that a rule reads.

    Parameters
    ----------
    unit
        points 0-100, raw on the answer scale, rating 0-3, coverage in percent, gap in points.
    score
        None where it is not shown.
    """

    id: str
    unit: Unit
    score: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


def values_read(rule: Rule, released: Released, questionnaire: Questionnaire) -> tuple[Value, ...]:
    """Give every score and gap that a rule reads, once each, in written order."""
    found = [value for term in rule.terms() for value in _of(term, released, questionnaire)]
    return tuple(dict.fromkeys(found))


def _of(term: Term, released: Released, questionnaire: Questionnaire) -> Iterator[Value]:
    match term:
        case Name(name):
            yield organisation_value(name, released)
        case Call("raw", names):
            yield from (_raw(name, released, questionnaire) for name in names)
        case Call("mean" | "min" | "max", names):
            dimensions = [dimension.id for dimension in questionnaire.dimensions]
            for name in names:
                yield from (organisation_value(n, released) for n in (dimensions if name == "dimensions" else [name]))
        case Call("gap" | "count_gap"):
            yield from gap_values(released)
        case _:
            return


def organisation_value(measure: str, released: Released) -> Value:
    """Give the organisation's figure of a measure; without a number where it is not shown."""
    table = released.table
    rows = table[(table["group_kind"] == ORGANISATION) & (table["measure"] == measure) & (table["status"] == "shown")]
    if rows.empty:
        return Value(measure, "points", None)
    row = rows.iloc[0]
    return Value(measure, "points", float(row["score"]), _number(row["low"]), _number(row["high"]), int(row["n"]))


def _raw(item: str, released: Released, questionnaire: Questionnaire) -> Value:
    """Turn a released item score back into the answer scale."""
    value = organisation_value(item, released)
    if value.score is None:
        return Value(item, "raw", None)
    scale = questionnaire.scale_of(item)
    steps = value.score * (scale.highest - scale.lowest) / 100
    raw = scale.highest - steps if questionnaire.items[item].reversed else scale.lowest + steps
    return Value(item, "raw", round(raw, 1), n=value.n)


def gap_values(released: Released) -> tuple[Value, ...]:
    """Give the gaps that are shown."""
    shown = released.gaps[released.gaps["status"] == "shown"]
    return tuple(
        Value(str(row["measure"]), "gap", float(row["difference"]), float(row["low"]), float(row["high"]))
        for _, row in shown.iterrows()
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
