"""Draw joint resamples of whole respondents, role by role."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assessment.scoring.arrays import FloatArray, IntArray, divide
from assessment.scoring.stratified import present_weights

BLOCK = 2**21
"""Draws are made for about this many respondents at a time, so that a large organisation fits into memory."""


@dataclass(frozen=True, slots=True)
class Resamples:
    """Hold how often each respondent was drawn.

    Parameters
    ----------
    respondents
        Per stratum: the row of each respondent, in the order of their answers.
    times_drawn
        Per stratum: shape (n_draws, n_respondents of the stratum).
    held
        Strata of one respondent, who is in every draw: their part does not vary.
    """

    respondents: tuple[IntArray, ...]
    times_drawn: tuple[NDArray[np.uint16], ...]
    held: tuple[str, ...]


def joint_resamples(
    values: FloatArray, strata: IntArray, *, stratum_ids: Sequence[str], n_draws: int, seed: int, ties: FloatArray
) -> Resamples:
    """Draw n - 1 of the n respondents of each stratum with replacement, all their values together.

    Each stratum has its own stream, seeded by `seed` and its id, and its respondents are sorted by their values, so
    that neither the order of rows nor pseudonyms nor other strata move a draw.

    Parameters
    ----------
    values
        Shape (n_respondents, n_measures), keyed items first in questionnaire order; a missing value sorts first. A
        respondent without any value is never drawn.
    strata
        Stratum number of each respondent; -1 counts nowhere.
    ties
        Shape (n_respondents, n_keys): what orders respondents whose values are equal.

    References
    ----------
    Rao and Wu (1988), doi:10.1080/01621459.1988.10478591; Rao, Wu and Yue (1992), *Survey Methodology* 18.
    """
    rows = tuple(_rows_by_answers(values, ties, strata == stratum) for stratum in range(len(stratum_ids)))
    drawn = tuple(
        times_drawn(stratum, n=row.size, n_draws=n_draws, seed=seed)
        for stratum, row in zip(stratum_ids, rows, strict=True)
    )
    held = tuple(stratum for stratum, row in zip(stratum_ids, rows, strict=True) if row.size == 1)
    return Resamples(respondents=rows, times_drawn=drawn, held=held)


def times_drawn(stratum: str, *, n: int, n_draws: int, seed: int) -> NDArray[np.uint16]:
    """Count how often each of `n` respondents comes up in each draw of n - 1, shape (n_draws, n).

    Indices are floor(u n) of the 53-bit uniform numbers of PCG64, whose stream does not change between versions of
    numpy. A single respondent is drawn once.
    """
    if n < 2:
        return np.ones((n_draws, n), dtype=np.uint16)
    bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(stratum.encode("utf-8"))]))
    step = max(1, BLOCK // n)
    blocks = [_count(bits, n=n, n_draws=min(step, n_draws - start)) for start in range(0, n_draws, step)]
    return np.concatenate(blocks)


def stratum_draws(resamples: Resamples, values: FloatArray, *, roster: FloatArray) -> FloatArray:
    r"""Give every stratum's mean of every measure in every draw.

    With t the times drawn, :math:`\lambda = \sqrt{1 - n_m / N_m}` and
    :math:`a_i = 1 - \lambda + \lambda \frac{n}{n - 1} t_i` the mean is :math:`\sum a_i y_i / \sum a_i` over the valid
    values, so that draws vary as the stratified variance does. NaN where no valid value has weight.

    Parameters
    ----------
    values
        Shape (n_respondents, n_measures), rows as drawn; the measures may be others than those drawn by.
    roster
        Shape (n_strata, n_measures); infinite without a roster.

    Returns
    -------
    array of shape (n_strata, n_draws, n_measures)
    """
    parts = zip(resamples.respondents, resamples.times_drawn, roster, strict=True)
    return np.stack([_means(values[rows], drawn, people=people) for rows, drawn, people in parts])


def balanced_draws(draws: FloatArray, *, n: IntArray, weights: FloatArray) -> FloatArray:
    """Balance stratum means of every draw, shape (n_draws, n_measures).

    NaN where a stratum that carries weight has no value in a draw.

    Parameters
    ----------
    draws
        Shape (n_strata, n_draws, n_measures).
    n, weights
        Valid values and declared weights, shape (n_strata, n_measures).
    """
    balance = present_weights(n, weights)[:, np.newaxis, :]
    balanced: FloatArray = np.where(balance > 0, balance * draws, 0.0).sum(axis=0)
    return np.where(n.sum(axis=0) > 0, balanced, np.nan)


def _rows_by_answers(values: FloatArray, ties: FloatArray, is_member: NDArray[np.bool_]) -> IntArray:
    """Give the rows of a stratum's respondents with any value, sorted by their values."""
    rows = np.flatnonzero(is_member & np.isfinite(values).any(axis=1))
    keys = np.nan_to_num(np.concatenate([values[rows], ties[rows]], axis=1), nan=-1.0).T[::-1]
    return rows[np.lexsort(tuple(keys))].astype(np.int64) if rows.size else rows.astype(np.int64)


def _count(bits: np.random.PCG64, *, n: int, n_draws: int) -> NDArray[np.uint16]:
    """Draw a block of rows of n - 1 indices and count them."""
    raw = np.asarray(bits.random_raw(n_draws * (n - 1)), dtype=np.uint64)
    drawn = np.floor((raw >> np.uint64(11)) * 2.0**-53 * n).astype(np.int64)
    cells = drawn + n * np.repeat(np.arange(n_draws), n - 1)
    return np.bincount(cells, minlength=n_draws * n).reshape(n_draws, n).astype(np.uint16)


def _means(values: FloatArray, drawn: NDArray[np.uint16], *, people: FloatArray) -> FloatArray:
    """Give one stratum's mean of each measure in each draw, shape (n_draws, n_measures)."""
    n = values.shape[0]
    valid = np.isfinite(values).astype(np.float64)
    known = np.nan_to_num(values)
    count = valid.sum(axis=0)
    open_share = np.where(count > 0, 1 - divide(count, people), 0.0)
    spread = np.sqrt(open_share) if n > 1 else np.zeros_like(count)
    times = drawn.astype(np.float64) * (n / (n - 1) if n > 1 else 1.0)
    total = (1 - spread) * known.sum(axis=0) + spread * (times @ known)
    weight = (1 - spread) * count + spread * (times @ valid)
    return divide(total, weight)
