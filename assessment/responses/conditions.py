"""Decide the conditions by which an export is recognised."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Adapter
from assessment.responses.columns import columns_of
from assessment.responses.mapping import best_mapping
from assessment.responses.signatures import (
    AllHeaded,
    Cells,
    Condition,
    FirstHeading,
    Headings,
    ItemsFound,
    Leading,
    RowPattern,
)
from assessment.sheets import Grid, comparable

DATETIME = re.compile(r"^\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{1,4}\D{1,12}\d{1,2}[:.]\d{2}")
KINDS: Mapping[str, re.Pattern[str]] = {"whole": re.compile(r"^\d{1,12}$"), "datetime": DATETIME, "any": re.compile("")}
Rows = list[list[str]]


def is_datetime(text: str) -> bool:
    """Tell whether a text has the form of a date with a time, in any order and with any separators.

    >>> is_datetime("2026/11/02 9:15:02 AM GMT+1"), is_datetime("2.11.2026 09.15"), is_datetime("Total")
    (True, True, False)
    """
    return bool(DATETIME.match(text.strip()))


def holds(conditions: Sequence[Condition], grid: Grid, adapter: Adapter, questionnaire: Questionnaire) -> bool:
    """Tell whether all conditions hold for a sheet."""
    return all(_fits(condition, grid, adapter, questionnaire) for condition in conditions)


def _fits(condition: Condition, grid: Grid, adapter: Adapter, questionnaire: Questionnaire) -> bool:
    if isinstance(condition, ItemsFound):
        columns = columns_of(grid.rows, adapter.header)
        n_found = len(best_mapping(columns, questionnaire, adapter).columns)
        return n_found >= condition.min_share * len(questionnaire.items)
    return _RULES[type(condition)](condition, grid.rows)


def _first_heading(condition: FirstHeading, rows: Rows) -> bool:
    return comparable(rows[0][0]) in set(map(comparable, condition.words))


def _headings(condition: Headings, rows: Rows) -> bool:
    there = set(map(comparable, rows[0]))
    some = set(map(comparable, condition.any))
    return set(map(comparable, condition.all)) <= there and (not some or bool(some & there))


def _leading(condition: Leading, rows: Rows) -> bool:
    """Most filled cells must have the form, so that one added row is reported, not a tool; without any they have it."""
    return len(rows[0]) >= len(condition.kinds) and all(
        _mostly([row[column] for row in rows[1:]], KINDS[kind]) for column, kind in enumerate(condition.kinds)
    )


def _mostly(cells: Sequence[str], form: re.Pattern[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(form.match(cell)) for cell in filled) * 2 >= len(filled)


def _cells(condition: Cells, rows: Rows) -> bool:
    return all(_cell(rows, place) == comparable(words) for place, words in condition.at.items())


def _cell(rows: Rows, place: str) -> str | None:
    row, column = map(int, place.split(","))
    return comparable(rows[row][column]) if row < len(rows) and column < len(rows[row]) else None


def _row_pattern(condition: RowPattern, rows: Rows) -> bool:
    cells = rows[condition.row] if condition.row < len(rows) else []
    filled = [cell.replace("\u00a0", " ") for cell in cells if cell.strip()]
    n_fit = sum(bool(re.search(condition.pattern, cell.strip(), re.IGNORECASE)) for cell in filled)
    return (bool(filled) and n_fit >= condition.min_share * len(filled)) != condition.absent


def _all_headed(condition: AllHeaded, rows: Rows) -> bool:
    empty = [place for place, heading in enumerate(rows[0]) if not heading.strip()]
    return any(row[place].strip() for row in rows[1:] for place in empty) == condition.fails


_RULES: Mapping[type, Callable[[Any, Rows], bool]] = {
    FirstHeading: _first_heading,
    Headings: _headings,
    Leading: _leading,
    Cells: _cells,
    RowPattern: _row_pattern,
    AllHeaded: _all_headed,
}
