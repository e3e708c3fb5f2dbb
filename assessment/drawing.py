"""Render a section where a notebook draws it: for the page in a run, as a framed preview by hand."""

from dataclasses import dataclass
from functools import cache
from html import escape

from assessment.definitions import find_questionnaire, load_questionnaire
from assessment.errors import ReportError
from assessment.export.html import page_html, section_html
from assessment.model.pulse import in_form
from assessment.model.variants import with_variants
from assessment.results import About, Results
from assessment.sections import AUDIENCES, OF_FORM, SECTIONS, Words, words_for

FRAGMENT = "application/vnd.assessment.section+json"
"""The output type that the page is made from; it is taken out of the published notebook."""
FRAME = '<iframe title="{title}" srcdoc="{page}" sandbox width="100%" height="720"></iframe>'


@dataclass(frozen=True)
class Drawn:
    """A drawn section; empty where the audience does not get it or it has nothing to say yet."""

    id: str = ""
    number: str = ""
    name: str = ""
    html: str = ""
    preview: str = ""

    def __repr__(self) -> str:
        """Name the section."""
        return f"<section {self.number} {self.name}>" if self.html else "<nothing to draw>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Give what JupyterLab shows and what the page is made from."""
        if not self.html:
            return {"text/plain": repr(self)}
        fragment = {"id": self.id, "number": self.number, "name": self.name, "html": self.html}
        frame = FRAME.format(title=escape(self.name), page=escape(self.preview))
        return {"text/plain": repr(self), "text/html": frame, FRAGMENT: fragment}


@cache
def _words(about: About, language: str, audience: str) -> Words:
    """Load the words once for all sections of a notebook."""
    loaded = load_questionnaire(find_questionnaire(f"{about.questionnaire}/{about.version}"))
    return words_for(in_form(with_variants(loaded, about.variants), about.form), language=language, audience=audience)


def render(results: Results, section: str, *, audience: str = "leadership", language: str = "en") -> Drawn:
    """Draw one section of the report for an audience in a language.

    Raises
    ------
    ReportError
        When there is no such section, audience or language; those that exist are named.
    """
    if section not in SECTIONS:
        raise ReportError(f"no section '{section[:40]}'; known are: {', '.join(SECTIONS)}")
    if audience not in AUDIENCES:
        raise ReportError(f"no audience '{audience[:40]}'; known are: {', '.join(AUDIENCES)}")
    words = _words(results.about, language, audience)
    is_drawn = section in AUDIENCES[audience] & OF_FORM[results.about.form]
    drawn = SECTIONS[section](results, words) if is_drawn else None
    if drawn is None:
        return Drawn()
    html = section_html(drawn, words)
    return Drawn(drawn.id, drawn.number, drawn.name, html, page_html([html], [], results, words))
