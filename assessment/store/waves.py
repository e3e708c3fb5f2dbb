"""Open a wave once: its rules are frozen with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from assessment import files
from assessment.errors import StoreError
from assessment.store.opening import Store, check_sealed, transaction


@dataclass(frozen=True)
class WaveSettings:
    """What was frozen when a wave opened: the questionnaire, the privacy rules, the roster."""

    name: str
    questionnaire: str
    version: str
    form: str
    policy: Mapping[str, object]
    roster: Mapping[str, Mapping[str, object]]
    retain_until: str | None
    opened_seq: int

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants of the questionnaire that were asked."""
        written = self.policy.get("variants", ())
        return tuple(str(one) for one in written) if isinstance(written, list | tuple) else ()

    @property
    def role_groups(self) -> tuple[tuple[str, ...], ...]:
        """The roles that count as one."""
        written = self.policy.get("role_groups", ())
        return tuple(tuple(map(str, group)) for group in written) if isinstance(written, list | tuple) else ()


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
    form: str = "full",
) -> None:
    """Open a wave with its rules; opening it again changes nothing.

    Parameters
    ----------
    form
        Which form of the questionnaire was asked.
    retain_until
        The day until which answers may be kept, as YYYY-MM-DD.

    Raises
    ------
    AssessmentError
        When the wave's name cannot name a folder.
    """
    files.check_slug(wave, field="wave")
    if _row(store, wave):
        return
    with transaction(store, f"wave {wave} opened") as seq:
        store.connection.execute(
            "INSERT OR IGNORE INTO wave "
            "(name, questionnaire, version, form, policy_json, roster_json, retain_until, opened_seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (wave, questionnaire, version, form, json.dumps(dict(policy)), json.dumps(dict(roster)), retain_until, seq),
        )


def wave_settings(store: Store, wave: str) -> WaveSettings:
    """Give what was frozen when the wave opened.

    Raises
    ------
    StoreError
        When there is no such wave (those that exist are named), or the store is damaged.
    """
    check_sealed(store)
    row = _row(store, wave)
    if row is None:
        raise _no_such(store, wave)
    name, questionnaire, version, form, policy, roster, retain_until, seq = row
    return WaveSettings(name, questionnaire, version, form, json.loads(policy), json.loads(roster), retain_until, seq)


def _row(store: Store, wave: str) -> tuple[str, str, str, str, str, str, str | None, int] | None:
    return store.connection.execute(
        "SELECT name, questionnaire, version, form, policy_json, roster_json, retain_until, opened_seq "
        "FROM wave WHERE name = ?",
        (wave,),
    ).fetchone()


def _no_such(store: Store, wave: str) -> StoreError:
    known = ", ".join(summary.name for summary in list_waves(store)) or "none yet"
    return StoreError(f"'{store.organisation}' has no wave '{ascii(wave[:40])[1:-1]}'; known are: {known}")


def wave_id(store: Store, wave: str) -> int:
    """Give the number of a wave.

    Raises
    ------
    StoreError
        When there is no such wave; those that exist are named.
    """
    row = store.connection.execute("SELECT id FROM wave WHERE name = ?", (wave,)).fetchone()
    if row is None:
        raise _no_such(store, wave)
    return int(row[0])


def list_waves(store: Store) -> list[WaveSummary]:
    """Give each wave in the order of opening, with how many answered and the newest issue."""
    rows = store.connection.execute(
        "SELECT w.name, (SELECT COUNT(DISTINCT r.pseudonym) FROM respondent r JOIN import i ON i.id = r.import_id "
        "WHERE i.wave_id = w.id), (SELECT MAX(number) FROM issue s WHERE s.wave_id = w.id AND s.state = 'issued') "
        "FROM wave w ORDER BY w.opened_seq"
    )
    return [WaveSummary(name, n, f"{issue:04d}" if issue else None) for name, n, issue in rows]
