"""Drawings: what they hold, that they speak, and that every colour of the page can be told from its ground."""

import re
from itertools import product
from pathlib import Path

import pytest
from defusedxml import ElementTree as Xml

from assessment.charts import SHAPES, DotRow, LevelBand, ParticipationRow, dot_plot, participation_bars, shape_icon
from assessment.charts.svg import wrapped

ROOT = Path(__file__).resolve().parents[1]
STYLE = (ROOT / "reports" / "theme" / "report.css").read_text(encoding="utf-8")
BANDS = [LevelBand(1, "Low", 0, 50), LevelBand(2, "High", 50, 100)]
ROWS = [
    DotRow("A <part> & more", is_heading=True),
    DotRow("Shown", 40.0, 30.0, 50.0, "40", "30 to 50", target=70.0, remark="weakest"),
    DotRow("Everyone answered", 60.0, 60.0, 60.0, "60", "60 to 60"),
    DotRow("Blank", printed="–", status="protected"),
    DotRow("Limit", printed="≥ 85", status="bound", limit=(85.0, 100.0)),
    DotRow("Not asked", printed="not asked", status="not_asked"),
]


def marks(drawing: str, style: str) -> list[dict[str, str]]:
    return [element.attrib for element in Xml.fromstring(drawing).iter() if element.get("class") == style]


@pytest.fixture(params=["wide", "narrow"])
def drawing(request) -> str:
    return getattr(dot_plot(ROWS, BANDS, alt='Says "<it>"', headings=("Score", "likely")), request.param)


class TestDotPlot:
    def test_speaks(self, drawing):
        root = Xml.fromstring(drawing)
        assert (root.get("role"), root.get("aria-label")) == ("img", 'Says "<it>"')

    def test_has_a_dot_for_each_score_and_nothing_for_what_is_not_shown(self, drawing):
        assert len(marks(drawing, "dot")) == 2
        assert len(marks(drawing, "iv")) == 2
        assert len(marks(drawing, "hx")) == 1
        assert len(marks(drawing, "tgt")) == 1

    def test_a_limit_is_a_bar_to_the_end_of_the_axis(self, drawing):
        (bar,) = marks(drawing, "bx")
        left = min(float(one["x"]) for one in marks(drawing, "b1"))
        right = max(float(one["x"]) + float(one["width"]) for one in marks(drawing, "b2")) + 1
        start, width = float(bar["x"]), float(bar["width"])
        assert (start - left) / (right - left) == pytest.approx(0.85, abs=0.01)
        assert start + width == pytest.approx(right, abs=0.2)

    def test_text_stays_text_and_inert(self, drawing):
        assert "A <part> & more" in "".join(Xml.fromstring(drawing).itertext())
        assert "<part>" not in drawing

    def test_no_style_no_script_no_address(self, drawing):
        names = {name for element in Xml.fromstring(drawing).iter() for name in element.attrib}
        assert names <= {
            "class", "viewBox", "role", "aria-label", "x", "y", "x1", "y1", "x2", "y2", "width", "height",
            "cx", "cy", "r", "d",
        }  # fmt: skip

    def test_bands_do_not_lie_behind_headings(self):
        wide = dot_plot([ROWS[0], ROWS[1], ROWS[0], ROWS[1]], BANDS, alt="x", headings=("a", "b")).wide
        assert [float(one["height"]) for one in marks(wide, "b1")] == [30.0, 30.0]

    def test_names_that_do_not_fit_their_band_stand_in_a_key_above(self):
        tight = [LevelBand(1, "Low", 0, 92), LevelBand(2, "Selbstverbessernd", 92, 100)]
        wide = dot_plot([ROWS[1]], tight, alt="x", headings=("a", "b")).wide
        said = list(Xml.fromstring(wide).itertext())
        assert said[0] == "1 Low · 2 Selbstverbessernd"
        assert "Selbstverbessernd" not in said[1:]
        assert [text for text in said if text in {"1", "2"}] == ["1", "2"]

    def test_the_dot_stands_where_the_score_is(self):
        wide = dot_plot([DotRow("x", 50.0, 25.0, 75.0)], BANDS, alt="x", headings=("a", "b")).wide
        (dot,), (span,) = marks(wide, "dot"), marks(wide, "iv")
        middle = (float(span["x1"]) + float(span["x2"])) / 2
        assert float(dot["cx"]) == pytest.approx(middle, abs=0.1)
        assert float(dot["cx"]) == pytest.approx((205 + 582) / 2, abs=0.1)


