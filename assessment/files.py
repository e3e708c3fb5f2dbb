"""Write, sync and rename files so that a reader finds the old state or the new one, never a half."""

import hashlib
import os
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from assessment.errors import AssessmentError

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
LONGEST_SLUG = 100
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
FAULT_POINTS = (  # every point that the product passes; a test looks for each name in the code
    "before_write",
    "after_write",
    "after_sync",
    "after_replace",
    "before_publish",
    "after_publish",
    "before_create",
    "after_create",
    "before_commit",
    "after_commit",
)
on_fault_point: Callable[[str], None] | None = None
"""Installed by tests that kill or fail the process at a named point; nothing else sets it."""


def fault_point(name: str) -> None:
    """Pass a named point of the way from memory to disk."""
    if on_fault_point is not None:
        on_fault_point(name)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file as one step: a temporary file beside it, synced, then renamed."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    fault_point("before_write")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            fault_point("after_write")
            file.flush()
            os.fsync(file.fileno())
        fault_point("after_sync")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    fault_point("after_replace")


def remove_unfinished(folder: Path) -> None:
    """Remove the temporary files of writers that were killed; nobody may be writing there meanwhile."""
    for temporary in folder.glob(".*.tmp*"):
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Replace a text file as one step; UTF-8, line feeds."""
    write_bytes(path, text.encode("utf-8"))


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish_folder(staged: Path, target: Path) -> None:
    """Make a whole folder appear in one rename.

    Raises
    ------
    AssessmentError
        When the target exists: what was published is never overwritten.
    """
    if target.exists() or target.is_symlink():
        raise AssessmentError(f"'{target.name}' was published already; a published report is never overwritten")
    for inside in staged.rglob("*"):
        _sync(inside)
    sync_folder(staged)
    fault_point("before_publish")
    staged.rename(target)
    sync_folder(target.parent)
    fault_point("after_publish")


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    with path.open("rb+") as opened:  # Windows syncs only what is open for writing
        os.fsync(opened.fileno())


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may open; one that is there already is closed to others too."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_slug(text: str, *, field: str) -> str:
    """Give the text back when it can name a folder on every system.

    Raises
    ------
    AssessmentError
        Naming the field and what is allowed.
    """
    if not SLUG.fullmatch(text) or len(text) > LONGEST_SLUG or text in RESERVED:
        shown = ascii(text[:40])[1:-1]
        raise AssessmentError(
            f"{field} '{shown}': use lower-case letters, digits and hyphens, beginning with a letter or digit, "
            f"at most {LONGEST_SLUG}, and no name that a system reserves"
        )
    return text


def safe_child(root: Path, *parts: str) -> Path:
    """Give a path below `root` whose every part is a slug; a symbolic link on the way is not followed.

    Raises
    ------
    AssessmentError
        When a part is no slug, or a link leads elsewhere.
    """
    place = root
    for part in parts:
        place /= check_slug(part, field="folder")
        if place.is_symlink():
            raise AssessmentError(
                f"'{part}' is a link and leads out of its folder; links to other places are not followed"
            )
    return place
