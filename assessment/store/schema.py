"""Define the tables of a store: answers are added and never changed, the ledger of what was printed likewise."""

VERSION = 1

TABLES = """
CREATE TABLE meta (
    store_id TEXT NOT NULL, organisation_id TEXT NOT NULL, schema_version INTEGER NOT NULL, key BLOB NOT NULL
) STRICT;
CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, what TEXT NOT NULL) STRICT;
CREATE TABLE wave (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, questionnaire TEXT NOT NULL, version TEXT NOT NULL,
    policy_json TEXT NOT NULL, roster_json TEXT NOT NULL, retain_until TEXT,
    opened_seq INTEGER NOT NULL REFERENCES event(seq)
) STRICT;
CREATE TABLE import (
    id INTEGER PRIMARY KEY, wave_id INTEGER NOT NULL REFERENCES wave(id), sha256 TEXT NOT NULL,
    canonical_sha256 TEXT NOT NULL,
    adapter TEXT NOT NULL, rows_scored INTEGER NOT NULL, rows_rejected INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event(seq), UNIQUE (wave_id, sha256)
) STRICT;
CREATE TABLE respondent (
    id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES import(id), pseudonym TEXT NOT NULL,
    role_id TEXT NOT NULL,
    team_id TEXT, row_hash TEXT NOT NULL, UNIQUE (import_id, pseudonym)
) STRICT;
CREATE TABLE response (
    respondent_id INTEGER NOT NULL REFERENCES respondent(id), item_id TEXT NOT NULL, code INTEGER NOT NULL,
    PRIMARY KEY (respondent_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejected_row (
    import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL, reason TEXT NOT NULL
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
    id INTEGER PRIMARY KEY, issue_id INTEGER NOT NULL REFERENCES issue(id), figure TEXT NOT NULL,
    group_id TEXT NOT NULL,
    measure TEXT NOT NULL, status TEXT NOT NULL
) STRICT;
CREATE TABLE ledger_member (
    ledger_id INTEGER NOT NULL REFERENCES ledger(id), pseudonym TEXT NOT NULL, numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    PRIMARY KEY (ledger_id, pseudonym)
) STRICT, WITHOUT ROWID;
"""

APPEND_ONLY = ("response", "respondent", "rejected_row", "import", "issue_file", "ledger", "ledger_member", "event")


def statements() -> str:
    """Give the whole schema, with the triggers that refuse to change or delete what was added."""
    triggers = [
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        for table in APPEND_ONLY
        for action in ("UPDATE", "DELETE")
    ]
    return TABLES + "\n".join(triggers) + f"\nPRAGMA user_version = {VERSION};"
