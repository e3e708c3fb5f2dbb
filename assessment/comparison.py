"""Set two waves beside each other: what moved, with the range of the movement and its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

import pandas as pd

from assessment.disclosure import Released, Row, figure, organisation_rows

Verdict = Literal["clear", "possible", "none"]


@dataclass(frozen=True)
class LinkedChange:
    """The change of the people who answered both times, with its likely range."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """A change that may be shown: in points, with its likely range, what chance alone can do, and its verdict.

    Parameters
    ----------
    earlier, later
        The scores as published in each wave; because each is rounded, they can differ by 0.1 more or less than
        `difference`.
    rescored
        The earlier and the later score on what both waves have in common, by today's method, where the questionnaire,
        the roles or their groups have changed; None otherwise. What lies between `earlier` and the first of these is a
        change of method, never movement.
    noise_band
        A change of up to this can be chance.
    detectable
        A true change of this would have been found eight times in ten.
    is_unlikely
        Whether a change of the size that counts is unlikely.
    verdict
        "none" is no evidence of a change, which is not the same as no change; None for a facet, which has a range only.
    linked
        The same for the people who answered both times, where they may be told of.
    by_answers, by_mix
        How much of the change of the plain mean over people comes from other answers and from another mix of roles.
    level_moved
        The level before and now, where both are sure and the change is clear.
    """

    measure: str
    kind: str
    earlier: float
    later: float
    rescored: tuple[float, float] | None
    difference: float
    low: float
    high: float
    noise_band: float
    detectable: float
    is_unlikely: bool
    verdict: Verdict | None
    linked: LinkedChange | None = None
    by_answers: float | None = None
    by_mix: float | None = None
    level_moved: tuple[int, int] | None = None


def compare(released: Released, earlier: Released | None) -> tuple[Change, ...]:
    """Give the changes since an earlier wave that was reported; none on a first wave.

    The figures of a change were computed and released together with the later wave's scores; here they meet the earlier
    wave's, only where both are shown, and never without the range of the change.
    """
    return () if earlier is None else tuple(_changes(released, earlier))


def _changes(released: Released, earlier: Released) -> Iterator[Change]:
    before, now = organisation_rows(earlier), organisation_rows(released)
    for record in released.changes[released.changes["status"] == "shown"].to_dict("records"):
        row = cast("Row", record)
        measure = str(row["measure"])
        scores = [figure(rows.get(measure, {}), "score") for rows in (before, now)]
        names = ("difference", "low", "high", "noise_band", "detectable")
        printed = {name: figure(row, name) for name in names}
        if None in scores or None in printed.values():
            continue
        known = cast("dict[str, float]", printed)
        first, last = cast("list[float]", scores)
        yield Change(
            measure=measure,
            kind=str(now[measure]["kind"]),
            earlier=first,
            later=last,
            rescored=_rescored(row),
            **known,
            is_unlikely=bool(row["is_unlikely"]),
            verdict=cast("Verdict | None", row["verdict"] or None),
            linked=_linked(row),
            by_answers=figure(row, "by_answers"),
            by_mix=figure(row, "by_mix"),
            level_moved=_level_moved(measure, released, earlier) if row["verdict"] == "clear" else None,
        )


def _rescored(row: Row) -> tuple[float, float] | None:
    both = (figure(row, "earlier"), figure(row, "later"))
    return cast("tuple[float, float]", both) if row["on_common"] and None not in both else None


def _linked(row: Row) -> LinkedChange | None:
    found = [figure(row, name) for name in ("linked", "linked_low", "linked_high")]
    return None if None in found else LinkedChange(*cast("list[float]", found))


def _level_moved(measure: str, released: Released, earlier: Released) -> tuple[int, int] | None:
    """Give the level before and now where each is a single one and they differ."""
    found = [_named_level(measure, one) for one in (earlier, released)]
    return None if None in found or found[0] == found[1] else cast("tuple[int, int]", tuple(found))


def _named_level(measure: str, released: Released) -> int | None:
    levels = released.levels
    rows = levels[(levels["measure"] == measure) & (levels["wording"] == "named")]
    return None if rows.empty or pd.isna(rows.iloc[0]["level"]) else int(rows.iloc[0]["level"])
