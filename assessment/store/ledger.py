"""Keep the exact share of every respondent in every figure that was printed: later reports are measured against it."""

from collections.abc import Mapping, Sequence

from assessment.errors import StoreError
from assessment.store.opening import Store, check_sealed
from assessment.store.waves import wave_id

Weights = dict[str, tuple[int, int]]
Named = tuple[str, str, str, str]


def add_ledger_rows(store: Store, wave: str, issue: int, rows: Sequence[Mapping[str, object]]) -> None:
    """Enter figures of an issue; part of the transaction that enters the issue itself.

    A row that names an earlier ``wave`` tells something of that one: it stands in the ledger of it.

    Raises
    ------
    StoreError
        When a row names people whom the wave does not know, or nobody: it would protect nobody later.
    """
    known: dict[str, set[str]] = {}
    for row in rows:
        of, weights = str(row.get("wave", wave)), _weights_in(row)
        people = known.setdefault(of, _pseudonyms(store, of))
        if not weights or not weights.keys() <= people:
            raise StoreError(
                f"the figure '{row['figure']}' rests on people who are not in wave '{of}'; nothing was kept"
            )
        _insert(store, issue, wave_id(store, of), _names_in(row), weights)


def ledger_of(store: Store, wave: str) -> list[dict[str, object]]:
    """Give every figure ever entered for a wave, with each respondent's exact share in it.

    Returns
    -------
    list
        Each with figure, group, measure, status and weights: pseudonym -> (numerator, denominator).

    Raises
    ------
    StoreError
        When the store is damaged.
    """
    check_sealed(store)
    rows = store.connection.execute(
        "SELECT id, figure, group_id, measure, status FROM ledger WHERE wave_id = ? ORDER BY id",
        (wave_id(store, wave),),
    ).fetchall()
    return [
        {"figure": figure, "group": group, "measure": measure, "status": status, "weights": _weights_of(store, row)}
        for row, figure, group, measure, status in rows
    ]


def _insert(store: Store, issue: int, wave: int, names: Named, weights: Weights) -> None:
    entry = store.connection.execute(
        "INSERT INTO ledger (issue_id, wave_id, figure, group_id, measure, status) VALUES (?, ?, ?, ?, ?, ?)",
        (issue, wave, *names),
    ).lastrowid
    members = [(entry, who, str(numerator), str(denominator)) for who, (numerator, denominator) in weights.items()]
    store.connection.executemany("INSERT INTO ledger_member VALUES (?, ?, ?, ?)", members)


def _names_in(row: Mapping[str, object]) -> Named:
    return str(row["figure"]), str(row["group"]), str(row["measure"]), str(row["status"])


def _weights_in(row: Mapping[str, object]) -> Weights:
    written = row["weights"]
    if not isinstance(written, Mapping):
        raise TypeError("weights: must be pseudonym -> (numerator, denominator)")
    return {str(who): (int(numerator), int(denominator)) for who, (numerator, denominator) in written.items()}


def _weights_of(store: Store, row: int) -> Weights:
    members = store.connection.execute(
        "SELECT pseudonym, numerator, denominator FROM ledger_member WHERE ledger_id = ?", (row,)
    )
    return {str(who): (int(numerator), int(denominator)) for who, numerator, denominator in members}


def _pseudonyms(store: Store, wave: str) -> set[str]:
    rows = store.connection.execute(
        "SELECT DISTINCT r.pseudonym FROM respondent r JOIN import i ON i.id = r.import_id WHERE i.wave_id = ?",
        (wave_id(store, wave),),
    )
    return {str(who) for (who,) in rows}
