"""Write the requests that build a Google Form: ``forms.create`` first, then ``forms.batchUpdate``; one language."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from assessment.export.survey.form import Array, Choice, Comment, Form, Option
from assessment.export.survey.parts import Part

Json = dict[str, Any]


def googleforms(form: Form) -> tuple[Part, ...]:
    """Give the body of ``forms.batchUpdate`` and, beside it, the body of ``forms.create``.

    Google Forms can only skip whole sections, not statements of a grid, so everybody sees every statement; answers to
    what a role is not asked are left out when the file is read.
    """
    create = {"info": {"title": form.title[form.language]}}
    return (
        Part("", _written({"requests": list(requests(form))})),
        Part("-create.json", _written(create)),
    )


def requests(form: Form) -> Iterator[Json]:
    """Give one request per item, in order; no text holds a line break, which the service refuses."""
    if form.intro:
        description = {"info": {"description": form.intro[form.language]}, "updateMask": "description"}
        yield {"updateFormInfo": description}
    for place, item in enumerate(_items(form)):
        yield {"createItem": {"item": item, "location": {"index": place}}}


def _items(form: Form) -> Iterator[Json]:
    language = form.language
    for term, text in form.definitions:
        yield {"title": term[language], "description": text[language], "textItem": {}}
    for array in form.arrays:
        yield {"title": array.name[language], "pageBreakItem": {}}
        yield _grid(array, language)
    yield {"title": form.title[language], "pageBreakItem": {}}
    if form.criterion:
        yield _grid(form.criterion, language)
    yield from (_choice(choice, language) for choice in form.about)
    yield from (_comment(comment, language) for comment in form.comments)


def _grid(array: Array, language: str) -> Json:
    rows = [{"rowQuestion": {"title": row.marked(language)}, "required": False} for row in array.rows]
    grid = {"columns": {"type": "RADIO", "options": _options(array.options, language)}, "shuffleQuestions": False}
    return {"title": array.stem[language], "questionGroupItem": {"grid": grid, "questions": rows}}


def _choice(choice: Choice, language: str) -> Json:
    asked = {"type": "RADIO", "options": _options(choice.options, language), "shuffle": False}
    item: Json = {
        "title": choice.marked(language),
        "questionItem": {"question": {"required": choice.required, "choiceQuestion": asked}},
    }
    examples = " · ".join(choice.examples(language))
    return item | ({"description": examples} if examples else {})


def _comment(comment: Comment, language: str) -> Json:
    question = {"required": False, "textQuestion": {"paragraph": True}}
    item: Json = {"title": comment.marked(language), "questionItem": {"question": question}}
    return item | ({"description": comment.warning[language]} if comment.warning else {})


def _options(options: Sequence[Option], language: str) -> list[Json]:
    return [{"value": one.words[language]} for one in options]


def _written(body: Json) -> bytes:
    return json.dumps(body, indent=1, ensure_ascii=True, allow_nan=False).encode()
