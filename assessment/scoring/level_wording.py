"""Choose how a level is worded: named, between two, or not at all."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from assessment.scoring.arrays import TOLERANCE, FloatArray

WordingKind: TypeAlias = Literal["named", "between", "unknown"]


@dataclass(frozen=True, slots=True)
class LevelWording:
    """Hold the words' facts.

    Parameters
    ----------
    level
        The level named, or the lower of two; None when unknown.
    other_level
        The upper of two; None otherwise.
    probability
        Share of the level named, or of the likelier of two; of the likeliest when unknown; NaN without an interval.
    """

    kind: WordingKind
    level: int | None
    other_level: int | None
    probability: float


def fold_at_cap(probabilities: FloatArray, *, cap: int) -> FloatArray:
    """Move the probability of all levels above the cap to the cap.

    Examples
    --------
    >>> fold_at_cap(np.array([0.0, 0.25, 0.25, 0.5, 0.0]), cap=3)
    array([0.  , 0.25, 0.75, 0.  , 0.  ])
    """
    levels = np.arange(1, probabilities.size + 1)
    folded = np.where(levels < cap, probabilities, 0.0)
    folded[cap - 1] = probabilities[cap - 1 :].sum()
    return folded


def word_level(probabilities: FloatArray, *, cap: int, certainty: float) -> LevelWording:
    """Word the level as surely as the answers allow.

    One level if its probability reaches `certainty`; else the likeliest two neighbours if theirs together does; else
    no level. The exact shares are compared, before any rounding.

    Parameters
    ----------
    probabilities
        Of each level, not yet folded.
    cap
        The highest level allowed, 1 to the number of levels.
    """
    shares = fold_at_cap(probabilities, cap=cap)
    if np.isnan(shares).any():
        return LevelWording(kind="unknown", level=None, other_level=None, probability=np.nan)
    top = int(shares.argmax())
    if shares[top] >= certainty - TOLERANCE:
        return LevelWording(kind="named", level=top + 1, other_level=None, probability=float(shares[top]))
    pairs = shares[:-1] + shares[1:]
    lower = int(pairs.argmax())
    if pairs[lower] >= certainty - TOLERANCE:
        likelier = float(shares[lower : lower + 2].max())
        return LevelWording(kind="between", level=lower + 1, other_level=lower + 2, probability=likelier)
    return LevelWording(kind="unknown", level=None, other_level=None, probability=float(shares[top]))
