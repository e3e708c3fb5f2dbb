"""Draw scores as dots with their likely ranges on the bands of the five levels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from assessment.charts.svg import Drawing, circle, drawing, line, path, rect, text, words_side_by_side, wrapped

WIDE, LEFT, RIGHT = 720, 205, 582
NARROW = 344
LETTER = 6.3
"""Width of a small letter, on average."""
SEPARATOR = " · "
KEY_LINE = 108
"""Letters of a line over the whole width."""
Place = Callable[[float], float]


@dataclass(frozen=True)
class LevelBand:
    """A level: its number, name, and where it begins and ends."""

    number: int
    name: str
    low: float
    high: float


@dataclass(frozen=True)
class DotRow:
    """A row: its label, its score with range, what is printed at the right; a heading has only a label.

    A protected row has a hatched track and no mark; a row with a `limit` has a bar over the part of the axis that the
    limit leaves open. `target` is a hollow diamond, `remark` stands left of the line.
    """

    label: str
    score: float | None = None
    low: float | None = None
    high: float | None = None
    printed: str = ""
    span: str = ""
    is_heading: bool = False
    is_strong: bool = False
    status: str = "shown"
    limit: tuple[float, float] | None = None
    target: float | None = None
    remark: str = ""


def dot_plot(
    rows: Sequence[DotRow], bands: Sequence[LevelBand], *, alt: str, headings: tuple[str, str], row_height: int = 30
) -> Drawing:
    """Draw the rows, once wide and once narrow."""
    return Drawing(wide=_wide(rows, bands, alt, headings, row_height), narrow=_narrow(rows, bands, alt))


def _wide(
    rows: Sequence[DotRow], bands: Sequence[LevelBand], alt: str, headings: tuple[str, str], row_height: int
) -> str:
    names = [_name_lines(band) for band in bands]
    key = [] if all(names) else _key_lines(bands)
    head = 20 * len(key)
    top = 58 + head
    bottom = top + row_height * len(rows)
    elements: list[Element] = [text(0, 12 + 17 * n, part, "t2 t13") for n, part in enumerate(key)]
    for band, lines in zip(bands, names, strict=True):
        left, right = _x(band.low), _x(band.high)
        for first, n in _runs(rows):
            elements.append(rect(left, top + row_height * first, right - left - 1, row_height * n, f"b{band.number}"))
        elements.append(text((left + right) / 2, (top - 12 if key else 14), str(band.number), "tb m"))
        for n, part in enumerate([] if key else lines):
            elements.append(text((left + right) / 2, 31 + 15 * n, part, "t2 t13 m"))
    for n, part in enumerate(headings):
        elements.append(text(RIGHT + 18, head + 31 + 15 * n, part, "t2 t13"))
    for n, row in enumerate(rows):
        elements += _wide_row(row, top + row_height * (n + 0.5), row_height)
    elements += _axis(bands, bottom, _x)
    return drawing("w", WIDE, bottom + 24, alt, elements)


def key_of(bands: Sequence[LevelBand]) -> str:
    """Name every level beside its number."""
    return SEPARATOR.join(f"{band.number} {band.name}" for band in bands)


def _key_lines(bands: Sequence[LevelBand]) -> list[str]:
    """Give the key in lines that fit the drawing; no name is broken."""
    lines = [""]
    for name in key_of(bands).split(SEPARATOR):
        joined = SEPARATOR.join(filter(None, (lines[-1], name)))
        lines = [*lines[:-1], joined] if len(joined) <= KEY_LINE else [*lines, name]
    return lines


def _name_lines(band: LevelBand) -> list[str]:
    """Break a level's name into two lines at most that fit its band; none where it does not."""
    most = int((_x(band.high) - _x(band.low)) / LETTER)
    lines = wrapped(band.name, most=most)
    return lines if len(lines) <= 2 and all(len(part) <= most for part in lines) else []


