"""Real exports, keys to numbers, mapping files, statuses, repeats, SPSS and Parquet."""

import csv
import importlib.util
import io
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from assessment.errors import DefinitionError, ImportRefused
from assessment.frames import CANNOT_TELL, NOT_ANSWERED
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Structure
from assessment.model.texts import Texts
from assessment.responses import load_adapters, read_answers
from assessment.sheets import read_grids

HERE = Path(__file__).parent
EXPORTS = HERE / "exports"


def loaded(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


layouts = loaded("export_layouts_of_files", EXPORTS / "layouts.py")
words = loaded("words_of_small_for_files", HERE / "test_responses.py")
small = words.small
SIMULATED = sorted(
    path
    for path in EXPORTS.glob("*/GENERATED_*")
    if path.parent.name not in {"generic", "googleforms"} and "Simulated" in (path.parent / "SOURCES.txt").read_text()
    if path.name in (path.parent / "SOURCES.txt").read_text(encoding="utf-8").split("\n  Simulated")[0]
)


def saved(rows: Sequence[Sequence[str]], folder: Path, name: str = "export.csv") -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (folder / name).write_text(out.getvalue(), encoding="utf-8")
    return folder / name


def of_one_role(
    base: Questionnaire, items: dict[str, str], answers: list[str], *, none: str | None = None
) -> Questionnaire:
    """Make a questionnaire of somebody else's survey: one role, one scale, these statements."""
    no_answer = {"no_answer": "cannot_tell"} if none else {}
    structure = Structure.model_validate(
        {
            "id": "other",
            "version": "1.0.0",
            "status": "unvalidated",
            "source_language": "en",
            "scales": {"s": {"values": list(range(1, len(answers) + 1))} | no_answer},
            "roles": [{"id": "ALL"}],
            "dimensions": [{"id": "D", "items": [{"id": item, "scale": "s"} for item in items]}],
        }
    )
    texts = Texts.model_validate(
        {
            "language": "en",
            "status": "source",
            "title": "Other",
            "scales": {"s": {"answers": dict(enumerate(answers, start=1))} | ({"cannot_tell": none} if none else {})},
            "roles": {"ALL": "Anybody"},
            "dimensions": {"D": {"name": "D"}},
            "items": items,
        }
    )
    return replace(base, structure=structure, texts={"en": texts})


# Fixtures


@pytest.mark.parametrize("path", SIMULATED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_simulated_export_gives_the_answers_that_were_put_into_it(small: Questionnaire, path: Path) -> None:
    answers = read_answers(path, small)
    assert words.same_answers(answers)
    assert answers.receipt.tool == path.parent.name


def test_there_is_an_export_of_every_tool() -> None:
    folders = {path.parent.name for path in EXPORTS.glob("*/*")}
    assert {adapter.tool for adapter in load_adapters()} <= folders | {"spss"}


@pytest.mark.parametrize("adapter", load_adapters(), ids=lambda adapter: adapter.tool)
def test_what_is_not_verified_is_called_experimental(adapter) -> None:
    assert adapter.advice.export_again
    assert adapter.is_experimental == (not {"F", "S"} & set(adapter.evidence.values()))


# Real exports: the counts are those of the standard csv reader


def test_real_surveymonkey_answers_are_read_from_two_heading_rows(questionnaire: Questionnaire) -> None:
    path = EXPORTS / "surveymonkey" / "steak_condensed_2hdr_first80.csv"
    labels = ["Rare", "Medium rare", "Medium", "Medium Well", "Well"]
    asked = of_one_role(questionnaire, {"STEAK": "How do you like your steak prepared?"}, labels)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    given = Counter(row[rows[0].index(asked.texts["en"].items["STEAK"])] for row in rows[2:])
    answers = read_answers(path, asked)
    assert answers.codes["STEAK"].value_counts().to_dict() == {
        **{code: given[label] for code, label in enumerate(labels, start=1) if given[label]},
        NOT_ANSWERED: given[""],
    }
    assert (answers.receipt.variant, answers.receipt.n_rows) == ("two heading rows", 78)
    assert answers.codes["respondent"].iloc[0] == "3237565956"


def test_real_surveymonkey_answers_are_read_where_the_second_row_was_removed(questionnaire: Questionnaire) -> None:
    path = EXPORTS / "surveymonkey" / "comma_1hdr_first60.csv"
    text = (
        "How much, if at all, do you care about the use (or lack thereof) of the serial (or Oxford) comma in grammar?"
    )
    labels = ["Not at all", "Not much", "Some", "A lot"]
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    given = Counter(row[rows[0].index(text)] for row in rows[1:])
    answers = read_answers(path, of_one_role(questionnaire, {"COMMA": text}, labels))
    got = answers.codes["COMMA"].value_counts().to_dict()
    assert got == {c: n for c, n in [*((c, given[x]) for c, x in enumerate(labels, 1)), (NOT_ANSWERED, given[""])] if n}


@pytest.mark.parametrize("name", ["xml_values", "xml_values_grouped"])
def test_codes_of_the_kobo_engine_are_read(questionnaire: Questionnaire, name: str) -> None:
    path = EXPORTS / "kobo" / f"GENERATED_formpack_{name}.csv"
    asked = of_one_role(questionnaire, {"D01": "Vi dokumenterar beslut"}, list("abcde"), none="Ej tillämpligt")
    answers = read_answers(path, asked)
    assert answers.codes["D01"].tolist() == [5, CANNOT_TELL]
    assert answers.codes["respondent"].tolist() == ["u1", "u2"]


def test_labels_of_the_kobo_engine_are_read(questionnaire: Questionnaire) -> None:
    labels = ["Instämmer inte alls", "b", "c", "d", "Instämmer helt"]
    asked = of_one_role(questionnaire, {"D01": "Vi dokumenterar beslut"}, labels, none="Ej tillämpligt")
    path = EXPORTS / "kobo" / "GENERATED_formpack_labels_sv.csv"
    assert read_answers(path, asked).codes["D01"].tolist() == [5, CANNOT_TELL]


def test_results_of_surveyjs_are_read_and_an_absent_key_is_no_answer(questionnaire: Questionnaire) -> None:
    asked = of_one_role(questionnaire, {"D01": "a", "D02": "b"}, list("abcde"), none="None")
    answers = read_answers(EXPORTS / "surveyjs" / "GENERATED_results_raw.json", asked)
    assert answers.codes[["D01", "D02"]].to_numpy().tolist() == [[5, CANNOT_TELL], [1, NOT_ANSWERED]]


@pytest.mark.parametrize(("name", "variant"), [("sample", "three heading rows"), ("sample_legacy", "V columns")])
def test_real_qualtrics_numbers_are_refused_until_they_have_a_key(
    questionnaire: Questionnaire, tmp_path: Path, name: str, variant: str
) -> None:
    path = EXPORTS / "qualtrics" / f"qualtRics_{name}.csv"
    asked = of_one_role(questionnaire, {"X1": "This is a multiple choice question."}, ["No", "Perhaps", "Yes"])
    with pytest.raises(ImportRefused, match=r"E11.*Use choice text"):
        read_answers(path, asked)
    key = tmp_path / "numbers.yaml"
    key.write_text('answers: {s: {"1": 3, "2": 2, "3": 1}}\n')
    answers = read_answers(path, asked, mapping=key)
    assert answers.codes["X1"].tolist() == [2]
    assert answers.receipt.variant == variant
    assert answers.codes["respondent"].tolist() == ["R_2YPOQ602ER1jkf1"]


@pytest.mark.parametrize("name", ["citric_answers.lss", "GENERATED_maturity_structure_en_sv_pl.tsv"])
def test_the_structure_of_a_survey_is_no_export_and_the_menu_is_named(small: Questionnaire, name: str) -> None:
    with pytest.raises(ImportRefused, match=r"E01.*In LimeSurvey: Responses > Export"):
        read_answers(EXPORTS / "limesurvey" / name, small)


# Numbers with their survey definition


def numbers_of(questionnaire: Questionnaire) -> tuple[Questionnaire, pd.DataFrame]:
    """Give a questionnaire with one scale, so that it is one matrix, and some answers."""
    items = [{"id": i, "scale": "freq5", "roles": facts[1]} for i, facts in words.ITEMS.items()]
    structure = questionnaire.structure.model_copy(
        update={"dimensions": (type(questionnaire.dimensions[0]).model_validate({"id": "LE", "items": items}),)}
    )
    return replace(questionnaire, structure=structure), pd.read_csv(
        EXPORTS / "GENERATED_truth.csv", keep_default_na=False
    )


def test_numbers_are_read_with_the_survey_definition_and_refused_without(small: Questionnaire, tmp_path: Path) -> None:
    asked, table = numbers_of(small)
    filled = layouts.Filled(table, asked, "en")
    rows = layouts.qualtrics_numbers(filled)
    (tmp_path / "survey.qsf").write_text(layouts.qsf(filled), encoding="utf-8")
    path = saved(rows, tmp_path)
    with pytest.raises(ImportRefused, match=r"E11.*\.qsf"):
        read_answers(path, asked)
    answers = read_answers(path, asked, key=tmp_path / "survey.qsf")
    assert words.same_answers(answers, table)


def test_the_definition_maps_statements_that_the_headings_do_not_hold(small: Questionnaire, tmp_path: Path) -> None:
    asked, table = numbers_of(small)
    filled = layouts.Filled(table, asked, "en")
    rows = layouts.qualtrics_numbers(filled)
    rows[1] = [cell if n < 11 else "Statement" for n, cell in enumerate(rows[1])]
    (tmp_path / "survey.qsf").write_text(layouts.qsf(filled), encoding="utf-8")
    assert words.same_answers(read_answers(saved(rows, tmp_path), asked, key=tmp_path / "survey.qsf"), table)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"SurveyElements": [{"Element": "SQ"}]}', "[" * 100_000, '{"a": 1']
)
def test_a_key_that_is_none_is_refused(small: Questionnaire, tmp_path: Path, content: str) -> None:
    (tmp_path / "survey.qsf").write_text(content)
    with pytest.raises(ImportRefused, match="E01"):
        read_answers(EXPORTS / "generic" / "GENERATED_codes.csv", small, key=tmp_path / "survey.qsf")


# Mapping files


def foreign(table_size: int = 3) -> list[list[str]]:
    heading = ["Person", "What do you do?", *(f"Statement {n}" for n in range(1, 9)), "Statement 1"]
    return [heading, *([f"p{n}", "PM", *"12345123", "x"] for n in range(table_size))]


def test_a_failed_import_writes_a_mapping_file_that_a_person_completes(small: Questionnaire, tmp_path: Path) -> None:
    path, draft = saved(foreign(), tmp_path), tmp_path / "mapping.yaml"
    with pytest.raises(ImportRefused, match=r"mapping\.yaml lists the columns"):
        read_answers(path, small, draft=draft)
    written = draft.read_text(encoding="utf-8")
    assert "No column yet for LE1a" in written
    uses = dict(zip("ABCDEFGHIJ", ["respondent", "role", *words.ITEMS], strict=True))
    for letter, use in uses.items():
        before, _, after = written.partition(f"- column: {letter}\n")
        written = f"{before}- column: {letter}\n{after.replace(chr(39) * 2, use, 1)}"
    draft.write_text(written, encoding="utf-8")
    answers = read_answers(path, small, mapping=draft)
    assert answers.codes["LE1a"].tolist() == [1, 1, 1]
    assert answers.codes["LE2c"].tolist() == [4, 4, 4]
    assert answers.codes["respondent"].tolist() == ["p0", "p1", "p2"]
    assert answers.receipt.rule.endswith("mapping file")


def test_the_draft_holds_what_was_found_and_never_an_answer(small: Questionnaire, tmp_path: Path) -> None:
    rows = layouts.surveymonkey_condensed(layouts.Filled(words.truth(), small, "en"))
    place = rows[0].index("[LE2c] Leaders explain away what teams decide.")
    rows[0][place] = "Leaders explain away what a team decides"
    rows = [[*row, "Zx9Marker" if n > 1 else "Comments"] for n, row in enumerate(rows)]
    draft = tmp_path / "mapping.yaml"
    with pytest.raises(ImportRefused, match="E07"):
        read_answers(saved(rows, tmp_path), small, draft=draft)
    written = draft.read_text(encoding="utf-8")
    assert "use: LE1a" in written
    assert "No column yet for LE2c" in written
    assert "closest heading: column" in written
    assert "Zx9Marker" not in written
    completed = written.replace(
        "heading: Leaders explain away what a team decides\n  use: ''",
        "heading: Leaders explain away what a team decides\n  use: LE2c",
    )
    assert completed != written
    draft.write_text(completed, encoding="utf-8")
    assert words.same_answers(read_answers(saved(rows, tmp_path), small, mapping=draft))


def test_a_draft_never_replaces_a_file(small: Questionnaire, tmp_path: Path) -> None:
    draft = tmp_path / "mapping.yaml"
    draft.write_text("mine")
    with pytest.raises(ImportRefused):
        read_answers(saved(foreign(), tmp_path), small, draft=draft)
    assert draft.read_text() == "mine"


def test_a_file_without_heading_row_gets_no_draft(small: Questionnaire, tmp_path: Path) -> None:
    draft = tmp_path / "mapping.yaml"
    with pytest.raises(ImportRefused, match="E06"):
        read_answers(saved([["1", "a@example.org"], ["2", "b@example.org"]], tmp_path), small, draft=draft)
    assert not draft.exists()


def mapping_of(**changes: str) -> str:
    uses = dict(zip("ABCDEFGHIJ", ["respondent", "role", *words.ITEMS], strict=True)) | changes
    heading = foreign()[0]
    lines = [f"- {{column: {c}, heading: '{heading[ord(c) - 65]}', use: {use}}}" for c, use in uses.items()]
    return "\n".join(["columns:", *lines, ""])


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        (mapping_of(C="LE9z"), DefinitionError, "'LE9z' is no item"),
        (mapping_of(C="team", D="team"), ImportRefused, "E08.*names 2 columns as team"),
        (mapping_of().replace("Statement 2", "Gone"), ImportRefused, "E07.*'Gone'"),
        (mapping_of(B="''"), ImportRefused, "E07.*no column as role"),
        (mapping_of(C="''"), ImportRefused, "E07.*no column for LE1a"),
        (mapping_of(C="LE1b"), ImportRefused, "E07|E08"),
        ("answers: {freq5: {'1': 9}}", DefinitionError, "must be one of 1, 2"),
        ("answers: {other: {'1': 1}}", DefinitionError, "no scale 'other'"),
        ("columns: [{column: 1}]", DefinitionError, "column"),
        ("tool: paper", ImportRefused, "E04"),
        ("a: &b [*b]", DefinitionError, "reference"),
    ],
)
def test_a_mapping_file_that_cannot_be_right_is_refused(
    small: Questionnaire, tmp_path: Path, text: str, error: type[Exception], told: str
) -> None:
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(error, match=told):
        read_answers(saved(foreign(), tmp_path), small, mapping=tmp_path / "mapping.yaml")


