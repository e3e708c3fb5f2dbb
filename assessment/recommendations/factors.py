"""Compute the four numbers of a priority: gap, leverage, confidence, feasibility."""

from collections.abc import Mapping, Sequence

from assessment.model.recommendation import Recommendation
from assessment.model.rule import Call, Rule
from assessment.recommendations.reading import Situation


def named_by(rules: Sequence[Rule]) -> list[str]:
    """Give the ids that rules name, in written order."""
    terms = [term for rule in rules for term in rule.terms()]
    return [name for term in terms for name in (term.arguments if isinstance(term, Call) else [str(term)])]


def is_about_gaps(rules: Sequence[Rule]) -> bool:
    """Tell whether rules compare leaders with others."""
    terms = [term for rule in rules for term in rule.terms()]
    return any(isinstance(term, Call) and term.function in ("gap", "count_gap") for term in terms)


def facets_behind(entry: Recommendation, held: Sequence[Rule], situation: Situation) -> list[str]:
    """Give the facets that the rules that hold name, or whose items they name; else the entry's own."""
    questionnaire = situation.questionnaire
    named = [questionnaire.facet_of.get(name, name) for name in named_by(held)]
    found = list(dict.fromkeys(name for name in named if name in questionnaire.facets))
    return found or list(entry.facets)


def gap(entry: Recommendation, held: Sequence[Rule], situation: Situation) -> float:
    """Give how far the worst facet lies below the target's cut-off, 0-1; for role gaps the largest gap."""
    ranking = situation.questionnaire.policy.ranking
    if held and is_about_gaps(held):
        sizes = [abs(value.score) for value in situation.gaps() if value.score is not None]
        return min(1.0, max(sizes, default=0.0) / ranking.perception_points)
    scores = [situation.score(facet) for facet in facets_behind(entry, held, situation)]
    below = [situation.cut_off(entry) - score for score in scores if score is not None]
    return min(1.0, max(0.0, max(below, default=0.0) / ranking.gap_points))


def leverage(entry: Recommendation, held: Sequence[Rule], situation: Situation, dependents: Mapping[str, int]) -> float:
    """Give how much else it moves: its base, more if it holds the level back, more if other advice waits for it."""
    ranking = situation.questionnaire.policy.ranking
    holds_back = any(facet in situation.holding_back for facet in facets_behind(entry, held, situation))
    waiting = min(ranking.dependent_cap, 1 + ranking.per_dependent * dependents.get(entry.id, 0))
    return entry.leverage / ranking.leverage_base * (ranking.holds_level_back if holds_back else 1.0) * waiting


def confidence(entry: Recommendation, support: float, answered_share: float, situation: Situation) -> float:
    """Give how sure the finding and the advice are: support, strength of evidence, share of people who could tell."""
    ranking = situation.questionnaire.policy.ranking
    return (
        support * ranking.evidence_factor[entry.evidence_strength] * min(1.0, answered_share / ranking.answered_share)
    )


def feasibility(entry: Recommendation, situation: Situation) -> float:
    """Give how easily it is done, 0-1."""
    return entry.feasibility * situation.questionnaire.policy.ranking.effort_factor[entry.effort.size]
