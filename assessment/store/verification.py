"""Check a store and the reports made from it against what was written down."""

from collections.abc import Iterator
from pathlib import Path

from assessment import files
from assessment.errors import StoreError
from assessment.store.answers import answers_of
from assessment.store.opening import Store
from assessment.store.waves import list_waves


def verify(store: Store, reports: Path | None = None) -> list[str]:
    """List everything that is not as it was written: the file's own integrity, each row, each published report."""
    return [*_integrity(store), *_rows(store), *(_files(store, reports) if reports else [])]


def _integrity(store: Store) -> Iterator[str]:
    for (finding,) in store.connection.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"store of '{store.organisation}': {finding}"


def _rows(store: Store) -> Iterator[str]:
    for wave in list_waves(store):
        try:
            answers_of(store, wave.name)
        except StoreError as error:
            yield f"wave '{wave.name}': {error.headline}"


def _files(store: Store, reports: Path) -> Iterator[str]:
    rows = store.connection.execute(
        "SELECT w.name, i.number, f.path, f.sha256 FROM issue_file f JOIN issue i ON i.id = f.issue_id "
        "JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issued' ORDER BY w.name, i.number, f.path"
    )
    for wave, number, name, digest in rows:
        path = reports / store.organisation / wave / f"{number:04d}" / name
        if not path.is_file():
            yield f"report {wave}/{number:04d}: {name} is missing"
        elif files.sha256_of(path) != digest:
            yield f"report {wave}/{number:04d}: {name} was changed after it was published"
