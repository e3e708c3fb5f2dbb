"""Decide which rows are respondents: blank, total, repeated heading, copy, same id twice, no role, no answer."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import pandas as pd

from assessment.frames import CANNOT_TELL
from assessment.responses.adapter import About
from assessment.responses.columns import Column
from assessment.responses.conditions import is_datetime
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, listed_rows, problem, refused

TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "sum", "average", "mean", "median", "count", "n"),
        *("summa", "totalt", "medel", "medelvärde", "antal", "i alt", "gennemsnit"),
        *("totaal", "gemiddelde", "aantal", "summe", "gesamt", "durchschnitt", "mittelwert"),
        *("moyenne", "razem", "suma", "średnia"),
    }
)
SCIENTIFIC = r"^\d+([.,]\d+)?e\+\d+$"


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
    folded = body.map(comparable)
    first = folded.mask(folded == "").bfill(axis=1).iloc[:, 0]
    words = {comparable(cell) for cell in heading if cell.strip()}
    n_like = folded.isin(list(words)).sum(axis=1)
    found = list(_rows_problem("E12", first.isin(TOTALS), "summarise others (a total or an average). Delete them."))
    repeats = (n_like >= 2) & (n_like * 2 >= body.map(bool).sum(axis=1))
    found += _rows_problem("E06", repeats, "repeat the headings. Use the file as downloaded.")
    if "respondent" in about:
        found += _id_problems(body[about["respondent"].index], about["respondent"])
    if "submitted" in about:
        misses = ~body[about["submitted"].index].map(is_datetime) & ~first.isin(TOTALS)
        found += _rows_problem(
            "E12", misses, "have no time of submission, so the tool did not write them. Delete them."
        )
    if found:
        raise refused(name, found)


def _id_problems(ids: pd.Series, column: Column) -> Iterator[str]:
    if ids.map(bool).any():
        place = f"have no id in column {column_letter(column.index)}. Give every row one, or delete the column."
        yield from _rows_problem("E12", ids.map(str.strip) == "", place)
    damaged = ids.str.strip().str.casefold().str.match(SCIENTIFIC)
    yield from _rows_problem("E12", damaged, "have an id that a spreadsheet rounded. Use the file as downloaded.")


def _rows_problem(code: str, is_wrong: pd.Series, what: str) -> Iterator[str]:
    rows = is_wrong.index[is_wrong]
    if len(rows):
        yield problem(code, f"{len(rows)} row(s) ({listed_rows(rows)}) {what}")


def kept(codes: pd.DataFrame, *, body: pd.DataFrame, has_ids: bool, has_times: bool) -> tuple[Kept, list[str]]:
    """Keep one row per respondent who gave a role, and give everyone an id; a blank form without an id is nobody's.

    Parameters
    ----------
    codes
        Decoded rows by row number: respondent, role, team and items; respondent is empty where the tool has no ids.
    body
        The raw rows, to see copies.

    Returns
    -------
    Kept, problems
        Problems are E13: the same id with different answers. An exact copy of a respondent is dropped and counted.
    """
    content = codes.drop(columns="respondent") if not has_ids else codes
    # Without ids two rows are a copy only if even the second of submission agrees; else two people answered alike.
    is_copy = codes.duplicated() if has_ids else body.duplicated() if has_times else pd.Series(False, index=codes.index)
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
    return Kept(named.reset_index(drop=True), rows, tuple(_notes(people, has_ids=has_ids))), problems


def row_ids(content: pd.DataFrame) -> pd.Series:
    """Name rows by a hash of what they hold, role, team and answers by item, and a number for those that are alike.

    The id does not depend on the order of rows or columns, on times or on who answered.
    """
    ordered = content[sorted(content.columns)].fillna({"team": ""}).astype(str) + "\x1f"
    joined = reduce(add, (ordered[column] for column in ordered))
    digests = joined.map(lambda text: hashlib.sha256(str(text).encode()).hexdigest()[:16])
    return digests + "-" + (digests.groupby(digests).cumcount() + 1).astype(str)


def _clash_problems(clashing: pd.DataFrame) -> Iterator[str]:
    for rows in clashing.groupby("respondent", sort=False).groups.values():
        told = f"One respondent id stands in rows {listed_rows(rows)} with different answers. Remove all but one."
        yield problem("E13", told)


def _notes(people: pd.DataFrame, *, has_ids: bool) -> Iterator[str]:
    n_alike = 0 if has_ids else int(people.duplicated().sum())
    if n_alike:
        yield f"{n_alike} row(s) say the same as another one; without ids they count as different respondents."
