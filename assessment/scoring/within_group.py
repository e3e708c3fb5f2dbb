"""Compare the spread of answers with that of blind guessing (r_wg), for the appendix."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray

DRAWS: Final = 20_000
BLOCK: Final = 1_000
SEED: Final = 1
LARGEST_N: Final = 60
"""More respondents use the quantile of this many: it is a little higher there, so the comparison stays strict."""


def rwg(answers: ArrayLike, points: int) -> float:
    r"""Give r_wg of one item, :math:`1 - s^2 / \sigma^2`, not below 0; NaN below two answers.

    :math:`\sigma^2 = (A^2 - 1)/12` is the variance of A equally likely answers, :math:`s^2` that of the answers given
    (divisor n - 1). Answers that differ more than guesses do show no agreement: 0.

    Parameters
    ----------
    answers
        Answers to one item, in answer steps; NaN is missing.
    points
        A, the number of answers to choose from; NaN below two of them.

    References
    ----------
    James, Demaree and Wolf (1984), doi:10.1037/0021-9010.69.1.85.

    Examples
    --------
    >>> round(rwg([3, 4, 4, 5], points=5), 3)
    0.667
    """
    return rwg_j(np.asarray(answers, dtype=np.float64).reshape(-1, 1), points)


def rwg_j(items: ArrayLike, points: int) -> float:
    r"""Give r_wg(j) of the respondents who answered all items; not below 0, NaN below two of them.

    :math:`\frac{J (1 - S/\sigma^2)}{J (1 - S/\sigma^2) + S/\sigma^2}` with S the mean item variance, at most
    :math:`\sigma^2 = (A^2 - 1)/12` of A equally likely answers.

    Parameters
    ----------
    items
        Shape (n_respondents, J), in answer steps, reversed items already turned; NaN is missing.
    points
        A, the number of answers to choose from; NaN below two of them.

    References
    ----------
    James, Demaree and Wolf (1984), doi:10.1037/0021-9010.69.1.85.
    """
    given = np.asarray(items, dtype=np.float64)
    complete = given[np.isfinite(given).all(axis=1)]
    if complete.shape[0] < 2 or complete.shape[1] < 1 or points < 2:
        return np.nan
    return float(_agreement(complete[np.newaxis] - complete[0], points=points)[0])


def rwg_chance_quantile(n: int, points: int, items: int, q: float = 0.95) -> float:
    """Give the r_wg(j) that blind guessing stays at or below in a share `q` of groups of `n` respondents.

    20 000 groups of independent, equally likely answers are drawn, the same ones whenever it is asked; the quantile is
    of type 7. Groups above 60 count as 60. NaN where r_wg(j) is.

    Parameters
    ----------
    n
        Respondents who answered all items.
    points, items
        Answers to choose from, and items.
    q
        Between 0 and 1.

    References
    ----------
    Harvey and Hollander (2004), on why a fixed limit misleads.
    """
    if n < 2 or points < 2 or items < 1:
        return np.nan
    return _chance_quantile(min(n, LARGEST_N), points, items, q)


@cache
def _chance_quantile(n: int, points: int, items: int, q: float) -> float:
    """Take the quantile of the groups drawn."""
    bits = np.random.PCG64(np.random.SeedSequence([SEED, n, items, points]))
    drawn = [_agreement(_guesses(bits, n, items, points=points), points=points) for _ in range(DRAWS // BLOCK)]
    return float(np.quantile(np.concatenate(drawn), q))


def _guesses(bits: np.random.PCG64, n: int, items: int, *, points: int) -> FloatArray:
    """Draw a block of groups, shape (BLOCK, n, items), by a stream that does not change between versions of numpy."""
    raw = np.asarray(bits.random_raw(BLOCK * n * items), dtype=np.uint64)
    return np.floor((raw >> np.uint64(11)) * 2.0**-53 * points).reshape(BLOCK, n, items)


def _agreement(answers: FloatArray, *, points: int) -> FloatArray:
    """Give r_wg(j) of each group, shape (n_groups,), from shape (n_groups, n_respondents, n_items)."""
    n_items = answers.shape[2]
    ratio = np.minimum(answers.var(axis=1, ddof=1).mean(axis=1) / ((points**2 - 1) / 12), 1.0)
    return n_items * (1 - ratio) / (n_items * (1 - ratio) + ratio)
