"""Run as a process of its own: limit it, parse the bytes on standard input, write the grids as JSON.

Started as ``python -I -S child.py`` with a request line and the file's bytes on standard input. The package's own
``__init__`` is not run, and site-packages are found through the paths in the request, so the process starts in a few
hundredths of a second. Refusals come back as JSON too; nothing is pickled.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

FORBIDDEN = ("socket.connect", "socket.bind", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def limit_process(*, memory_bytes: int, seconds: int) -> None:
    """Limit memory and processor time where the platform can, and refuse network and further processes."""
    try:
        import resource  # noqa: PLC0415  (not on every platform)
    except ImportError:
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in FORBIDDEN:
        raise PermissionError(event)


def _make_importable(paths: list[str]) -> None:
    """Let the sheets be imported without running the package's own start-up."""
    sys.path[:0] = paths
    package = ModuleType("assessment")
    package.__path__ = [str(Path(__file__).parent.parent)]
    sys.modules["assessment"] = package


def answer(request: Mapping[str, Any], data: bytes) -> dict[str, object]:
    """Parse, and give either the grids or the refusal as plain values."""
    from assessment.errors import ImportRefused  # noqa: PLC0415  (importable only now)
    from assessment.sheets.limits import Limits  # noqa: PLC0415
    from assessment.sheets.parse import parsed  # noqa: PLC0415

    try:
        grids = parsed(request["name"], data, request["known_texts"], Limits(**request["limits"]))
    except ImportRefused as error:
        return {"refused": [error.headline, list(error.problems)]}
    return {"grids": [vars(grid) for grid in grids]}


def main() -> None:
    """Read the request line and the bytes, write the reply."""
    request = json.loads(sys.stdin.buffer.readline())
    limit_process(memory_bytes=request["limits"]["memory_bytes"], seconds=request["limits"]["seconds"])
    _make_importable(request["paths"])
    reply = answer(request, sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(reply))


if __name__ == "__main__":
    main()
