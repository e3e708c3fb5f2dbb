"""Know the documents of the kit and their sentences in each language."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from assessment.model.questionnaire import Questionnaire
from assessment.sections.words import Words
from assessment.yaml_text import read_yaml

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
LANGUAGES = tuple(sorted(path.stem for path in TEXTS.glob("*.yaml")))
ROLES = "ROLES"
"""In the place of a sentence: the roles with their examples."""
SENTENCE = re.compile(r"(?P<sentence>\w+)(?:\?(?P<when>\w+))?")

Sentence = tuple[str, str | None]
"""A sentence's id, and the condition under which it is said."""
Paragraph = tuple[bool, tuple[tuple[Sentence, ...], ...]]
"""Whether it is a list, and the sentences of each of its lines."""


def documents() -> dict[str, tuple[Paragraph, ...]]:
    """Give the paragraphs of each document of `documents.yaml`, by its name.

    A paragraph is a line of sentences, or a list of such lines; ``sentence?condition`` is said only where the condition
    holds.
    """
    written = read_yaml(HERE / "documents.yaml").data
    if not isinstance(written, dict):
        raise TypeError("documents.yaml must be a block of documents")
    return {str(name): tuple(_paragraphs(lines)) for name, lines in written.items()}


def _paragraphs(written: object) -> Iterator[Paragraph]:
    for entry in written if isinstance(written, list) else []:
        lines = [str(line) for line in entry] if isinstance(entry, list) else [str(entry)]
        yield isinstance(entry, list), tuple(_sentences(line) for line in lines)


def _sentences(line: str) -> tuple[Sentence, ...]:
    return tuple((found["sentence"], found["when"]) for found in SENTENCE.finditer(line))


def words_of(questionnaire: Questionnaire, language: str) -> Words:
    """Give the kit's sentences in a language that `LANGUAGES` and the questionnaire have."""
    written = read_yaml(TEXTS / f"{language}.yaml").data
    if not isinstance(written, dict):
        raise TypeError(f"texts/{language}.yaml must be a block of sentences")
    sentences = {
        str(name): {str(plural): str(form) for plural, form in text.items()} if isinstance(text, Mapping) else str(text)
        for name, text in written.items()
    }
    return Words(sentences, questionnaire.texts[language], questionnaire, language, audience="respondent")
