"""An export becomes the answers that people gave, or an error that says why not: never other answers."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.errors import DefinitionError, ImportRefused
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED, Answers
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Structure
from assessment.model.texts import Texts
from assessment.responses import load_adapters, read_answers
from assessment.responses.adapter import TOOLS

EXPORTS = Path(__file__).parent / "exports"
GRID_EN = EXPORTS / "googleforms" / "GENERATED_grid_en.csv"
GRID_SV = EXPORTS / "googleforms" / "GENERATED_grid_sv.xlsx"
NUMBERS = EXPORTS / "googleforms" / "GENERATED_numbers_en.csv"
CODES = EXPORTS / "generic" / "GENERATED_codes.csv"
LABELS_SV = EXPORTS / "generic" / "GENERATED_labels_sv_cp1252.csv"
POOLED = EXPORTS / "generic" / "GENERATED_pooled.csv"
TRUTH = EXPORTS / "GENERATED_truth.csv"
FIXTURES = [GRID_EN, GRID_SV, NUMBERS, CODES, LABELS_SV]

ITEMS = {
    "LE1a": ("freq5", "all", "Leaders explain why the goals matter.", "Ledningen förklarar varför målen är viktiga."),
    "LE1b": ("share5", ["EX", "PM"], "Products have a written vision.", "Produkterna har en nedskriven vision."),
    "LE2a": ("freq5", "all", "Teams decide how to reach a goal.", "Teamen avgör själva hur ett mål ska nås."),
    "LE2c": ("freq5", "all", "Leaders explain away what teams decide.", "Ledningen river upp beslut från teamen."),
    "PM1a": ("freq5", "all", "Priorities are set by product managers.", "Produktägare bestämmer över prioriteringar."),
    "PM1b": ("share5", "all", "Roadmaps begin with a customer need.", "Färdplaner börjar med ett kundbehov."),
    "OO1a": ("freq5", ["PM", "EN"], "Goals have a number.", "Målen är mätbara."),
    "OO1b": ("freq5", "all", "Results are looked at after launch.", "Utfallet följs upp efter lansering."),
}
WORDS = {
    "en": {
        "freq5": ["Never or almost never", "Seldom", "About half the time", "Most of the time", "Always"],
        "share5": ["None or almost none", "A few", "About half", "Most", "All or almost all"],
        "cannot_tell": "I can't tell from my role",
        "stem": "How often was this true, where you work?",
        "roles": {"EX": "Executive", "PM": "Product manager", "EN": "Engineer"},
        "CTX1": "Which role is closest to yours?",
        "CTX2": "Which product area do you work with?",
    },
    "sv": {
        "freq5": ["Aldrig eller nästan aldrig", "Sällan", "Ungefär hälften av gångerna", "För det mesta", "Alltid"],
        "share5": ["Inga eller nästan inga", "Några få", "Ungefär hälften", "De flesta", "Alla eller nästan alla"],
        "cannot_tell": "Kan inte bedöma det från min roll",
        "stem": "Hur ofta har det här stämt?",
        "roles": {"EX": "Vd eller ledningsgrupp", "PM": "Produktägare", "EN": "Utvecklare"},
        "CTX1": "Vilken roll ligger närmast din?",
        "CTX2": "Vilket produktområde arbetar du med?",
    },
}


def texts(language: str) -> Texts:
    words = WORDS[language]
    labels = {scale: dict(enumerate(words[scale], start=1)) for scale in ("freq5", "share5")}
    return Texts.model_validate(
        {
            "language": language,
            "status": "source" if language == "en" else "draft",
            "title": "Small",
            "scales": {s: {"answers": labels[s], "cannot_tell": words["cannot_tell"]} for s in labels},
            "roles": words["roles"],
            "dimensions": {"LE": {"name": "LE"}, "PM": {"name": "PM"}},
            "items": {item: facts[2 if language == "en" else 3] for item, facts in ITEMS.items()},
            "context": {"CTX1": {"ask": words["CTX1"]}, "CTX2": {"ask": words["CTX2"]}},
        }
    )


@pytest.fixture(scope="session")
def small(questionnaire: Questionnaire) -> Questionnaire:
    items = [{"id": item, "scale": facts[0], "roles": facts[1]} for item, facts in ITEMS.items()]
    structure = Structure.model_validate(
        {
            "id": "small",
            "version": "1.0.0",
            "status": "unvalidated",
            "source_language": "en",
            "scales": {s: {"values": [1, 2, 3, 4, 5], "no_answer": "cannot_tell"} for s in ("freq5", "share5")},
            "roles": [{"id": "EX", "leadership": True}, {"id": "PM"}, {"id": "EN"}],
            "dimensions": [{"id": "LE", "items": items[:4]}, {"id": "PM", "items": items[4:]}],
            "context": [
                {"id": "CTX1", "kind": "single", "options_from": "roles", "required": True},
                {"id": "CTX2", "kind": "single", "options_from": "organisation.teams"},
            ],
        }
    )
    return replace(questionnaire, structure=structure, texts={language: texts(language) for language in ("en", "sv")})


@pytest.fixture
def read(small: Questionnaire, tmp_path: Path) -> Callable[..., Answers]:
    """Write rows or bytes to a file and read it."""

    def reader(content: bytes | Sequence[Sequence[str]] | Path, *, delimiter: str = ",", **options: object) -> Answers:
        path = content if isinstance(content, Path) else tmp_path / "export.csv"
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif not isinstance(content, Path):
            path.write_bytes(written(content, delimiter=delimiter).encode())
        return read_answers(path, small, **options)  # type: ignore[arg-type]

    return reader


def written(rows: Sequence[Sequence[str]], *, delimiter: str = ",", newline: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    encoding, delimiter = ("cp1252", ";") if "cp1252" in path.name else ("utf-8", ",")
    return list(csv.reader(io.StringIO(path.read_text(encoding), newline=""), delimiter=delimiter))


def truth() -> pd.DataFrame:
    return pd.read_csv(TRUTH, keep_default_na=False)


def same_answers(answers: Answers, expected: pd.DataFrame | None = None, *, ordered: bool = True) -> bool:
    """Compare role, team and all codes; the order of rows only where it must be kept."""
    wanted = truth() if expected is None else expected
    got = answers.codes.drop(columns="respondent").fillna({"team": ""})
    columns = list(wanted.columns)
    left, right = (t[columns].astype(str).to_numpy().tolist() for t in (got, wanted))
    return left == right if ordered else sorted(left) == sorted(right)


def outcome(read: Callable[..., Answers], content: object, **options: object) -> str:
    """Give "same", the codes of the refusal, or "DIFFERENT"."""
    try:
        answers = read(content, **options)
    except ImportRefused as error:
        return " ".join(sorted({problem[:3] for problem in error.problems}))
    return "same" if same_answers(answers, ordered=False) else "DIFFERENT"


# What is read is what people answered


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_export_gives_the_answers_that_were_put_into_it(read: Callable[..., Answers], path: Path) -> None:
    answers = read(path)
    assert same_answers(answers)
    assert answers.receipt is not None
    assert answers.receipt.tool == path.parent.name
    assert answers.receipt.n_kept == len(truth())
    assert all(answers.codes[item].dtype == np.int8 for item in ITEMS)


def test_the_three_ways_of_not_answering_stay_apart(read: Callable[..., Answers]) -> None:
    rows = [["role", *ITEMS], ["EX", "I can't tell from my role", "", *["Seldom"] * 3, "A few", "Seldom", "Always"]]
    codes = read(rows).codes.iloc[0]
    assert codes[["LE1a", "LE1b", "OO1a"]].tolist() == [CANNOT_TELL, NOT_ANSWERED, NOT_ASKED]


def test_an_answer_that_the_role_is_not_asked_is_counted_and_not_used(read: Callable[..., Answers]) -> None:
    answers = read([["role", *ITEMS], ["EX", *"12345123"], ["EN", *"12345123"]])
    assert answers.codes["OO1a"].tolist() == [NOT_ASKED, 2]
    assert answers.codes["LE1b"].tolist() == [2, NOT_ASKED]
    assert "2 answer(s) to items that the role is not asked" in " ".join(answers.receipt.notes)


def test_items_left_out_on_purpose_are_not_asked(read: Callable[..., Answers]) -> None:
    kept = [item for item in ITEMS if item not in {"LE2c", "PM1b"}]
    rows = [["role", *kept], ["PM", *"123451"]]
    assert read(rows, missing_items=["LE2c", "PM1b"]).codes[["LE2c", "PM1b"]].to_numpy().tolist() == [[NOT_ASKED] * 2]


def test_the_rows_of_one_wave_are_chosen_and_the_others_counted(read: Callable[..., Answers]) -> None:
    answers = read(POOLED, only={"org": "b", "wave": "1"})
    assert same_answers(answers)
    left_out = answers.receipt.dropped.set_index("reason")["n"].to_dict()
    assert left_out == {"another wave or organisation": 6}
    assert answers.receipt.n_rows == answers.receipt.n_kept + 6


@pytest.mark.parametrize(
    ("only", "code"), [(None, "E10"), ({"org": "z"}, "E14"), ({"client": "b"}, "E07"), ({"org": "b"}, "E10")]
)
def test_a_pooled_file_is_never_read_as_one_wave(read: Callable[..., Answers], only: object, code: str) -> None:
    assert outcome(read, POOLED, only=only) == code


def test_ids_and_teams_come_through_and_an_absent_team_is_missing(read: Callable[..., Answers]) -> None:
    answers = read(
        [["PID", "Role", "Team", *ITEMS], ["p7", "PM", " Sök  nu ", *"12345123"], ["p8", "en", "", *"12345123"]]
    )
    assert answers.codes["respondent"].tolist() == ["p7", "p8"]
    assert answers.codes["team"].fillna("?").tolist() == ["Sök nu", "?"]


def test_two_people_may_answer_alike_where_the_file_has_no_ids(read: Callable[..., Answers]) -> None:
    answers = read([["role", *ITEMS], *[["PM", *"12345123"]] * 2])
    assert answers.codes["respondent"].is_unique
    assert any("same as another" in note for note in answers.receipt.notes)


def test_a_respondent_without_role_or_answer_is_listed_with_its_row(read: Callable[..., Answers]) -> None:
    answers = read([["role", *ITEMS], ["", *"12345123"], ["PM", *[""] * 8], ["PM", *"12345123"]])
    assert answers.rejected == ((2, "no role given"), (3, "no item answered"))
    assert answers.receipt.n_rows == answers.receipt.n_kept + len(answers.rejected)


def test_an_item_in_two_columns_is_joined_only_where_no_row_fills_both(read: Callable[..., Answers]) -> None:
    heading = ["role", *ITEMS, "LE1a"]
    apart = [["PM", "", *"2345123", "5"], ["PM", *"12345123", ""]]
    assert read([heading, *apart]).codes["LE1a"].tolist() == [5, 1]
    assert outcome(read, [heading, ["PM", *"12345123", "1"]]) == "E08"


def test_a_workbook_is_read_from_the_sheet_that_holds_the_responses(
    read: Callable[..., Answers], tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(GRID_SV)
    notes = workbook.create_sheet("Notes", 0)
    notes.append(["Written by", "hand"])
    workbook.save(tmp_path / "two.xlsx")
    answers = read(tmp_path / "two.xlsx")
    assert same_answers(answers)
    assert any("Formulärsvar 1" in note for note in answers.receipt.notes)


# Mutations: the same answers or the named error


def with_cells(rows: list[list[str]], change: Callable[[str], str]) -> list[list[str]]:
    return [[change(cell) for cell in row] for row in rows]


def answers_in_swedish(rows: list[list[str]], *, every: int) -> list[list[str]]:
    """Put some respondents' answers and roles into the other language."""
    pairs = [(WORDS["en"][s][i], WORDS["sv"][s][i]) for s in ("freq5", "share5") for i in range(5)]
    other = dict(pairs) | {WORDS["en"]["cannot_tell"]: WORDS["sv"]["cannot_tell"]}
    other |= {WORDS["en"]["roles"][r]: WORDS["sv"]["roles"][r] for r in ("EX", "PM", "EN")}
    return [[other.get(c, c) for c in row] if n % every == 0 else row for n, row in enumerate(rows)]


