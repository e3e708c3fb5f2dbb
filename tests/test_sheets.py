"""A table file becomes exactly the cells that are in it, or a refusal; a hostile one costs little."""

import csv
import io
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.errors import ImportRefused
from assessment.sheets import LARGE, STANDARD, Grid, Limits, comparable, comparables, read_grid, read_grids
from assessment.sheets.limits import MIB
from assessment.sheets.refusals import TITLES, shown

ROWS = [["id", "Försäljning", "note"], ["1", "Most, not all", 'said "yes"'], ["2", "", "two\nlines"]]
APART = replace(STANDARD, in_process_bytes=0)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Grid]:
    def reader(data: bytes | str, name: str = "answers.csv", **options: object) -> Grid:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_grid(path, **options)  # type: ignore[arg-type]

    return reader


def refusal(read: Callable[..., Grid], data: bytes | str, name: str = "answers.csv", **options: object) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(data, name, **options)
    return str(caught.value)


def written(
    rows: list[list[str]], *, delimiter: str = ",", newline: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    out = io.StringIO()
    # Python's writer leaves a line feed unquoted where lines end in a lone CR; programs that write such files quote it.
    quoting = csv.QUOTE_ALL if newline == "\r" else quoting
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


# Delimited text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_same_cells_however_they_were_saved(
    read: Callable[..., Grid], encoding: str, newline: str, delimiter: str
) -> None:
    grid = read(written(ROWS, delimiter=delimiter, newline=newline).encode(encoding))
    assert grid.rows == ROWS
    assert (grid.delimiter, grid.container) == (delimiter, "csv")


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_first_line_for_spreadsheets_is_consumed(read: Callable[..., Grid], newline: str) -> None:
    text = f"sep=;{newline}" + written(ROWS, delimiter=";", newline=newline)
    assert read(text).rows == ROWS


def test_blank_lines_stay_so_that_row_numbers_are_those_of_the_file(read: Callable[..., Grid]) -> None:
    assert read("a,b\n\n1,2\n,\n").rows == [["a", "b"], ["", ""], ["1", "2"], ["", ""]]


def test_empty_cells_beyond_the_headings_are_no_damage(read: Callable[..., Grid]) -> None:
    assert read("a,b\n1,2,\n").rows == [["a", "b"], ["1", "2"]]


def test_words_that_look_like_nothing_are_kept(read: Callable[..., Grid]) -> None:
    assert read("a,b,a\nNA,None,N/A\n").rows == [["a", "b", "a"], ["NA", "None", "N/A"]]


def test_the_guard_against_formulas_is_taken_off(read: Callable[..., Grid]) -> None:
    assert read("a,b\n'=1+1,'tis\n").rows[1] == ["=1+1", "'tis"]


def test_an_older_encoding_is_settled_by_known_words_only(read: Callable[..., Grid]) -> None:
    nordic, polish = written(ROWS).encode("cp1252"), written([["a", "b"], ["żółć", "Środa"]]).encode("cp1250")
    assert read(nordic, known_texts=["Försäljning", "Środa"]).rows == ROWS
    assert read(polish, known_texts=["Försäljning", "Środa"]).encoding == "cp1250"
    ambiguous = written([["a", "b"], ["blå", "x"]]).encode("cp1252")
    assert "E02" in refusal(read, ambiguous)
    assert "Byte 8" in refusal(read, ambiguous)


def test_bytes_that_both_older_encodings_read_alike_need_no_known_word(read: Callable[..., Grid]) -> None:
    assert read(written(ROWS).encode("cp1252")).rows == ROWS


