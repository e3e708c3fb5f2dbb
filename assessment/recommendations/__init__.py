"""Turn released figures into ranked, traceable advice."""

from assessment.recommendations.advice import Advice, Recommended, Trace
from assessment.recommendations.recommend import recommend

__all__ = ["Advice", "Recommended", "Trace", "recommend"]
