"""Say whether rules hold: at the point estimate, and in which share of the joint resamples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.model.questionnaire import Questionnaire
from assessment.model.rule import Call, Comparison, Name, Number, Rule, Sum, Term
from assessment.scoring.arrays import TOLERANCE, BoolArray, FloatArray
from assessment.scoring.gaps import Gap

UNKNOWN = "unknown"
"""Stands among a rule's names for a fact that nobody gave: such a rule is never judged."""


@dataclass(frozen=True)
class Values:
    """Hold what rules read: the point estimate first, then every draw.

    Parameters
    ----------
    scores
        For each dimension, facet and item: shape (1 + n_draws,), 0-100.
    gaps
        The gaps that are shown, by role, other side and dimension.
    coverage
        Practice coverage in percent, None if it was not rated.
    evidence
        Ratings 0-3 of artefacts and percentages of dimensions.
    """

    questionnaire: Questionnaire
    scores: Mapping[str, FloatArray]
    gaps: Mapping[tuple[str, str, str], Gap]
    coverage: float | None
    evidence: Mapping[str, float]


def rule_table(rules: Mapping[str, Sequence[Rule]], values: Values) -> pd.DataFrame:
    """Judge each trigger: it holds where any of its rules does.

    Returns
    -------
    DataFrame
        rule (its key), holds (at the point estimate), support (share of draws), names (the figures that it reads).
    """
    rows = [{"rule": key, **_judged(alternatives, values)} for key, alternatives in rules.items()]
    return pd.DataFrame(rows, columns=["rule", "holds", "support", "names"])


def _judged(alternatives: Sequence[Rule], values: Values) -> dict[str, object]:
    holds = np.any([_holds(rule, values) for rule in alternatives], axis=0)
    names = dict.fromkeys(name for rule in alternatives for term in rule.terms() for name in _names(term, values))
    return {"holds": bool(holds[0]), "support": float(holds[1:].mean()), "names": tuple(names)}


def _holds(rule: Rule, values: Values) -> BoolArray:
    """Give whether all clauses hold, at the point and in every draw; a draw without a score never supports a rule."""
    return np.all([_compare(clause, values) for clause in rule.clauses], axis=0)


def _compare(clause: Comparison, values: Values) -> BoolArray:
    surplus = _total(clause.left, values) - _total(clause.right, values)
    match clause.operator:
        case "<":
            return surplus < -TOLERANCE
        case "<=":
            return surplus <= TOLERANCE
        case ">=":
            return surplus >= -TOLERANCE
        case ">":
            return surplus > TOLERANCE


def _total(side: Sum, values: Values) -> FloatArray:
    return np.sum([sign * _value(term, values) for sign, term in side.terms], axis=0)


def _value(term: Term, values: Values) -> FloatArray:
    match term:
        case Number(value):
            return np.full(_length(values), value)
        case Name(name):
            return _score(name, values)
        case Call("raw", names):
            return np.mean([_raw(name, values) for name in names], axis=0)
        case Call(("mean" | "min" | "max") as function, names):
            stacked = np.array([_score(name, values) for name in _expanded(names, values)])
            return {"mean": np.mean, "min": np.min, "max": np.max}[function](stacked, axis=0)
        case Call():
            return _fact(term, values)


def _fact(call: Call, values: Values) -> FloatArray:
    match (call.function, call.arguments):
        case ("coverage", _):
            return np.full(_length(values), np.nan if values.coverage is None else values.coverage)
        case ("evidence", (name,)):
            return np.full(_length(values), values.evidence.get(name, np.nan))
        case ("gap", (first, second, name)):
            return _gap(first, second, name, values)
        case (_, (first, second, points)):
            gaps = [_seen(gap, first) >= float(points) - TOLERANCE for gap in _between(first, second, values)]
            return np.sum(gaps, axis=0) if gaps else np.full(_length(values), np.nan)
        case _:
            raise TypeError(f"{call} was not checked when the rules were loaded")


def _between(first: str, second: str, values: Values, *, dimension: str | None = None) -> list[Gap]:
    """List the gaps that are shown between two sides, of one dimension or of all."""
    return [
        gap
        for (role, against, name), gap in values.gaps.items()
        if {role, against} == {first, second} and dimension in {None, name}
    ]


def _gap(first: str, second: str, dimension: str, values: Values) -> FloatArray:
    """Give how much higher `first` sees a dimension than `second`; NaN where that gap is not known."""
    found = _between(first, second, values, dimension=dimension)
    return _seen(found[0], first) if found else np.full(_length(values), np.nan)


def _seen(gap: Gap, first: str) -> FloatArray:
    """Give a gap, at the point and in every draw, as `first` minus the other side."""
    seen = np.concatenate([[gap.difference.value], gap.draws])
    return seen if first == gap.role else -seen


def _score(name: str, values: Values) -> FloatArray:
    return values.scores.get(name, np.full(_length(values), np.nan))


def _raw(item: str, values: Values) -> FloatArray:
    """Turn a keyed score back into the answer scale, so that a high value of a reversed item is bad news."""
    scale = values.questionnaire.scale_of(item)
    steps = _score(item, values) * (scale.highest - scale.lowest) / 100
    return scale.highest - steps if values.questionnaire.items[item].reversed else scale.lowest + steps


def _expanded(names: Sequence[str], values: Values) -> list[str]:
    dimensions = [dimension.id for dimension in values.questionnaire.dimensions]
    return [one for name in names for one in (dimensions if name == "dimensions" else [name])]


def _names(term: Term, values: Values) -> list[str]:
    """List the figures that a term reads, so that the gate can see whether all of them are shown."""
    match term:
        case Number():
            return []
        case Name(name):
            return [name]
        case Call("raw" | "mean" | "min" | "max", names):
            return _expanded(names, values)
        case Call():
            return _fact_names(term, values)


def _fact_names(call: Call, values: Values) -> list[str]:
    match (call.function, call.arguments):
        case ("coverage", _):
            return ["coverage" if values.coverage is not None else UNKNOWN]
        case ("evidence", (name,)):
            return [f"evidence:{name}" if name in values.evidence else UNKNOWN]
        case ("gap", (first, second, name)):
            return _gap_names(_between(first, second, values, dimension=name))
        case (_, (first, second, _)):
            return _gap_names(_between(first, second, values))
        case _:
            raise TypeError(f"{call} was not checked when the rules were loaded")


def _gap_names(gaps: Sequence[Gap]) -> list[str]:
    return [":".join(["gap", *gap.key]) for gap in gaps] or [UNKNOWN]


def _length(values: Values) -> int:
    return len(next(iter(values.scores.values())))
