"""Set two waves beside each other: what moved, with the range of the movement and its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from assessment.disclosure import Released, Row, figure, organisation_rows

Verdict = Literal["clear", "possible", "none"]
KINDS = ("dimension", "overall")


@dataclass(frozen=True)
class Change:
    """A change that may be shown: in points, with its likely range, what chance alone can do, and its verdict.

    `earlier` and `later` are the scores as printed in each wave; because each is rounded, they can differ by 0.1 more
    or less than `difference`. The verdict "none" is no evidence of a change, which is not the same as no change.
    """

    measure: str
    earlier: float
    later: float
    difference: float
    low: float
    high: float
    noise_band: float
    verdict: Verdict


def compare(released: Released, earlier: Released | None) -> tuple[Change, ...]:
    """Give the changes since an earlier wave that was reported; none on a first wave.

    The figures of a change were computed and released together with the later wave's scores; here they meet the earlier
    wave's: for the dimensions and the whole, only where both are shown, and never without the range of the change.
    """
    return () if earlier is None else tuple(_changes(released, earlier))


def _changes(released: Released, earlier: Released) -> Iterator[Change]:
    before, now = organisation_rows(earlier), organisation_rows(released)
    for record in released.changes[released.changes["status"] == "shown"].to_dict("records"):
        row = cast("Row", record)
        measure = str(row["measure"])
        scores = [figure(rows.get(measure, {}), "score") for rows in (before, now)]
        printed = [figure(row, column) for column in ("difference", "low", "high", "noise_band")]
        known = [value for value in (*scores, *printed) if value is not None]
        if len(known) == len(scores) + len(printed) and now[measure]["kind"] in KINDS:
            yield Change(measure, *known, verdict=cast("Verdict", row["verdict"]))
