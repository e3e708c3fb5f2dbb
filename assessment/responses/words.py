"""Look at each distinct text of a column once and give what follows to its rows: a scale has few words, many rows.

A column of a file is a categorical series by row number. Its categories are all texts of the file's column, so a row
that was left out may have the only cell that holds one of them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import add
from typing import TypeVar, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assessment.sheets import Texts

Flags = NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)


def cells_of(column: Texts, *, n_headings: int) -> pd.Series:
    """Give the cells below the headings by row number."""
    places = np.frombuffer(column.places, dtype=np.uint32)[n_headings:].astype(np.int32)
    cells = pd.Categorical.from_codes(places, categories=pd.Index(column.words, dtype=object))
    return pd.Series(cells, index=pd.RangeIndex(n_headings + 1, len(column) + 1))


def n_filled(body: pd.DataFrame, places: Sequence[int]) -> NDArray[np.int64]:
    """Count for each row in how many of these columns something stands."""
    return np.vstack([filled(body[place]) for place in places]).sum(axis=0, dtype=np.int64)


def joined(body: pd.DataFrame, places: Sequence[int]) -> pd.Series:
    """Put the cells of several columns behind one another."""
    if len(places) == 1:
        return body[places[0]]
    return as_cells(reduce(add, (body[place].astype("str") for place in places)))


def filled(cells: pd.Series) -> Flags:
    """Tell which cells hold more than blanks."""
    return spread(cells, map(bool, map(str.strip, all_words(cells))))


def as_cells(texts: pd.Series) -> pd.Series:
    """Give texts that were made row by row as a column of a file."""
    return texts.astype("str").astype("category")


def words_of(cells: pd.Series) -> list[str]:
    """Give the texts that stand in these rows, each once, in the order of the rows."""
    return [str(word) for word in cells.unique()]


def all_words(cells: pd.Series) -> list[str]:
    """Give the categories, to be looked at one after the other."""
    return cast("pd.Categorical", cells.array).categories.tolist()


def taken(cells: pd.Series, values: NDArray[Value]) -> NDArray[Value]:
    """Give each row the value of its text, from values in the order of the categories."""
    return values[cast("pd.Categorical", cells.array).codes]


def flagged(cells: pd.Series, test: Callable[[str], bool]) -> Flags:
    """Tell for which rows the text passes a test."""
    return spread(cells, map(test, all_words(cells)))


def spread(cells: pd.Series, flags: Iterable[bool]) -> Flags:
    """Give each row the flag of its text, from flags in the order of the categories."""
    listed = np.fromiter(flags, dtype=np.bool_)
    return taken(cells, listed) if listed.any() else np.zeros(len(cells), dtype=np.bool_)


def changed(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Change every text; the result is plain text by row number."""
    words = np.array([change(word) for word in all_words(cells)], dtype=object)
    return pd.Series(taken(cells, words), index=cells.index, dtype="str")
