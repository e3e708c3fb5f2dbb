"""Add the answers of one file: all of them in one transaction, never twice."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.errors import ImportRefused, StoreError
from assessment.store.opening import Store, transaction
from assessment.store.waves import wave_id

if TYPE_CHECKING:
    import pandas as pd

ABOUT = 3


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
    codes: tuple[int, ...]


def add_import(
    store: Store,
    *,
    wave: str,
    sha256: str,
    adapter: str,
    answers: "pd.DataFrame",
    rejected: Sequence[tuple[int, str]],
    n_rows: int,
) -> ImportOutcome:
    """Add a file's answers.

    Parameters
    ----------
    answers
        ANSWERS: respondent, role, team, then one column of codes per item.
    rejected
        Line and reason of every row that was not kept.
    n_rows
        Rows of the file; must equal the rows kept and rejected together.

    Raises
    ------
    ImportRefused
        When the same answers are there already in another form, or the wave has been reported.
    """
    number = wave_id(store, wave)
    if _count(store, "import WHERE wave_id = ? AND sha256 = ?", number, sha256):
        return ImportOutcome(added=False, n_respondents=len(answers))
    if _count(store, "issue WHERE wave_id = ? AND state != 'withdrawn'", number):
        raise ImportRefused(
            f"wave '{wave}' has been reported; further answers would show who came late. Import them as a new wave"
        )
    items = [str(column) for column in answers.columns[ABOUT:]]
    rows = _rows(store, answers)
    hashes = [row_hash(row.pseudonym, row.role, row.team, dict(zip(items, row.codes, strict=True))) for row in rows]
    canonical = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    if _count(store, "import WHERE wave_id = ? AND canonical_sha256 = ?", number, canonical):
        raise ImportRefused(
            f"wave '{wave}' holds the same answers already, from a file that was saved or sorted differently"
        )
    if len(rows) + len(rejected) != n_rows:
        raise StoreError(f"{n_rows} rows were read, but {len(rows)} kept and {len(rejected)} refused; nothing was kept")
    with transaction(store, f"answers imported into wave {wave}") as seq:
        added = store.connection.execute(
            "INSERT INTO import (wave_id, sha256, canonical_sha256, adapter, rows_scored, rows_rejected, seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, sha256, canonical, adapter, len(rows), len(rejected), seq),
        ).lastrowid
        store.connection.executemany(
            "INSERT INTO rejected_row VALUES (?, ?, ?)", [(added, line, reason) for line, reason in rejected]
        )
        for row, digest in zip(rows, hashes, strict=True):
            _insert(store, int(added or 0), row, items, digest)
    return ImportOutcome(added=True, n_respondents=len(rows))


def _insert(store: Store, import_id: int, row: _Row, items: list[str], digest: str) -> None:
    respondent = store.connection.execute(
        "INSERT INTO respondent (import_id, pseudonym, role_id, team_id, row_hash) VALUES (?, ?, ?, ?, ?)",
        (import_id, row.pseudonym, row.role, row.team, digest),
    ).lastrowid
    answers = [(respondent, item, code) for item, code in zip(items, row.codes, strict=True)]
    store.connection.executemany("INSERT INTO response VALUES (?, ?, ?)", answers)


def _rows(store: Store, answers: "pd.DataFrame") -> list[_Row]:
    """Take the table apart; a respondent's id is kept only as a keyed hash, and the key never leaves the store."""
    key = bytes(store.connection.execute("SELECT key FROM meta").fetchone()[0])
    return [
        _Row(keyed_hash(key, str(who)), str(role), team if isinstance(team, str) else None, tuple(map(int, codes)))
        for who, role, team, *codes in answers.itertuples(index=False, name=None)
    ]


def keyed_hash(key: bytes, text: str) -> str:
    """Give the HMAC-SHA256 of a text: without the key nobody can try out who is behind it."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def row_hash(pseudonym: str, role: str, team: str | None, codes: dict[str, int]) -> str:
    """Give the hash of one respondent's row, by which a changed byte is noticed."""
    return hashlib.sha256(json.dumps([pseudonym, role, team, sorted(codes.items())]).encode()).hexdigest()


def _count(store: Store, where: str, *values: object) -> int:
    return int(store.connection.execute(f"SELECT COUNT(*) FROM {where}", values).fetchone()[0])  # noqa: S608 - constant
