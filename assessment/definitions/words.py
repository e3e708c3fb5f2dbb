"""Check that a language has words for everything that is asked or shown, and none too many."""

from collections.abc import Collection, Iterator, Mapping

from assessment.model.practice import EvidenceFile
from assessment.model.recommendation import Pattern, Recommendation
from assessment.model.structure import Structure
from assessment.model.texts import RecommendationWords, Texts

LEVELS = (1, 2, 3, 4, 5)


def word_problems(
    texts: Texts,
    structure: Structure,
    evidence: EvidenceFile,
    patterns: Collection[Pattern],
) -> Iterator[str]:
    """Yield each id without words and each word without an id, in `texts/<language>.yaml`."""
    yield from _scored_words(texts, structure)
    yield from _scale_words(texts, structure)
    criterion = structure.criterion.items if structure.criterion else ()
    artefacts = evidence.evidence.items if evidence.evidence else ()
    practices = evidence.practices.items if evidence.practices else ()
    yield from _same("criterion", texts.criterion, [item.id for item in criterion])
    yield from _same("context", texts.context, [item.id for item in structure.context])
    yield from _same("open", texts.open, [item.id for item in structure.open])
    yield from _same("facts", texts.facts, [item.id for item in structure.facts])
    yield from _same("definitions", texts.definitions, structure.definitions)
    yield from _same("mirror", texts.mirror, structure.mirror_items)
    yield from _same("practices", texts.practices, [practice.id for practice in practices])
    yield from _same("pillars", texts.pillars, {practice.pillar for practice in practices})
    yield from _same("evidence", texts.evidence, [artefact.id for artefact in artefacts])
    yield from _same("patterns", texts.patterns, [pattern.id for pattern in patterns])
    yield from _option_words(texts, structure)


def advice_problems(words: RecommendationWords, recommendations: Collection[Recommendation]) -> Iterator[str]:
    """Yield each recommendation and key result without words, and each word too many."""
    yield from _same("recommendations", words.recommendations, [entry.id for entry in recommendations])
    for entry in recommendations:
        written = words.recommendations.get(entry.id)
        if written:
            results = [result.id for result in entry.key_results]
            yield from _same(f"recommendations.{entry.id}.key_results", written.key_results, results)


def _option_words(texts: Texts, structure: Structure) -> Iterator[str]:
    for part, listed, words in (("context", structure.context, texts.context), ("facts", structure.facts, texts.facts)):
        for entry in listed:
            if entry.id in words:
                yield from _same(f"{part}.{entry.id}.options", words[entry.id].options, entry.options)


def _scored_words(texts: Texts, structure: Structure) -> Iterator[str]:
    parts = [(dimension, facet) for dimension in structure.dimensions for facet in dimension.parts]
    yield from _same("roles", texts.roles, [role.id for role in structure.roles])
    yield from _same("dimensions", texts.dimensions, [dimension.id for dimension in structure.dimensions])
    yield from _same("facets", texts.facets, [facet.id for dimension, facet in parts if not dimension.is_single_facet])
    variants = [item.id for variant in structure.variants for item in variant.items]
    yield from _same("items", texts.items, [*(item.id for _, facet in parts for item in facet.items), *variants])
    yield from _same("variants", texts.variants, [variant.id for variant in structure.variants])
    if texts.levels:
        yield from _same("levels", texts.levels, LEVELS)
    for facet, words in texts.facets.items():
        yield from _same(f"facets.{facet}.anchors", words.anchors, LEVELS if words.anchors else ())


def _scale_words(texts: Texts, structure: Structure) -> Iterator[str]:
    yield from _same("scales", texts.scales, structure.scales)
    for name, scale in structure.scales.items():
        words = texts.scales.get(name)
        if words is None:
            continue
        yield from _same(f"scales.{name}.answers", words.answers, scale.values)
        if scale.no_answer and getattr(words, scale.no_answer) is None:
            yield f"scales.{name}.{scale.no_answer}: no words"
        labels = [label.casefold() for label in words.answers.values()]
        if len(set(labels)) < len(labels):
            yield f"scales.{name}.answers: two answers have the same words"


def _same(where: str, found: Mapping[str, object] | Mapping[int, object], wanted: Collection[object]) -> Iterator[str]:
    missing = [str(name) for name in wanted if name not in found]
    extra = [str(name) for name in found if name not in wanted]
    if missing:
        yield f"{where}: no words for {', '.join(missing)}"
    if extra:
        yield f"{where}: words for {', '.join(extra)}, which the questionnaire does not have"
