"""Kill or fail a whole run at every named point: what was said to be done is done, the rest is absent or whole."""

import importlib.util
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assessment import files
from assessment.store import answers_of, create_store, has_store, last_issue, list_waves, open_store, reconcile, verify

HERE = Path(__file__).parent
loaded = importlib.util.spec_from_file_location("whole_run", HERE / "whole_run.py")
assert loaded
assert loaded.loader
steps = importlib.util.module_from_spec(loaded)
loaded.loader.exec_module(steps)
ALL = ["created", "imported", "published"]
PASSED_MORE_THAN_ONCE = ("before_commit", "after_commit", "before_write", "after_write", "after_sync", "after_replace")
POINTS = [(point, at) for point in files.FAULT_POINTS for at in ((1, 2, 3, 4) if "commit" in point else (1,))] + [
    (point, 2) for point in PASSED_MORE_THAN_ONCE if "commit" not in point
]


def run(root: Path) -> list[str]:
    done: list[str] = []
    steps.whole_run(root, done.append)
    return done


def check_what_is_there(root: Path, acknowledged: list[str]) -> None:
    folder, reports = root / "organisations" / "acme", root / "reports"
    if not has_store(folder):
        assert acknowledged == []
        return
    with open_store(folder, "acme") as store:
        n = len(answers_of(store, "w1")) if list_waves(store) else 0
        assert n in (0, 7)
        assert n == 7 or "imported" not in acknowledged
        reconcile(store, reports)
        assert verify(store, reports) == []
        issued = last_issue(store, "w1") if n else None
        pages = sorted((reports / "acme" / "w1").glob("*/page.html"))
        assert [page.parent.name for page in pages] == ([issued] if issued else [])
        assert issued or "published" not in acknowledged


def check_it_can_be_repeated(root: Path) -> None:
    assert run(root) == ALL
    check_what_is_there(root, ALL)
    wave = root / "reports" / "acme" / "w1"
    assert (wave / "current").read_text().strip() in {path.name for path in wave.iterdir()}
    assert [path for path in root.rglob("*.tmp*") if ".staging" not in path.parts] == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of other systems")
@pytest.mark.parametrize(("point", "nth"), POINTS)
def test_a_run_that_is_killed_at_a_point_can_be_repeated_to_the_end(tmp_path, point, nth):
    command = [sys.executable, str(HERE / "whole_run.py"), str(tmp_path), point, str(nth)]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, "the point was passed"
    check_what_is_there(tmp_path, killed.stdout.split())
    check_it_can_be_repeated(tmp_path)


@pytest.mark.parametrize(("point", "nth"), POINTS)
def test_a_run_that_fails_at_a_point_can_be_repeated_to_the_end(tmp_path, point, nth, monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(files, "on_fault_point", steps.stop_at(point, nth, steps.fail))
    with pytest.raises(OSError, match="No space left"):
        steps.whole_run(tmp_path, done.append)
    monkeypatch.undo()
    check_what_is_there(tmp_path, done)
    check_it_can_be_repeated(tmp_path)


FULL_DISK = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits work differently there")
@pytest.mark.parametrize(("room", "reached"), [(0.1, []), (0.9, []), (1.0, ["created"])])
def test_a_full_disk_keeps_nothing_half(tmp_path, room, reached):
    create_store(tmp_path / "measured", "measured")
    limit = int(room * (tmp_path / "measured" / "store.sqlite").stat().st_size)
    script = str(HERE / "whole_run.py")
    code = FULL_DISK.replace("sys.argv[0]", repr(script))
    command = [sys.executable, "-c", code, str(limit), str(tmp_path), "none", "1"]
    stopped = subprocess.run(command, capture_output=True, text=True, check=False)
    assert stopped.returncode == 1
    assert stopped.stdout.split() == reached
    check_what_is_there(tmp_path, reached)
    check_it_can_be_repeated(tmp_path)
