"""Set the practice inventory beside the survey: coverage, depth, and the level that they allow."""

from assessment.model.organisation import PracticeRating, PracticeReview
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.results import Practices, PracticeStatus

HIGHEST = 5
NOT_RATED = PracticeRating()


def practices_of(questionnaire: Questionnaire, review: PracticeReview | None) -> Practices | None:
    """Give coverage (share of the rated practices that are shared) and depth (mean rating of three) of a review.

    What could not be told is not rated; what does not apply leaves both counts and counts as settled.
    """
    inventory = questionnaire.practices
    if review is None or inventory is None:
        return None
    rows = tuple(
        PracticeStatus(practice.id, practice.pillar, rating.value, rating.applies, rating.owner, rating.reason)
        for practice in inventory.items
        for rating in [review.ratings.get(practice.id, NOT_RATED)]
    )
    rated = [row.value for row in rows if row.applies and row.value is not None]
    covered = sum(value >= inventory.covered_from for value in rated)
    deepest = questionnaire.scales[inventory.scale].highest
    return Practices(
        rated_on=review.rated_on,
        rows=rows,
        coverage=covered / len(rated) if rated else None,
        depth=sum(rated) / len(rated) / deepest if rated else None,
        n_covered=covered,
        n_rated=len(rated),
        n_settled=len(rated) + sum(not row.applies for row in rows),
    )


def coverage_cap(practices: Practices | None, policy: Policy) -> int | None:
    """Give the highest level that the coverage allows; None where too few practices are settled to say."""
    if practices is None or practices.coverage is None or practices.n_settled < policy.practices_rated_min:
        return None
    too_high = [level for level, needed in sorted(policy.po_coverage.items()) if practices.coverage < needed]
    return too_high[0] - 1 if too_high else HIGHEST
