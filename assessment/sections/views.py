"""Same place, different views: every facet by group, and the leaders beside the others."""

from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any

from assessment.charts import SHAPES
from assessment.model.rule import OTHERS
from assessment.results import Results
from assessment.sections.blocks import Block, Details, HeatCell, HeatColumn, HeatTable, Note, Paragraph, Section, Table
from assessment.sections.figures import Score, cell, few_answers, shown_gaps, strata
from assessment.sections.words import ORGANISATION, SHOWN, Words, whole


def views(results: Results, words: Words) -> Section:
    """Show facets by group, with blanks and what was not asked, then the differences with range and verdict."""
    groups = strata(results, words)
    message = _message(results, words)
    if not groups:
        blocks: tuple[Block, ...] = (Paragraph(words.say("views_single")),)
        return Section("views", "5", words.say("views_name"), message, blocks)
    note = Note((Paragraph(words.say("note_row_text"), "small", words.say("note_row")),))
    return Section(
        "views",
        "5",
        words.say("views_name"),
        message,
        (_heat(results, words, groups), note, *_gaps(results, words), *_visibility(results, words)),
    )


def _message(results: Results, words: Words) -> str:
    shown = shown_gaps(results, of_leaders=True).sort_values("difference", key=abs, ascending=False)
    for verdict in ("clear", "possible"):
        found = shown[shown["verdict"] == verdict]
        if not found.empty:
            return words.say(f"views_message_{verdict}", measure=words.name(str(found.iloc[0]["measure"])))
    return words.say("views_message_blank" if shown.empty else "views_message_chance")


def _heat(results: Results, words: Words, groups: list[str]) -> HeatTable:
    parts = [(d, words.facets(d) or (d,)) for d in words.dimensions]
    return HeatTable(
        id="fig-heat",
        message=_lowest(results, words, groups),
        sub=words.say("heat_sub"),
        first=words.say("facet_word"),
        columns=(HeatColumn(words.say("heat_all")), *(_column(results, words, group) for group in groups)),
        groups=tuple(
            (
                words.name(dimension),
                tuple(
                    (words.name(facet), tuple(_cell(cell(results, facet, g), words) for g in (ORGANISATION, *groups)))
                    for facet in facets
                ),
            )
            for dimension, facets in parts
        ),
        source=f"{words.say('heat_source')} {few_answers(results, words)}".strip(),
    )


def _column(results: Results, words: Words, group: str) -> HeatColumn:
    order = list(words.questionnaire.roles)
    shapes = list(SHAPES)
    shape = shapes[order.index(group) % len(shapes)] if group in order else ""
    stratum = next(one for one in results.released.roles.strata if one.id == group)
    table = results.released.table
    known = table[(table["group"] == group) & table["n_band"].notna()]["n_band"]
    people = words.say("people", band=str(known.iloc[0]).replace("-", "–")) if not known.empty else ""
    below = words.say("open_group") if stratum.open else people
    return HeatColumn(words.group(group), below, shape)


def _cell(found: Score, words: Words) -> HeatCell:
    if found.score is not None:
        return HeatCell("shown", found.number(), _band(found.score, words), f"n {found.n}" if found.n else "")
    if found.limit:
        return HeatCell("bound", found.number(), _band(found.limit[1], words))
    if found.status == "not_asked":
        return HeatCell("not_asked", words.say("not_asked"))
    return HeatCell("protected", found.number())


def _band(value: float, words: Words) -> int:
    """Give the number of the level in whose band a value lies."""
    return 1 + sum(value >= cut for cut in words.questionnaire.policy.cut_offs)


def _lowest(results: Results, words: Words, groups: list[str]) -> str:
    facets = [facet for d in words.dimensions for facet in words.facets(d)]
    shown = [
        (found.score, group, facet)
        for facet in facets
        for group in groups
        if (found := cell(results, facet, group)).score is not None
    ]
    if not shown:
        return words.say("heat_message_none")
    score, group, facet = min(shown, key=lambda one: (one[0] or 0.0, one[1], one[2]))
    return words.say("heat_message", group=words.group(group), facet=words.name(facet), score=whole(score or 0.0))


def _gaps(results: Results, words: Words) -> list[Block]:
    gaps = results.released.gaps
    of_leaders = gaps[gaps["against"] == OTHERS].to_dict("records")
    names = ("dimension_word", "gaps_difference", "likely_column", "gaps_verdict")
    head = tuple(words.say(name) for name in names)
    blocks: list[Block] = []
    if of_leaders:
        caption = f"{words.say('gaps_title')}. {words.say('gaps_sub')}"
        rows = tuple(_gap(gap, words) for gap in of_leaders)
        blocks.append(Table(head, rows, frozenset({1}), caption=caption))
    return [*blocks, *_pairs(results, words, head)]


def _pairs(results: Results, words: Words, head: tuple[str, ...]) -> list[Block]:
    """List the pairs of roles that may differ, largest first; in depth every pair, with the size of the effect."""
    pairs = shown_gaps(results, of_leaders=False).sort_values("difference", key=abs, ascending=False)
    if pairs.empty:
        return []
    told = pairs if words.is_in_depth else pairs[pairs["verdict"] != "chance"]
    if told.empty:
        return [Paragraph(words.say("pairs_none"))]
    rows = tuple(_pair(pair, words) for pair in told.to_dict("records"))
    table = Table(
        (words.say("pairs_roles"), *head, words.say("effect_size")),
        rows,
        frozenset({2, 5}),
        caption=words.say("pairs_title"),
    )
    sub = Paragraph(words.say("pairs_sub"), "small")
    return [Details(words.say("pairs_all", n=len(rows)), (sub, table))] if words.is_in_depth else [table, sub]


def _pair(pair: Mapping[Hashable, Any], words: Words) -> tuple[str, ...]:
    roles = words.say("pairs_between", first=words.group(str(pair["role"])), second=words.group(str(pair["against"])))
    size = float(str(pair["effect_size"]))
    return roles, *_gap(pair, words), "" if isnan(size) else words.decimal(size)


def _visibility(results: Results, words: Words) -> list[Block]:
    """Say which statements many of a group cannot tell from their role."""
    rows = [
        (words.group(row["group"]), words.say("quoted", text=words.name(row["measure"])), _in_ten(row, words))
        for row in results.released.visibility.to_dict("records")
    ]
    if not rows:
        return []
    head = (words.say("group_word"), words.say("item_word"), words.say("visibility_share"))
    title = words.say("visibility_title", percent=round(100 * words.questionnaire.policy.cannot_tell_role))
    return [Table(head, tuple(rows), caption=f"{title} {words.say('visibility_sub')}")]


def _in_ten(row: Mapping[Hashable, Any], words: Words) -> str:
    if row["is_limit"]:
        return words.say("visibility_limit", percent=round(100 * float(row["share"])))
    return words.say("visibility_in_ten", n=round(10 * float(row["share"])))


def _gap(gap: Mapping[Hashable, Any], words: Words) -> tuple[str, ...]:
    name = words.name(str(gap["measure"]))
    if gap["status"] != SHOWN:
        return name, "–", "", words.say("protected")
    left_out = ", ".join(words.group(role) for role in gap["left_out"])
    name = f"{name} ({words.say('without', roles=left_out)})" if left_out else name
    difference, low, high = (float(str(gap[key])) for key in ("difference", "low", "high"))
    span = words.say("span", low=whole(low), high=whole(high))
    sign = "+" if difference > 0 else ""
    return name, sign + words.decimal(difference), span, words.say(f"verdict_{gap['verdict']}")
