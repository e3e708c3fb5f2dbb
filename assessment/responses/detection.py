"""Recognise the tool that wrote a table by its signature, or stop: a tool is never guessed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import (
    Adapter,
    Cells,
    FirstColumn,
    Headings,
    ItemsFound,
    RowPattern,
    Signature,
)
from assessment.responses.columns import columns_of
from assessment.responses.known import is_answer_like
from assessment.responses.mapping import best_mapping
from assessment.sheets import Grid, comparable
from assessment.sheets.refusals import problem, refused, shown

DATETIME = re.compile(r"^\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{1,4}\D{1,12}\d{1,2}[:.]\d{2}")
N_HEADINGS_SHOWN = 8


@dataclass(frozen=True)
class Detected:
    """The sheet that holds the responses, who wrote it, and why we think so."""

    grid: Grid
    adapter: Adapter
    signature: Signature

    @property
    def heading_rows(self) -> list[list[str]]:
        """The rows above the first respondent."""
        return self.grid.rows[: self.signature.header_rows]


def detected(
    name: str, grids: Sequence[Grid], adapters: Sequence[Adapter], questionnaire: Questionnaire, *, tool: str | None
) -> Detected:
    """Find the one sheet and the one adapter that fit; a fallback counts only when nothing else fits.

    Raises
    ------
    ImportRefused
        E04 when nothing fits or `tool` does not, E05 when several fit, E06 when the first row holds answers.
    """
    allowed = [adapter for adapter in adapters if tool in (None, adapter.tool)]
    if not allowed:
        readable = ", ".join(adapter.tool for adapter in adapters)
        raise refused(name, [problem("E04", f"'{shown(tool or '')}' is no readable tool; readable are: {readable}.")])
    for is_fallback in (False, True):
        for grid in grids:
            fits = list(_fitting(grid, [a for a in allowed if a.fallback == is_fallback], questionnaire))
            if len(fits) > 1:
                titles = " and ".join(fit.adapter.title for fit in fits)
                raise refused(name, [problem("E05", f"The file fits {titles}. Name the tool with tool=…")])
            if fits:
                return fits[0]
    raise refused(name, [_nothing_fits(grids[0], allowed, questionnaire, tool)])


def is_datetime(text: str) -> bool:
    """Tell whether a text has the form of a date with a time, in any order and with any separators.

    >>> is_datetime("2026/11/02 9:15:02 AM GMT+1"), is_datetime("2.11.2026 09.15"), is_datetime("Total")
    (True, True, False)
    """
    return bool(DATETIME.match(text.strip()))


def _fitting(grid: Grid, adapters: Sequence[Adapter], questionnaire: Questionnaire) -> Iterator[Detected]:
    for adapter in adapters:
        fits = (s for s in adapter.detect if len(grid.rows) >= s.header_rows and _fits(s, grid, adapter, questionnaire))
        first = next(fits, None)
        if first:
            yield Detected(grid, adapter, first)


def _fits(signature: Signature, grid: Grid, adapter: Adapter, questionnaire: Questionnaire) -> bool:
    if isinstance(signature, ItemsFound):
        columns = columns_of(grid.rows, adapter.header)
        n_found = len(best_mapping(columns, questionnaire, adapter).columns)
        return n_found >= signature.min_share * len(questionnaire.items)
    return _RULES[type(signature)](signature, grid.rows)


def _first_column(signature: FirstColumn, rows: list[list[str]]) -> bool:
    """Compare the first heading; most cells below must have the form, so that one added row is reported, not a tool."""
    below = [row[0] for row in rows[signature.header_rows :] if row[0].strip()]
    has_form = signature.cells is None or sum(map(is_datetime, below)) * 2 >= len(below)
    return has_form and comparable(rows[0][0]) in set(map(comparable, signature.heading))


def _headings(signature: Headings, rows: list[list[str]]) -> bool:
    return set(map(comparable, signature.all)) <= set(map(comparable, rows[0]))


def _cells(signature: Cells, rows: list[list[str]]) -> bool:
    return all(_cell(rows, place) == comparable(words) for place, words in signature.at.items())


def _cell(rows: list[list[str]], place: str) -> str:
    row, column = map(int, place.split(","))
    return comparable(rows[row][column]) if row < len(rows) and column < len(rows[row]) else ""


def _row_pattern(signature: RowPattern, rows: list[list[str]]) -> bool:
    filled = [cell for cell in rows[signature.row] if cell.strip()] if signature.row < len(rows) else []
    n_fit = sum(bool(re.search(signature.pattern, cell.strip(), re.IGNORECASE)) for cell in filled)
    return bool(filled) and n_fit >= signature.min_share * len(filled)


_RULES: Mapping[type, Callable[[Any, list[list[str]]], bool]] = {
    FirstColumn: _first_column,
    Headings: _headings,
    Cells: _cells,
    RowPattern: _row_pattern,
}


def _nothing_fits(grid: Grid, allowed: Sequence[Adapter], questionnaire: Questionnaire, tool: str | None) -> str:
    """Word the refusal; headings are quoted only when the first row cannot be somebody's answers."""
    first = [cell for cell in grid.rows[0] if cell.strip()]
    if any(is_datetime(cell) or is_answer_like(cell, questionnaire) for cell in first):
        told = "The first row holds answers, not headings."
        return problem("E06", f"{told} Export again and leave the heading rows as they are.")
    headings = ", ".join(f"'{shown(cell)}'" for cell in first[:N_HEADINGS_SHOWN])
    if tool:
        told = f"The file does not look like {allowed[0].title}. The first headings are: {headings}."
        return problem("E04", f"{told} {allowed[0].advice.export_again}")
    told = f"No survey tool fits, and too few items stand in the headings. The first headings are: {headings}."
    return problem("E04", f"{told} Name the tool with tool=…, or see the list of readable exports.")
