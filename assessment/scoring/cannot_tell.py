"""Count who cannot tell from their role: a finding about visibility, never a score."""

import pandas as pd

from assessment.frames import ABOUT_RESPONDENT, CANNOT_TELL, NOT_ASKED

COLUMNS = ["role", "item", "n_asked", "n_told", "share"]


def cannot_tell_shares(codes: pd.DataFrame) -> pd.DataFrame:
    """Give the share of *cannot tell* among those asked, by role and item.

    Parameters
    ----------
    codes
        ANSWERS: one row per respondent.

    Returns
    -------
    DataFrame
        One row per role and item that was put to it: role, item, n_asked (answered, cannot tell and not answered),
        n_told (those who cannot tell) and share (0-1).
    """
    items = list(codes.columns[len(ABOUT_RESPONDENT) :])
    long = codes.melt(id_vars="role", value_vars=items, var_name="item", value_name="code")
    asked = long[long["code"] != NOT_ASKED].assign(told=lambda rows: rows["code"] == CANNOT_TELL)
    counted = asked.groupby(["role", "item"], sort=False)["told"].agg(n_asked="size", n_told="sum", share="mean")
    return counted.reset_index()[COLUMNS]
