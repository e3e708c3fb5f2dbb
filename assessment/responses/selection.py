"""Go from recognised columns to the kept respondents: choose rows, decode, leave out, count."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from assessment.frames import ANSWERS, Answers
from assessment.model.questionnaire import Questionnaire
from assessment.responses.about import wave_rows
from assessment.responses.adapter import Adapter
from assessment.responses.detection import Detected
from assessment.responses.layout import Layout
from assessment.responses.receipt import receipt_of
from assessment.responses.repeats import Keep, repeated, same_person
from assessment.responses.rows import Kept, check_shape, kept
from assessment.responses.statuses import REASONS, has_enough, statuses
from assessment.responses.table import decoded_table
from assessment.responses.words import cells_of, filled
from assessment.sheets.refusals import problem, refused

REPEAT = "another response of the same person"
READ = ("", "partial")


def answers_of(
    name: str, found: Detected, layout: Layout, questionnaire: Questionnaire, *, only: Mapping[str, str], keep: Keep
) -> Answers:
    """Give the respondents whose answers count, and the receipt.

    Raises
    ------
    ImportRefused
        E06 to E14 with every problem of the stage that failed.
    """
    rows = _filled_rows(name, found)
    is_inside = wave_rows(name, rows, layout.columns, found.adapter, only)
    status = statuses(rows, layout.columns, found.adapter)
    body = rows[is_inside & status.isin(READ)]
    if body.empty:
        raise refused(name, [_all_left_out(status[is_inside])])
    check_shape(name, body, _headings(found, layout), layout.about)
    table, notes = decoded_table(name, body, layout, questionnaire)
    is_partial = status.loc[body.index] == "partial"
    is_sparse = is_partial & ~has_enough(table, questionnaire) if is_partial.any() else is_partial
    is_repeat, told = repeated(table[~is_sparse], same_person(body, layout.columns, found.adapter), keep)
    chosen = table[~is_sparse][~is_repeat]
    people = _people(name, chosen, body.loc[chosen.index], layout)
    left_out = _by_status(status[is_inside]) | {REASONS["partial"]: _numbers(is_sparse), REPEAT: _numbers(is_repeat)}
    people = replace(people, dropped={**people.dropped, **{why: lines for why, lines in left_out.items() if lines}})
    notes = (*notes, *told, *_partial_note(is_partial & ~is_sparse), *people.notes)
    receipt = receipt_of(name, found, layout, people, n_outside=int((~is_inside).sum()), notes=notes)
    return Answers(codes=ANSWERS.check(people.codes), receipt=receipt, rejected=people.rejected)


def _all_left_out(status: pd.Series) -> str:
    """Say why no row is left, where there were some."""
    counts = [f"{len(lines)} {why}" for why, lines in _by_status(status).items() if lines]
    return problem("E14", f"Every response is left out: {', '.join(counts)}. Export again when people have answered.")


def _by_status(status: pd.Series) -> dict[str, tuple[int, ...]]:
    return {why: _numbers(status == name) for name, why in REASONS.items() if name not in READ}


def _numbers(flags: pd.Series) -> tuple[int, ...]:
    """Give the row numbers at which a flag is set."""
    return tuple(map(int, flags.index[flags]))


def _headings(found: Detected, layout: Layout) -> list[str]:
    """Give the cells of the heading rows; the answers that head joined columns are no headings."""
    answers = {part for column in layout.columns for part in column.parts}
    return [cell for row in found.heading_rows for place, cell in enumerate(row) if place not in answers]


def _partial_note(is_kept: pd.Series) -> list[str]:
    n = int(is_kept.sum())
    return [f"{n} response(s) were not finished and are kept, since they answered enough for a score."] if n else []


def _filled_rows(name: str, found: Detected) -> pd.DataFrame:
    """Give the rows below the headings by row number, blank ones left out."""
    n_headings = found.signature.header_rows
    body = pd.DataFrame({i: cells_of(c, n_headings=n_headings) for i, c in enumerate(found.grid.columns)})
    has_cell = np.zeros(len(body), dtype=np.bool_)
    for place in body:
        # Mostly the first column says it for all rows.
        has_cell = has_cell if has_cell.all() else has_cell | filled(body[place])
    if not has_cell.any():
        raise refused(name, [_no_response(found.adapter)])
    return body if has_cell.all() else body[has_cell]


def _people(name: str, table: pd.DataFrame, body: pd.DataFrame, layout: Layout) -> Kept:
    """Keep the rows that are respondents; none at all is no file of responses."""
    time = layout.about.get("submitted")
    has_ids = bool((table["respondent"] != "").all())
    people, problems = kept(table, body=body, has_ids=has_ids, time=time and time.index)
    if problems or people.codes.empty:
        raise refused(name, problems or [_no_response(layout.adapter)])
    return people


def _no_response(adapter: Adapter) -> str:
    return problem("E14", f"The file has headings but no submitted response. {adapter.advice.export_again}")
