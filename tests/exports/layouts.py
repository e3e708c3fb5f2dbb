"""Write answers in the layout of each survey tool, from the design's description of real exports; knows no importer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from assessment.model.questionnaire import Questionnaire

Rows = list[list[str]]
START = datetime(2026, 11, 2, 9, 0, 0)  # noqa: DTZ001 - tools write local times


@dataclass(frozen=True)
class Filled:
    """Answers (role, team, a code per item) and the language in which the form was shown."""

    table: pd.DataFrame
    questionnaire: Questionnaire
    language: str

    @property
    def words(self):
        return self.questionnaire.texts[self.language]

    @property
    def items(self) -> list[str]:
        return list(self.questionnaire.items)

    def scale(self, item: str) -> str:
        return self.questionnaire.items[item].scale

    def stem(self, item: str) -> str:
        return self.words.scales[self.scale(item)].stem or "How true is this?"

    def coded(self, item: str) -> str:
        return f"[{item}] {self.words.items[item]}"

    def asks(self) -> list[str]:
        return [self.words.context["CTX1"].ask, self.words.context["CTX2"].ask]

    def people(self, answer: Callable[[str, int], str], role: Callable[[str], str]) -> Iterator[list[str]]:
        """Yield each respondent's cells: role, team, answers."""
        for row in self.table.to_dict("records"):
            yield [role(row["role"]), row.get("team", ""), *(answer(item, row[item]) for item in self.items)]

    def label(self, item: str, code: int) -> str:
        scale = self.words.scales[self.scale(item)]
        return (scale.cannot_tell or "") if code == -1 else scale.answers.get(code, "")

    def role(self, role: str) -> str:
        return self.words.roles[role]

    def labels(self) -> list[list[str]]:
        return list(self.people(self.label, self.role))


def number(_item: str, code: int) -> str:
    return "NA" if code == -1 else str(code) if code > 0 else ""


def at(n: int) -> str:
    return (START + timedelta(minutes=7 * n)).strftime("%Y-%m-%d %H:%M:%S")


def us_time(n: int) -> str:
    return (START + timedelta(minutes=7 * n)).strftime("%m/%d/%Y %I:%M:%S %p")


def _blocks(filled: Filled) -> list[tuple[str, list[str]]]:
    """Group the items that stand in one grid: neighbours with the same stem."""
    blocks: list[tuple[str, list[str]]] = []
    for item in filled.items:
        if blocks and blocks[-1][0] == filled.stem(item):
            blocks[-1][1].append(item)
        else:
            blocks.append((filled.stem(item), [item]))
    return blocks


MONKEY = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "Custom Data 1"]


def _monkey_person(n: int) -> list[str]:
    return [str(114000000000 + n), "4411", us_time(n), us_time(n + 1), "", "", ""]


def surveymonkey_condensed(filled: Filled) -> Rows:
    heading = [*MONKEY, *filled.asks(), *map(filled.coded, filled.items)]
    second = [*[""] * len(MONKEY), "Response", "Open-Ended Response", *["Response"] * len(filled.items)]
    return [heading, second, *([*_monkey_person(n), *cells] for n, cells in enumerate(filled.labels()))]


def surveymonkey_grids(filled: Filled) -> Rows:
    heading, second = [*MONKEY, *filled.asks()], [*[""] * len(MONKEY), "Response", "Response"]
    for stem, items in _blocks(filled):
        heading += [stem, *[""] * (len(items) - 1)]
        second += [filled.coded(item) for item in items]
    return [heading, second, *([*_monkey_person(n), *cells] for n, cells in enumerate(filled.labels()))]


def surveymonkey_expanded(filled: Filled) -> Rows:
    """One column per choice, filled with the choice's words."""
    roles = [filled.words.roles[role] for role in filled.questionnaire.roles]
    heading, second = [*MONKEY], [""] * len(MONKEY)
    choices: list[list[str]] = [roles, []]
    heading += [filled.asks()[0], *[""] * (len(roles) - 1), filled.asks()[1]]
    second += [*roles, "Open-Ended Response"]
    for item in filled.items:
        scale = filled.words.scales[filled.scale(item)]
        options = [*scale.answers.values(), scale.cannot_tell or ""]
        choices.append(options)
        heading += [filled.coded(item), *[""] * (len(options) - 1)]
        second += options
    rows = []
    for n, cells in enumerate(filled.labels()):
        spread = [
            part
            for cell, options in zip(cells, choices, strict=True)
            for part in ([cell if cell == option else "" for option in options] if options else [cell])
        ]
        rows.append([*_monkey_person(n), *spread])
    return [heading, second, *rows]


