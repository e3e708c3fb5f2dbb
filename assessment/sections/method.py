"""Method: how the numbers are made, the judgement values with their reasons, and where the numbers come from."""

from collections.abc import Mapping

from assessment.results import Results
from assessment.sections.blocks import Details, Facts, Paragraph, Section, Table
from assessment.sections.firmness import firmness
from assessment.sections.words import Words, whole


def method(results: Results, words: Words) -> Section:
    """Say in half a page what an analyst needs to check the report."""
    policy = words.questionnaire.policy
    cuts = ", ".join(whole(float(cut)) for cut in policy.cut_offs)
    certainty = round(100 * policy.level_certainty)
    said = (
        _about(words, "scores"),
        _about(words, "balance"),
        _about(words, "range"),
        _about(words, "level", cuts=cuts, certainty=certainty),
        _about(words, "gaps", gap=words.number(policy.gap_points), change=words.number(policy.change_points)),
        _about(words, "advice"),
        Paragraph(words.say("limits"), "small"),
    )
    values = Details(words.say("method_values"), (_values(words),), in_print=words.is_in_depth)
    origin = Details(words.say("provenance_title"), (_origin(results.provenance, words),))
    blocks = (*said, *firmness(results, words), values, origin)
    return Section("method", "B", words.say("method_name"), words.say("method_message"), blocks)


def _about(words: Words, topic: str, **values: object) -> Paragraph:
    return Paragraph(words.say(f"method_{topic}_text", **values), strong=words.say(f"method_{topic}"))


def _values(words: Words) -> Table:
    policy = words.questionnaire.policy
    written = policy.model_dump(exclude={"rationales"})
    rows = [(key, _plain(written[key]), policy.rationales[key]) for key in written]
    return Table((words.say("method_key"), "", words.say("method_reason")), tuple(rows))


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_plain(one)}" for key, one in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _origin(provenance: Mapping[str, object], words: Words) -> Facts:
    libraries = provenance.get("libraries")
    versions = (
        ", ".join(f"{name} {number}" for name, number in libraries.items()) if isinstance(libraries, Mapping) else ""
    )
    return Facts(
        (
            (words.say("provenance_questionnaire"), str(provenance.get("questionnaire", ""))),
            (words.say("provenance_fingerprint"), str(provenance.get("fingerprint", ""))),
            (words.say("provenance_answers"), str(provenance.get("answers", ""))),
            (
                words.say("provenance_seed"),
                words.say("provenance_seed_text", seed=provenance.get("seed"), draws=provenance.get("draws")),
            ),
            (words.say("provenance_libraries"), versions),
        )
    )
