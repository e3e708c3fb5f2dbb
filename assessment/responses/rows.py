"""Decide which rows are respondents: blank, total, repeated heading, copy, same id twice, no role, no answer."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from assessment.frames import CANNOT_TELL
from assessment.responses.adapter import About
from assessment.responses.columns import Column
from assessment.responses.conditions import is_datetime
from assessment.responses.words import Flags, all_words, filled, flagged, spread
from assessment.sheets import comparable, comparables
from assessment.sheets.refusals import column_letter, listed_rows, problem, refused

TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "sum", "average", "mean", "median", "count", "n"),
        *("summa", "totalt", "medel", "medelvärde", "antal", "i alt", "gennemsnit"),
        *("totaal", "gemiddelde", "aantal", "summe", "gesamt", "durchschnitt", "mittelwert"),
        *("moyenne", "razem", "suma", "średnia"),
    }
)
SCIENTIFIC = re.compile(r"^\d+([.,]\d+)?e\+\d+$", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """The table of kept respondents, the rows left out by reason, and notes."""

    codes: pd.DataFrame
    dropped: Mapping[str, tuple[int, ...]]
    notes: tuple[str, ...]

    @property
    def rejected(self) -> tuple[tuple[int, str], ...]:
        """Row number and reason of every row left out, in the order of the file."""
        return tuple(sorted((row, reason) for reason, rows in self.dropped.items() for row in rows))


def check_shape(name: str, body: pd.DataFrame, heading: Collection[str], about: Mapping[About, Column]) -> None:
    """Look for rows that cannot be a respondent's: totals, repeated headings, damaged ids, missing times.

    Raises
    ------
    ImportRefused
        E06 or E12 with every such row.
    """
    is_total, is_heading = _odd_rows(body, {comparable(cell) for cell in heading if cell.strip()})
    found = list(_rows_problem("E12", body.index[is_total], "summarise others (a total or an average). Delete them."))
    found += _rows_problem("E06", body.index[is_heading], "repeat the headings. Use the file as downloaded.")
    if "respondent" in about:
        found += _id_problems(body[about["respondent"].index], about["respondent"])
    if "submitted" in about:
        misses = body.index[~flagged(body[about["submitted"].index], is_datetime) & ~is_total]
        found += _rows_problem(
            "E12", misses, "have no time of submission, so the tool did not write them. Delete them."
        )
    if found:
        raise refused(name, found)


def _odd_rows(body: pd.DataFrame, headings: Set[str]) -> tuple[Flags, Flags]:
    """Tell which rows begin with the word for a total, and in which most of what stands is a heading."""
    is_total, is_open = np.zeros(len(body), dtype=np.bool_), np.ones(len(body), dtype=np.bool_)
    n_like, n_cells = np.zeros((2, len(body)), dtype=np.int32)
    for cells in (body[place] for place in body):
        words = comparables(all_words(cells))
        if is_open.any():
            is_total |= is_open & spread(cells, map(TOTALS.__contains__, words))
            is_open &= spread(cells, map("".__eq__, words))
        n_like += spread(cells, map(headings.__contains__, words))
        n_cells += flagged(cells, bool)
    return is_total, (n_like >= 2) & (n_like * 2 >= n_cells)


def _id_problems(ids: pd.Series, column: Column) -> Iterator[str]:
    if flagged(ids, bool).any():
        place = f"have no id in column {column_letter(column.index)}. Give every row one, or delete the column."
        yield from _rows_problem("E12", ids.index[~filled(ids)], place)
    damaged = ids.index[flagged(ids, lambda cell: "+" in cell and bool(SCIENTIFIC.match(cell.strip())))]
    yield from _rows_problem("E12", damaged, "have an id that a spreadsheet rounded. Use the file as downloaded.")


def _rows_problem(code: str, rows: pd.Index, what: str) -> Iterator[str]:
    if len(rows):
        yield problem(code, f"{len(rows)} row(s) ({listed_rows(rows)}) {what}")


def kept(codes: pd.DataFrame, *, body: pd.DataFrame, has_ids: bool, time: int | None) -> tuple[Kept, list[str]]:
    """Keep one row per respondent who gave a role, and give everyone an id; a blank form without an id is nobody's.

    Parameters
    ----------
    codes
        Decoded rows by row number: respondent, role, team and items; respondent is empty where the tool has no ids.
    body
        The raw rows, to see copies.
    time
        Place of the column with the time of submission.

    Returns
    -------
    Kept, problems
        Problems are E13: the same id with different answers. An exact copy of a respondent is dropped and counted.
    """
    content = codes.drop(columns="respondent") if not has_ids else codes
    # Without ids two rows are a copy only if even the second of submission agrees; else two people answered alike.
    is_copy = _copies(*((codes, codes["respondent"]) if has_ids else (body, None if time is None else body[time])))
    unique = codes[~is_copy]
    clashes = unique["respondent"].duplicated(keep=False) & has_ids
    problems = list(_clash_problems(unique[clashes]))
    lacks_role = unique["role"] == ""
    # A respondent with an id is known to have been asked; a blank form without one is nobody.
    says_nothing = (unique.iloc[:, 3:] < CANNOT_TELL).all(axis=1) & ~lacks_role & (not has_ids)
    dropped = {
        "exact copy of another row": is_copy,
        "no role given": lacks_role,
        "no item answered": says_nothing,
    }
    people = unique[~lacks_role & ~says_nothing]
    named = people if has_ids else people.assign(respondent=row_ids(people[content.columns]))
    rows = {reason: tuple(map(int, flags.index[flags])) for reason, flags in dropped.items() if flags.any()}
    return Kept(named.reset_index(drop=True), rows, tuple(_notes(named["respondent"], has_ids=has_ids))), problems


def _copies(table: pd.DataFrame, telling: pd.Series | None) -> pd.Series:
    """Tell which rows repeat an earlier one; only rows that share the telling cell need be compared."""
    none = pd.Series(False, index=table.index)
    if telling is None or not (is_shared := telling.duplicated(keep=False)).any():
        return none
    return table[is_shared].duplicated().reindex(table.index, fill_value=False)


def row_ids(content: pd.DataFrame) -> list[str]:
    """Name rows by a hash of what they hold, role, team and answers by item, and a number for those that are alike.

    The id does not depend on the order of rows or columns, on times or on who answered.
    """
    columns = [_ended_texts(content[column]) for column in sorted(content.columns)]
    digests = [hashlib.sha256("".join(cells).encode()).hexdigest()[:16] for cells in zip(*columns, strict=True)]
    alike = {digest: count(1) for digest, n in Counter(digests).items() if n > 1}
    return [f"{digest}-{next(alike[digest]) if digest in alike else 1}" for digest in digests]


def _ended_texts(column: pd.Series) -> list[str]:
    """Give every cell as text with a mark behind it, so that two cells cannot be taken for one; missing is empty."""
    places, distinct = pd.factorize(column)
    return np.array([*(f"{value}\x1f" for value in distinct), "\x1f"], dtype=object)[places].tolist()


def _clash_problems(clashing: pd.DataFrame) -> Iterator[str]:
    for rows in clashing.groupby("respondent", sort=False).groups.values():
        told = f"One respondent id stands in rows {listed_rows(rows)} with different answers. Remove all but one."
        yield problem("E13", told)


def _notes(ids: pd.Series, *, has_ids: bool) -> Iterator[str]:
    n_alike = 0 if has_ids else int((~ids.str.endswith("-1")).sum())
    if n_alike:
        yield f"{n_alike} row(s) say the same as another one; without ids they count as different respondents."
