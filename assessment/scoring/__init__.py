"""Score answers: one statistic per file, pure; every number that needs answers, variances or draws.

The functions named here take plain arrays and are the ones to call from outside; the rest of the room works on tables.
"""

from assessment.scoring.average_deviation import average_deviation
from assessment.scoring.benchmark_position import Position, benchmark_position
from assessment.scoring.careless import even_odd, intra_individual_variability, longstring, mahalanobis
from assessment.scoring.differences import Difference, holm
from assessment.scoring.effect_size import hedges_g
from assessment.scoring.games_howell import games_howell
from assessment.scoring.interval import logit_t_interval
from assessment.scoring.intraclass import Icc, icc
from assessment.scoring.level_probability import level_probabilities
from assessment.scoring.omega import omega_total
from assessment.scoring.reliability import Reliability, alpha_if_dropped, cronbach_alpha, item_rest
from assessment.scoring.role_balance import Estimate, role_balanced
from assessment.scoring.welch import welch
from assessment.scoring.within_group import rwg, rwg_chance_quantile, rwg_j

__all__ = [
    "Difference",
    "Estimate",
    "Icc",
    "Position",
    "Reliability",
    "alpha_if_dropped",
    "average_deviation",
    "benchmark_position",
    "cronbach_alpha",
    "even_odd",
    "games_howell",
    "hedges_g",
    "holm",
    "icc",
    "intra_individual_variability",
    "item_rest",
    "level_probabilities",
    "logit_t_interval",
    "longstring",
    "mahalanobis",
    "omega_total",
    "role_balanced",
    "rwg",
    "rwg_chance_quantile",
    "rwg_j",
    "welch",
]
