"""Say what is wrong with what a person gave us: where, what, and what would be right."""

from collections.abc import Iterable


class AssessmentError(Exception):
    """Report one or more problems that the person at the keyboard can put right.

    Parameters
    ----------
    headline
        One line that says which file or step failed.
    problems
        One line each: where it is, what it is, what would be right. Never an answer, a free text or a respondent's id.
    """

    def __init__(self, headline: str, problems: Iterable[str] = ()) -> None:
        self.headline = headline
        self.problems = tuple(problems)
        super().__init__("\n".join([headline, *(f"  - {problem}" for problem in self.problems)]))


class DefinitionError(AssessmentError):
    """A questionnaire, an organisation's settings or a rule cannot be used as written."""


class ImportRefused(AssessmentError):  # noqa: N818 - the field's word; it is raised before anything is kept
    """A file of answers cannot be read without guessing; nothing of it was kept."""


class PolicyError(AssessmentError):
    """The privacy rules do not allow what was asked for."""


class StoreError(AssessmentError):
    """An organisation's store is missing, damaged, locked or newer than this version."""


class ReportError(AssessmentError):
    """A report could not be made or checked; none was published."""
