"""Hold the form's own words, its buttons and notices (`texts/<language>.yaml`)."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from assessment.definitions.problems import read_model
from assessment.errors import DefinitionError
from assessment.model.base import Definition, Words
from assessment.model.texts import Language

FOLDER = Path(__file__).with_name("texts")


class StartWords(Definition):
    """What is said before the first answer: who sees what, and what this browser keeps."""

    minutes: Words
    who: Words
    stays: Words
    file: Words
    comments: Words
    rule: Words
    rule_raised: Words
    open_group: Words
    free: Words
    kept_title: Words
    kept: Words
    start: Words
    found: Words
    resume: Words
    afresh: Words


class AskWords(Definition):
    """What stands on the pages that ask."""

    back: Words
    next: Words
    progress: Words
    role_note: Words
    role_missing: Words
    definitions: Words
    definitions_again: Words
    statement: Words
    statements: Words
    take_back: Words
    last: Words
    last_note: Words
    criterion: Words
    about: Words
    about_note: Words
    open: Words
    characters: Words


class HandOverWords(Definition):
    """What stands on the page that hands over the file."""

    title: Words
    explain: Words
    answered: Words
    cannot_tell: Words
    blank: Words
    blank_note: Words
    first_blank: Words
    save: Words
    share: Words
    saved: Words
    shared: Words
    not_shared: Words
    holds: Words
    codes: Words
    afterwards: Words
    next_person: Words


class ClearWords(Definition):
    """How answers are cleared, and what is said where they cannot be kept."""

    button: Words
    note: Words
    not_kept: Words
    title: Words
    text: Words
    yes: Words
    no: Words
    done: Words


class FormWords(Definition):
    """Hold one language of the form."""

    language: Language
    name: Words
    choose: Words
    needs_script: Words
    start: StartWords
    ask: AskWords
    hand_over: HandOverWords
    clear: ClearWords


def form_words(languages: Sequence[str]) -> Mapping[str, FormWords]:
    """Give the form's words in these languages, in their order.

    Raises
    ------
    DefinitionError
        Naming the languages that the form does not have.
    """
    known = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    unknown = [language for language in languages if language not in known]
    if unknown:
        raise DefinitionError(f"the form has no words in {', '.join(unknown)}; it has {', '.join(known)}")
    return {language: _read(language) for language in languages}


@cache
def _read(language: str) -> FormWords:
    words, problems = read_model(FOLDER / f"{language}.yaml", FormWords)
    if words is None:
        raise DefinitionError(f"{language}.yaml of the form has {len(problems)} problem(s):", problems)
    return words
