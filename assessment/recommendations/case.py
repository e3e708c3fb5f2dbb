"""Put together the four numbers of an entry whose trigger fires."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.disclosure import Released, Row, organisation_rows
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.recommendations.advice import Parts
from assessment.recommendations.confidence import Confidence, confidence_of, trigger_items
from assessment.recommendations.feasibility import factor_of_effort, feasibility_of
from assessment.recommendations.gap import Gap, gap_of, trigger_facets
from assessment.recommendations.judgement import Judgement
from assessment.recommendations.leverage import Leverage, holding_back, leverage_of
from assessment.recommendations.target import Target


@dataclass(frozen=True)
class Setting:
    """What all entries are weighed against: one organisation's released figures and its questionnaire."""

    released: Released
    questionnaire: Questionnaire

    @cached_property
    def scores(self) -> Mapping[str, Row]:
        """The organisation's shown row of each measure."""
        return organisation_rows(self.released)

    @cached_property
    def holding_back(self) -> frozenset[str]:
        """The facets that hold a level back."""
        return holding_back(self.released, self.questionnaire)


@dataclass(frozen=True)
class Case:
    """A fired entry with its four numbers; `gap` is None where nothing that it could be measured on is shown."""

    entry: Recommendation
    judgement: Judgement
    target: Target
    items: tuple[str, ...]
    gap: Gap | None
    leverage: Leverage
    confidence: Confidence
    feasibility: float
    factor_of_effort: float

    @property
    def priority(self) -> float:
        """Multiply the four: gap x leverage x confidence x feasibility."""
        size = self.gap.value if self.gap else 0.0
        return size * self.leverage.value * self.confidence.value * self.feasibility

    @property
    def parts(self) -> Parts:
        """What the four numbers are made of."""
        return Parts(
            present_level=self.target.present,
            target_level=self.target.level,
            cut_off=self.target.cut_off,
            worst=self.gap.measured_on if self.gap else "",
            distance=self.gap.distance if self.gap else 0.0,
            base_leverage=self.leverage.base,
            factor_of_cap=self.leverage.factor_of_cap,
            factor_of_dependents=self.leverage.factor_of_dependents,
            support=self.confidence.support,
            factor_of_evidence=self.confidence.factor_of_evidence,
            answered_share=self.confidence.answered_share,
            factor_of_answers=self.confidence.factor_of_answers,
            base_feasibility=float(self.entry.feasibility),
            factor_of_effort=self.factor_of_effort,
        )


def case_of(
    entry: Recommendation, judgement: Judgement, target: Target, setting: Setting, *, fired: Collection[str]
) -> Case:
    """Work out the four numbers of a fired entry.

    Parameters
    ----------
    fired
        The ids of all entries that fired and are not done.
    """
    questionnaire, ranking = setting.questionnaire, setting.questionnaire.policy.ranking
    items = trigger_items(judgement.held, questionnaire)
    facets = trigger_facets(judgement.held, entry, questionnaire)
    return Case(
        entry=entry,
        judgement=judgement,
        target=target,
        items=items,
        gap=gap_of(
            judgement.held,
            entry,
            questionnaire,
            scores=setting.scores,
            released=setting.released,
            cut_off=target.cut_off,
        ),
        leverage=leverage_of(entry, questionnaire, facets=facets, held_by=setting.holding_back, fired=fired),
        confidence=confidence_of(entry, ranking, support=judgement.support, items=items, scores=setting.scores),
        feasibility=feasibility_of(entry, ranking),
        factor_of_effort=factor_of_effort(entry, ranking),
    )
