"""What holds the level back: how likely each level is, and the part that caps it."""

from assessment.results import Results
from assessment.sections.blocks import LevelRow, LevelTable, Note, Paragraph, Section
from assessment.sections.figures import cell, level_of, level_sentence, likely
from assessment.sections.page_one import WHOLE, holding
from assessment.sections.words import DASH, Words

LONGEST_WORD = 10
"""Letters that a column of the table has room for."""


def level(results: Results, words: Words) -> Section:
    """Show the probability of each level for the whole and each dimension, after the rule of the weakest part."""
    held = holding(results, words)
    message = words.say("level_message_free")
    if held:
        part, cap = words.name(held[0]), level_of(results, held[1]).cap
        message = words.say("level_message_held", part=part, dimension=words.name(held[1]), level=cap)
    policy = words.questionnaire.policy
    rule = words.say("level_rule", percent=round(100 * policy.gate_support))
    table = LevelTable(
        id="fig-level",
        message=words.say("level_table_message"),
        sub=" ".join([words.say("level_table_sub", n=cell(results, WHOLE).n or DASH), *_key(words)]),
        first=words.say("part_word"),
        levels=tuple((number, "" if _key(words) else words.level(number)) for number in range(1, 6)),
        rows=tuple(_row(results, words, measure) for measure in (WHOLE, *words.dimensions)),
    )
    note = Note(
        (
            Paragraph(words.say("note_self_text"), "small", words.say("note_self")),
            Paragraph(words.say("note_weights_text"), "small", words.say("note_weights")),
        )
    )
    return Section("level", "4", words.say("level_name"), message, (Paragraph(rule), table, note))


def _key(words: Words) -> list[str]:
    """Name the levels above the table where a name is too long for its column."""
    names = [words.level(number) for number in range(1, 6)]
    longest = max(len(word) for name in names for word in name.replace("-", " ").split())
    return [" · ".join(f"{n} {name}" for n, name in enumerate(names, 1))] if longest > LONGEST_WORD else []


def _row(results: Results, words: Words, measure: str) -> LevelRow:
    found = level_of(results, measure)
    shares = found.shares or (None,) * 5
    cells = tuple((DASH, -1) if share is None else (likely(share, words), _strength(share)) for share in shares)
    return LevelRow(words.name(measure), level_sentence(found, words), cells)


def _strength(share: float) -> int:
    """Give the fill of a cell, 0 to 5."""
    return 0 if share < 0.025 else 1 + min(4, int(share * 5))
