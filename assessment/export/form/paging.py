"""Decide which items a role sees, and which of them stand on one page."""

from collections.abc import Iterator, Sequence

from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension, Facet, FormKind, Item

ITEMS_A_PAGE = 4
"""More than four statements with five labelled answers each are a long way to scroll on a phone."""

Page = tuple[str, ...]


def pages_of_role(questionnaire: Questionnaire, role: str, kind: FormKind) -> tuple[Page, ...]:
    """Give the item ids of each page that a role sees, in the order in which they are asked.

    A facet stands on one page; short ones share a page within their dimension, a long one takes several. On a page the
    items of one scale stand together, so that its question is read once.
    """
    pages = (page for dimension in questionnaire.dimensions for page in _pages(dimension, role, kind))
    return tuple(tuple(item.id for item in _by_scale(page)) for page in pages)


def is_in_form(item: Item, kind: FormKind) -> bool:
    """Tell whether an item belongs to the form."""
    return kind == "full" or item.pulse


def _pages(dimension: Dimension, role: str, kind: FormKind) -> Iterator[list[Item]]:
    open_page: list[Item] = []
    for facet in dimension.parts:
        for block in _blocks(facet, role, kind):
            if open_page and len(open_page) + len(block) > ITEMS_A_PAGE:
                yield open_page
                open_page = []
            open_page = [*open_page, *block]
    if open_page:
        yield open_page


def _blocks(facet: Facet, role: str, kind: FormKind) -> Iterator[Sequence[Item]]:
    """Give the items that a role is asked of a facet, in blocks that fit on a page."""
    asked = [item for item in facet.items if is_in_form(item, kind) and item.is_asked_of(role)]
    for start in range(0, len(asked), ITEMS_A_PAGE):
        yield asked[start : start + ITEMS_A_PAGE]


def _by_scale(page: Sequence[Item]) -> list[Item]:
    order = list(dict.fromkeys(item.scale for item in page))
    return sorted(page, key=lambda item: order.index(item.scale))
