"""Measure how far the weakest part of a trigger lies from where it should be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.disclosure import Released, Row, figure, gap_values
from assessment.model.policy import Ranking
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Call, Rule
from assessment.model.trigger import ids_in

READS_GAP = ("gap", "count_gap")


@dataclass(frozen=True)
class Gap:
    """The gap (0-1), the facet or role difference that it was measured on, and its size in points."""

    value: float
    measured_on: str
    distance: float


def trigger_facets(held: Iterable[Rule], entry: Recommendation, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the facets that the rules which hold name, or that hold the items which they name; else the entry's own."""
    names = [name for rule in held for name in ids_in(rule, questionnaire)]
    facets = [questionnaire.facet_of.get(name, name) for name in names]
    named = tuple(dict.fromkeys(facet for facet in facets if facet in questionnaire.facets))
    return named or tuple(facet for facet in entry.facets if facet in questionnaire.facets)


def gap_of(
    held: Sequence[Rule],
    entry: Recommendation,
    questionnaire: Questionnaire,
    *,
    scores: Mapping[str, Row],
    released: Released,
    cut_off: float,
) -> Gap | None:
    """Give the largest gap of a trigger; None where nothing that it could be measured on is shown.

    Facets: min(1, points of the worst facet below the cut-off / `gap_points`), not below 0. Rules about roles:
    min(1, largest difference, whichever its sign / `perception_points`), instead of the entry's own facets.
    """
    ranking = questionnaire.policy.ranking
    of_roles, of_facets = [rule for rule in held if _reads_gap(rule)], [rule for rule in held if not _reads_gap(rule)]
    found = [_of_roles(of_roles, released, ranking)]
    if of_facets:
        facets = trigger_facets(of_facets, entry, questionnaire)
        found.append(_of_facets(facets, scores, cut_off, ranking))
    return max((gap for gap in found if gap), key=lambda gap: gap.value, default=None)


def _of_facets(facets: Iterable[str], scores: Mapping[str, Row], cut_off: float, ranking: Ranking) -> Gap | None:
    shown = {facet: figure(scores[facet], "score") for facet in facets if facet in scores}
    below = {facet: cut_off - score for facet, score in shown.items() if score is not None}
    if not below:
        return None
    worst = max(below, key=lambda facet: below[facet])
    return Gap(_share(below[worst], ranking.gap_points), worst, round(max(0.0, below[worst]), 1))


def _of_roles(rules: Iterable[Rule], released: Released, ranking: Ranking) -> Gap | None:
    calls = [term for rule in rules for term in rule.terms() if isinstance(term, Call)]
    sizes = {
        gap.id: abs(gap.score)
        for call in calls
        if call.function in READS_GAP
        for gap in gap_values(released, *call.arguments[:2])
        if gap.score is not None and (call.function == "count_gap" or gap.id == call.arguments[-1])
    }
    if not sizes:
        return None
    largest = max(sizes, key=lambda dimension: sizes[dimension])
    return Gap(_share(sizes[largest], ranking.perception_points), largest, sizes[largest])


def _reads_gap(rule: Rule) -> bool:
    return any(isinstance(term, Call) and term.function in READS_GAP for term in rule.terms())


def _share(points: float, whole: float) -> float:
    return min(1.0, max(0.0, points / whole))
