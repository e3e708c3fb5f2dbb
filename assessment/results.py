"""Hold everything that a section may draw, and nothing that it may not."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from assessment.comparison import Change
from assessment.disclosure import Released, released_to_json
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
        fields = asdict(self) | {"released": released_to_json(self.released), "schema": SCHEMA}
        return json.dumps(fields, ensure_ascii=True, allow_nan=False, indent=1, sort_keys=True)