def test_columns_of_a_mapping_file_are_found_by_heading_and_equal_headings_by_letter(
    small: Questionnaire, tmp_path: Path
) -> None:
    (tmp_path / "mapping.yaml").write_text(mapping_of(), encoding="utf-8")
    moved = [["note", *row] for row in foreign()]
    with pytest.raises(ImportRefused, match=r"E07.*'Statement 1'"):
        read_answers(saved(moved, tmp_path), small, mapping=tmp_path / "mapping.yaml")
    unique = [[*row[:11]] for row in moved]
    answers = read_answers(saved(unique, tmp_path), small, mapping=tmp_path / "mapping.yaml")
    assert answers.codes["OO1b"].tolist() == [3, 3, 3]


def test_declared_meanings_explain_words_of_no_scale(small: Questionnaire, tmp_path: Path) -> None:
    rows = [["role", *words.ITEMS], ["PM", "11", *"2345123"], ["PM", "99", *"2345123"], ["PM", "12", *"2345123"]]
    meanings = '{"11": 1, "12": 2, "99": cannot_tell, "2": 2, "3": 3, "4": 4, "5": 5, "1": 1}'
    (tmp_path / "mapping.yaml").write_text(f"answers: {{freq5: {meanings}}}\n")
    answers = read_answers(saved(rows, tmp_path), small, mapping=tmp_path / "mapping.yaml")
    assert answers.codes["LE1a"].tolist() == [1, CANNOT_TELL, 2]


