"""Product operations: the practices by pillar, and how far they are shared."""

from assessment.results import Practices, PracticeStatus, Results
from assessment.sections.blocks import Note, Paragraph, PracticeCell, PracticeGrid, Section
from assessment.sections.words import DASH, Words


def product_operations(results: Results, words: Words) -> Section | None:
    """Show the inventory as rated; without one, what it would add. None where the questionnaire has no inventory."""
    inventory = words.questionnaire.practices
    if inventory is None:
        return None
    practices = results.practices
    if practices is None:
        said = Paragraph(words.say("ops_none_text"))
        return Section("ops", "7", words.say("ops_name"), words.say("ops_none"), (said,))
    message = words.say("ops_message", n=practices.n_covered, rated=practices.n_rated)
    needed = words.questionnaire.policy.po_coverage
    levels = words.say("note_ops_level_text", four=round(100 * needed[4]), five=round(100 * needed[5]))
    note = Note(
        (
            Paragraph(levels, "small", words.say("note_ops_level")),
            Paragraph(words.say("note_ops_text"), "small", words.say("note_ops")),
        )
    )
    return Section("ops", "7", words.say("ops_name"), message, (_grid(practices, words, inventory.covered_from), note))


def _grid(practices: Practices, words: Words, covered_from: int) -> PracticeGrid:
    pillars = list(dict.fromkeys(row.pillar for row in practices.rows))
    return PracticeGrid(
        id="fig-ops",
        message=words.say("ops_figure"),
        sub=words.say(
            "ops_sub",
            date=words.date(practices.rated_on),
            coverage=DASH if practices.coverage is None else words.percent(practices.coverage),
            depth=DASH if practices.depth is None else words.percent(practices.depth),
            n=practices.n_covered,
            rated=practices.n_rated,
        ),
        pillars=tuple(_pillar(pillar, practices, words, covered_from) for pillar in pillars),
    )


def _pillar(
    pillar: str, practices: Practices, words: Words, covered_from: int
) -> tuple[str, tuple[PracticeCell, ...], str, str]:
    rows = [row for row in practices.rows if row.pillar == pillar]
    rated = [row.value for row in rows if row.applies and row.value is not None]
    n = sum(value >= covered_from for value in rated)
    cells = tuple(
        PracticeCell(words.texts.practices[row.id], row.value, _says(row, words), row.applies) for row in rows
    )
    return words.texts.pillars[pillar], cells, words.say("ops_rated", n=n, rated=len(rated)), words.say("ops_shared")


def _says(row: PracticeStatus, words: Words) -> str:
    if not row.applies:
        return words.say("practice_not")
    return words.say("practice_unknown" if row.value is None else f"practice_{row.value}")
