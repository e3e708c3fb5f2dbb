"""Decide the conditions by which an export is recognised."""

import re
from collections import Counter
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
from assessment.sheets import Grid, Texts, comparable

DATETIME = re.compile(r"^\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{1,4}\D{1,12}\d{1,2}[:.]\d{2}")
KINDS: Mapping[str, re.Pattern[str]] = {"whole": re.compile(r"^\d{1,12}$"), "datetime": DATETIME, "any": re.compile("")}
MOST_HEADINGS = 5
"""Rows above the first response, at most."""


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
        columns = columns_of(grid.top(MOST_HEADINGS), adapter.header)
        n_found = len(best_mapping(columns, questionnaire, adapter).columns)
        return n_found >= condition.min_share * len(questionnaire.items)
    return _RULES[type(condition)](condition, grid)


def _first_heading(condition: FirstHeading, grid: Grid) -> bool:
    return comparable(grid.columns[0][0]) in set(map(comparable, condition.words))


def _headings(condition: Headings, grid: Grid) -> bool:
    there = {comparable(column[0]) for column in grid.columns}
    some = set(map(comparable, condition.any))
    return set(map(comparable, condition.all)) <= there and (not some or bool(some & there))


def _leading(condition: Leading, grid: Grid) -> bool:
    """Most filled cells must have the form, so that one added row is reported, not a tool; without any they have it."""
    return len(grid.columns) >= len(condition.kinds) and all(
        _mostly(column, KINDS[kind]) for column, kind in zip(grid.columns, condition.kinds, strict=False)
    )


def _mostly(column: Texts, form: re.Pattern[str]) -> bool:
    counts = Counter(column.places[1:])
    filled = {place: word for place, word in enumerate(map(str.strip, column.words)) if word}
    n_fit = sum(counts[place] for place, word in filled.items() if form.match(word))
    return n_fit * 2 >= sum(counts[place] for place in filled)


def _cells(condition: Cells, grid: Grid) -> bool:
    return all(_cell(grid, place) == comparable(words) for place, words in condition.at.items())


def _cell(grid: Grid, place: str) -> str | None:
    row, column = map(int, place.split(","))
    return comparable(grid.columns[column][row]) if row < grid.n_rows and column < len(grid.columns) else None


def _row_pattern(condition: RowPattern, grid: Grid) -> bool:
    cells = [column[condition.row] for column in grid.columns] if condition.row < grid.n_rows else []
    filled = [cell.replace("\u00a0", " ") for cell in cells if cell.strip()]
    n_fit = sum(bool(re.search(condition.pattern, cell.strip(), re.IGNORECASE)) for cell in filled)
    return (bool(filled) and n_fit >= condition.min_share * len(filled)) != condition.absent


def _all_headed(condition: AllHeaded, grid: Grid) -> bool:
    unheaded = [column for column in grid.columns if not column[0].strip()]
    return any(word.strip() for column in unheaded for word in column.words) == condition.fails


_RULES: Mapping[type, Callable[[Any, Grid], bool]] = {
    FirstHeading: _first_heading,
    Headings: _headings,
    Leading: _leading,
    Cells: _cells,
    RowPattern: _row_pattern,
    AllHeaded: _all_headed,
}
