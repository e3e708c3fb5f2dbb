"""Page one: where they stand, how sure that is, what to do first."""

from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import Any

from assessment.charts import DotRow, Drawing, LevelBand, dot_plot, key_of
from assessment.results import Results
from assessment.sections.blocks import Facts, PageOne, Section
from assessment.sections.figures import (
    Score,
    cell,
    facets_by_score,
    few_answers,
    level_of,
    oriented,
    people,
    shown_gaps,
)
from assessment.sections.words import DASH, SHOWN, Words, whole

WHOLE = "overall"
ENDS = (0.0, 100.0)


def page_one(results: Results, words: Words) -> Section:
    """Say it all on one page: one sentence, the dimensions, the ends, the difference, actions, doubt, a question.

    A pulse has no ends and no actions.
    """
    is_pulse = results.about.form == "pulse"
    headline, emphasis = _headline(results, words)
    page = PageOne(
        headline=headline,
        emphasis=emphasis,
        lede=_lede(results, words),
        chart_title=words.say("four_dimensions"),
        narrow_key=key_of(bands(words)),
        drawing=_drawing(results, words),
        chart_source=words.say("chart_source", n=cell(results, WHOLE).n or _largest_n(results, words)),
        pairs=() if is_pulse else _pairs(results, words),
        difference=(words.say("difference"), largest_gap(results, words)),
        actions_title=words.say("three_actions"),
        actions=_actions(results, words),
        no_actions=words.say("no_actions_pulse" if is_pulse else "no_single_brake"),
        sure_title=words.say("how_sure"),
        sure=_sure(results, words),
        limits=words.say("limits"),
        question_title=words.say("question_title"),
        question=question(results, words),
    )
    return Section("page-one", "1", words.say("page_one_name"), headline, (page,))


def bands(words: Words) -> list[LevelBand]:
    """Give the five levels as bands of the axis."""
    edges = [ENDS[0], *map(float, words.questionnaire.policy.cut_offs), ENDS[1]]
    return [LevelBand(n, words.level(n), low, high) for n, (low, high) in enumerate(pairwise(edges), 1)]


def holding(results: Results, words: Words) -> tuple[str, str] | None:
    """Give the dimension that is held back and the part that does it; the lowest dimension first."""
    held = [(cell(results, d).score or 0.0, d) for d in words.dimensions if level_of(results, d).held_by]
    parts = [(part, dimension) for _, dimension in sorted(held) for part in level_of(results, dimension).held_by]
    return parts[0] if parts else None


def _headline(results: Results, words: Words) -> tuple[str, str]:
    if results.about.form == "pulse":
        return words.say("headline_pulse") + words.say("stop"), words.say("headline_free")
    found = level_of(results, WHOLE)
    if found.status != SHOWN:
        return words.say("headline_protected") + words.say("stop"), words.say("headline_free")
    if found.wording == "named":
        said = words.say("headline_named", name=words.level(found.level or 1), level=found.level)
    elif found.wording == "between":
        said = words.say("headline_between", low=found.level, high=found.other)
    else:
        said = words.say("headline_unknown")
    held = holding(results, words)
    if held is None:
        return said + words.say("stop"), words.say("headline_free")
    return said + words.say("comma"), words.say("headline_held", part=words.name(held[0]))


def _lede(results: Results, words: Words) -> tuple[str, ...]:
    found = cell(results, WHOLE)
    if found.score is None or found.low is None or found.high is None:
        return (words.say("lede_protected", name=results.about.name),)
    kind = "lede_all_answered" if found.low == found.high else "lede_score"
    said = [
        words.say(kind, name=results.about.name, score=whole(found.score), low=whole(found.low), high=whole(found.high))
    ]
    held = holding(results, words)
    if held:
        of = level_of(results, held[1])
        part, dimension = map(words.name, held)
        said.append(words.say("lede_held", part=part, dimension=dimension, level=of.cap, uncapped=of.uncapped))
    said.append(few_answers(results, words))
    return tuple(filter(None, said))


def dot_row(
    found: Score, words: Words, *, is_strong: bool = False, target: float | None = None, remark: str = ""
) -> DotRow:
    """Give a score as a row of a dot plot."""
    return DotRow(
        label=words.name(found.measure),
        score=found.score,
        low=found.low,
        high=found.high,
        printed=words.say("not_asked") if found.status == "not_asked" else found.number(),
        span=found.span(words),
        is_strong=is_strong,
        status=found.status,
        limit=_beyond(found),
        target=target,
        remark=remark,
    )


