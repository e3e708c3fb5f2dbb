"""Compose the kit of a wave: every text from the wave's own settings, nothing in it about who has answered."""

from collections.abc import Collection, Iterator, Mapping

from assessment.errors import DefinitionError
from assessment.export.kit.link import link_problems, qr_code
from assessment.export.kit.settings import conditions_of, settings_problems, values_of
from assessment.export.kit.words import LANGUAGES, ROLES, Paragraph, Sentence, documents, words_of
from assessment.model.organisation import Administrator, Organisation
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import FORMS, FormKind
from assessment.sections.words import Words

ADMINISTRATORS = ("client", "consultant")
LINK_FILE = "survey-link.svg"


def kit(
    settings: Organisation,
    questionnaire: Questionnaire,
    *,
    wave: str,
    language: str,
    link: str | None = None,
    administrator: Administrator,
    form: FormKind = "full",
    contact: str | None = None,
) -> dict[str, str | bytes]:
    """Write the texts around a wave, as plain text to paste into a mail.

    Parameters
    ----------
    settings
        The organisation: name, roster, open group, privacy rules, and the wave's days.
    questionnaire
        As the organisation is asked it.
    link
        The one link that everybody gets; without it a mark stands in its place and there is no picture of it.
    administrator
        Who runs the survey account, and so can see single answers: the texts say it.
    form
        Which form is asked, for the minutes that it takes.
    contact
        Who answers questions; without it a mark stands in its place.

    Returns
    -------
    dict
        File name -> content: notice, leader, invitation, reminder-1, reminder-2, thanks, representatives, faq and
        dpia (draft of an impact assessment) as `.txt`, and `survey-link.svg`. What is still to be filled in stands in
        square brackets.

    Raises
    ------
    DefinitionError
        With every problem: days that the wave lacks, a language without words, a link that cannot be sent to everybody.
    """
    problems = [
        *_choice_problems(questionnaire, language, administrator, form),
        *settings_problems(settings, wave),
        *(link_problems(link) if link else ()),
    ]
    if problems:
        raise DefinitionError("the texts around the survey cannot be written:", problems)
    words = words_of(questionnaire, language)
    said = values_of(settings, words, wave=wave, form=form, link=link, contact=contact)
    holds = conditions_of(settings, words, administrator=administrator, form=form)
    texts = {f"{name}.txt": _document(of, words, said, holds) for name, of in documents().items()}
    return texts | ({LINK_FILE: qr_code(link)} if link else {})


def _choice_problems(questionnaire: Questionnaire, language: str, administrator: str, form: str) -> Iterator[str]:
    known = [one for one in LANGUAGES if one in questionnaire.texts]
    for name, given, choices in (
        ("language", language, known),
        ("administrator", administrator, ADMINISTRATORS),
        ("form", form, FORMS),
    ):
        if given not in choices:
            yield f"{name}: '{ascii(given[:20])[1:-1]}' is not one of {', '.join(choices)}"


def _document(
    paragraphs: Collection[Paragraph], words: Words, values: Mapping[str, str], holds: Collection[str]
) -> str:
    """Put a document together; blank lines between paragraphs, what does not apply left out."""
    written = [_paragraph(paragraph, words, values, holds) for paragraph in paragraphs]
    return "\n\n".join(text for text in written if text) + "\n"


def _paragraph(paragraph: Paragraph, words: Words, values: Mapping[str, str], holds: Collection[str]) -> str:
    is_list, lines = paragraph
    written = [_line(line, words, values, holds) for line in lines]
    return "\n".join(f"- {line}" if is_list else line for line in written if line)


def _line(sentences: Collection[Sentence], words: Words, values: Mapping[str, str], holds: Collection[str]) -> str:
    names = [name for name, when in sentences if when is None or when in holds]
    return " ".join(values[name] if name == ROLES else words.say(name, **values) for name in names)
