"""Say what the report says: one section per file, from results and words to blocks."""

from collections.abc import Callable, Mapping

from assessment.model.structure import FormKind
from assessment.results import Results
from assessment.sections.actions import actions
from assessment.sections.agenda import agenda
from assessment.sections.blocks import Section
from assessment.sections.change import change
from assessment.sections.how_to_read import how_to_read
from assessment.sections.level import level
from assessment.sections.method import method
from assessment.sections.page_one import page_one
from assessment.sections.patterns import patterns
from assessment.sections.privacy import privacy
from assessment.sections.product_operations import product_operations
from assessment.sections.profile import profile
from assessment.sections.views import views
from assessment.sections.words import LANGUAGES, Words, words_for

SECTIONS: Mapping[str, Callable[[Results, Words], Section | None]] = {
    "page_one": page_one,
    "how_to_read": how_to_read,
    "profile": profile,
    "level": level,
    "views": views,
    "patterns": patterns,
    "product_operations": product_operations,
    "actions": actions,
    "change": change,
    "agenda": agenda,
    "method": method,
    "privacy": privacy,
}
"""Every section in the order of the report; None where there is nothing to say yet."""

AUDIENCES: Mapping[str, frozenset[str]] = {
    "leadership": frozenset(SECTIONS),
    "coach": frozenset(SECTIONS) - {"level"},
    "consultant": frozenset(SECTIONS),
}
"""Which sections an audience gets; never other numbers."""

OF_FORM: Mapping[FormKind, frozenset[str]] = {
    "full": frozenset(SECTIONS),
    "pulse": frozenset(SECTIONS) - {"level", "patterns", "product_operations", "actions", "agenda"},
}
"""Which sections a form has something to say in: a pulse scores dimensions alone, so it has no levels and no advice."""

__all__ = ["AUDIENCES", "LANGUAGES", "OF_FORM", "SECTIONS", "Section", "Words", "words_for"]
