"""Read a workbook or a large text in a limited process of its own, so that a hostile file cannot hurt this one."""

import json
import os
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assessment.errors import ImportRefused
from assessment.sheets.grid import Grid
from assessment.sheets.limits import MIB, Limits
from assessment.sheets.refusals import problem, refused

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS")
CHILD = Path(__file__).with_name("child.py")


class _Reply(BaseModel):
    """What the child writes: grids, or the headline and the problems of a refusal."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    grids: list[Grid] = []
    refused: tuple[str, list[str]] | None = None


def parsed_apart(
    name: str, data: bytes, known_texts: Collection[str], limits: Limits, also: Collection[str] = ()
) -> list[Grid]:
    """Parse in a child process with limited memory, processor and wall time.

    Raises
    ------
    ImportRefused
        What the child refused, or E01 when it broke a limit.
    """
    request = {
        "name": name,
        "known_texts": sorted(known_texts),
        "limits": asdict(limits),
        "also": sorted(also),
        "paths": [path for path in sys.path if path and Path(path).is_dir()],
    }
    reply = _Reply.model_validate_json(_run(name, json.dumps(request).encode() + b"\n" + data, limits))
    if reply.refused:
        raise ImportRefused(*reply.refused)
    return reply.grids


def _run(name: str, sent: bytes, limits: Limits) -> bytes:
    """Give what the child wrote; the exception of a timeout carries that too, so it ends here."""
    written = None
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", str(CHILD)],
            input=sent,
            stdout=subprocess.PIPE,
            # A parser's last words may quote a cell.
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            # One thread each: threads of a numeric library reserve address space, which is limited.
            env=os.environ | dict.fromkeys(THREADS, "1"),
            check=False,
        )
        written = None if done.returncode else done.stdout
    if written is None:
        raise refused(name, [problem("E01", _cost(limits))])
    return written


def _cost(limits: Limits) -> str:
    return (
        f"Reading it took more than {limits.seconds} seconds or {limits.memory_bytes // MIB} MiB of memory, or broke "
        "the reader. Save the sheet with the answers as 'CSV UTF-8' and import that."
    )
