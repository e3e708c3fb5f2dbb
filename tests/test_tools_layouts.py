"""Every tool's layout, in every language: recognised by one adapter, read back exactly, and refused when damaged."""

import csv
import importlib.util
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.errors import ImportRefused
from assessment.frames import CANNOT_TELL, NOT_ASKED, Answers
from assessment.model.questionnaire import Questionnaire
from assessment.model.variants import with_variants
from assessment.responses import load_adapters, read_answers
from assessment.responses.detection import claim
from assessment.responses.known import known_texts
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


layouts = loaded("export_layouts", EXPORTS / "layouts.py")
words = loaded("words_of_the_small_questionnaire", HERE / "test_responses.py")
small = words.small
Filled = layouts.Filled
WRITERS = [(tool, writer) for tool, writers in layouts.BY_TOOL.items() for writer in writers]
NAMES = [writer.__name__ for _, writer in WRITERS]
TABLES = [(tool, writer) for tool, writer in WRITERS if tool != "surveyjs"]
TABLE_NAMES = [writer.__name__ for _, writer in TABLES]
ALSO = {"json", "sav", "parquet"}
LANGUAGES = ["en", "sv", "da", "nl", "de", "pl"]


def csv_bytes(rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def saved(content: Sequence[Sequence[str]] | str | bytes, folder: Path, tool: str = "") -> Path:
    """Write rows, JSON or bytes as a tool does."""
    path = folder / ("export.json" if isinstance(content, str) else "export.csv")
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        path.write_bytes(csv_bytes(content, delimiter=layouts.DELIMITERS.get(tool, ",")))
    return path


def simulated(questionnaire: Questionnaire, *, n: int = 9, seed: int = 3) -> pd.DataFrame:
    """Draw answers that routing allows: -1 cannot tell, -2 not answered, -3 not asked."""
    rng = np.random.default_rng(seed)
    roles = rng.choice(list(questionnaire.roles), n)
    drawn = {item: rng.choice([-1, -2, 1, 2, 3, 4, 5], n) for item in questionnaire.items}
    table = pd.DataFrame({"role": roles, "team": rng.choice(["", "Pay", "Search"], n)} | drawn)
    return routed(table, questionnaire)


def routed(table: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    asked = {i: [item.is_asked_of(role) for role in table["role"]] for i, item in questionnaire.items.items()}
    return table.assign(**{i: table[i].where(pd.Series(is_asked), NOT_ASKED) for i, is_asked in asked.items()})


def cells(table: pd.DataFrame, columns: Sequence[str]) -> list[list[str]]:
    return table.fillna({"team": ""})[list(columns)].astype(str).to_numpy().tolist()


def same(answers: Answers, expected: pd.DataFrame, *, ordered: bool = True) -> bool:
    got, wanted = cells(answers.codes, expected.columns), cells(expected, expected.columns)
    return got == wanted if ordered else sorted(got) == sorted(wanted)


def outcome(path: Path, questionnaire: Questionnaire, expected: pd.DataFrame, **options: object) -> str:
    """Give "same", the codes of the refusal, or "DIFFERENT"."""
    try:
        answers = read_answers(path, questionnaire, **options)  # type: ignore[arg-type]
    except ImportRefused as error:
        return " ".join(sorted({problem[:3] for problem in error.problems}))
    return "same" if same(answers, expected, ordered=False) else "DIFFERENT"


# Read back exactly


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("tool", "writer"), WRITERS, ids=NAMES)
def test_answers_in_every_layout_and_language_come_back_cell_by_cell(
    questionnaire: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., object], language: str
) -> None:
    table = simulated(questionnaire)
    answers = read_answers(saved(writer(Filled(table, questionnaire, language)), tmp_path, tool), questionnaire)
    assert same(answers, table)
    assert answers.receipt.tool == tool
    assert answers.receipt.n_rows == answers.receipt.n_kept == len(table)


@pytest.mark.parametrize(("tool", "writer"), WRITERS, ids=NAMES)
def test_a_variant_is_read_under_its_own_id(
    questionnaire: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., object]
) -> None:
    without_sales = with_variants(questionnaire, ["no_sales"])
    assert "PM3d" in without_sales.items
    table = simulated(without_sales)
    path = saved(writer(Filled(table, without_sales, "en")), tmp_path, tool)
    assert same(read_answers(path, without_sales), table)
    with pytest.raises(ImportRefused, match="PM3b"):
        read_answers(path, questionnaire)


