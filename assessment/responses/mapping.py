"""Find the column of each item: by code in the name, by code in the text, by the text, by its beginning."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Adapter, Method
from assessment.responses.columns import Column
from assessment.responses.known import item_texts
from assessment.sheets import comparable
from assessment.sheets.refusals import problem, shown

CODE = re.compile(r"\[\s*([A-Za-z][A-Za-z0-9_-]*)\s*\]")
CUT = re.compile(r"\s*(\.\.\.|\s\.\.)$")
SHORTEST_CUT = 10
CLOSE = 0.6
COLUMNS_COMPARED = 200
Claims = Mapping[int, frozenset[str]]


@dataclass(frozen=True)
class Mapped:
    """Which columns hold each item (usually one), and which method found them."""

    columns: Mapping[str, tuple[Column, ...]]
    method: Method


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
    unknown = sorted(set(missing_items) - set(questionnaire.items))
    problems = [
        *_doubles(columns, claims_by(best.method, columns, questionnaire)),
        *_lacking(lacking, columns, best, questionnaire, adapter),
        *(problem("E07", f"missing_items: the questionnaire has no item '{shown(item)}'.") for item in unknown),
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
    tried = [Mapped(_by_item(columns, claims_by(m, columns, questionnaire)), m) for m in adapter.map_by]
    needed = set(questionnaire.items) - set(missing_items)
    whole = [mapping for mapping in tried if needed <= set(mapping.columns)]
    return whole[0] if whole and needed else max(tried, key=lambda mapping: len(mapping.columns))


def claims_by(method: Method, columns: Sequence[Column], questionnaire: Questionnaire) -> Claims:
    """Give the items that each column claims by one method."""
    claim = _CLAIMS[method](questionnaire)
    return {column.index: claimed for column in columns if (claimed := claim(column))}


def _by_item(columns: Sequence[Column], claims: Claims) -> Mapping[str, tuple[Column, ...]]:
    items = {item for claimed in claims.values() for item in claimed}
    return {item: tuple(c for c in columns if item in claims.get(c.index, ())) for item in sorted(items)}


def _name_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a name that is the code: ``LE1a``."""
    ids = {item.casefold(): item for item in questionnaire.items}
    return lambda column: frozenset(ids[c] for c in [comparable(column.name)] if c in ids)


def _path_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a name that ends in the code: ``group/LE1a``, ``Q[LE1a]`` or ``Q_LE1a``; the longest code wins."""
    ids = {item.casefold(): item for item in questionnaire.items}

    def claim(column: Column) -> frozenset[str]:
        name = comparable(column.name)
        hits = [i for i in ids if name == i or name.endswith((f"/{i}", f"[{i}]", f"_{i}"))]
        return frozenset(ids[hit] for hit in sorted(hits, key=len)[-1:])

    return claim


def _code_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a code of this questionnaire in brackets, anywhere in the heading."""
    ids = {item.casefold(): item for item in questionnaire.items}
    return lambda column: frozenset(ids[c] for c in map(str.casefold, CODE.findall(column.text)) if c in ids)


def _text_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by the item's text in any language."""
    texts = item_texts(questionnaire)

    def claim(column: Column) -> frozenset[str]:
        parts = {comparable(column.text), comparable(column.row_text)}
        return frozenset(item for item, known in texts.items() if parts & known)

    return claim


def _prefix_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by the beginning of the text where the heading says that it was cut, and by the whole text elsewhere."""
    texts = item_texts(questionnaire)
    by_text = _text_claims(questionnaire)

    def claim(column: Column) -> frozenset[str]:
        begins = _beginning(column)
        if not begins:
            return by_text(column)
        return frozenset(item for item, known in texts.items() if any(text.startswith(begins) for text in known))

    return claim


_CLAIMS: Mapping[Method, Callable[[Questionnaire], Callable[[Column], frozenset[str]]]] = {
    "name": _name_claims,
    "path": _path_claims,
    "code": _code_claims,
    "text": _text_claims,
    "prefix": _prefix_claims,
}


def _beginning(column: Column) -> str:
    """Give what is left of a heading that ends in dots, or nothing."""
    text = comparable(column.row_text)
    begins = CUT.sub("", text)
    return begins if begins != text and len(begins) >= SHORTEST_CUT else ""


def _is_cut(column: Column) -> bool:
    return bool(CUT.search(comparable(column.row_text)))


def _doubles(columns: Sequence[Column], claims: Claims) -> Iterator[str]:
    """Report every column that claims more than one item."""
    for column in columns:
        claimed = sorted(claims.get(column.index, ()))
        if len(claimed) > 1 and _is_cut(column):
            yield problem("E15", f"The heading of {column.place} is cut and fits {', '.join(claimed)}.")
        elif len(claimed) > 1:
            yield problem("E08", f"{column.start} claims {', '.join(claimed)}: '{column.heading}'.")


def _lacking(
    lacking: Sequence[str], columns: Sequence[Column], best: Mapped, questionnaire: Questionnaire, adapter: Adapter
) -> Iterator[str]:
    """Report every item without a column, with the heading that comes closest."""
    taken = Counter(column.index for held in best.columns.values() for column in held)
    free = [column for column in columns if not taken[column.index]]
    n_cut = sum(map(_is_cut, free))
    if lacking and n_cut:
        told = f"{n_cut} heading(s) are cut, so {len(lacking)} item(s) cannot be told apart: {', '.join(lacking)}."
        yield problem("E15", f"{told} {adapter.advice.export_again}")
        return
    texts = questionnaire.words(questionnaire.structure.source_language).items
    for item in lacking:
        near = _closest(item, free, questionnaire)
        hint = f" Closest heading: {near.place}, '{near.heading}'." if near else ""
        left_out = "If the item was left out on purpose, import with missing_items=…"
        yield problem("E07", f"No column for {item} '{shown(texts[item])}'.{hint} {left_out}")


def _closest(item: str, free: Sequence[Column], questionnaire: Questionnaire) -> Column | None:
    """Give a free column whose heading is like the item's text in some language; only suggested, never used."""
    column_of = {comparable(column.row_text): column for column in free[:COLUMNS_COMPARED]}
    near = (get_close_matches(text, column_of, n=1, cutoff=CLOSE) for text in sorted(item_texts(questionnaire)[item]))
    return next((column_of[match] for matches in near for match in matches), None)
