"""Read from the released rules whether a trigger fires; whether a rule holds is worked out below the gate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessment.disclosure import Released, figure
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Rule
from assessment.model.trigger import RAISED_LIMIT, alternatives_of, key_of, pattern_rules, triggers_of

RuleRows = Mapping[str, tuple[bool, float]]


@dataclass(frozen=True)
class Judgement:
    """What is known of a trigger: its alternatives, those that hold, whether all could be judged, and the support."""

    alternatives: tuple[Rule, ...]
    held: tuple[Rule, ...]
    is_complete: bool
    support: float

    @property
    def fires(self) -> bool:
        """Whether any alternative holds."""
        return bool(self.held)


def judged_rules(released: Released) -> RuleRows:
    """Give, by key, whether each rule that could be judged holds, and its support (0-1)."""
    rows = released.rules[released.rules["judged"]].to_dict("records")
    return {str(row["rule"]): (bool(row["holds"]), figure(row, "support") or 0.0) for row in rows}  # pyright: ignore[reportArgumentType]


def judge(
    entry: Recommendation,
    questionnaire: Questionnaire,
    rules: RuleRows,
    *,
    fired: Collection[str],
    cut_off: float = RAISED_LIMIT,
) -> Judgement:
    """Judge an entry's trigger: its own rules hold at the point estimate, a pattern that it names has fired.

    Support is the share of draws in which any alternative holds. Where one cannot be judged it is the largest support
    of the others: never more than the share for any of them.
    """
    alternatives = alternatives_of(entry, questionnaire, cut_off=cut_off)
    own = [rule for rule in triggers_of(entry, questionnaire, cut_off=cut_off) if rules.get(str(rule), (False, 0.0))[0]]
    patterns = [rule for name, rule in pattern_rules(entry, questionnaire).items() if name in fired]
    known = [rules[str(rule)] for rule in alternatives if str(rule) in rules]
    together = rules.get(key_of(alternatives))
    return Judgement(
        alternatives=alternatives,
        held=tuple(dict.fromkeys([*own, *patterns])),
        is_complete=len(known) == len(alternatives),
        support=together[1] if together else max((support for _, support in known), default=0.0),
    )
