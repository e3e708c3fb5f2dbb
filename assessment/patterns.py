"""Name what fits: hypotheses about how the parts of an organisation hang together."""

from dataclasses import dataclass

from assessment.disclosure import Released, Value, values_read
from assessment.model.questionnaire import Questionnaire
from assessment.model.rule import Call, Rule, parse
from assessment.model.trigger import key_of


@dataclass(frozen=True)
class PatternFound:
    """A pattern whose rule holds with enough support, the figures beside it, and the mirror item to ask about."""

    id: str
    support: float
    values: tuple[Value, ...]
    mirror: str | None


def fired(released: Released, questionnaire: Questionnaire) -> tuple[PatternFound, ...]:
    """Give the patterns to discuss: those that hold at the point estimate and in enough draws, best supported first."""
    judged = {str(row["rule"]): row for _, row in released.rules.iterrows()}
    found: list[PatternFound] = []
    for pattern in questionnaire.patterns:
        rule = parse(pattern.when)
        row = judged.get(key_of([rule]))
        if (
            row is not None
            and row["judged"]
            and row["holds"]
            and row["support"] >= questionnaire.policy.pattern_support
        ):
            values = values_read(rule, released, questionnaire)
            found.append(PatternFound(pattern.id, float(row["support"]), values, _mirror(rule, questionnaire)))
    ordered = sorted(found, key=lambda pattern: (-pattern.support, pattern.id))
    return tuple(ordered[: questionnaire.policy.patterns_shown])


def _mirror(rule: Rule, questionnaire: Questionnaire) -> str | None:
    """Give the mirror item that the rule reads, or one of the facets it reads."""
    mirrors = questionnaire.structure.mirror_items
    named = [name for term in rule.terms() for name in (term.arguments if isinstance(term, Call) else [str(term)])]
    return next((m for name in named for m in mirrors if name in (m, questionnaire.facet_of[m])), None)
