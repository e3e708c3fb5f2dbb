"""Say which items a column claims to hold: by code in the name or the text, by the text, by its beginning."""

import re
from collections.abc import Callable, Mapping, Sequence

from assessment.model.questionnaire import Questionnaire
from assessment.responses.adapter import Method
from assessment.responses.columns import Column
from assessment.responses.known import item_texts
from assessment.sheets import comparable

CODE = re.compile(r"\[\s*([A-Za-z][A-Za-z0-9_-]*)\s*\]")
CUT = re.compile(r"\s*(\.\.\.|\s\.\.)$")
SHORTEST_CUT = 10
Claims = Mapping[int, frozenset[str]]


def claims_by(method: Method, columns: Sequence[Column], questionnaire: Questionnaire) -> Claims:
    """Give the items that each column claims by one method."""
    claim = _CLAIMS[method](questionnaire)
    return {column.index: claimed for column in columns if (claimed := claim(column))}


def _name_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a name that is the code: ``LE1a``."""
    ids = {item.casefold(): item for item in questionnaire.items}
    return lambda column: frozenset(ids[c] for c in [comparable(column.name)] if c in ids)


def _path_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a name that ends in the code: ``group/LE1a``, ``group-LE1a``, ``Q[LE1a]``, ``Q_LE1a``."""
    ids = {item.casefold(): item for item in questionnaire.items}

    def claim(column: Column) -> frozenset[str]:
        hits = [item for item in ids if ends_in_code(column.name, item)]
        return frozenset(ids[hit] for hit in sorted(hits, key=len)[-1:])

    return claim


def ends_in_code(name: str, code: str) -> bool:
    """Tell whether a column's name is a code or a path to it.

    >>> [ends_in_code(name, "LE1a") for name in ("le1a", "G1/LE1a", "LE[LE1a]", "xLE1a", "LE1a_TEXT")]
    [True, True, True, False, False]
    """
    text, end = comparable(name), comparable(code)
    return text == end or text.endswith((f"/{end}", f"-{end}", f"_{end}", f"[{end}]"))


def _code_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by a code of this questionnaire in brackets, anywhere in the heading."""
    ids = {item.casefold(): item for item in questionnaire.items}
    return lambda column: frozenset(ids[c] for c in map(str.casefold, CODE.findall(column.text)) if c in ids)


def _text_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by the item's text in any language."""
    texts = item_texts(questionnaire)

    def claim(column: Column) -> frozenset[str]:
        parts = set(map(comparable, (column.text, column.row_text, *column.endings)))
        return frozenset(item for item, known in texts.items() if parts & known)

    return claim


def _prefix_claims(questionnaire: Questionnaire) -> Callable[[Column], frozenset[str]]:
    """Claim by the beginning of the text where the heading says that it was cut, and by the whole text elsewhere."""
    texts = item_texts(questionnaire)
    by_text = _text_claims(questionnaire)

    def claim(column: Column) -> frozenset[str]:
        begins = _beginnings(column)
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
    "mapping file": lambda _: lambda _: frozenset(),
}


def _beginnings(column: Column) -> tuple[str, ...]:
    """Give what is left of a heading that ends in dots, or nothing."""
    texts = [comparable(text) for text in (column.row_text, *column.endings)]
    cut = [(text, CUT.sub("", text)) for text in texts]
    return tuple(begins for text, begins in cut if begins != text and len(begins) >= SHORTEST_CUT)


def is_cut(column: Column) -> bool:
    """Tell whether a heading says by dots that it was cut."""
    return bool(CUT.search(comparable(column.row_text)))
