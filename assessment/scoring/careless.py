"""Look for answers that were given without reading; they are flagged or counted, never deleted.

No limit stands here: a flag's limits are policy, and several of these figures follow what is measured, too (Meade and
Craig 2012, doi:10.1037/a0028085).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray, IntArray, divide

ANSWER_STEP = 25
"""Points between two neighbouring answers of a five-point scale."""

NOTHING = 1e-12
"""A variance (of answers or points, in their own units) that is smaller than this is rounding, not spread."""


def longstring(answers: ArrayLike) -> IntArray:
    """Count the longest run of the same value, shape (n_respondents,); 0 for a respondent without answers.

    A missing answer ends a run: to say "I can't tell" is to have chosen something else. Where routing leaves items
    out, give only the items that these respondents were asked.

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items): raw values in the order they were shown; NaN is missing.

    References
    ----------
    Johnson (2005), doi:10.1016/j.jrp.2004.09.009.

    Examples
    --------
    >>> longstring([[3, 3, 3, 1, 3], [3, 3, np.nan, 3, 4]])
    array([3, 2])
    """
    shown = np.asarray(answers, dtype=np.float64)
    run = np.zeros(shown.shape[0], dtype=np.int64)
    longest, before = run, np.full(shown.shape[0], np.nan)
    for column in shown.T:
        run = np.where(np.isfinite(column), np.where(column == before, run + 1, 1), 0)
        longest, before = np.maximum(longest, run), column
    return longest


def intra_individual_variability(answers: ArrayLike) -> FloatArray:
    """Give each respondent's standard deviation over the items answered, divisor n - 1; NaN below two answers.

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items): raw values; NaN is missing.

    Returns
    -------
    array of shape (n_respondents,)
        In answer steps. Near 0: the same answer everywhere.

    References
    ----------
    Dunn, Heggestad, Shanock and Theilgard (2018), doi:10.1007/s10869-016-9479-0.
    """
    given = np.asarray(answers, dtype=np.float64)
    n = np.isfinite(given).sum(axis=1)
    middle = divide(np.nansum(given, axis=1), n)
    squares = np.nansum((given - middle[:, np.newaxis]) ** 2, axis=1)
    return np.sqrt(divide(squares, np.maximum(n - 1, 0)))


def even_odd(answers: ArrayLike, facets: Sequence[Sequence[int]]) -> FloatArray:
    r"""Correlate each respondent's two halves of every facet, set up to full length.

    The halves of a facet are the means of its 1st, 3rd, ... and of its 2nd, 4th, ... item. With r the correlation of
    the two over the facets, :math:`2r / (1 + r)`, not below -1.

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items), reversed items already turned; NaN is missing.
    facets
        The columns of each facet, in the order they were shown.

    Returns
    -------
    array of shape (n_respondents,)
        In [-1, 1]. A facet counts for a respondent who answered an item of both halves; NaN below three such facets
        (two always correlate perfectly) and where a half is the same in all of them.

    References
    ----------
    Johnson (2005), doi:10.1016/j.jrp.2004.09.009; Meade and Craig (2012), doi:10.1037/a0028085.
    """
    given = np.asarray(answers, dtype=np.float64)
    odd, even = (_half_means(given, [list(facet)[first::2] for facet in facets]) for first in (0, 1))
    r = _correlate_rows(odd, even)
    return np.where(r <= -1 / 3, -1.0, divide(2 * r, 1 + r))


def mahalanobis(answers: ArrayLike) -> FloatArray:
    r"""Give each respondent's squared distance from the middle, :math:`(x - m)^\top S^{-1} (x - m)`.

    m and S (divisor n - 1) are those of the respondents who answered every item.

    Parameters
    ----------
    answers
        Shape (n_respondents, n_items); NaN is missing.

    Returns
    -------
    array of shape (n_respondents,)
        NaN for a respondent who left an item out; NaN for all unless more than five complete respondents per item are
        there and no item follows from the others.

    References
    ----------
    Meade and Craig (2012), doi:10.1037/a0028085.
    """
    given = np.asarray(answers, dtype=np.float64)
    is_complete = np.isfinite(given).all(axis=1)
    found = np.full(given.shape[0], np.nan)
    n, n_items = int(is_complete.sum()), given.shape[1]
    if n <= 5 * n_items or not n_items:
        return found
    away = given[is_complete] - given[is_complete][0]
    away = away - away.mean(axis=0)
    spread = away.std(axis=0, ddof=1)
    scaled = divide(away, spread)
    if not np.isfinite(scaled).all() or np.linalg.matrix_rank(scaled) < n_items:
        return found
    found[is_complete] = (n - 1) * (np.linalg.qr(scaled)[0] ** 2).sum(axis=1)
    return found


def contradiction(points: ArrayLike, pairs: Sequence[tuple[int, int]], *, least: int = 3) -> FloatArray:
    """Give each respondent's mean distance between the two items of opposite pairs, in answer steps.

    Parameters
    ----------
    points
        Shape (n_respondents, n_items), keyed to 0-100, so that who agrees with an item and disagrees with its opposite
        has the same points on both; NaN is missing.
    pairs
        The two columns of each opposite pair.
    least
        The pairs with both items answered that a figure needs.

    Returns
    -------
    array of shape (n_respondents,)
        In 0-4; NaN below `least` pairs with both items answered.
    """
    keyed = np.asarray(points, dtype=np.float64)
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    apart = np.abs(keyed[:, columns[:, 0]] - keyed[:, columns[:, 1]]) / ANSWER_STEP
    n = np.isfinite(apart).sum(axis=1)
    return np.where(n < least, np.nan, divide(np.nansum(apart, axis=1), n))


def _half_means(answers: FloatArray, halves: Sequence[Sequence[int]]) -> FloatArray:
    """Average the answered items of each half, shape (n_respondents, n_facets); NaN without any."""
    parts = [answers[:, list(half)] for half in halves]
    means = [divide(np.nansum(part, axis=1), np.isfinite(part).sum(axis=1)) for part in parts]
    return np.stack(means, axis=1) if means else np.empty((answers.shape[0], 0))


def _correlate_rows(a: FloatArray, b: FloatArray) -> FloatArray:
    """Correlate two arrays row by row where both are known, in [-1, 1]; NaN below three values or without spread."""
    both = np.isfinite(a) & np.isfinite(b)
    n = both.sum(axis=1)
    first, second = (np.where(both, side, 0.0) for side in (a, b))
    first, second = (np.where(both, side - divide(side.sum(axis=1), n)[:, np.newaxis], 0.0) for side in (first, second))
    squares = np.stack([(first**2).sum(axis=1), (second**2).sum(axis=1)])
    varies = (n > 2) & (squares > NOTHING).all(axis=0)
    return np.clip(divide((first * second).sum(axis=1), np.where(varies, np.sqrt(squares.prod(axis=0)), 0.0)), -1, 1)
