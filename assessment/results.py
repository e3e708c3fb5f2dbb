"""Hold everything that a section may draw, and nothing that it may not."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from assessment.comparison import Change
from assessment.disclosure import Released, released_from_json, released_to_json
from assessment.errors import ReportError
from assessment.model.structure import FormKind
from assessment.patterns import PatternFound
from assessment.recommendations.advice import Recommended

SCHEMA = "1"


@dataclass(frozen=True)
class About:
    """Say whose results these are, of which wave, by which questionnaire."""

    organisation: str
    name: str
    simulated: bool
    wave: str
    opened: str | None
    closed: str | None
    questionnaire: str
    version: str
    status: Literal["unvalidated", "piloted", "validated"]
    variants: tuple[str, ...] = ()
    form: FormKind = "full"


@dataclass(frozen=True)
class PracticeStatus:
    """One practice of the inventory as rated: value 0-3, or None where it could not be told."""

    id: str
    pillar: str
    value: int | None
    applies: bool
    owner: str | None
    reason: str | None


@dataclass(frozen=True)
class Practices:
    """The practice inventory: coverage and depth are shares 0-1 of the practices that were rated and apply."""

    rated_on: str
    rows: tuple[PracticeStatus, ...]
    coverage: float | None
    depth: float | None
    n_covered: int
    n_rated: int
    n_settled: int


@dataclass(frozen=True)
class Results:
    """Hold one organisation's results of one wave: released figures, what follows from them, and where they come from.

    `targets` maps a dimension or facet to its target level. `provenance` is the manifest: package and questionnaire
    version and fingerprint, keyed hash of the answers, policy, seed, library versions.
    """

    about: About
    released: Released
    changes: tuple[Change, ...]
    practices: Practices | None
    patterns: tuple[PatternFound, ...]
    recommended: Recommended
    targets: Mapping[str, int]
    provenance: Mapping[str, object]

    def to_json(self) -> str:
        """Write the results as text: the same results give the same bytes."""
        others = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "released"}
        written = {name: _plain(value) for name, value in others.items()}
        written |= {"released": released_to_json(self.released), "schema": SCHEMA}
        return json.dumps(written, ensure_ascii=True, allow_nan=False, indent=1, sort_keys=True)


def _plain(value: object) -> object:
    """Take dataclasses apart, also inside tuples."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


KINDS: Mapping[str, TypeAdapter[object]] = {
    "about": TypeAdapter(About),
    "changes": TypeAdapter(tuple[Change, ...]),
    "practices": TypeAdapter(Practices | None),
    "patterns": TypeAdapter(tuple[PatternFound, ...]),
    "recommended": TypeAdapter(Recommended),
    "targets": TypeAdapter(dict[str, int]),
    "provenance": TypeAdapter(dict[str, object]),
}


def results_from_json(text: str) -> Results:
    """Read results back as they were written.

    Raises
    ------
    ReportError
        When they were written by another version of the schema, or are not whole.
    """
    try:
        written = json.loads(text)
        if written.get("schema") != SCHEMA:
            raise ReportError("these results were written by another version of the software; make the report again")
        parts = {name: kind.validate_python(written[name]) for name, kind in KINDS.items()}
        return Results(released=released_from_json(written["released"]), **parts)  # pyright: ignore[reportArgumentType] - checked by KINDS
    except (ValueError, KeyError, AttributeError, ValidationError):
        raise ReportError("the results cannot be read: the file is damaged or was changed") from None
