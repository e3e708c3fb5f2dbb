"""Put right what a crash left half done, before anything new begins."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from assessment import files
from assessment.store.issues import finish_issue, issue_name, last_issue, withdraw_issue
from assessment.store.opening import Store
from assessment.store.waves import list_waves

POINTER = "current"
STAGING = ".staging"
QUARANTINE = ".quarantine"


def reconcile(store: Store, reports: Path) -> None:
    """Finish or withdraw what an interrupted run left: whole files with the right hashes count, everything else goes.

    A folder that no row stands for is moved aside to ``reports/.quarantine``; the pointer names the newest issue;
    working folders of processes that are gone are removed. Call it while `only_writer` is held, else it would take a
    report that is being published for one that was interrupted.
    """
    for wave, number, hashes in list(_begun(store)):
        folder = reports / store.organisation / wave / issue_name(number)
        if is_whole(folder, hashes):
            finish_issue(store, wave, issue_name(number))
        else:
            withdraw_issue(store, wave, issue_name(number))
    _set_aside(store, reports)
    for wave in list_waves(store):
        _point_to_newest(store, wave.name, reports)
    _sweep(reports / STAGING)
    for folder in (store.folder, *(reports / store.organisation).glob("*/")):
        files.remove_unfinished(folder)


def _begun(store: Store) -> Iterator[tuple[str, int, dict[str, str]]]:
    rows = store.connection.execute(
        "SELECT i.id, w.name, i.number FROM issue i JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issuing'"
    ).fetchall()
    for entry, wave, number in rows:
        hashes = store.connection.execute("SELECT path, sha256 FROM issue_file WHERE issue_id = ?", (entry,))
        yield wave, number, dict(hashes)


def is_whole(folder: Path, hashes: Mapping[str, str]) -> bool:
    """Tell whether a folder holds exactly the files that were written down, unchanged."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return (
        bool(hashes)
        and there.keys() == hashes.keys()
        and all(files.sha256_of(path) == hashes[name] for name, path in there.items())
    )


def _set_aside(store: Store, reports: Path) -> None:
    for folder in unknown_folders(store, reports):
        aside = reports / QUARANTINE / store.organisation / folder.parent.name
        files.private_folder(aside)
        folder.rename(aside / f"{folder.name}-{len(list(aside.iterdir()))}")


def unknown_folders(store: Store, reports: Path) -> list[Path]:
    """Give the report folders that no published issue stands for."""
    issued = store.connection.execute(
        "SELECT w.name, i.number FROM issue i JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issued'"
    )
    known = {(wave, issue_name(number)) for wave, number in issued}
    folders = sorted((reports / store.organisation).glob("*/*/"))
    return [folder for folder in folders if (folder.parent.name, folder.name) not in known]


def _point_to_newest(store: Store, wave: str, reports: Path) -> None:
    issue = last_issue(store, wave)
    pointer = reports / store.organisation / wave / POINTER
    if issue and pointer.parent.is_dir() and not _says(pointer, issue):
        files.write_text(pointer, f"{issue}\n")


def _says(pointer: Path, issue: str) -> bool:
    return pointer.is_file() and pointer.read_text(encoding="utf-8").strip() == issue


def _sweep(staging: Path) -> None:
    for folder in staging.glob("*-*/"):
        process = folder.name.partition("-")[0]
        if process.isdigit() and not _is_running(int(process)):
            shutil.rmtree(folder)


def _is_running(process: int) -> bool:
    """Ask the system about a process; a number that was given out again counts as running, so its folder just stays."""
    if sys.platform == "win32":
        return True  # asking would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
