"""What is acknowledged is kept, what is kept is never changed, and a store never serves another organisation."""

import os
import random
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
from assessment.errors import AssessmentError, ImportRefused, StoreError
from assessment.store import (
    add_import,
    answers_hash,
    answers_of,
    begin_issue,
    create_store,
    finish_issue,
    keyed_hash,
    last_issue,
    ledger_of,
    list_waves,
    merge_plan_of,
    only_writer,
    open_store,
    open_wave,
    practices_of,
    reconcile,
    set_practices,
    verify,
    wave_settings,
    withdraw_issue,
)
from assessment.store.opening import transaction
from assessment.store.schema import APPEND_ONLY, FROZEN


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


def test_an_id_that_stands_twice_in_a_file_is_refused_without_naming_it(folder):
    twice = answers(("canary", "PM", None, 4, 4), ("canary", "PM", None, 2, 2), ("other", "PM", None, 2, 2))
    with pytest.raises(ImportRefused, match=r"1 row\(s\) repeat") as caught:
        put(folder, twice)
    assert "canary" not in str(caught.value)
    assert stored(folder).empty


def test_an_item_that_only_the_newer_file_has_was_not_asked_of_the_others(folder):
    put(folder)
    newer = answers(("r4", "DE", None, 3, 3)).rename(columns={"q2": "q3"})
    put(folder, newer, sha256="b")
    back = stored(folder)
    assert list(back.columns) == ["respondent", "role", "team", "q1", "q2", "q3"]
    assert back.loc[back["role"] == "DE", ["q1", "q2", "q3"]].to_numpy().tolist() == [[3, -3, 3]]
    assert (back.loc[back["role"] != "DE", "q3"] == -3).all()
    assert set(map(str, back.dtypes[3:])) == {"int8"}


def test_the_file_itself_and_its_name_are_kept_only_as_told(folder):
    with open_store(folder, "acme") as store:
        add_import(
            store, wave="w1", sha256="a", adapter="g", answers=THREE, rejected=[], n_rows=3,
            file_name="anna-answers.csv", original=b"raw bytes",
        )  # fmt: skip
        name, original = store.connection.execute("SELECT file_name_hash, bytes FROM import").fetchone()
        assert name == keyed_hash(store, "anna-answers.csv")
        assert original == b"raw bytes"
    assert b"anna-answers" not in (folder / "store.sqlite").read_bytes()


def test_the_newest_rating_of_a_practice_counts(folder):
    with open_store(folder, "acme") as store:
        set_practices(store, "w1", {"p1": {"value": 1, "owner": "Ops"}, "p2": {"value": None, "applies": False}})
        set_practices(store, "w1", {"p1": {"value": 3, "owner": "Ops", "reason": "since March"}})
        assert practices_of(store, "w1") == {
            "p1": {"value": 3, "applies": True, "reason": "since March", "owner": "Ops"},
            "p2": {"value": None, "applies": False, "reason": None, "owner": None},
        }


def test_an_organisation_cannot_be_given_a_second_store(folder):
    with pytest.raises(StoreError, match="has a store already"):
        create_store(folder, "acme")


def test_a_name_that_leads_elsewhere_opens_no_wave(folder):
    with open_store(folder, "acme") as store, pytest.raises(AssessmentError, match="wave"):
        open_wave(store, wave="../x", questionnaire="q", version="1", policy={}, roster={}, retain_until=None)


def test_the_log_counts_on_and_tells_of_no_person(folder):
    put(folder)
    with open_store(folder, "acme") as store:
        begin(store)
        log = store.connection.execute("SELECT seq, what FROM event ORDER BY seq").fetchall()
    assert log == [(1, "wave w1 opened"), (2, "answers imported into wave w1"), (3, "report of wave w1 begun")]


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


def begin(store, hashes=None, weights=None) -> str:
    everybody = dict.fromkeys(answers_of(store, "w1")["respondent"], (1, 3))
    shares = everybody if weights is None else weights
    row = {"figure": "org:LE", "group": "organisation", "measure": "LE", "status": "shown", "weights": shares}
    return begin_issue(store, wave="w1", manifest={}, ledger_rows=[row], merge_plan={"PM": "PM"}, hashes=hashes or {})


