"""Name the tables that pass between rooms, and check each once, where it leaves its room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

CANNOT_TELL, NOT_ANSWERED, NOT_ASKED = -1, -2, -3
STATES: Mapping[int, str] = {CANNOT_TELL: "cannot tell", NOT_ANSWERED: "not answered", NOT_ASKED: "not asked"}
ANSWERED = "answered"
ABOUT_RESPONDENT = ("respondent", "role", "team")
Kind = Literal["text", "whole", "number", "flag", "code"]
KINDS: Mapping[Kind, str] = {"text": "OTU", "whole": "iu", "number": "fiu", "flag": "b", "code": "i"}


@dataclass(frozen=True)
class Frame:
    """Describe a table: its columns, what each holds, and what its other columns may hold."""

    name: str
    columns: Mapping[str, Kind]
    others: Kind | None = None

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give the table back when it has the columns it promises; a wrong one is a fault of ours, not of the input."""
        missing = [column for column in self.columns if column not in table]
        extra = [column for column in table if column not in self.columns] if self.others is None else []
        wrong = [column for column in table if not self._fits(str(column), table[column])] if not missing else []
        if missing or extra or wrong:
            raise TypeError(f"{self.name}: missing {missing}, unknown {extra}, wrong kind {wrong}")
        return table

    def _fits(self, column: str, values: pd.Series) -> bool:
        kind = self.columns.get(column) or self.others
        if kind is None:
            return False
        return bool(values.isna().all()) or _letter(values) in KINDS[kind]


def _letter(values: pd.Series) -> str:
    if isinstance(values.dtype, pd.StringDtype):
        return "T"
    return str(
        getattr(values.dtype, "numpy_dtype", np.dtype(object) if values.dtype == "object" else values.dtype).kind
    )


ANSWERS = Frame("ANSWERS", {"respondent": "text", "role": "text", "team": "text"}, others="code")
"""One row per respondent; one small-integer column per item: the answer's code, or one of STATES below zero."""

PERSON_SCORES = Frame("PERSON_SCORES", {"respondent": "text", "role": "text", "team": "text"}, others="number")
"""One row per respondent; one column per facet and dimension, 0-100, NaN where there is no score."""


@dataclass(frozen=True)
class ImportReceipt:
    """Say what was recognised, mapped, ignored and dropped while a file was read, and why; never an answer.

    Parameters
    ----------
    items
        One row per item: item, column (its heading), answered, cannot_tell, not_answered, not_asked.
    columns
        One row per column of the file: position, heading, use (item id, role, team, respondent, ignored, dropped), why.
    dropped
        One row per reason: reason, n, rows (row numbers as text).
    """

    file_name: str
    sha256: str
    tool: str
    variant: str
    rule: str
    container: str
    encoding: str
    delimiter: str
    header_rows: int
    n_rows: int
    n_kept: int
    items: pd.DataFrame
    columns: pd.DataFrame
    dropped: pd.DataFrame
    notes: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Answers:
    """Hold the answers of one organisation in one wave.

    Parameters
    ----------
    codes
        ANSWERS: one row per respondent; columns respondent, role, team, then one integer column per item.
    receipt
        How the file was read; None when the answers come from the store.
    rejected
        The rows of the file that were not kept: line and reason.
    """

    codes: pd.DataFrame
    receipt: ImportReceipt | None = None
    rejected: tuple[tuple[int, str], ...] = ()

    @property
    def items(self) -> list[str]:
        """The item columns."""
        return [str(column) for column in self.codes.columns[len(ABOUT_RESPONDENT) :]]

    @property
    def table(self) -> pd.DataFrame:
        """One row per respondent: respondent, role, team, then the raw answer to each item, NA where there is none."""
        codes = self.codes[self.items].astype("Int8")
        return pd.concat([self.codes[list(ABOUT_RESPONDENT)], codes.mask(codes < 0)], axis=1)

    @property
    def states(self) -> pd.DataFrame:
        """The same shape: *answered*, *not answered*, *cannot tell* or *not asked* for each item."""
        states = self.codes[self.items].map(lambda code: STATES.get(code, ANSWERED))
        return pd.concat([self.codes[list(ABOUT_RESPONDENT)], states], axis=1)
