"""Collect what the form's script needs: routing, codes, and every word in every language."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.export.form.paging import is_in_form, pages_of_role
from assessment.export.form.words import FormWords
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import ContextItem, CriterionItem, FormKind
from assessment.model.texts import Texts

Json = Mapping[str, object]
UNSAFE = re.compile(r"[<>&\u2028\u2029]")
TEAMS, ROLES = "organisation.teams", "roles"


@dataclass(frozen=True)
class Occasion:
    """What one survey settles: for whom, when, in which form, and under which rules."""

    organisation: str
    wave: str
    teams: Sequence[str]
    kind: FormKind
    open_group: bool
    k: int
    comments: bool


def content_of(questionnaire: Questionnaire, words: Mapping[str, FormWords], occasion: Occasion) -> Json:
    """Give the content as plain data; codes and ids once, words by language."""
    criterion = _criterion(questionnaire, occasion.kind)
    context = _context(questionnaire, occasion)
    open_items = questionnaire.structure.open if occasion.comments else ()
    return {
        "key": _key(questionnaire, occasion),
        "file": f"answers-{re.sub(r'[^a-z0-9]+', '-', occasion.wave.lower()).strip('-')[:40] or 'wave'}",
        "organisation": occasion.organisation,
        "wave": occasion.wave,
        "k": occasion.k,
        "raised": occasion.k > questionnaire.policy.k,
        "floor": questionnaire.policy.open_group_floor,
        "minutes": _minutes(questionnaire, occasion.kind),
        "comments": bool(open_items),
        "roles": [
            {
                "id": role.id,
                "open": occasion.open_group and role.leadership,
                "pages": pages_of_role(questionnaire, role.id, occasion.kind),
                "criterion": [i.id for i in criterion if i.roles == "all" or role.id in i.roles],
            }
            for role in questionnaire.structure.roles
        ],
        "scale_of": _scale_of(questionnaire),
        "scales": {
            name: {"values": scale.values, "cannot_tell": scale.no_answer == "cannot_tell"}
            for name, scale in questionnaire.scales.items()
        },
        "context": [_context_item(entry, occasion) for entry in context],
        "open": [{"id": entry.id, "most": entry.max_characters} for entry in open_items],
        "columns": _columns(questionnaire, criterion, context, occasion),
        "words": {code: _words(questionnaire, own, occasion) for code, own in words.items()},
    }


def escaped(content: Json) -> str:
    """Write the content so that nothing in it can end the script element that holds it."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _key(questionnaire: Questionnaire, occasion: Occasion) -> str:
    """Name the place in the browser's storage; pages opened from files share one storage, so it must be its own."""
    parts = [questionnaire.id, questionnaire.version, occasion.kind, occasion.organisation, occasion.wave]
    return "answers-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _minutes(questionnaire: Questionnaire, kind: FormKind) -> int | None:
    minutes = questionnaire.structure.minutes
    known = minutes.get("pulse") if kind == "pulse" else minutes.get("core")
    return None if known is None else round(known + (minutes.get("criterion", 0) if kind == "full" else 0))


def _criterion(questionnaire: Questionnaire, kind: FormKind) -> Sequence[CriterionItem]:
    """Give the items that are asked and never scored; the short form stays short."""
    written = questionnaire.structure.criterion
    return written.items if written and kind == "full" else ()


def _scale_of(questionnaire: Questionnaire) -> Mapping[str, str]:
    criterion = questionnaire.structure.criterion
    scored = {item.id: item.scale for item in questionnaire.items.values()}
    return scored | ({item.id: criterion.scale for item in criterion.items} if criterion else {})


def _context(questionnaire: Questionnaire, occasion: Occasion) -> list[ContextItem]:
    """Give the questions about the respondent besides the role; the team only where there is a list to choose from."""
    listed = [entry for entry in questionnaire.structure.context if entry.options_from != ROLES]
    return [entry for entry in listed if entry.options_from != TEAMS or occasion.teams]


def _context_item(entry: ContextItem, occasion: Occasion) -> Json:
    is_team = entry.options_from == TEAMS
    return {"id": entry.id, "own_words": is_team, "options": list(occasion.teams if is_team else entry.options)}


def _columns(
    questionnaire: Questionnaire, criterion: Sequence[CriterionItem], context: Sequence[ContextItem], occasion: Occasion
) -> list[Json]:
    """Give the columns of the answer file: heading, and where its value comes from.

    Every item has a column in every form; one that was not asked says so, so that the files of a wave fit together.
    """
    about = [
        {"name": "team" if entry.options_from == TEAMS else entry.id, "from": "about", "id": entry.id}
        for entry in context
    ]
    items = [
        {"name": item.id, "from": "item" if is_in_form(item, occasion.kind) else "unasked", "id": item.id}
        for item in questionnaire.items.values()
    ]
    effects = [{"name": item.id, "from": "item", "id": item.id} for item in criterion]
    said = [
        {"name": e.id, "from": "open", "id": e.id} for e in (questionnaire.structure.open if occasion.comments else ())
    ]
    fixed = [{"name": name, "from": name, "id": name} for name in ("respondent", "wave", "language", "role")]
    return [*fixed, *about, *items, *effects, *said]


def _words(questionnaire: Questionnaire, own: FormWords, occasion: Occasion) -> Json:
    """Give one language: the form's own words beside those of the questionnaire that are used."""
    texts = questionnaire.words(own.language)
    return {
        "form": own.model_dump(),
        "title": texts.title,
        "intro": texts.intro,
        "definitions": [texts.definitions[term].model_dump() for term in questionnaire.structure.definitions],
        "roles": dict(texts.roles),
        "role_examples": dict(texts.role_examples),
        "role_ask": _role_ask(questionnaire, texts),
        "scales": {
            name: {"stem": scale.stem, "answers": scale.answers, "cannot_tell": scale.cannot_tell}
            for name, scale in texts.scales.items()
            if name in questionnaire.scales
        },
        "items": {
            item.id: texts.items[item.id] for item in questionnaire.items.values() if is_in_form(item, occasion.kind)
        }
        | dict(texts.criterion),
        "context": {name: {"ask": entry.ask, "options": entry.options} for name, entry in texts.context.items()},
        "open": {name: {"ask": entry.ask, "warning": entry.warning} for name, entry in texts.open.items()},
    }


def _role_ask(questionnaire: Questionnaire, texts: Texts) -> str | None:
    ids = [entry.id for entry in questionnaire.structure.context if entry.options_from == ROLES]
    return next((texts.context[i].ask for i in ids if i in texts.context), None)