def _runs(rows: Sequence[DotRow]) -> Iterator[tuple[int, int]]:
    """Give where each run of rows between headings starts, and how many they are: bands do not lie behind headings."""
    start = 0
    for is_heading, run in groupby(rows, key=lambda row: row.is_heading):
        n = len(list(run))
        if not is_heading:
            yield start, n
        start += n


def _wide_row(row: DotRow, y: float, height: int) -> Iterator[Element]:
    labels = wrapped(row.label, most=40 if row.is_heading else 23 if row.is_strong else 26)
    for n, part in enumerate(labels):
        yield text(0, y + 5 + 17 * (n - (len(labels) - 1) / 2), part, "tb" if row.is_heading or row.is_strong else "")
    if row.is_heading:
        return
    if row.score is None:
        yield from _without_score(row, y, height - 6, _x)
        yield text(RIGHT + 18, y + 5, row.printed, "tb")
        return
    yield from _mark(row, y, _x, radius=7 if row.is_strong else 5.5)
    yield text(RIGHT + 18, y + 6, row.printed, "tl" if row.is_strong else "tb")
    yield text(RIGHT + 48, y + 5, row.span, "t2")
    if row.remark:
        yield text(_x(row.low if row.low is not None else row.score) - 8, y + 5, row.remark, "tb e h t13")


def _without_score(row: DotRow, y: float, height: float, place: Place) -> Iterator[Element]:
    if row.status == "protected":
        yield rect(place(0), y - height / 2, place(100) - place(0), height, "hx")
    if row.limit:
        low, high = map(place, row.limit)
        yield rect(low, y - 5, high - low, 10, "bx")


def _mark(row: DotRow, y: float, place: Place, radius: float) -> Iterator[Element]:
    if row.low is not None and row.high is not None:
        yield line(place(row.low), y, place(row.high), y, "iv")
    if row.target is not None:
        yield path(_diamond(place(row.target), y), "tgt")
    if row.score is not None:
        yield circle(place(row.score), y, radius, "dot")


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6:.1f}L{x + 6:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}L{x - 6:.1f} {y:.1f}Z"


def _x(value: float) -> float:
    return LEFT + value / 100 * (RIGHT - LEFT)


def _narrow_x(value: float) -> float:
    return 2 + value / 100 * (NARROW - 4)


def _narrow(rows: Sequence[DotRow], bands: Sequence[LevelBand], alt: str) -> str:
    elements: list[Element] = [
        text((_narrow_x(band.low) + _narrow_x(band.high)) / 2, 14, str(band.number), "tb m") for band in bands
    ]
    y = 22.0
    for row in rows:
        style = "tb" if row.is_heading or row.is_strong else ""
        labels = [row.label] if row.is_heading else wrapped(row.label, most=24 if row.is_strong else 28)
        for n, part in enumerate(labels):
            elements.append(text(0, y + 18 + 17 * n, part, style))
        if row.is_heading:
            y += 28
            continue
        said = [(f"{row.printed} ", "tb"), (row.span, "t2")] if row.span else [(row.printed, "tb")]
        elements.append(words_side_by_side(NARROW, y + 18, said, "e"))
        y += 17 * (len(labels) - 1)
        for band in bands:
            left, right = _narrow_x(band.low), _narrow_x(band.high)
            elements.append(rect(left, y + 25, right - left - 1, 20, f"b{band.number}"))
        if row.score is not None:
            elements += _mark(row, y + 35, _narrow_x, radius=6)
        else:
            elements += _without_score(row, y + 35, 20, _narrow_x)
        y += 54
    elements += _axis(bands, y, _narrow_x)
    return drawing("n", NARROW, y + 24, alt, elements)


def _axis(bands: Sequence[LevelBand], y: float, place: Place) -> Iterator[Element]:
    for value in [band.low for band in bands] + [100]:
        yield line(place(value), y, place(value), y + 4, "ax")
        style = "t2 t13 " + ("s" if value == 0 else "e" if value == 100 else "m")
        yield text(place(value), y + 18, f"{value:g}", style)