ENCODINGS = {
    "semicolon and cp1252": lambda rows: written(answers_in_swedish(rows, every=2), delimiter=";").encode("cp1252"),
    "byte order mark": lambda rows: written(rows).encode("utf-8-sig"),
    "UTF-16 with tabs": lambda rows: written(rows, delimiter="\t").encode("utf-16"),
    "sep line": lambda rows: b"sep=;\r\n" + written(rows, delimiter=";").encode(),
    "bar": lambda rows: written(rows, delimiter="|").encode(),
    "lone CR": lambda rows: written(rows, newline="\r").encode(),
    "LF": lambda rows: written(rows, newline="\n").encode(),
}
LABELS = {label for words in WORDS.values() for scale in ("freq5", "share5") for label in words[scale]}
REWORDINGS: dict[str, Callable[[list[list[str]]], list[list[str]]]] = {
    "blanks that do not break": lambda rows: with_cells(rows, lambda c: c.replace(" ", "\u00a0")),
    "curly quotes": lambda rows: with_cells(rows, lambda c: c.replace("'", "\u2019")),
    "tags in headings": lambda rows: [[f"<b>{c}</b>" if "[" in c else c for c in rows[0]], *rows[1:]],
    "upper case answers": lambda rows: [rows[0], *with_cells(rows[1:], lambda c: c.upper() if c in LABELS else c)],
    "decomposed accents": lambda rows: with_cells(rows, lambda c: c.replace("å", "a\u030a")),
    "two languages mixed": lambda rows: answers_in_swedish(rows, every=3),
    "blank row": lambda rows: [*rows[:4], [""] * len(rows[0]), *rows[4:]],
    "own column added": lambda rows: [[*row, "my note" if n else "Remarks of HR"] for n, row in enumerate(rows)],
    "columns reversed": lambda rows: [row[::-1] for row in rows],
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_how_a_file_was_saved_does_not_change_answers(read: Callable[..., Answers], name: str) -> None:
    assert outcome(read, ENCODINGS[name](rows_of(GRID_EN))) == "same"


@pytest.mark.parametrize("name", REWORDINGS)
@pytest.mark.parametrize("path", [GRID_EN, NUMBERS, CODES, LABELS_SV], ids=lambda path: path.name)
def test_what_programs_do_to_words_does_not_change_answers(read: Callable[..., Answers], name: str, path: Path) -> None:
    assert outcome(read, REWORDINGS[name](rows_of(path))) == "same"


def replaced(rows: list[list[str]], row: int, column: int, cell: str) -> list[list[str]]:
    return [[cell if (r, c) == (row, column) else old for c, old in enumerate(line)] for r, line in enumerate(rows)]


def first_item(rows: list[list[str]]) -> int:
    return next(i for i, heading in enumerate(rows[0]) if "LE1a" in heading or "förklarar" in heading)


DAMAGES: dict[str, tuple[Callable[[list[list[str]]], list[list[str]]], str]] = {
    "header only": (lambda rows: rows[:1], "E14"),
    "no heading row": (lambda rows: rows[1:], "E06"),
    "heading row repeated": (lambda rows: [*rows, rows[0]], "E06"),
    "total row": (lambda rows: [*rows, ["Total", *["3"] * (len(rows[0]) - 1)]], "E12"),
    "date in a scale cell": (lambda rows: replaced(rows, 3, first_item(rows), "2026-01-02 00:00:00"), "E12"),
    "date like 2-jan": (lambda rows: replaced(rows, 3, first_item(rows), "2-jan"), "E12"),
    "spreadsheet error": (lambda rows: replaced(rows, 3, first_item(rows), "#REF!"), "E12"),
    "answer between two": (lambda rows: replaced(rows, 3, first_item(rows), "3.5"), "E09"),
    "answer outside the scale": (lambda rows: replaced(rows, 3, first_item(rows), "6"), "E09"),
    "foreign word": (lambda rows: replaced(rows, 3, first_item(rows), "Sometimes"), "E09"),
    "column missing": (lambda rows: [[*r[: first_item(rows)], *r[first_item(rows) + 1 :]] for r in rows], "E07"),
    "column doubled": (lambda rows: [[*row, row[first_item(rows)]] for row in rows], "E08"),
    "two codes in a heading": (lambda rows: replaced(rows, 0, first_item(rows), "[LE1a] and [LE2a]"), "E08"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_and_nothing_is_read(read: Callable[..., Answers], name: str) -> None:
    change, code = DAMAGES[name]
    assert code in outcome(read, change(rows_of(GRID_EN))).split()


def test_a_copied_row_is_one_respondent_when_it_is_one_submission(read: Callable[..., Answers]) -> None:
    rows = rows_of(GRID_EN)
    answers = read([*rows, rows[2]])
    assert same_answers(answers)
    assert answers.rejected == ((len(rows) + 1, "exact copy of another row"),)


def test_an_id_used_twice_is_a_copy_or_a_refusal(read: Callable[..., Answers]) -> None:
    head, one, other = ["pid", "role", *ITEMS], ["p1", "PM", *"12345123"], ["p1", "PM", *"12345124"]
    assert len(read([head, one, one]).codes) == 1
    with pytest.raises(ImportRefused) as refusal:
        read([head, one, other])
    assert "rows 2, 3" in str(refusal.value)
    assert "p1" not in str(refusal.value)


def test_cut_headings_are_read_by_their_code_else_refused(read: Callable[..., Answers]) -> None:
    coded = [[c[:30] + "..." if "[" in c and len(c) > 33 else c for c in rows_of(NUMBERS)[0]], *rows_of(NUMBERS)[1:]]
    assert outcome(read, coded) == "same"
    bare = [["role", *(facts[2][:9] + "..." for facts in ITEMS.values())], ["PM", *"12345123"]]
    assert outcome(read, bare, tool="generic") in {"E04", "E15"}
    one_cut = [["role", *(facts[2] for facts in ITEMS.values())], ["PM", *"12345123"]]
    one_cut[0][1] = "Leaders ..."
    assert outcome(read, one_cut) == "E15"
    one_cut[0][1] = "Leaders explain..."
    with pytest.raises(ImportRefused, match="cut and fits LE1a, LE2c"):
        read(one_cut)


def test_headings_are_matched_by_text_and_by_unique_beginning(read: Callable[..., Answers]) -> None:
    rows = [["role", *(facts[3] for facts in ITEMS.values())], ["PM", *"12345123"]]
    assert read(rows).receipt.rule.endswith("text")
    rows[0][1] = rows[0][1][:25] + "…"
    assert read(rows).receipt.rule.endswith("prefix")
    assert read(rows).codes["LE1a"].tolist() == [1]


@pytest.mark.parametrize("written_as", ["group/{}", "Q1[{}]", "Q1_{}"])
def test_a_code_is_found_at_the_end_of_a_path(read: Callable[..., Answers], written_as: str) -> None:
    assert read([["role", *map(written_as.format, ITEMS)], ["PM", *"12345123"]]).codes["LE2a"].tolist() == [3]


def test_words_read_as_a_state_are_told(read: Callable[..., Answers]) -> None:
    answers = read([["role", *ITEMS], ["PM", "NA", *"2345123"], ["PM", *"12345123"]])
    assert answers.codes["LE1a"].tolist() == [CANNOT_TELL, 1]
    assert any("1 cell(s) with 'NA'" in note for note in answers.receipt.notes)


@pytest.mark.parametrize(("cell", "code"), [("Head of everything", "E09"), ("3", "E09"), ("Executive", "same")])
def test_an_unknown_role_is_refused_without_quoting_it(read: Callable[..., Answers], cell: str, code: str) -> None:
    rows = [["role", *ITEMS], [cell, *"12345123"]]
    if code == "same":
        assert read(rows).codes["role"].tolist() == ["EX"]
        return
    with pytest.raises(ImportRefused, match=code) as refusal:
        read(rows)
    assert f"'{cell}'" not in str(refusal.value)


def test_numbers_that_are_no_codes_need_a_key(read: Callable[..., Answers]) -> None:
    rows = [["role", *ITEMS], ["PM", "11", *"2345123"], ["PM", "14", *"2345123"]]
    assert outcome(read, rows) == "E11"


def test_two_spellings_of_a_team_are_not_two_teams(read: Callable[..., Answers]) -> None:
    rows = [["role", "team", *ITEMS], ["PM", "Search", *"12345123"], ["PM", "search", *"12345124"]]
    assert outcome(read, rows) == "E09"


def test_words_that_mean_two_answers_in_two_languages_are_refused(small: Questionnaire, tmp_path: Path) -> None:
    clash = small.texts["sv"].model_copy(deep=True)
    clash.scales["freq5"].answers[2] = "Always"
    path = tmp_path / "a.csv"
    path.write_text(written([["role", *ITEMS], ["PM", "Always", *"2345123"]]))
    with pytest.raises(ImportRefused, match="E10"):
        read_answers(path, replace(small, texts={**small.texts, "sv": clash}))


def test_a_word_with_two_meanings_is_not_settled_by_words_of_both_languages(
    small: Questionnaire, tmp_path: Path
) -> None:
    clash = small.texts["sv"].model_copy(deep=True)
    clash.scales["freq5"].answers[2] = "Always"
    path = tmp_path / "a.csv"
    path.write_text(written([["role", *ITEMS], *(["PM", word, *"2345123"] for word in ("Always", "Seldom", "Alltid"))]))
    with pytest.raises(ImportRefused, match="E09"):
        read_answers(path, replace(small, texts={**small.texts, "sv": clash}))


@pytest.mark.parametrize("cell", ["3 - About half the time", "3. About half the time", "3", "3.0", " 3 "])
def test_an_answer_with_its_number_is_that_answer(read: Callable[..., Answers], cell: str) -> None:
    assert read([["role", *ITEMS], ["PM", cell, *"2345123"]]).codes["LE1a"].tolist() == [3]


def test_a_number_in_front_of_another_label_is_refused(read: Callable[..., Answers]) -> None:
    assert outcome(read, [["role", *ITEMS], ["PM", "4 - About half the time", *"2345123"]]) == "E09"


def test_all_problems_of_a_stage_come_together(read: Callable[..., Answers]) -> None:
    rows = [["role", *ITEMS], ["PM", "6", *"2345123"], ["PM", *"1234512", "7"], ["Boss", *"12345123"]]
    with pytest.raises(ImportRefused) as refusal:
        read(rows)
    assert [problem[:3] for problem in refusal.value.problems] == ["E09", "E09", "E09"]
    assert "Column B (LE1a): '6' in 1 row(s) (2)" in str(refusal.value)


def test_a_missing_item_is_named_with_the_closest_heading(read: Callable[..., Answers]) -> None:
    rows = [["role", *(facts[2] for facts in ITEMS.values())], ["PM", *"12345123"]]
    rows[0][8] = "Results get looked at after launch."
    with pytest.raises(ImportRefused) as refusal:
        read(rows)
    assert re.search(r"E07.*OO1b .*Closest heading: column I", str(refusal.value))


# Tools


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
@pytest.mark.parametrize("adapter", load_adapters(), ids=lambda adapter: adapter.tool)
def test_an_export_is_claimed_by_its_tool_and_no_other(
    read: Callable[..., Answers], path: Path, adapter: object
) -> None:
    tool = adapter.tool  # type: ignore[attr-defined]
    if tool not in {path.parent.name, "generic"}:
        assert outcome(read, path, tool=tool) == "E04"


def test_a_tool_that_is_not_there_is_refused_with_those_that_are(read: Callable[..., Answers]) -> None:
    with pytest.raises(ImportRefused, match="readable are: formbricks, generic, googleforms"):
        read(CODES, tool="paper")


def test_a_new_tool_is_a_file_and_every_kind_of_signature_works(small: Questionnaire, tmp_path: Path) -> None:
    """Tools still to come need signatures that no shipped file uses; each is tried on a made-up tool."""
    from assessment.responses.detection import detected
    from assessment.sheets import Grid

    signatures = {
        "headings": "{variant: v, when: [{rule: headings, all: [Response ID, Finished]}]}",
        "cells": "{variant: v, header_rows: 2, when: [{rule: cells, at: {'0,0': V1, '1,0': ResponseID}}]}",
        "row_pattern": "{variant: v, when: [{rule: row_pattern, row: 1, pattern: '^importid', min_share: 0.5}]}",
    }
    grids = {
        "headings": [["Finished", "Response ID"], ["1", "x"]],
        "cells": [["V1", "Q1"], ["ResponseID", "text"], ["R1", "5"]],
        "row_pattern": [["a", "b"], ["ImportId:1", "ImportId:2"]],
    }
    for tool, signature in signatures.items():
        folder = tmp_path / tool / "tools"
        folder.mkdir(parents=True)
        advice = "advice: {export_again: again}\nevidence: {v: S}\nmap_by: [code]\n"
        (folder / f"{tool}.yaml").write_text(f"tool: {tool}\ntitle: {tool}\ndetect: [{signature}]\n{advice}")
        adapters = load_adapters(folder)
        for name, rows in grids.items():
            found = [Grid.of(rows, "csv")]
            if name == tool:
                assert detected("f", found, adapters, small, tool=None).adapter.tool == tool
            else:
                with pytest.raises(ImportRefused, match="E04"):
                    detected("f", found, adapters, small, tool=None)


def test_a_file_that_fits_two_tools_is_refused_until_one_is_named(small: Questionnaire) -> None:
    from assessment.responses.detection import detected
    from assessment.sheets import Grid

    google = next(adapter for adapter in load_adapters() if adapter.tool == "googleforms")
    twin = google.model_copy(update={"tool": "twin", "title": "Twin"})
    grids = [Grid.of(rows_of(GRID_EN), "csv")]
    with pytest.raises(ImportRefused, match=r"E05.*Google Forms and Twin"):
        detected("f", grids, [google, twin], small, tool=None)
    assert detected("f", grids, [google, twin], small, tool="twin").adapter == twin


@pytest.mark.parametrize(
    ("line", "told"),
    [("header: {matrix: '(a+)+'}", "header"), ("header: {matrix: '(a'}", "header"), ("colour: blue", "colour")],
)
def test_a_broken_tool_file_is_refused(tmp_path: Path, line: str, told: str) -> None:
    text = (TOOLS / "generic.yaml").read_text(encoding="utf-8")
    text = re.sub(r"header:\n  matrix: .*\n", "", text)
    (tmp_path / "generic.yaml").write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=told):
        load_adapters(tmp_path)


# Privacy: only what is allowed leaves the room

MARK = "Zx9Marker"
MARKED = ["Email Address", "Name", "IP", "Location", "What should leaders keep doing? [OPEN2]", "Comments", ""]


def marked(rows: list[list[str]]) -> list[list[str]]:
    """Add columns with a marker in every cell, and put one into the time of submission."""
    heading = [*rows[0], *MARKED]
    return [heading, *([*row, *(f"{MARK} {n} {i}" for i in range(len(MARKED)))] for n, row in enumerate(rows[1:]))]


def everything(answers: Answers) -> str:
    receipt = answers.receipt
    assert receipt is not None
    tables = (answers.codes, receipt.items, receipt.columns, receipt.dropped)
    return "\n".join([*(table.to_csv() for table in tables), repr(answers.rejected), repr(receipt), repr(answers)])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_no_other_cell_is_in_the_result_or_the_receipt(read: Callable[..., Answers], path: Path) -> None:
    answers = read(marked(rows_of(path)))
    assert same_answers(answers)
    assert MARK not in everything(answers)
    assert "Comments" in answers.receipt.columns["heading"].tolist()


def test_no_time_of_submission_is_in_the_result(read: Callable[..., Answers]) -> None:
    rows = rows_of(GRID_EN)
    assert rows[1][0] not in everything(read(rows))


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_no_other_cell_is_in_an_error(read: Callable[..., Answers], name: str, path: Path) -> None:
    rows = DAMAGES[name][0](marked(rows_of(path)))
    try:
        text = everything(read(rows))
    except ImportRefused as error:
        text = repr(error) + str(error) + repr(error.__cause__) + repr(error.__context__)
    assert MARK not in text


def test_free_text_under_an_items_heading_is_not_quoted(read: Callable[..., Answers]) -> None:
    rows = [["role", *ITEMS], *[["PM", f"{MARK} {n}", *"2345123"] for n in range(3)]]
    with pytest.raises(ImportRefused, match="what stands there") as refusal:
        read(rows)
    assert MARK not in str(refusal.value)


def test_a_hostile_answer_cannot_change_the_form_of_a_message(read: Callable[..., Answers]) -> None:
    rows = [["role", *ITEMS], ["PM", "bad\n  - E99 \u202ereversed" + "x" * 100, *"2345123"], *[["PM", *"12345123"]] * 3]
    with pytest.raises(ImportRefused) as refusal:
        read(rows)
    (told,) = refusal.value.problems
    assert "\n" not in told
    assert "\u202e" not in told
    assert "x" * 41 not in told


# Properties


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused_or_read(read: Callable[..., Answers], data: bytes) -> None:
    """Let every other exception through: it would be a fault of ours."""
    with suppress(ImportRefused):
        read(data)


@FUZZ
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_nonsense_is_refused_and_never_a_traceback(read: Callable[..., Answers], data: bytes) -> None:
    refused_or_read(read, data)


@FUZZ
@given(data=st.data())
def test_a_damaged_export_is_refused_or_read_and_never_a_traceback(
    read: Callable[..., Answers], data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from([GRID_EN, NUMBERS, CODES])).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length, junk = data.draw(st.integers(0, 40)), data.draw(st.binary(max_size=6))
    refused_or_read(read, whole[:start] + junk + whole[start + length :])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    n = draw(st.integers(1, 6))
    codes = {i: draw(st.lists(st.sampled_from([-1, -2, 1, 2, 3, 4, 5]), min_size=n, max_size=n)) for i in ITEMS}
    role = draw(st.lists(st.sampled_from(["EX", "PM", "EN"]), min_size=n, max_size=n))
    return pd.DataFrame({"role": role} | codes)


def as_rows(table: pd.DataFrame, language: str) -> list[list[str]]:
    words = WORDS[language]

    def cell(item: str, code: int) -> str:
        return {-2: "", -1: words["cannot_tell"]}.get(code) or (words[ITEMS[item][0]][code - 1] if code > 0 else "")

    cells = [[words["roles"][r], *map(cell, ITEMS, codes)] for r, *codes in table.itertuples(index=False)]
    return [["role", *(f"{words['stem']} [[{item}] {facts[2]}]" for item, facts in ITEMS.items())], *cells]


def expected(table: pd.DataFrame) -> pd.DataFrame:
    asked = {i: table["role"].isin(["EX", "PM", "EN"] if f[1] == "all" else f[1]) for i, f in ITEMS.items()}
    routed = table.assign(**{item: table[item].where(asked[item], NOT_ASKED) for item in ITEMS})
    return routed[(routed[list(ITEMS)] >= CANNOT_TELL).any(axis=1)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), language=st.sampled_from(["en", "sv"]), data=st.data())
def test_order_of_rows_and_columns_never_changes_answers_or_ids(
    read: Callable[..., Answers], table: pd.DataFrame, language: str, data: st.DataObject
) -> None:
    rows = as_rows(table, language)
    if expected(table).empty:
        assert outcome(read, rows) == "E14"
        return
    straight = read(rows)
    assert same_answers(straight, expected(table))
    columns = data.draw(st.permutations(range(len(rows[0]))))
    body = data.draw(st.permutations(rows[1:]))
    shuffled = read([[row[c] for c in columns] for row in [rows[0], *body]])
    assert same_answers(shuffled, expected(table), ordered=False)
    by_id = [a.codes.set_index("respondent").sort_index() for a in (straight, shuffled)]
    pd.testing.assert_frame_equal(*by_id)


def test_reading_twice_gives_the_same_table(read: Callable[..., Answers]) -> None:
    pd.testing.assert_frame_equal(read(GRID_EN).codes, read(GRID_EN).codes)


def test_the_fixtures_hold_dates_as_their_tools_write_them() -> None:
    cell = openpyxl.load_workbook(GRID_SV).worksheets[0]["A2"].value
    assert isinstance(cell, datetime)
