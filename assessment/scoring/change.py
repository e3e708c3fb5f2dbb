"""Say how far one measure moved between two waves, and what chance alone can do."""

from dataclasses import dataclass

from scipy.stats import t as student

from assessment.scoring.arrays import TOLERANCE
from assessment.scoring.differences import Difference, difference
from assessment.scoring.role_balance import Estimate

POWER = 0.80


@dataclass(frozen=True)
class Change:
    """Hold a change in points.

    Parameters
    ----------
    found
        The difference, later minus earlier, with interval and p.
    noise_band
        A change of up to this can be chance.
    detectable
        A true change of this is found eight times in ten.
    is_unlikely
        Whether a change of the size that counts is unlikely: the 90 % interval lies inside it.
    """

    found: Difference
    noise_band: float
    detectable: float
    is_unlikely: bool


def change_between(later: Estimate, earlier: Estimate, *, points: float) -> Change:
    r"""Compare two waves as independent samples: :math:`SE^2 = SE_1^2 + SE_2^2`.

    People who answered twice make the interval too wide rather than too narrow. Noise band
    :math:`t_{.975,\nu} SE`, detectable change :math:`(t_{.975,\nu} + t_{.80,\nu}) SE`.

    Parameters
    ----------
    points
        The change that counts.

    References
    ----------
    Schuirmann (1987), doi:10.1007/BF01068419: two one-sided tests.
    """
    found = difference(later, earlier)
    reach, power, inner = (float(student.ppf(share, found.df)) for share in (0.975, POWER, 0.95))
    is_inside = abs(found.value) + inner * found.se < points - TOLERANCE
    return Change(found, reach * found.se, (reach + power) * found.se, is_inside)
