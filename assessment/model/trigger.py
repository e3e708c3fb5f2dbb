"""Say which rules have to be judged for a questionnaire's patterns and recommendations, and how each is called."""

from collections.abc import Mapping, Sequence

from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Comparison, Name, Number, Rule, Sum, parse

RAISED_LIMIT = 50.0
"""The facet limit that rises with the level that an organisation aims for."""


def key_of(alternatives: Sequence[Rule]) -> str:
    """Name a trigger: its rules in canonical form, joined by `` | `` (any of them)."""
    return " | ".join(map(str, alternatives))


def raised(rule: Rule, cut_off: float, questionnaire: Questionnaire) -> Rule:
    """Give the rule with each facet limit of 50 raised to a cut-off; a limit never falls.

    >>> str(Rule((Comparison(Sum(((1, Name("PM3")),)), "<", Sum(((1, Number(50.0)),))),)))
    'PM3 < 50'
    """
    return Rule(tuple(_raised(clause, cut_off, questionnaire) for clause in rule.clauses))


def _raised(clause: Comparison, cut_off: float, questionnaire: Questionnaire) -> Comparison:
    match clause:
        case Comparison(Sum(((1, Name(facet)),)), "<", Sum(((1, Number(limit)),))) if (
            facet in questionnaire.facets and limit == RAISED_LIMIT < cut_off
        ):
            return Comparison(clause.left, "<", Sum(((1, Number(float(cut_off))),)))
        case _:
            return clause


def triggers_of(entry: Recommendation, questionnaire: Questionnaire, *, cut_off: float = RAISED_LIMIT) -> list[Rule]:
    """Give the rules of a recommendation with its limits raised to a cut-off."""
    return [raised(parse(text), cut_off, questionnaire) for text in entry.when.any]


def rules_to_judge(questionnaire: Questionnaire) -> Mapping[str, tuple[Rule, ...]]:
    """Give every rule of the patterns and every trigger, as written and with raised limits: each alone and all together."""
    found: dict[str, tuple[Rule, ...]] = {}
    for pattern in questionnaire.patterns:
        rule = parse(pattern.when)
        found[key_of([rule])] = (rule,)
    for entry in questionnaire.recommendations:
        for cut_off in (RAISED_LIMIT, *questionnaire.policy.cut_offs):
            rules = triggers_of(entry, questionnaire, cut_off=cut_off)
            found |= {key_of([rule]): (rule,) for rule in rules}
            if rules:
                found[key_of(rules)] = tuple(rules)
    return found
