"""Set two waves beside each other: what moved, with the range of the movement and its verdict."""

from dataclasses import dataclass
from typing import Literal

from assessment.disclosure import Released, organisation_value


@dataclass(frozen=True)
class Change:
    """A change that may be shown: in points, with its likely range, what chance alone can do, and its verdict."""

    measure: str
    earlier: float
    later: float
    difference: float
    low: float
    high: float
    noise_band: float
    verdict: Literal["clear", "possible", "none"]


def compare(released: Released, earlier: Released | None) -> tuple[Change, ...]:
    """Give the changes since an earlier wave that was reported; none on a first wave.

    The figures of a change were computed and released together with the later wave's scores; here they meet the earlier
    wave's, and only where both are shown.
    """
    if earlier is None:
        return ()
    rows = released.changes[released.changes["status"] == "shown"]
    found: list[Change] = []
    for _, row in rows.iterrows():
        before = organisation_value(str(row["measure"]), earlier).score
        now = organisation_value(str(row["measure"]), released).score
        if before is not None and now is not None:
            found.append(
                Change(
                    measure=str(row["measure"]),
                    earlier=before,
                    later=now,
                    difference=float(row["difference"]),
                    low=float(row["low"]),
                    high=float(row["high"]),
                    noise_band=float(row["noise_band"]),
                    verdict=row["verdict"],
                )
            )
    return tuple(found)
