"""R7 and R8: print no more than is needed, so that nothing gives back a spread or a sum."""

import numpy as np
import pandas as pd

MANY = 20
"""From here on a figure of spread may be printed in whole points."""
SOME = 10
"""From here on agreement is put in words."""
STEP, NARROWEST = 5, 10
SMALL = 1e-9


def interval(low: float, high: float, *, n: int, whole: tuple[float, float] = (0, 100)) -> tuple[float, float]:
    """Round an interval outward: to whole points, below 20 people to multiples of 5 and at least 10 wide.

    What is too narrow grows towards the middle of `whole`, and on both sides if it is a point.

    Examples
    --------
    >>> interval(52.3, 57.9, n=20), interval(52.3, 57.9, n=19), interval(56.1, 58.0, n=8), interval(60.0, 60.0, n=9)
    ((52.0, 58.0), (50.0, 60.0), (50.0, 60.0), (55.0, 65.0))
    """
    if np.isnan(low) or np.isnan(high):
        return np.nan, np.nan
    step = 1 if n >= MANY else STEP
    bottom, top = step * np.floor(low / step + SMALL), step * np.ceil(high / step - SMALL)
    if n < MANY and top - bottom < NARROWEST:
        bottom, top = _widened(float(bottom), float(top), whole)
    return float(max(bottom, whole[0])), float(min(top, whole[1]))


def _widened(bottom: float, top: float, whole: tuple[float, float]) -> tuple[float, float]:
    if top >= whole[1] or (bottom > whole[0] and top > bottom and bottom + top > sum(whole)):
        return top - NARROWEST, top
    if bottom == top > whole[0]:
        return bottom - STEP, top + STEP
    return bottom, bottom + NARROWEST


def probability(share: float, *, n: int) -> float:
    """Round a probability or a support to steps of 5 %, below 20 people of 10 %.

    Examples
    --------
    >>> probability(0.874, n=25), probability(0.874, n=12)
    (0.85, 0.9)
    """
    steps = 20 if n >= MANY else 10
    return float(np.round(np.floor(share * steps + 0.5 + SMALL) / steps, 2)) if not np.isnan(share) else np.nan


def half_width(width: float, *, n: int) -> float:
    """Round a noise band up, to whole points or, below 20 people, to multiples of 5."""
    step = 1 if n >= MANY else STEP
    return float(step * np.ceil(width / step - SMALL)) if not np.isnan(width) else np.nan


def effect_size(value: float, *, n: int) -> float:
    """Round a standardised difference to one decimal, from 20 people on each side; smaller groups get none.

    Examples
    --------
    >>> effect_size(0.8421, n=24), effect_size(0.8421, n=19)
    (0.8, nan)
    """
    return one_decimal(value) if n >= MANY else np.nan


def band_of_size(n: int, *, smallest: int) -> str:
    """Name the size of a group without its number.

    Examples
    --------
    >>> band_of_size(7, smallest=5), band_of_size(12, smallest=5), band_of_size(20, smallest=5)
    ('5-9', '10-19', '20+')
    """
    if n >= MANY:
        return f"{MANY}+"
    return f"{max(SOME, smallest)}-{MANY - 1}" if n >= SOME else f"{smallest}-{SOME - 1}"


def band_of_participation(n: int, asked: int) -> str:
    """Name a group's participation: below_50, 50_69, 70_84 or 85_up percent."""
    share = n / asked
    bands = ((0.85, "85_up"), (0.70, "70_84"), (0.50, "50_69"))
    return next((name for least, name in bands if share >= least - SMALL), "below_50")


def one_decimal(value: float) -> float:
    """Round a mean as it is printed (R8: for readability, never relied on)."""
    return float(np.round(value, 1))


def agreement_word(deviation: float, *, limit: float) -> str:
    """Put an average deviation in words: broad up to the limit, else differ."""
    return "broad" if deviation <= limit + SMALL else "differ"


def whole_or_missing(values: list[int | None]) -> "pd.api.extensions.ExtensionArray":
    """Give whole numbers of which some are not printed."""
    return pd.array([pd.NA if value is None else value for value in values], dtype="Int64")
