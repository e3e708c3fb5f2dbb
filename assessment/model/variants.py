"""Put declared variants in place of items that an organisation cannot answer; a variant is an item of its own."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension, Facet, Item, Structure, VariantItem
from assessment.model.texts import Texts

Model = TypeVar("Model", bound=BaseModel)


def with_variants(questionnaire: Questionnaire, chosen: Collection[str]) -> Questionnaire:
    """Give the questionnaire as an organisation with these variants is asked.

    Every rule, key result and mirror prompt that names a replaced item names its variant instead. The fingerprint is
    another one: waves and organisations with and without it are compared on the items that both have.

    Parameters
    ----------
    chosen
        Ids of the questionnaire's variants.
    """
    swapped = {
        item.replaces: item
        for variant in questionnaire.structure.variants
        if variant.id in chosen
        for item in variant.items
    }
    if not swapped:
        return questionnaire
    names = {old: new.id for old, new in swapped.items()}
    structure = _structure(questionnaire.structure, swapped, names)
    return replace(
        questionnaire,
        structure=structure,
        texts={language: _words(words, names) for language, words in questionnaire.texts.items()},
        patterns=tuple(_renamed(pattern, names) for pattern in questionnaire.patterns),
        recommendations=tuple(_renamed(entry, names) for entry in questionnaire.recommendations),
        fingerprint=hashlib.sha256(f"{questionnaire.fingerprint}{sorted(names.items())}".encode()).hexdigest(),
    )


def _structure(structure: Structure, swapped: Mapping[str, VariantItem], names: Mapping[str, str]) -> Structure:
    dimensions = [
        # Built anew: a copy would keep the parts that the old one has remembered.
        Dimension(
            id=dimension.id,
            facets=_facets(dimension, swapped),
            items=_items(dimension.items, swapped),
            min_items=dimension.min_items,
        )
        for dimension in structure.dimensions
    ]
    return structure.model_copy(
        update={
            "dimensions": tuple(dimensions),
            "mirror_items": tuple(names.get(item, item) for item in structure.mirror_items),
            "opposite_pairs": tuple(
                (names.get(first, first), names.get(second, second)) for first, second in structure.opposite_pairs
            ),
        }
    )


def _facets(dimension: Dimension, swapped: Mapping[str, VariantItem]) -> tuple[Facet, ...]:
    return tuple(facet.model_copy(update={"items": _items(facet.items, swapped)}) for facet in dimension.facets)


def _items(items: tuple[Item, ...], swapped: Mapping[str, VariantItem]) -> tuple[Item, ...]:
    return tuple(
        item.model_copy(update={"id": swapped[item.id].id, "scale": swapped[item.id].scale})
        if item.id in swapped
        else item
        for item in items
    )


def _words(words: Texts, names: Mapping[str, str]) -> Texts:
    mirror = {names.get(item, item): prompt for item, prompt in words.mirror.items()}
    items = {item: sentence for item, sentence in words.items.items() if item not in names}
    advice = words.advice and _renamed(words.advice, names)
    return words.model_copy(update={"mirror": mirror, "items": items, "advice": advice})


def _renamed(part: Model, names: Mapping[str, str]) -> Model:
    """Give a rule, an entry or words with the variants' ids wherever a replaced item is named."""
    written = part.model_dump_json()
    for old, new in names.items():
        written = re.sub(rf"\b{re.escape(old)}\b", new, written)
    return type(part).model_validate_json(written)