@pytest.mark.parametrize(("tool", "writer"), TABLES, ids=TABLE_NAMES)
def test_a_workbook_says_the_same_as_the_text_file(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]]
) -> None:
    table = simulated(small)
    workbook = openpyxl.Workbook()
    for row in writer(Filled(table, small, "sv")):
        workbook.active.append([int(cell) if cell.isdigit() and len(cell) < 3 else cell or None for cell in row])
    workbook.save(tmp_path / "export.xlsx")
    answers = read_answers(tmp_path / "export.xlsx", small)
    assert (answers.receipt.tool, same(answers, table)) == (tool, True)


@st.composite
def small_tables(draw: st.DrawFn) -> pd.DataFrame:
    n = draw(st.integers(1, 5))
    roles = draw(st.lists(st.sampled_from(["EX", "PM", "EN"]), min_size=n, max_size=n))
    drawn = {i: draw(st.lists(st.sampled_from([-1, -2, 1, 2, 3, 4, 5]), min_size=n, max_size=n)) for i in words.ITEMS}
    return pd.DataFrame(
        {"role": roles, "team": draw(st.lists(st.sampled_from(["", "Pay"]), min_size=n, max_size=n))} | drawn
    )


@pytest.mark.parametrize(("tool", "writer"), WRITERS, ids=NAMES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=small_tables(), language=st.sampled_from(["en", "sv"]), data=st.data())
def test_any_answers_in_any_order_of_rows_and_columns_are_read_or_refused(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., object], *, drawn, language: str, data
) -> None:
    """A shuffled file may be refused, since some tools are known by their first column; it is never read otherwise."""
    table = routed(drawn, small)
    content = writer(Filled(table, small, language))
    has_answers = (table[list(words.ITEMS)] >= CANNOT_TELL).any(axis=1)
    says_nothing = not has_answers.any() and tool == "googleforms"
    straight = outcome(saved(content, tmp_path, tool), small, table)
    dropped = tool == "googleforms" and not has_answers.all()
    few = tool == "surveyjs"  # so few responses may not name enough items to be known
    assert straight == "same" or says_nothing or dropped or (few and straight == "E04")
    if isinstance(content, str):
        return
    n_headings = next(n for n, row in enumerate(content, start=1) if n == len(content) - len(table))
    order = data.draw(st.permutations(range(len(content[0]))))
    body = data.draw(st.permutations(content[n_headings:]))
    shuffled = [[row[i] for i in order] for row in [*content[:n_headings], *body]]
    result = outcome(saved(shuffled, tmp_path, tool), small, table)
    assert result != "DIFFERENT" or dropped


# Recognised by one adapter


def generated() -> list[Path]:
    return sorted(path for path in EXPORTS.glob("*/*") if path.suffix in {".csv", ".xlsx", ".json"})


NOT_OF_OURS = {"GENERATED_results_raw.json", "GENERATED_xlsform_en_sv.xlsx"}