# Partial, test, spam and screened responses; several of one person


def qualtrics(small: Questionnaire) -> list[list[str]]:
    return layouts.qualtrics_current(layouts.Filled(words.truth(), small, "en"))


def changed(rows: list[list[str]], row: int, heading: str, cell: str) -> list[list[str]]:
    place = rows[0].index(heading)
    return [[cell if (r, c) == (row, place) else old for c, old in enumerate(line)] for r, line in enumerate(rows)]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("Survey Preview", "a test or a preview"),
        ("Survey Test", "a test or a preview"),
        ("Spam", "marked as spam by the tool"),
    ],
)
def test_tests_and_spam_are_left_out_and_counted(small: Questionnaire, tmp_path: Path, word: str, reason: str) -> None:
    rows = changed(qualtrics(small), 3, "Status", word)
    rows[3] = [*rows[3][:-1], "nonsense"]  # nothing of such a row is read
    answers = read_answers(saved(rows, tmp_path), small)
    assert answers.rejected == ((4, reason),)
    assert answers.receipt.dropped.to_dict("records") == [{"reason": reason, "n": 1, "rows": "4"}]
    assert answers.receipt.n_rows == answers.receipt.n_kept + 1 == len(rows) - 3


def test_a_file_of_tests_alone_says_so(small: Questionnaire, tmp_path: Path) -> None:
    rows = qualtrics(small)
    place = rows[0].index("Status")
    tests = [row if n < 3 else [*row[:place], "2", *row[place + 1 :]] for n, row in enumerate(rows)]
    with pytest.raises(ImportRefused, match=r"E14.*Every response is left out: 14 a test or a preview"):
        read_answers(saved(tests, tmp_path), small)


