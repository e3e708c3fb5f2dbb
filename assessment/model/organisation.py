"""Describe one client (`organisation.yaml`): its name, roles and roster, waves, targets and practices."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints, model_validator

from assessment.model.base import Definition, Slug, Words
from assessment.model.policy import K_FLOOR
from assessment.model.structure import FormKind
from assessment.model.texts import Language


def _of_the_calendar(written: str) -> str:
    try:
        date.fromisoformat(written)
    except ValueError:
        raise ValueError("is no day of the calendar; write it as 2026-03-31") from None
    return written


DisplayName = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_of_the_calendar)]
WaveName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class RosterRole(Definition):
    """How many people have a role, and whether the top team agreed to be an open group."""

    people: StrictInt = Field(ge=0)
    open_group: StrictBool = False


Administrator = Literal["client", "consultant"]
"""Who runs the survey account, and so can see single answers there."""


class Wave(Definition):
    """Which form a wave asks, who runs the survey account, when it ran and until when its answers are kept."""

    form: FormKind = "full"
    account: Administrator | None = None
    opened: Day | None = None
    closed: Day | None = None
    retain_until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [day for day in (self.opened, self.closed, self.retain_until) if day]
        if days != sorted(days):
            raise ValueError("opened, closed and retain_until must follow one another")
        return self


class Target(Definition):
    """A level to reach, with the reason and the person who answers for it."""

    level: StrictInt = Field(ge=1, le=5)
    reason: Words
    owner: Words
    review: Day


class PracticeRating(Definition):
    """One agreed rating of a practice, 0-3; no value means that it could not be told."""

    value: StrictInt | None = Field(default=None, ge=0, le=3)
    applies: StrictBool = True
    reason: Words | None = None
    owner: Words | None = None
    supported_by_product_operations: StrictBool | None = None
    link: Words | None = None

    @model_validator(mode="after")
    def _reason_when_left_out(self) -> Self:
        if not self.applies and not self.reason:
            raise ValueError("a practice that does not apply needs a reason")
        return self


class PracticeReview(Definition):
    """The practice inventory as rated on one day for one wave."""

    rated_on: Day
    ratings: dict[Slug, PracticeRating]


class PrivacyPolicy(Definition):
    """Raise-only privacy settings of this client."""

    k: StrictInt = Field(default=K_FLOOR, ge=K_FLOOR)


class Organisation(Definition):
    """Hold `organisation.yaml`; its folder name is the organisation's id."""

    name: DisplayName
    language: Language
    questionnaire: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*/\d+\.\d+\.\d+$")]
    simulated: StrictBool = False
    variants: tuple[Slug, ...] = ()
    words: dict[Slug, Annotated[str, StringConstraints(min_length=1, max_length=60)]] = Field(default_factory=dict)
    roles: dict[Slug, RosterRole] = Field(default_factory=dict)
    role_groups: tuple[Annotated[tuple[Slug, ...], Field(min_length=2)], ...] = ()
    teams: tuple[DisplayName, ...] = ()
    waves: dict[WaveName, Wave] = Field(default_factory=dict)
    targets: dict[Slug, Target] = Field(default_factory=dict)
    practices: dict[WaveName, PracticeReview] = Field(default_factory=dict)
    privacy: PrivacyPolicy = PrivacyPolicy()

    @property
    def roster(self) -> dict[str, int]:
        """The number of people in each role."""
        return {role: entry.people for role, entry in self.roles.items()}

    @property
    def open_roles(self) -> tuple[str, ...]:
        """The roles declared as an open group."""
        return tuple(role for role, entry in self.roles.items() if entry.open_group)
