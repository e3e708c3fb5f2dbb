"""Profile: dimensions and facets on the level bands, and what their levels look like on an ordinary day."""

from collections.abc import Iterator

from assessment.charts import DotRow, dot_plot, key_of
from assessment.results import Results
from assessment.sections.blocks import Block, Details, Figure, Note, Paragraph, Section, Table
from assessment.sections.figures import Score, cell, facets_by_score, few_answers, level_of, level_sentence, strata
from assessment.sections.page_one import WHOLE, bands, dot_row
from assessment.sections.words import DASH, Words, whole

HIGHEST = 5


def profile(results: Results, words: Words) -> Section:
    """Show every facet by dimension, the numbers behind it down to the statements, and anchors for the ends."""
    if results.about.form == "pulse":
        return _of_pulse(results, words)
    ranked = facets_by_score(results, words)
    message = (
        words.say(
            "profile_message", top=words.name(ranked[-1].measure), bottom=words.name(ranked[0].measure), n=len(ranked)
        )
        if ranked
        else words.say("profile_blank")
    )
    blocks: list[Block] = [_figure(results, words, ranked), _note(words), _scores(results, words)]
    blocks += [_trace(results, words, dimension) for dimension in words.dimensions]
    if ranked:
        blocks += _anchors(words, ranked)
    return Section("profile", "3", words.say("profile_name"), message, tuple(blocks))


def _of_pulse(results: Results, words: Words) -> Section:
    """Show the dimensions alone: a pulse has one statement of each facet."""
    traces = [_trace(results, words, dimension) for dimension in words.dimensions]
    blocks: tuple[Block, ...] = (_scores(results, words), *traces)
    return Section("profile", "3", words.say("profile_name"), words.say("profile_pulse"), blocks)


def _figure(results: Results, words: Words, ranked: list[Score]) -> Figure:
    rows = [row for dimension in words.dimensions for row in _rows(results, words, dimension, ranked)]
    sizes = [one.n for one in ranked if one.n is not None]
    message, alt = _message_and_alt(ranked, words)
    return Figure(
        id="fig-facets",
        message=message,
        sub=words.say("profile_sub", n=_from_to(sizes, words)),
        drawing=dot_plot(
            rows,
            bands(words),
            alt=alt,
            headings=(words.say("score_word"), words.say("likely_word")),
        ),
        source=" ".join(filter(None, (_marks(rows, words), few_answers(results, words)))),
        table=_table(results, words),
        narrow_key=key_of(bands(words)),
    )


def _message_and_alt(ranked: list[Score], words: Words) -> tuple[str, str]:
    if not ranked:
        return words.say("figure_blank"), words.say("chart_alt_blank")
    top, bottom, n = ranked[-1], ranked[0], len(ranked)
    names = {"top": words.name(top.measure), "bottom": words.name(bottom.measure), "n": n}
    alt = words.say("profile_alt", top_score=top.number(), bottom_score=bottom.number(), **names)
    return words.say("figure_message", **names), alt


def _from_to(sizes: list[int], words: Words) -> str:
    if not sizes:
        return DASH
    low, high = min(sizes), max(sizes)
    return str(low) if low == high else words.say("span", low=low, high=high)


def _marks(rows: list[DotRow], words: Words) -> str:
    """Explain the marks that occur."""
    occurs = {
        "target_mark": any(row.target is not None for row in rows),
        "protected_mark": any(row.status == "protected" for row in rows),
        "limit_mark": any(row.limit for row in rows),
    }
    return " ".join(words.say(mark) for mark, does in occurs.items() if does)


def _rows(results: Results, words: Words, dimension: str, ranked: list[Score]) -> list[DotRow]:
    """Give a dimension's facets, highest first, blank ones last."""
    order = sorted(words.facets(dimension), key=lambda facet: -(cell(results, facet).score or -1))
    lowest = ranked[0].measure if ranked else ""
    return [
        DotRow(words.name(dimension), is_heading=True),
        *(
            dot_row(
                cell(results, facet),
                words,
                target=_target(results, words, facet),
                remark=words.say("weakest") if facet == lowest else "",
            )
            for facet in order
        ),
    ]


def _target(results: Results, words: Words, measure: str) -> float | None:
    level = results.targets.get(measure)
    return None if level is None or level == 1 else float(words.questionnaire.policy.cut_offs[level - 2])


def _table(results: Results, words: Words) -> Table:
    rows = [
        (
            words.name(facet),
            words.name(dimension),
            (found := cell(results, facet)).detail(words),
            found.span(words),
            str(found.n or ""),
            _agreement(found, words),
        )
        for dimension in words.dimensions
        for facet in words.facets(dimension)
    ]
    names = ("facet_word", "dimension_word", "score_word", "likely_column", "n_word", "agreement_word")
    return Table(tuple(words.say(name) for name in names), tuple(rows), frozenset({2, 4}))


