"""Put the cells of every item into one column, and turn answers that routing did not ask for into *not asked*."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assessment.frames import NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses.columns import Column
from assessment.responses.mapping import Mapped
from assessment.responses.words import joined, n_filled
from assessment.sheets.refusals import column_letter, listed_rows, problem


def item_cells(body: pd.DataFrame, mapping: Mapped) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Give one column of text per item.

    An item in two columns (a tool may start a new column when an item is renamed) is joined where no row fills both.

    Returns
    -------
    cells, problems, notes
        E08 for two columns that are both filled in a row.
    """
    doubles = {item: held for item, held in mapping.columns.items() if len(held) > 1}
    clashes = {item: _both_filled(body, held) for item, held in doubles.items()}
    problems = [
        problem(
            "E08",
            f"Columns {_places(doubles[item])} both hold {item}, in rows {listed_rows(rows)}. Delete one of them.",
        )
        for item, rows in clashes.items()
        if len(rows)
    ]
    notes = [f"{item} was joined from columns {_places(held)}." for item, held in doubles.items()]
    cells = {
        item: joined(body, _indices(held[:1] if len(clashes.get(item, ())) else held))
        for item, held in mapping.columns.items()
    }
    return pd.DataFrame(cells, index=body.index), problems, notes


def _both_filled(body: pd.DataFrame, held: Sequence[Column]) -> pd.Index:
    return body.index[n_filled(body, _indices(held)) > 1]


def _indices(held: Sequence[Column]) -> list[int]:
    return [column.index for column in held]


def _places(held: Sequence[Column]) -> str:
    return " and ".join(column_letter(column.index) for column in held)


def routed(
    codes: Mapping[str, pd.Series], roles: pd.Series, questionnaire: Questionnaire
) -> tuple[Mapping[str, pd.Series], list[str]]:
    """Set every item that a role is not asked to *not asked*, and count the answers that were there.

    Tools without routing show every item to everybody; such an answer is not used.
    """
    numbers = pd.Series(range(len(questionnaire.roles)), index=list(questionnaire.roles))
    places = numbers.reindex(roles, fill_value=-1).to_numpy()
    # The last flag is that of a respondent without a role.
    asks = {
        item: [*(questionnaire.items[item].is_asked_of(role) for role in questionnaire.roles), False] for item in codes
    }
    is_asked = {item: np.array(flags)[places] for item, flags in asks.items()}
    given = {item: code.to_numpy() for item, code in codes.items()}
    n_unasked = sum(int((~is_asked[item] & (code > NOT_ANSWERED)).sum()) for item, code in given.items())
    notes = [f"{n_unasked} answer(s) to items that the role is not asked became 'not asked'."] if n_unasked else []
    kept = {item: np.where(is_asked[item], code, np.int8(NOT_ASKED)) for item, code in given.items()}
    return {item: pd.Series(code, index=roles.index) for item, code in kept.items()}, notes
