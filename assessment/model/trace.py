"""Hold where a questionnaire's constructs come from (`trace.yaml`): from a source's claim to what reacts to it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assessment.model.base import Definition, Slug, Words


class Construct(Definition):
    """One thing that a source speaks of, and what measures it, looks for it or advises on it.

    Parameters
    ----------
    id
        The source and a number, or a tension between sources.
    sign
        Whether the source speaks for or against it.
    items
        Items, or facets that stand for theirs; also items that are asked and not scored.
    evidence
        Artefacts and practices.
    note
        Why nothing measures it, or how a tension is kept.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+-\d+$")]
    says: Words
    sign: Literal["+", "-"] | None = None
    items: tuple[Slug, ...] = ()
    evidence: tuple[Slug, ...] = ()
    advice: tuple[Slug, ...] = ()
    patterns: tuple[Slug, ...] = ()
    facts: tuple[Slug, ...] = ()
    note: Words | None = None


class Trace(Definition):
    """Every construct of every source."""

    constructs: tuple[Construct, ...] = Field(min_length=1)
