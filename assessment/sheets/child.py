"""Run as a process of its own: limit it, parse the bytes on standard input, write the grids.

The reply is a line of JSON with the distinct texts of every column, and behind it the places of all columns as bytes.

Started as ``python -I -S child.py`` with a request line and the file's bytes on standard input. The start-up of the
packages around it is not run, and site-packages are found through the paths in the request, so the process is there in
a few hundredths of a second. Refusals come back as JSON too; nothing is pickled.
"""

import json
import sys
from array import array
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    import resource
except ImportError:  # not on every platform
    resource = None

FORBIDDEN = ("socket.connect", "socket.bind", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def limit_process(*, memory_bytes: int, seconds: int) -> None:
    """Limit memory and processor time where the platform can, and refuse network and further processes."""
    if resource:
        _lower(resource.RLIMIT_AS, memory_bytes)
        _lower(resource.RLIMIT_CPU, seconds)
        _lower(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse)


def _lower(kind: int, wanted: int) -> None:
    """Lower one limit, never above what is already in force."""
    if resource is None:
        return
    _, hard = resource.getrlimit(kind)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    # Some systems list a limit that they do not let anyone set; the parent's wall time then stands alone.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, limit))


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in FORBIDDEN:
        raise PermissionError(event)


def _make_importable(paths: list[str]) -> None:
    """Let the parser be imported without running the start-up of the packages around it."""
    sys.path[:0] = paths
    folder = Path(__file__).parent
    for name, place in (("assessment", folder.parent), ("assessment.sheets", folder)):
        package = ModuleType(name)
        package.__path__ = [str(place)]
        sys.modules[name] = package


def answer(request: Mapping[str, Any], data: bytes) -> tuple[dict[str, object], "list[array[int]]"]:
    """Parse, and give either the grids or the refusal as plain values, and the places of every column."""
    from assessment.errors import ImportRefused  # noqa: PLC0415  (importable only now)
    from assessment.sheets.limits import Limits  # noqa: PLC0415
    from assessment.sheets.parse import parsed  # noqa: PLC0415

    try:
        grids = parsed(request["name"], data, request["known_texts"], Limits(**request["limits"]), request["also"])
    except ImportRefused as error:
        return {"refused": [error.headline, list(error.problems)]}, []
    facts = [
        {"words": [column.words for column in grid.columns], "n_rows": grid.n_rows, **_facts(grid)} for grid in grids
    ]
    return {"grids": facts}, [column.places for grid in grids for column in grid.columns]


def _facts(grid: object) -> dict[str, object]:
    return {name: value for name, value in vars(grid).items() if name not in ("columns", "sha256")}


def main() -> None:
    """Read the request line and the bytes, write the reply."""
    request = json.loads(sys.stdin.buffer.readline())
    limit_process(memory_bytes=request["limits"]["memory_bytes"], seconds=request["limits"]["seconds"])
    _make_importable(request["paths"])
    reply, places = answer(request, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    for column in places:
        sys.stdout.buffer.write(column)


if __name__ == "__main__":
    main()
