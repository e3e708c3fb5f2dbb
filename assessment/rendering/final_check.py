"""Look at a finished page once more before anybody else does: nothing in it may act, load or lead away."""

from collections.abc import Iterator
from html.parser import HTMLParser

from assessment.errors import ReportError

ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "body",
        "br",
        "caption",
        "circle",
        "col",
        "colgroup",
        "dd",
        "defs",
        "desc",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "li",
        "line",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "path",
        "pattern",
        "polygon",
        "polyline",
        "rect",
        "section",
        "small",
        "span",
        "strong",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "tspan",
        "ul",
    ]
)
ATTRIBUTES = frozenset(
    [
        "aria-describedby",
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "charset",
        "class",
        "clip-path",
        "colspan",
        "content",
        "cx",
        "cy",
        "d",
        "datetime",
        "fill",
        "focusable",
        "height",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "patterntransform",
        "patternunits",
        "points",
        "r",
        "role",
        "rowspan",
        "rx",
        "ry",
        "scope",
        "span",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-width",
        "tabindex",
        "text-anchor",
        "title",
        "transform",
        "type",
        "viewbox",
        "width",
        "x",
        "x1",
        "x2",
        "xmlns",
        "y",
        "y1",
        "y2",
        "data-label",
        "data-l",
    ]
)
POLICY = "default-src 'none'"


def final_check(page: str) -> None:
    """Compare elements, attributes, addresses and style with what our own pages use.

    Raises
    ------
    ReportError
        Naming every element or attribute that does not belong; the page is not published.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = list(dict.fromkeys([*reader.problems, *_style_problems(reader.style), *_policy_problems(page)]))
    if found:
        raise ReportError("the finished page holds what no report of ours holds; it was not published", found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.style = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag not in ELEMENTS:
            self.problems.append(f"element <{_short(tag)}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.problems.append(f"attribute {_short(name)} of <{_short(tag)}>")
            if name == "href" and not (value or "").startswith("#"):
                self.problems.append(f"address in <{_short(tag)}> that leads out of the page")
            if name == "http-equiv" and value != "Content-Security-Policy":
                self.problems.append("a meta instruction to the browser")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.style += data

    def handle_comment(self, data: str) -> None:
        del data
        self.problems.append("a comment")


def _short(name: str) -> str:
    return ascii(name[:30])[1:-1]


def _style_problems(style: str) -> Iterator[str]:
    lowered = style.lower()
    for word in ("@import", "expression(", "javascript:", "http:", "https:", "@font-face"):
        if word in lowered:
            yield f"'{word}' in the style sheet"
    if "url(" in lowered.replace("url(#", ""):
        yield "an address in the style sheet"


def _policy_problems(page: str) -> Iterator[str]:
    if POLICY not in page[:2000]:
        yield "no content security policy at the head of the page"
