"""Keep the practice inventory of a wave: what the people who run product operations rate, beside the survey."""

from collections.abc import Mapping

from assessment.store.opening import Store, check_sealed, transaction
from assessment.store.waves import wave_id

NEWEST = """
SELECT practice_id, value, applies, reason, owner FROM practice p
WHERE wave_id = ? AND id = (
    SELECT MAX(id) FROM practice q WHERE q.wave_id = p.wave_id AND q.practice_id = p.practice_id)
ORDER BY practice_id
"""


def set_practices(store: Store, wave: str, ratings: Mapping[str, Mapping[str, object]]) -> None:
    """Add ratings by practice: value 0-3 or None, applies, reason, owner; earlier ratings stay in the log."""
    number = wave_id(store, wave)
    with transaction(store, f"practices of wave {wave} rated") as seq:
        store.connection.executemany(
            "INSERT INTO practice (wave_id, practice_id, value, applies, reason, owner, seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    practice,
                    rating.get("value"),
                    int(bool(rating.get("applies", True))),
                    rating.get("reason"),
                    rating.get("owner"),
                    seq,
                )
                for practice, rating in ratings.items()
            ],
        )


def practices_of(store: Store, wave: str) -> dict[str, dict[str, object]]:
    """Give the newest rating of each practice: value, applies, reason, owner.

    Raises
    ------
    StoreError
        When the store is damaged.
    """
    check_sealed(store)
    rows = store.connection.execute(NEWEST, (wave_id(store, wave),))
    return {
        practice: {"value": value, "applies": bool(applies), "reason": reason, "owner": owner}
        for practice, value, applies, reason, owner in rows
    }
