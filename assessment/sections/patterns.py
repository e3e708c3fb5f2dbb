"""Patterns to discuss: at most two hypotheses with their facts."""

from assessment.disclosure import Value
from assessment.results import Results
from assessment.sections.blocks import Hypotheses, Paragraph, Section
from assessment.sections.figures import likely
from assessment.sections.words import Words, whole


def patterns(results: Results, words: Words) -> Section:
    """Show the patterns that fit, what speaks for them, and the question to ask."""
    if not results.patterns:
        said = Paragraph(words.say("patterns_none_text"))
        return Section("patterns", "6", words.say("patterns_name"), words.say("patterns_none"), (said,))
    entries = tuple(
        (
            words.texts.patterns[pattern.id].name,
            words.texts.patterns[pattern.id].says,
            f"{facts(pattern.values, words)}. {words.say('pattern_support', percent=likely(pattern.support, words))}",
            words.texts.mirror[pattern.mirror] if pattern.mirror else words.say("pattern_ask"),
        )
        for pattern in results.patterns
    )
    return Section("patterns", "6", words.say("patterns_name"), words.say("patterns_message"), (Hypotheses(entries),))


def facts(values: tuple[Value, ...], words: Words) -> str:
    """Write released figures side by side, with their ranges."""
    return "; ".join(fact(value, words) for value in values)


def fact(value: Value, words: Words) -> str:
    """Write one released figure."""
    name = words.name(value.id)
    if value.score is None:
        return f"{name} –"
    if value.unit in ("raw", "rating"):
        return words.say(f"pattern_{value.unit}", name=name, score=words.decimal(value.score))
    if value.unit == "coverage":
        return words.say("pattern_coverage", name=name, percent=whole(value.score))
    if value.low is None or value.high is None:
        return words.say("pattern_fact_plain", name=name, score=whole(value.score))
    said = "pattern_gap" if value.unit == "gap" else "pattern_fact"
    return words.say(said, name=name, score=whole(value.score), low=whole(value.low), high=whole(value.high))
