"""Actions: a card for each recommendation, with its steps, its OKR and its trace."""

from assessment.disclosure import Value
from assessment.model.recommendation import Recommendation
from assessment.model.texts import RecommendationTexts
from assessment.recommendations import Advice, Trace
from assessment.results import Results
from assessment.sections.blocks import Block, Card, Details, Facts, Paragraph, Section, Table
from assessment.sections.figures import likely
from assessment.sections.patterns import fact
from assessment.sections.rules import rule_in_words
from assessment.sections.words import Words, whole

FEW = 6


def actions(results: Results, words: Words) -> Section | None:
    """Show what to do first; without advice that is sure enough, say so. None where there is no catalogue."""
    advice = words.texts.advice
    if advice is None:
        return None
    shown = results.recommended.shown
    if not shown:
        said = Paragraph(words.say("actions_none_text"))
        return Section(
            "actions", "9", words.say("actions_name"), words.say("actions_none"), (said, _others(results, words))
        )
    catalogue = {entry.id: entry for entry in words.questionnaire.recommendations}
    cards = [_card(n, one, catalogue[one.id], advice.recommendations[one.id], words) for n, one in enumerate(shown, 1)]
    blocks: tuple[Block, ...] = (*cards, _others(results, words))
    return Section("actions", "9", words.say("actions_name"), words.say("actions_message"), blocks)


def _card(number: int, one: Advice, entry: Recommendation, texts: RecommendationTexts, words: Words) -> Card:
    advice = words.texts.advice
    effort = advice.effort[entry.effort.size] if advice else entry.effort.size
    return Card(
        id=one.id,
        number=number,
        title=texts.title,
        meta=words.say(
            "card_meta",
            owner=texts.owner,
            effort=effort,
            days=words.number(entry.effort.person_days),
            facets=", ".join(words.name(facet) for facet in entry.facets),
        ),
        why=texts.why,
        steps_title=words.say("steps_title"),
        steps=tuple((words.say(f"step_{day}"), step) for day, step in sorted(texts.steps.items())),
        avoid=(words.say("avoid"), texts.avoid),
        objective_title=words.say("okr_title"),
        objective=texts.objective,
        key_results=_key_results(entry, texts, words),
        trace=_trace(one, entry, words),
    )


def _key_results(entry: Recommendation, texts: RecommendationTexts, words: Words) -> Table:
    kinds = words.texts.advice.key_result_kinds if words.texts.advice else {}
    rows = [
        (texts.key_results[result.id], kinds.get(result.kind, result.kind).partition(":")[0])
        for result in entry.key_results
    ]
    return Table((words.say("kr_word"), words.say("kr_kind")), tuple(rows))


def _trace(one: Advice, entry: Recommendation, words: Words) -> Details:
    """Open a recommendation down to rule, figures, statements, the four numbers, and what would withdraw it."""
    trace = one.trace
    pairs = [] if trace is None else _of_answers(trace, entry, words)
    numbers = words.say(
        "trace_priority_text",
        gap=words.decimal(one.gap, digits=2),
        leverage=words.decimal(one.leverage, digits=2),
        confidence=words.decimal(one.confidence, digits=2),
        feasibility=words.decimal(one.feasibility, digits=2),
        priority=words.decimal(one.priority, digits=2),
    )
    pairs += [(words.say("trace_priority"), numbers), (words.say("trace_effect"), _effect(entry, words))]
    return Details(words.say("trace_open"), (Facts(tuple(pairs)),), id=f"T-{one.id}")


def _of_answers(trace: Trace, entry: Recommendation, words: Words) -> list[tuple[str, str]]:
    items = "; ".join(f"{item} {words.name(item)}" for item in trace.items[:FEW]) or words.say("trace_common")
    before = "; ".join(_before(name, words) for name, _ in trace.prerequisites) or words.say("trace_nothing")
    target = words.say("trace_target_text", level=trace.parts.target_level, dimension=words.name(entry.dimension))
    return [
        (words.say("trace_rule"), _rules(trace.rules_held, words)),
        (words.say("trace_values"), "; ".join(_value(value, words) for value in trace.values) or "–"),
        (words.say("trace_items"), items),
        (words.say("trace_support"), words.say("trace_support_text", percent=likely(trace.support, words))),
        (words.say("trace_target"), target),
        (words.say("trace_before"), before),
        (words.say("trace_withdraw"), _rules(trace.withdrawn_when, words)),
    ]


def _rules(rules: tuple[str, ...], words: Words) -> str:
    """Say rules with their text in the catalogue beside them."""
    return "; ".join(f"{rule_in_words(rule, words)} ({rule})" for rule in rules) or "–"


def _value(value: Value, words: Words) -> str:
    said = fact(value, words)
    return f"{said}, n = {value.n}" if value.n is not None else said


def _before(name: str, words: Words) -> str:
    advice = words.texts.advice
    title = advice.recommendations[name].title if advice else name
    return words.say("trace_met", title=title)


def _effect(entry: Recommendation, words: Words) -> str:
    effect, advice = entry.expected_effect, words.texts.advice
    strength = advice.evidence_strength[entry.evidence_strength] if advice else str(entry.evidence_strength)
    return words.say(
        "trace_effect_text",
        low=whole(float(effect.points[0])),
        high=whole(float(effect.points[1])),
        facets=", ".join(words.name(facet) for facet in effect.facets),
        months=words.number(effect.months),
        strength=strength,
    )


def _others(results: Results, words: Words) -> Details:
    """List what comes next, what needs more answers, and what was considered."""
    said = [Paragraph(line, "small") for one in results.recommended.considered if (line := _other(one, words))]
    return Details(words.say("next_title"), tuple(said) or (Paragraph("–", "small"),), in_print=words.is_in_depth)


def _other(one: Advice, words: Words) -> str:
    advice = words.texts.advice
    if advice is None:
        return ""
    title = advice.recommendations[one.id].title
    if one.outcome == "next_after" and one.after:
        return words.say("next_after", title=title, first=advice.recommendations[one.after].title)
    if one.outcome == "ask_more":
        return words.say("next_more", title=title)
    return words.say("next_below", title=title) if one.outcome == "below_limit" else ""
