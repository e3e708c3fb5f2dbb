"""Change since last time: what moved, and what could be chance."""

from assessment.comparison import Change
from assessment.results import Results
from assessment.sections.blocks import Note, Paragraph, Section, Table
from assessment.sections.figures import oriented
from assessment.sections.page_one import WHOLE
from assessment.sections.words import MINUS, Words, one_decimal, whole


def change(results: Results, words: Words) -> Section | None:
    """Show the changes with range and verdict; None on a first wave."""
    if not results.changes:
        return None
    told = [one for one in results.changes if one.verdict != "none" or one.measure == WHOLE]
    said = [Paragraph(_sentence(one, words)) for one in told]
    note = Note((Paragraph(words.say("change_note_text"), "small", words.say("change_note")),))
    blocks = (*said, _table(results, words), note)
    return Section("change", "10", words.say("change_name"), _message(results, words), blocks)


def _message(results: Results, words: Words) -> str:
    dimensions = [one for one in results.changes if one.measure != WHOLE]
    clear = [one for one in dimensions if one.verdict == "clear"]
    if not clear:
        return words.say("change_message_none")
    if len(clear) == 1:
        return words.say("change_message_some", measure=words.name(clear[0].measure))
    return words.say("change_message_several", n=len(clear), all=len(dimensions))


def _sentence(one: Change, words: Words) -> str:
    """Say one change with its range; a clear one in its own direction."""
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


def _signed(difference: float, words: Words) -> str:
    sign = "" if whole(difference) == "0" else "+" if difference > 0 else MINUS
    return f"{sign}{words.points(difference)}"


def _table(results: Results, words: Words) -> Table:
    rows = [
        (
            words.name(one.measure),
            one_decimal(one.earlier),
            one_decimal(one.later),
            ("+" if one.difference > 0 else "") + one_decimal(one.difference),
            words.say("span", low=whole(one.low), high=whole(one.high)),
            words.say(f"verdict_{one.verdict}"),
        )
        for one in results.changes
    ]
    names = ("dimension_word", "change_before", "change_now", "change_points", "likely_column", "gaps_verdict")
    return Table(tuple(words.say(name) for name in names), tuple(rows), frozenset({1, 2, 3}))
