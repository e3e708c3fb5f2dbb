"""Describe the demo's story: who is asked, what they see, how it moves; all of it invented."""

from pathlib import Path

from pydantic import Field, StrictBool, StrictInt

from assessment.errors import DefinitionError
from assessment.model.base import Definition, Number, Share, Slug
from assessment.model.organisation import Day
from assessment.yaml_text import read_yaml


class StoryRole(Definition):
    """How many are asked and answer, and the share of facets that such a person can tell about."""

    asked: StrictInt
    answer: StrictInt
    open_group: StrictBool = False
    tells: Share


class Spread(Definition):
    """Standard deviations in points: between people, and between answers of one person."""

    person: Number
    answer: Number


class StoryWave(Definition):
    """Dates, practice ratings, and the mean of each facet."""

    opened: Day
    closed: Day
    retain_until: Day
    practices_on: Day
    practices: dict[Slug, StrictInt | None]
    means: dict[Slug, Number]


class Story(Definition):
    """Hold `story.yaml`; `left_empty` is the share of answers that people forget to choose."""

    slug: Slug
    name: str = Field(pattern="simulated")
    seed: StrictInt
    language: str
    teams: tuple[str, ...]
    roles: dict[Slug, StoryRole]
    spread: Spread
    left_empty: Share
    waves: dict[str, StoryWave]
    views: dict[Slug, dict[Slug, Number]]


def read_story() -> Story:
    """Read the story that ships with the package."""
    document = read_yaml(Path(__file__).parent / "story.yaml")
    if not isinstance(document.data, dict):
        raise DefinitionError("story.yaml must be a block of keys")
    return Story.model_validate(document.data)
