"""Change since last time: what moved, what could be chance, and what is only another mix or another method."""

from collections.abc import Iterator

from assessment.comparison import Change
from assessment.results import Results
from assessment.sections.blocks import Block, Details, Note, Paragraph, Section, Table
from assessment.sections.figures import oriented
from assessment.sections.page_one import WHOLE
from assessment.sections.words import MINUS, Words, whole

FACET = "facet"


def change(results: Results, words: Words) -> Section | None:
    """Show the changes with range and verdict; None on a first wave."""
    changes = [one for one in results.changes if one.kind != FACET]
    if not changes:
        return None
    told = [one for one in changes if one.verdict != "none" or one.measure == WHOLE]
    said = [Paragraph(_sentence(one, words)) for one in told]
    notes = [Paragraph(words.say("change_note_text"), "small", words.say("change_note"))]
    notes += [Paragraph(text, "small") for text in _beside(changes, words)]
    blocks: tuple[Block, ...] = (*said, _table(changes, words), Note(tuple(notes)), *_facets(results, words))
    return Section("change", "10", words.say("change_name"), _message(changes, words), blocks)


def _message(changes: list[Change], words: Words) -> str:
    dimensions = [one for one in changes if one.measure != WHOLE]
    clear = [one for one in dimensions if one.verdict == "clear"]
    if not clear:
        return words.say("change_message_none")
    if len(clear) == 1:
        return words.say("change_message_some", measure=words.name(clear[0].measure))
    return words.say("change_message_several", n=len(clear), all=len(dimensions))


def _sentence(one: Change, words: Words) -> str:
    """Say one change with its range; a clear one in its own direction, with the level if that is sure to have moved."""
    said = _movement(one, words)
    if one.level_moved:
        said += " " + words.say("change_level", before=one.level_moved[0], now=one.level_moved[1])
    if one.verdict == "none" and one.is_unlikely:
        points = words.points(float(words.questionnaire.policy.change_points))
        said += " " + words.say("change_unlikely", points=points)
    return said


def _movement(one: Change, words: Words) -> str:
    name, (low, high) = words.name(one.measure), (whole(one.low), whole(one.high))
    if one.verdict == "clear":
        low, high = oriented(one.difference, one.low, one.high)
        said = "change_up" if one.difference > 0 else "change_down"
        return words.say(said, measure=name, points=words.points(one.difference), low=low, high=high)
    if one.verdict == "possible":
        return words.say("change_possible", measure=name, points=_signed(one.difference, words), low=low, high=high)
    return words.say(
        "change_chance",
        measure=name,
        points=_signed(one.difference, words),
        low=low,
        high=high,
        band=words.points(one.noise_band),
    )


def _beside(changes: list[Change], words: Words) -> Iterator[str]:
    """Say what would have been found, and what of the change is method, mix, or told by the same people."""
    detectable = max(one.detectable for one in changes)
    yield words.say("change_detectable", points=words.points(detectable))
    for one in changes:
        name = words.name(one.measure)
        if one.rescored:
            before, now = (words.decimal(score) for score in one.rescored)
            yield words.say("change_method", measure=name, published=words.decimal(one.earlier), before=before, now=now)
        if one.by_mix is not None and one.by_answers is not None and abs(one.by_mix) >= 1:
            yield words.say(
                "change_mix", measure=name, mix=_signed(one.by_mix, words), answers=_signed(one.by_answers, words)
            )
        if one.linked:
            low, high = whole(one.linked.low), whole(one.linked.high)
            points = _signed(one.linked.difference, words)
            yield words.say("change_linked", measure=name, points=points, low=low, high=high)


def _signed(difference: float, words: Words) -> str:
    sign = "" if whole(difference) == "0" else "+" if difference > 0 else MINUS
    return f"{sign}{words.points(difference)}"


def _table(changes: list[Change], words: Words) -> Table:
    rows = [(*_row(one, words), words.say(f"verdict_{one.verdict}")) for one in changes]
    return Table((*_head("dimension_word", words), words.say("gaps_verdict")), tuple(rows), frozenset({1, 2, 3}))


def _head(first: str, words: Words) -> tuple[str, ...]:
    names = (first, "change_before", "change_now", "change_points", "likely_column")
    return tuple(words.say(name) for name in names)


def _row(one: Change, words: Words) -> tuple[str, ...]:
    return (
        words.name(one.measure),
        words.decimal(one.earlier),
        words.decimal(one.later),
        ("+" if one.difference > 0 else "") + words.decimal(one.difference),
        words.say("span", low=whole(one.low), high=whole(one.high)),
    )


def _facets(results: Results, words: Words) -> list[Block]:
    """List the facets with their range; so many at once have no verdict."""
    facets = [one for one in results.changes if one.kind == FACET]
    if not facets:
        return []
    rows = tuple(_row(one, words) for one in facets)
    table = Table(_head("facet_word", words), rows, frozenset({1, 2, 3}))
    sub = Paragraph(words.say("change_facets_sub"), "small")
    return [Details(words.say("change_facets"), (sub, table), in_print=words.is_in_depth)]
