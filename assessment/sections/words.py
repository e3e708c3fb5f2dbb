"""Give every sentence and number of the report its words in one language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from assessment.errors import ReportError
from assessment.model.questionnaire import Questionnaire
from assessment.model.texts import Texts
from assessment.yaml_text import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "texts"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
DASH, MINUS, NO_BREAK = "–", "−", "\u00a0"
REGIONS = {"en": "en_GB"}
"""Languages whose numbers and dates are written as in one of their countries."""
OTHER = "other"
JOINED = "+"
"""Stands between the roles of a declared group."""
ORGANISATION, SHOWN, COVERAGE = "organisation", "shown", "coverage"


@dataclass(frozen=True)
class Words:
    """Hold the report's sentences, the questionnaire's words, and who reads them."""

    sentences: Mapping[str, str | Mapping[str, str]]
    texts: Texts
    questionnaire: Questionnaire
    language: str
    audience: str

    def say(self, sentence: str, **values: object) -> str:
        """Fill a sentence; values are text or numbers, put in as they are. A percent sign stays with its number.

        A sentence that is written once for each plural of the language is chosen by the number `n`.
        """
        written = self.sentences[sentence]
        if not isinstance(written, str):
            number = str(values.get("n", ""))
            plural = self.locale.plural_form(int(number)) if number.isdigit() else OTHER
            written = written.get(plural, written[OTHER])
        filled = written.format_map({name: str(value) for name, value in values.items()})
        return filled.replace(" %", f"{NO_BREAK}%")

    @cached_property
    def locale(self) -> Locale:
        """The language with its usual region, for numbers, dates and plurals."""
        return Locale.parse(REGIONS.get(self.language, self.language))

    def points(self, value: float) -> str:
        """Say a number of points, without its sign."""
        return self.say("points", n=whole(abs(value)))

    def decimal(self, value: float, *, digits: int = 1) -> str:
        """Write a number with decimals as it stands in tables of details."""
        written = format_decimal(round(value, digits), format="0." + "0" * digits, locale=self.locale)
        return written.replace("-", MINUS)

    def percent(self, share: float) -> str:
        """Say a share in percent."""
        return self.say("percent", percent=round(100 * share))

    def number(self, value: float) -> str:
        """Write a number with as many decimals as it has, two at most."""
        return str(format_decimal(value, format="0.##", locale=self.locale))

    @property
    def is_in_depth(self) -> bool:
        """Whether the reader wants every number on paper too."""
        return self.audience == "consultant"

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in the questionnaire's order."""
        return tuple(dimension.id for dimension in self.questionnaire.dimensions)

    def name(self, measure: str) -> str:
        """Name a dimension, a facet, an item, a document, the coverage of practices, or the whole."""
        if measure == COVERAGE:
            return self.say("coverage_part")
        if measure in self.texts.evidence:
            return self.texts.evidence[measure].artefact
        if measure in self.texts.dimensions:
            return self.texts.dimensions[measure].name
        if measure in self.texts.facets:
            return self.texts.facets[measure].name
        return self.texts.items.get(measure) or self.say("whole")

    def group(self, stratum: str) -> str:
        """Name a role, a declared group of roles, or the merged ones."""
        roles = stratum.split(JOINED)
        if all(role in self.texts.roles for role in roles):
            return " + ".join(self.texts.roles[role] for role in roles)
        return self.say("other_roles")

    def facets(self, dimension: str) -> tuple[str, ...]:
        """Give the facets of a dimension; none where it has no parts."""
        found = next(d for d in self.questionnaire.dimensions if d.id == dimension)
        return () if found.is_single_facet else tuple(facet.id for facet in found.parts)

    def level(self, number: int) -> str:
        """Name a level."""
        return self.texts.levels.get(number, str(number))

    def date(self, day: str) -> str:
        """Write a day, given as year-month-day, in words."""
        return format_date(dt.date.fromisoformat(day), format="long", locale=self.locale)


def words_for(questionnaire: Questionnaire, *, language: str, audience: str) -> Words:
    """Give the words of a report.

    Raises
    ------
    ReportError
        When the questionnaire or the report has no words in the language; those that exist are named.
    """
    known = [one for one in LANGUAGES if one in questionnaire.texts]
    if language not in known:
        raise ReportError(f"no report in '{language[:10]}'; languages of {questionnaire.id}: {', '.join(known)}")
    sentences = read_yaml(FOLDER / f"{language}.yaml").data
    if not isinstance(sentences, dict):
        raise ReportError(f"reports/texts/{language}.yaml must be a block of sentences")
    named = {str(name): _sentence(text) for name, text in sentences.items()}
    return Words(named, questionnaire.texts[language], questionnaire, language, audience)


def _sentence(written: object) -> str | Mapping[str, str]:
    """Give a sentence, or one for each plural."""
    if isinstance(written, Mapping):
        return {str(plural): str(text) for plural, text in written.items()}
    return str(written)


def whole(value: float) -> str:
    """Write a number as it stands in sentences and charts.

    >>> whole(49.5), whole(-7.2)
    ('50', '−7')
    """
    rounded = int(value + 0.5) if value >= 0 else -int(-value + 0.5)
    return str(rounded).replace("-", MINUS)
