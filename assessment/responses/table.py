"""Decode the chosen rows into one table: id, role, team and a code for every item."""

from collections.abc import Mapping

import pandas as pd

from assessment.frames import ABOUT_RESPONDENT, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import decoded_teams
from assessment.responses.adapter import About
from assessment.responses.cells import item_cells, routed
from assessment.responses.columns import Column
from assessment.responses.decoding import decoded, state_notes
from assessment.responses.layout import Layout
from assessment.responses.roles import decoded_roles
from assessment.responses.unknown import ItemCells
from assessment.sheets.refusals import refused


def decoded_table(
    name: str, body: pd.DataFrame, layout: Layout, questionnaire: Questionnaire
) -> tuple[pd.DataFrame, list[str]]:
    """Decode ids, roles, teams and items by row number.

    Returns
    -------
    table, notes
        ANSWERS by row number; the id is empty where the file has none, the role where none was given.

    Raises
    ------
    ImportRefused
        E08 to E12 with every problem of every column.
    """
    cells, problems, joined = item_cells(body, layout.mapping)
    roles, role_problems = _roles(body, questionnaire, layout.about)
    teams, team_problems = _teams(body, layout.about)
    items = {
        item: decoded(
            ItemCells(item, held[0].index, cells[item], len(held) == 1), questionnaire, layout.adapter.answers
        )
        for item, held in layout.mapping.columns.items()
    }
    problems += [*role_problems, *team_problems, *(told for column in items.values() for told in column.problems)]
    if problems:
        raise refused(name, problems)
    codes, unasked = routed({item: column.codes for item, column in items.items()}, roles, questionnaire)
    absent = pd.Series(NOT_ASKED, index=body.index, dtype="int8")
    about = {"respondent": _ids(body, layout.about), "role": roles, "team": teams}
    table = pd.DataFrame(about | {item: codes.get(item, absent) for item in questionnaire.items})
    notes = [*joined, *state_notes(cells, layout.adapter.answers), *unasked]
    return table.astype(dict.fromkeys(ABOUT_RESPONDENT, "str")), notes


def _ids(body: pd.DataFrame, about: Mapping[About, Column]) -> pd.Series:
    """Give the declared ids without outer blanks; empty where there is no such column."""
    blank = pd.Series("", index=body.index, dtype="str")
    return body[about["respondent"].index].str.strip() if "respondent" in about else blank


def _roles(
    body: pd.DataFrame, questionnaire: Questionnaire, about: Mapping[About, Column]
) -> tuple[pd.Series, list[str]]:
    """Give everyone's role; a questionnaire with one role needs no column for it."""
    if "role" not in about:
        return pd.Series(next(iter(questionnaire.roles)), index=body.index, dtype="str"), []
    return decoded_roles(body[about["role"].index], questionnaire, index=about["role"].index)


def _teams(body: pd.DataFrame, about: Mapping[About, Column]) -> tuple[pd.Series, list[str]]:
    if "team" not in about:
        return pd.Series(None, index=body.index, dtype="str"), []
    return decoded_teams(body[about["team"].index], index=about["team"].index)
