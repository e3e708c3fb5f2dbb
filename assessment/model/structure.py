"""Describe a questionnaire's ids, keys and numbers (`questionnaire.yaml`); its words lie elsewhere."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictInt, StringConstraints, model_validator

from assessment.model.base import Definition, Number, Slug, Words

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
ALL: Literal["all"] = "all"
FormKind = Literal["full", "pulse"]
"""All items, or those of the pulse: one of each facet."""
FORMS: tuple[FormKind, ...] = ("full", "pulse")


class Scale(Definition):
    """An answer scale: the codes in order, and how "no answer to give" is called."""

    values: tuple[StrictInt, ...] = Field(min_length=2)
    no_answer: Literal["cannot_tell", "not_requested"] | None = None
    reference: Slug | None = None

    @model_validator(mode="after")
    def _values_rise_by_one(self) -> Self:
        if any(b - a != 1 for a, b in zip(self.values, self.values[1:], strict=False)):
            raise ValueError("values must rise by one, for example [1, 2, 3, 4, 5]")
        if self.values[0] < 0:
            raise ValueError("values must not be negative")
        return self

    @property
    def lowest(self) -> int:
        """The smallest code."""
        return self.values[0]

    @property
    def highest(self) -> int:
        """The largest code."""
        return self.values[-1]


class Role(Definition):
    """A group of respondents by what they do; `leadership` marks the top team."""

    id: Slug
    leadership: StrictBool = False


class Item(Definition):
    """One statement to answer."""

    id: Slug
    scale: Slug
    reversed: StrictBool = False
    pulse: StrictBool = False
    roles: Literal["all"] | tuple[Slug, ...] = ALL
    marker_level: StrictInt | None = Field(default=None, ge=1, le=5)
    seeds: tuple[str, ...] = ()
    origin: Words | None = None
    same_as: Slug | None = None
    note: Words | None = None

    def is_asked_of(self, role: str) -> bool:
        """Tell whether the routing puts this item to a role."""
        return self.roles == ALL or role in self.roles


class Facet(Definition):
    """A part of a dimension, measured by a few items."""

    id: Slug
    items: tuple[Item, ...] = Field(min_length=1)
    min_items: StrictInt | None = Field(default=None, ge=1)
    rationale: Words | None = None
    related: tuple[Slug, ...] = ()


class Dimension(Definition):
    """One of the things that the questionnaire measures: facets, or items directly when it has no parts."""

    id: Slug
    facets: tuple[Facet, ...] = ()
    items: tuple[Item, ...] = ()
    min_items: StrictInt | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _facets_or_items(self) -> Self:
        if bool(self.facets) == bool(self.items):
            raise ValueError("needs either facets or items")
        return self

    @property
    def is_single_facet(self) -> bool:
        """Whether the dimension is declared without parts."""
        return bool(self.items)

    @cached_property
    def parts(self) -> tuple[Facet, ...]:
        """The facets; a dimension without parts is its own only facet."""
        if self.items:
            return (Facet(id=self.id, items=self.items, min_items=self.min_items),)
        return self.facets


class FacetMinimum(Definition):
    """How many valid items a respondent's facet score needs, by how many the role was asked."""

    items: StrictInt = Field(ge=1)
    needs: StrictInt = Field(ge=1)
    needs_of_two_asked: StrictInt = Field(default=2, ge=1)


class DimensionMinimum(Definition):
    """How many valid facets a respondent's dimension score needs."""

    facets: StrictInt = Field(ge=1)
    needs: StrictInt = Field(ge=1)


class PulseDimensionMinimum(Definition):
    """How many valid pulse items a respondent's dimension score needs."""

    items: StrictInt = Field(ge=1)
    needs: StrictInt = Field(ge=1)


class PulseScoring(Definition):
    """The rule of the short form: no facet scores."""

    person_dimension: PulseDimensionMinimum


class EligibleRole(Definition):
    """What a role must be asked to count in a balance."""

    facet_items: StrictInt = Field(ge=1)
    dimension_facets: StrictInt = Field(ge=1)
    pulse_items: StrictInt = Field(ge=1)


class Scoring(Definition):
    """The minima of the person scores and of eligibility."""

    person_facet: FacetMinimum | None = None
    person_dimension: DimensionMinimum | None = None
    pulse: PulseScoring | None = None
    eligible_role: EligibleRole | None = None
    role_weights: dict[Slug, Number] = Field(default_factory=dict)


class CriterionItem(Definition):
    """An item that is asked and never scored."""

    id: Slug
    effect: Slug
    roles: Literal["all"] | tuple[Slug, ...] = ALL
    seeds: tuple[str, ...] = ()
    origin: Words | None = None


class Criterion(Definition):
    """The effects that a later study compares with the scores."""

    scale: Slug
    optional: StrictBool = True
    rationale: Words
    items: tuple[CriterionItem, ...]


class ContextItem(Definition):
    """A fact about the respondent; few on purpose, each one makes a person easier to identify."""

    id: Slug
    kind: Literal["single"]
    options_from: Literal["roles", "organisation.teams"] | None = None
    options: tuple[Slug, ...] = ()
    required: StrictBool = False
    seeds: tuple[str, ...] = ()


class OpenItem(Definition):
    """A free-text item; off unless comments are switched on."""

    id: Slug
    max_characters: StrictInt = Field(ge=1, le=5000)


class FactItem(Definition):
    """A fact about the organisation that the consultant fills in; never scored."""

    id: Slug
    fact: Slug
    kind: Literal["single", "text", "number"]
    options: tuple[Slug, ...] = ()
    seeds: tuple[str, ...] = ()


class VariantItem(Definition):
    """An item that stands in for another one; key, roles and facet are those of the item that it replaces."""

    id: Slug
    replaces: Slug
    scale: Slug


class Variant(Definition):
    """A way in which an organisation differs, and the items that it is asked instead."""

    id: Slug
    items: tuple[VariantItem, ...] = Field(min_length=1)


class Structure(Definition):
    """Hold `questionnaire.yaml`: what is asked of whom, and how answers become person scores."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    version: Version
    status: Literal["unvalidated", "piloted", "validated"]
    source_language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    reference_period_months: StrictInt | None = None
    licence: Words | None = None
    wording: Words | None = None
    minutes: dict[Slug, Number] = Field(default_factory=dict)
    seeds: dict[str, Words] = Field(default_factory=dict)
    references: dict[Slug, Words] = Field(default_factory=dict)
    scales: dict[Slug, Scale]
    definitions: tuple[Slug, ...] = ()
    roles: tuple[Role, ...] = Field(min_length=1)
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    scoring: Scoring = Scoring()
    criterion: Criterion | None = None
    context: tuple[ContextItem, ...] = ()
    open: tuple[OpenItem, ...] = ()
    facts: tuple[FactItem, ...] = ()
    mirror_items: tuple[Slug, ...] = ()
    opposite_pairs: tuple[tuple[Slug, Slug], ...] = ()
    variants: tuple[Variant, ...] = ()

    def all_ids(self) -> Iterator[str]:
        """Yield the id of everything that is scored or asked, in written order, repeats included."""
        for dimension in self.dimensions:
            yield dimension.id
            for facet in dimension.parts:
                if not dimension.is_single_facet:
                    yield facet.id
                yield from (item.id for item in facet.items)
        yield from (item.id for variant in self.variants for item in variant.items)
        if self.criterion:
            yield from (item.id for item in self.criterion.items)
        for listed in (self.context, self.open, self.facts):
            yield from (entry.id for entry in listed)
