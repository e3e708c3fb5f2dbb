"""Go the whole way once, from an empty folder to a published report; say each step when it is done."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from assessment import files
from assessment.store import (
    Store,
    add_import,
    answers_of,
    begin_issue,
    create_store,
    finish_issue,
    has_store,
    last_issue,
    only_writer,
    open_store,
    open_wave,
    reconcile,
)

ITEMS = [f"q{n}" for n in range(120)]
ROWS = [(f"r{n}", "PM", None, *([1 + n % 5] * len(ITEMS))) for n in range(7)]


def whole_run(root: Path, done: Callable[[str], None]) -> None:
    folder, reports = root / "organisations" / "acme", root / "reports"
    with only_writer(folder, "acme"):
        if not has_store(folder):
            create_store(folder, "acme")
        done("created")
        with open_store(folder, "acme") as store:
            reconcile(store, reports)
            open_wave(store, wave="w1", questionnaire="q", version="1", policy={}, roster={}, retain_until=None)
            if last_issue(store, "w1") is None:
                table = pd.DataFrame(ROWS, columns=["respondent", "role", "team", *ITEMS])
                add_import(store, wave="w1", sha256="a", adapter="g", answers=table, rejected=[(9, "blank")], n_rows=8)
            done("imported")
            if last_issue(store, "w1") is None:
                publish(store, reports)
            done("published")


def publish(store: Store, reports: Path) -> None:
    ready = reports / ".staging" / f"{os.getpid()}-aa" / "ready"
    files.private_folder(ready)
    files.write_text(ready / "page.html", "<p>" * 5000)
    weights = dict.fromkeys(answers_of(store, "w1")["respondent"], (1, 7))
    row = {"figure": "f", "group": "organisation", "measure": "LE", "status": "shown", "weights": weights}
    hashes = {"page.html": files.sha256_of(ready / "page.html")}
    issue = begin_issue(store, wave="w1", manifest={}, ledger_rows=[row], merge_plan={}, hashes=hashes)
    wave = reports / "acme" / "w1"
    wave.mkdir(parents=True, exist_ok=True)
    files.publish_folder(ready, wave / issue)
    finish_issue(store, "w1", issue)
    files.write_text(wave / "current", f"{issue}\n")


def stop_at(point: str, nth: int, stop: Callable[[], None]) -> Callable[[str], None]:
    """Give a hook that stops when a point is passed for the nth time."""
    passed: list[str] = []

    def hook(name: str) -> None:
        passed.extend([name] if name == point else [])
        if name == point and len(passed) == nth:
            stop()

    return hook


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


if __name__ == "__main__":
    _, place, fault, count = sys.argv
    files.on_fault_point = stop_at(fault, int(count), kill)
    whole_run(Path(place), lambda step: print(step, flush=True))  # noqa: T201 - the parent reads it
