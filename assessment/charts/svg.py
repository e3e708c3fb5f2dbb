"""Write SVG elements; escaping and nesting are the XML writer's."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml


@dataclass(frozen=True)
class Drawing:
    """One figure, drawn wide and narrow; the style sheet shows one of them."""

    wide: str
    narrow: str


def drawing(kind: str, width: int, height: float, alt: str, elements: Iterable[Xml.Element]) -> str:
    """Give a whole drawing of one kind: "w" is shown on wide screens and in print, "n" on narrow ones."""
    root = Xml.Element(
        "svg", {"class": kind, "viewBox": f"0 0 {width} {_short(height)}", "role": "img", "aria-label": alt}
    )
    root.extend(elements)
    return Xml.tostring(root, encoding="unicode", short_empty_elements=False)


def text(x: float, y: float, words: str, style: str = "") -> Xml.Element:
    """Give a line of text; `style` names classes of the page's style sheet."""
    element = _element("text", style, x=x, y=y)
    element.text = words
    return element


def words_side_by_side(x: float, y: float, parts: Iterable[tuple[str, str]], style: str) -> Xml.Element:
    """Give a line of text whose parts have styles of their own; each part is its words and its classes."""
    element = _element("text", style, x=x, y=y)
    for words, own in parts:
        part = Xml.SubElement(element, "tspan", {"class": own})
        part.text = words
    return element


def rect(x: float, y: float, width: float, height: float, style: str) -> Xml.Element:
    """Give a rectangle."""
    return _element("rect", style, x=x, y=y, width=width, height=height)


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> Xml.Element:
    """Give a straight line."""
    return _element("line", style, x1=x1, y1=y1, x2=x2, y2=y2)


def circle(cx: float, cy: float, r: float, style: str) -> Xml.Element:
    """Give a circle."""
    return _element("circle", style, cx=cx, cy=cy, r=r)


def path(d: str, style: str) -> Xml.Element:
    """Give a path."""
    return Xml.Element("path", {"class": style, "d": d})


def _element(tag: str, style: str, **numbers: float) -> Xml.Element:
    attributes = {"class": style} if style else {}
    return Xml.Element(tag, attributes | {name: _short(value) for name, value in numbers.items()})


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def wrapped(words: str, *, most: int) -> list[str]:
    """Break a label into lines of at most so many characters, at blanks and hyphens where there are any."""
    lines = [""]
    for piece in words.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if not lines[-1] or lines[-1].endswith('-') else ' '}{piece}"
        if len(joined) <= most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines
