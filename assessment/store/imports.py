"""Add the answers of one file: all of them in one transaction, never twice."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.errors import ImportRefused, StoreError
from assessment.store.opening import Store, transaction
from assessment.store.pseudonyms import keyed_hash, row_hash
from assessment.store.waves import wave_id

if TYPE_CHECKING:
    import pandas as pd

ABOUT = 3
SAME_FILE = "import WHERE wave_id = ? AND sha256 = ?"


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: `added` is false when the same file had been imported before."""

    added: bool
    n_respondents: int


@dataclass(frozen=True)
class _Row:
    pseudonym: str
    role: str
    team: str | None
    codes: dict[str, int]


def add_import(
    store: Store,
    *,
    wave: str,
    sha256: str,
    adapter: str,
    answers: "pd.DataFrame",
    rejected: Sequence[tuple[int, str]],
    n_rows: int,
    file_name: str | None = None,
    original: bytes | None = None,
) -> ImportOutcome:
    """Add a file's answers; when this returns they are on disk, when it raises nothing of them is.

    Of a respondent who stands in several files of a wave the newest counts; none is overwritten.

    Parameters
    ----------
    sha256
        Of the file's bytes: the same file twice is one import.
    answers
        ANSWERS: respondent, role, team, then one column of codes per item.
    rejected
        Line and reason of every row that was not kept; never what stood in it.
    n_rows
        Rows of the file; must equal the rows kept and rejected together.
    file_name
        Kept as a keyed hash only.
    original
        The file's bytes, when the person asked to keep them.

    Raises
    ------
    ImportRefused
        When the same answers are there already in another form, an id stands twice, or the wave has been reported.
    StoreError
        When rows were lost on the way.
    """
    number = wave_id(store, wave)
    if _count(store, SAME_FILE, number, sha256):
        return ImportOutcome(added=False, n_respondents=len(answers))
    rows = _rows(store, answers)
    canonical = _canonical_hash(rows)
    with transaction(store, f"answers imported into wave {wave}") as seq:
        _refuse_late(store, wave, number)
        _refuse_twins(rows)
        if _count(store, SAME_FILE, number, sha256):
            raise ImportRefused(f"another command has just imported this file into wave '{wave}'; nothing was added")
        if _count(store, "import WHERE wave_id = ? AND canonical_sha256 = ?", number, canonical):
            raise ImportRefused(
                f"wave '{wave}' holds the same answers already, from a file that was saved or sorted differently"
            )
        added = store.connection.execute(
            "INSERT INTO import (wave_id, sha256, canonical_sha256, file_name_hash, bytes, adapter, "
            "rows_scored, rows_rejected, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                sha256,
                canonical,
                keyed_hash(store, file_name) if file_name else None,
                original,
                adapter,
                len(rows),
                len(rejected),
                seq,
            ),
        ).lastrowid
        store.connection.executemany(
            "INSERT INTO rejected_row VALUES (?, ?, ?)", [(added, line, reason) for line, reason in rejected]
        )
        for row in rows:
            _insert(store, int(added or 0), row)
        _check_conservation(store, int(added or 0), n_rows)
    return ImportOutcome(added=True, n_respondents=len(rows))


def _refuse_late(store: Store, wave: str, number: int) -> None:
    if _count(store, "issue WHERE wave_id = ? AND state != 'withdrawn'", number):
        raise ImportRefused(
            f"wave '{wave}' has been reported; further answers would show who came late. Import them as a new wave"
        )


def _refuse_twins(rows: Sequence[_Row]) -> None:
    n = len(rows) - len({row.pseudonym for row in rows})
    if n:
        raise ImportRefused(f"{n} row(s) repeat the id of another row of the file; keep one row for each respondent")


def _check_conservation(store: Store, added: int, n_rows: int) -> None:
    """Count what was really written: every row of the file is kept or listed as rejected."""
    kept = _count(store, "respondent WHERE import_id = ?", added)
    refused = _count(store, "rejected_row WHERE import_id = ?", added)
    if kept + refused != n_rows:
        raise StoreError(f"{n_rows} rows were read, but {kept} kept and {refused} refused; nothing was kept")


def _insert(store: Store, import_id: int, row: _Row) -> None:
    digest = row_hash(row.pseudonym, row.role, row.team, row.codes)
    respondent = store.connection.execute(
        "INSERT INTO respondent (import_id, pseudonym, role_id, team_id, row_hash) VALUES (?, ?, ?, ?, ?)",
        (import_id, row.pseudonym, row.role, row.team, digest),
    ).lastrowid
    store.connection.executemany(
        "INSERT INTO response VALUES (?, ?, ?)", [(respondent, item, code) for item, code in row.codes.items()]
    )


def _rows(store: Store, answers: "pd.DataFrame") -> list[_Row]:
    """Take the table apart; a respondent's id is kept only as a keyed hash."""
    items = [str(column) for column in answers.columns[ABOUT:]]
    return [
        _Row(
            keyed_hash(store, str(who)),
            str(role),
            team if isinstance(team, str) else None,
            dict(zip(items, map(int, codes), strict=True)),
        )
        for who, role, team, *codes in answers.itertuples(index=False, name=None)
    ]


def _canonical_hash(rows: Sequence[_Row]) -> str:
    """Give a hash of the answers that does not depend on the order of rows or items, nor on the file they came in."""
    alike = sorted(json.dumps([row.pseudonym, row.role, row.team, sorted(row.codes.items())]) for row in rows)
    return hashlib.sha256("\n".join(alike).encode()).hexdigest()


def _count(store: Store, where: str, *values: object) -> int:
    return int(store.connection.execute(f"SELECT COUNT(*) FROM {where}", values).fetchone()[0])  # noqa: S608 - constant
