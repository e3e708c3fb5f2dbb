"""Check a store and the reports made from it against what was written down."""

from collections.abc import Iterator
from pathlib import Path

from assessment import files
from assessment.errors import StoreError
from assessment.store.answers import answers_of
from assessment.store.issues import issue_name
from assessment.store.opening import Store
from assessment.store.reconciliation import unknown_folders
from assessment.store.sealing import seal_problems
from assessment.store.waves import list_waves


def verify(store: Store, reports: Path | None = None) -> list[str]:
    """List everything that is not as it was written: the file's own integrity, each row, each published report."""
    return [*(list(_content(store)) or _rows(store)), *(_reports(store, reports) if reports else [])]


def _content(store: Store) -> Iterator[str]:
    for problem in seal_problems(store.connection):
        yield f"store of '{store.organisation}': {problem}"
    for table, *_ in store.connection.execute("PRAGMA foreign_key_check"):
        yield f"store of '{store.organisation}': a row of '{table}' has lost what it belongs to"


def _rows(store: Store) -> Iterator[str]:
    for wave in list_waves(store):
        try:
            answers_of(store, wave.name)
        except StoreError as error:
            yield f"wave '{wave.name}': {error.headline}"


def _reports(store: Store, reports: Path) -> Iterator[str]:
    rows = store.connection.execute(
        "SELECT w.name, i.number, f.path, f.sha256 FROM issue_file f JOIN issue i ON i.id = f.issue_id "
        "JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issued' ORDER BY w.name, i.number, f.path"
    ).fetchall()
    for wave, number, name, digest in rows:
        path = reports / store.organisation / wave / issue_name(number) / name
        if not path.is_file():
            yield f"report {wave}/{issue_name(number)}: {name} is missing"
        elif files.sha256_of(path) != digest:
            yield f"report {wave}/{issue_name(number)}: {name} was changed after it was published"
    known = {reports / store.organisation / wave / issue_name(number) / name for wave, number, name, _ in rows}
    for folder in sorted((reports / store.organisation).glob("*/*/")):
        yield from _strangers(folder, known)
    for folder in unknown_folders(store, reports):
        yield f"report {folder.parent.name}/{folder.name}: was never entered in the ledger"


def _strangers(folder: Path, known: set[Path]) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in known:
            yield f"report {folder.parent.name}/{folder.name}: {path.name} was added after it was published"
