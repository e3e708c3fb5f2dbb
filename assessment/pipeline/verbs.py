"""Compose the rooms, a function a verb: load, read, score, release, compare, recommend."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from assessment import comparison, patterns, recommendations
from assessment.definitions import find_questionnaire, load_questionnaire
from assessment.disclosure import PooledReleased, Released, release_pooled
from assessment.frames import Answers
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.pipeline.gate import gate
from assessment.pipeline.scores import Scores, score
from assessment.recommendations import Recommended
from assessment.responses import read_answers
from assessment.scoring.item_analysis import item_analysis

__all__ = ["Advised", "Scores", "analyse_items", "compare", "load", "read", "recommend", "release", "score"]


def load(folder_or_id: str | Path, *, workspace: str | Path = ".") -> Questionnaire:
    """Load a questionnaire from its folder, or by ``id`` (newest version) or ``id/version``.

    Raises
    ------
    DefinitionError
        With every problem of the folder: file, key, line, and what would be right.
    """
    folder = Path(folder_or_id)
    if not (folder / "questionnaire.yaml").is_file():
        folder = find_questionnaire(str(folder_or_id), workspace=Path(workspace))
    return load_questionnaire(folder)


def read(
    path: str | Path,
    questionnaire: Questionnaire,
    tool: str | None = None,
    *,
    only: Mapping[str, str] | None = None,
    missing_items: Collection[str] = (),
) -> Answers:
    """Read the answers of one organisation in one wave from a survey tool's export or a plain table.

    Parameters
    ----------
    tool
        The survey tool; None to recognise it.
    only
        Heading and value that choose the rows of a file with several organisations or waves.
    missing_items
        Items that were left out of the form on purpose.

    Raises
    ------
    ImportRefused
        With every problem of the stage that failed, as E01 to E15.
    """
    return read_answers(Path(path), questionnaire, tool=tool, only=only, missing_items=missing_items)


def analyse_items(answers: Answers, questionnaire: Questionnaire) -> PooledReleased:
    """Give its owner what pooled answers say about a questionnaire: reliability, items, pairs, careless answering.

    Parameters
    ----------
    answers
        Pooled answers that their owners have agreed to; never read from the stores of clients.
    """
    found = item_analysis(answers, questionnaire, questionnaire.policy)
    tables = {field.name: getattr(found, field.name) for field in fields(found)}
    return release_pooled(**tables, policy=questionnaire.policy)


def release(scores: Scores, policy: Policy, ledger: Iterable[Mapping[str, object]] = ()) -> Released:
    """Give what may be shown: small roles are merged, everything is scored again and passes the gate.

    Parameters
    ----------
    policy
        The privacy rules; may be stricter than the questionnaire's, never below the floor.
    ledger
        The figures that were printed of the wave before.

    Raises
    ------
    PolicyError
        When nothing may be shown.
    """
    return gate(scores, policy, ledger).released


def compare(released: Released, earlier: Released | None) -> tuple[comparison.Change, ...]:
    """Give what moved since an earlier wave that was reported; nothing on a first wave."""
    return comparison.compare(released, earlier)


@dataclass(frozen=True)
class Advised:
    """The patterns to discuss, and the advice."""

    patterns: tuple[patterns.PatternFound, ...]
    recommended: Recommended


def recommend(
    released: Released,
    questionnaire: Questionnaire,
    *,
    targets: Mapping[str, int] | None = None,
    coverage: float | None = None,
) -> Advised:
    """Give the patterns that fit and the recommendations that follow, from released figures alone.

    Parameters
    ----------
    targets
        Level to reach of each dimension that has a target.
    coverage
        Practice coverage, a share.
    """
    holding = [pattern.id for pattern in patterns.holding(released, questionnaire)]
    recommended = recommendations.recommend(
        released, questionnaire, fired=holding, practices_coverage=coverage, targets=targets
    )
    return Advised(patterns.fired(released, questionnaire), recommended)
