"""Write the JSON of a SurveyJS form, every language in one file; its answers come back without loss."""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessment.export.survey.form import Array, Choice, Comment, Form, Option, Row, Words
from assessment.export.survey.parts import Part

BASE = "en"
"""The library's own default language: a text under "default" is taken to be in it."""
Json = dict[str, Any]


def surveyjs(form: Form) -> tuple[Part, ...]:
    """Give the form; items are chosen by role, and answers of a role that was chosen by mistake are cleared."""
    written: Json = {
        "title": _words(form.title),
        "locale": form.language,
        "showQuestionNumbers": "off",
        "clearInvisibleValues": "onHidden",
        "pages": list(_pages(form)),
    }
    return (Part("", json.dumps(written, indent=1, ensure_ascii=True, allow_nan=False).encode()),)


def _pages(form: Form) -> Iterator[Json]:
    role = [_choice(form.role)] if form.role else []
    yield {"name": "start", "elements": [{"type": "html", "name": "intro", "html": _intro(form)}, *role]}
    for array in form.arrays:
        yield {"name": f"page_{array.id}", "title": _words(array.name), "elements": [_array(form, array)]}
    last = [_array(form, form.criterion)] if form.criterion else []
    last += [*map(_choice, form.context), *map(_comment, form.comments)]
    if last:
        yield {"name": "last", "elements": last}


def _intro(form: Form) -> Json:
    """Give introduction and definitions as HTML, every text escaped."""
    return _words({language: "".join(_paragraphs(form, language)) for language in form.languages})


def _paragraphs(form: Form, language: str) -> Iterator[str]:
    if form.intro:
        yield f"<p>{html.escape(form.intro[language])}</p>"
    for term, text in form.definitions:
        yield f"<p><b>{html.escape(term[language])}</b>: {html.escape(text[language])}</p>"


def _choice(choice: Choice) -> Json:
    asked: Json = {
        "type": "radiogroup",
        "name": choice.id,
        "title": _marked(choice),
        "isRequired": choice.required,
        "choices": [_value(one.code, one.words) for one in choice.options],
    }
    examples = {language: " · ".join(choice.examples(language)) for language in choice.words}
    return asked | ({"description": _words(examples)} if any(examples.values()) else {})


def _array(form: Form, array: Array) -> Json:
    rows = [_value(row.id, _marked_words(row)) | _only(form, row.roles) for row in array.rows]
    return {
        "type": "matrix",
        "name": array.id,
        "title": _words(array.stem),
        "columns": [_column(one) for one in array.options],
        "rows": rows,
    } | _only(form, array.roles)


def _comment(comment: Comment) -> Json:
    asked: Json = {"type": "comment", "name": comment.id, "title": _marked(comment), "maxLength": comment.longest}
    return asked | ({"description": _words(comment.warning)} if comment.warning else {})


def _column(one: Option) -> Json:
    """Give an answer of a scale; its code is a number, or NA."""
    code: int | str = int(one.code) if one.code.isdecimal() else one.code
    return {"value": code, "text": _words(one.words)}


def _value(code: str, words: Words) -> Json:
    return {"value": code, "text": _words(words)}


def _only(form: Form, roles: Sequence[str]) -> Json:
    if not roles or not form.role:
        return {}
    listed = ", ".join(f"'{role}'" for role in roles)
    return {"visibleIf": f"{{{form.role.id}}} anyof [{listed}]"}


def _marked_words(entry: Row | Choice | Comment) -> Words:
    return {language: entry.marked(language) for language in entry.words}


def _marked(entry: Choice | Comment) -> Json:
    return _words(_marked_words(entry))


def _words(words: Mapping[str, str]) -> Json:
    default = BASE if BASE in words else next(iter(words))
    return {"default": words[default]} | {language: text for language, text in words.items() if language != default}
