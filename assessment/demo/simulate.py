"""Simulate the answers of people who do not exist, the same ones every time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from scipy.special import ndtri

from assessment.demo.story import Story, StoryWave
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Item

Code = int | None
CANNOT_TELL = -1


@dataclass(frozen=True)
class Person:
    """One simulated respondent: a code for each item that the role is asked, `CANNOT_TELL`, or nothing chosen."""

    role: str
    team: str
    answers: Mapping[str, Code]


def simulate(story: Story, wave: str, questionnaire: Questionnaire) -> list[Person]:
    """Give the respondents of a wave.

    A person's leaning and each answer's own part are normal around the facet's mean for the role; answers are
    rounded to the scale. Reversed items are answered the other way round.
    """
    stream, empty = _Stream(story.seed, wave), _Stream(story.seed, f"{wave} left empty")
    roles = [role for role in questionnaire.roles for _ in range(story.roles[role].answer)]
    teams = [story.teams[place % len(story.teams)] for place in range(len(roles))]
    people = [
        _person(role, team, story=story, wave=story.waves[wave], questionnaire=questionnaire, stream=stream)
        for role, team in zip(roles, teams, strict=True)
    ]
    return [_forgetful(person, story.left_empty, empty) for person in people]


def _forgetful(person: Person, share: float, stream: "_Stream") -> Person:
    kept = {item: None if stream.uniform() < share else code for item, code in person.answers.items()}
    return replace(person, answers=kept)


def _person(
    role: str, team: str, *, story: Story, wave: StoryWave, questionnaire: Questionnaire, stream: "_Stream"
) -> Person:
    leaning = story.spread.person * stream.normal()
    answers: dict[str, Code] = {}
    for facet in questionnaire.facets.values():
        centre = wave.means[facet.id] + story.views.get(role, {}).get(facet.id, 0) + leaning
        tells = stream.uniform() < story.roles[role].tells
        for item in facet.items:
            if item.is_asked_of(role):
                drawn = centre + story.spread.answer * stream.normal()
                answers[item.id] = _code(drawn, item, questionnaire) if tells else CANNOT_TELL
    return Person(role, team, answers)


def _code(points: float, item: Item, questionnaire: Questionnaire) -> int:
    """Round a latent value to the nearest step of the item's scale."""
    scale = questionnaire.scale_of(item.id)
    steps = scale.highest - scale.lowest
    kept = int(np.clip(np.rint(points / 100 * steps), 0, steps))
    return scale.highest - kept if item.reversed else scale.lowest + kept


class _Stream:
    """Uniform and normal numbers that no version of a library can change: 53 bits of PCG64, mapped by hand."""

    def __init__(self, seed: int, name: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())]))

    def uniform(self) -> float:
        return float((int(self._bits.random_raw()) >> 11) + 0.5) * 2.0**-53

    def normal(self) -> float:
        return float(ndtri(self.uniform()))
