"""Let one command at a time work on an organisation, from reading its answers to publishing its report."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from assessment import files
from assessment.errors import StoreError

LOCK = ".writer.lock"


@contextmanager
def only_writer(folder: Path, organisation: str) -> Generator[None]:
    """Hold an organisation's lock; the system gives it back even when the holder is killed.

    Single transactions are safe without it. It keeps two commands apart whose steps belong together: an import that
    slips between scoring and publication, two reports that do not know of each other's figures, a clean-up beside a
    publication.

    Raises
    ------
    StoreError
        When another command holds it; its process number is named.
    """
    files.private_folder(folder)
    with (folder / LOCK).open("a+b") as file:
        try:
            _lock(file)
        except OSError:
            raise StoreError(_held(file, organisation)) from None
        _sign(file)
        yield


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        file.seek(1 << 20)  # locked bytes cannot be read there, so the lock lies behind the number
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists elsewhere only

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sign(file: BinaryIO) -> None:
    file.truncate(0)
    file.write(str(os.getpid()).encode())
    file.flush()


def _held(file: BinaryIO, organisation: str) -> str:
    file.seek(0)
    holder = "".join(c for c in file.read(20).decode("ascii", "replace") if c.isdigit())
    who = f"another command (process {holder})" if holder else "another command"
    return f"{who} is working on '{organisation}'; try again when it has finished"
