"""Name the files that a format consists of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One file: what is added to the name that was asked for (empty for the first one), and the bytes."""

    ending: str
    data: bytes
