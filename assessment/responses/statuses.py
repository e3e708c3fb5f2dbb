"""Tell complete responses from partial ones, tests, spam and screened-out ones, by the tool's own columns."""

from collections.abc import Mapping, Sequence
from typing import get_args

import pandas as pd

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Adapter, Status, StatusRule
from assessment.responses.columns import Column
from assessment.responses.words import flagged
from assessment.sheets import comparable

REASONS: Mapping[Status, str] = {
    "test": "a test or a preview",
    "spam": "marked as spam by the tool",
    "screened": "screened out or rejected",
    "partial": "not finished, and too few answers",
}


def statuses(body: pd.DataFrame, columns: Sequence[Column], adapter: Adapter) -> pd.Series:
    """Give the status of each row, empty for a complete response; of several the later in `Status` counts."""
    found = pd.Series("", index=body.index, dtype="str")
    for status in get_args(Status):
        rules = [rule for rule in adapter.rows if rule.status == status]
        for rule in rules:
            found = found.mask(_holds(body, columns, rule), status)
    return found


def _holds(body: pd.DataFrame, columns: Sequence[Column], rule: StatusRule) -> pd.Series:
    """Tell for which rows a rule holds; a column that the file lacks says nothing."""
    words = set(map(comparable, rule.headings))
    held = [column for column in columns if column.is_called(words)]
    if not held:
        return pd.Series(False, index=body.index)
    values = set(map(comparable, rule.only or rule.unless))
    is_listed = flagged(body[held[0].index], lambda cell: comparable(cell) in values)
    return pd.Series(is_listed if rule.only else ~is_listed, index=body.index)


def has_enough(table: pd.DataFrame, questionnaire: Questionnaire) -> pd.Series:
    """Tell which rows have the answers that at least one facet score needs."""
    enough = pd.Series(False, index=table.index)
    for facet, part in questionnaire.facets.items():
        n_valid = (table[[item.id for item in part.items]] >= 0).sum(axis=1)
        asked = {role: questionnaire.n_asked(role, facet) for role in questionnaire.roles}
        needed = {role: questionnaire.min_items(facet, n_asked=n) for role, n in asked.items()}
        enough |= n_valid >= table["role"].map(needed).fillna(len(part.items)).clip(lower=1)
    return enough
