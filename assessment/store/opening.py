"""Make and open a store; a store that lies in the wrong place is not read."""

import secrets
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessment import files
from assessment.errors import StoreError
from assessment.store.schema import VERSION, statements
from assessment.store.sealing import add_seal, seal_problems

FILE = "store.sqlite"
MAGIC = b"SQLite format 3\x00"
PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE would delete behind the triggers
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
    files.check_slug(organisation, field="organisation")
    if has_store(folder):
        raise StoreError(f"'{organisation}' has a store already")
    files.private_folder(folder)
    temporary = folder / f".{FILE}.{secrets.token_hex(4)}.tmp"
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            _prepare(connection)
            connection.executescript(statements())
            identity = (secrets.token_hex(16), organisation, VERSION, secrets.token_bytes(32))
            connection.execute("INSERT INTO meta VALUES (?, ?, ?, ?)", identity)
        temporary.chmod(0o600)
        files.fault_point("before_create")
        temporary.replace(folder / FILE)
    finally:
        temporary.unlink(missing_ok=True)
    files.sync_folder(folder)
    files.fault_point("after_create")


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
    _check_header(folder / FILE, organisation)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        _identify(connection, organisation)
        yield Store(organisation, folder, connection)
    except sqlite3.IntegrityError:
        raise  # a rule of the tables was broken: a fault of ours, not of the file
    except sqlite3.OperationalError as error:
        raise StoreError(_in_plain_words(error, organisation)) from None
    except sqlite3.DatabaseError:
        raise damaged(organisation) from None
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _check_header(path: Path, organisation: str) -> None:
    """Read the version off the first bytes: SQLite itself may write to a file when it opens it."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(MAGIC):
        raise damaged(organisation)
    if int.from_bytes(header[60:64], "big") > VERSION:
        raise StoreError(
            f"the store of '{organisation}' was written by a newer version of this software; nothing was changed. "
            "Update the software"
        )


def _identify(connection: sqlite3.Connection, organisation: str) -> None:
    connection.text_factory = _text  # what is damaged is found by the hash of its row
    try:
        _prepare(connection)
        row = connection.execute("SELECT organisation_id FROM meta").fetchone()
    except UnicodeDecodeError:  # SQLite quotes the damaged schema in its own message
        raise damaged(organisation) from None
    if row is None:
        raise damaged(organisation)
    if row[0] != organisation:
        raise StoreError(f"the store in the folder of '{organisation}' belongs to '{row[0]}'; nothing was read from it")


def check_sealed(store: Store) -> None:
    """Refuse a store whose content is not what was written last.

    Raises
    ------
    StoreError
        Saying what kind of damage it is.
    """
    for problem in seal_problems(store.connection):
        raise damaged(store.organisation, problem)


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def damaged(organisation: str, what: str = "it cannot be read") -> StoreError:
    """Give the error of a store whose content is not what was written."""
    return StoreError(f"the store of '{organisation}' is damaged: {what}; restore a backup of {FILE}")


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
        seq = int(connection.execute("INSERT INTO event (at, what) VALUES (?, ?)", (now, what)).lastrowid or 0)
        yield seq
        add_seal(connection, seq)
        files.fault_point("before_commit")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    files.fault_point("after_commit")
