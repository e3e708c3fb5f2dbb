"""Open a wave once: its rules are frozen with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.errors import StoreError
from assessment.store.opening import Store, transaction


@dataclass(frozen=True)
class WaveSettings:
    """What was frozen when a wave opened: the questionnaire, the privacy rules, the roster."""

    name: str
    questionnaire: str
    version: str
    policy: Mapping[str, object]
    roster: Mapping[str, Mapping[str, object]]
    retain_until: str | None
    opened_seq: int


@dataclass(frozen=True)
class WaveSummary:
    """One line about a wave."""

    name: str
    n_respondents: int
    last_issue: str | None


def open_wave(
    store: Store,
    *,
    wave: str,
    questionnaire: str,
    version: str,
    policy: Mapping[str, object],
    roster: Mapping[str, Mapping[str, object]],
    retain_until: str | None,
) -> None:
    """Open a wave with its rules; opening it again changes nothing."""
    if _row(store, wave):
        return
    with transaction(store, f"wave {wave} opened") as seq:
        store.connection.execute(
            "INSERT INTO wave (name, questionnaire, version, policy_json, roster_json, retain_until, opened_seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (wave, questionnaire, version, json.dumps(policy), json.dumps(roster), retain_until, seq),
        )


def wave_settings(store: Store, wave: str) -> WaveSettings:
    """Give what was frozen when the wave opened.

    Raises
    ------
    StoreError
        When there is no such wave; those that exist are named.
    """
    row = _row(store, wave)
    if row is None:
        known = ", ".join(summary.name for summary in list_waves(store)) or "none yet"
        raise StoreError(f"'{store.organisation}' has no wave '{wave[:40]}'; known are: {known}")
    name, questionnaire, version, policy, roster, retain_until, seq = row
    return WaveSettings(name, questionnaire, version, json.loads(policy), json.loads(roster), retain_until, seq)


def _row(store: Store, wave: str) -> tuple[str, str, str, str, str, str | None, int] | None:
    columns = "name, questionnaire, version, policy_json, roster_json, retain_until, opened_seq"
    return store.connection.execute(f"SELECT {columns} FROM wave WHERE name = ?", (wave,)).fetchone()  # noqa: S608 - constant


def wave_id(store: Store, wave: str) -> int:
    """Give the number of a wave that exists."""
    wave_settings(store, wave)
    return int(store.connection.execute("SELECT id FROM wave WHERE name = ?", (wave,)).fetchone()[0])


def list_waves(store: Store) -> list[WaveSummary]:
    """Give each wave in the order of opening, with how many answered and the newest issue."""
    rows = store.connection.execute(
        "SELECT w.name, (SELECT COUNT(DISTINCT r.pseudonym) FROM respondent r JOIN import i ON i.id = r.import_id "
        "WHERE i.wave_id = w.id), (SELECT MAX(number) FROM issue s WHERE s.wave_id = w.id AND s.state = 'issued') "
        "FROM wave w ORDER BY w.opened_seq"
    )
    return [WaveSummary(name, n, f"{issue:04d}" if issue else None) for name, n, issue in rows]
