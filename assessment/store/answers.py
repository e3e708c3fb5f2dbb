"""Give back the answers of a wave, checked row by row."""

import hashlib
from typing import TYPE_CHECKING

from assessment.errors import StoreError
from assessment.store.imports import keyed_hash, row_hash
from assessment.store.opening import Store
from assessment.store.waves import wave_id

if TYPE_CHECKING:
    import pandas as pd

NEWEST = """
SELECT r.id, r.pseudonym, r.role_id, r.team_id, r.row_hash FROM respondent r JOIN import i ON i.id = r.import_id
WHERE i.wave_id = ? AND i.seq = (
    SELECT MAX(j.seq) FROM respondent s JOIN import j ON j.id = s.import_id
    WHERE j.wave_id = i.wave_id AND s.pseudonym = r.pseudonym)
ORDER BY r.pseudonym
"""


def answers_of(store: Store, wave: str) -> "pd.DataFrame":
    """Give ANSWERS of a wave; of a respondent who stands in several files the newest counts.

    Raises
    ------
    StoreError
        When a row is not what was stored.
    """
    import pandas as pd  # noqa: PLC0415 - `assess list` opens the store without it

    respondents = store.connection.execute(NEWEST, (wave_id(store, wave),)).fetchall()
    rows = [{"respondent": who, "role": role, "team": team} | _codes(store, n) for n, who, role, team, _ in respondents]
    for (_, who, role, team, stored), row in zip(respondents, rows, strict=True):
        codes = {item: code for item, code in row.items() if isinstance(code, int)}
        if row_hash(who, role, team, codes) != stored:
            raise StoreError(
                f"the store of '{store.organisation}' is damaged: a row is not what was stored; restore a backup"
            )
    table = pd.DataFrame(rows, columns=None if rows else ["respondent", "role", "team"])
    items = list(table.columns[3:])
    return table.astype({"respondent": "str", "role": "str"} | dict.fromkeys(items, "int8"))


def _codes(store: Store, respondent: int) -> dict[str, object]:
    rows = store.connection.execute(
        "SELECT item_id, code FROM response WHERE respondent_id = ? ORDER BY item_id", (respondent,)
    )
    return {str(item): int(code) for item, code in rows}


def answers_hash(store: Store, wave: str) -> str:
    """Give a keyed hash of the answers: it tells two sets apart, and against it no answer can be tried out."""
    key = bytes(store.connection.execute("SELECT key FROM meta").fetchone()[0])
    hashes = [row[4] for row in store.connection.execute(NEWEST, (wave_id(store, wave),))]
    return keyed_hash(key, hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest())
