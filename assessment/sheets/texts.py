"""Hold a column of text by its distinct texts: a survey's columns repeat a few words many thousand times."""

from array import array
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

PLACE = "I"


@dataclass(frozen=True)
class Texts:
    """The cells of one column from the top of the file to its end.

    Parameters
    ----------
    words
        Every text that occurs, once, in the order in which they are first met.
    places
        For each row the place of its text among the words.
    """

    words: tuple[str, ...] = field(repr=False)
    places: "array[int]" = field(repr=False)

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, row: int) -> str:
        return self.words[self.places[row]]

    def cells(self) -> list[str]:
        """Write out the text of every row."""
        return [self.words[place] for place in self.places]

    def mapped(self, change: Callable[[str], str]) -> "Texts":
        """Change every text; texts that become equal become one."""
        changed = tuple(map(change, self.words))
        return self if changed == self.words else _merged(changed, self.places)


class Places(dict[Hashable, int]):
    """Number whatever is asked for, in the order in which it is first met."""

    def __missing__(self, key: Hashable) -> int:
        place = self[key] = len(self)
        return place


class Gathering:
    """Take in rows of equal length, a few at a time, and give their columns."""

    def __init__(self, width: int) -> None:
        self._known = [Places() for _ in range(width)]
        self._places = [array(PLACE) for _ in range(width)]

    def add(self, rows: Sequence[Sequence[Hashable]]) -> None:
        """Add rows below those that are there."""
        columns = zip(*rows, strict=True) if rows else [()] * len(self._known)
        for known, places, cells in zip(self._known, self._places, columns, strict=True):
            places.fromlist(list(map(known.__getitem__, cells)))

    def columns(self, write: Callable[[Any], str] = str) -> tuple[Texts, ...]:
        """Give every column; `write` turns a value into text, once for each value that occurs."""
        pairs = zip(self._known, self._places, strict=True)
        return tuple(_merged(tuple(map(write, known)), places) for known, places in pairs)


def _merged(words: tuple[str, ...], places: "array[int]") -> Texts:
    """Give a column in which texts that are equal are one."""
    known = Places()
    new = [known[word] for word in words]
    if len(known) == len(words):
        return Texts(words, places)
    return Texts(tuple(map(str, known)), array(PLACE, [new[place] for place in places]))


def gathered(rows: Sequence[Sequence[str]]) -> tuple[Texts, ...]:
    """Give the columns of rows of equal length."""
    gathering = Gathering(len(rows[0]) if rows else 0)
    gathering.add(rows)
    return gathering.columns()
