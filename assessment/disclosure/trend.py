"""R10: print a change only where both waves show what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.cells import OVERALL, check_columns
from assessment.disclosure.companions import Printed, Row, number, rows_of
from assessment.disclosure.decisions import SHOWN, Decisions
from assessment.disclosure.figures import ORGANISATION, ROLE

CHANGES = (
    "measure", "later", "earlier", "difference", "low", "high", "noise_band", "detectable", "is_unlikely", "verdict",
    "linked", "linked_low", "linked_high", "n_linked", "by_answers", "by_mix", "n", "n_earlier",
)  # fmt: skip
LEAST = 10
COMMON, LINKED = "common", "linked"
SAME = 1e-6


@dataclass(frozen=True)
class Both:
    """What is known of the two waves that are compared.

    Parameters
    ----------
    basis
        The name of each dimension's score in the later and in the earlier wave, with its common items where the
        questionnaire has changed.
    is_own
        For the later and the earlier wave: whether its scores in the comparison are those of its own report.
    shown_earlier
        What the earlier report showed, by group and measure.
    accepted_earlier
        What else may be told of the earlier wave now.
    """

    basis: Mapping[str, tuple[str, str]]
    is_own: tuple[bool, bool]
    shown_earlier: Mapping[tuple[str, str], bool]
    accepted_earlier: Decisions


def printed_changes(
    changes: pd.DataFrame, both: Both | None, statuses: Mapping[str, str], decisions: Decisions, *, k: int
) -> Printed:
    """Print the changes of what both waves show, each resting on 10 people and k in each wave.

    Where the waves are compared on common roles or items, the scores on these are figures of their own, and their rows
    must have passed in both waves; so must the rows of the people who answered twice.
    """
    check_columns(changes, needed=CHANGES, known=CHANGES, name="changes")
    if both is None:
        return []
    rows = rows_of(changes)
    passes = {str(row["measure"]): _passes(row, both, statuses, decisions, k) for row in rows}
    whole = all(passes.get(dimension, False) for dimension in both.basis)
    passes[OVERALL] = whole and (both.is_own != (True, True) or passes.get(OVERALL, False))
    return [_change(row, both, decisions) if passes[str(row["measure"])] else _blank(row) for row in rows]


def _passes(row: Row, both: Both, statuses: Mapping[str, str], decisions: Decisions, k: int) -> bool:
    measure = str(row["measure"])
    if min(number(row, "n"), number(row, "n_earlier")) < max(LEAST, k):
        return False
    names = both.basis.get(measure)
    if names is None and both.is_own != (True, True):
        return False
    own = (statuses.get(measure) == "shown", both.shown_earlier.get((ORGANISATION, measure), False))
    common = [
        names is not None and _is_passed(found, COMMON, name, number(row, column))
        for found, name, column in zip(
            (decisions, both.accepted_earlier), names or ("", ""), ("later", "earlier"), strict=True
        )
    ]
    return all(o if is_own else c for o, c, is_own in zip(own, common, both.is_own, strict=True))


def _is_passed(found: Decisions, group: str, name: str, value: float | None = None) -> bool:
    key = (ORGANISATION, group, name, "comparable")
    if found.of.get(key) is not SHOWN:
        return False
    return value is None or abs(found.means[key] - value) < SAME


def _blank(row: Row) -> dict[str, object]:
    return {"measure": row["measure"], "status": "protected"}


def _change(row: Row, both: Both, decisions: Decisions) -> dict[str, object]:
    n = int(min(number(row, "n"), number(row, "n_earlier")))
    low, high = rounding.interval(number(row, "low"), number(row, "high"), n=n, whole=(-100, 100))
    return (
        {
            "measure": row["measure"],
            "later": rounding.one_decimal(number(row, "later")),
            "earlier": rounding.one_decimal(number(row, "earlier")),
            "difference": rounding.one_decimal(number(row, "difference")),
            "low": low,
            "high": high,
            "noise_band": rounding.half_width(number(row, "noise_band"), n=n),
            "detectable": rounding.half_width(number(row, "detectable"), n=n),
            "is_unlikely": bool(row["is_unlikely"]),
            "verdict": row["verdict"],
            "on_common": both.is_own != (True, True),
            "status": "shown",
        }
        | _linked(row, both, decisions)
        | _parts(row, both, decisions)
    )


def _linked(row: Row, both: Both, decisions: Decisions) -> dict[str, object]:
    """Print the change of the people who answered twice, where their scores pass in both waves."""
    names = both.basis.get(str(row["measure"]))
    if names is None or not number(row, "n_linked") >= LEAST:
        return {}
    waves = list(zip((decisions, both.accepted_earlier), names, strict=True))
    if not all(_is_passed(found, LINKED, name) for found, name in waves):
        return {}
    now, before = (found.means[ORGANISATION, LINKED, name, "comparable"] for found, name in waves)
    apart = now - before
    if abs(apart - number(row, "linked")) >= SAME:
        return {}
    n = int(number(row, "n_linked"))
    low, high = rounding.interval(number(row, "linked_low"), number(row, "linked_high"), n=n, whole=(-100, 100))
    return {"linked": rounding.one_decimal(apart), "linked_low": low, "linked_high": high}


def _parts(row: Row, both: Both, decisions: Decisions) -> dict[str, object]:
    """Print the parts by answers and by mix where both waves show every role's own mean."""
    measure = str(row["measure"])
    strata = {group for (group, of) in both.shown_earlier if of == measure and group != ORGANISATION}
    shown = [
        both.shown_earlier[stratum, measure] and decisions.about(ROLE, stratum, measure) is SHOWN for stratum in strata
    ]
    if both.is_own != (True, True) or not shown or not all(shown) or pd.isna(number(row, "by_mix")):
        return {}
    return {part: rounding.one_decimal(number(row, part)) for part in ("by_answers", "by_mix")}