class TestParticipation:
    ROWS = (
        ParticipationRow("All", 0.0, 0.76, "57 of 75", is_exact=True),
        ParticipationRow("Band", 0.5, 0.7, "50 to 69 %"),
        ParticipationRow("Hidden", None, None, "not known"),
    )

    @pytest.mark.parametrize("kind", ["wide", "narrow"])
    def test_a_group_is_a_range_and_a_hidden_one_has_no_bar(self, kind):
        drawn = getattr(participation_bars(self.ROWS, alt="x", axis=("0%", "50%", "100%")), kind)
        (whole,), (band,) = marks(drawn, "bar"), marks(drawn, "bx")
        assert float(band["width"]) / float(whole["width"]) == pytest.approx(0.2 / 0.76, abs=0.01)
        assert len(marks(drawn, "hx")) == 1


def test_role_shapes_differ_and_are_not_read_aloud():
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert all(Xml.fromstring(shape_icon(shape)).get("aria-hidden") == "true" for shape in SHAPES)


@pytest.mark.parametrize(
    ("words", "lines"),
    [("Product-led", ["Product-", "led"]), ("one two", ["one two"]), ("Selbstverbesserung", ["Selbstverbesserung"])],
)
def test_labels_break_where_words_do(words, lines):
    assert wrapped(words, most=8) == lines


def tokens() -> dict[str, dict[str, str]]:
    """Read the colours of both themes; what the dark one does not name is as in the light one."""
    light = _named(STYLE.split("prefers-color-scheme")[0])
    return {"light": light, "dark": light | _named(STYLE.split("prefers-color-scheme:dark")[1].split("}}}")[0])}


def _named(style: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):(#[0-9A-F]{6})", style))


def luminance(colour: str) -> float:
    """Give relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1-21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ["ground", "b1", "b2", "b3", "b4", "b5"]
TEXT = [
    *product(["ink", "ink-2", "accent"], ["ground", "panel"]),
    *product(["ink"], GROUNDS),
    *product(["on-fill"], ["f1", "f2", "f3", "f4", "f5"]),
]
MARKS = [*product(["mark"], GROUNDS), ("axis", "ground"), ("hatch", "ground"), ("accent", "ground")]


@pytest.mark.parametrize("theme", ["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize(("front", "back"), TEXT)
    def test_text(self, theme, front, back):
        colours = tokens()[theme]
        assert contrast(colours[front], colours[back]) >= 4.5

    @pytest.mark.parametrize(("front", "back"), MARKS)
    def test_marks(self, theme, front, back):
        colours = tokens()[theme]
        assert contrast(colours[front], colours[back]) >= 3

    def test_fills_and_bands_are_ordered_also_in_grey(self, theme):
        colours = tokens()[theme]
        for ramp in ("b", "f"):
            steps = [luminance(colours[f"{ramp}{n}"]) for n in range(1, 6)]
            assert steps == sorted(steps, reverse=theme == "light")


def test_contrast_is_what_the_standard_says():
    """Black on white is 21:1; #767676 on white is the well-known limit, 4.54:1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_every_style_is_used_and_every_colour_has_a_use():
    folders = [ROOT / "assessment" / name for name in ("charts", "sections", "export")]
    sources = [*(path for folder in folders for path in folder.glob("*.py")), *(ROOT / "reports/theme").glob("*.j2")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", STYLE)))
    families = {f"{kind}{n}" for kind in "bsv" for n in range(6)}
    assert {name for name in named - families if not re.search(rf"""["' }}]{name}["' {{]""", written)} == set()
    colours = set(re.findall(r"--([\w-]+):", STYLE))
    assert {name for name in colours if f"var(--{name})" not in STYLE} == set()
