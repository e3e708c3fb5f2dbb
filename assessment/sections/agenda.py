"""Agenda for the meeting: guess first, then look, ask and choose."""

from assessment.results import Results
from assessment.sections.blocks import Details, Facts, Paragraph, Section
from assessment.sections.figures import facets_by_score
from assessment.sections.page_one import gap_sentence, gaps_by_weight, question
from assessment.sections.words import Words

REVEALED = 3


def agenda(results: Results, words: Words) -> Section:
    """Fill ninety minutes from the results: the figures to guess stay closed until somebody opens them."""
    steps = {
        "guess": _guess(results, words),
        "silence": words.say("agenda_silence_text"),
        "views": _views(results, words),
        "pattern": _pattern(results, words),
        "actions": _actions(results, words),
        "tell": words.say("agenda_tell_text"),
    }
    blocks = (
        Facts(tuple((words.say(f"agenda_{step}"), text) for step, text in steps.items())),
        *_reveal(results, words),
        Paragraph(words.say("agenda_rules_text"), strong=words.say("agenda_rules")),
    )
    return Section("agenda", "13", words.say("agenda_name"), words.say("agenda_message"), blocks)


def _guess(results: Results, words: Words) -> str:
    gaps = gaps_by_weight(results)[:REVEALED]
    if not gaps:
        return words.say("agenda_guess_whole")
    return words.say("agenda_guess_text", measures=", ".join(words.name(str(gap["measure"])) for gap in gaps))


def _reveal(results: Results, words: Words) -> tuple[Details, ...]:
    told = tuple(Paragraph(gap_sentence(gap, words)) for gap in gaps_by_weight(results)[:REVEALED])
    return (Details(words.say("agenda_reveal"), told, id="agenda-reveal", in_print=False),) if told else ()


def _views(results: Results, words: Words) -> str:
    """Name the largest difference without its size, which nobody has opened yet."""
    gaps = gaps_by_weight(results)
    if not gaps:
        return f"{words.say('gap_none')} {question(results, words)}"
    said = words.say("agenda_views_text", measure=words.name(str(gaps[0]["measure"])))
    return f"{said} {question(results, words)}"


def _pattern(results: Results, words: Words) -> str:
    if results.patterns:
        found = words.texts.patterns[results.patterns[0].id]
        return words.say("agenda_pattern_text", name=found.name, says=found.says)
    lowest = facets_by_score(results, words)[:2]
    if not lowest:
        return words.say("patterns_none_text")
    return words.say("agenda_pattern_none", parts=words.say("and").join(words.name(one.measure) for one in lowest))


def _actions(results: Results, words: Words) -> str:
    advice, shown = words.texts.advice, results.recommended.shown
    if advice is None or not shown:
        return words.say("agenda_actions_none")
    titles = "; ".join(f"({n}) {advice.recommendations[one.id].title}" for n, one in enumerate(shown, 1))
    return words.say("agenda_actions_text", titles=titles)
