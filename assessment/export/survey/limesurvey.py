"""Write LimeSurvey's survey structure as tab-separated text, every language in one file.

Follows the importer of LimeSurvey 3.14 (``TSVImportSurvey``): `id` stays empty, the group's number ties translations
together, and groups, questions, subquestions and answers are repeated per language under the same codes.
"""

import csv
import html
import io
from collections.abc import Iterator, Mapping, Sequence

from assessment.export.survey.codes import LONGEST_ITEM_CODE, option_codes, plain_codes, scale_codes
from assessment.export.survey.form import Array, Choice, Comment, Form, Option
from assessment.export.survey.parts import Part

COLUMNS = (
    *("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation"),
    *("mandatory", "other", "default", "same_default", "maximum_chars"),
)
SETTINGS = {
    "format": "G",
    "anonymized": "Y",
    "ipaddr": "N",
    "datestamp": "N",
    "refurl": "N",
    "savetimings": "N",
    "allowprev": "Y",
}
ARRAY, LIST, LONG_TEXT, TEXT_ONLY = "F", "L", "T", "X"
PEEK = 1000
ALWAYS = "1"
Cells = Mapping[str, str]


def limesurvey(form: Form) -> tuple[Part, ...]:
    """Give the structure file; items are chosen by role, one page per part."""
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, COLUMNS, restval="", dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(form))
    return (Part("", _padded(sheet.getvalue()).encode()),)


def _padded(text: str) -> str:
    """Add tabs to the headings until the importer's peek at the encoding does not end inside a character."""
    head, rest = text.split("\n", 1)
    while (text.encode()[PEEK : PEEK + 1] or b"a")[0] & 0xC0 == 0x80:  # the middle of a character in UTF-8
        head += "\t"
        text = f"{head}\n{rest}"
    return text


def _rows(form: Form) -> Iterator[Cells]:
    yield {"class": "S", "name": "language", "text": form.language}
    yield {"class": "S", "name": "additional_languages", "text": " ".join(form.languages[1:])}
    for name, value in SETTINGS.items():
        yield {"class": "S", "name": name, "text": value}
    for language in form.languages:
        yield {"class": "SL", "name": "surveyls_title", "text": _text(form.title[language]), "language": language}
    codes = _codes(form)
    for language in form.languages:
        for cells in _pages(form, codes, language):
            yield {**cells, "language": language}


def _codes(form: Form) -> Mapping[str, str]:
    """Give the code of every question; statements have their own within a question."""
    asked = [entry.id for entry in (*form.about, *form.all_arrays, *form.comments)]
    return plain_codes(["INTRO", *asked], longest=LONGEST_ITEM_CODE, otherwise="Q")


def _pages(form: Form, codes: Mapping[str, str], language: str) -> Iterator[Cells]:
    yield _group(1, form.title[language])
    yield from _intro(form, language)
    if form.role:
        yield from _choice(form.role, codes, language)
    for place, array in enumerate(form.arrays, start=2):
        yield _group(place, array.name[language])
        yield from _array(array, form, codes, language)
    if form.criterion or form.context or form.comments:
        yield _group(len(form.arrays) + 2, form.title[language])
    if form.criterion:
        yield from _array(form.criterion, form, codes, language)
    for choice in form.context:
        yield from _choice(choice, codes, language)
    for comment in form.comments:
        yield _comment(comment, codes, language)


def _group(number: int, name: str) -> Cells:
    return {"class": "G", "type/scale": str(number), "name": _text(name), "relevance": ALWAYS}


def _intro(form: Form, language: str) -> Iterator[Cells]:
    said = [f"<p>{_text(form.intro[language])}</p>"] if form.intro else []
    said += [f"<p><b>{_text(term[language])}</b>: {_text(text[language])}</p>" for term, text in form.definitions]
    if said:
        yield _question(TEXT_ONLY, "INTRO", "".join(said))


def _question(kind: str, code: str, text: str, *, roles: str = ALWAYS, **cells: str) -> Cells:
    fixed = {"class": "Q", "type/scale": kind, "name": code, "relevance": roles, "text": text}
    return fixed | {"mandatory": "N", "other": "N"} | cells


def _choice(choice: Choice, codes: Mapping[str, str], language: str) -> Iterator[Cells]:
    beside = "<br>".join(map(_text, choice.examples(language)))
    mandatory = "Y" if choice.required else "N"
    yield _question(LIST, codes[choice.id], _text(choice.marked(language)), help=beside, mandatory=mandatory)
    yield from _answers(choice.options, option_codes(choice), language)


def _array(array: Array, form: Form, codes: Mapping[str, str], language: str) -> Iterator[Cells]:
    yield _question(ARRAY, codes[array.id], _text(array.stem[language]), roles=_only(array.roles, form, codes))
    rows = plain_codes((row.id for row in array.rows), longest=LONGEST_ITEM_CODE, otherwise="SQ")
    for row in array.rows:
        cells = {"class": "SQ", "type/scale": "0", "name": rows[row.id], "text": _text(row.marked(language))}
        yield cells | {"relevance": _only(row.roles, form, codes)}
    yield from _answers(array.options, scale_codes(array), language)


def _answers(options: Sequence[Option], codes: Mapping[str, str], language: str) -> Iterator[Cells]:
    for one in options:
        yield {"class": "A", "type/scale": "0", "name": codes[one.code], "text": _text(one.words[language])}


def _comment(comment: Comment, codes: Mapping[str, str], language: str) -> Cells:
    beside = _text(comment.warning[language]) if comment.warning else ""
    words = _text(comment.marked(language))
    return _question(LONG_TEXT, codes[comment.id], words, help=beside, maximum_chars=str(comment.longest))


def _only(roles: Sequence[str], form: Form, codes: Mapping[str, str]) -> str:
    """Give the condition under which a question is shown; its parts hold letters, digits and quotes only."""
    if not roles or not form.role:
        return ALWAYS
    answers = option_codes(form.role)
    return "(" + " or ".join(f'{codes[form.role.id]}.NAOK == "{answers[role]}"' for role in roles) + ")"


def _text(text: str) -> str:
    """Escape for a place that holds HTML and expressions in braces.

    The importer takes a backslash for an escape and drops quotes around a whole text, so neither stays as it is.
    """
    return html.escape(text, quote=False).translate({ord(one): f"&#{ord(one)};" for one in '"{}\\'})
