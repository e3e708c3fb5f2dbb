"""Hold what a section is made of: words and released numbers, no markup; every format is written from these."""

from dataclasses import dataclass
from typing import Literal

from assessment.charts import Drawing


@dataclass(frozen=True)
class Paragraph:
    """A piece of text; `strong` stands before it, in bold."""

    text: str
    style: Literal["text", "lead", "small", "ask"] = "text"
    strong: str = ""


@dataclass(frozen=True)
class Note:
    """What to know when reading the block before it."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """A plain table; the first column names the row; `numeric` are the columns that hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True)
class Figure:
    """A message, a drawing, and the table of the same numbers."""

    id: str
    message: str
    sub: str
    drawing: Drawing
    source: str
    table: Table
    narrow_key: str = ""


@dataclass(frozen=True)
class HeatCell:
    """One cell: a number with its level, a limit, a blank, or words."""

    kind: Literal["shown", "bound", "protected", "not_asked"]
    text: str
    level: int | None = None
    small: str = ""


@dataclass(frozen=True)
class HeatColumn:
    """A column: its name, a line below it, and the shape of its role."""

    name: str
    below: str = ""
    shape: str = ""


@dataclass(frozen=True)
class HeatTable:
    """Scores by facet and group, in groups of rows."""

    id: str
    message: str
    sub: str
    first: str
    columns: tuple[HeatColumn, ...]
    groups: tuple[tuple[str, tuple[tuple[str, tuple[HeatCell, ...]], ...]], ...]
    source: str


@dataclass(frozen=True)
class LevelRow:
    """A part, what is said of its level, and the share of each level (text, 0-5 for the strength of the fill)."""

    name: str
    says: str
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LevelTable:
    """How likely each level is."""

    id: str
    message: str
    sub: str
    first: str
    levels: tuple[tuple[int, str], ...]
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True)
class PracticeCell:
    """A practice, its rating 0-3 (None: not rated, or it does not apply), and the rating in words."""

    name: str
    value: int | None
    says: str
    applies: bool = True


@dataclass(frozen=True)
class PracticeGrid:
    """The practices by pillar, with how many of each are shared."""

    id: str
    message: str
    sub: str
    pillars: tuple[tuple[str, tuple[PracticeCell, ...], str, str], ...]


@dataclass(frozen=True)
class Facts:
    """Terms and what belongs to them."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Details:
    """Something that opens on request; in print it stands open, or not at all."""

    summary: str
    blocks: tuple["Block", ...]
    id: str = ""
    in_print: bool = True


@dataclass(frozen=True)
class Card:
    """One recommendation."""

    id: str
    number: int
    title: str
    meta: str
    why: str
    steps_title: str
    steps: tuple[tuple[str, str], ...]
    avoid: tuple[str, str]
    objective_title: str
    objective: str
    key_results: Table
    trace: Details


@dataclass(frozen=True)
class Hypotheses:
    """Patterns side by side: name, what it says, the facts, the question."""

    entries: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class PageOne:
    """The page that says it all."""

    headline: str
    emphasis: str
    lede: tuple[str, ...]
    chart_title: str
    narrow_key: str
    drawing: Drawing
    chart_source: str
    pairs: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    difference: tuple[str, str]
    actions_title: str
    actions: tuple[tuple[str, str, str, str], ...]
    no_actions: str
    sure_title: str
    sure: Facts
    limits: str
    question_title: str
    question: str


Plain = Paragraph | Note | Table | Facts | Details
Block = Plain | Figure | HeatTable | LevelTable | PracticeGrid | Card | Hypotheses | PageOne


@dataclass(frozen=True)
class Section:
    """One section: its place in the report, its name, its message, and its blocks."""

    id: str
    number: str
    name: str
    message: str
    blocks: tuple[Block, ...]
