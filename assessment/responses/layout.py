"""Decide what each column of a recognised table is, before any answer is looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import about_columns
from assessment.responses.adapter import About, Adapter
from assessment.responses.choices import with_joined_choices
from assessment.responses.columns import Column, columns_of
from assessment.responses.detection import Detected
from assessment.responses.mapping import Mapped, mapped
from assessment.responses.mapping_file import MappingFile, declared_labels, mapped_by_hand
from assessment.responses.tool_key import KeyEntry, keyed_columns
from assessment.sheets.refusals import refused


@dataclass(frozen=True)
class Layout:
    """The columns of a file and their use.

    Parameters
    ----------
    labels
        What the cells of a column mean, by the column's place, where a survey definition or a mapping file says so.
    """

    adapter: Adapter
    columns: Sequence[Column]
    about: Mapping[About, Column]
    mapping: Mapped
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict, repr=False)


def layout_of(
    name: str,
    found: Detected,
    questionnaire: Questionnaire,
    *,
    missing_items: Collection[str],
    written: MappingFile | None = None,
    key: Mapping[str, KeyEntry] | None = None,
) -> Layout:
    """Find the columns about the respondent and the column of each item.

    Parameters
    ----------
    written
        A mapping file; then it alone says what the columns are, unless it names none.
    key
        The survey's definition, with full statements and the label of each number.

    Raises
    ------
    ImportRefused
        E07, E08 or E15 with every problem of the headings.
    """
    columns, labels = keyed_columns(file_columns(found, questionnaire), key or {})
    if written and written.columns:
        about, mapping, problems = mapped_by_hand(columns, written, questionnaire, tuple(missing_items))
    else:
        about, problems = about_columns(columns, questionnaire, found.adapter)
        mapping, more = mapped(columns, questionnaire, found.adapter, missing_items=missing_items)
        problems = [*problems, *more]
    if problems:
        raise refused(name, problems)
    declared = declared_labels(written, questionnaire, mapping) if written else {}
    return Layout(found.adapter, columns, about, mapping, {**labels, **declared})


def file_columns(found: Detected, questionnaire: Questionnaire) -> list[Column]:
    """Give the columns of a file; the columns of one answer each are joined where the tool writes such blocks."""
    columns = columns_of(found.heading_rows, found.header)
    return with_joined_choices(columns, questionnaire) if found.header.fill else columns
