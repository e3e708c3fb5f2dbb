"""Write answers as Google Forms would export them."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from assessment.demo.simulate import CANNOT_TELL, Person
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import ContextItem
from assessment.model.texts import Texts

COMMENT = "A simulated comment."


def google_forms_export(people: Sequence[Person], questionnaire: Questionnaire, *, language: str, opened: str) -> str:
    """Give the response sheet as CSV: a timestamp, the context items, then one column per statement of the grids.

    The form shows every statement to every role; the cells of those that a role is not asked are empty.
    """
    words = questionnaire.words(language)
    sheet = io.StringIO()
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_headings(questionnaire, words))
    start = datetime.fromisoformat(f"{opened}T09:00:00")
    for place, person in enumerate(people):
        writer.writerow(_row(person, place, start, questionnaire, words))
    return sheet.getvalue()


def _headings(questionnaire: Questionnaire, words: Texts) -> Iterator[str]:
    yield "Timestamp"
    for context in questionnaire.structure.context:
        yield f"[{context.id}] {words.context[context.id].ask}"
    for item in questionnaire.items.values():
        yield f"{words.scales[item.scale].stem} [[{item.id}] {words.items[item.id]}]"
    yield "Anything else? (simulated)"


def _row(person: Person, place: int, start: datetime, questionnaire: Questionnaire, words: Texts) -> Iterator[str]:
    when = start + timedelta(minutes=37 * place)
    yield f"{when:%Y/%m/%d} {when.hour % 12 or 12}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'} GMT+1"
    for context in questionnaire.structure.context:
        yield _about(person, place, context, words)
    for item in questionnaire.items.values():
        yield _label(person.answers.get(item.id), words, item.scale)
    yield COMMENT if place % 9 == 0 else ""


def _about(person: Person, place: int, context: ContextItem, words: Texts) -> str:
    """Give the role, the team, or one choice after the other: nothing that is scored hangs on it."""
    match context.options_from:
        case "roles":
            return words.roles[person.role]
        case "organisation.teams":
            return person.team
        case None:
            return words.context[context.id].options[context.options[place % len(context.options)]]


def _label(code: int | None, words: Texts, scale: str) -> str:
    if code is None:
        return ""
    return words.scales[scale].cannot_tell or "" if code == CANNOT_TELL else words.scales[scale].answers[code]
