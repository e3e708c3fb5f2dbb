"""Hold a questionnaire's judgement values (`policy.yaml`): each with the reason it was chosen."""

from collections.abc import Mapping
from typing import Annotated, Self, cast

from pydantic import Field, StrictInt, model_validator

from assessment.model.base import Definition, Number, Share, Words

K_FLOOR = 5
"""The smallest number of people that any figure may rest on. A policy may raise it, nothing may lower it."""
OPEN_FLOOR = 3
"""The smallest open group (a top team that agreed to be shown before the wave opened)."""

Points = Annotated[Number, Field(ge=0, le=100)]
Count = Annotated[StrictInt, Field(ge=1)]


class Ranking(Definition):
    """The numbers that order recommendations: an order of advice, never a measured effect."""

    gap_points: Points
    perception_points: Points
    leverage_base: Count
    holds_level_back: Number
    per_dependent: Number
    dependent_cap: Number
    evidence_factor: dict[StrictInt, Share]
    answered_share: Share
    effort_factor: dict[str, Share]
    min_confidence: Share
    show: Count
    most: Count
    max_per_dimension: Count
    max_large: Count


class Policy(Definition):
    """Hold every value that no source settles, under the name the method uses for it.

    `policy.yaml` writes each key as ``{value: ..., rationale: ...}`` (or ``reference``); a bare value is refused.
    Shares are 0-1, points 0-100, answer steps 1 apart.
    """

    cut_offs: tuple[Points, Points, Points, Points]
    level_certainty: Share
    gate_support: Share
    k: Annotated[StrictInt, Field(ge=K_FLOOR)]
    open_group_floor: Annotated[StrictInt, Field(ge=OPEN_FLOOR)]
    fallback_sd: Annotated[Number, Field(gt=0)]
    draws: Annotated[StrictInt, Field(ge=100)]
    seed: StrictInt
    po_coverage: dict[StrictInt, Share]
    practices_rated_min: Count
    evidence_needed: Share
    checked_share: Share
    clash_points: Points
    ad_limit: Annotated[Number, Field(gt=0)]
    split_sd: Number
    cannot_tell_role: Share
    cannot_tell_item: Share
    gap_points: Points
    contradiction_steps: Number
    contradiction_pairs: Count
    pair_share: Share
    speed_seconds: Number
    string_length: Count
    not_answered_share: Share
    flags_needed: Count
    flags_matter_points: Points
    change_points: Points
    possible_p: Share
    min_pairs: Annotated[StrictInt, Field(ge=10)]
    linked_share: Share
    linked_lead: Share
    trend_min: Annotated[StrictInt, Field(ge=10)]
    benchmark_min: Annotated[StrictInt, Field(ge=5)]
    weight_shift: Share
    pattern_support: Share
    patterns_shown: Count
    noise_rate: Share
    few_answers: Count
    ranking: Ranking
    reliability_n: Count
    rationales: Mapping[str, Words]

    @model_validator(mode="before")
    @classmethod
    def _split_values_from_reasons(cls, written: object) -> object:
        """Take ``{key: {value, rationale | reference}}`` apart; anything else is left for the field checks to name."""
        if not isinstance(written, Mapping) or "rationales" in written:
            return written
        entries = cast("Mapping[str, object]", written)  # the YAML reader gives text keys only
        reasoned = {
            k: cast("Mapping[str, object]", v) for k, v in entries.items() if isinstance(v, Mapping) and "value" in v
        }
        bare = sorted(entries.keys() - reasoned.keys())
        silent = sorted(k for k, v in reasoned.items() if not (v.get("rationale") or v.get("reference")))
        if bare or silent:
            raise ValueError(f"every value needs value and rationale (or reference): {', '.join([*bare, *silent])}")
        reasons = {k: v.get("rationale") or v["reference"] for k, v in reasoned.items()}
        return {**{k: v["value"] for k, v in reasoned.items()}, "rationales": reasons}

    @model_validator(mode="after")
    def _cut_offs_rise(self) -> Self:
        if list(self.cut_offs) != sorted(set(self.cut_offs)):
            raise ValueError("cut_offs must rise")
        return self

    def raised(self, *, k: int | None = None) -> Self:
        """Give the policy with a higher smallest group; a lower one than written is ignored by taking the larger."""
        return self.model_copy(update={"k": max(self.k, k or self.k)})
