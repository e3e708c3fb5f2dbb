"""Write a Word document for the quick import of Microsoft Forms, with a check list; one language.

The import makes numbered paragraphs questions and lettered ones their answers; it knows no grids, so every statement
is a choice of its own. What the service makes of the file cannot be tried here: the check list says what to look at.
"""

import io
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from docx import Document

from assessment.export.survey.form import Array, Form
from assessment.export.survey.parts import Part
from assessment.export.survey.workbook import undated

CHECKS = """\
Microsoft Forms: check after the import

1. New > Quick import, choose the Word file, Form (not Quiz).
2. There must be {n} questions, in the order of the list below. Each begins with its code in brackets; keep the codes,
   answers are found by them.
3. Every question is a Choice with the answers in the order of the document; "Multiple answers" and "Shuffle" are off,
   no "Other" option was added.
4. "Required" is off everywhere{but}.
5. Paste the introduction and the definitions of the document into the description of the form.
6. Settings: "Record name" is off; "One response per person" is off where people answer without an account.
7. Send yourself one answer, open it in Excel and import the file with --dry-run; then delete it.

Codes
{codes}
"""


def msforms(form: Form) -> tuple[Part, ...]:
    """Give the document and the check list."""
    return (Part("", _document(form)), Part("-check-list.txt", _check_list(form).encode()))


def _document(form: Form) -> bytes:
    document = Document()
    document.add_heading(form.title[form.language], level=0)
    for paragraph in _paragraphs(form):
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    return undated(written.getvalue())


def _paragraphs(form: Form) -> Iterator[str]:
    language = form.language
    if form.intro:
        yield form.intro[language]
    yield from (f"{term[language]}: {text[language]}" for term, text in form.definitions)
    for number, (title, answers) in enumerate(_questions(form), start=1):
        yield f"{number}. {title}"
        yield from (f"{letter}. {answer}" for letter, answer in zip(_letters(len(answers)), answers, strict=True))


def _questions(form: Form) -> Iterator[tuple[str, Sequence[str]]]:
    """Give title and answers of every question; an open item has none."""
    language = form.language
    for array in form.all_arrays:
        answers = [one.words[language] for one in array.options]
        yield from ((title, answers) for title in _statements(array, language))
    for choice in form.about:
        beside = "; ".join(choice.examples(language))
        title = f"{choice.marked(language)} ({beside})" if beside else choice.marked(language)
        yield title, [one.words[language] for one in choice.options]
    for comment in form.comments:
        warning = f" {comment.warning[language]}" if comment.warning else ""
        yield f"{comment.marked(language)}{warning}", []


def _statements(array: Array, language: str) -> Iterator[str]:
    """Give each statement behind the stem: the tool has no place for a stem of several."""
    for row in array.rows:
        yield f"[{row.id}] {array.stem[language]} – {row.words[language]}"


def _letters(n: int) -> list[str]:
    """Give A to Z, then AA, AB and so on."""
    return [ascii_uppercase[i // 26 - 1] * (i >= 26) + ascii_uppercase[i % 26] for i in range(n)]


def _check_list(form: Form) -> str:
    ids = [row.id for array in form.all_arrays for row in array.rows]
    ids += [entry.id for entry in (*form.about, *form.comments)]
    needed = [choice.id for choice in form.about if choice.required]
    but = f", and on for {', '.join(needed)}" if needed else ""
    return CHECKS.format(n=len(ids), but=but, codes="\n".join(f"{n}. [{one}]" for n, one in enumerate(ids, start=1)))
