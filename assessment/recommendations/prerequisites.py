"""Find what must come first."""

from collections.abc import Collection, Iterator, Mapping

from assessment.model.recommendation import Recommendation


def comes_before(
    entry: Recommendation, entries: Mapping[str, Recommendation], *, done: Collection[str]
) -> tuple[str, ...]:
    """Give an entry's prerequisites and theirs, depth first, in order of id: what waits for nothing stands first.

    What is done needs nothing any more, so the search stops there. The catalogue has no circles; that is checked when
    it is loaded.
    """
    return tuple(dict.fromkeys(_depth_first(entry, entries, done)))


def _depth_first(entry: Recommendation, entries: Mapping[str, Recommendation], done: Collection[str]) -> Iterator[str]:
    for name in sorted(entry.prerequisites):
        if name not in done:
            yield from _depth_first(entries[name], entries, done)
        yield name


def first_unmet(
    entry: Recommendation,
    entries: Mapping[str, Recommendation],
    *,
    unmet: Collection[str],
    done: Collection[str] = (),
) -> str | None:
    """Give the unmet prerequisite to start with; None where all are met."""
    return next((name for name in comes_before(entry, entries, done=done) if name in unmet), None)
