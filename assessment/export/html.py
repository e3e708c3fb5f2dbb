"""Write sections as HTML: one self-contained page, no script, no address outside of it."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessment.charts import shape_icon
from assessment.results import Results
from assessment.sections.blocks import Block, Card, Details, HeatTable, Hypotheses, Note, Section
from assessment.sections.words import Words

THEME = Path(__file__).resolve().parents[2] / "reports" / "theme"
Contents = tuple[str, str, str]
WHOLE = HeatTable | Card | Hypotheses


def section_html(section: Section, words: Words) -> str:
    """Write one section; every text is escaped, whatever it holds."""
    return _environment().get_template("section.html.j2").render(section=section, words=words)


def page_html(sections: Sequence[str], contents: Sequence[Contents], results: Results, words: Words) -> str:
    """Put written sections into a page with its style, contents list and content security policy.

    Parameters
    ----------
    sections
        As `section_html` wrote them; the first stands before the contents list.
    contents
        Id, number and name of each section.
    """
    style = f"{_style()}\n{_printed_on_every_page(results, words)}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    about = results.about
    first, *rest = sections or [""]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            words=words,
            about=about,
            date=words.date(about.closed) if about.closed else about.wave,
            title=f"{words.texts.title}: {about.name}, {about.wave}",
            status=words.say(f"status_{about.status}", version=about.version),
            style=style,
            style_hash=f"sha256-{digest}",
            contents=contents,
            first=first,
            rest="\n".join(rest),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    ours: dict[str, Any] = {"drawn": _drawn, "kind": _kind, "beside": _beside, "shape": _shape, "width": _width}
    environment.filters.update(ours)
    return environment


@cache
def _style() -> str:
    return (THEME / "report.css").read_text(encoding="utf-8").strip()


def _printed_on_every_page(results: Results, words: Words) -> str:
    """Give the style rule that repeats the status, and that it is simulated, at the foot of every printed page."""
    about = results.about
    said = [words.say("simulated")] if about.simulated else []
    said.append(words.say(f"status_{about.status}", version=about.version))
    return f"@page{{@bottom-left{{content:{_css_text(' · '.join(said))}}}}}"


def _css_text(words: str) -> str:
    """Quote words for a style sheet: all but letters, digits and blanks as code points, so that nothing can end it."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):06x} " for one in words) + '"'


def _drawn(written: str) -> Markup:
    """Put in what our own writers made: drawings, sections and the style sheet are markup already, and escaped."""
    return Markup(written)  # noqa: S704 - never a text from a file or a form


def _shape(name: str) -> Markup:
    return Markup(shape_icon(name))  # noqa: S704 - a constant drawing


def _width(block: Block) -> str:
    """Give the class of a block's place: some take the whole width, what opens on request stands close together."""
    return "block whole" if isinstance(block, WHOLE) else "block fold" if isinstance(block, Details) else "block"


def _kind(block: Block) -> str:
    return type(block).__name__


def _beside(blocks: Sequence[Block]) -> Iterator[tuple[Block, Note | None]]:
    """Set each note beside the block before it."""
    for n, block in enumerate(blocks):
        if not isinstance(block, Note):
            following = blocks[n + 1] if n + 1 < len(blocks) else None
            yield block, following if isinstance(following, Note) else None
