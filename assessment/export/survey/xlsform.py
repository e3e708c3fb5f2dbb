"""Write an XLSForm for KoboToolbox and ODK, every language in one workbook."""

import io
from collections.abc import Iterator, Mapping, Sequence

from babel import Locale
from openpyxl import Workbook

from assessment.export.survey.codes import names
from assessment.export.survey.form import Array, Choice, Comment, Form, Option, Row, Words
from assessment.export.survey.parts import Part
from assessment.export.survey.workbook import fill, undated

LABEL, HINT = "label", "hint"
Cells = dict[str, str]


def xlsform(form: Form) -> tuple[Part, ...]:
    """Give the workbook with the sheets survey, choices and settings; items are chosen by role."""
    book = Workbook()
    book.remove(book.worksheets[0])
    survey = list(_survey(form))
    translated = [f"{kind}::{_tongue(language)}" for kind in (LABEL, HINT) for language in form.languages]
    columns = ["type", "name", *translated, "appearance", "required", "relevant", "constraint"]
    fill(book.create_sheet("survey"), _table(columns, survey))
    labels = [f"{LABEL}::{_tongue(language)}" for language in form.languages]
    fill(book.create_sheet("choices"), _table(["list_name", "name", *labels], list(_choices(form))))
    fill(book.create_sheet("settings"), _settings(form))
    written = io.BytesIO()
    book.save(written)
    return (Part("", undated(written.getvalue())),)


def _table(columns: Sequence[str], rows: Sequence[Cells]) -> list[Sequence[str]]:
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def _settings(form: Form) -> list[Sequence[str]]:
    headings = ("form_title", "form_id", "version", "default_language")
    return [headings, (_text(form.title[form.language]), form.id, form.version, _tongue(form.language))]


def _survey(form: Form) -> Iterator[Cells]:
    yield {"type": "begin_group", "name": "start", "appearance": "field-list"} | _both(form, LABEL, form.title)
    if form.intro:
        yield {"type": "note", "name": "intro"} | _both(form, LABEL, form.intro)
    for place, (term, text) in enumerate(form.definitions, start=1):
        yield {"type": "note", "name": f"definition_{place}"} | _both(form, LABEL, term) | _both(form, HINT, text)
    if form.role:
        yield _choice(form, form.role)
    yield {"type": "end_group"}
    for array in form.arrays:
        yield from _array(form, array)
    if form.criterion:
        yield from _array(form, form.criterion)
    if form.context or form.comments:
        yield {"type": "begin_group", "name": "about", "appearance": "field-list"} | _both(form, LABEL, form.title)
        yield from (_choice(form, choice) for choice in form.context)
        yield from (_comment(form, comment) for comment in form.comments)
        yield {"type": "end_group"}


def _choice(form: Form, choice: Choice) -> Cells:
    cells = {"type": f"select_one {choice.id}", "name": _name(choice.id), "required": "yes" if choice.required else ""}
    examples = {language: " · ".join(choice.examples(language)) for language in form.languages}
    return (
        cells
        | _both(form, LABEL, _marked(form, choice))
        | (_both(form, HINT, examples) if any(examples.values()) else {})
    )


def _comment(form: Form, comment: Comment) -> Cells:
    cells = {"type": "text", "name": _name(comment.id), "appearance": "multiline"}
    limit = {"constraint": f"string-length(.) <= {comment.longest}"}
    return cells | limit | _both(form, LABEL, _marked(form, comment)) | _both(form, HINT, comment.warning or {})


def _array(form: Form, array: Array) -> Iterator[Cells]:
    only = {"relevant": _only(form, array.roles)}
    name, kind = _name(array.id), f"select_one {array.scale}"
    yield {"type": "begin_group", "name": name, "appearance": "field-list"} | _both(form, LABEL, array.name) | only
    yield {"type": kind, "name": f"{name}_stem", "appearance": "label"} | _both(form, LABEL, array.stem)
    for row in array.rows:
        cells = {"type": kind, "name": _name(row.id), "appearance": "list-nolabel"} | _both(
            form, LABEL, _marked(form, row)
        )
        yield cells | {"relevant": _only(form, row.roles)}
    yield {"type": "end_group"}


def _choices(form: Form) -> Iterator[Cells]:
    lists = {array.scale: array.options for array in form.all_arrays} | {one.id: one.options for one in form.about}
    for list_name, options in lists.items():
        codes = names([one.code for one in options])
        yield from (_option(form, list_name, one, codes) for one in options)


def _option(form: Form, list_name: str, one: Option, codes: Mapping[str, str]) -> Cells:
    return {"list_name": list_name, "name": codes[one.code]} | _both(form, LABEL, one.words)


def _only(form: Form, roles: Sequence[str]) -> str:
    if not roles or not form.role:
        return ""
    codes = names([one.code for one in form.role.options])
    return " or ".join(f"${{{_name(form.role.id)}}} = '{codes[role]}'" for role in roles)


def _marked(form: Form, entry: Choice | Comment | Row) -> Words:
    return {language: entry.marked(language) for language in form.languages}


def _both(form: Form, kind: str, words: Words) -> Cells:
    return {f"{kind}::{_tongue(language)}": _text(words[language]) for language in form.languages if language in words}


def _tongue(language: str) -> str:
    """Give a language as XLSForm names it: ``Svenska (sv)``."""
    name = Locale.parse(language).get_display_name(language) or language
    return f"{name[:1].upper()}{name[1:]} ({language})"


def _name(item: str) -> str:
    """Give a name that XML accepts: it may not begin with a digit or a hyphen."""
    return item if item[0].isalpha() else f"_{item}"


def _text(text: str) -> str:
    """Keep ``${name}`` from being read as a reference to an answer."""
    return text.replace("${", "$ {")
