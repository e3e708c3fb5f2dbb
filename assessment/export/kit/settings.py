"""Take from an organisation's settings and a questionnaire what the texts say."""

from collections.abc import Iterator

from assessment.export.kit.words import ROLES
from assessment.model.organisation import Organisation, Wave
from assessment.model.questionnaire import Questionnaire
from assessment.sections.words import Words

DAYS = ("opened", "closed", "retain_until")
SETTINGS = "organisation.yaml"


def settings_problems(settings: Organisation, wave: str) -> Iterator[str]:
    """Say which days the wave lacks: a text without them would promise less than it must; or that there is no name."""
    if not one_line(settings.name):
        yield f"name in {SETTINGS} has no visible character"
    dates, name = settings.waves.get(wave, Wave()), ascii(wave[:40])[1:-1]
    missing = [day for day in DAYS if getattr(dates, day) is None]
    if missing:
        yield f"waves.{name} in {SETTINGS} lacks {', '.join(missing)}; write each day as 2026-03-31"


def minutes_of(questionnaire: Questionnaire, form: str) -> int | None:
    """Give how long a form takes, the items that are asked and never scored included; None where it is not declared."""
    declared = questionnaire.structure.minutes
    parts = ("pulse",) if form == "pulse" else ("core", "criterion")
    if parts[0] not in declared:
        return None
    return round(sum(declared.get(part, 0) for part in parts))


def conditions_of(settings: Organisation, words: Words, *, administrator: str, form: str) -> frozenset[str]:
    """Give the conditions that hold: who runs the account, an open group, what the questionnaire declares."""
    structure = words.questionnaire.structure
    found = {
        administrator: True,
        "open": _open_role(settings, words.questionnaire) is not None,
        "minutes": minutes_of(words.questionnaire, form) is not None,
        "period": structure.reference_period_months is not None,
        "cannot_tell": bool(_cannot_tell(words)),
        "asked": any(settings.roster.values()),
        "unvalidated": structure.status == "unvalidated",
    }
    return frozenset(name for name, holds in found.items() if holds)


def values_of(
    settings: Organisation, words: Words, *, wave: str, form: str, link: str | None, contact: str | None
) -> dict[str, str]:
    """Give what stands in the places of the sentences, each as text of one line."""
    questionnaire, dates = words.questionnaire, settings.waves[wave]
    policy = questionnaire.policy.raised(k=settings.privacy.k)
    roles = [role for role in questionnaire.roles if settings.roster.get(role, 0 if settings.roster else 1)]
    numbers = {
        "k_people": ("people", policy.k),
        "asked_people": ("people", sum(settings.roster.values())),
        "minutes": ("minutes", minutes_of(questionnaire, form) or 0),
        "period": ("period", questionnaire.structure.reference_period_months or 0),
    }
    return {
        "organisation": one_line(settings.name),
        **{day: words.date(getattr(dates, day)) for day in DAYS},
        **{place: words.say(noun, n=n) for place, (noun, n) in numbers.items()},
        "floor": str(policy.open_group_floor),
        "leadership": words.texts.roles.get(questionnaire.leadership_role or "", ""),
        "cannot_tell": _cannot_tell(words),
        "dimensions": "; ".join(words.name(dimension) for dimension in words.dimensions),
        "roles": "; ".join(words.texts.roles[role] for role in roles),
        ROLES: "\n".join(f"- {_role(words, role)}" for role in roles),
        "link": link or words.say("link_to_fill"),
        "contact": one_line(contact or "") or words.say("contact_to_fill"),
    }


def one_line(text: str) -> str:
    """Give a name as one line of plain text: no control and direction characters, no line of its own."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())


def _open_role(settings: Organisation, questionnaire: Questionnaire) -> str | None:
    opened = questionnaire.leadership_role
    return opened if opened in settings.open_roles and settings.roster[opened] > 0 else None


def _cannot_tell(words: Words) -> str:
    scale = next(iter(words.questionnaire.items.values())).scale
    return words.texts.scales[scale].cannot_tell or ""


def _role(words: Words, role: str) -> str:
    examples = words.texts.role_examples.get(role)
    return words.texts.roles[role] + (f": {examples}" if examples else "")
