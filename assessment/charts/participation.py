"""Draw who answered: a bar for everyone, a band for each group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessment.charts.svg import Drawing, drawing, line, rect, text, wrapped

WIDE, LEFT, RIGHT = 720, 260, 495
NARROW = 344
LONGEST = 40
"""Letters of a line over the whole narrow width."""


@dataclass(frozen=True)
class ParticipationRow:
    """A group: its name, the share or the band from `low` to `high` (0-1), and what is printed."""

    label: str
    low: float | None
    high: float | None
    printed: str
    is_exact: bool = False


def participation_bars(rows: Sequence[ParticipationRow], *, alt: str, axis: tuple[str, str, str]) -> Drawing:
    """Draw the rows, once wide and once narrow; `axis` are the words for nothing, half and all."""
    wide = [element for n, row in enumerate(rows) for element in _wide_row(row, 30 * n + 16)]
    narrow: list[Element] = []
    y = 0.0
    for row in rows:
        labels = wrapped(row.label, most=LONGEST)
        y += 17 * len(labels)
        narrow += _narrow_row(row, labels, y)
        y += 55
    return Drawing(
        wide=drawing("w", WIDE, 30 * len(rows) + 30, alt, [*wide, *_axis(30 * len(rows) + 4, LEFT, RIGHT, axis)]),
        narrow=drawing("n", NARROW, y + 30, alt, [*narrow, *_axis(y + 4, 0, NARROW, axis)]),
    )


def _wide_row(row: ParticipationRow, y: float) -> Iterator[Element]:
    yield text(0, y + 5, row.label, "tb" if row.is_exact else "")
    yield text(RIGHT + 14, y + 5, row.printed)
    yield _bar(row, y, LEFT, RIGHT)


def _narrow_row(row: ParticipationRow, labels: Sequence[str], y: float) -> Iterator[Element]:
    """Write label and figure above the bar; `y` is the line of the last part of the label."""
    for n, part in enumerate(reversed(labels)):
        yield text(0, y - 17 * n, part, "tb" if row.is_exact else "")
    yield text(0, y + 19, row.printed, "t2")
    yield _bar(row, y + 35, 0, NARROW)


def _bar(row: ParticipationRow, y: float, left: float, right: float) -> Element:
    """Draw what is known: a bar to an exact share, a box over a band, hatching where nothing may be told."""
    if row.low is None or row.high is None:
        return rect(left, y - 8, right - left, 16, "hx")
    start, end = (left + share * (right - left) for share in (row.low, row.high))
    return rect(start, y - 8, end - start, 16, "bar" if row.is_exact else "bx")


def _axis(y: float, left: float, right: float, axis: Sequence[str]) -> Iterator[Element]:
    yield line(left, y, right, y, "ax")
    for share, words, style in zip((0.0, 0.5, 1.0), axis, ("s", "m", "e"), strict=True):
        yield text(left + share * (right - left), y + 18, words, f"t2 t13 {style}")
