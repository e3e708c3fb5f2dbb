"""Compare two versions of a questionnaire: what changed, and which items stay comparable."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.model.questionnaire import Questionnaire


@dataclass(frozen=True)
class VersionChange:
    """What lies between two versions.

    Parameters
    ----------
    same
        Pairs of items, earlier and later id, whose answers mean the same.
    new, gone, changed
        Items that only the later or only the earlier version has, and those whose sentence, scale or key is another.
    method
        Parts of the method that changed: then scores are compared by today's method on common items.
    words
        Languages that were added or taken away.
    """

    same: tuple[tuple[str, str], ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    method: tuple[str, ...]
    words: tuple[str, ...]


def version_change(earlier: Questionnaire, later: Questionnaire) -> VersionChange:
    """Compare two versions, or any two questionnaires."""
    pairs = {item: earlier_id(item, later, earlier) for item in later.items}
    same = [(old, item) for item, old in pairs.items() if old and is_same_item(old, earlier, item, later)]
    kept = {old for old in pairs.values() if old}
    return VersionChange(
        same=tuple(same),
        new=tuple(item for item, old in pairs.items() if old is None),
        gone=tuple(item for item in earlier.items if item not in kept),
        changed=tuple(item for item, old in pairs.items() if old and (old, item) not in same),
        method=tuple(_method(earlier, later)),
        words=tuple(sorted(earlier.texts.keys() ^ later.texts.keys())),
    )


def earlier_id(item: str, later: Questionnaire, earlier: Questionnaire) -> str | None:
    """Give the id that an item had in an earlier version: its own, or the one that it declares to be the same as."""
    name = later.items[item].same_as or item
    return name if name in earlier.items else None


def is_same_item(old: str, earlier: Questionnaire, new: str, later: Questionnaire) -> bool:
    """Tell whether answers to two items mean the same: one scale, one direction, one sentence.

    An item that declares `same_as` vouches for its sentence, which may differ in spelling.
    """
    first, second, language = earlier.items[old], later.items[new], later.structure.source_language
    sentences = [one.texts[language].items.get(name) for one, name in ((earlier, old), (later, new))]
    same_sentence = sentences[0] == sentences[1] or second.same_as == old
    same_scale = first.scale == second.scale and earlier.scale_of(old) == later.scale_of(new)
    return same_scale and first.reversed == second.reversed and same_sentence


def _method(earlier: Questionnaire, later: Questionnaire) -> Iterator[str]:
    before, now = earlier.policy.model_dump(), later.policy.model_dump()
    yield from (f"policy: {key}" for key in now if key != "rationales" and before.get(key) != now[key])
    if earlier.structure.scoring != later.structure.scoring:
        yield "minima of the person scores"
    for item, one in later.items.items():
        if item in earlier.items and earlier.items[item].roles != one.roles:
            yield f"roles that are asked {item}"
    if earlier.patterns != later.patterns:
        yield "patterns"
    if earlier.recommendations != later.recommendations:
        yield "recommendations"
