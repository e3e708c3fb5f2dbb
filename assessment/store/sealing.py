"""Seal the whole content with every change, so that a byte that differs later is an error and never another score."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping

SEALED: Mapping[str, str] = {
    "sqlite_schema": "type, name, sql",
    "meta": "*",
    "event": "*",
    "wave": "*",
    "import": "id, wave_id, sha256, canonical_sha256, file_name_hash, adapter, rows_scored, rows_rejected, seq",
    "respondent": "*",
    "response": "*",
    "rejected_row": "*",
    "practice": "*",
    "merge_plan": "*",
    "issue": "*",
    "issue_file": "*",
    "ledger": "*",
    "ledger_member": "*",
}
"""Table to columns; the bytes of an original file have a hash of their own."""


def add_seal(connection: sqlite3.Connection, seq: int) -> None:
    """Write down the hash of everything as the last step of a change."""
    connection.execute("INSERT INTO seal (seq, sha256) VALUES (?, ?)", (seq, _content_hash(connection)))


def seal_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Say what is not as it was sealed: the file's own structure, then its content."""
    try:
        findings = [str(finding) for (finding,) in connection.execute("PRAGMA integrity_check(3)")]
        if findings != ["ok"]:
            yield f"its structure is broken ({len(findings)} finding(s))"
        elif not _has_its_seal(connection):
            yield "its content is not what was stored"
    except UnicodeDecodeError:  # SQLite quotes a damaged name in its own message
        yield "its structure is broken"


def _has_its_seal(connection: sqlite3.Connection) -> bool:
    sealed = connection.execute("SELECT sha256 FROM seal ORDER BY seq DESC LIMIT 1").fetchone()
    if sealed is None:
        return connection.execute("SELECT COUNT(*) FROM event").fetchone()[0] == 0
    return sealed[0] == _content_hash(connection)


def _content_hash(connection: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for table, columns in SEALED.items():
        rows = connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - constants
        digest.update("\n".join([table, *sorted(map(repr, rows))]).encode())
    return digest.hexdigest()
