"""What is acknowledged is kept, what is kept is never changed, and a store never serves another organisation."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from assessment import files
from assessment.errors import ImportRefused, StoreError
from assessment.store import (
    add_import,
    answers_hash,
    answers_of,
    begin_issue,
    create_store,
    finish_issue,
    last_issue,
    ledger_of,
    list_waves,
    open_store,
    open_wave,
    reconcile,
    verify,
    wave_settings,
    withdraw_issue,
)
from assessment.store.schema import APPEND_ONLY


def answers(*rows: tuple[str, str, str | None, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["respondent", "role", "team", "q1", "q2"])
    return table.astype({"q1": "int8", "q2": "int8"})


THREE = answers(("r1", "PM", "north", 4, -1), ("r2", "EN", None, 2, -3), ("r3", "EN", "south", 5, -2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "acme"
    place.mkdir()
    create_store(place, "acme")
    with open_store(place, "acme") as store:
        open_wave(store, wave="w1", questionnaire="q", version="1.0.0", policy={"k": 5}, roster={}, retain_until=None)
    return place


def put(folder: Path, table: pd.DataFrame = THREE, *, sha256: str = "a", rejected=(), n_rows: int | None = None):
    with open_store(folder, "acme") as store:
        n = len(table) + len(rejected) if n_rows is None else n_rows
        return add_import(
            store, wave="w1", sha256=sha256, adapter="generic", answers=table, rejected=rejected, n_rows=n
        )


def stored(folder: Path) -> pd.DataFrame:
    with open_store(folder, "acme") as store:
        return answers_of(store, "w1")


def test_answers_come_back_as_they_were_with_their_states(folder):
    assert put(folder).added
    back = stored(folder)
    assert sorted(zip(back["role"], back["q1"], back["q2"], strict=True)) == [
        ("EN", 2, -3),
        ("EN", 5, -2),
        ("PM", 4, -1),
    ]


def test_a_respondents_id_is_never_stored(folder):
    put(folder, answers(("anna@example.org", "PM", None, 4, 4)))
    assert b"anna@example.org" not in (folder / "store.sqlite").read_bytes()


def test_the_same_file_twice_is_one_import(folder):
    put(folder)
    assert not put(folder).added
    assert len(stored(folder)) == 3


def test_the_same_answers_sorted_differently_are_refused(folder):
    put(folder)
    with pytest.raises(ImportRefused, match="same answers already"):
        put(folder, THREE.iloc[::-1], sha256="b")
    assert len(stored(folder)) == 3


def test_a_later_larger_export_updates_by_respondent(folder):
    put(folder)
    later = pd.concat([THREE.assign(q1=[1, 2, 5]).astype({"q1": "int8"}), answers(("r4", "DE", None, 3, 3))])
    put(folder, later, sha256="b")
    back = stored(folder)
    assert len(back) == 4
    assert back.loc[back["role"] == "PM", "q1"].tolist() == [1]


def test_rows_that_do_not_add_up_keep_nothing(folder):
    with pytest.raises(StoreError, match="nothing was kept"):
        put(folder, n_rows=7)
    assert stored(folder).empty


def test_answers_after_the_report_are_refused(folder):
    put(folder)
    with open_store(folder, "acme") as store:
        finish_issue(store, "w1", begin(store))
    with pytest.raises(ImportRefused, match="has been reported"):
        put(folder, answers(("r9", "PM", None, 1, 1)), sha256="b")


def begin(store, hashes=None) -> str:
    row = {"figure": "org:LE", "group": "organisation", "measure": "LE", "status": "shown", "weights": {"p": (1, 3)}}
    return begin_issue(store, wave="w1", manifest={}, ledger_rows=[row], merge_plan={"PM": "PM"}, hashes=hashes or {})


def test_the_ledger_gives_exact_shares_back(folder):
    with open_store(folder, "acme") as store:
        begin(store)
        assert ledger_of(store, "w1")[0]["weights"] == {"p": (1, 3)}


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("action", ["DELETE FROM {}", "UPDATE {} SET rowid = 99"])
def test_nothing_that_was_added_can_be_changed(folder, table, action):
    put(folder, rejected=[(9, "blank row")])
    with open_store(folder, "acme") as store:
        begin(store, {"page.html": "0"})
        if "UPDATE" in action and table in ("response", "ledger_member"):
            action = "UPDATE {} SET " + ("code = 1" if table == "response" else "numerator = '1'")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(action.format(table))


def test_the_settings_of_a_wave_are_frozen(folder):
    with open_store(folder, "acme") as store:
        open_wave(store, wave="w1", questionnaire="q", version="1.0.0", policy={"k": 99}, roster={}, retain_until=None)
        assert wave_settings(store, "w1").policy == {"k": 5}


def test_an_unknown_wave_names_those_that_exist(folder):
    with open_store(folder, "acme") as store, pytest.raises(StoreError, match="no wave 'w2'; known are: w1"):
        wave_settings(store, "w2")


def test_a_store_in_the_wrong_folder_is_refused_with_both_named(folder):
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    with pytest.raises(StoreError, match=r"folder of 'other' belongs to 'acme'"), open_store(other, "other"):
        pass


def test_a_newer_store_is_refused(folder):
    with sqlite3.connect(folder / "store.sqlite") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer version"), open_store(folder, "acme"):
        pass


def test_a_changed_answer_is_noticed(folder):
    put(folder)
    connection = sqlite3.connect(folder / "store.sqlite")
    connection.executescript("DROP TRIGGER response_no_update; UPDATE response SET code = 1 WHERE item_id = 'q1';")
    connection.close()
    with open_store(folder, "acme") as store:
        assert any("not what was stored" in finding for finding in verify(store))
        with pytest.raises(StoreError, match="damaged"):
            answers_of(store, "w1")


def test_a_file_that_is_no_store_is_called_damaged(folder):
    (folder / "store.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"), open_store(folder, "acme"):
        pass


def test_a_second_writer_waits_and_then_is_told(folder, monkeypatch):
    monkeypatch.setattr("assessment.store.opening.PRAGMAS", ("foreign_keys = ON", "busy_timeout = 50"))
    blocker = sqlite3.connect(folder / "store.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another command is writing"):
        put(folder)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert put(folder).added


@pytest.mark.parametrize("point", ["before_commit"])
def test_a_failure_before_the_commit_leaves_no_trace(folder, point, monkeypatch):
    def fail(name: str) -> None:
        if name == point:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "on_fault_point", fail)
    with pytest.raises(OSError, match="No space left"):
        put(folder)
    monkeypatch.setattr(files, "on_fault_point", None)
    assert stored(folder).empty
    assert put(folder).added


IMPORT_FOR_EVER = """
import sys
from pathlib import Path
import pandas as pd
from assessment.store import add_import, open_store
folder, start = Path(sys.argv[1]), int(sys.argv[2])
with open_store(folder, "acme") as store:
    for n in range(start, start + 1000):
        rows = [(f"r{n}-{i}", "PM", None, 3, 4) for i in range(20)]
        table = pd.DataFrame(rows, columns=["respondent", "role", "team", "q1", "q2"]).astype({"q1": "int8", "q2": "int8"})
        add_import(store, wave="w1", sha256=str(n), adapter="g", answers=table, rejected=[], n_rows=20)
        print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of other systems")