def test_the_ledger_gives_exact_shares_back(folder):
    put(folder)
    with open_store(folder, "acme") as store:
        first, second, third = answers_of(store, "w1")["respondent"]
        shares = {first: (1, 3), second: (10**40, 3 * 10**40 + 1), third: (0, 1)}
        begin(store, weights=shares)
        assert ledger_of(store, "w1")[0]["weights"] == shares
        assert merge_plan_of(store, "w1") == {"PM": "PM"}


@pytest.mark.parametrize("weights", [{}, {"nobody of this wave": (1, 1)}])
def test_a_figure_of_unknown_people_is_not_entered_since_it_would_protect_nobody(folder, weights):
    put(folder)
    with open_store(folder, "acme") as store:
        with pytest.raises(StoreError, match="not in wave 'w1'"):
            begin(store, weights=weights)
        assert ledger_of(store, "w1") == []
        assert list_waves(store)[0].last_issue is None
    assert put(folder, THREE.head(2), sha256="b").added, "the issue left no trace"


def test_a_changed_share_in_the_ledger_is_noticed(folder):
    put(folder)
    with open_store(folder, "acme") as store:
        begin(store)
    tamper(folder, "DROP TRIGGER ledger_member_no_update; UPDATE ledger_member SET numerator = '2'")
    with open_store(folder, "acme") as store, pytest.raises(StoreError, match="not what was stored"):
        ledger_of(store, "w1")


def tamper(folder: Path, statements: str) -> None:
    connection = sqlite3.connect(folder / "store.sqlite")
    connection.executescript(statements)
    connection.close()


def full(folder: Path) -> None:
    """Put something into every table."""
    put(folder, rejected=[(9, "blank row")])
    with open_store(folder, "acme") as store:
        set_practices(store, "w1", {"p1": {"value": 2, "owner": "Product operations"}})
        begin(store, {"page.html": "0"})


@pytest.mark.parametrize("table", [*APPEND_ONLY, *FROZEN])
def test_nothing_that_was_added_can_be_deleted(folder, table):
    full(folder)
    with open_store(folder, "acme") as store, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from our schema


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_that_was_added_can_be_changed(folder, table):
    full(folder)
    with open_store(folder, "acme") as store:
        for column in [row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")]:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store.connection.execute(f"UPDATE {table} SET {column} = {column}")  # noqa: S608 - the same


@pytest.mark.parametrize(
    "table", ["response", "respondent", "import", "ledger", "ledger_member", "merge_plan", "event"]
)
def test_nothing_that_was_added_can_be_replaced(folder, table):
    full(folder)
    with open_store(folder, "acme") as store, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - the same


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wave SET policy_json = '{}'",
        "UPDATE wave SET roster_json = '{}'",
        "UPDATE issue SET manifest_json = '{}'",
    ],
)
def test_the_rules_of_a_wave_and_the_manifest_of_a_report_are_frozen(folder, statement):
    full(folder)
    with open_store(folder, "acme") as store, pytest.raises(sqlite3.IntegrityError, match="frozen"):
        store.connection.execute(statement)


def test_a_report_that_is_out_cannot_be_called_withdrawn(folder):
    put(folder)
    with open_store(folder, "acme") as store:
        issue = begin(store)
        finish_issue(store, "w1", issue)
        with pytest.raises(StoreError, match="not being made"):
            withdraw_issue(store, "w1", issue)
        with pytest.raises(sqlite3.IntegrityError, match="settled"):
            store.connection.execute("UPDATE issue SET state = 'withdrawn'")
        assert last_issue(store, "w1") == issue


def test_the_settings_of_a_wave_are_frozen(folder):
    with open_store(folder, "acme") as store:
        open_wave(store, wave="w1", questionnaire="q", version="1.0.0", policy={"k": 99}, roster={}, retain_until=None)
        assert wave_settings(store, "w1").policy == {"k": 5}


