"""Add an organisation's own names to the definitions; statements stay as they are, so that they stay comparable."""

from collections.abc import Mapping
from dataclasses import replace

from assessment.model.questionnaire import Questionnaire
from assessment.model.texts import Texts


def with_local_words(questionnaire: Questionnaire, words: Mapping[str, str]) -> Questionnaire:
    """Give the questionnaire with "here called ..." after a definition, in every language.

    Parameters
    ----------
    words
        By definition, what the thing is called in the organisation.
    """
    if not words:
        return questionnaire
    return replace(questionnaire, texts={code: _with(texts, words) for code, texts in questionnaire.texts.items()})


def _with(texts: Texts, words: Mapping[str, str]) -> Texts:
    said = {
        term: entry.model_copy(update={"text": f"{entry.text} {texts.here_called.format(words=words[term])}"})
        if term in words and texts.here_called
        else entry
        for term, entry in texts.definitions.items()
    }
    return texts.model_copy(update={"definitions": said})
