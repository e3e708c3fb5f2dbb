"""Read a survey definition that a tool keeps beside its export: full statements, and what each number means."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assessment.responses.columns import Column
from assessment.sheets.refusals import problem, refused

LARGEST = 20 * 1024 * 1024
NO_KEY = "It is no survey definition. In Qualtrics: Survey > Tools > Import/Export > Export survey gives a .qsf file."


@dataclass(frozen=True)
class KeyEntry:
    """One statement of the survey: its words, and the label of each number."""

    text: str
    labels: Mapping[str, str] = field(repr=False)


def _keyed(value: object) -> object:
    """Take a list for the mapping that it is: the writer shows an empty mapping as [], and some by their places."""
    return {str(place): entry for place, entry in enumerate(value)} if isinstance(value, list) else value or {}


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class _Choice(_Lenient):
    Display: str | int | float = ""


ChoicesOf = Annotated[dict[str, _Choice], BeforeValidator(_keyed)]


class _Asked(_Lenient):
    """The part of a `.qsf` element that describes one of its questions."""

    QuestionID: str = ""
    QuestionText: str = ""
    DataExportTag: str = ""
    QuestionType: str = ""
    Choices: ChoicesOf = {}
    Answers: ChoicesOf = {}
    RecodeValues: Annotated[dict[str, str | int], BeforeValidator(_keyed)] = {}
    ChoiceDataExportTags: Annotated[dict[str, str], BeforeValidator(_keyed)] = {}

    def labels(self) -> Mapping[str, str]:
        """Give the label of each number that an export may hold."""
        answers = self.Answers if self.QuestionType == "Matrix" else self.Choices
        return {str(self.RecodeValues.get(place, place)): str(entry.Display) for place, entry in answers.items()}


def key_of(path: Path) -> Mapping[str, KeyEntry]:
    """Read a `.qsf` file: every column's id or export tag in it, and what the column asks.

    Raises
    ------
    ImportRefused
        E01 when the file is none.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        document = json.loads(data)
        elements = [e["Payload"] for e in document["SurveyElements"] if e.get("Element") == "SQ"]
        asked = [_Asked.model_validate(element) for element in elements]
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError, ValidationError):
        raise refused(path.name, [problem("E01", NO_KEY)]) from None
    pairs = [pair for one in asked for pair in _entries(one)]
    counts = Counter(name for name, _ in pairs)
    return {name: entry for name, entry in pairs if counts[name] == 1}


def _entries(asked: _Asked) -> Iterator[tuple[str, KeyEntry]]:
    """Give each column's id and export tags; a tag that two columns share is of no use."""
    labels = asked.labels()
    if asked.QuestionType != "Matrix":
        yield from ((name, KeyEntry(asked.QuestionText, labels)) for name in {asked.QuestionID, asked.DataExportTag})
        return
    for place, choice in asked.Choices.items():
        tag = asked.ChoiceDataExportTags.get(place, "")
        names = {f"{asked.QuestionID}_{place}", f"{asked.DataExportTag}_{tag or place}", tag} - {""}
        yield from ((name, KeyEntry(str(choice.Display), labels)) for name in names)


def keyed_columns(
    columns: Sequence[Column], key: Mapping[str, KeyEntry]
) -> tuple[list[Column], Mapping[int, Mapping[str, str]]]:
    """Give the columns with their full statements, and the labels of each column's numbers by its place."""
    entries = {column.index: entry for column in columns if (entry := _entry(column, key))}
    known = [_known(column, entries[column.index]) if column.index in entries else column for column in columns]
    return known, {index: entry.labels for index, entry in entries.items()}


def _entry(column: Column, key: Mapping[str, KeyEntry]) -> KeyEntry | None:
    """Find a column by the tool's id, else by its name; older exports write the id with a hyphen."""
    return key.get(column.id.replace("-", "_")) or key.get(column.name.strip())


def _known(column: Column, entry: KeyEntry) -> Column:
    text = column.text if entry.text in column.text else f"{column.text} {entry.text}"
    return replace(column, text=text, endings=(*column.endings, entry.text))