@pytest.mark.parametrize("path", generated(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_fixture_is_claimed_by_exactly_one_adapter(small: Questionnaire, path: Path) -> None:
    grids = read_grids(path, known_texts=known_texts(small), also=ALSO)
    claims = {adapter.tool for adapter in load_adapters() for grid in grids if claim(grid, adapter, small)}
    tools = {claimed for claimed in claims if claimed != "generic"} or claims
    assert tools == (set() if path.name in NOT_OF_OURS else {path.parent.name})


@pytest.mark.parametrize("language", ["sv"])
@pytest.mark.parametrize(("tool", "writer"), WRITERS, ids=NAMES)
def test_each_layout_is_claimed_by_its_tool_alone(
    questionnaire: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., object], language: str
) -> None:
    path = saved(writer(Filled(simulated(questionnaire), questionnaire, language)), tmp_path, tool)
    grid = read_grids(path, also=ALSO)[0]
    named = [a.tool for a in load_adapters() if not a.fallback and claim(grid, a, questionnaire)]
    assert named == ([tool] if tool != "generic" else [])
    for adapter in load_adapters():
        if adapter.tool not in {tool, "generic"}:
            with pytest.raises(ImportRefused, match=r"E0[146]"):
                read_answers(path, questionnaire, tool=adapter.tool)


def test_headings_that_a_publisher_recoded_are_no_tools(questionnaire: Questionnaire, tmp_path: Path) -> None:
    rows = [[f"q{n:04d}" for n in range(60)], [str(n % 5) for n in range(60)]]
    with pytest.raises(ImportRefused, match="E04"):
        read_answers(saved(rows, tmp_path), questionnaire)


# Mutations: the same answers or the named error, never other answers


def with_cells(rows: list[list[str]], change: Callable[[str], str]) -> list[list[str]]:
    return [[change(cell) for cell in row] for row in rows]


ENCODED: dict[str, Callable[[list[list[str]]], bytes]] = {
    "semicolons": lambda rows: csv_bytes(rows, delimiter=";"),
    "tabs in UTF-16": lambda rows: csv_bytes(rows, delimiter="\t", encoding="utf-16"),
    "byte order mark": lambda rows: csv_bytes(rows, encoding="utf-8-sig"),
    "cp1252": lambda rows: csv_bytes(rows, delimiter=";", encoding="cp1252"),
    "sep line": lambda rows: b"sep=;\r\n" + csv_bytes(rows, delimiter=";"),
    "lone CR": lambda rows: csv_bytes(rows).replace(b"\r\n", b"\r"),
    "blanks that do not break": lambda rows: csv_bytes(with_cells(rows, lambda c: c.replace(" ", "\u00a0"))),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize(("tool", "writer"), TABLES, ids=TABLE_NAMES)
def test_how_a_file_was_saved_changes_no_answer(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]], name: str
) -> None:
    table = simulated(small, n=6)
    rows = writer(Filled(table, small, "sv"))
    got = outcome(saved(ENCODED[name](rows), tmp_path), small, table)
    assert got == "same"


@pytest.mark.parametrize(
    ("language", "encoding"), [("sv", "cp1252"), ("da", "cp1252"), ("de", "cp1252"), ("nl", "cp1252"), ("pl", "cp1250")]
)
def test_older_encodings_are_told_apart_by_the_words_of_the_questionnaire(
    questionnaire: Questionnaire, tmp_path: Path, language: str, encoding: str
) -> None:
    table = simulated(questionnaire)
    rows = layouts.surveymonkey_condensed(Filled(table, questionnaire, language))
    answers = read_answers(saved(csv_bytes(rows, encoding=encoding), tmp_path), questionnaire)
    assert (answers.receipt.encoding, same(answers, table)) == (encoding, True)


def first_answer(rows: list[list[str]], n_headings: int, filled: object) -> tuple[int, int]:
    """Give the place of a filled answer to the first item, that is no system cell."""
    labels = {label for scale in filled.words.scales.values() for label in scale.answers.values()}  # type: ignore[attr-defined]
    codes = {*labels, *"12345", *(f"A{n}" for n in range(1, 6))}
    for r, row in enumerate(rows[n_headings:], start=n_headings):
        for c in range(len(row) - 1, 4, -1):
            if row[c] in codes and not rows[0][c].startswith("_"):
                return r, c
    raise AssertionError


def replaced(rows: list[list[str]], place: tuple[int, int], cell: str) -> list[list[str]]:
    return [[cell if (r, c) == place else old for c, old in enumerate(row)] for r, row in enumerate(rows)]


DAMAGES: dict[str, tuple[Callable[[list[list[str]], int, tuple[int, int]], list[list[str]]], str]] = {
    "headings only": (lambda rows, n, _: rows[:n], "E14 E07"),
    "date in a scale cell": (lambda rows, _, place: replaced(rows, place, "2026-01-02 00:00:00"), "E12"),
    "date like 2-jan": (lambda rows, _, place: replaced(rows, place, "2-jan"), "E12"),
    "word of no scale": (lambda rows, _, place: replaced(rows, place, "Sometimes"), "E09"),
    "number between two": (lambda rows, _, place: replaced(rows, place, "3.5"), "E09"),
    "total row": (lambda rows, _, __: [*rows, ["Total", *["3"] * (len(rows[0]) - 1)]], "E12 E09 E13 E04"),
    "heading row repeated": (lambda rows, n, _: [*rows, rows[n - 1]], "E06 E09 E12 E04"),
    "all heading rows gone": (lambda rows, n, _: rows[n:], "E06 E04 E01"),
    "last column doubled": (lambda rows, _, place: [[*row, row[place[1]]] for row in rows], "E08 E09 same"),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize(("tool", "writer"), TABLES, ids=TABLE_NAMES)
def test_damage_gives_the_named_error_and_never_other_answers(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]], name: str
) -> None:
    table = simulated(small, n=6)
    filled = Filled(table, small, "en")
    rows = writer(filled)
    n_headings = len(rows) - len(table)
    change, allowed = DAMAGES[name]
    got = outcome(saved(change(rows, n_headings, first_answer(rows, n_headings, filled)), tmp_path, tool), small, table)
    assert got != "DIFFERENT"
    assert set(got.split()) <= set(allowed.split()), got


