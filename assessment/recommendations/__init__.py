"""Released figures and rules in, ranked advice out: each with its whole computation and what would withdraw it."""

from assessment.recommendations.advice import Advice, Limit, Outcome, Parts, Recommended, Trace
from assessment.recommendations.recommend import recommend

__all__ = ["Advice", "Limit", "Outcome", "Parts", "Recommended", "Trace", "recommend"]
