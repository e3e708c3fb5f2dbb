"""Draw who answered: a bar for everyone, a band for each group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessment.charts.svg import Drawing, drawing, line, rect, text

WIDE, LEFT, RIGHT = 720, 270, 530
NARROW = 344


@dataclass(frozen=True)
class ParticipationRow:
    """A group: its name, the share or the band from `low` to `high` (0-1), and what is printed."""

    label: str
    low: float | None
    high: float | None
    printed: str
    is_exact: bool = False


def participation_bars(rows: Sequence[ParticipationRow], *, alt: str) -> Drawing:
    """Draw the rows, once wide and once narrow."""
    wide = [element for n, row in enumerate(rows) for element in _row(row, 30 * n + 16, LEFT, RIGHT, above=False)]
    narrow = [element for n, row in enumerate(rows) for element in _row(row, 72 * n + 54, 0, NARROW, above=True)]
    return Drawing(
        wide=drawing("w", WIDE, 30 * len(rows) + 30, alt, [*wide, *_axis(30 * len(rows) + 4, LEFT, RIGHT)]),
        narrow=drawing("n", NARROW, 72 * len(rows) + 30, alt, [*narrow, *_axis(72 * len(rows) + 4, 0, NARROW)]),
    )


def _row(row: ParticipationRow, y: float, left: float, right: float, *, above: bool) -> Iterator[Element]:
    yield text(0, y - 34 if above else y + 5, row.label, "tb" if row.is_exact else "")
    yield text(0 if above else right + 14, y - 15 if above else y + 5, row.printed, "t2" if above else "")
    if row.low is None or row.high is None:
        yield rect(left, y - 8, right - left, 16, "hx")
        return
    start, end = (left + share * (right - left) for share in (row.low, row.high))
    yield rect(start, y - 8, end - start, 16, "bar" if row.is_exact else "bx")


def _axis(y: float, left: float, right: float) -> Iterator[Element]:
    yield line(left, y, right, y, "ax")
    for share, style in ((0.0, "s"), (0.5, "m"), (1.0, "e")):
        yield text(left + share * (right - left), y + 18, f"{100 * share:g} %", f"t2 t13 {style}")
