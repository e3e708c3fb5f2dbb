"""Rank the catalogue for one organisation: what fires, what must come first, what is shown."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from assessment.disclosure import Released, values_read
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Comparison, Operator, Rule
from assessment.model.trigger import triggers_of
from assessment.recommendations import factors
from assessment.recommendations.advice import Advice, Recommended, Trace
from assessment.recommendations.reading import Situation

OPPOSITE: Mapping[Operator, Operator] = {"<": ">=", "<=": ">", ">=": "<", ">": "<="}


def recommend(
    released: Released,
    questionnaire: Questionnaire,
    *,
    fired: Mapping[str, float],
    done: Collection[str] = (),
    targets: Mapping[str, int] | None = None,
) -> Recommended:
    """Give the advice that follows from the released figures, best first, and everything else with its reason.

    Parameters
    ----------
    fired
        Support of each pattern that fired, by id.
    done
        Recommendations that the organisation has carried out.
    targets
        Target level of each dimension that has one.
    """
    situation = Situation(released, questionnaire, fired, done, targets or {})
    catalogue = {entry.id: entry for entry in questionnaire.recommendations}
    found = {entry.id: _candidate(entry, situation) for entry in catalogue.values()}
    firing = [entry for entry in catalogue.values() if found[entry.id].support > 0]
    dependents = Counter(name for entry in firing for name in entry.prerequisites)
    blocking = {entry.id for entry in catalogue.values() if _blocks(entry, situation)}
    advice = [_advice(found[entry.id], situation, dependents, blocking, catalogue) for entry in catalogue.values()]
    return _selected(advice, catalogue, questionnaire)


@dataclass(frozen=True)
class _Candidate:
    """An entry with the rules of its trigger, those that hold, and their support."""

    entry: Recommendation
    rules: list[Rule]
    held: list[Rule]
    support: float


def _candidate(entry: Recommendation, situation: Situation) -> _Candidate:
    rules = situation.rules(entry)
    return _Candidate(entry, rules, situation.held(rules), situation.support(entry, rules))


def _blocks(entry: Recommendation, situation: Situation) -> bool:
    """Tell whether an entry is an unmet prerequisite: it fires at its written limits, surely enough, and is not done."""
    rules = triggers_of(entry, situation.questionnaire)
    support = situation.support(entry, rules)
    share = situation.share_answered(_items(entry, situation.held(rules), situation))
    sure = factors.confidence(entry, support, share, situation)
    return entry.id not in situation.done and sure >= situation.questionnaire.policy.ranking.min_confidence


def _items(entry: Recommendation, held: list[Rule], situation: Situation) -> tuple[str, ...]:
    """Give the items behind a trigger: those that its rules name, else those of its facets."""
    questionnaire = situation.questionnaire
    named = [name for name in factors.named_by(held) if name in questionnaire.items]
    facets = factors.facets_behind(entry, held, situation)
    return tuple(named) or tuple(item.id for facet in facets for item in questionnaire.facets[facet].items)


def _advice(
    found: _Candidate,
    situation: Situation,
    dependents: Mapping[str, int],
    blocking: Collection[str],
    catalogue: Mapping[str, Recommendation],
) -> Advice:
    entry, held = found.entry, found.held
    if found.support <= 0:
        judged = situation.is_judged(entry, found.rules)
        return Advice(entry.id, "not_fired" if judged else "not_judged")
    items = _items(entry, held, situation)
    share = situation.share_answered(items)
    numbers = {
        "gap": factors.gap(entry, held, situation),
        "leverage": factors.leverage(entry, held, situation, dependents),
        "confidence": factors.confidence(entry, found.support, share, situation),
        "feasibility": factors.feasibility(entry, situation),
    }
    priority = numbers["gap"] * numbers["leverage"] * numbers["confidence"] * numbers["feasibility"]
    after = _first_unmet(entry, catalogue, blocking)
    trace = Trace(
        rules_held=tuple(map(str, held)),
        values=tuple(
            dict.fromkeys(v for rule in held for v in values_read(rule, situation.released, situation.questionnaire))
        ),
        items=items,
        support=found.support,
        answered_share=share,
        target_level=situation.target_level(entry),
        prerequisites=tuple((name, "unmet" if name in blocking else "met") for name in entry.prerequisites),
        withdrawn_when=tuple(str(_opposite(clause)) for rule in held for clause in rule.clauses),
    )
    advice = Advice(entry.id, "below_limit", **numbers, priority=priority, trace=trace, after=after)
    if numbers["confidence"] < situation.questionnaire.policy.ranking.min_confidence:
        return replace(advice, outcome="ask_more")
    if priority <= 0:
        return replace(advice, outcome="no_gap")
    return replace(advice, outcome="next_after") if after else advice


def _opposite(clause: Comparison) -> Comparison:
    return replace(clause, operator=OPPOSITE[clause.operator])


def _first_unmet(
    entry: Recommendation, catalogue: Mapping[str, Recommendation], blocking: Collection[str]
) -> str | None:
    """Go down to the first prerequisite that is unmet and has none of its own, in the order of ids."""
    for name in sorted(entry.prerequisites):
        deeper = _first_unmet(catalogue[name], catalogue, blocking)
        if deeper:
            return deeper
        if name in blocking:
            return name
    return None


def _selected(
    advice: list[Advice], catalogue: Mapping[str, Recommendation], questionnaire: Questionnaire
) -> Recommended:
    """Take the best within the limits: so many in all, of a dimension, of large ones; ties go by id."""
    ranking = questionnaire.policy.ranking
    ordered = sorted(advice, key=lambda one: (-one.priority, one.id))
    shown: list[Advice] = []
    for one in ordered:
        entry = catalogue[one.id]
        same = sum(catalogue[other.id].dimension == entry.dimension for other in shown)
        large = sum(catalogue[other.id].effort.size == "L" for other in shown)
        fits = same < ranking.max_per_dimension and (entry.effort.size != "L" or large < ranking.max_large)
        if one.outcome == "below_limit" and len(shown) < min(ranking.show, ranking.most) and fits:
            shown.append(replace(one, outcome="shown"))
    chosen = {one.id for one in shown}
    return Recommended(tuple(shown), tuple(one for one in ordered if one.id not in chosen))
