"""Name what fits: hypotheses about how the parts of an organisation hang together."""

from dataclasses import dataclass

from assessment.disclosure import Released, Value, values_read
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Pattern
from assessment.model.rule import Rule, parse
from assessment.model.trigger import ids_in, key_of

SAME = 1e-9


@dataclass(frozen=True)
class PatternFound:
    """A pattern whose rule holds with enough support, the figures beside it, and the mirror item to ask about."""

    id: str
    support: float
    values: tuple[Value, ...]
    mirror: str | None


def fired(released: Released, questionnaire: Questionnaire) -> tuple[PatternFound, ...]:
    """Give the patterns to discuss: the best supported ones, no more than a meeting can take up."""
    return holding(released, questionnaire)[: questionnaire.policy.patterns_shown]


def holding(released: Released, questionnaire: Questionnaire) -> tuple[PatternFound, ...]:
    """Give every pattern that holds at the point estimate and in enough draws, by support, then by id."""
    judged = released.rules[released.rules["judged"]]
    holds = judged[judged["holds"] & (judged["support"] >= questionnaire.policy.pattern_support - SAME)]
    support = dict(zip(holds["rule"].astype(str), holds["support"].astype(float), strict=True))
    rules = {pattern: parse(pattern.when) for pattern in questionnaire.patterns}
    found = [
        _found(pattern, rule, support[key_of([rule])], released, questionnaire)
        for pattern, rule in rules.items()
        if key_of([rule]) in support
    ]
    return tuple(sorted(found, key=lambda pattern: (-pattern.support, pattern.id)))


def not_judged(released: Released, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the ids of the patterns that read a figure which is not shown, in written order."""
    judged = set(released.rules.loc[released.rules["judged"], "rule"])
    return tuple(pattern.id for pattern in questionnaire.patterns if key_of([parse(pattern.when)]) not in judged)


def _found(
    pattern: Pattern, rule: Rule, support: float, released: Released, questionnaire: Questionnaire
) -> PatternFound:
    return PatternFound(
        id=pattern.id,
        support=support,
        values=values_read(rule, released, questionnaire),
        mirror=pattern.mirror or _mirror(rule, questionnaire),
    )


def _mirror(rule: Rule, questionnaire: Questionnaire) -> str | None:
    """Give the mirror item that the rule reads, or one of the facets that it reads."""
    mirrors, facet_of = questionnaire.structure.mirror_items, questionnaire.facet_of
    named = ids_in(rule, questionnaire)
    return next((item for name in named for item in mirrors if name in {item, facet_of[item]}), None)
