"""Give every sentence and number of the report its words in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assessment.errors import ReportError
from assessment.model.questionnaire import Questionnaire
from assessment.model.texts import Texts
from assessment.yaml_text import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "texts"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
DASH, MINUS, NO_BREAK = "–", "−", "\u00a0"
ORGANISATION, SHOWN, COVERAGE = "organisation", "shown", "coverage"


@dataclass(frozen=True)
class Words:
    """Hold the report's sentences, the questionnaire's words, and who reads them."""

    sentences: Mapping[str, str]
    texts: Texts
    questionnaire: Questionnaire
    language: str
    audience: str

    def say(self, sentence: str, **values: object) -> str:
        """Fill a sentence; values are text or numbers, put in as they are. A percent sign stays with its number."""
        filled = self.sentences[sentence].format_map({name: str(value) for name, value in values.items()})
        return filled.replace(" %", f"{NO_BREAK}%")

    def points(self, value: float) -> str:
        """Say a number of points, without its sign."""
        number = whole(abs(value))
        return self.say("point_one" if number == "1" else "point_many", n=number)

    def percent(self, share: float) -> str:
        """Say a share in percent."""
        return self.say("percent", percent=round(100 * share))

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
        """Name a role, or the merged ones."""
        return self.texts.roles.get(stratum) or self.say("other_roles")

    def facets(self, dimension: str) -> tuple[str, ...]:
        """Give the facets of a dimension; none where it has no parts."""
        found = next(d for d in self.questionnaire.dimensions if d.id == dimension)
        return () if found.is_single_facet else tuple(facet.id for facet in found.parts)

    def level(self, number: int) -> str:
        """Name a level."""
        return self.texts.levels.get(number, str(number))

    def date(self, day: str) -> str:
        """Write a day, given as year-month-day, in words."""
        year, month, number = day.split("-")
        name = self.say("months").split(", ")[int(month) - 1]
        return self.say("date", day=int(number), month=name, year=year)


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
    named = {str(name): str(text) for name, text in sentences.items()}
    return Words(named, questionnaire.texts[language], questionnaire, language, audience)


def whole(value: float) -> str:
    """Write a number as it stands in sentences and charts.

    >>> whole(49.5), whole(-7.2)
    ('50', '−7')
    """
    rounded = int(value + 0.5) if value >= 0 else -int(-value + 0.5)
    return str(rounded).replace("-", MINUS)


def one_decimal(value: float) -> str:
    """Write a number as it stands in tables of details.

    >>> one_decimal(-7.25)
    '−7.2'
    """
    return f"{value:.1f}".replace("-", MINUS)
