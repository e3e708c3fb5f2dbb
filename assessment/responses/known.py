"""Collect the words of a questionnaire that may stand in an export, in the form in which they are compared."""

import re
from collections.abc import Iterator, Mapping

from assessment.model.questionnaire import Questionnaire
from assessment.model.texts import ScaleTexts
from assessment.sheets import comparable

NO_WORD = re.compile(r"^[\d\W]+$")


def item_texts(questionnaire: Questionnaire) -> Mapping[str, frozenset[str]]:
    """Give the texts of each item in every language, in comparable form."""
    return {
        item: frozenset(comparable(words.items[item]) for words in questionnaire.texts.values() if item in words.items)
        for item in questionnaire.items
    }


def scale_labels(questionnaire: Questionnaire, scale: str) -> Mapping[str, Mapping[str, int]]:
    """Give language -> label in comparable form -> code, with "cannot tell" among the labels."""
    return {
        language: dict(_labels(words.scales[scale]))
        for language, words in questionnaire.texts.items()
        if scale in words.scales
    }


def _labels(words: ScaleTexts) -> Iterator[tuple[str, int]]:
    for code, label in words.answers.items():
        yield comparable(label), code
    if words.cannot_tell:
        yield comparable(words.cannot_tell), -1


def role_of_label(questionnaire: Questionnaire) -> Mapping[str, str]:
    """Give the role of each role id and of each role's name in every language, in comparable form.

    A name that means two roles in two languages is left out, so that it is reported rather than guessed.
    """
    pairs = {(comparable(role), role) for role in questionnaire.roles}
    pairs |= {(comparable(name), role) for words in questionnaire.texts.values() for role, name in words.roles.items()}
    labels = [label for label, _ in pairs]
    return {label: role for label, role in pairs if labels.count(label) == 1}


def context_headings(questionnaire: Questionnaire, source: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the ids and the texts of the context items whose options come from `source`."""
    ids = tuple(entry.id for entry in questionnaire.structure.context if entry.options_from == source)
    asks = (words.context[i].ask for words in questionnaire.texts.values() for i in ids if i in words.context)
    return ids, frozenset(map(comparable, asks))


def is_answer_like(cell: str, questionnaire: Questionnaire) -> bool:
    """Tell whether a cell could be somebody's answer, id or address, so that it must not be quoted as a heading."""
    text = comparable(cell)
    labels = (scale_labels(questionnaire, scale).values() for scale in questionnaire.scales)
    is_label = any(text in language for languages in labels for language in languages)
    return is_label or text in role_of_label(questionnaire) or "@" in text or bool(NO_WORD.match(text))


def known_texts(questionnaire: Questionnaire) -> frozenset[str]:
    """Give every word that may stand in an export, as written; an older encoding is recognised by them."""
    return frozenset(
        text for words in questionnaire.texts.values() for text in _texts_of(questionnaire, words.language)
    )


def _texts_of(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    words = questionnaire.texts[language]
    yield from words.items.values()
    yield from words.roles.values()
    yield from (entry.ask for entry in words.context.values())
    for scale in words.scales.values():
        yield from scale.answers.values()
        yield from filter(None, (scale.stem, scale.cannot_tell))
