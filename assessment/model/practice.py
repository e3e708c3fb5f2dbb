"""Describe the practice inventory and the evidence checklist (`evidence.yaml`)."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from assessment.model.base import Definition, Share, Slug


class Practice(Definition):
    """One practice of product operations, rated 0-3 by the people who run it."""

    id: Slug
    pillar: Slug
    facets: tuple[Slug, ...] = ()
    seeds: tuple[str, ...] = ()
    may_not_apply: StrictBool = False


class PracticeInventory(Definition):
    """The practices to cover; coverage counts those rated `covered_from` or more."""

    scale: Slug
    dimension: Slug
    roles: tuple[Slug, ...] = ()
    covered_from: StrictInt
    fields: tuple[Slug, ...] = ()
    items: Annotated[tuple[Practice, ...], Field(min_length=1)]


class Artefact(Definition):
    """A document that a consultant looks for, tied to one facet."""

    id: Slug
    dimension: Slug
    facet: Slug
    seeds: tuple[str, ...] = ()


class EvidenceChecklist(Definition):
    """The artefacts to look at, kept apart from the survey score."""

    scale: Slug
    fields: tuple[Slug, ...] = ()
    verified_from: Share
    items: Annotated[tuple[Artefact, ...], Field(min_length=1)]


class EvidenceFile(Definition):
    """Hold `evidence.yaml`."""

    practices: PracticeInventory | None = None
    evidence: EvidenceChecklist | None = None
