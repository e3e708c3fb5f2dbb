"""Say how much of a total one latent variable explains, for the questionnaire's owner."""

import warnings

import numpy as np
from numpy.typing import ArrayLike

from assessment.scoring.arrays import FloatArray
from assessment.scoring.reliability import complete_answers

PROPER = 0.005
"""The smallest share of an item's variance that its own part may have; R's ``factanal`` stops there as well."""

FLAT = 1e-5
"""The steepest slope of the scaled log-likelihood that still counts as its top."""


def omega_total(items: ArrayLike) -> float:
    r"""Give omega, :math:`(\sum \lambda_j)^2 / ((\sum \lambda_j)^2 + \sum \psi_j)`, of the raw total.

    The loadings :math:`\lambda` and unique variances :math:`\psi` are those of the model with one latent variable,
    fitted by maximum likelihood to the correlations and set back into the items' own units: the fit does not depend on
    the units. Alpha equals omega when all loadings are the same and is below it otherwise.

    Parameters
    ----------
    items
        Shape (n_respondents, k), reversed items already turned; NaN is missing. Only respondents who answered every
        item count.

    Returns
    -------
    float
        In [0, 1]. NaN below three respondents or items (the model is not identified), where an item does not vary, and
        where the fit is not proper: it found no top, or leaves an item less than 0.5 % of its variance for itself (a
        Heywood case). Then the latent variable is that one item, and omega would say nothing about the others. Items
        that are copies of each other are such a case.

    References
    ----------
    McDonald (1999), *Test Theory*.
    """
    complete = complete_answers(items)
    n, k = complete.shape
    if n < 3 or k < 3 or (np.ptp(complete, axis=0) == 0).any():
        return np.nan
    spread = complete.std(axis=0, ddof=1)
    loadings, unique = _one_latent_variable(np.corrcoef(complete, rowvar=False).reshape(k, k), n=n)
    common = float((loadings * spread).sum() ** 2)
    return common / (common + float((unique * spread**2).sum()))


def _one_latent_variable(correlation: FloatArray, *, n: int) -> tuple[FloatArray, FloatArray]:
    """Fit loadings and unique variances, each of shape (k,), to correlations; NaN where the fit is not proper."""
    from statsmodels.multivariate.factor import Factor  # noqa: PLC0415  # slow to import, and only the owner needs it

    model = Factor(None, n_factor=1, corr=correlation, nobs=n, method="ml")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what they warn of is looked at below
        found = model.fit(start=_start(correlation))
        loadings, unique = np.asarray(found.loadings)[:, 0], np.asarray(found.uniqueness)
        slope = np.abs(model.score(found.mle_retvals.x)).max()
    is_proper = slope < FLAT and unique.min() >= PROPER
    return (loadings, unique) if is_proper else (np.full_like(loadings, np.nan), np.full_like(unique, np.nan))


def _start(correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Start from the first principal component, a little shrunken, so that no item order and no luck plays a part."""
    sizes, directions = np.linalg.eigh(correlation)
    loadings = 0.8 * np.sqrt(sizes[-1]) * directions[:, -1:]
    return loadings, 1 - loadings[:, 0] ** 2
