"""Write a form to print, as a page without script for the browser's print command, and a workbook to enter answers."""

import html
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessment.export.survey.form import Array, Choice, Comment, Form
from assessment.export.survey.parts import Part
from assessment.export.survey.workbook import fill, undated

STYLE = """\
@page{size:A4;margin:12mm}
body{font:10pt/1.3 system-ui,"Segoe UI",Arial,sans-serif;color:#000;max-width:186mm;margin:0 auto}
h1{font-size:15pt;margin:0 0 2mm}h2{font-size:10.5pt;margin:0 0 1.5mm}
dl{margin:2mm 0}dt{font-weight:600}dd{margin:0 0 1mm 5mm}section{margin:4mm 0}
table{border-collapse:collapse;width:100%;table-layout:fixed}
thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:.3pt solid #777;padding:.8mm .7mm;vertical-align:middle}
th{font-weight:600;font-size:7pt;overflow-wrap:anywhere}
.stem{border:0;text-align:left;padding:2mm 0 0}
.box{text-align:center;width:17mm}td.box{font-size:13pt;line-height:1}.code{font-size:7pt;width:10mm;color:#333}
ul{list-style:none;padding:0;margin:0}li{margin:.8mm 0}small{color:#333}.short{break-inside:avoid}
.lines{border:.3pt solid #777;height:26mm}
"""
LAST_ROW = 1000


def paper(form: Form) -> tuple[Part, ...]:
    """Give the page to print and the workbook, whose headings the reader of plain tables knows."""
    return (Part("", "\n".join(_page(form)).encode()), Part("-entry.xlsx", _workbook(form)))


def _page(form: Form) -> Iterator[str]:
    language = form.language
    title = _esc(form.title[language])
    yield f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>"
    if form.intro:
        yield f"<p>{_esc(form.intro[language])}</p>"
    terms = [f"<dt>{_esc(term[language])}</dt><dd>{_esc(text[language])}</dd>" for term, text in form.definitions]
    yield f"<dl>{''.join(terms)}</dl>" if terms else ""
    for array in form.all_arrays:
        yield _array(array, language)
    for choice in form.about:
        yield _choice(choice, language)
    for comment in form.comments:
        yield _comment(comment, language)
    yield f"<p><small>{_esc(form.id)} {_esc(form.version)}</small></p>\n</body>\n</html>\n"


def _array(array: Array, language: str) -> str:
    heads = "".join(f'<th class="box" scope="col">{_esc(one.words[language])}</th>' for one in array.options)
    boxes = '<td class="box">○</td>' * len(array.options)
    sizes = '<col class="code"><col>' + '<col class="box">' * len(array.options)
    rows = "".join(
        f'<tr><td class="code">{_esc(row.id)}</td><td>{_esc(row.words[language])}</td>{boxes}</tr>'
        for row in array.rows
    )
    stem = f'<tr><th class="stem" colspan="{len(array.options) + 2}"><h2>{_esc(array.stem[language])}</h2></th></tr>'
    head = f'<thead>{stem}<tr><td class="code"></td><td></td>{heads}</tr></thead>'  # repeated on every page
    return f"<section><table>{sizes}{head}<tbody>{rows}</tbody></table></section>"


def _choice(choice: Choice, language: str) -> str:
    listed = "".join(
        f"<li>○ {_esc(one.words[language])}" + (f" <small>{_esc(one.example[language])}</small>" if one.example else "")
        for one in choice.options
    )
    asked = _esc(choice.words[language])
    return f'<section class="short"><h2>{asked} <small>{_esc(choice.id)}</small></h2><ul>{listed}</ul></section>'


def _comment(comment: Comment, language: str) -> str:
    warning = f"<p>{_esc(comment.warning[language])}</p>" if comment.warning else ""
    asked = _esc(comment.words[language])
    head = f"<h2>{asked} <small>{_esc(comment.id)}</small></h2>"
    return f'<section class="short">{head}{warning}<div class="lines"></div></section>'


def _esc(text: str) -> str:
    return html.escape(text)


def _workbook(form: Form) -> bytes:
    """Give a sheet for the answers with a list of what each cell may hold, and a sheet that explains the columns."""
    book = Workbook()
    answers, key = book.worksheets[0], book.create_sheet("key")
    answers.title = "answers"
    columns = list(_columns(form))
    fill(answers, [[heading for heading, _, _ in columns]])
    answers.freeze_panes = "B2"
    for place, (_, _, accepted) in enumerate(columns, start=1):
        _offer(answers, place, accepted)
    fill(key, [("column", "asks", "enter"), *((heading, asks, ", ".join(ok)) for heading, asks, ok in columns)])
    written = io.BytesIO()
    book.save(written)
    return undated(written.getvalue())


def _offer(sheet: Worksheet, place: int, accepted: Sequence[str]) -> None:
    """Offer the accepted entries as a list where Excel can hold it."""
    listed = ",".join(accepted)
    if accepted and len(listed) <= 255 and '"' not in listed:
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        rule.add(f"{sheet.cell(2, place).coordinate}:{sheet.cell(LAST_ROW, place).coordinate}")
        sheet.add_data_validation(rule)


def _columns(form: Form) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Give heading, wording and accepted entries of each column; headings are ids, as for a plain table."""
    language = form.language
    yield "respondent", "A number of your own, written on the sheet of paper as well", ()
    for choice in form.about:
        yield choice.id, choice.words[language], [one.code for one in choice.options]
    for array in form.all_arrays:
        for row in array.rows:
            yield row.id, row.words[language], [one.code for one in array.options]
    for comment in form.comments:
        yield comment.id, comment.words[language], ()