def surveymonkey_one_row(filled: Filled) -> Rows:
    rows = surveymonkey_condensed(filled)
    return [rows[0], *rows[2:]]


LIME = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
LIME_TEXTS = {
    "en": ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action"],
    "sv": [
        "Svars-ID",
        "Datum inskickad",
        "Sista sidan",
        "Startspråk",
        "Seed",
        "Datum påbörjad",
        "Datum senaste åtgärd",
    ],
}


def _lime_person(n: int, language: str) -> list[str]:
    return [str(n + 1), at(n), "4", language, "118274", at(n), at(n)]


def _lime(filled: Filled, heading: list[str], people: Iterator[list[str]] | list[list[str]]) -> Rows:
    return [heading, *([*_lime_person(n, filled.language), *cells] for n, cells in enumerate(people))]


def limesurvey_codes(filled: Filled) -> Rows:
    heading = [*LIME, "CTX1", "CTX2", *(f"{item[:2]}[{item}]" for item in filled.items)]
    return _lime(filled, heading, filled.people(lambda i, c: f"A{c}" if c > 0 else number(i, c), str))


def limesurvey_underscores(filled: Filled) -> Rows:
    heading = [*LIME, "CTX1", "CTX2", *(f"{item[:2]}_{item}" for item in filled.items)]
    return _lime(filled, heading, filled.labels())


def limesurvey_codes_and_texts(filled: Filled) -> Rows:
    system = [f"{code}. {text}" for code, text in zip(LIME, LIME_TEXTS["en"], strict=True)]
    asked = [f"{code}. {ask}" for code, ask in zip(("CTX1", "CTX2"), filled.asks(), strict=True)]
    heading = [*system, *asked, *(f"{item[:2]}[{item}]. {filled.words.items[item]}" for item in filled.items)]
    return _lime(filled, heading, filled.labels())


def limesurvey_full_texts(filled: Filled) -> Rows:
    system = LIME_TEXTS.get(filled.language, LIME_TEXTS["en"])
    heading = [*system, *filled.asks(), *(f"{filled.stem(i)} [{filled.words.items[i]}]" for i in filled.items)]
    return _lime(filled, heading, filled.labels())


QUALTRICS = {
    "StartDate": "startDate",
    "EndDate": "endDate",
    "Status": "status",
    "IPAddress": "ipAddress",
    "Progress": "progress",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "UserLanguage": "userLanguage",
}


def _qualtrics(filled: Filled, people: list[list[str]], *, dash: str, coded: bool = True) -> tuple[list[str], ...]:
    names = [*QUALTRICS, "Q1", "Q2", *(f"Q3_{n}" for n, _ in enumerate(filled.items, start=1))]
    statements = [filled.coded(item) if coded else filled.words.items[item] for item in filled.items]
    stems = [
        f"{filled.stem(item)[:97]}..." if len(filled.stem(item)) > 100 else filled.stem(item) for item in filled.items
    ]
    texts = [f"{stem}{dash}{statement}" for stem, statement in zip(stems, statements, strict=True)]
    system = [f"Systemfält {n}" for n, _ in enumerate(QUALTRICS)]
    rows = [
        [at(n), at(n), "IP Address", "", "100", "True", at(n), f"R_{n:013d}", filled.language.upper(), *cells]
        for n, cells in enumerate(people)
    ]
    return names, [*system, *filled.asks(), *texts], *rows


def _ids(filled: Filled, joint: str) -> list[str]:
    return [*QUALTRICS.values(), "QID1", "QID2_TEXT", *(f"QID3{joint}{n + 1}" for n, _ in enumerate(filled.items))]


def qualtrics_current(filled: Filled) -> Rows:
    names, texts, *rows = _qualtrics(filled, filled.labels(), dash=" - ")
    ids = [json.dumps({"ImportId": i} | ({"timeZone": "Z"} if "Date" in i else {})) for i in _ids(filled, "_")]
    return [names, texts, ids, *rows]


def qualtrics_2016(filled: Filled) -> Rows:
    names, texts, *rows = _qualtrics(filled, filled.labels(), dash="-", coded=False)
    return [names, texts, [repr({"ImportId": i}) for i in _ids(filled, "-")], *rows]


V_TEXTS = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status"]
V_TEXTS += ["StartDate", "EndDate", "Finished"]


