"""Weigh how sure a trigger is: by the draws, by what is known about the advice, by who could answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.disclosure import Row, figure
from assessment.model.policy import Ranking
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Rule
from assessment.model.trigger import ids_in


@dataclass(frozen=True)
class Confidence:
    """Support (0-1), the factor for the strength of evidence, the share of answers given and its factor."""

    support: float
    factor_of_evidence: float
    answered_share: float
    factor_of_answers: float

    @property
    def value(self) -> float:
        """The product of support and the two factors, 0-1."""
        return self.support * self.factor_of_evidence * self.factor_of_answers


def confidence_of(
    entry: Recommendation, ranking: Ranking, *, support: float, items: Sequence[str], scores: Mapping[str, Row]
) -> Confidence:
    """Give support x evidence factor x min(1, answered share / 0.7)."""
    share = answered_share(items, scores)
    return Confidence(
        support=support,
        factor_of_evidence=float(ranking.evidence_factor[entry.evidence_strength]),
        answered_share=round(share, 2),
        factor_of_answers=min(1.0, share / ranking.answered_share),
    )


def answered_share(items: Iterable[str], scores: Mapping[str, Row]) -> float:
    """Give answers given / answers asked for over items, from each item's printed n and share; 1 where none is printed.

    n / share gives back how many were asked, to the precision of the print.
    """
    rows = [scores[item] for item in items if item in scores]
    pairs = [(figure(row, "n"), figure(row, "answered_share")) for row in rows]
    given = [(n, n / share) for n, share in pairs if n and share]
    return sum(n for n, _ in given) / sum(asked for _, asked in given) if given else 1.0


def trigger_items(held: Iterable[Rule], questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the items behind everything that the rules which hold name, each once, in written order."""
    named = {name for rule in held for name in ids_in(rule, questionnaire)}
    facet, dimension = questionnaire.facet_of, questionnaire.dimension_of
    return tuple(item for item in questionnaire.items if named & {item, facet[item], dimension[item]})
