"""Hold the words of a questionnaire in one language (`texts/<language>.yaml`), by id."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from assessment.model.base import Definition, Slug, Words

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Status = Literal["source", "draft", "reviewed", "pretested"]


class Term(Definition):
    """A word that respondents see defined before the first item."""

    term: Words
    text: Words


class ScaleTexts(Definition):
    """The stem, the label of each code, and the label that stands beside the scale."""

    stem: Words | None = None
    answers: dict[StrictInt, Words]
    cannot_tell: Words | None = None
    not_requested: Words | None = None


class DimensionTexts(Definition):
    """Name, the question it answers, and what each level looks like."""

    name: Words
    asks: Words | None = None
    levels: dict[StrictInt, Words] = Field(default_factory=dict)


class FacetTexts(Definition):
    """Name and the behaviour to see at each level."""

    name: Words
    anchors: dict[StrictInt, Words] = Field(default_factory=dict)


class AskTexts(Definition):
    """What a context or open item asks."""

    ask: Words
    options: dict[Slug, Words] = Field(default_factory=dict)
    warning: Words | None = None


class NamedOptions(Definition):
    """A fact about the organisation and its choices."""

    name: Words
    options: dict[Slug, Words] = Field(default_factory=dict)


class ArtefactTexts(Definition):
    """A document and what to look for in it."""

    artefact: Words
    look_for: Words


class PatternTexts(Definition):
    """The name of a pattern and what it says."""

    name: Words
    says: Words


class RecommendationTexts(Definition):
    """The words of one recommendation."""

    title: Words
    why: Words
    owner: Words
    steps: dict[StrictInt, Words]
    objective: Words
    key_results: dict[Slug, Words]
    avoid: Words


class OkrWords(Definition):
    """Single words, in lower case, by which a key result is recognised: what it tells of, and its direction."""

    activity: tuple[Words, ...]
    delivery: tuple[Words, ...]
    rise: tuple[Words, ...]
    fall: tuple[Words, ...]
    baseline: tuple[Words, ...]


class RecommendationWords(Definition):
    """Hold `texts/<language>.recommendations.yaml`."""

    language: Language
    status: Status
    key_result_kinds: dict[Slug, Words]
    evidence_strength: dict[StrictInt, Words]
    effort: dict[Slug, Words]
    recommendations: dict[Slug, RecommendationTexts]
    okr_words: OkrWords | None = None
    okr_asks: dict[Slug, Words] = Field(default_factory=dict)


class Texts(Definition):
    """Hold `texts/<language>.yaml`: every word that respondents and readers see, by id."""

    language: Language
    status: Status
    title: Words
    intro: Words | None = None
    definitions: dict[Slug, Term] = Field(default_factory=dict)
    scales: dict[Slug, ScaleTexts]
    roles: dict[Slug, Words]
    role_examples: dict[Slug, Words] = Field(default_factory=dict)
    levels: dict[StrictInt, Words] = Field(default_factory=dict)
    dimensions: dict[Slug, DimensionTexts]
    facets: dict[Slug, FacetTexts] = Field(default_factory=dict)
    items: dict[Slug, Words]
    variants: dict[Slug, Words] = Field(default_factory=dict)
    here_called: Words | None = None
    criterion: dict[Slug, Words] = Field(default_factory=dict)
    context: dict[Slug, AskTexts] = Field(default_factory=dict)
    open: dict[Slug, AskTexts] = Field(default_factory=dict)
    facts: dict[Slug, NamedOptions] = Field(default_factory=dict)
    pillars: dict[Slug, Words] = Field(default_factory=dict)
    practices: dict[Slug, Words] = Field(default_factory=dict)
    evidence: dict[Slug, ArtefactTexts] = Field(default_factory=dict)
    patterns: dict[Slug, PatternTexts] = Field(default_factory=dict)
    mirror: dict[Slug, Words] = Field(default_factory=dict)
    quality: dict[Slug, Words] = Field(default_factory=dict)
    advice: RecommendationWords | None = None