def qualtrics_v(filled: Filled) -> Rows:
    names = [*(f"V{n}" for n in range(1, 11)), "Q1", "Q2", *(f"Q3_{n + 1}" for n, _ in enumerate(filled.items)), ""]
    texts = [*V_TEXTS, *filled.asks(), *(f"{filled.stem(i)}-{filled.coded(i)}" for i in filled.items), ""]
    rows = [
        [f"R_{n}", "Default Response Set", "Anonymous", "", "", "", "0", at(n), at(n), "1", *cells, ""]
        for n, cells in enumerate(filled.labels())
    ]
    return [names, texts, *rows]


def qualtrics_numbers(filled: Filled) -> Rows:
    """Numbers that the author chose: 11 to 15, -99 for cannot tell; roles by their place."""
    roles = list(filled.questionnaire.roles)
    people = filled.people(
        lambda _, code: "-99" if code == -1 else str(code + 10) if code > 0 else "",
        lambda role: str(roles.index(role) + 1),
    )
    names, texts, *rows = _qualtrics(filled, list(people), dash=" - ", coded=False)
    ids = [json.dumps({"ImportId": i}) for i in _ids(filled, "_")]
    return [names, texts, ids, *rows]


def qsf(filled: Filled) -> str:
    """Describe the survey of `qualtrics_numbers`; the shape is that of real .qsf files."""
    first = filled.words.scales[filled.scale(filled.items[0])]
    scales = {filled.scale(item) for item in filled.items}
    assert len(scales) == 1, "one matrix has one scale"
    answers = {str(code): {"Display": label} for code, label in first.answers.items()} | {
        "6": {"Display": first.cannot_tell}
    }
    roles = {str(n): {"Display": filled.words.roles[r]} for n, r in enumerate(filled.questionnaire.roles, start=1)}
    asked = [
        {"QuestionID": "QID1", "DataExportTag": "Q1", "QuestionType": "MC", "QuestionText": filled.asks()[0],
         "Choices": roles, "ChoiceOrder": list(roles), "Language": []},
        {"QuestionID": "QID2", "DataExportTag": "Q2", "QuestionType": "TE", "QuestionText": filled.asks()[1]},
        {"QuestionID": "QID3", "DataExportTag": "Q3", "QuestionType": "Matrix", "QuestionText": "Stem",
         "Choices": {str(n): {"Display": filled.coded(i)} for n, i in enumerate(filled.items, start=1)},
         "Answers": answers, "RecodeValues": {c: str(int(c) + 10) for c in answers if c != "6"} | {"6": "-99"},
         "ChoiceDataExportTags": False, "GradingData": []},
    ]  # fmt: skip
    elements = [{"Element": "BL", "Payload": []}, *({"Element": "SQ", "Payload": entry} for entry in asked)]
    return json.dumps({"SurveyEntry": {"SurveyID": "SV_1"}, "SurveyElements": elements})


KOBO = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__"]
KOBO += ["_tags", "_index"]


def _kobo(heading: list[str], people: Iterator[list[str]] | list[list[str]]) -> Rows:
    ends = (
        [str(n), f"uuid-{n}", "2026-11-01T10:00:00", "", "", "submitted_via_web", "", "v1", "", str(n)]
        for n in range(1, 100_000)
    )
    return [[*heading, *KOBO], *([*cells, *end] for cells, end in zip(people, ends, strict=False))]


def kobo_codes(filled: Filled) -> Rows:
    return _kobo(["CTX1", "CTX2", *filled.items], filled.people(number, str))


def kobo_groups(filled: Filled) -> Rows:
    return _kobo(["about/CTX1", "about/CTX2", *(f"{i[:2]}/{i}" for i in filled.items)], filled.people(number, str))


def kobo_labels(filled: Filled) -> Rows:
    return _kobo([*filled.asks(), *map(filled.coded, filled.items)], filled.labels())


def odk(filled: Filled) -> Rows:
    heading = ["SubmissionDate", "about-CTX1", "about-CTX2", *(f"{i[:2]}-{i}" for i in filled.items)]
    heading += ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "ReviewState"]
    return [
        heading,
        *(
            ["2026-11-02T10:00:00.000Z", *cells, f"uuid:{n}", f"uuid:{n}", "12", "App user", "0", ""]
            for n, cells in enumerate(filled.people(number, str))
        ),
    ]