def test_an_unfinished_response_is_kept_only_with_enough_answers(small: Questionnaire, tmp_path: Path) -> None:
    rows = changed(changed(qualtrics(small), 3, "Finished", "False"), 4, "Finished", "False")
    rows[4] = [*rows[4][:11], rows[4][11], *[""] * (len(rows[4]) - 12)]
    answers = read_answers(saved(rows, tmp_path), small)
    assert answers.rejected == ((5, "not finished, and too few answers"),)
    assert any(note.startswith("1 response(s) were not finished") for note in answers.receipt.notes)


def test_a_rejected_submission_is_left_out(small: Questionnaire, tmp_path: Path) -> None:
    rows = layouts.odk(layouts.Filled(words.truth(), small, "en"))
    answers = read_answers(saved(changed(rows, 2, "ReviewState", "rejected"), tmp_path), small)
    assert answers.rejected == ((3, "screened out or rejected"),)


def test_an_undated_response_of_limesurvey_is_complete_and_one_without_date_is_not(
    small: Questionnaire, tmp_path: Path
) -> None:
    rows = layouts.limesurvey_codes(layouts.Filled(words.truth(), small, "en"))
    rows = changed(changed(rows, 1, "submitdate", "1980-01-01 00:00:00"), 2, "submitdate", "")
    notes = read_answers(saved(rows, tmp_path), small).receipt.notes
    assert any(note.startswith("1 response(s) were not finished") for note in notes)


