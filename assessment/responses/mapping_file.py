"""Read the file in which a person says what each column is, and write it ready to edit when an import failed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from pydantic import Field, StrictInt

from assessment.definitions.problems import read_model
from assessment.errors import DefinitionError
from assessment.model.base import Definition, Slug
from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import about_columns
from assessment.responses.adapter import About, Adapter
from assessment.responses.columns import Column
from assessment.responses.mapping import Mapped, best_mapping, closest_heading
from assessment.sheets import comparable
from assessment.sheets.refusals import column_letter, problem, shown
from assessment.yaml_text import yaml_text

ABOUT: tuple[About, ...] = get_args(About)
NO_ANSWER = ("cannot_tell", "not_answered")
HEAD = """\
# What each column of the file is. Write behind `use` an item's id, or role, team or respondent; an empty use leaves the
# column out. Then import again with this file as the mapping. Headings stay as they are: by them the columns are found.
# `answers` may say what the cells mean, by scale, for example  freq5: {"11": 1, "12": 2, "99": cannot_tell}
"""


class ColumnUse(Definition):
    """What one column is: an item, a fact about the respondent, or nothing."""

    column: str = Field(pattern=r"^[A-Z]{1,3}$")
    heading: str
    use: str = ""


class MappingFile(Definition):
    """Hold a mapping file.

    Parameters
    ----------
    answers
        For a scale, what cells mean: a code of the scale, `cannot_tell` or `not_answered`.
    """

    tool: Slug | None = None
    columns: tuple[ColumnUse, ...] = ()
    answers: dict[Slug, dict[str, StrictInt | str]] = Field(default_factory=dict)


def load_mapping(path: Path, questionnaire: Questionnaire) -> MappingFile:
    """Read a mapping file.

    Raises
    ------
    DefinitionError
        With every problem: form, and names that the questionnaire does not have.
    """
    read, problems = read_model(path, MappingFile)
    problems += list(_foreign(read, questionnaire)) if read else []
    if read is None or problems:
        raise DefinitionError(f"{path.name} has {len(problems)} problem(s):", problems)
    return read


def _foreign(read: MappingFile, questionnaire: Questionnaire) -> Iterator[str]:
    for entry in read.columns:
        if entry.use and entry.use not in questionnaire.items and entry.use not in ABOUT:
            yield f"columns, {entry.column}: '{shown(entry.use)}' is no item of the questionnaire"
    for scale, meanings in read.answers.items():
        if scale not in questionnaire.scales:
            yield f"answers: the questionnaire has no scale '{shown(scale)}'"
            continue
        allowed = (*questionnaire.scales[scale].values, *NO_ANSWER)
        if any(meaning not in allowed for meaning in meanings.values()):
            yield f"answers.{scale}: a meaning must be one of {', '.join(map(str, allowed))}"


def mapped_by_hand(
    columns: Sequence[Column], written: MappingFile, questionnaire: Questionnaire, missing_items: Sequence[str]
) -> tuple[Mapping[About, Column], Mapped, list[str]]:
    """Find the columns that a mapping file names, by their headings; the letter decides between equal headings.

    Returns
    -------
    about, items, problems
        E07 for a heading that is not in the file and an item without a column, E08 for a fact with two columns.
    """
    used = [entry for entry in written.columns if entry.use]
    found = [(entry, _column(entry, columns)) for entry in used]
    problems = [problem("E07", _gone(entry)) for entry, column in found if column is None]
    pairs = [(entry.use, column) for entry, column in found if column]
    counts = Counter(use for use, _ in pairs if use in ABOUT)
    problems += [problem("E08", f"The mapping file names {n} columns as {use}.") for use, n in counts.items() if n > 1]
    if not counts["role"] and len(questionnaire.roles) > 1:
        problems.append(problem("E07", "The mapping file names no column as role."))
    about: dict[About, Column] = {fact: column for use, column in pairs for fact in ABOUT if fact == use}
    held = {use: tuple(column for name, column in pairs if name == use) for use, _ in pairs if use not in ABOUT}
    lacking = [item for item in questionnaire.items if item not in {*held, *missing_items}]
    if lacking:
        told = f"The mapping file names no column for {', '.join(lacking)}."
        problems.append(
            problem("E07", f"{told} If one was left out on purpose, import with --missing-item and its id.")
        )
    return about, Mapped(held, "mapping file"), problems


def _column(entry: ColumnUse, columns: Sequence[Column]) -> Column | None:
    same = [column for column in columns if comparable(full_heading(column)) == comparable(entry.heading)]
    here = [column for column in same if column_letter(column.index) == entry.column]
    return same[0] if len(same) == 1 else next(iter(here), None)


def _gone(entry: ColumnUse) -> str:
    return f"The mapping file names column {entry.column} '{shown(entry.heading)}', and no such heading is in the file."


def full_heading(column: Column) -> str:
    """Give the heading by which a mapping file knows a column."""
    return column.text or column.name


def draft_of(columns: Sequence[Column], questionnaire: Questionnaire, adapter: Adapter) -> str:
    """Write a mapping file with what was found, and in its head what comes close; a person completes it."""
    best = best_mapping(columns, questionnaire, adapter)
    about, _ = about_columns(columns, questionnaire, adapter)
    uses = {column.index: use for use, column in about.items()}
    uses |= {held[0].index: item for item, held in best.columns.items() if len(held) == 1}
    free = [column for column in columns if column.index not in uses]
    entries = [
        {"column": column_letter(c.index), "heading": full_heading(c), "use": uses.get(c.index, "")} for c in columns
    ]
    lines = "".join(f"# {line}\n" for line in _open_items(best, free, questionnaire))
    return HEAD + lines + yaml_text({"tool": adapter.tool, "columns": entries, "answers": {}})


def _open_items(best: Mapped, free: Sequence[Column], questionnaire: Questionnaire) -> Iterator[str]:
    texts = questionnaire.words(questionnaire.structure.source_language).items
    for item in questionnaire.items:
        if item not in best.columns:
            near = closest_heading(item, free, questionnaire)
            hint = f" - closest heading: {near.place}" if near else ""
            yield f"No column yet for {item} '{shown(texts[item], longest=100)}'{hint}"


def declared_labels(
    written: MappingFile, questionnaire: Questionnaire, mapping: Mapped
) -> Mapping[int, Mapping[str, str]]:
    """Turn declared meanings into labels of the source language, by the place of each column."""
    return {
        column.index: _labels(written.answers[questionnaire.items[item].scale], item, questionnaire)
        for item, held in mapping.columns.items()
        if questionnaire.items[item].scale in written.answers
        for column in held
    }


def _labels(meanings: Mapping[str, int | str], item: str, questionnaire: Questionnaire) -> Mapping[str, str]:
    words = questionnaire.words(questionnaire.structure.source_language).scales[questionnaire.items[item].scale]
    states = {"cannot_tell": words.cannot_tell or "", "not_answered": ""}
    return {
        cell: states[meaning] if isinstance(meaning, str) else words.answers[meaning]
        for cell, meaning in meanings.items()
    }
