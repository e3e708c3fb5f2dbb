"""Turn released figures and the catalogue into advice: what to do first, and why not the rest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessment.disclosure import Released, Stated
from assessment.model.questionnaire import Questionnaire
from assessment.recommendations.advice import Advice, Limit, Outcome, Recommended
from assessment.recommendations.case import Case, Setting
from assessment.recommendations.catalogue import Catalogue, is_sure, judge_catalogue
from assessment.recommendations.prerequisites import first_unmet
from assessment.recommendations.selection import Candidate, select
from assessment.recommendations.trace import trace_of


def recommend(
    released: Released,
    questionnaire: Questionnaire,
    *,
    fired: Collection[str],
    practices_coverage: float | None = None,
    evidence: Mapping[str, float] | None = None,
    done: Collection[str] = (),
    targets: Mapping[str, int] | None = None,
    show: int | None = None,
) -> Recommended:
    """Rank the catalogue for one organisation: priority = gap x leverage x confidence x feasibility.

    Parameters
    ----------
    fired
        The ids of the patterns that fired.
    practices_coverage
        Share 0-1 of the rated practices that are covered; None where too few were rated.
    evidence
        The rating 0-3 of each artefact that was asked for.
    done
        The ids of entries that the organisation has carried out: not offered again, and never a prerequisite.
    targets
        The level to reach by dimension; where it is not given, one above the present level.
    show
        How many to show, by default and at most as the policy says.

    Returns
    -------
    Recommended
        Every entry of the catalogue once. An entry whose trigger does not fire has no numbers and no trace.
    """
    setting, stated = Setting(released, questionnaire), Stated(practices_coverage, evidence or {})
    catalogue = judge_catalogue(setting, fired=fired, done=done, targets=targets or {})
    outcomes = _outcomes(catalogue, setting, show=show)
    advice = [_advice(name, verdict, catalogue, setting, stated) for name, verdict in outcomes.items()]
    ordered = sorted(advice, key=lambda one: (-round(one.priority, 9), one.id))
    return Recommended(
        shown=tuple(one for one in ordered if one.outcome == "shown"),
        considered=tuple(one for one in ordered if one.outcome != "shown"),
    )


@dataclass(frozen=True)
class _Verdict:
    outcome: Outcome
    after: str | None = None
    limit: Limit | None = None


def _outcomes(catalogue: Catalogue, setting: Setting, *, show: int | None) -> dict[str, _Verdict]:
    found = {name: _before_selection(name, catalogue, setting) for name in catalogue.entries}
    free = [Candidate(case.entry, case.priority) for name, case in catalogue.cases.items() if found[name] is None]
    limits = select(free, setting.questionnaire.policy.ranking, show=show)
    selected = {name: _Verdict("below_limit" if limit else "shown", limit=limit) for name, limit in limits.items()}
    return {name: verdict or selected[name] for name, verdict in found.items()}


def _before_selection(name: str, catalogue: Catalogue, setting: Setting) -> _Verdict | None:
    """Give why an entry does not take part in the selection; None where it does."""
    case, judgement = catalogue.cases.get(name), catalogue.judgements[name]
    if case:
        return _of_case(case, catalogue, setting)
    if judgement.fires:
        return _Verdict("done")
    return _Verdict("not_fired" if judgement.is_complete else "not_judged")


def _of_case(case: Case, catalogue: Catalogue, setting: Setting) -> _Verdict | None:
    if case.gap is None:
        return _Verdict("not_judged")
    if case.priority <= 0:
        return _Verdict("no_gap")
    if not is_sure(case, setting):
        return _Verdict("ask_more")
    after = first_unmet(case.entry, catalogue.entries, unmet=catalogue.unmet, done=catalogue.done)
    return _Verdict("next_after", after=after) if after else None


def _advice(name: str, verdict: _Verdict, catalogue: Catalogue, setting: Setting, stated: Stated) -> Advice:
    case = catalogue.cases.get(name)
    if case is None:
        return Advice(name, verdict.outcome, gap=0.0, leverage=0.0, confidence=0.0, feasibility=0.0, priority=0.0)
    return Advice(
        id=name,
        outcome=verdict.outcome,
        gap=case.gap.value if case.gap else 0.0,
        leverage=case.leverage.value,
        confidence=case.confidence.value,
        feasibility=case.feasibility,
        priority=case.priority,
        trace=trace_of(case, catalogue, setting, stated),
        after=verdict.after,
        limit=verdict.limit,
    )
