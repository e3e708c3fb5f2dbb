"""Read a workbook or a large text in a limited process of its own, so that a hostile file cannot hurt this one."""

import json
import os
import subprocess
import sys
import threading
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from assessment.errors import ImportRefused
from assessment.sheets.grid import Grid
from assessment.sheets.limits import MIB, Limits
from assessment.sheets.refusals import problem, refused
from assessment.sheets.texts import PLACE, Texts

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS")
CHILD = Path(__file__).with_name("child.py")


class _Sheet(BaseModel):
    """What the child writes about one grid, the places of its cells left out."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    words: list[tuple[str, ...]]
    n_rows: int
    container: str
    encoding: str
    delimiter: str
    sheet: str | None
    notes: tuple[str, ...]


class _Reply(BaseModel):
    """What the child writes: grids, or the headline and the problems of a refusal."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    grids: list[_Sheet] = []
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
    head, _, places = _run(name, [json.dumps(request).encode(), b"\n", data], limits).partition(b"\n")
    reply = _Reply.model_validate_json(head)
    if reply.refused:
        raise ImportRefused(*reply.refused)
    return list(_grids(reply.grids, memoryview(places)))


def _grids(sheets: Sequence[_Sheet], places: memoryview) -> Iterator[Grid]:
    """Put words and places together again; a place without a word is a fault of the child."""
    for sheet in sheets:
        size = sheet.n_rows * array(PLACE).itemsize
        columns: list[Texts] = []
        for words in sheet.words:
            own, places = array(PLACE, bytes(places[:size])), places[size:]
            if len(own) != sheet.n_rows or (own and int(np.frombuffer(own, own.typecode).max()) >= len(words)):
                raise ValueError("the reading process wrote no whole table")
            columns.append(Texts(words, own))
        yield Grid(tuple(columns), **sheet.model_dump(exclude={"words", "n_rows"}))


def _run(name: str, sent: Sequence[bytes], limits: Limits) -> bytes:
    """Give what the child wrote; it is stopped when its time is over."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A parser's last words may quote a cell.
        stderr=subprocess.DEVNULL,
        # One thread each: threads of a numeric library reserve address space, which is limited.
        env=os.environ | dict.fromkeys(THREADS, "1"),
    )
    deadline = threading.Timer(limits.seconds, child.kill)
    deadline.start()
    try:
        written = _exchanged(child, sent)
    finally:
        deadline.cancel()
        deadline.join()
    if child.returncode:
        raise refused(name, [problem("E01", _cost(limits))])
    return written


def _exchanged(child: "subprocess.Popen[bytes]", sent: Sequence[bytes]) -> bytes:
    """Send everything, then read everything: the child writes nothing before it has read all, or has stopped."""
    with child:
        if child.stdin is None or child.stdout is None:
            raise TypeError("the child has pipes")
        with suppress(BrokenPipeError), child.stdin as pipe:
            for part in sent:
                pipe.write(part)
        return child.stdout.read()


def _cost(limits: Limits) -> str:
    return (
        f"Reading it took more than {limits.seconds} seconds or {limits.memory_bytes // MIB} MiB of memory, or broke "
        "the reader. Save the sheet with the answers as 'CSV UTF-8' and import that."
    )