def _beyond(found: Score) -> tuple[float, float] | None:
    """Give the part of the axis that a limit leaves open."""
    if found.limit is None:
        return None
    direction, value = found.limit
    return (float(value), ENDS[1]) if direction == "at_least" else (ENDS[0], float(value))


def _drawing(results: Results, words: Words) -> Drawing:
    found = [cell(results, dimension) for dimension in words.dimensions]
    rows = [dot_row(one, words, is_strong=True) for one in found]
    headings = (words.say("score_word"), words.say("likely_word"))
    return dot_plot(rows, bands(words), alt=_alt(found, words), headings=headings, row_height=51)


def _alt(found: list[Score], words: Words) -> str:
    shown = sorted((one for one in found if one.score is not None), key=lambda one: one.score or 0.0)
    if not shown:
        return words.say("chart_alt_blank")
    top, bottom = shown[-1], shown[0]
    return words.say(
        "chart_alt",
        top=words.name(top.measure),
        top_score=top.number(),
        top_span=top.span(words),
        bottom=words.name(bottom.measure),
        bottom_score=bottom.number(),
        bottom_span=bottom.span(words),
    )


def _largest_n(results: Results, words: Words) -> int | str:
    return max((cell(results, d).n or 0 for d in words.dimensions), default=0) or DASH


def _pairs(results: Results, words: Words) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    ranked = facets_by_score(results, words)
    strongest = list(reversed(ranked[-2:])) if len(ranked) >= 4 else []
    weakest = ranked[:2] if len(ranked) >= 4 else []
    blank = (words.say("protected"), DASH, "")
    return tuple(
        (
            words.say(title),
            tuple((words.name(one.measure), one.number(), one.span(words)) for one in ones) or (blank,),
        )
        for title, ones in (("strengths", strongest), ("brakes", weakest))
    )


def largest_gap(results: Results, words: Words) -> str:
    """Say the largest shown difference between the leaders and the others; clear ones before possible ones."""
    gaps = gaps_by_weight(results)
    return gap_sentence(gaps[0], words) if gaps else words.say("gap_none")


def gaps_by_weight(results: Results) -> list[Mapping[Hashable, Any]]:
    """Give the shown differences between the leaders and the others: clear before possible ones, then by size."""
    order = {"clear": 0, "possible": 1, "chance": 2}
    gaps: list[Mapping[Hashable, Any]] = [*shown_gaps(results, of_leaders=True).to_dict("records")]
    return sorted(gaps, key=lambda gap: (order[gap["verdict"]], -abs(gap["difference"])))


def gap_sentence(gap: Mapping[Hashable, Any], words: Words) -> str:
    """Say one difference with its range."""
    low, high = oriented(gap["difference"], gap["low"], gap["high"])
    return words.say(
        f"gap_{gap['verdict']}",
        measure=words.name(str(gap["measure"])),
        points=words.points(gap["difference"]),
        direction=words.say("higher" if gap["difference"] > 0 else "lower"),
        low=low,
        high=high,
    )


def _actions(results: Results, words: Words) -> tuple[tuple[str, str, str, str], ...]:
    advice = words.texts.advice
    if advice is None:
        return ()
    entries = [(one.id, advice.recommendations[one.id]) for one in results.recommended.shown]
    return tuple(
        (
            name,
            entry.title,
            words.say("action_owner", owner=entry.owner),
            words.say("action_first", step=entry.steps[min(entry.steps)]),
        )
        for name, entry in entries
    )


def _sure(results: Results, words: Words) -> Facts:
    about = results.about
    return Facts(
        (
            (words.say("who_answered"), participation(results, words)),
            (words.say("evidence_word"), words.say("evidence_none")),
            (words.say("questionnaire_word"), words.say(f"status_{about.status}", version=about.version)),
        )
    )


def participation(results: Results, words: Words) -> str:
    """Say how many of those asked have answered."""
    n, asked = people(results)
    if not asked:
        return words.say("answered_only", n=n)
    return words.say("answered_of", n=n, asked=asked, percent=round(100 * n / asked))


def question(results: Results, words: Words) -> str:
    """Give the question to ask: of the strongest pattern, else about the weakest part."""
    mirrors = [pattern.mirror for pattern in results.patterns if pattern.mirror]
    if mirrors:
        return words.texts.mirror[mirrors[0]]
    ranked = facets_by_score(results, words)
    return words.say("question_default", part=words.name(ranked[0].measure) if ranked else words.say("whole"))
