"""Make and open a store; a store that lies in the wrong place is not read."""

import secrets
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessment import files
from assessment.errors import StoreError
from assessment.store.schema import VERSION, statements

FILE = "store.sqlite"
PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


@dataclass(frozen=True)
class Store:
    """An open store of one organisation."""

    organisation: str
    folder: Path
    connection: sqlite3.Connection


def has_store(folder: Path) -> bool:
    """Tell whether an organisation's folder holds a store."""
    return (folder / FILE).is_file()


def create_store(folder: Path, organisation: str) -> None:
    """Make an empty store; it appears whole or not at all.

    Raises
    ------
    StoreError
        When there is one already.
    """
    if has_store(folder):
        raise StoreError(f"'{organisation}' has a store already")
    temporary = folder / f".{FILE}.{secrets.token_hex(4)}.tmp"
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        _prepare(connection)
        connection.executescript(statements())
        identity = (secrets.token_hex(16), organisation, VERSION, secrets.token_bytes(32))
        connection.execute("INSERT INTO meta VALUES (?, ?, ?, ?)", identity)
        connection.close()
        temporary.chmod(0o600)
        temporary.replace(folder / FILE)
    finally:
        temporary.unlink(missing_ok=True)
    files.sync_folder(folder)


@contextmanager
def open_store(folder: Path, organisation: str) -> Generator[Store]:
    """Open an organisation's store and close it afterwards.

    Raises
    ------
    StoreError
        When there is none, when it belongs to another organisation, is damaged, or was made by a newer version.
    """
    if not has_store(folder):
        raise StoreError(
            f"'{organisation}' has no answers yet; import some first: assess import {organisation} FILE --wave WAVE"
        )
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        _prepare(connection)
        _check_identity(connection, organisation)
        yield Store(organisation, folder, connection)
    except sqlite3.OperationalError as error:
        raise StoreError(_in_plain_words(error, organisation)) from None
    except sqlite3.DatabaseError:
        raise StoreError(f"the store of '{organisation}' is damaged; restore a backup of {FILE}") from None
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _check_identity(connection: sqlite3.Connection, organisation: str) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StoreError(
            f"the store of '{organisation}' was written by a newer version of this software; nothing was changed"
        )
    owner = str(connection.execute("SELECT organisation_id FROM meta").fetchone()[0])
    if owner != organisation:
        raise StoreError(f"the store in the folder of '{organisation}' belongs to '{owner}'; nothing was read from it")


def _in_plain_words(error: sqlite3.OperationalError, organisation: str) -> str:
    if "locked" in str(error):
        return f"another command is writing to the store of '{organisation}'; try again when it has finished"
    return f"the store of '{organisation}' could not be read or written: {error}"


@contextmanager
def transaction(store: Store, what: str) -> Generator[int]:
    """Do everything inside or nothing; gives the number of the event that stands for it in the log."""
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        seq = connection.execute("INSERT INTO event (at, what) VALUES (?, ?)", (now, what)).lastrowid
        yield int(seq or 0)
        files.fault_point("before_commit")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    files.fault_point("after_commit")