def surveyjs(filled: Filled) -> str:
    """Leave out what was not answered, as the tool does; a matrix per dimension."""
    responses = []
    for cells in filled.people(number, str):
        response: dict[str, object] = {"CTX1": cells[0]} | ({"CTX2": cells[1]} if cells[1] else {})
        for item, cell in zip(filled.items, cells[2:], strict=True):
            if cell:
                matrix = response.setdefault(item[:2], {})
                assert isinstance(matrix, dict)
                matrix[item] = "NA" if cell == "NA" else int(cell)
        responses.append(response)
    return json.dumps(responses, ensure_ascii=False)


FORMS = {
    "en": ["ID", "Start time", "Completion time", "Email", "Name"],
    "sv": ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"],
    "nl": ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"],
    "pl": ["ID", "Godzina rozpoczęcia", "Godzina ukończenia", "Adres e-mail", "Nazwa"],
    "de": ["ID", "Unbekannt 1", "Unbekannt 2", "E-Mail", "Name"],
    "da": ["ID", "Ukendt 1", "Ukendt 2", "Mail", "Navn"],
}


def msforms(filled: Filled) -> Rows:
    heading = [*FORMS[filled.language], *filled.asks(), *map(filled.coded, filled.items)]
    return [
        heading,
        *([str(n + 1), at(n), at(n + 1), "anonymous", "", *cells] for n, cells in enumerate(filled.labels())),
    ]


def typeform(filled: Filled) -> Rows:
    ends = [
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
        "Tags",
        "Ending",
    ]
    heading = ["#", *filled.asks(), *(f"<strong>{filled.coded(i)}</strong>" for i in filled.items), *ends]
    return [
        heading,
        *(
            [f"{n:08x}", *cells, "completed", at(n), "", at(n + 1), f"{n:010x}", "", ""]
            for n, cells in enumerate(filled.labels())
        ),
    ]


def tally(filled: Filled) -> Rows:
    heading = ["Submission ID", "Respondent ID", "Submitted at", *filled.asks(), *map(filled.coded, filled.items)]
    return [heading, *([f"s{n}", f"r{n}", at(n), *cells] for n, cells in enumerate(filled.labels()))]


def formbricks(filled: Filled) -> Rows:
    heading = [
        "No.",
        "Response ID",
        "Timestamp",
        "Finished",
        "Survey ID",
        "Formbricks ID (internal)",
        "User ID",
        "Tags",
    ]
    asked = [f"{n}. {ask}" for n, ask in enumerate(filled.asks(), start=1)]
    items = [f"3. {filled.stem(item)} - {filled.coded(item)}" for item in filled.items]
    return [
        [*heading, "url", *asked, *items],
        *(
            [str(n + 1), f"cm{n}", at(n), "Yes", "sv1", "", "", "", "https://example.org/s", *cells]
            for n, cells in enumerate(filled.labels())
        ),
    ]


def jotform(filled: Filled) -> Rows:
    heading = ["Submission Date", *filled.asks(), *(f"{filled.stem(i)} >> {filled.coded(i)}" for i in filled.items)]
    return [
        [*heading, "Submission ID"],
        *([at(n), *cells, str(600000 + n)] for n, cells in enumerate(filled.labels())),
    ]


def googleforms(filled: Filled) -> Rows:
    heading = ["Timestamp", *filled.asks(), *(f"{filled.stem(i)} [{filled.coded(i)}]" for i in filled.items)]
    return [heading, *([us_time(n), *cells] for n, cells in enumerate(filled.labels()))]


def generic(filled: Filled) -> Rows:
    heading = ["pid", "role", "team", *filled.items]
    return [heading, *([f"p{n}", *cells] for n, cells in enumerate(filled.people(number, str)))]


BY_TOOL: dict[str, list[Callable[[Filled], Rows | str]]] = {
    "surveymonkey": [surveymonkey_condensed, surveymonkey_grids, surveymonkey_expanded, surveymonkey_one_row],
    "limesurvey": [limesurvey_codes, limesurvey_underscores, limesurvey_codes_and_texts, limesurvey_full_texts],
    "qualtrics": [qualtrics_current, qualtrics_2016, qualtrics_v],
    "kobo": [kobo_codes, kobo_groups, kobo_labels],
    "odk": [odk],
    "surveyjs": [surveyjs],
    "msforms": [msforms],
    "typeform": [typeform],
    "tally": [tally],
    "formbricks": [formbricks],
    "jotform": [jotform],
    "googleforms": [googleforms],
    "generic": [generic],
}
DELIMITERS = {"kobo": ";", "limesurvey": ";"}