@pytest.mark.parametrize(("tool", "writer"), [w for w in TABLES if w[0] in {"qualtrics", "surveymonkey"}])
@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_lost_heading_row_is_seen(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]], gone: int
) -> None:
    table = simulated(small)
    rows = writer(Filled(table, small, "en"))
    n_headings = len(rows) - len(table)
    if gone >= n_headings:
        return
    got = outcome(saved([*rows[:gone], *rows[gone + 1 :]], tmp_path, tool), small, table)
    # SurveyMonkey's second row may go without harm where every question has one column.
    assert got in ({"E06", "E04", "E07"} | ({"same"} if tool == "surveymonkey" and gone == 1 else set()))


def test_the_first_response_is_never_lost_as_a_heading(small: Questionnaire, tmp_path: Path) -> None:
    table = simulated(small, n=1)
    for tool, writer in TABLES:
        answers = read_answers(saved(writer(Filled(table, small, "en")), tmp_path, tool), small)
        assert len(answers.codes) == 1, writer.__name__


@pytest.mark.parametrize(("tool", "writer"), [w for w in TABLES if w[1].__name__ in {
    "surveymonkey_condensed", "limesurvey_full_texts", "qualtrics_2016", "msforms", "tally", "formbricks", "typeform"
}])  # fmt: skip
def test_two_languages_in_one_column_are_read(
    questionnaire: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]]
) -> None:
    table = simulated(questionnaire, n=8)
    english, polish = (writer(Filled(table, questionnaire, language)) for language in ("en", "pl"))
    mixed = [polish[n] if n % 2 and n > len(polish) - len(table) else row for n, row in enumerate(english)]
    assert outcome(saved(mixed, tmp_path, tool), questionnaire, table) == "same"


def test_headings_cut_to_fifteen_characters_ask_for_the_codes(questionnaire: Questionnaire, tmp_path: Path) -> None:
    rows = layouts.limesurvey_full_texts(Filled(simulated(questionnaire), questionnaire, "en"))
    rows[0] = [cell if len(cell) <= 15 else f"{cell[:15]} .. " for cell in rows[0]]
    with pytest.raises(ImportRefused, match=r"E15.*headings 'Question code'"):
        read_answers(saved(rows, tmp_path), questionnaire)


# Privacy

MARK = "Zx9Marker"


@pytest.mark.parametrize(("tool", "writer"), TABLES, ids=TABLE_NAMES)
def test_nothing_of_another_column_is_in_result_receipt_or_error(
    small: Questionnaire, tmp_path: Path, tool: str, writer: Callable[..., list[list[str]]]
) -> None:
    table = simulated(small)
    rows = writer(Filled(table, small, "en"))
    n_headings = len(rows) - len(table)
    personal = ["Email Address", "IP Address", "RecipientEmail", "Comments"]
    heads = [personal, *[[""] * 4] * (n_headings - 1)]
    heads = [["{'ImportId': 'x'}"] * 4 if n == 2 else head for n, head in enumerate(heads)]
    wider = [[*row, *(heads[n] if n < n_headings else [f"{MARK}{n}"] * 4)] for n, row in enumerate(rows)]
    answers = read_answers(saved(wider, tmp_path, tool), small)
    receipt = answers.receipt
    told = [t.to_csv() for t in (answers.codes, receipt.items, receipt.columns, receipt.dropped)]
    assert MARK not in "".join([*told, repr(receipt), repr(answers)])
    broken = replaced(wider, first_answer(rows, n_headings, Filled(table, small, "en")), "Sometimes")
    with pytest.raises(ImportRefused) as refusal:
        read_answers(saved(broken, tmp_path, tool), small)
    assert MARK not in str(refusal.value)
