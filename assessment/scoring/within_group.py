"""Compare the spread of answers with that of blind guessing (r_wg), for the appendix."""

from functools import cache

import numpy as np

from assessment.scoring.arrays import FloatArray

CHANCE_DRAWS = 20_000
LARGEST_N = 60
"""More respondents use the quantile of this many: it is a little higher there, so the comparison stays strict."""


def within_group_agreement(answers: FloatArray, *, n_options: int) -> float:
    r"""Give r_wg(j) of the respondents who answered all items; not below 0, NaN below two of them.

    :math:`\frac{J (1 - S/\sigma^2)}{J (1 - S/\sigma^2) + S/\sigma^2}` with S the mean item variance, at most
    :math:`\sigma^2 = (A^2 - 1)/12` of A equally likely options. One item: :math:`1 - s^2/\sigma^2`.

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items), in answer steps; NaN is missing.

    References
    ----------
    James, Demaree and Wolf (1984), doi:10.1037/0021-9010.69.1.85.
    """
    complete = answers[np.isfinite(answers).all(axis=1)]
    if complete.shape[0] < 2:
        return np.nan
    return float(_agreement(complete[np.newaxis], n_options=n_options)[0])


def chance_agreement(*, n: int, n_items: int, n_options: int, seed: int) -> float:
    """Give the r_wg(j) that blind guessing stays below in 95 of 100 groups of `n`; n above 60 counts as 60.

    References
    ----------
    Harvey and Hollander (2004), on why a fixed limit misleads.
    """
    return _chance(min(n, LARGEST_N), n_items, n_options, seed)


@cache
def _chance(n: int, n_items: int, n_options: int, seed: int) -> float:
    """Simulate uniform answers and take the type-7 quantile."""
    bits = np.random.PCG64(np.random.SeedSequence([seed, n, n_items, n_options]))
    raw = np.asarray(bits.random_raw(CHANCE_DRAWS * n * n_items), dtype=np.uint64)
    answers = np.floor((raw >> np.uint64(11)) * 2.0**-53 * n_options).reshape(CHANCE_DRAWS, n, n_items)
    return float(np.quantile(_agreement(answers, n_options=n_options), 0.95))


def _agreement(answers: FloatArray, *, n_options: int) -> FloatArray:
    """Give r_wg(j) of each group, shape (n_groups,), from shape (n_groups, n_respondents, n_items)."""
    n_items = answers.shape[2]
    ratio = np.minimum(answers.var(axis=1, ddof=1).mean(axis=1) / ((n_options**2 - 1) / 12), 1.0)
    return n_items * (1 - ratio) / (n_items * (1 - ratio) + ratio)
