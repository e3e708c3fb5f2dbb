"""Score a wave for the owner of the answers; nothing of this is ever shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from assessment.frames import Answers
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.balance import balance_of
from assessment.scoring.cannot_tell import cannot_tell_shares
from assessment.scoring.cells import cell_scores
from assessment.scoring.flags import flag_table
from assessment.scoring.persons import Persons, person_scores


@dataclass(frozen=True)
class Scores:
    """Hold the scores of one organisation in one wave.

    Parameters
    ----------
    questionnaire
        By which it was scored.
    of_persons
        What each respondent said, on 0-100.
    cells
        CELL_SCORES by the roles as declared, before small ones are merged.
    cannot_tell
        Share of *cannot tell* among those asked, by role and item.
    flags
        Each respondent's flags of careless answering, and whether there are enough of them.
    roster
        People in each role, if known.
    """

    questionnaire: Questionnaire
    of_persons: Persons
    cells: pd.DataFrame
    cannot_tell: pd.DataFrame
    flags: pd.DataFrame
    roster: Mapping[str, int] | None

    @property
    def persons(self) -> pd.DataFrame:
        """PERSON_SCORES: one row per respondent; respondent, role, team, then facets and dimensions, 0-100."""
        return self.of_persons.table


def score(answers: Answers, questionnaire: Questionnaire, roster: Mapping[str, int] | None = None) -> Scores:
    """Score every respondent, role and the organisation.

    Parameters
    ----------
    roster
        People in each role; without it the ranges treat those who answered as a sample of a large organisation.
    """
    persons = person_scores(answers.codes, questionnaire)
    as_declared = {role: role for role in sorted(set(persons.table["role"]))}
    balance = balance_of(persons, questionnaire, stratum_of=as_declared, roster=roster)
    cells = cell_scores(persons, balance, questionnaire, questionnaire.policy)
    flags = flag_table(persons, answers.codes, questionnaire, questionnaire.policy)
    return Scores(questionnaire, persons, cells, cannot_tell_shares(answers.codes), flags, roster)
