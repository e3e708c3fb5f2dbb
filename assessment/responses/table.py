"""Decode the chosen rows into one table: id, role, team and a code for every item."""

from collections.abc import Collection, Mapping

import pandas as pd

from assessment.frames import ABOUT_RESPONDENT, NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import decoded_teams
from assessment.responses.adapter import About
from assessment.responses.cells import item_cells, routed
from assessment.responses.choices import joined_choices
from assessment.responses.columns import Column
from assessment.responses.decoding import decoded, state_notes
from assessment.responses.layout import Layout
from assessment.responses.roles import decoded_roles
from assessment.responses.unknown import ItemCells
from assessment.responses.words import as_cells, changed
from assessment.sheets import comparable
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
    body, problems = joined_choices(body, layout.columns)
    body = _labelled(body, layout.labels)
    cells, more, joined = item_cells(body, layout.mapping)
    roles, role_problems = _roles(body, questionnaire, layout.about)
    teams, team_problems = _teams(body, layout.about)
    items = {
        item: decoded(
            ItemCells(item, held[0].index, cells[item], len(held) == 1),
            questionnaire,
            layout.adapter.answers,
            numbers=layout.adapter.advice.numbers,
        )
        for item, held in layout.mapping.columns.items()
    }
    problems += [
        *more,
        *role_problems,
        *team_problems,
        *(told for column in items.values() for told in column.problems),
    ]
    if problems:
        raise refused(name, problems)
    nobody = pd.Series(NOT_ANSWERED, index=body.index, dtype="int8")
    given = {item: column.codes for item, column in items.items()} | dict.fromkeys(layout.mapping.absent, nobody)
    codes, unasked = routed(given, roles, questionnaire)
    absent = pd.Series(NOT_ASKED, index=body.index, dtype="int8")
    about = {"respondent": _ids(body, layout.about), "role": roles, "team": teams}
    table = pd.DataFrame(about | {item: codes.get(item, absent) for item in questionnaire.items})
    notes = [*joined, *state_notes(cells, layout.adapter.answers), *_absent(layout.mapping.absent), *unasked]
    return table.astype(dict.fromkeys(ABOUT_RESPONDENT, "str")), notes


def _labelled(body: pd.DataFrame, labels: Mapping[int, Mapping[str, str]]) -> pd.DataFrame:
    """Put the label in place of each cell that a survey definition or a mapping file explains."""
    if not labels:
        return body
    return pd.DataFrame({i: _explained(body[i], labels.get(int(i), {})) for i in body.columns}, index=body.index)


def _explained(cells: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    known = {comparable(cell): label for cell, label in labels.items()}
    return as_cells(changed(cells, lambda cell: known.get(comparable(cell), cell))) if known else cells


def _absent(items: Collection[str]) -> list[str]:
    return [f"No response holds {', '.join(items)}; they count as not answered."] if items else []


def _ids(body: pd.DataFrame, about: Mapping[About, Column]) -> pd.Series:
    """Give the declared ids without outer blanks; empty where there is no such column."""
    blank = pd.Series("", index=body.index, dtype="str")
    return changed(body[about["respondent"].index], str.strip) if "respondent" in about else blank


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
