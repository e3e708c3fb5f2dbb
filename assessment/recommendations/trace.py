"""Write down from which released figures a recommendation follows."""

from assessment.disclosure import Stated, Value, values_read
from assessment.model.rule import Rule
from assessment.model.trigger import key_of
from assessment.recommendations.advice import Trace
from assessment.recommendations.case import Case, Setting
from assessment.recommendations.catalogue import Catalogue
from assessment.recommendations.prerequisites import comes_before
from assessment.recommendations.withdrawal import opposite


def trace_of(case: Case, catalogue: Catalogue, setting: Setting, stated: Stated) -> Trace:
    """Give the trace of a fired entry: trigger, every value in it, support, prerequisites, parts of the numbers."""
    judgement, done = case.judgement, catalogue.done
    return Trace(
        rule=key_of(judgement.alternatives),
        rules_held=tuple(map(str, judgement.held)),
        values=tuple(
            dict.fromkeys(value for rule in judgement.alternatives for value in _values(rule, setting, stated))
        ),
        items=case.items,
        support=judgement.support,
        prerequisites=tuple(
            (name, "unmet" if name in catalogue.unmet else "met")
            for name in comes_before(case.entry, catalogue.entries, done=done)
        ),
        withdrawn_when=tuple(opposite(rule) for rule in judgement.held),
        parts=case.parts,
    )


def _values(rule: Rule, setting: Setting, stated: Stated) -> tuple[Value, ...]:
    return values_read(rule, setting.released, setting.questionnaire, stated)
