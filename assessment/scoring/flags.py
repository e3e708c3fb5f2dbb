"""Flag respondents whose answers look careless; nobody is left out, and every score is told with and without them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.frames import NOT_ANSWERED, NOT_ASKED
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import TOLERANCE, BoolArray, FloatArray, divide
from assessment.scoring.careless import contradiction, longstring
from assessment.scoring.persons import Persons

LONG_FORM = 30
"""A string of equal answers says something only in a form of this many items or more."""
FLAGS = ("speed", "long_string", "contradiction", "not_answered")


def flag_table(
    persons: Persons,
    codes: pd.DataFrame,
    questionnaire: Questionnaire,
    policy: Policy,
    *,
    seconds_per_item: FloatArray | None = None,
) -> pd.DataFrame:
    """Give each respondent's flags, and whether there are enough of them.

    Parameters
    ----------
    codes
        ANSWERS, rows as in `persons`.
    seconds_per_item
        Shape (n_respondents,): median seconds per item; None where the tool did not keep times.

    Returns
    -------
    DataFrame
        One row per respondent: speed, long_string, contradiction, not_answered and flagged, each true or false.
    """
    written = codes[list(persons.items)].to_numpy(dtype=np.int64)
    times = np.full(len(codes), np.nan) if seconds_per_item is None else seconds_per_item
    flags = pd.DataFrame(
        {
            "speed": times < policy.speed_seconds,
            "long_string": _has_long_string(written, codes["role"].to_numpy(dtype=str), policy),
            "contradiction": _contradicts(persons, questionnaire, policy),
            "not_answered": _left_out(written) > policy.not_answered_share + TOLERANCE,
        },
        index=codes.index,
    )
    return flags.assign(flagged=flags.sum(axis=1) >= policy.flags_needed)


def _has_long_string(written: np.ndarray, roles: np.ndarray, policy: Policy) -> BoolArray:
    """Look for a run of equal answers among the items that a role was asked, in the order of the form."""
    found = np.zeros(written.shape[0], dtype=np.bool_)
    for role in np.unique(roles):
        own = roles == role
        asked = (written[own] != NOT_ASKED).any(axis=0)
        if asked.sum() >= LONG_FORM:
            answers = np.where(written[own][:, asked] < 0, np.nan, written[own][:, asked])
            found[own] = longstring(answers) >= policy.string_length
    return found


def _contradicts(persons: Persons, questionnaire: Questionnaire, policy: Policy) -> BoolArray:
    apart = contradiction(persons.points, opposite_columns(persons, questionnaire), least=policy.contradiction_pairs)
    return apart >= policy.contradiction_steps - TOLERANCE


def _left_out(written: np.ndarray) -> FloatArray:
    """Give the share of the items asked for which nothing was chosen."""
    return divide((written == NOT_ANSWERED).sum(axis=1), (written != NOT_ASKED).sum(axis=1))


def opposite_columns(persons: Persons, questionnaire: Questionnaire) -> Sequence[tuple[int, int]]:
    """Give the columns of the declared opposite pairs of which both items were asked."""
    place = {item: number for number, item in enumerate(persons.items)}
    pairs = questionnaire.structure.opposite_pairs
    return [(place[first], place[second]) for first, second in pairs if first in place and second in place]
