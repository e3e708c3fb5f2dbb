"""Notice when one person may have answered twice, and keep what the person who imports chose."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from assessment.frames import CANNOT_TELL
from assessment.responses.adapter import Adapter
from assessment.responses.columns import Column
from assessment.responses.words import changed
from assessment.sheets import comparable

Keep = Literal["all", "first", "last", "most_complete"]
ANONYMOUS = frozenset({"", "anonymous", "anonym"})


def same_person(body: pd.DataFrame, columns: Sequence[Column], adapter: Adapter) -> pd.Series:
    """Give each row the number of who seems to have answered, 0 where nothing tells; what told is not kept.

    The first heading of the adapter's list that the file has decides: an address, an access code or a network.
    """
    named = ([c for c in columns if c.is_called({comparable(word)})] for word in adapter.same_person)
    held = next(filter(None, named), [])
    if not held:
        return pd.Series(0, index=body.index)
    cells = changed(body[held[0].index], comparable)
    known = ~cells.isin(list(ANONYMOUS))
    return pd.Series(pd.factorize(cells)[0] + 1, index=body.index).where(known, 0)


def repeated(table: pd.DataFrame, person: pd.Series, keep: Keep) -> tuple[pd.Series, list[str]]:
    """Tell which rows to leave out, and say how many people seem to have answered more than once.

    Parameters
    ----------
    table
        Decoded rows: respondent, role, team and items.
    keep
        "all" leaves nobody out; else the first, the last or the most complete response of a person stays.
    """
    people = person.loc[table.index]
    told = people[(people > 0) & people.duplicated(keep=False)]
    if told.empty:
        return pd.Series(False, index=table.index), []
    chosen = "; all are kept" if keep == "all" else f"; the {keep.replace('_', ' ')} of each is kept"
    notes = [f"{told.nunique()} person(s) or network(s) seem to have sent {len(told)} responses{chosen}."]
    if keep == "all":
        return pd.Series(False, index=table.index), notes
    n_given = (table.iloc[:, 3:] >= CANNOT_TELL).sum(axis=1).loc[told.index]
    ordered = told if keep != "most_complete" else told.loc[n_given.sort_values(kind="stable", ascending=False).index]
    stays = ordered[~ordered.duplicated(keep="last" if keep == "last" else "first")].index
    return pd.Series(table.index.isin(told.index.difference(stays)), index=table.index), notes