def _agreement(found: Score, words: Words) -> str:
    return words.say(f"agreement_{found.agreement}") if found.agreement else ""


def _scores(results: Results, words: Words) -> Table:
    """Give the dimensions and the whole with their level in words, where the form has levels."""
    has_levels = results.about.form == "full"
    rows = [
        (
            words.name(measure),
            (found := cell(results, measure)).detail(words),
            found.span(words),
            str(found.n or ""),
            *([level_sentence(level_of(results, measure), words)] if has_levels else []),
        )
        for measure in (*words.dimensions, WHOLE)
    ]
    names = ("dimension_word", "score_word", "likely_column", "n_word", *(["level_word"] if has_levels else []))
    head = tuple(words.say(name) for name in names)
    return Table(head, tuple(rows), frozenset({1, 3}), caption=words.say("scores_table"))


def _trace(results: Results, words: Words, dimension: str) -> Details:
    """Open a dimension down to its facets and statements."""
    found = cell(results, dimension)
    parts = words.facets(dimension) or (dimension,)
    rows: list[tuple[str, ...]] = []
    for facet in parts:
        part = cell(results, facet)
        rows.append((words.name(facet), part.detail(words), part.span(words), str(part.n or "")))
        for item in words.questionnaire.facets[facet].items:
            one = cell(results, item.id)
            mark = f" ({words.say('reversed')})" if item.reversed else ""
            name = f"{item.id} · {words.name(item.id)}{mark}"
            rows.append((name, one.detail(words), one.span(words), str(one.n or "")))
    names = ("item_word", "score_word", "likely_column", "n_word")
    table = Table(tuple(words.say(name) for name in names), tuple(rows), frozenset({1, 3}))
    says = Paragraph(" ".join(_in_words(results, words, dimension)), "small")
    summary = f"{words.name(dimension)} {found.number()}: {words.say('trace_open')}"
    return Details(summary, (says, table), id=f"T-{dimension}", in_print=words.is_in_depth)


def _in_words(results: Results, words: Words, dimension: str) -> Iterator[str]:
    """Explain a score from its level down to the statements, for somebody who has never seen a statistic."""
    found = cell(results, dimension)
    if results.about.form == "full":
        yield level_sentence(level_of(results, dimension), words)
    if found.score is None:
        return
    name, groups = words.name(dimension), strata(results, words)
    if groups:
        shown = [(group, cell(results, dimension, group)) for group in groups]
        asked = [(group, one) for group, one in shown if one.status != "not_asked"]
        scores = ", ".join(f"{words.group(group)} {one.number()}" for group, one in asked)
        yield words.say("trace_roles", measure=name, score=found.detail(words), n=len(asked), scores=scores)
    else:
        yield words.say("trace_people", measure=name, score=found.detail(words), n=found.n)
    parts = [(facet, cell(results, facet)) for facet in words.facets(dimension)]
    if parts:
        scores = ", ".join(f"{words.name(facet)} {one.number()}" for facet, one in parts)
        yield words.say("trace_facets", n=len(parts), scores=scores)
    yield words.say("trace_statements")
    if found.low == found.high:
        yield words.say("trace_everyone")
    elif found.span(words):
        yield words.say("trace_range", low=whole(found.low or 0.0), high=whole(found.high or 0.0))


def _note(words: Words) -> Note:
    cuts = ", ".join(whole(float(cut)) for cut in words.questionnaire.policy.cut_offs)
    return Note(
        (
            Paragraph(words.say("note_range_text"), "small", words.say("note_range")),
            Paragraph(words.say("note_levels_text", cuts=cuts), "small", words.say("note_levels")),
        )
    )


def _anchors(words: Words, ranked: list[Score]) -> list[Block]:
    chosen = list(dict.fromkeys([one.measure for one in [*ranked[:2], ranked[-1]]]))
    scores = {one.measure: one for one in ranked}
    rows = [_anchor(words, scores[facet]) for facet in chosen if words.texts.facets[facet].anchors]
    if not rows:
        return []
    head = (words.say("facet_word"), words.say("anchors_now"), words.say("anchors_next"))
    return [Table(head, tuple(rows), caption=f"{words.say('anchors_title')}. {words.say('anchors_sub')}")]


def _anchor(words: Words, found: Score) -> tuple[str, ...]:
    level = 1 + sum((found.score or 0.0) >= cut for cut in words.questionnaire.policy.cut_offs)
    anchors = words.texts.facets[found.measure].anchors
    following = anchors[level + 1] if level < HIGHEST else words.say("anchors_top")
    name = f"{words.name(found.measure)} ({words.say('anchors_at', score=found.number(), level=level)})"
    return name, anchors[level], following
