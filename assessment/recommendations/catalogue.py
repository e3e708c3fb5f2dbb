"""Hold the whole catalogue as judged for one organisation: what fired, what blocks what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessment.model.recommendation import Recommendation
from assessment.recommendations.case import Case, Setting, case_of
from assessment.recommendations.judgement import Judgement, judge, judged_rules
from assessment.recommendations.target import target_of

SAME = 1e-9


@dataclass(frozen=True)
class Catalogue:
    """Every entry by id, its judgement, the case of each that fires and is not done, what is unmet and what is done."""

    entries: Mapping[str, Recommendation]
    judgements: Mapping[str, Judgement]
    cases: Mapping[str, Case]
    unmet: frozenset[str]
    done: frozenset[str]


def judge_catalogue(
    setting: Setting, *, fired: Collection[str], done: Collection[str], targets: Mapping[str, int]
) -> Catalogue:
    """Judge every entry, weigh those that fire, and find the prerequisites that are unmet.

    Parameters
    ----------
    fired
        The ids of the patterns that fired.
    """
    questionnaire, rules = setting.questionnaire, judged_rules(setting.released)
    entries = {entry.id: entry for entry in questionnaire.recommendations}
    target = {
        dimension: target_of(dimension, setting.released, questionnaire.policy, targets=targets)
        for dimension in {entry.dimension for entry in entries.values()}
    }
    judgements = {
        name: judge(entry, questionnaire, rules, fired=fired, cut_off=target[entry.dimension].limit_for(entry))
        for name, entry in entries.items()
    }
    open_ids = frozenset(name for name, judgement in judgements.items() if judgement.fires and name not in done)
    cases = {
        name: case_of(entries[name], judgements[name], target[entries[name].dimension], setting, fired=open_ids)
        for name in sorted(open_ids)
    }
    as_written = {name: judge(entries[name], questionnaire, rules, fired=fired) for name in cases}
    unmet = {name for name, case in cases.items() if comes_first(case, as_written[name], setting)}
    return Catalogue(entries, judgements, cases, frozenset(unmet), frozenset(done))


def comes_first(case: Case, as_written: Judgement, setting: Setting) -> bool:
    """Tell whether an entry must come before those that name it as a prerequisite.

    It does where its trigger fires at the limits as written (a limit raised to a higher target offers an entry, it does
    not block the next one), its confidence is at least 0.5, and it could take the place itself: an entry without a gap
    to the target would hold the others up and never be shown.
    """
    if not (as_written.fires and case.priority > 0):
        return False
    written = case_of(case.entry, as_written, case.target, setting, fired=())
    return is_sure(case, setting) and is_sure(written, setting)


def is_sure(case: Case, setting: Setting) -> bool:
    """Tell whether the confidence is enough for advice."""
    return case.confidence.value >= setting.questionnaire.policy.ranking.min_confidence - SAME
