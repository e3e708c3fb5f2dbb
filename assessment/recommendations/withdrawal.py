"""Say what would make us withdraw a recommendation."""

from assessment.model.rule import Comparison, Operator, Rule
from assessment.model.trigger import key_of

OPPOSITE: dict[Operator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def opposite(rule: Rule) -> str:
    """Write when a rule no longer holds: any of its comparisons the other way round.

    >>> from assessment.model.rule import parse
    >>> opposite(parse("LE2 < 50")), opposite(parse("OO1 >= 60 and OO3 < 45"))
    ('LE2 >= 50', 'OO1 < 60 | OO3 >= 45')
    """
    return key_of([Rule((_turned(clause),)) for clause in rule.clauses])


def _turned(clause: Comparison) -> Comparison:
    return Comparison(clause.left, OPPOSITE[clause.operator], clause.right)
