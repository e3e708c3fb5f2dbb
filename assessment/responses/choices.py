"""Join the columns of an item that the file spreads over one column per answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd

from assessment.model.questionnaire import Questionnaire
from assessment.responses.claims import claims_by
from assessment.responses.columns import Column
from assessment.responses.known import context_headings
from assessment.responses.words import joined, n_filled
from assessment.sheets import comparable
from assessment.sheets.refusals import listed_rows, problem

SOURCES = ("roles", "organisation.teams")


def with_joined_choices(columns: Sequence[Column], questionnaire: Questionnaire) -> list[Column]:
    """Give one column for each block whose shared heading asks for one answer, and the others as they are.

    A block whose shared heading is an item has a column per answer; a block whose columns are the items is a grid.
    """
    blocks = [list(block) for _, block in groupby(columns, key=lambda column: column.stem)]
    return [column for block in blocks for column in _block(block, questionnaire)]


def _block(block: Sequence[Column], questionnaire: Questionnaire) -> Sequence[Column]:
    first = block[0]
    shared = replace(first, name=first.stem, text=first.stem, row_text=first.stem)
    if len(block) == 1 or not first.stem or not _asks_for_one(shared, questionnaire):
        return block
    return [replace(shared, parts=tuple(column.index for column in block))]


def _asks_for_one(shared: Column, questionnaire: Questionnaire) -> bool:
    is_item = any(claims_by(method, [shared], questionnaire) for method in ("code", "text"))
    return is_item or any(_is_context(shared, *context_headings(questionnaire, source)) for source in SOURCES)


def _is_context(shared: Column, ids: Sequence[str], asks: frozenset[str]) -> bool:
    return shared.is_called(asks) or any(f"[{i.casefold()}]" in comparable(shared.text) for i in ids)


def joined_choices(body: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[str]]:
    """Put the one filled cell of each joined block into its first column.

    Returns
    -------
    body, problems
        E09 for rows in which two cells of a block are filled: one answer was asked for.
    """
    blocks = [column for column in columns if column.parts]
    filled = {column: n_filled(body, column.parts) for column in blocks}
    doubles = {column: body.index[n > 1] for column, n in filled.items() if (n > 1).any()}
    problems = [
        problem("E09", f"{column.start} hold two answers to '{column.heading}' in rows {listed_rows(rows)}.")
        for column, rows in doubles.items()
    ]
    whole = {column.index: joined(body, column.parts) for column in blocks}
    return _with(body, whole) if whole else body, problems


def _with(body: pd.DataFrame, whole: Mapping[int, pd.Series]) -> pd.DataFrame:
    return pd.DataFrame({index: whole.get(int(index), body[index]) for index in body.columns}, index=body.index)
