"""Turn the words of one column into codes: every reading that explains all of them must agree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import AnswerForm
from assessment.responses.known import scale_labels
from assessment.responses.unknown import WHOLE, ItemCells, unknown_problems
from assessment.responses.words import all_words, flagged, taken, words_of
from assessment.sheets import comparable
from assessment.sheets.refusals import problem

STATES: Mapping[str, int] = {"cannot_tell": CANNOT_TELL, "not_answered": NOT_ANSWERED, "not_asked": NOT_ASKED}
NUMBERED = (" - ", ". ", ") ", ": ")
Reading = Mapping[str, int]


@dataclass(frozen=True)
class DecodedColumn:
    """The codes of one item by row number, and what stood in the way."""

    codes: pd.Series
    problems: tuple[str, ...] = ()


def decoded(column: ItemCells, questionnaire: Questionnaire, form: AnswerForm, *, numbers: str = "") -> DecodedColumn:
    """Decode the cells of an item; empty means *not answered*.

    Parameters
    ----------
    numbers
        What to do in the tool when the answers are numbers that nothing explains.

    Returns
    -------
    DecodedColumn
        Problems are E09 (a value outside the scale; 3.5 is never rounded), E10 (readings that differ), E11 (numbers
        without a key) and E12 (a date or a spreadsheet's error value).
    """
    distinct = set(map(comparable, words_of(column.cells))) - {""}
    readings = list(_readings(column.item, distinct, questionnaire, form))
    fitting = [reading for reading in readings if distinct <= reading.keys()]
    answers = {tuple(reading[value] for value in sorted(distinct)) for reading in fitting}
    if len(answers) == 1:
        return DecodedColumn(_coded(column.cells, fitting[0]))
    differ = f"{column.where}: the same words mean different answers in two languages. Export in one language."
    labels = questionnaire.words(questionnaire.structure.source_language).scales
    accepted = labels[questionnaire.items[column.item].scale].answers.values()
    found = [problem("E10", differ)] if answers else unknown_problems(column, readings, form, accepted, numbers)
    return DecodedColumn(pd.Series(NOT_ANSWERED, index=column.cells.index, dtype="int8"), problems=tuple(found))


def _coded(cells: pd.Series, reading: Reading) -> pd.Series:
    """Give the code of each cell by a reading that knows every word; empty is *not answered*."""
    codes = [reading.get(comparable(word), NOT_ANSWERED) for word in all_words(cells)]
    return pd.Series(taken(cells, np.array(codes, dtype=np.int8)), index=cells.index)


def state_notes(cells: pd.DataFrame, form: AnswerForm) -> Iterator[str]:
    """Say when a word was read as a state, because such a word may mean something else to the person who wrote it."""
    for state, words in form.states.items():
        listed = set(map(comparable, words))
        n = sum(int(flagged(cells[item], lambda cell, told=listed: comparable(cell) in told).sum()) for item in cells)
        if n:
            told = " or ".join(f"'{word}'" for word in words)
            yield f"{n} cell(s) with {told} were read as '{state.replace('_', ' ')}'."


def _readings(item: str, distinct: set[str], questionnaire: Questionnaire, form: AnswerForm) -> Iterator[Reading]:
    """Give every way to read the column: labels of one language or of all, labels behind their number, numbers."""
    states = {comparable(word): STATES[state] for state, words in form.states.items() for word in words}
    languages = list(scale_labels(questionnaire, questionnaire.items[item].scale).values())
    union = _union(languages)
    for labels in (*languages, union):
        numbered = {f"{code}{dash}{label}": code for label, code in labels.items() for dash in NUMBERED}
        yield {**numbered, **labels, **states}
    scale = questionnaire.scale_of(item)
    codes = {
        text: number for text, number in _numbers(distinct, form).items() if scale.lowest <= number <= scale.highest
    }
    # A form with numbered choices still words the one that is no number.
    yield {**{label: code for label, code in union.items() if code == CANNOT_TELL}, **codes, **states}


def _numbers(distinct: set[str], form: AnswerForm) -> Mapping[str, int]:
    """Read the cells that are codes of the tool's form: bare numbers, or a number behind a letter."""
    bare = {text: text.partition(".")[0] for text in distinct if form.numbers_are_codes and WHOLE.match(text)}
    pattern = re.compile(form.code_pattern, re.IGNORECASE) if form.code_pattern else None
    marked = {text: found["code"] for text in distinct if pattern and (found := pattern.fullmatch(text))}
    return {text: int(code) for text, code in (bare | marked).items() if WHOLE.match(code)}


def _union(languages: Sequence[Reading]) -> Reading:
    """Join the labels of all languages; those that would mean two answers are left out."""
    pairs = {pair for labels in languages for pair in labels.items()}
    words = [label for label, _ in pairs]
    return {label: code for label, code in pairs if words.count(label) == 1}
