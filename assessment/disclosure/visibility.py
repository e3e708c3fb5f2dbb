"""R2 and R6: print that many of a group cannot tell, never so that it says what each of them chose."""

from collections.abc import Collection

import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.cells import check_columns
from assessment.disclosure.companions import Printed, number, rows_of

VISIBILITY = ("group", "item", "n_asked", "n_told")
LEAST = 10
ALL_BUT_ONE = 2
HIGHEST = ((50, 0.95), (20, 0.90), (10, 0.80))
"""R6: what is printed in place of a share that leaves fewer than two others, by the number asked."""


def printed_visibility(visibility: pd.DataFrame, groups: Collection[str], *, share: float) -> Printed:
    """Print the items that a good part of a shown group cannot tell from its role.

    Parameters
    ----------
    visibility
        One row per group and item: the number asked, and of these who cannot tell.
    groups
        The groups of which something is shown.
    share
        From which share on it is a finding.

    Returns
    -------
    list of rows
        group, measure, share (in tenths) and whether it is only a lower limit.
    """
    check_columns(visibility, needed=VISIBILITY, known=VISIBILITY, name="visibility")
    found: Printed = []
    for row in rows_of(visibility):
        asked, told = int(number(row, "n_asked")), int(number(row, "n_told"))
        if row["group"] not in groups or asked < LEAST or told < share * asked:
            continue
        is_limit = told > asked - ALL_BUT_ONE
        shown = highest_share(asked) if is_limit else rounding.probability(told / asked, n=0)
        found.append({"group": row["group"], "measure": row["item"], "share": shown, "is_limit": is_limit})
    return found


def highest_share(asked: int) -> float:
    """Give the limit that stands for a share of nearly everybody."""
    return next(limit for least, limit in HIGHEST if asked >= least)


def shown_share(part: int, asked: int) -> str:
    """Write a share: nothing below ten people, a limit where fewer than two others are left.

    Examples
    --------
    >>> shown_share(3, 9), shown_share(3, 12), shown_share(11, 12), shown_share(7, 200)
    ('', '25 %', '80 % or more', '4 %')
    """
    if asked < LEAST:
        return ""
    if part > asked - ALL_BUT_ONE:
        return f"{round(100 * highest_share(asked))} % or more"
    step = 5 if asked < 50 else 1
    return f"{step * round(100 * part / asked / step)} %"