def test_changed_rules_of_a_wave_are_noticed(folder):
    tamper(folder, """DROP TRIGGER wave_frozen; UPDATE wave SET policy_json = '{"k": 2}'""")
    with open_store(folder, "acme") as store, pytest.raises(StoreError, match="not what was stored"):
        wave_settings(store, "w1")


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
    before = (folder / "store.sqlite").read_bytes()
    with pytest.raises(StoreError, match="newer version"), open_store(folder, "acme"):
        pass
    assert (folder / "store.sqlite").read_bytes() == before


def test_a_changed_answer_is_noticed(folder):
    put(folder)
    tamper(folder, "DROP TRIGGER response_no_update; UPDATE response SET code = 1 WHERE item_id = 'q1';")
    with open_store(folder, "acme") as store:
        assert any("not what was stored" in finding for finding in verify(store))
        with pytest.raises(StoreError, match="damaged"):
            answers_of(store, "w1")


def test_a_changed_row_is_noticed_even_when_its_change_was_sealed(folder):
    put(folder)
    tamper(folder, "DROP TRIGGER response_no_update; UPDATE response SET code = 1 WHERE item_id = 'q1';")
    with open_store(folder, "acme") as store:
        with transaction(store, "sealed again"):
            pass
        assert "a row is not what was stored" in verify(store)[0]


def test_a_trigger_that_is_gone_is_noticed(folder):
    tamper(folder, "DROP TRIGGER response_no_update")
    with open_store(folder, "acme") as store:
        assert verify(store) == ["store of 'acme': its content is not what was stored"]