def twice(small: Questionnaire) -> list[list[str]]:
    """Give a file in which rows 2 and 4 come from one network, and the later one says less."""
    rows = layouts.typeform(layouts.Filled(words.truth().head(4), small, "en"))
    rows = changed(changed(rows, 1, "Network ID", "same"), 3, "Network ID", "same")
    return changed(rows, 3, "<strong>[LE2a] Teams decide how to reach a goal.</strong>", "")


@pytest.mark.parametrize(
    ("keep", "kept"), [("all", [0, 1, 2, 3]), ("first", [0, 1, 3]), ("last", [1, 2, 3]), ("most_complete", [0, 1, 3])]
)
def test_several_responses_of_one_network_are_counted_and_the_person_chooses(
    small: Questionnaire, tmp_path: Path, keep: str, kept: list[int]
) -> None:
    answers = read_answers(saved(twice(small), tmp_path), small, keep=keep)  # type: ignore[arg-type]
    assert answers.codes["respondent"].tolist() == [f"{n:08x}" for n in kept]
    assert any("1 person(s) or network(s) seem to have sent 2 responses" in note for note in answers.receipt.notes)
    assert "same" not in repr(answers.receipt.columns)


def test_two_answers_where_one_was_asked_are_refused(small: Questionnaire, tmp_path: Path) -> None:
    rows = layouts.surveymonkey_expanded(layouts.Filled(words.truth(), small, "en"))
    start = rows[0].index("[LE1a] Leaders explain why the goals matter.")
    rows[2][start : start + 2] = ["Never or almost never", "Seldom"]
    with pytest.raises(ImportRefused, match=r"E09.*two answers to '\[LE1a\].*in rows 3"):
        read_answers(saved(rows, tmp_path), small)


def test_a_second_row_of_response_without_ids_asks_for_the_tool(small: Questionnaire, tmp_path: Path) -> None:
    rows = [row[7:] for row in layouts.surveymonkey_condensed(layouts.Filled(words.truth(), small, "en"))]
    with pytest.raises(ImportRefused, match=r"E05.*tool=surveymonkey"):
        read_answers(saved(rows, tmp_path), small)
    answers = read_answers(saved(rows, tmp_path), small, tool="surveymonkey")
    assert words.same_answers(answers, ordered=False)


