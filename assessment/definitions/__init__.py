"""Load what people wrote: YAML in, checked models out, every problem of a folder in one error."""

from assessment.definitions.organisations import load_organisation
from assessment.definitions.questionnaires import find_questionnaire, load_questionnaire

__all__ = ["find_questionnaire", "load_organisation", "load_questionnaire"]
