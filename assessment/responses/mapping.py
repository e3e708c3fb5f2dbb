"""Find the column of each item: by code in the name, by code in the text, by the text, by its beginning."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Adapter, Method
from assessment.responses.claims import Claims, claims_by, is_cut
from assessment.responses.columns import Column
from assessment.responses.known import item_texts
from assessment.sheets import comparable
from assessment.sheets.refusals import problem, shown

CLOSE = 0.6
COLUMNS_COMPARED = 200


@dataclass(frozen=True)
class Mapped:
    """Which columns hold each item (usually one), which method found them, and which items no response holds."""

    columns: Mapping[str, tuple[Column, ...]]
    method: Method
    absent: tuple[str, ...] = ()


def mapped(
    columns: Sequence[Column], questionnaire: Questionnaire, adapter: Adapter, *, missing_items: Collection[str] = ()
) -> tuple[Mapped, list[str]]:
    """Map items to columns with the first method that finds every item; methods are never mixed.

    Parameters
    ----------
    missing_items
        Items that the file leaves out on purpose.

    Returns
    -------
    mapping, problems
        E08 for a column that claims two items, E15 for headings that are cut too short, E07 for each item not found.
    """
    best = best_mapping(columns, questionnaire, adapter, missing_items=missing_items)
    lacking = [item for item in questionnaire.items if item not in best.columns and item not in missing_items]
    if adapter.answers.absent_is_unanswered and not _strangers(columns, best):
        best, lacking = replace(best, absent=tuple(lacking)), []
    unknown = sorted(set(missing_items) - set(questionnaire.items))
    problems = [
        *_doubles(columns, claims_by(best.method, candidates(columns, adapter), questionnaire)),
        *_lacking(lacking, columns, best, questionnaire, adapter),
        *(problem("E07", f"--missing-item: the questionnaire has no item '{shown(item)}'.") for item in unknown),
    ]
    return best, problems


def best_mapping(
    columns: Sequence[Column],
    questionnaire: Questionnaire,
    adapter: Adapter,
    *,
    missing_items: Collection[str] = (),
) -> Mapped:
    """Give the first method's mapping that is complete, else the one with the most items."""
    free = candidates(columns, adapter)
    tried = [Mapped(_by_item(free, claims_by(m, free, questionnaire)), m) for m in adapter.map_by]
    needed = set(questionnaire.items) - set(missing_items)
    whole = [mapping for mapping in tried if needed <= set(mapping.columns)]
    return whole[0] if whole and needed else max(tried, key=lambda mapping: len(mapping.columns))


def candidates(columns: Sequence[Column], adapter: Adapter) -> list[Column]:
    """Leave out the columns that the tool adds beside an item's own."""
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in adapter.ignore]
    return [c for c in columns if not any(p.search(part.strip()) for p in patterns for part in (c.name, c.text))]


def _by_item(columns: Sequence[Column], claims: Claims) -> Mapping[str, tuple[Column, ...]]:
    items = {item for claimed in claims.values() for item in claimed}
    return {item: tuple(c for c in columns if item in claims.get(c.index, ())) for item in sorted(items)}


def _strangers(columns: Sequence[Column], best: Mapped) -> list[Column]:
    """Give the columns beside an item, in its group, that are none: perhaps renamed items, so nothing may be absent."""
    held = {column.index for columns in best.columns.values() for column in columns}
    groups = {_group(column) for column in columns if column.index in held} - {""}
    return [column for column in columns if column.index not in held and _group(column) in groups]


def _group(column: Column) -> str:
    return column.name.rpartition("/")[0]


def _doubles(columns: Sequence[Column], claims: Claims) -> Iterator[str]:
    """Report every column that claims more than one item."""
    for column in columns:
        claimed = sorted(claims.get(column.index, ()))
        if len(claimed) > 1 and is_cut(column):
            yield problem("E15", f"The heading of {column.place} is cut and fits {', '.join(claimed)}.")
        elif len(claimed) > 1:
            yield problem("E08", f"{column.start} claims {', '.join(claimed)}: '{column.heading}'.")


def _lacking(
    lacking: Sequence[str], columns: Sequence[Column], best: Mapped, questionnaire: Questionnaire, adapter: Adapter
) -> Iterator[str]:
    """Report every item without a column, with the heading that comes closest."""
    taken = Counter(column.index for held in best.columns.values() for column in held)
    free = [column for column in columns if not taken[column.index]]
    n_cut = sum(map(is_cut, free))
    if lacking and n_cut:
        told = f"{n_cut} heading(s) are cut, so {len(lacking)} item(s) cannot be told apart: {', '.join(lacking)}."
        yield problem("E15", f"{told} {adapter.advice.export_again}")
        return
    if lacking and not best.columns:
        told = f"None of the {len(lacking)} items has a column; this seems to be the export of another survey."
        yield problem("E07", f"{told} If it is not, say in a mapping file which column is which item.")
        return
    if lacking and set(lacking) == {item.id for item in questionnaire.items.values() if not item.pulse}:
        yield problem(
            "E07", f"Only the {len(best.columns)} items of the pulse have a column. Import with --form pulse."
        )
        return
    texts = questionnaire.words(questionnaire.structure.source_language).items
    for item in lacking:
        near = closest_heading(item, free, questionnaire)
        hint = f" Closest heading: {near.place}, '{near.heading}'." if near else ""
        left_out = f"If it was left out on purpose, import with --missing-item {item}."
        yield problem("E07", f"No column for {item} '{shown(texts[item])}'.{hint} {left_out}")


def closest_heading(item: str, free: Sequence[Column], questionnaire: Questionnaire) -> Column | None:
    """Give a free column whose heading is like the item's text in some language; only suggested, never used."""
    column_of = {comparable(column.row_text): column for column in free[:COLUMNS_COMPARED]}
    near = (get_close_matches(text, column_of, n=1, cutoff=CLOSE) for text in sorted(item_texts(questionnaire)[item]))
    return next((column_of[match] for matches in near for match in matches), None)