def test_acknowledged_imports_survive_a_kill_and_others_leave_no_trace(folder):
    acknowledged = 0
    for cycle in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", IMPORT_FOR_EVER, str(folder), str(cycle * 1000)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        child.stdout.readline()
        time.sleep(0.01 * cycle)
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += 1 + len(child.stdout.readlines())
        child.wait()
        child.stdout.close()
        with open_store(folder, "acme") as store:
            assert verify(store) == []
            n = list_waves(store)[0].n_respondents
        assert n % 20 == 0
        assert n // 20 in (acknowledged, acknowledged + 1), "one more may be committed and not yet printed"
        acknowledged = n // 20


def test_interrupted_reports_are_finished_or_withdrawn(folder, tmp_path):
    reports = tmp_path / "reports"
    whole = reports / "acme" / "w1" / "0001"
    whole.mkdir(parents=True)
    files.write_text(whole / "page.html", "<p>")
    with open_store(folder, "acme") as store:
        begin(store, {"page.html": files.sha256_of(whole / "page.html")})
        begin(store, {"page.html": "0" * 64})
        (reports / "acme" / "w1" / "0007").mkdir()
        reconcile(store, reports)
        assert last_issue(store, "w1") == "0001"
    assert sorted(path.name for path in (reports / "acme" / "w1").iterdir()) == ["0001"]
    assert (reports / ".quarantine" / "acme" / "w1" / "0007-0").is_dir()


def test_verify_sees_a_report_that_was_edited_or_lost(folder, tmp_path):
    page = tmp_path / "reports/acme/w1/0001/page.html"
    page.parent.mkdir(parents=True)
    files.write_text(page, "<p>as published")
    with open_store(folder, "acme") as store:
        finish_issue(store, "w1", begin(store, {"page.html": files.sha256_of(page)}))
        assert verify(store, tmp_path / "reports") == []
        page.write_text("<p>edited")
        assert "was changed" in verify(store, tmp_path / "reports")[0]
        page.unlink()
        assert "is missing" in verify(store, tmp_path / "reports")[0]


def test_a_withdrawn_report_keeps_its_ledger_rows(folder):
    with open_store(folder, "acme") as store:
        withdraw_issue(store, "w1", begin(store))
        assert len(ledger_of(store, "w1")) == 1


def test_the_hash_of_the_answers_needs_the_stores_key(folder, tmp_path):
    put(folder)
    twin = tmp_path / "twin"
    twin.mkdir()
    create_store(twin, "acme")
    with open_store(twin, "acme") as store:
        open_wave(store, wave="w1", questionnaire="q", version="1.0.0", policy={}, roster={}, retain_until=None)
    put(twin)
    with open_store(folder, "acme") as one, open_store(twin, "acme") as other:
        assert answers_hash(one, "w1") != answers_hash(other, "w1")
