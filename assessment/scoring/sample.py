"""Estimate a group's mean as a sample of its own future, for gaps and changes."""

from collections.abc import Sequence

import numpy as np

from assessment.scoring.arrays import FloatArray
from assessment.scoring.role_balance import Estimate, role_balanced


def sample_estimate(values: FloatArray, strata: Sequence[str], *, fallback_sd: float) -> Estimate:
    """Balance a mean over strata, without finite population correction.

    Where all answers agree, the usual spread of person scores stands in for one that the answers do not show.
    """
    names = np.asarray(strata, dtype=str)
    is_scored = np.isfinite(values)
    estimate = role_balanced(values[is_scored], names[is_scored])
    if estimate.se != 0:
        return estimate
    _, n = np.unique(names[is_scored], return_counts=True)
    spread = fallback_sd * float(np.sqrt((1 / n).sum())) / n.size
    return Estimate(estimate.mean, spread, max(estimate.n - 1, 1), estimate.n)
