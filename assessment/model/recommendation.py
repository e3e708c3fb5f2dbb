"""Describe patterns and recommendations: rules and numbers, no words."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from assessment.model.base import Definition, Number, Share, Slug, Words


class Pattern(Definition):
    """A hypothesis about how parts hang together; shown when its rule holds with enough support."""

    id: Slug
    when: Words
    mirror: Slug | None = None


class Trigger(Definition):
    """When a recommendation fires: any rule holds, or any named pattern does."""

    any: tuple[Words, ...] = ()
    patterns: tuple[Slug, ...] = ()


class Effort(Definition):
    """Size class and working days."""

    size: Literal["S", "M", "L"]
    person_days: Number


class ExpectedEffect(Definition):
    """A guess, marked as one: which facets, by how many points, within how many months."""

    facets: tuple[Slug, ...]
    points: tuple[Number, Number]
    months: Number
    status: Literal["hypothesis"]


class KeyResult(Definition):
    """One measurable result: something done, produced, or changed.

    Parameters
    ----------
    because
        Why it is of this kind although its words say otherwise: what is counted is a *thing* that exists, that people
        are *doing* something, or an *effect* that the words only place.
    """

    id: Slug
    kind: Literal["activity", "delivery", "change"]
    because: Literal["thing", "doing", "effect"] | None = None
    item: Slug | None = None
    wave: Literal["pulse", "full"] | None = None


class Recommendation(Definition):
    """One entry of the catalogue."""

    id: Slug
    dimension: Slug
    facets: Annotated[tuple[Slug, ...], Field(min_length=1)]
    when: Trigger
    effort: Effort
    leverage: Annotated[StrictInt, Field(ge=1, le=5)]
    evidence_strength: Annotated[StrictInt, Field(ge=1, le=3)]
    feasibility: Share
    expected_effect: ExpectedEffect
    key_results: tuple[KeyResult, ...]
    prerequisites: tuple[Slug, ...] = ()
    suits_levels: tuple[StrictInt, StrictInt]
    seeds: tuple[str, ...] = ()
    references: tuple[Slug, ...] = ()


class PatternFile(Definition):
    """Hold `patterns.yaml`."""

    patterns: tuple[Pattern, ...]


class RecommendationFile(Definition):
    """Hold `recommendations.yaml`."""

    status: Literal["hypothesis", "reviewed"]
    recommendations: tuple[Recommendation, ...]
