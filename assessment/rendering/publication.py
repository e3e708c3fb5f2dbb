"""Publish a report whole or not at all: ledger first, then one rename, then the pointer."""

import os
import secrets
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assessment import files
from assessment.staging import Staged
from assessment.store import Store, begin_issue, finish_issue, withdraw_issue

STAGING = ".staging"
POINTER = "current"


@contextmanager
def staging_folder(reports: Path) -> Generator[Path]:
    """Give a private folder that is gone afterwards, whatever happened."""
    folder = reports / STAGING / f"{os.getpid()}-{secrets.token_hex(8)}"
    files.private_folder(reports / STAGING)
    files.private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    contents: Mapping[str, str], *, store: Store, staged: Staged, run: Path, reports: Path, organisation: str, wave: str
) -> Path:
    """Write the files of one issue, enter them in the ledger, and make them appear in one rename.

    Returns
    -------
    Path
        The published folder ``reports/<organisation>/<wave>/<issue>``.
    """
    ready = run / "ready"
    files.private_folder(ready)
    for name, text in contents.items():
        files.write_text(ready / name, text)
    hashes = {name: files.sha256_of(ready / name) for name in contents}
    issue = begin_issue(
        store,
        wave=wave,
        manifest=staged.results().provenance,
        ledger_rows=staged.ledger(),
        merge_plan=staged.plan(),
        hashes=hashes,
    )
    target = reports / organisation / wave / issue
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.publish_folder(ready, target)
    except BaseException:
        withdraw_issue(store, wave, issue)
        raise
    finish_issue(store, wave, issue)
    files.write_text(target.parent / POINTER, f"{issue}\n")
    return target


def current_issue(reports: Path, organisation: str, wave: str) -> Path | None:
    """Give the folder of the newest issue of a wave, if one was published."""
    pointer = reports / organisation / wave / POINTER
    if not pointer.is_file():
        return None
    return pointer.parent / pointer.read_text(encoding="utf-8").strip()
