"""Write the JSON of a Formbricks survey, every language in one file.

Follows the shape of the survey export and of the elements in the tool's source: texts by language with a "default",
a matrix with rows and columns that have ids.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessment.export.survey.form import Array, Choice, Comment, Form, Option, Words
from assessment.export.survey.parts import Part

Json = dict[str, Any]


def formbricks(form: Form) -> tuple[Part, ...]:
    """Give the survey; the rows of a matrix cannot be chosen by role, so everybody sees every statement."""
    written: Json = {
        "name": form.title[form.language],
        "type": "link",
        "status": "draft",
        "welcomeCard": _welcome(form),
        "questions": list(_questions(form)),
        "languages": [
            {"code": language, "enabled": True, "default": language == form.language} for language in form.languages
        ],
        "showLanguageSwitch": len(form.languages) > 1,
    }
    return (Part("", json.dumps(written, indent=1, ensure_ascii=True, allow_nan=False).encode()),)


def _welcome(form: Form) -> Json:
    said = {language: "".join(_paragraphs(form, language)) for language in form.languages}
    fixed = {"enabled": True, "timeToFinish": False, "showResponseCount": False}
    return {"headline": _words(form.title), "html": _words(said)} | fixed


def _paragraphs(form: Form, language: str) -> Iterator[str]:
    if form.intro:
        yield f"<p>{html.escape(form.intro[language])}</p>"
    for term, text in form.definitions:
        yield f"<p><b>{html.escape(term[language])}</b>: {html.escape(text[language])}</p>"


def _questions(form: Form) -> Iterator[Json]:
    yield from map(_array, form.all_arrays)
    yield from map(_choice, form.about)
    yield from map(_comment, form.comments)


def _array(array: Array) -> Json:
    rows = [{"id": row.id, "label": _marked(row.id, row.words)} for row in array.rows]
    columns = _options(array.options)
    kind = {"id": array.id, "type": "matrix", "headline": _words(array.stem), "required": False}
    return kind | {"rows": rows, "columns": columns, "shuffleOption": "none"}


def _choice(choice: Choice) -> Json:
    asked: Json = {
        "id": choice.id,
        "type": "multipleChoiceSingle",
        "headline": _marked(choice.id, choice.words),
        "required": choice.required,
        "choices": _options(choice.options),
        "shuffleOption": "none",
    }
    examples = {language: " · ".join(choice.examples(language)) for language in choice.words}
    return asked | ({"subheader": _words(examples)} if any(examples.values()) else {})


def _comment(comment: Comment) -> Json:
    asked: Json = {
        "id": comment.id,
        "type": "openText",
        "headline": _marked(comment.id, comment.words),
        "required": False,
        "inputType": "text",
        "longAnswer": True,
        "charLimit": {"enabled": True, "max": comment.longest},
    }
    return asked | ({"subheader": _words(comment.warning)} if comment.warning else {})


def _options(options: Sequence[Option]) -> list[Json]:
    return [{"id": one.code, "label": _words(one.words)} for one in options]


def _marked(code: str, words: Words) -> Json:
    return _words({language: f"[{code}] {text}" for language, text in words.items()})


def _words(words: Mapping[str, str]) -> Json:
    """Give the texts with the form's first language under "default" as well as the others under their code."""
    first, *others = words
    return {"default": words[first]} | {language: words[language] for language in others}
