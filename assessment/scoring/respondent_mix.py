"""Tell a change in answers from a change in who answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MixSplit:
    """Hold the two parts of a change of the respondent mean, in points; they add up to it."""

    answers: float
    mix: float


def respondent_mix(earlier: Mapping[str, Sequence[float]], later: Mapping[str, Sequence[float]]) -> MixSplit:
    r"""Split the change of the mean over respondents into answers and mix of roles.

    With shares :math:`p_r = n_r / n`: answers :math:`\sum (m_{r2} - m_{r1})(p_{r1} + p_{r2})/2`, mix
    :math:`\sum (p_{r2} - p_{r1})(m_{r1} + m_{r2})/2`.

    Parameters
    ----------
    earlier, later
        Scores by role; both waves have the same roles.

    References
    ----------
    Kitagawa (1955), doi:10.1080/01621459.1955.10501299.
    """
    before, now = (sum(map(len, wave.values())) for wave in (earlier, later))
    answers = mix = 0.0
    for role in sorted(earlier):
        first, second = earlier[role], later[role]
        means = sum(first) / len(first), sum(second) / len(second)
        shares = len(first) / before, len(second) / now
        answers += (means[1] - means[0]) * (shares[0] + shares[1]) / 2
        mix += (shares[1] - shares[0]) * (means[0] + means[1]) / 2
    return MixSplit(answers, mix)
