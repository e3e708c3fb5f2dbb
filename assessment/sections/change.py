"""Change since last time: what moved, and what could be chance."""

from assessment.comparison import Change
from assessment.results import Results
from assessment.sections.blocks import Note, Paragraph, Section, Table
from assessment.sections.words import MINUS, Words, one_decimal, whole


def change(results: Results, words: Words) -> Section | None:
    """Show the changes with range and verdict; None on a first wave."""
    if not results.changes:
        return None
    clear = [one for one in results.changes if one.verdict == "clear" and one.measure != "overall"]
    largest = max(clear, key=lambda one: abs(one.difference), default=None)
    message = (
        words.say("change_message_some", measure=words.name(largest.measure))
        if largest
        else words.say("change_message_none")
    )
    said = [Paragraph(_sentence(one, words)) for one in results.changes]
    note = Note((Paragraph(words.say("change_note_text"), "small", words.say("change_note")),))
    return Section("change", "10", words.say("change_name"), message, (*said, note, _table(results, words)))


def _sentence(one: Change, words: Words) -> str:
    values = {"measure": words.name(one.measure), "low": whole(one.low), "high": whole(one.high)}
    if one.verdict == "clear":
        low, high = sorted((abs(one.low), abs(one.high)))
        said = "change_up" if one.difference > 0 else "change_down"
        return words.say(said, **values | {"low": whole(low), "high": whole(high)}, points=whole(abs(one.difference)))
    if one.verdict == "possible":
        return words.say("change_possible", **values, points=_signed(one.difference))
    return words.say("change_chance", **values, points=_signed(one.difference), band=whole(one.noise_band))


def _signed(points: float) -> str:
    return f"+{whole(points)}" if points > 0 else whole(points).replace("-", MINUS)


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
    names = ("dimension_word", "change_before", "change_now", "change_points", "likely_word", "gaps_verdict")
    return Table(tuple(words.say(name) for name in names), tuple(rows), frozenset({1, 2, 3}))
