"""Plan a wave before it opens, and say how many answered while it runs; it needs no answers, only numbers of people."""

from assessment.pipeline.planning.appearing import GroupNeeds
from assessment.pipeline.planning.groupings import Grouping
from assessment.pipeline.planning.plan import Plan, survey_plan
from assessment.pipeline.planning.plan_text import plan_text
from assessment.pipeline.planning.response import ResponseRow, response_so_far, response_text
from assessment.pipeline.planning.views import AtRate

__all__ = [
    "AtRate",
    "GroupNeeds",
    "Grouping",
    "Plan",
    "ResponseRow",
    "plan_text",
    "response_so_far",
    "response_text",
    "survey_plan",
]
