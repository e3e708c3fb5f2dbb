"""Walk through a workbook's XML parts for what a value reader does not show: formulas never calculated, hidden rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from assessment.sheets.limits import Limits
from assessment.sheets.plain_rows import PlainRows, plain_rows
from assessment.sheets.refusals import problem

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
CALCULATE = "Open the file in a spreadsheet program and save it, or replace the formulas by their values."
REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


@dataclass(frozen=True)
class SheetFacts:
    """What the parts say about one sheet.

    Parameters
    ----------
    errors
        Row and column (from 0) and the text of each error value such as #REF!, which the value reader shows as empty.
    problems
        Reasons to refuse the file.
    """

    is_hidden: bool
    n_hidden_rows: int
    errors: tuple[tuple[int, int, str], ...]
    problems: tuple[str, ...]


def sheet_facts(archive: ZipFile, limits: Limits) -> Mapping[str, SheetFacts]:
    """Describe every worksheet of a workbook by name, in the workbook's order."""
    targets = _targets(archive)
    sheets = _elements(archive, "xl/workbook.xml")
    named = [(e.get("name", ""), e.get("state", ""), _relation(e)) for e in sheets if _tag(e) == "sheet"]
    parts = set(archive.namelist())
    return {
        name: _facts(archive, targets[relation], state, limits)
        for name, state, relation in named
        if targets.get(relation) in parts
    }


def _targets(archive: ZipFile) -> Mapping[str, str]:
    """Give the part of each relation of the workbook."""
    relations = _elements(archive, "xl/_rels/workbook.xml.rels")
    pairs = [(e.get("Id", ""), e.get("Target", "")) for e in relations if _tag(e) == "Relationship"]
    return {
        key: target.lstrip("/") if target.startswith("/") else normpath(join("xl", target)) for key, target in pairs
    }


def _facts(archive: ZipFile, part: str, state: str, limits: Limits) -> SheetFacts:
    walk = _Walk(limits)
    with archive.open(part) as stream:
        plain = plain_rows(stream)
    if plain:
        walk.span(plain)
    with BytesIO(plain.around) if plain else archive.open(part) as stream:
        for element in _finished(stream):
            walk.see(element)
    is_hidden = state in ("hidden", "veryHidden")
    return SheetFacts(is_hidden, walk.n_hidden_rows, tuple(walk.errors), tuple(walk.problems()))


class _Walk:
    """Count while the elements of one sheet pass by; a sheet is too large to be kept as a tree."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.last_row = self.last_column = self.n_hidden_rows = self.n_uncached = 0
        self.first_uncached = ""
        self.errors: list[tuple[int, int, str]] = []

    def span(self, rows: PlainRows) -> None:
        """Take rows into account that hold nothing else to be seen."""
        self.last_row = rows.last_row
        self.last_column = max(map(_column_number, rows.columns), default=0)

    def see(self, element: Element) -> None:
        """Take one finished row or cell into account."""
        if _tag(element) == "row":
            self.n_hidden_rows += element.get("hidden") in ("1", "true")
            self.last_row = max(self.last_row, _whole(element.get("r", "0")))
        elif _tag(element) == "c":
            self._see_cell(element)

    def _see_cell(self, cell: Element) -> None:
        children = {_tag(child): child for child in cell}
        value = children.get("v")
        text = "" if value is None else value.text or ""
        if place := REFERENCE.match(cell.get("r", "")):
            row, column = int(place[2]), _column_number(place[1])
            self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
            if cell.get("t") == "e":
                self.errors.append((row - 1, column - 1, text))
        if "f" in children and cell.get("t") != "str" and not text:
            self.n_uncached += 1
            self.first_uncached = self.first_uncached or cell.get("r", "?")[:10]

    def problems(self) -> Iterator[str]:
        """Say what is too large or was never calculated."""
        if self.last_row > self.limits.rows:
            yield problem("E01", f"A sheet has more than {self.limits.rows} rows.")
        if self.last_column > self.limits.columns:
            yield problem("E01", f"A sheet has more than {self.limits.columns} columns.")
        if self.last_row * self.last_column > self.limits.cells:
            yield problem("E01", f"A sheet spans more than {self.limits.cells} cells.")
        if self.n_uncached:
            told = f"{self.n_uncached} cell(s) hold a formula without a stored value, first in {self.first_uncached}."
            yield problem("E12", f"{told} {CALCULATE}")


def _finished(stream: IO[bytes]) -> Iterator[Element]:
    """Yield rows and cells as they end, and let go of each row after it."""
    for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
        if _tag(element) in ("row", "c"):
            yield element
        if _tag(element) == "row":
            element.clear()


def _elements(archive: ZipFile, part: str) -> list[Element]:
    with archive.open(part) as stream:
        return [element for _, element in iterparse(stream, events=("end",), forbid_dtd=True)]


def _relation(element: Element) -> str:
    return element.get(RELATION_ID) or element.get(STRICT_RELATION_ID) or ""


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
