"""Define the tables of a store: answers are added and never changed, the ledger of what was printed likewise."""

from collections.abc import Iterator

VERSION = 1

TABLES = """
CREATE TABLE meta (
    store_id TEXT NOT NULL, organisation_id TEXT NOT NULL, schema_version INTEGER NOT NULL, key BLOB NOT NULL
) STRICT;
CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, what TEXT NOT NULL) STRICT;
CREATE TABLE seal (seq INTEGER PRIMARY KEY REFERENCES event(seq), sha256 TEXT NOT NULL) STRICT;
CREATE TABLE wave (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, questionnaire TEXT NOT NULL, version TEXT NOT NULL,
    form TEXT NOT NULL, policy_json TEXT NOT NULL, roster_json TEXT NOT NULL, retain_until TEXT,
    opened_seq INTEGER NOT NULL REFERENCES event(seq), closed_seq INTEGER REFERENCES event(seq),
    purged_seq INTEGER REFERENCES event(seq)
) STRICT;
CREATE TABLE import (
    id INTEGER PRIMARY KEY, wave_id INTEGER NOT NULL REFERENCES wave(id), sha256 TEXT NOT NULL,
    canonical_sha256 TEXT NOT NULL, file_name_hash TEXT, bytes BLOB, adapter TEXT NOT NULL,
    rows_scored INTEGER NOT NULL, rows_rejected INTEGER NOT NULL, seq INTEGER NOT NULL UNIQUE REFERENCES event(seq),
    UNIQUE (wave_id, sha256)
) STRICT;
CREATE TABLE respondent (
    id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES import(id), pseudonym TEXT NOT NULL,
    role_id TEXT NOT NULL, team_id TEXT, row_hash TEXT NOT NULL, UNIQUE (import_id, pseudonym)
) STRICT;
CREATE TABLE response (
    respondent_id INTEGER NOT NULL REFERENCES respondent(id), item_id TEXT NOT NULL,
    code INTEGER NOT NULL CHECK (code >= -3), PRIMARY KEY (respondent_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejected_row (
    import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE practice (
    id INTEGER PRIMARY KEY, wave_id INTEGER NOT NULL REFERENCES wave(id), practice_id TEXT NOT NULL, value INTEGER,
    applies INTEGER NOT NULL CHECK (applies IN (0, 1)), reason TEXT, owner TEXT,
    seq INTEGER NOT NULL REFERENCES event(seq)
) STRICT;
CREATE TABLE merge_plan (wave_id INTEGER PRIMARY KEY REFERENCES wave(id), plan_json TEXT NOT NULL) STRICT;
CREATE TABLE issue (
    id INTEGER PRIMARY KEY, wave_id INTEGER NOT NULL REFERENCES wave(id), number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('issuing', 'issued', 'withdrawn')), manifest_json TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event(seq), UNIQUE (wave_id, number)
) STRICT;
CREATE TABLE issue_file (
    issue_id INTEGER NOT NULL REFERENCES issue(id), path TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY, issue_id INTEGER NOT NULL REFERENCES issue(id),
    wave_id INTEGER NOT NULL REFERENCES wave(id), figure TEXT NOT NULL, group_id TEXT NOT NULL,
    measure TEXT NOT NULL, status TEXT NOT NULL
) STRICT;
CREATE TABLE ledger_member (
    ledger_id INTEGER NOT NULL REFERENCES ledger(id), pseudonym TEXT NOT NULL, numerator TEXT NOT NULL,
    denominator TEXT NOT NULL, PRIMARY KEY (ledger_id, pseudonym)
) STRICT, WITHOUT ROWID;
"""

APPEND_ONLY = (
    "meta",
    "event",
    "seal",
    "import",
    "respondent",
    "response",
    "rejected_row",
    "practice",
    "merge_plan",
    "issue_file",
    "ledger",
    "ledger_member",
)
FROZEN = {
    "wave": "id, name, questionnaire, version, form, policy_json, roster_json, opened_seq",
    "issue": "id, wave_id, number, manifest_json, seq",
}
"""Of these tables the named columns never change; the others tell how far a wave or an issue has come."""


def statements() -> str:
    """Give the whole schema, with the triggers that refuse to change or delete what was added."""
    return "\n".join(["BEGIN;", TABLES, *_triggers(), f"PRAGMA user_version = {VERSION};", "COMMIT;"])


def _triggers() -> Iterator[str]:
    for table in APPEND_ONLY:
        yield _refuse(f"{table}_no_update", f"UPDATE ON {table}", f"{table} is append-only")
    for table in (*APPEND_ONLY, *FROZEN):
        yield _refuse(f"{table}_no_delete", f"DELETE ON {table}", f"{table} is append-only")
    for table, columns in FROZEN.items():
        yield _refuse(f"{table}_frozen", f"UPDATE OF {columns} ON {table}", f"{table} is frozen")
    yield _refuse("issue_settled", "UPDATE OF state ON issue WHEN OLD.state != 'issuing'", "issue is settled")


def _refuse(name: str, action: str, why: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {action} BEGIN SELECT RAISE(ABORT, '{why}'); END;"
