"""Write Qualtrics' Advanced Format TXT; one language, no display logic (the format has none)."""

import re
from collections.abc import Iterator

from assessment.export.survey.form import NOT_TOLD, Array, Choice, Comment, Form
from assessment.export.survey.parts import Part

ENTITY = re.compile(r"&(?=#?\w+;)")
NOT_TOLD_NUMBER = "99"
"""Recode value of "cannot tell": apart from every answer."""


def qualtrics(form: Form) -> tuple[Part, ...]:
    """Give the text file; export tags are the ids, and recode values the codes of the answers."""
    return (Part("", "\n".join(_lines(form)).encode()),)


def _lines(form: Form) -> Iterator[str]:
    language = form.language
    yield from ("[[AdvancedFormat]]", "", f"[[Block:{_text(form.title[language])}]]", "")
    yield from _intro(form)
    for array in form.arrays:
        yield from (f"[[Block:{array.id}]]", "", *_array(array, language))
    yield from ("[[Block:last]]", "")
    if form.criterion:
        yield from _array(form.criterion, language)
    for choice in form.about:
        yield from _choice(choice, language)
    for comment in form.comments:
        yield from _comment(comment, language)


def _intro(form: Form) -> Iterator[str]:
    language = form.language
    said = [_text(form.intro[language])] if form.intro else []
    said += [f"<b>{_text(term[language])}</b>: {_text(text[language])}" for term, text in form.definitions]
    if said:
        yield from ("[[Question:DB]]", "[[ID:INTRO]]", "<br><br>".join(said), "")


def _array(array: Array, language: str) -> Iterator[str]:
    yield from ("[[Question:Matrix]]", f"[[ID:{array.id}]]", _text(array.stem[language]), "", "[[Choices]]")
    yield from (*(_text(row.marked(language)) for row in array.rows), "[[AdvancedAnswers]]")
    for one in array.options:
        number = NOT_TOLD_NUMBER if one.code == NOT_TOLD else one.code
        yield from (f"[[Answer:{number}]]", _text(one.words[language]))
    yield ""


def _choice(choice: Choice, language: str) -> Iterator[str]:
    asked = "<br>".join([_text(choice.marked(language)), *map(_text, choice.examples(language))])
    yield from ("[[Question:MC:SingleAnswer:Vertical]]", f"[[ID:{choice.id}]]", asked, "", "[[Choices]]")
    yield from (*(_text(one.words[language]) for one in choice.options), "")


def _comment(comment: Comment, language: str) -> Iterator[str]:
    asked = [comment.marked(language), *([comment.warning[language]] if comment.warning else [])]
    yield from ("[[Question:TE:Essay]]", f"[[ID:{comment.id}]]", "<br>".join(map(_text, asked)), "")


def _text(text: str) -> str:
    """Escape for a place that holds HTML, tags in double brackets and piped text.

    A lone ampersand stays: answers come back as they were written, and labels have to be recognised.
    """
    escaped = ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("[[", "[&#91;").replace("]]", "]&#93;").replace("${", "$&#123;")
