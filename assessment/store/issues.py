"""Enter a report in the ledger before its files appear, and put right what a crash left half done."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from assessment import files
from assessment.store.opening import Store, transaction
from assessment.store.waves import wave_id

Weights = Mapping[str, tuple[int, int]]


def begin_issue(
    store: Store,
    *,
    wave: str,
    manifest: Mapping[str, object],
    ledger_rows: Sequence[Mapping[str, object]],
    merge_plan: Mapping[str, object],
    hashes: Mapping[str, str],
) -> str:
    """Enter an issue with every figure that it prints; gives its number, for example "0001".

    Parameters
    ----------
    ledger_rows
        Each with figure, group, measure, status and weights: pseudonym -> (numerator, denominator) of its share.
    hashes
        SHA-256 of each file to be published, by name.
    """
    number = wave_id(store, wave)
    with transaction(store, f"report of wave {wave} begun") as seq:
        issue = 1 + int(
            store.connection.execute(
                "SELECT COALESCE(MAX(number), 0) FROM issue WHERE wave_id = ?", (number,)
            ).fetchone()[0]
        )
        added = store.connection.execute(
            "INSERT INTO issue (wave_id, number, state, manifest_json, seq) VALUES (?, ?, 'issuing', ?, ?)",
            (number, issue, json.dumps(dict(manifest)), seq),
        ).lastrowid
        store.connection.execute(
            "INSERT OR IGNORE INTO merge_plan VALUES (?, ?)", (number, json.dumps(dict(merge_plan)))
        )
        store.connection.executemany(
            "INSERT INTO issue_file VALUES (?, ?, ?)", [(added, *file) for file in hashes.items()]
        )
        for row in ledger_rows:
            _insert(store, int(added or 0), row)
    return f"{issue:04d}"


def _insert(store: Store, issue: int, row: Mapping[str, object]) -> None:
    entry = store.connection.execute(
        "INSERT INTO ledger (issue_id, figure, group_id, measure, status) VALUES (?, ?, ?, ?, ?)",
        (issue, row["figure"], row["group"], row["measure"], row["status"]),
    ).lastrowid
    weights = row["weights"]
    if isinstance(weights, Mapping):
        members = [(entry, who, str(share[0]), str(share[1])) for who, share in weights.items()]
        store.connection.executemany("INSERT INTO ledger_member VALUES (?, ?, ?, ?)", members)


def finish_issue(store: Store, wave: str, issue: str) -> None:
    """Mark an issue as published."""
    _set_state(store, wave, issue, "issued")


def withdraw_issue(store: Store, wave: str, issue: str) -> None:
    """Mark an issue whose files never appeared; its ledger rows stay, which only makes the gate stricter."""
    _set_state(store, wave, issue, "withdrawn")


def _set_state(store: Store, wave: str, issue: str, state: str) -> None:
    with transaction(store, f"report {issue} of wave {wave} {state}"):
        store.connection.execute(
            "UPDATE issue SET state = ? WHERE wave_id = ? AND number = ?", (state, wave_id(store, wave), int(issue))
        )


def last_issue(store: Store, wave: str) -> str | None:
    """Give the number of the newest published issue of a wave."""
    row = store.connection.execute(
        "SELECT MAX(number) FROM issue WHERE wave_id = ? AND state = 'issued'", (wave_id(store, wave),)
    ).fetchone()
    return f"{row[0]:04d}" if row[0] else None


def ledger_of(store: Store, wave: str) -> list[dict[str, object]]:
    """Give every figure ever entered for a wave, with each respondent's exact share in it."""
    rows = store.connection.execute(
        "SELECT l.id, l.figure, l.group_id, l.measure, l.status FROM ledger l JOIN issue i ON i.id = l.issue_id "
        "WHERE i.wave_id = ? ORDER BY l.id",
        (wave_id(store, wave),),
    ).fetchall()
    return [
        {"figure": figure, "group": group, "measure": measure, "status": status, "weights": _weights(store, entry)}
        for entry, figure, group, measure, status in rows
    ]


def _weights(store: Store, entry: int) -> dict[str, tuple[int, int]]:
    rows = store.connection.execute(
        "SELECT pseudonym, numerator, denominator FROM ledger_member WHERE ledger_id = ?", (entry,)
    )
    return {who: (int(numerator), int(denominator)) for who, numerator, denominator in rows}


def merge_plan_of(store: Store, wave: str) -> dict[str, object] | None:
    """Give the merge plan that was kept at the first issue."""
    row = store.connection.execute(
        "SELECT plan_json FROM merge_plan WHERE wave_id = ?", (wave_id(store, wave),)
    ).fetchone()
    return json.loads(row[0]) if row else None


def reconcile(store: Store, reports: Path) -> None:
    """Finish or withdraw what an interrupted run left: whole files with the right hashes count, everything else goes.

    A folder that no row stands for is moved aside to ``reports/.quarantine``.
    """
    begun = store.connection.execute(
        "SELECT i.id, w.name, i.number FROM issue i JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issuing'"
    ).fetchall()
    for entry, wave, number in begun:
        folder = reports / store.organisation / wave / f"{number:04d}"
        hashes = dict(store.connection.execute("SELECT path, sha256 FROM issue_file WHERE issue_id = ?", (entry,)))
        if _is_whole(folder, hashes):
            finish_issue(store, wave, f"{number:04d}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
            withdraw_issue(store, wave, f"{number:04d}")
    _set_aside(store, reports)


def _is_whole(folder: Path, hashes: Mapping[str, str]) -> bool:
    return all(
        (folder / name).is_file() and files.sha256_of(folder / name) == digest for name, digest in hashes.items()
    )


def _set_aside(store: Store, reports: Path) -> None:
    issued = store.connection.execute(
        "SELECT w.name, i.number FROM issue i JOIN wave w ON w.id = i.wave_id WHERE i.state = 'issued'"
    ).fetchall()
    known = {(wave, f"{number:04d}") for wave, number in issued}
    for folder in sorted((reports / store.organisation).glob("*/*/")):
        if (folder.parent.name, folder.name) not in known:
            aside = reports / ".quarantine" / store.organisation / folder.parent.name
            files.private_folder(aside)
            folder.rename(aside / f"{folder.name}-{len(list(aside.iterdir()))}")
