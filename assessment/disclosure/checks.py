"""Print how far a score depends on choices: always the sentence, the figures only where they may be shown."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assessment.disclosure import rounding
from assessment.disclosure.cells import OVERALL, check_columns
from assessment.disclosure.companions import Printed, Row, number, rows_of
from assessment.disclosure.decisions import NOT_ASKED, SHOWN, Decisions
from assessment.disclosure.figures import ORGANISATION, ROLE

CHECKS = (
    "check", "measure", "low", "high", "score", "support", "stays", "moves_1", "moves_2", "moves_3", "moves_4",
    "moves_5",
)  # fmt: skip
OF_ALL_DIMENSIONS = ("dimension_weights", "weakest")
SAME = 1e-6


def printed_checks(
    checks: pd.DataFrame,
    decisions: Decisions,
    *,
    scores: Mapping[str, float],
    caps: Mapping[str, int],
    strata: Sequence[str],
    points: float,
    n: int,
) -> Printed:
    """Print what was tried on each shown score; whether the level's wording moves is printed with each.

    A range over role weights follows from the means of the roles, so it is printed where all of them are. A score
    without flagged answers rests on other people: it is a figure of its own, and its row must have passed.

    Parameters
    ----------
    scores
        The organisation's exact score on each shown measure.
    caps
        The highest level of each dimension and of the whole.
    strata
        The groups that the organisation's score balances.
    points
        The movement of a score that matters.
    n
        Everybody who answered anything.
    """
    check_columns(checks, needed=CHECKS, known=CHECKS, name="checks")
    return [
        {"check": row["check"], "measure": row["measure"], "moves": row[f"moves_{caps.get(measure, 5)}"] is True}
        | _figures(row, decisions, scores, strata, points, n)
        for row in rows_of(checks)
        for measure in [str(row["measure"])]
        if measure in scores and (row["check"] not in OF_ALL_DIMENSIONS or OVERALL in scores)
    ]


def _figures(  # noqa: PLR0917 - what a check is judged by
    row: Row,
    decisions: Decisions,
    scores: Mapping[str, float],
    strata: Sequence[str],
    points: float,
    n: int,
) -> dict[str, object]:
    measure = str(row["measure"])
    match row["check"]:
        case "weakest":
            return {"moves": not row["stays"], "support": rounding.probability(number(row, "support"), n=n)}
        case "without_flagged":
            return _without_flagged(row, decisions, scores, points)
        case "strict_minima":
            return {}
        case "role_weights" if not _are_shown(strata, measure, scores, decisions):
            return {}
        case _:
            return {end: rounding.one_decimal(number(row, end)) for end in ("low", "high")}


def _without_flagged(row: Row, decisions: Decisions, scores: Mapping[str, float], points: float) -> dict[str, object]:
    """Say whether the flagged answers matter; with the figure where its row has passed and is the one computed."""
    measure, score = str(row["measure"]), number(row, "score")
    said: dict[str, object] = {}
    if not abs(score - scores[measure]) < points - SAME:
        said["moves"] = True
    key = (ORGANISATION, ORGANISATION, measure, "without_flagged")
    if decisions.of.get(key) is SHOWN and abs(decisions.means[key] - score) < SAME:
        said["score"] = rounding.one_decimal(score)
    return said


def _are_shown(strata: Sequence[str], measure: str, scores: Mapping[str, float], decisions: Decisions) -> bool:
    """Tell whether every group's own mean is printed; a group that was not asked has none."""
    parts = [part for part in scores if part != OVERALL] if measure == OVERALL else [measure]
    found = [decisions.about(ROLE, stratum, part) for stratum in strata for part in parts]
    return all(decision in {SHOWN, NOT_ASKED} for decision in found)