REFUSED: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "E01"),
    "blanks": (b" \r\n ", "E01"),
    "web page saved as a table": (b"\n<html><table><tr><td>a</td></tr></table></html>", "E01"),
    "survey structure": (b'<?xml version="1.0"?><document/>', "E01"),
    "JSON": (b'[{"LE": {"LE1a": 5}}]', "E01"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(20), "E01"),
    "old Office file": (b"\xd0\xcf\x11\xe0" + bytes(20), "E01"),
    "NUL bytes": (b"a,b\n1,\x002\n", "E01"),
    "UTF-16 without mark": ("a,b\n1,2\n".encode("utf-16-le"), "E01"),
    "half a character": ("a,ö\n".encode("utf-16") + b"\x00", "E02"),
    "one column": (b"a\nb\n", "E03"),
    "whole lines quoted": (b'"a,b"\n"1,2"\n', "E03"),
    "two delimiters": (b"a;b,c\n1;2,3\n", "E03"),
    "only a mark": (b"\xef\xbb\xbf\n", "E01"),
    "only a separator line": (b"sep=;\n", "E14"),
    "only delimiters": (b",,\n,,\n", "E14"),
    "an endless cell": (b"a,b\n1," + b"x" * 200_000 + b"\n", "E01"),
    "an endless line": (b"x" * 200_000, "E03"),
    "ragged rows": (b"a,b,c\n1,2,3\n1,2\n", "E12"),
    "quote that does not close": (b'a,b\n1,2\n3,"4\n5,6\n', "E12"),
    "archive that is no workbook": (b"PK\x03\x04" + bytes(40), "E01"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_by_name(read: Callable[..., Grid], name: str) -> None:
    data, code = REFUSED[name]
    assert f"{code} {TITLES[code]}" in refusal(read, data)


def test_a_missing_file_is_refused_and_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no such file"):
        read_grids(tmp_path / "none.csv")


def test_damage_is_placed_by_row(read: Callable[..., Grid]) -> None:
    assert "(3, 5)" in refusal(read, b"a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3,4\n")
    assert "line 3" in refusal(read, b'a,b\n1,2\n3,"4\n5,6\n')


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (replace(STANDARD, file_bytes=10), "larger than"),
        (replace(STANDARD, rows=2), "more than 2 rows"),
        (replace(STANDARD, columns=2), "more than 2 columns"),
        (replace(STANDARD, cells=8), "more than 8 cells"),
        (replace(STANDARD, cell_characters=9), "more than 9 characters"),
    ],
)
def test_a_text_over_a_limit_is_refused(read: Callable[..., Grid], limits: Limits, told: str) -> None:
    assert told in refusal(read, written(ROWS), limits=limits)


@pytest.mark.parametrize(
    "name", ["NUL bytes", "one column", "two delimiters", "ragged rows", "quote that does not close"]
)
def test_a_refusal_never_quotes_a_cell(read: Callable[..., Grid], name: str) -> None:
    data = REFUSED[name][0].replace(b"1", b"Zx9Marker").replace(b"a", b"Zx9Marker")
    assert "Zx9Marker" not in refusal(read, data)


def test_a_refusal_does_not_carry_the_file_along(read: Callable[..., Grid]) -> None:
    slow = replace(APART, seconds=1, rows=10**8, cells=10**9)
    for data, limits in (
        (written([["a", "b"], ["blå", "x"]]).encode("cp1252"), STANDARD),
        (b"a,b\n" * 4_000_000, slow),
    ):
        with pytest.raises(ImportRefused) as caught:
            read(data, limits=limits)
        assert caught.value.__context__ is None


def test_the_printed_form_of_a_grid_holds_no_cell(read: Callable[..., Grid]) -> None:
    assert "Most" not in repr(read(written(ROWS)))


def test_a_file_name_cannot_change_the_form_of_a_message(read: Callable[..., Grid]) -> None:
    assert refusal(read, b"", "a\u202e\nb.csv").count("\n") == 1


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=6)
    ),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_table_comes_back_cell_by_cell(read: Callable[..., Grid], rows: list[list[str]], delimiter: str) -> None:
    heading = [f"h{i}" for i in range(len(rows[0]))]
    plain = [heading, *([c.lstrip("'") for c in row] for row in rows)]
    blank = [[""] * len(row) if not any(c.strip() for c in row) else row for row in plain]
    assert read(written(plain, delimiter=delimiter, quoting=csv.QUOTE_ALL)).rows == blank


# A process of its own


def test_both_ways_of_parsing_give_the_same_grid(read: Callable[..., Grid]) -> None:
    data = written(ROWS, delimiter=";").encode("cp1252")
    known = ["Försäljning"]
    assert read(data, known_texts=known) == read(data, known_texts=known, limits=APART)
    assert "E12" in refusal(read, b"a,b\n1\n", limits=APART)


