"""Give back the answers of a wave, checked row by row."""

import hashlib
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assessment.store.opening import Store, check_sealed, damaged
from assessment.store.pseudonyms import keyed_hash, row_hash
from assessment.store.waves import wave_id

if TYPE_CHECKING:
    import pandas as pd

NOT_ASKED = -3
NEWEST = """
SELECT id, pseudonym, role_id, team_id, row_hash FROM (
    SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.pseudonym ORDER BY i.seq DESC) AS age
    FROM respondent r JOIN import i ON i.id = r.import_id WHERE i.wave_id = ?)
WHERE age = 1 ORDER BY pseudonym
"""
CODES = """
SELECT c.respondent_id, c.item_id, c.code FROM response c
JOIN respondent r ON r.id = c.respondent_id JOIN import i ON i.id = r.import_id
WHERE i.wave_id = ? ORDER BY c.respondent_id, c.item_id
"""


def answers_of(store: Store, wave: str) -> "pd.DataFrame":
    """Give ANSWERS of a wave, sorted by pseudonym and by item; of a respondent in several files the newest counts.

    An item that a respondent's file did not have is *not asked*.

    Raises
    ------
    StoreError
        When a row is not what was stored, or is missing.
    """
    import pandas as pd  # noqa: PLC0415 - `assess list` opens the store without it

    check_sealed(store)
    number = wave_id(store, wave)
    respondents = store.connection.execute(NEWEST, (number,)).fetchall()
    codes = _codes(store, number)
    if not _are_as_stored(respondents, codes):
        raise damaged(store.organisation, "a row is not what was stored")
    items = sorted({item for row, *_ in respondents for item in codes.get(row, {})})
    about = pd.DataFrame([row[1:4] for row in respondents], columns=["respondent", "role", "team"], dtype="str")
    rows = [[codes.get(row, {}).get(item, NOT_ASKED) for item in items] for row, *_ in respondents]
    return pd.concat([about, pd.DataFrame(rows, columns=items, dtype="int8")], axis=1)


def _codes(store: Store, number: int) -> dict[int, dict[str, int]]:
    rows = store.connection.execute(CODES, (number,)).fetchall()
    return {
        int(respondent): {str(item): int(code) for _, item, code in group}
        for respondent, group in groupby(rows, key=lambda row: row[0])
    }


def _are_as_stored(
    respondents: Sequence[tuple[int, str, str, str | None, str]], codes: dict[int, dict[str, int]]
) -> bool:
    return all(row_hash(who, role, team, codes.get(row, {})) == digest for row, who, role, team, digest in respondents)


def answers_hash(store: Store, wave: str) -> str:
    """Give a keyed hash of the answers: it tells two sets apart, and against it no answer can be tried out."""
    hashes = [row[4] for row in store.connection.execute(NEWEST, (wave_id(store, wave),))]
    return keyed_hash(store, hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest())
