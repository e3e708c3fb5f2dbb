"""Say which level a dimension should reach next, and from which score it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from assessment.disclosure import Released, Row, figure
from assessment.model.policy import Policy
from assessment.model.recommendation import Recommendation
from assessment.model.trigger import RAISED_LIMIT

TOP = 5


@dataclass(frozen=True)
class Target:
    """The present level (None: not shown), the level to reach, and the lowest score of that level (0-100)."""

    present: int | None
    level: int
    cut_off: float

    def limit_for(self, entry: Recommendation) -> float:
        """Give the cut-off to which an entry's facet limits rise; 0 where it does not suit the present level."""
        lowest, highest = entry.suits_levels
        return self.cut_off if self.present is not None and lowest <= self.present <= highest else 0.0


def target_of(dimension: str, released: Released, policy: Policy, *, targets: Mapping[str, int]) -> Target:
    """Give the client's target for a dimension, else one level above the present one; at the top its own cut-off.

    The present level is the one of the mean, held back by the cap. Where it is not shown and the client has no target,
    the catalogue's own limit stands for it.
    """
    present = _present(dimension, released)
    unknown = _level_at(RAISED_LIMIT, policy)
    level = targets.get(dimension, unknown if present is None else min(TOP, present + 1))
    return Target(present, level, 0.0 if level < 2 else float(policy.cut_offs[level - 2]))


def _present(dimension: str, released: Released) -> int | None:
    levels = released.levels
    shown = levels[(levels["measure"] == dimension) & (levels["status"] == "shown")]
    rows = [cast("Row", row) for row in shown.to_dict("records")]
    known = [figure(row, column) for row in rows for column in ("uncapped_level", "cap")]
    return min((int(level) for level in known if level is not None), default=None)


def _level_at(score: float, policy: Policy) -> int:
    return 1 + sum(score >= cut_off for cut_off in policy.cut_offs)
