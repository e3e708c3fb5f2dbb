"""Fill in exported forms as each tool would store the answers, from the exported file alone.

A person is a mapping: ``CTX1``, ``CTX2`` and the ids of items to the place of the chosen option; what is missing was
left blank. Each function gives the name and the bytes of the file that the tool would export.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from docx import Document
from openpyxl import Workbook, load_workbook

CODE = re.compile(r"\[([A-Za-z][\w-]*)\]")
WHEN = "2026-03-02 09:15:00"


def code_of(text: str) -> str:
    found = CODE.search(text)
    assert found, "every statement carries its code"
    return found[1]


def table(rows: list[list[str]], *, delimiter: str = ",") -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return sheet.getvalue().encode()


def chosen(person: dict, item: str, options: list[str]) -> str:
    return options[person[item]] if item in person else ""


def filled(people: list[dict], columns: list[tuple[str, list[str]]]) -> list[list[str]]:
    return [[chosen(person, item, options) for item, options in columns] for person in people]


def googleforms(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """The response sheet: "Stem [Row]" for a grid, the chosen label in each cell."""
    headings, columns = ["Timestamp"], []
    for request in json.loads(paths[0].read_text())["requests"]:
        item = request.get("createItem", {}).get("item", {})
        if "questionGroupItem" in item:
            options = [one["value"] for one in item["questionGroupItem"]["grid"]["columns"]["options"]]
            for question in item["questionGroupItem"]["questions"]:
                title = question["rowQuestion"]["title"]
                headings.append(f"{item['title']} [{title}]")
                columns.append((code_of(title), options))
        elif "choiceQuestion" in item.get("questionItem", {}).get("question", {}):
            options = [one["value"] for one in item["questionItem"]["question"]["choiceQuestion"]["options"]]
            headings.append(item["title"])
            columns.append((code_of(item["title"]), options))
    times = [f"2026/03/02 9:{n % 60:02}:{n // 60:02} AM GMT+1" for n in range(len(people))]
    rows = [[when, *row] for when, row in zip(times, filled(people, columns), strict=True)]
    return "answers.csv", table([headings, *rows])


def paper(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """The data-entry workbook with a row per sheet of paper, entered from the list that its key names."""
    book = load_workbook(paths[1])
    sheet = book["answers"]
    accepted = {row[0]: row[2].split(", ") for row in book["key"].iter_rows(min_row=2, values_only=True) if row[2]}
    headings = [cell.value for cell in sheet[1]]
    for number, person in enumerate(people, start=2):
        for place, heading in enumerate(headings, start=1):
            entered = str(number) if heading == "respondent" else chosen(person, heading, accepted.get(heading, []))
            if entered:
                cell = sheet.cell(number, place, int(entered) if entered.isdecimal() else entered)
                cell.data_type = "n" if entered.isdecimal() else "s"
    written = io.BytesIO()
    book.save(written)
    return "answers.xlsx", written.getvalue()


def limesurvey(structure, people: list[dict]) -> tuple[str, bytes]:
    """Question codes in the headings, answer codes in the cells."""
    asked = next(iter(structure.questions.values()))
    headings, columns = ["id", "submitdate", "lastpage", "startlanguage"], []
    for code, one in asked.items():
        if one.kind == "F":
            headings += [f"{code}[{name}]" for name in one.statements]
            columns += [(code_of(text), list(one.answers)) for text, _ in one.statements.values()]
        elif one.kind == "L":
            headings.append(code)
            columns.append((code_of(one.text), list(one.answers)))
    rows = [[str(n), "1980-01-01 00:00:00", "6", "en", *row] for n, row in enumerate(filled(people, columns), start=1)]
    return "answers.csv", table([headings, *rows])


def xlsform(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """KoboToolbox with "XML values and headers": group/name, the name of the choice in the cell."""
    book = load_workbook(paths[0])
    survey = [dict(zip([c.value for c in book["survey"][1]], row, strict=True)) for row in _body(book["survey"])]
    choices: dict[str, list[str]] = {}
    for row in _body(book["choices"]):
        choices.setdefault(row[0], []).append(str(row[1]))
    group, headings, columns = "", [], []
    for row in survey:
        group = row["name"] if row["type"] == "begin_group" else group
        if row["type"].startswith("select_one") and row["appearance"] != "label":
            headings.append(f"{group}/{row['name']}")
            columns.append((row["name"].lstrip("_"), choices[row["type"].split()[1]]))
    known = ["_id", "_uuid", "_submission_time"]
    rows = [[*row, str(n), f"u{n}", "2026-03-02T09:15:00"] for n, row in enumerate(filled(people, columns), start=1)]
    return "answers.csv", table([[*headings, *known], *rows], delimiter=";")


def _body(sheet) -> list[tuple]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def qualtrics(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """Three heading rows: export tags, texts, import ids; choice text in the cells."""
    tags, texts, ids, columns = [], [], [], []
    for number, (tag, stem, rows, answers) in enumerate(qualtrics_questions(paths[0].read_text()), start=1):
        if not answers:
            continue
        for place, row in enumerate(rows, start=1):
            tags.append(f"{tag}_{place}")
            texts.append(f"{stem[:100]} - {row}")
            ids.append(json.dumps({"ImportId": f"QID{number}_{place}"}))
            columns.append((code_of(row), answers))
        if not rows:
            tags.append(tag)
            texts.append(stem)
            ids.append(json.dumps({"ImportId": f"QID{number}"}))
            columns.append((code_of(stem), answers))
    system = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId"]
    about = ["Start Date", "End Date", "Response Type", "Progress", "Finished", "Recorded Date", "Response ID"]
    keys = ["startDate", "endDate", "status", "progress", "finished", "recordedDate", "_recordId"]
    rows = [
        [WHEN, WHEN, "Anonymous", "100", "True", WHEN, f"R_{n}", *row]
        for n, row in enumerate(filled(people, columns), start=1)
    ]
    third = [json.dumps({"ImportId": key}) for key in keys]
    return "answers.csv", table([[*system, *tags], [*about, *texts], [*third, *ids], *rows])


TAG = re.compile(r"\[\[([A-Za-z]+)(?::([^\]]+))?\]\]")
KINDS = {"DB", "Matrix", "MC:SingleAnswer:Vertical", "TE:Essay"}
PARTS = {"Question": "text", "Choices": "choices", "AdvancedAnswers": "answers"}


def qualtrics_questions(text: str) -> list[tuple[str, str, list[str], list[str]]]:
    """Read Advanced Format TXT by its own grammar: id, text, statements, answers of every question."""
    head, *lines = text.split("\n")
    assert head == "[[AdvancedFormat]]"
    found: list[dict] = []
    into = ""
    for line in filter(None, lines):
        tag = TAG.fullmatch(line)
        assert tag or "[[" not in line, "a text may not look like a tag"
        if tag:
            into = _qualtrics_tag(tag[1], tag[2] or "", found, into)
        else:
            found[-1][into].append(line)
    # The choices of a question without answers are its answers.
    return [
        (one["id"], " ".join(one["text"]), one["choices"] if one["answers"] else [], one["answers"] or one["choices"])
        for one in found
    ]


def _qualtrics_tag(name: str, value: str, found: list[dict], into: str) -> str:
    """Take one tag; give the part of the question that the next lines belong to."""
    assert name in {"Block", "Question", "ID", "Choices", "AdvancedAnswers", "Answer"}
    if name == "Question":
        assert value in KINDS
        found.append({"id": "", "text": [], "choices": [], "answers": []})
    elif name == "ID":
        found[-1]["id"] = value
    elif name == "Answer":
        assert value.isdecimal()
    return PARTS.get(name, into)


def formbricks(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """Headings numbered, "Stem - Row", in the default language."""
    headings, columns = ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)"], []
    for number, question in enumerate(json.loads(paths[0].read_text())["questions"], start=1):
        stem = f"{number}. {question['headline']['default']}"
        if question["type"] == "matrix":
            options = [one["label"]["default"] for one in question["columns"]]
            headings += [f"{stem} - {row['label']['default']}" for row in question["rows"]]
            columns += [(row["id"], options) for row in question["rows"]]
        elif question["type"] == "multipleChoiceSingle":
            headings.append(stem)
            columns.append((question["id"], [one["label"]["default"] for one in question["choices"]]))
    rows = [[str(n), f"r{n}", WHEN, "Yes", "s1", "f1", *row] for n, row in enumerate(filled(people, columns), start=1)]
    return "answers.csv", table([headings, *rows])


def msforms(paths: list[Path], people: list[dict]) -> tuple[str, bytes]:
    """A workbook: id, times, e-mail, name, then one column per question."""
    headings, columns = ["ID", "Start time", "Completion time", "Email", "Name"], []
    for paragraph in (one.text for one in Document(str(paths[0])).paragraphs):
        if question := re.fullmatch(r"\d+\. (.+)", paragraph):
            headings.append(question[1])
            columns.append((code_of(question[1]), []))
        elif answer := re.fullmatch(r"[A-Z]{1,2}\. (.+)", paragraph):
            columns[-1][1].append(answer[1])
    begun = datetime(2026, 3, 2, 9, 15)  # noqa: DTZ001 - a workbook's times have no zone
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    sheet.append(headings)
    for n, row in enumerate(filled(people, columns), start=1):
        when = begun + timedelta(minutes=n)
        sheet.append([n, when, when + timedelta(minutes=8), "anonymous", None, *(cell or None for cell in row)])
    written = io.BytesIO()
    book.save(written)
    return "answers.xlsx", written.getvalue()


def surveyjs(paths: list[Path], people: list[dict]) -> list[dict]:
    """Give what each person enters, by the values of the exported form; the library turns it into its results."""
    elements = [one for page in json.loads(paths[0].read_text())["pages"] for one in page["elements"]]
    return [dict(_entered(elements, person)) for person in people]


def _entered(elements: list[dict], person: dict) -> Iterator[tuple[str, object]]:
    for one in elements:
        if one["type"] == "radiogroup" and one["name"] in person:
            yield one["name"], one["choices"][person[one["name"]]]["value"]
        elif one["type"] == "matrix":
            rows = [row["value"] for row in one["rows"] if row["value"] in person]
            if rows:
                yield one["name"], {row: one["columns"][person[row]]["value"] for row in rows}
