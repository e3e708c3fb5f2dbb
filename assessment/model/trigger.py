"""Say which rules have to be judged for a questionnaire's patterns and recommendations, and how each is called."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Comparison, Name, Number, Rule, Sum, Vocabulary, ids_of, parse

RAISED_LIMIT = 50.0
"""The facet limit that rises with the level that an organisation aims for; the catalogue writes it for a weak facet."""


def key_of(alternatives: Sequence[Rule]) -> str:
    """Name a trigger: its rules in canonical form, joined by `` | `` (any of them).

    >>> key_of([parse("LE4<50"), parse("raw(LE4a)<=2.5")])
    'LE4 < 50 | raw(LE4a) <= 2.5'
    """
    return " | ".join(map(str, alternatives))


def raised(rule: Rule, cut_off: float, facets: Collection[str]) -> Rule:
    """Give the rule with each facet limit of 50 raised to a cut-off; a limit never falls.

    >>> str(raised(parse("LE1 < 50 and LE2 < 45"), 70.0, ("LE1", "LE2")))
    'LE1 < 70 and LE2 < 45'
    """
    return Rule(tuple(_raised(clause, max(cut_off, RAISED_LIMIT), facets) for clause in rule.clauses))


def _raised(clause: Comparison, limit: float, facets: Collection[str]) -> Comparison:
    match clause:
        case Comparison(Sum(((1, Name(facet)),)), "<" | "<=", Sum(((1, Number(written)),))) if (
            facet in facets and written == RAISED_LIMIT
        ):
            return Comparison(clause.left, clause.operator, Sum(((1, Number(float(limit))),)))
        case _:
            return clause


def triggers_of(entry: Recommendation, questionnaire: Questionnaire, *, cut_off: float = RAISED_LIMIT) -> list[Rule]:
    """Give the rules that a recommendation writes itself, with its limits raised to a cut-off."""
    return [raised(parse(text), cut_off, questionnaire.facets) for text in entry.when.any]


def pattern_rules(entry: Recommendation, questionnaire: Questionnaire) -> dict[str, Rule]:
    """Give the rules of the patterns that a recommendation names, by the pattern's id; they are never raised."""
    written = {pattern.id: pattern.when for pattern in questionnaire.patterns}
    return {name: parse(written[name]) for name in entry.when.patterns}


def alternatives_of(
    entry: Recommendation, questionnaire: Questionnaire, *, cut_off: float = RAISED_LIMIT
) -> tuple[Rule, ...]:
    """Give everything that makes a recommendation fire: its own rules, then those of the patterns that it names."""
    own = triggers_of(entry, questionnaire, cut_off=cut_off)
    return tuple(dict.fromkeys([*own, *pattern_rules(entry, questionnaire).values()]))


def rules_to_judge(questionnaire: Questionnaire) -> Mapping[str, tuple[Rule, ...]]:
    """Give every key that patterns and recommendations look up, with the rules of which any must hold.

    A pattern has one key. A recommendation has one for each of its alternatives and one for all of them together, as
    written and with its facet limits raised to every cut-off.
    """
    return {key_of(rules): rules for rules in _judged_together(questionnaire)}


def _judged_together(questionnaire: Questionnaire) -> Iterator[tuple[Rule, ...]]:
    for pattern in questionnaire.patterns:
        yield (parse(pattern.when),)
    for entry in questionnaire.recommendations:
        for cut_off in (RAISED_LIMIT, *questionnaire.policy.cut_offs):
            together = alternatives_of(entry, questionnaire, cut_off=cut_off)
            yield from ((rule,) for rule in together)
            yield together


def ids_in(rule: Rule, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the dimensions, facets and items whose scores a rule reads, each once, in written order."""
    dimensions = tuple(dimension.id for dimension in questionnaire.dimensions)
    vocabulary = Vocabulary(dimensions, scored=(), items=(), roles=())
    return tuple(dict.fromkeys(name for term in rule.terms() for name in ids_of(term, vocabulary)))
