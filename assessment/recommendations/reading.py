"""Read from the released figures what the ranking needs to know of an organisation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from assessment.disclosure import Released, Value, gap_values, organisation_value
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import Recommendation
from assessment.model.rule import Rule
from assessment.model.trigger import RAISED_LIMIT, key_of, triggers_of

OVERALL = "overall"


@dataclass(frozen=True)
class Situation:
    """Hold an organisation's released figures beside the questionnaire, the patterns that fired and what is done."""

    released: Released
    questionnaire: Questionnaire
    fired: Mapping[str, float]
    done: Collection[str]
    targets: Mapping[str, int]

    @cached_property
    def judged(self) -> Mapping[str, tuple[bool, bool, float]]:
        """For each rule: whether it could be judged, whether it holds, its support."""
        rows = self.released.rules
        return {
            str(rule): (bool(judged), bool(holds), float(support) if judged else 0.0)
            for rule, judged, holds, support in zip(
                rows["rule"], rows["judged"], rows["holds"], rows["support"], strict=True
            )
        }

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The gated level of each dimension that is shown: of the mean, but not above the cap."""
        rows = self.released.levels
        shown = rows[rows["status"] == "shown"]
        gated = shown[["uncapped_level", "cap"]].min(axis=1)
        return {str(measure): int(level) for measure, level in zip(shown["measure"], gated, strict=True)}

    @cached_property
    def holding_back(self) -> frozenset[str]:
        """The parts that set the cap of a dimension or of the whole."""
        return frozenset(part for parts in self.released.levels["held_by"] for part in parts)

    @cached_property
    def answered(self) -> Mapping[str, float]:
        """The answered share of each measure of the organisation."""
        table = self.released.table
        own = table[(table["group_kind"] == "organisation") & table["answered_share"].notna()]
        return dict(zip(own["measure"].astype(str), own["answered_share"].astype(float), strict=True))

    def target_level(self, entry: Recommendation) -> int:
        """Give the level to reach: the client's target, else one above the present."""
        present = self.levels.get(entry.dimension, 1)
        return min(5, max(self.targets.get(entry.dimension, present + 1), 2))

    def cut_off(self, entry: Recommendation) -> float:
        """Give the lowest score of the level to reach."""
        return float(self.questionnaire.policy.cut_offs[self.target_level(entry) - 2])

    def rules(self, entry: Recommendation) -> list[Rule]:
        """Give an entry's rules; where the present level suits it, a facet limit of 50 rises to the target's cut-off."""
        lowest, highest = entry.suits_levels
        suits = lowest <= self.levels.get(entry.dimension, 0) <= highest
        return triggers_of(entry, self.questionnaire, cut_off=self.cut_off(entry) if suits else RAISED_LIMIT)

    def support(self, entry: Recommendation, rules: list[Rule]) -> float:
        """Give the share of draws in which the trigger holds; 0 where it does not hold at the point estimate."""
        found = [self._of_rules(rules), *(self.fired.get(pattern, 0.0) for pattern in entry.when.patterns)]
        return max(found)

    def _of_rules(self, rules: list[Rule]) -> float:
        together = self.judged.get(key_of(rules), (False, False, 0.0))
        if together[0]:
            return together[2] if together[1] else 0.0
        alone = [self.judged.get(key_of([rule]), (False, False, 0.0)) for rule in rules]
        return max((support for judged, holds, support in alone if judged and holds), default=0.0)

    def held(self, rules: list[Rule]) -> list[Rule]:
        """Give the rules that hold at the point estimate."""
        return [rule for rule in rules if self.judged.get(key_of([rule]), (False, False, 0.0))[1]]

    def is_judged(self, entry: Recommendation, rules: list[Rule]) -> bool:
        """Tell whether any part of the trigger could be judged."""
        return bool(entry.when.patterns) or any(self.judged.get(key_of([r]), (False,))[0] for r in rules)

    def score(self, measure: str) -> float | None:
        """Give the organisation's released score."""
        return organisation_value(measure, self.released).score

    def gaps(self) -> tuple[Value, ...]:
        """Give the shown gaps."""
        return gap_values(self.released)

    def share_answered(self, names: Collection[str]) -> float:
        """Average the answered share of measures; 1 where none is known."""
        known = [self.answered[name] for name in names if name in self.answered]
        return float(pd.Series(known).mean()) if known else 1.0