def test_a_small_text_starts_no_process(read: Callable[..., Grid], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.sheets.isolation.subprocess.Popen", lambda *_, **__: pytest.fail("started"))
    assert read(written(ROWS)).rows == ROWS


def test_the_process_starts_quickly(read: Callable[..., Grid]) -> None:
    begun = time.monotonic()
    read(written(ROWS), limits=APART)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("limits", [replace(APART, memory_bytes=40 * MIB), replace(APART, seconds=1)])
def test_a_file_that_costs_too_much_ends_in_a_refusal(read: Callable[..., Grid], limits: Limits) -> None:
    data = "a,b\n" + "1,2\n" * 4_000_000
    assert "E01" in refusal(read, data, limits=replace(limits, rows=10**8, cells=10**9))


def test_the_child_may_neither_call_home_nor_start_programs() -> None:
    import subprocess
    import sys

    from assessment.sheets.isolation import CHILD

    probe = (
        f"import runpy, socket, os; child = runpy.run_path({str(CHILD)!r}); "
        "child['limit_process'](memory_bytes=2**29, seconds=5)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: os.system('true')):\n"
        "    try: act()\n"
        "    except PermissionError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["refused", "refused"]


def test_the_child_has_no_more_memory_than_allowed() -> None:
    import subprocess
    import sys

    from assessment.sheets.isolation import CHILD

    probe = (
        f"import runpy; child = runpy.run_path({str(CHILD)!r}); child['limit_process'](memory_bytes=2**28, seconds=5)\n"
        "try: bytearray(2**29)\nexcept MemoryError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["refused"]


def test_raised_limits_are_eight_times_higher_but_for_ratio_and_cell() -> None:
    assert LARGE.file_bytes == 400 * MIB
    assert (LARGE.ratio, LARGE.cell_characters) == (200, 32_767)


# Workbooks


def workbook(rows: list[list[object]], change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """Replace or add one member of an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        before = old.read(name) if name in old.namelist() else b""
        new.writestr(name, content(before) if callable(content) else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook([["a", "b"], [5.0, "x"]])


def test_values_of_a_workbook_are_what_a_person_would_type(read: Callable[..., Grid]) -> None:
    from datetime import date, datetime

    data = workbook(
        [
            ["n", "d", "t", "b"],
            [5.0, date(2026, 1, 2), datetime.fromisoformat("2026-11-02 09:15"), True],
            [3.5, None, "", "x"],
        ]
    )
    grid = read(data, "a.xlsx")
    assert grid.rows[1:] == [["5", "2026-01-02", "2026-11-02 09:15:00", "TRUE"], ["3.5", "", "", "x"]]
    assert (grid.container, grid.sheet) == ("xlsx", "Sheet")


def test_an_error_value_is_not_an_empty_cell(read: Callable[..., Grid]) -> None:
    assert read(workbook([["a", "b"], ["#REF!", "x"]]), "a.xlsx").rows[1] == ["#REF!", "x"]


def test_a_formula_that_was_never_calculated_is_refused_with_its_cell(read: Callable[..., Grid]) -> None:
    told = refusal(read, workbook([["a", "b"], ["=1+1", "x"]]), "a.xlsx")
    assert "E12" in told
    assert "A2" in told


def test_hidden_sheets_are_not_read_and_hidden_rows_are_told(read: Callable[..., Grid]) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("Secret", 0).append(["Zx9Marker"])
        book.worksheets[0].sheet_state = "hidden"
        book.worksheets[1].row_dimensions[2].hidden = True

    grid = read(workbook([["a", "b"], ["1", "2"]], hide), "a.xlsx")
    assert grid.rows == [["a", "b"], ["1", "2"]]
    assert len(grid.notes) == 2


def test_a_sheet_is_chosen_by_name(read: Callable[..., Grid]) -> None:
    data = workbook([["a"]], lambda book: book.create_sheet("Goals").append(["goal", "owner"]))
    assert read(data, "a.xlsx", sheet="Goals").rows == [["goal", "owner"]]
    assert "'Sheet', 'Goals'" in refusal(read, data, "a.xlsx", sheet="Plans")


def test_rows_keep_the_numbers_of_the_workbook(read: Callable[..., Grid]) -> None:
    data = workbook([[], ["a", "b"]])
    assert read(data, "a.xlsx").rows == [["", ""], ["a", "b"]]


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>"


def overlapping() -> bytes:
    """Let two entries of the directory point at the same bytes."""
    data = bytearray(with_part(PLAIN, "xl/copy1.xml", b"<a/>"))
    entries = [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]
    data[entries[-1] + 42 : entries[-1] + 46] = data[entries[-2] + 42 : entries[-2] + 46]
    return bytes(data)


def doubled() -> bytes:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "entities": (lambda: with_part(PLAIN, SHEET, lambda xml: BOMB + xml), "declares"),
    "entities in UTF-16": (
        lambda: with_part(PLAIN, SHEET, lambda xml: (BOMB + xml).decode().encode("utf-16")),
        "declares",
    ),
    "grows too much": (lambda: with_part(PLAIN, "xl/media/a.bin", bytes(3 * MIB)), "grows more than 200 times"),
    "points outside": (lambda: with_part(PLAIN, "../evil.xml", b"<a/>"), "points out"),
    "absolute name": (lambda: with_part(PLAIN, "/etc/evil.xml", b"<a/>"), "points out"),
    "same name twice": (doubled, "same name"),
    "overlap": (overlapping, "overlap"),
    "cut": (lambda: PLAIN[: len(PLAIN) // 2], "damaged"),
    "broken XML": (lambda: with_part(PLAIN, SHEET, b"<worksheet><row></worksheet>"), "damaged"),
    "no workbook part": (lambda: with_part(b"PK\x05\x06" + bytes(18), "data.csv", b"a,b\n1,2\n"), "Unpack it"),
    "far away cell": (
        lambda: with_part(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')),
        "columns",
    ),
    "wide and long": (
        lambda: with_part(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="ALL90000"')),
        "spans more than",
    ),
    "far away row": (
        lambda: with_part(PLAIN, SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="999999"')),
        "rows",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_cheaply(read: Callable[..., Grid], name: str) -> None:
    begun = time.monotonic()
    build, told = HOSTILE[name]
    text = refusal(read, build(), "a.xlsx")
    assert "E01" in text
    assert told in text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("limits", [replace(STANDARD, entries=3), replace(STANDARD, inflated_bytes=500)])
def test_limits_of_an_archive_hold(read: Callable[..., Grid], limits: Limits) -> None:
    assert "archive is refused" in refusal(read, PLAIN, "a.xlsx", limits=limits)


def test_a_refused_workbook_never_shows_a_cell(read: Callable[..., Grid]) -> None:
    marked = workbook([["a", "b"], ["Zx9Marker", "=1+1"]])
    for data in (marked, with_part(marked, SHEET, lambda xml: BOMB + xml), marked[:-30]):
        assert "Zx9Marker" not in refusal(read, data, "a.xlsx")


UNUSUAL: Mapping[str, tuple[bytes, bytes]] = {
    "as written": (b"", b""),
    "a cell far to the right of another row": (b'<c r="B2"', b'<c r="ZZ90"'),
    "attributes in another order": (b'<c r="B2" t="inlineStr"', b'<c t="inlineStr" r="BB2"'),
    "a hidden row": (b'<row r="2"', b'<row r="2" hidden="1"'),
    "a comment": (b'<c r="B2"', b'<!-- <c r="ZZ9" --><c r="B2"'),
    "single quotes": (b'<c r="B2"', b"<c r='BB70'"),
    "an empty row": (b"</sheetData>", b'<row r="77"/></sheetData>'),
    "two lists of rows": (b"</sheetData>", b'</sheetData><sheetData><row r="88"><c r="DD88"/></row></sheetData>'),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_rows_measured_by_their_text_are_the_rows_that_a_parser_finds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessment.sheets import sheet_parts

    old, new = UNUSUAL[name]
    limits = replace(STANDARD, rows=1, columns=1, cells=1)
    data = with_part(workbook([["a", "b"], ["1", "x"]]), SHEET, lambda xml: xml.replace(old, new, 1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        measured = sheet_parts.sheet_facts(archive, limits)
        monkeypatch.setattr(sheet_parts, "plain_rows", lambda _: None)
        assert sheet_parts.sheet_facts(archive, limits) == measured
    assert new in data or zipfile.ZipFile(io.BytesIO(data)).read(SHEET).count(new)


def test_a_usual_sheet_is_measured_without_a_parser() -> None:
    from assessment.sheets.plain_rows import plain_rows

    with zipfile.ZipFile(io.BytesIO(workbook([["a", "b"], [5.0, "x"], ["", "y"]]))) as archive:
        found = plain_rows(archive.open(SHEET))
    assert found is not None
    assert (found.last_row, found.columns) == (3, {"A", "B"})


def test_truth_values_are_not_taken_for_numbers(read: Callable[..., Grid]) -> None:
    rows = [["a", "b"], [1, True], [True, 1], [0, False], [False, "0"]]
    written = [["a", "b"], ["1", "TRUE"], ["TRUE", "1"], ["0", "FALSE"], ["FALSE", "0"]]
    assert read(workbook(rows), "a.xlsx").rows == written


# Words


@given(st.lists(st.text(max_size=6) | st.sampled_from(["Never", " a  b", "<b>x</b>", "&amp;", "`", "\0", ""])))
def test_many_texts_are_folded_as_each_of_them(texts: list[str]) -> None:
    assert comparables(texts) == list(map(comparable, texts))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I can\u2019t tell", "I can't tell"),
        ("about\u00a0 half", " About half"),
        ("<b>Why</b> &amp; how", "why & how"),
        ("Bla\u030a", "bl\u00e5"),
        ("5 \u2013 always", "5 - always"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_two_spellings_of_the_same_words_are_equal(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_a_quoted_text_is_short_and_plain() -> None:
    assert shown("x" * 100) == "x" * 39 + "…"
    assert shown("a\r\n\x1b[31m\u2028") == "a\\r\\n\\x1b[31m\\u2028"
