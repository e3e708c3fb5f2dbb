"""Stand in for people with keyed hashes; the key lives in the store and never leaves it."""

import hashlib
import hmac
from collections.abc import Mapping

from assessment.store.opening import Store


def keyed_hash(store: Store, text: str) -> str:
    """Give the HMAC-SHA256 of a text: without the store's key nobody can try out what is behind it."""
    key = bytes(store.connection.execute("SELECT key FROM meta").fetchone()[0])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def row_hash(pseudonym: str, role: str, team: str | None, codes: Mapping[str, int]) -> str:
    """Give the hash of one respondent's row, by which a changed byte is noticed; the order of items does not matter."""
    return hashlib.sha256(repr((pseudonym, role, team, sorted(codes.items()))).encode()).hexdigest()
