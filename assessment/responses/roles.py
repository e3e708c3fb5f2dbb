"""Decode the role of each respondent; an unknown one is reported, never called "other"."""

import pandas as pd

from assessment.model.questionnaire import Questionnaire
from assessment.responses.known import role_of_label
from assessment.responses.words import changed, flagged
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, listed_rows, problem


def decoded_roles(cells: pd.Series, questionnaire: Questionnaire, *, index: int) -> tuple[pd.Series, list[str]]:
    """Decode role ids and role names; empty stays empty, and an unknown role is E09, never "other".

    The value is not quoted: a role cell may hold what a person typed about themselves.
    """
    roles = role_of_label(questionnaire)
    known = {"": "", **roles}
    unknown = cells.index[flagged(cells, lambda cell: comparable(cell) not in known)]
    accepted = ", ".join(questionnaire.roles)
    told = (
        f"Column {column_letter(index)} (role): {len(unknown)} cell(s) hold no role of the questionnaire "
        f"(rows {listed_rows(unknown)}). Accepted: {accepted}, or their names as worded in the questionnaire."
    )
    return changed(cells, lambda cell: known.get(comparable(cell), "")), [problem("E09", told)] if len(unknown) else []