def test_an_answer_or_a_respondent_that_is_gone_is_noticed(folder):
    put(folder)
    for loss in (
        "DROP TRIGGER response_no_delete; DELETE FROM response WHERE item_id = 'q1' AND code = 4",
        "DROP TRIGGER respondent_no_delete; DELETE FROM respondent WHERE role_id = 'PM'",
    ):
        tamper(folder, loss)
        with open_store(folder, "acme") as store, pytest.raises(StoreError, match="damaged"):
            answers_of(store, "w1")


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"", b"SQLite format 3\x00"])
def test_a_file_that_is_no_store_is_called_damaged(folder, content):
    (folder / "store.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), open_store(folder, "acme"):
        pass


def test_a_store_that_is_cut_off_is_called_damaged_and_never_gives_other_answers(folder):
    put(folder)
    whole = (folder / "store.sqlite").read_bytes()
    as_stored = stored(folder)
    for end in range(4096, len(whole), 4096):
        (folder / "store.sqlite").write_bytes(whole[:end])
        try:
            assert stored(folder).equals(as_stored)
        except StoreError:
            continue


def everything(folder: Path) -> str:
    with open_store(folder, "acme") as store:
        kept = (answers_of(store, "w1").to_csv(), ledger_of(store, "w1"), merge_plan_of(store, "w1"))
        return repr((*kept, wave_settings(store, "w1"), practices_of(store, "w1")))


def test_a_flipped_bit_is_called_damage_and_never_gives_other_answers_or_rules(folder):
    full(folder)
    whole = (folder / "store.sqlite").read_bytes()
    as_stored = everything(folder)
    written = [place for place, byte in enumerate(whole) if byte]
    chance = random.Random(7)
    for _ in range(200):
        place = chance.choice(written)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        (folder / "store.sqlite").write_bytes(flipped)
        try:
            assert everything(folder) == as_stored, f"byte {place}"
        except StoreError:
            continue


def test_a_second_writer_waits_and_then_is_told(folder, monkeypatch):
    monkeypatch.setattr("assessment.store.opening.PRAGMAS", ("foreign_keys = ON", "busy_timeout = 50"))
    blocker = sqlite3.connect(folder / "store.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another command is writing"):
        put(folder)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert put(folder).added


WORK_ALONE = """
import sys
from pathlib import Path
from assessment.store import only_writer
with only_writer(Path(sys.argv[1]), "acme"):
    print("in")
"""


def test_a_second_command_is_told_who_is_at_work(folder):
    with only_writer(folder, "acme"):
        other = [sys.executable, "-c", WORK_ALONE, str(folder)]
        refused = subprocess.run(other, capture_output=True, text=True, check=False)
        assert f"another command (process {os.getpid()}) is working on 'acme'" in refused.stderr
    assert subprocess.run(other, capture_output=True, text=True, check=False).stdout == "in\n"


def test_a_reader_beside_a_writer_sees_the_old_state(folder):
    put(folder)
    with only_writer(folder, "acme"), open_store(folder, "acme") as writing:
        writing.connection.execute("BEGIN IMMEDIATE")
        writing.connection.execute("INSERT INTO event (at, what) VALUES ('', 'half')")
        assert len(stored(folder)) == 3
        writing.connection.execute("ROLLBACK")


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
        table = pd.DataFrame(rows, columns=["respondent", "role", "team", "q1", "q2"])
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
    put(folder)
    with open_store(folder, "acme") as store:
        begin(store, {"page.html": files.sha256_of(whole / "page.html")})
        begin(store, {"page.html": "0" * 64})
        begin(store)
        for name in ("0002", "0003", "0007"):
            (reports / "acme" / "w1" / name).mkdir()
        for _ in range(2):
            reconcile(store, reports)
            assert last_issue(store, "w1") == "0001"
            assert sorted(path.name for path in (reports / "acme" / "w1").iterdir()) == ["0001", "current"]
            assert (reports / "acme" / "w1" / "current").read_text() == "0001\n"
            assert verify(store, reports) == []
    aside = reports / ".quarantine" / "acme" / "w1"
    assert sorted(path.name for path in aside.iterdir()) == ["0002-0", "0003-1", "0007-2"]


def test_the_pointer_follows_a_report_whose_run_died_before_writing_it(folder, tmp_path):
    reports = tmp_path / "reports"
    put(folder)
    with open_store(folder, "acme") as store:
        for name in ("0001", "0002"):
            page = reports / "acme" / "w1" / name / "page.html"
            page.parent.mkdir(parents=True)
            files.write_text(page, name)
            finish_issue(store, "w1", begin(store, {"page.html": files.sha256_of(page)}))
        files.write_text(reports / "acme" / "w1" / "current", "0001\n")
        reconcile(store, reports)
    assert (reports / "acme" / "w1" / "current").read_text() == "0002\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no way to ask about a process there")
def test_working_folders_of_processes_that_are_gone_are_removed(folder, tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    staging = tmp_path / "reports" / ".staging"
    for name in (f"{gone.pid}-aa", f"{os.getpid()}-bb"):
        (staging / name).mkdir(parents=True)
    with open_store(folder, "acme") as store:
        reconcile(store, tmp_path / "reports")
    assert [path.name for path in staging.iterdir()] == [f"{os.getpid()}-bb"]


def test_verify_sees_a_report_that_was_edited_or_lost(folder, tmp_path):
    page = tmp_path / "reports/acme/w1/0001/page.html"
    page.parent.mkdir(parents=True)
    files.write_text(page, "<p>as published")
    put(folder)
    with open_store(folder, "acme") as store:
        finish_issue(store, "w1", begin(store, {"page.html": files.sha256_of(page)}))
        assert verify(store, tmp_path / "reports") == []
        page.write_text("<p>edited")
        assert "was changed" in verify(store, tmp_path / "reports")[0]
        page.unlink()
        assert "is missing" in verify(store, tmp_path / "reports")[0]
        (page.parent / "extra.html").write_text("<p>")
        assert "was added" in verify(store, tmp_path / "reports")[1]
        (page.parent.parent / "0002").mkdir()
        assert "never entered in the ledger" in verify(store, tmp_path / "reports")[-1]


def test_a_withdrawn_report_keeps_its_ledger_rows(folder):
    put(folder)
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
