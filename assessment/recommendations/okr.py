"""Read a key result as a coach would: does it tell what is done, what is shipped, or what becomes different.

It labels and asks, and never rejects: an author may say otherwise with a reason, and both are kept.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from babel import Locale

from assessment.model.texts import OkrWords

Label = Literal["activity", "delivery", "change", "unclear"]
Missing = Literal["number", "direction", "baseline", "date"]
Note = Literal["no_change", "several_scores", "no_baseline"]
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NUMBER = re.compile(r"\d+(?:[.,\s\u00a0]\d+)*")
DATE = re.compile(r"\bq[1-4]\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}\b", re.IGNORECASE)
SHARES = ("%", "percent")


@dataclass(frozen=True)
class KeyResultDraft:
    """A key result as somebody writes it; the sentence alone is enough.

    Parameters
    ----------
    unit
        What the number counts; "%" or a word.
    due
        The day until which it is to be reached.
    is_score
        Whether it is measured by this survey.
    label, reason
        What the author says it is, and why, where the words say otherwise.
    """

    text: str
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    due: str | None = None
    is_score: bool = False
    label: Label | None = None
    reason: str | None = None


@dataclass(frozen=True)
class ReadKeyResult:
    """What a key result tells of, the word that says so, and what is missing to measure it.

    Parameters
    ----------
    label
        By the words of the sentence.
    word
        The word that decided; None where none did.
    missing
        Of number, direction, baseline and date what was not found.
    agreed
        The label that counts: the author's, if one was given with a reason.
    """

    label: Label
    word: str | None
    missing: tuple[Missing, ...]
    agreed: Label

    @property
    def is_measurable(self) -> bool:
        """Whether number, direction and baseline are there."""
        return not {"number", "direction", "baseline"} & set(self.missing)


@dataclass(frozen=True)
class ReadOkr:
    """The key results of one objective, read, and what to say of them together."""

    results: tuple[ReadKeyResult, ...]
    notes: tuple[Note, ...]


def read_okr(drafts: Sequence[KeyResultDraft], words: OkrWords, *, language: str) -> ReadOkr:
    """Read the key results of one objective.

    Parameters
    ----------
    words
        The word lists of the language, from the questionnaire's texts.
    """
    results = tuple(read_key_result(draft, words, language=language) for draft in drafts)
    notes: list[Note] = []
    if not any(result.agreed == "change" for result in results):
        notes.append("no_change")
    if sum(draft.is_score for draft in drafts) > 1:
        notes.append("several_scores")
    if any("baseline" in result.missing for result in results):
        notes.append("no_baseline")
    return ReadOkr(results, tuple(notes))


def read_key_result(draft: KeyResultDraft, words: OkrWords, *, language: str) -> ReadKeyResult:
    """Label a key result by the first that fits.

    1. A word for something done, and the number is a count or absent: *activity*. 2. A word for something shipped, or
    no number at all and no direction: *delivery*. 3. A number and a direction, or a baseline and another target:
    *change*. 4. Else *unclear*: what is missing says why.
    """
    spoken = WORD.findall(draft.text.casefold())
    missing = tuple(_missing(draft, spoken, words, language))
    label, word = _label(draft, spoken, words, missing)
    return ReadKeyResult(label, word, missing, draft.label if draft.label and draft.reason else label)


def _label(
    draft: KeyResultDraft, spoken: Sequence[str], words: OkrWords, missing: Collection[Missing]
) -> tuple[Label, str | None]:
    done, shipped = _first(spoken, words.activity), _first(spoken, words.delivery)
    if done and not _is_share(draft):
        return "activity", done
    if shipped:
        return "delivery", shipped
    stays = draft.baseline is not None and draft.baseline == draft.target
    if not stays and not {"number", "direction"} & set(missing):
        return "change", _first(spoken, words.rise) or _first(spoken, words.fall)
    return "unclear", None


def _missing(draft: KeyResultDraft, spoken: Sequence[str], words: OkrWords, language: str) -> Iterator[Missing]:
    numbers = NUMBER.findall(DATE.sub(" ", draft.text))
    if draft.target is None and not numbers:
        yield "number"
    has_both = draft.baseline is not None and draft.target is not None
    if not has_both and not _first(spoken, words.rise) and not _first(spoken, words.fall):
        yield "direction"
    if draft.baseline is None and not _first(spoken, words.baseline) and len(numbers) < 2:
        yield "baseline"
    if not draft.due and not DATE.search(draft.text) and not _first(spoken, _months(language)):
        yield "date"


def _months(language: str) -> list[str]:
    names = Locale.parse(language).months["format"]["wide"].values()
    return [str(name).casefold() for name in names]


def _is_share(draft: KeyResultDraft) -> bool:
    return any(share in f"{draft.text} {draft.unit or ''}".casefold() for share in SHARES)


def _first(spoken: Sequence[str], listed: Collection[str]) -> str | None:
    """Give the first word of the sentence that is in the list."""
    known = {word.casefold() for word in listed}
    return next((word for word in spoken if word in known), None)
