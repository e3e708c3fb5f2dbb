"""Decide what each column of a recognised table is, before any answer is looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import about_columns
from assessment.responses.adapter import About, Adapter
from assessment.responses.columns import Column, columns_of
from assessment.responses.detection import Detected
from assessment.responses.mapping import Mapped, mapped
from assessment.sheets.refusals import refused


@dataclass(frozen=True)
class Layout:
    """The columns of a file and their use."""

    adapter: Adapter
    columns: Sequence[Column]
    about: Mapping[About, Column]
    mapping: Mapped


def layout_of(name: str, found: Detected, questionnaire: Questionnaire, *, missing_items: Collection[str]) -> Layout:
    """Find the columns about the respondent and the column of each item.

    Raises
    ------
    ImportRefused
        E07, E08 or E15 with every problem of the headings.
    """
    columns = columns_of(found.heading_rows, found.adapter.header)
    about, problems = about_columns(columns, questionnaire, found.adapter)
    mapping, more = mapped(columns, questionnaire, found.adapter, missing_items=missing_items)
    if problems or more:
        raise refused(name, [*problems, *more])
    return Layout(found.adapter, columns, about, mapping)
