"""Reduce vectors exactly: by remainders, fast, to find a leak; with whole numbers to prove that there is none."""

from collections.abc import Sequence
from math import gcd
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[Any]
"""Shape (n_vectors, n_figures): int64 remainders, or Python integers in an object array."""

PRIME = 2**31 - 1
"""The largest prime whose products of two remainders fit into 64 bits."""


class Arithmetic(Protocol):
    """The two operations that the search needs."""

    def taken(self, whole: Vectors) -> Vectors:
        """Give whole numbers in the form that this arithmetic works with."""
        ...

    def without(self, vectors: Vectors, along: Vectors) -> Vectors:
        """Give the vectors as seen by all multipliers orthogonal to `along`: one figure fewer, `along` itself zero."""
        ...

    def scaled(self, vectors: Vectors) -> Vectors:
        """Give the same multiple of vectors of one direction; every vector non-zero."""
        ...


class Remainders:
    """Calculate with remainders after division by a prime: fast, and wrong about one time in two thousand million."""

    def taken(self, whole: Vectors) -> Vectors:
        """Give the remainders."""
        return np.asarray(whole % PRIME, dtype=np.int64)

    def without(self, vectors: Vectors, along: Vectors) -> Vectors:
        """Subtract the multiple of `along` that makes its first figure vanish."""
        place = int(np.flatnonzero(along)[0])
        factors = vectors[:, place] * _inverse(along[place]) % PRIME
        touched = np.flatnonzero(factors)
        reduced = vectors.copy()
        reduced[touched] = (reduced[touched] - factors[touched, np.newaxis] * along % PRIME) % PRIME
        return np.delete(reduced, place, axis=1)

    def scaled(self, vectors: Vectors) -> Vectors:
        """Make the first non-zero entry one."""
        firsts = vectors[np.arange(len(vectors)), (vectors != 0).argmax(axis=1)]
        inverses = np.array([_inverse(first) for first in firsts], dtype=np.int64)
        return vectors * inverses[:, np.newaxis] % PRIME


class WholeNumbers:
    """Calculate with whole numbers of any size: slower, and never wrong."""

    def taken(self, whole: Vectors) -> Vectors:
        """Give them as they are."""
        return whole

    def without(self, vectors: Vectors, along: Vectors) -> Vectors:
        """Cross-multiply, so that nothing is divided."""
        place = int(np.flatnonzero(along)[0])
        reduced = vectors.copy()
        for row in np.flatnonzero(vectors[:, place]):
            reduced[row] = _smallest(vectors[row] * along[place] - along * vectors[row, place])
        return np.delete(reduced, place, axis=1)

    def scaled(self, vectors: Vectors) -> Vectors:
        """Divide by the greatest common divisor and make the first non-zero entry positive."""
        reduced = vectors.copy()
        for row, vector in enumerate(vectors):
            first = vector[np.flatnonzero(vector)[0]]
            reduced[row] = _smallest(vector if first > 0 else -vector)
        return reduced


REMAINDERS, WHOLE_NUMBERS = Remainders(), WholeNumbers()


def names_of(vectors: Vectors) -> Sequence[object]:
    """Give each vector a name that equal vectors share."""
    if vectors.dtype == object:
        return [tuple(vector) for vector in vectors]
    return [vector.tobytes() for vector in np.ascontiguousarray(vectors)]


def _inverse(entry: int) -> int:
    return pow(int(entry), -1, PRIME)


def _smallest(vector: Vectors) -> Vectors:
    divisor = gcd(*vector.tolist())
    return vector // divisor if divisor > 1 else vector
