"""Look figures up in the results, as a section prints them."""

from dataclasses import dataclass

import pandas as pd

from assessment.model.rule import OTHERS
from assessment.results import Results
from assessment.sections.words import DASH, ORGANISATION, SHOWN, Words, whole


@dataclass(frozen=True)
class Score:
    """One released cell."""

    measure: str
    status: str
    score: float | None
    low: float | None
    high: float | None
    n: int | None
    band: str | None
    limit: tuple[str, int] | None
    agreement: str | None
    respondent: float | None

    @property
    def is_shown(self) -> bool:
        """Whether there is a number."""
        return self.status == SHOWN

    def number(self) -> str:
        """Write the score, a limit, or the mark of a blank."""
        if self.score is not None:
            return whole(self.score)
        if self.limit:
            return f"{'≥' if self.limit[0] == 'at_least' else '≤'} {self.limit[1]}"
        return DASH

    def detail(self, words: Words) -> str:
        """Write the score with one decimal, a limit, or the mark of a blank."""
        return words.decimal(self.score) if self.score is not None else self.number()

    def span(self, words: Words) -> str:
        """Write the likely range."""
        if self.low is None or self.high is None:
            return ""
        return words.say("span", low=whole(self.low), high=whole(self.high))


def cell(results: Results, measure: str, group: str = ORGANISATION) -> Score:
    """Give the cell of a group and measure; one that does not exist is a blank."""
    table = results.released.table
    rows = table[(table["group"] == group) & (table["measure"] == measure)]
    if rows.empty:
        return Score(measure, "not_asked", None, None, None, None, None, None, None, None)
    row = rows.iloc[0]
    return Score(
        measure=measure,
        status=str(row["status"]),
        score=_number(row["score"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        n=None if pd.isna(row["n"]) else int(row["n"]),
        band=_text(row["n_band"]),
        limit=None if pd.isna(row["bound_value"]) else (str(row["bound_direction"]), int(row["bound_value"])),
        agreement=_text(row["agreement_word"]),
        respondent=_number(row["respondent_score"]),
    )


@dataclass(frozen=True)
class Level:
    """What may be said of the level of a part."""

    measure: str
    status: str
    wording: str
    level: int | None
    other: int | None
    probability: float | None
    shares: tuple[float, ...]
    cap: int | None
    uncapped: int | None
    held_by: tuple[str, ...]


def level_of(results: Results, measure: str) -> Level:
    """Give the level of a dimension or of the whole."""
    rows = results.released.levels[results.released.levels["measure"] == measure]
    if rows.empty or rows.iloc[0]["status"] != SHOWN:
        return Level(measure, "protected", "unknown", None, None, None, (), None, None, ())
    row = rows.iloc[0]
    return Level(
        measure=measure,
        status=SHOWN,
        wording=str(row["wording"]),
        level=_whole(row["level"]),
        other=_whole(row["other_level"]),
        probability=_number(row["probability"]),
        shares=tuple(float(row[f"p_{number}"]) for number in range(1, 6)),
        cap=_whole(row["cap"]),
        uncapped=_whole(row["uncapped_level"]),
        held_by=tuple(row["held_by"]),
    )


def level_sentence(found: Level, words: Words) -> str:
    """Say the level of a part in one or two sentences."""
    if found.status != SHOWN:
        return words.say("protected")
    said = _level_alone(found, words)
    if found.held_by and found.uncapped and found.cap:
        parts = words.say("and").join(map(words.name, found.held_by))
        said += " " + words.say("level_capped", uncapped=found.uncapped, part=parts, level=found.cap)
    return said


def _level_alone(found: Level, words: Words) -> str:
    if found.wording == "named" and found.level and found.probability is not None:
        return words.say(
            "level", level=found.level, name=words.level(found.level), percent=likely(found.probability, words)
        )
    if found.wording == "between" and found.level:
        return words.say("level_between", low=found.level, high=found.other)
    return words.say("level_unknown")


def likely(share: float, words: Words) -> str:
    """Write a rounded probability; certainty is never claimed."""
    if share >= 0.975:
        return words.say("over", percent=95)
    if share < 0.025:
        return words.say("under", percent=5)
    return words.say("percent", percent=round(100 * share))


def oriented(difference: float, low: float, high: float) -> tuple[str, str]:
    """Write the range of a difference in the direction of the difference: 4 lower, likely -3 to 10."""
    return (whole(low), whole(high)) if difference >= 0 else (whole(-high), whole(-low))


def shown_gaps(results: Results, *, of_leaders: bool) -> pd.DataFrame:
    """Give the differences that are shown: of the leaders to the others, or of every two roles."""
    gaps = results.released.gaps
    return gaps[(gaps["status"] == SHOWN) & ((gaps["against"] == OTHERS) == of_leaders)]


def few_answers(results: Results, words: Words) -> str:
    """Say that the answers are few, where they are."""
    n = people(results)[0]
    return words.say("few_answers", n=n) if n < words.questionnaire.policy.few_answers else ""


def people(results: Results) -> tuple[int, int | None]:
    """Give how many people answered, and how many were asked where that is known."""
    rows = results.released.participation
    row = rows[rows["group_kind"] == ORGANISATION].iloc[0]
    return int(row["n"]), _whole(row["asked"])


def facets_by_score(results: Results, words: Words) -> list[Score]:
    """Give the shown facets, lowest first; ties in the questionnaire's order."""
    facets = [facet for dimension in words.dimensions for facet in words.facets(dimension)]
    shown = [found for facet in facets if (found := cell(results, facet)).score is not None]
    return sorted(shown, key=lambda found: found.score or 0.0)


def strata(results: Results, words: Words) -> list[str]:
    """Give the groups of the report in the questionnaire's order of roles, merged ones last."""
    order = list(words.questionnaire.roles)
    ids = [stratum.id for stratum in results.released.roles.strata]
    return [] if len(ids) == 1 else sorted(ids, key=lambda one: (order.index(one) if one in order else len(order), one))


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)


def _text(value: object) -> str | None:
    return None if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is not itself
