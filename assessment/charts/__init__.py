"""Draw figures as accessible SVG: text stays text, colours come from the page, the words from the section."""

from assessment.charts.dots import DotRow, LevelBand, dot_plot, key_of
from assessment.charts.participation import ParticipationRow, participation_bars
from assessment.charts.shapes import SHAPES, shape_icon
from assessment.charts.svg import Drawing

__all__ = [
    "SHAPES",
    "DotRow",
    "Drawing",
    "LevelBand",
    "ParticipationRow",
    "dot_plot",
    "key_of",
    "participation_bars",
    "shape_icon",
]