# JSON, SPSS and Parquet


def test_a_renamed_key_is_not_an_unanswered_item(small: Questionnaire, tmp_path: Path) -> None:
    responses = json.loads(layouts.surveyjs(layouts.Filled(words.truth(), small, "en")))
    path = tmp_path / "results.json"
    path.write_text(json.dumps([r | {"LE": {k: v for k, v in r["LE"].items() if k != "LE1a"}} for r in responses]))
    answers = read_answers(path, small)
    assert set(answers.codes["LE1a"]) == {NOT_ANSWERED}
    assert any("No response holds LE1a" in note for note in answers.receipt.notes)
    path.write_text(path.read_text().replace('"LE1b"', '"LE1x"'))
    with pytest.raises(ImportRefused, match="E07"):
        read_answers(path, small)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{}", "E01"),
        ('{"pages": []}', "E01"),
        ("[1, 2]", "E0"),
        ("[{", "E01"),
        ("[]", "E14"),
        ("[{}]", "E14"),
        ("[" * 9999, "E0"),
    ],
)
def test_json_that_is_no_list_of_responses_is_refused(
    small: Questionnaire, tmp_path: Path, content: str, code: str
) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ImportRefused, match=code):
        read_answers(tmp_path / "a.json", small)


def test_json_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"a": 1, "b": {"c": [1, 2], "d": null}}, {"a": 2.0}]')
    with pytest.raises(ImportRefused, match="E01"):
        read_grids(tmp_path / "a.json")
    (grid,) = read_grids(tmp_path / "a.json", also={"json"})
    assert grid.rows == [["a", "b/c", "b/d"], ["1", "1,2", ""], ["2", "", ""]]


def sav_of(small: Questionnaire, folder: Path, *, labelled: bool) -> Path:
    pyreadstat = pytest.importorskip("pyreadstat")
    table = words.truth()
    scales = {i: small.texts["sv"].scales[f[0]] for i, f in words.ITEMS.items()}
    labels = {i: {float(c): x for c, x in s.answers.items()} | {-1.0: s.cannot_tell} for i, s in scales.items()}
    numbers = {i: table[i].where(table[i] > -2).astype(float) for i in words.ITEMS}
    frame = pd.DataFrame(
        {"id": [f"p{n}" for n in range(len(table))], "role": table["role"], "team": table["team"]} | numbers
    )
    path = folder / "export.sav"
    pyreadstat.write_sav(frame, str(path), variable_value_labels=labels if labelled else None)
    return path


def test_an_spss_file_is_read_by_its_labels_and_refused_without(small: Questionnaire, tmp_path: Path) -> None:
    answers = read_answers(sav_of(small, tmp_path, labelled=True), small)
    assert words.same_answers(answers)
    assert (answers.receipt.tool, answers.receipt.container) == ("spss", "sav")
    with pytest.raises(ImportRefused, match=r"E11.*value labels"):
        read_answers(sav_of(small, tmp_path, labelled=False), small)


def test_a_parquet_file_is_a_plain_table(small: Questionnaire, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    table = words.truth().rename(columns={"role": "Role"})
    polars.DataFrame(table.to_dict("list")).write_parquet(tmp_path / "export.parquet")
    answers = read_answers(tmp_path / "export.parquet", small)
    assert words.same_answers(answers)
    assert (answers.receipt.tool, answers.receipt.container) == ("generic", "parquet")


@pytest.mark.parametrize("start", [b"$FL2", b"$FL3", b"PAR1"])
def test_a_damaged_file_of_a_statistics_program_is_refused(small: Questionnaire, tmp_path: Path, start: bytes) -> None:
    (tmp_path / "a.bin").write_bytes(start + bytes(range(256)) * 8)
    with pytest.raises(ImportRefused, match="E01"):
        read_answers(tmp_path / "a.bin", small)


@pytest.mark.parametrize(("module", "reader"), [("pyreadstat", "sav_grid"), ("polars", "parquet_grid")])
def test_a_reader_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, module: str, reader: str) -> None:
    from assessment.sheets import STANDARD, statistical

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportRefused, match=f"needs the package '{module}'"):
        getattr(statistical, reader)("a", b"", STANDARD)
