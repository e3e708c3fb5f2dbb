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
    low: float | None
    high: float | None
    noise_band: float | None
    verdict: Verdict


def compare(released: Released, earlier: Released | None) -> tuple[Change, ...]:
    """Give the changes since an earlier wave that was reported; none on a first wave.

    The figures of a change were computed and released together with the later wave's scores; here they meet the earlier
    wave's: for the dimensions and the whole, and only where both are shown.
    """
    return () if earlier is None else tuple(_changes(released, earlier))


def _changes(released: Released, earlier: Released) -> Iterator[Change]:
    before, now = organisation_rows(earlier), organisation_rows(released)
    for record in released.changes[released.changes["status"] == "shown"].to_dict("records"):
        row = cast("Row", record)
        measure, difference = str(row["measure"]), figure(row, "difference")
        then, later = (figure(rows.get(measure, {}), "score") for rows in (before, now))
        if then is None or later is None or difference is None or now[measure]["kind"] not in KINDS:
            continue
        low, high, band = (figure(row, column) for column in ("low", "high", "noise_band"))
        yield Change(measure, then, later, difference, low, high, band, cast("Verdict", row["verdict"]))
