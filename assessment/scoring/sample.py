"""Estimate a group's mean as a sample of its own future, for gaps and changes."""

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.scoring.arrays import FloatArray
from assessment.scoring.role_balance import Estimate, role_balanced


def sample_estimate(
    values: FloatArray, strata: Sequence[str], *, fallback_sd: float, weights: Mapping[str, float] | None = None
) -> Estimate:
    """Balance a mean over strata, without finite population correction.

    Where all answers agree, the usual spread of person scores stands in for one that the answers do not show.
    """
    names = np.asarray(strata, dtype=str)
    is_scored = np.isfinite(values)
    estimate = role_balanced(values[is_scored], names[is_scored], weights=weights)
    if estimate.se != 0:
        return estimate
    present, n = np.unique(names[is_scored], return_counts=True)
    share = np.array([(weights or {}).get(name, 1.0) for name in present.tolist()])
    spread = fallback_sd * float(np.sqrt(((share / share.sum()) ** 2 / n).sum()))
    return Estimate(estimate.mean, spread, max(estimate.n - 1, 1), estimate.n)
