"""Enter a report in the ledger before its files appear, and say how far it has come."""

import json
from collections.abc import Mapping, Sequence

from assessment.errors import StoreError
from assessment.store.ledger import add_ledger_rows
from assessment.store.opening import Store, check_sealed, transaction
from assessment.store.waves import wave_id


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
    merge_plan
        Kept at the first issue of the wave; later ones change nothing.
    hashes
        SHA-256 of each file to be published, by name.

    Raises
    ------
    StoreError
        When a ledger row names people whom the wave does not know.
    """
    number = wave_id(store, wave)
    with transaction(store, f"report of wave {wave} begun") as seq:
        issue = 1 + _newest(store, number, "issuing", "issued", "withdrawn")
        added = store.connection.execute(
            "INSERT INTO issue (wave_id, number, state, manifest_json, seq) VALUES (?, ?, 'issuing', ?, ?)",
            (number, issue, json.dumps(dict(manifest)), seq),
        ).lastrowid
        store.connection.execute(
            "INSERT OR IGNORE INTO merge_plan VALUES (?, ?)", (number, json.dumps(dict(merge_plan)))
        )
        store.connection.executemany(
            "INSERT INTO issue_file VALUES (?, ?, ?)", [(added, *file) for file in sorted(hashes.items())]
        )
        add_ledger_rows(store, wave, int(added or 0), ledger_rows)
    return issue_name(issue)


def finish_issue(store: Store, wave: str, issue: str) -> None:
    """Mark an issue as published."""
    _settle(store, wave, issue, "issued")


def withdraw_issue(store: Store, wave: str, issue: str) -> None:
    """Mark an issue whose files never appeared; its ledger rows stay, which only makes the gate stricter."""
    _settle(store, wave, issue, "withdrawn")


def _settle(store: Store, wave: str, issue: str, state: str) -> None:
    number = wave_id(store, wave)
    with transaction(store, f"report {issue} of wave {wave} {state}"):
        changed = store.connection.execute(
            "UPDATE issue SET state = ? WHERE wave_id = ? AND number = ? AND state = 'issuing'",
            (state, number, int(issue)),
        ).rowcount
        if not changed:
            raise StoreError(f"report {issue} of wave '{wave}' is not being made; nothing was changed")


def last_issue(store: Store, wave: str) -> str | None:
    """Give the number of the newest published issue of a wave."""
    newest = _newest(store, wave_id(store, wave), "issued")
    return issue_name(newest) if newest else None


def issue_name(number: int) -> str:
    """Give the name of an issue and of its folder."""
    return f"{number:04d}"


def _newest(store: Store, number: int, *states: str) -> int:
    row = store.connection.execute(
        "SELECT COALESCE(MAX(number), 0) FROM issue WHERE wave_id = ? AND state IN (SELECT value FROM json_each(?))",
        (number, json.dumps(states)),
    ).fetchone()
    return int(row[0])


def merge_plan_of(store: Store, wave: str) -> dict[str, object] | None:
    """Give the merge plan that was kept at the first issue.

    Raises
    ------
    StoreError
        When the store is damaged.
    """
    check_sealed(store)
    row = store.connection.execute(
        "SELECT plan_json FROM merge_plan WHERE wave_id = ?", (wave_id(store, wave),)
    ).fetchone()
    return json.loads(row[0]) if row else None
