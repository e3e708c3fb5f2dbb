"""Read LimeSurvey's tab-separated survey structure as strictly as its importer does, or more so.

Rules from the importer of LimeSurvey 3.14 (application/helpers/admin/import_helper.php, TSVImportSurvey) and from the
limits of its tables: question codes of 20 characters, answer codes of 5.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

STANDARD = [
    *["id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation"],
    *["mandatory", "other", "default", "same_default"],
]
KINDS = {"F", "L", "T", "X", "!", "S", "N", "Y"}
ATTRIBUTES = {"maximum_chars"}
NEED_ANSWERS = {"F", "L", "!"}
EXPRESSION = re.compile(r"1|\([A-Za-z]\w*\.NAOK == \"\w+\"( or [A-Za-z]\w*\.NAOK == \"\w+\")*\)")


@dataclass
class Asked:
    """One question as the importer builds it, in one language."""

    kind: str
    text: str
    help: str
    relevance: str
    mandatory: str
    group: int
    statements: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Structure:
    settings: dict[str, str]
    titles: dict[str, str]
    questions: dict[str, dict[str, Asked]]  # language -> code -> question


def cells_of(data: bytes) -> list[dict[str, str]]:
    """Split as PHP's fgetcsv does: a backslash before a quote would keep the quote from ending the cell."""
    text = data.decode("utf-8")
    assert "\\" not in text, "a backslash is an escape to the importer"
    head, *rows = csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True)
    while head[-1] == "":
        head.pop()
    assert head[: len(STANDARD)] == STANDARD
    assert set(head[len(STANDARD) :]) <= ATTRIBUTES
    peek = data[1000:1001] or b"a"
    assert peek[0] & 0xC0 != 0x80, "the importer guesses the encoding from 1000 bytes; they must not end in a character"
    assert all(row for row in rows), "no blank line"
    assert all(len(row) == len(head) for row in rows)
    assert not any("\n" in cell for row in rows for cell in row)
    assert not any(re.fullmatch('".*"', cell) for row in rows for cell in row), "outer quotes would be lost"
    return [dict(zip(head, row, strict=True)) for row in rows]


def structure_of(path: Path) -> Structure:
    found = Structure({}, {}, {})
    group, asked, groups = 0, None, {}
    for row in cells_of(path.read_bytes()):
        language, code, kind = row["language"], row["name"], row["class"]
        assert not row["id"]
        assert not row["related_id"]
        assert kind in {"S", "SL", "G", "Q", "SQ", "A"}
        assert bool(language) == (kind != "S")
        if kind == "S":
            found.settings[code] = row["text"]
        elif kind == "SL":
            assert code == "surveyls_title"
            assert row["text"]
            found.titles[language] = row["text"]
        elif kind == "G":
            group = int(row["type/scale"])
            assert group > 0, "PHP takes 0 for missing"
            groups.setdefault(language, []).append(group)
            asked = None
        elif kind == "Q":
            asked = _question(row, group)
            held = found.questions.setdefault(language, {})
            assert code not in held, "a code is used once"
            held[code] = asked
        else:
            _part(row, asked)
    _whole(found, groups)
    return found


def _question(row: dict[str, str], group: int) -> Asked:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", row["name"])
    assert row["type/scale"] in KINDS
    assert row["mandatory"] in {"Y", "N"}
    assert row["other"] == "N"
    assert EXPRESSION.fullmatch(row["relevance"])
    assert "{" not in row["text"] + row["help"], "braces are expressions"
    return Asked(row["type/scale"], row["text"], row["help"], row["relevance"], row["mandatory"], group)


def _part(row: dict[str, str], asked: Asked | None) -> None:
    assert asked is not None
    assert row["type/scale"] == "0"
    assert "{" not in row["text"]
    assert row["text"]
    if row["class"] == "SQ":
        assert asked.kind == "F"
        assert not asked.answers, "statements come before answers"
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", row["name"])
        assert not row["relevance"] or EXPRESSION.fullmatch(row["relevance"])
        assert row["name"] not in asked.statements
        asked.statements[row["name"]] = (row["text"], row["relevance"])
    else:
        assert asked.kind in NEED_ANSWERS
        assert re.fullmatch(r"[A-Za-z0-9]{1,5}", row["name"])
        assert row["name"] not in asked.answers
        asked.answers[row["name"]] = row["text"]


def _whole(found: Structure, groups: dict[str, list[int]]) -> None:
    base = found.settings["language"]
    languages = [base, *found.settings["additional_languages"].split()]
    assert list(found.titles) == languages
    assert list(found.questions) == languages
    shapes = [
        [(code, one.kind, one.group, list(one.statements), list(one.answers)) for code, one in held.items()]
        for held in found.questions.values()
    ]
    assert all(shape == shapes[0] for shape in shapes), "translations have the same codes in the same order"
    assert all(numbers == groups[base] == sorted(set(numbers)) for numbers in groups.values())
    for one in found.questions[base].values():
        assert bool(one.answers) == (one.kind in NEED_ANSWERS)
        assert bool(one.statements) == (one.kind == "F")
