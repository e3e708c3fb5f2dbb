"""Check that the parts of a questionnaire fit together: ids, references, rules, prerequisites."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assessment.errors import DefinitionError
from assessment.model.practice import EvidenceFile
from assessment.model.recommendation import Pattern, Recommendation
from assessment.model.rule import Vocabulary, parse, problems
from assessment.model.structure import Item, Structure


def vocabulary_of(structure: Structure, evidence: EvidenceFile) -> Vocabulary:
    """Give the names that the rules of a questionnaire may use."""
    dimensions = tuple(dimension.id for dimension in structure.dimensions)
    facets = [facet for dimension in structure.dimensions for facet in dimension.parts]
    items = [item.id for facet in facets for item in facet.items]
    artefacts = [artefact.id for artefact in evidence.evidence.items] if evidence.evidence else []
    scored = {*dimensions, *(facet.id for facet in facets), *items}
    return Vocabulary(dimensions, scored, items, [role.id for role in structure.roles], artefacts)


def structure_problems(structure: Structure) -> Iterator[str]:
    """Yield ids used twice and names that nothing has."""
    yield from _repeated(structure.all_ids())
    roles = {role.id for role in structure.roles}
    if sum(role.leadership for role in structure.roles) > 1:
        yield "roles: only one role may be marked leadership"
    items = [item for dimension in structure.dimensions for facet in dimension.parts for item in facet.items]
    for item in items:
        yield from _item_problems(item, structure, roles)
    known = {item.id for item in items}
    yield from _variant_problems(structure, {item.id: item for item in items})
    yield from _unknown("mirror_items", structure.mirror_items, known, "item")
    for pair in structure.opposite_pairs:
        yield from _unknown("opposite_pairs", pair, known, "item")
    for dimension in structure.dimensions:
        for facet in dimension.parts:
            yield from _unknown(facet.id, facet.related, structure.references, "reference")
            if facet.min_items and facet.min_items > len(facet.items):
                yield f"{facet.id}: min_items is {facet.min_items}, but there are only {len(facet.items)} items"
    yield from _unknown("scoring.role_weights", structure.scoring.role_weights, roles, "role")
    yield from _criterion_problems(structure, roles)


def _variant_problems(structure: Structure, items: Mapping[str, Item]) -> Iterator[str]:
    for variant in structure.variants:
        replaced = [item.replaces for item in variant.items]
        yield from _unknown(variant.id, replaced, items, "item")
        for item in variant.items:
            yield from _unknown(item.id, [item.scale], structure.scales, "scale")
    every = [item.replaces for variant in structure.variants for item in variant.items]
    yield from (f"variants: '{name}' is replaced twice" for name, n in Counter(every).items() if n > 1)


def _criterion_problems(structure: Structure, roles: Collection[str]) -> Iterator[str]:
    if structure.criterion is None:
        return
    yield from _unknown("criterion", [structure.criterion.scale], structure.scales, "scale")
    for item in structure.criterion.items:
        yield from _unknown(item.id, () if item.roles == "all" else item.roles, roles, "role")


def _item_problems(item: Item, structure: Structure, roles: Collection[str]) -> Iterator[str]:
    if item.scale not in structure.scales:
        yield f"{item.id}: unknown scale '{item.scale}'; known are {', '.join(structure.scales)}"
    if item.roles != "all":
        yield from _unknown(item.id, item.roles, roles, "role")
    if not item.roles:
        yield f"{item.id}: is asked of nobody; name its roles, or write all"
    yield from _unknown(item.id, item.seeds, structure.seeds, "seed")


def evidence_problems(evidence: EvidenceFile, structure: Structure) -> Iterator[str]:
    """Yield facets, dimensions and scales that the inventory names and the questionnaire lacks."""
    facets = {facet.id: dimension.id for dimension in structure.dimensions for facet in dimension.parts}
    for name, listed in (("practices", evidence.practices), ("evidence", evidence.evidence)):
        if listed:
            yield from _unknown(name, [listed.scale], structure.scales, "scale")
            yield from _repeated(entry.id for entry in listed.items)
    for practice in evidence.practices.items if evidence.practices else ():
        yield from _unknown(practice.id, practice.facets, facets, "facet")
    for artefact in evidence.evidence.items if evidence.evidence else ():
        if facets.get(artefact.facet) != artefact.dimension:
            yield f"{artefact.id}: '{artefact.facet}' is no facet of dimension '{artefact.dimension}'"


def pattern_problems(patterns: Collection[Pattern], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield ids used twice, and what is wrong with the rule of each pattern."""
    yield from _repeated(pattern.id for pattern in patterns)
    for pattern in patterns:
        yield from _rule_problems(pattern.id, pattern.when, vocabulary)


def recommendation_problems(
    recommendations: Collection[Recommendation],
    patterns: Collection[Pattern],
    structure: Structure,
    vocabulary: Vocabulary,
) -> Iterator[str]:
    """Yield ids used twice, unreadable rules, unknown names, OKRs without a change, and circles of prerequisites."""
    yield from _repeated(entry.id for entry in recommendations)
    yield from _repeated(result.id for entry in recommendations for result in entry.key_results)
    ids = {entry.id for entry in recommendations}
    pattern_ids = {pattern.id for pattern in patterns}
    for entry in recommendations:
        for rule in entry.when.any:
            yield from _rule_problems(entry.id, rule, vocabulary)
        yield from _unknown(entry.id, entry.when.patterns, pattern_ids, "pattern")
        yield from _unknown(entry.id, entry.prerequisites, ids, "recommendation")
        yield from _unknown(entry.id, entry.references, structure.references, "reference")
        named = [entry.dimension, *entry.facets, *entry.expected_effect.facets]
        yield from _unknown(entry.id, named, vocabulary.scored, "facet or dimension")
        measured = [result.item for result in entry.key_results if result.item]
        yield from _unknown(entry.id, measured, vocabulary.items, "item")
        yield from _entry_problems(entry)
    yield from _circle(recommendations)


def _entry_problems(entry: Recommendation) -> Iterator[str]:
    if not (entry.when.any or entry.when.patterns):
        yield f"{entry.id}: needs a rule or a pattern under 'when'"
    if not any(result.kind == "change" for result in entry.key_results):
        yield f"{entry.id}: at least one key result must be of kind 'change'"
    if sum(result.item is not None for result in entry.key_results) > 1:
        yield f"{entry.id}: at most one key result may be a survey score"


def _rule_problems(where: str, text: str, vocabulary: Vocabulary) -> Iterator[str]:
    try:
        rule = parse(text)
    except DefinitionError as error:
        yield f"{where}: {error.headline}"
        return
    yield from (f"{where}: {problem}" for problem in problems(rule, vocabulary))


def _circle(recommendations: Collection[Recommendation]) -> Iterator[str]:
    try:
        TopologicalSorter({entry.id: entry.prerequisites for entry in recommendations}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        yield f"{circle[0]}: prerequisites go in a circle: {' -> '.join(circle)}"


def _repeated(ids: Iterable[str]) -> Iterator[str]:
    for name, n in Counter(ids).items():
        if n > 1:
            yield f"{name}: the id is used {n} times; every id stands for one thing"


def _unknown(where: str, names: Collection[str], known: Collection[str], kind: str) -> Iterator[str]:
    yield from (f"{where}: unknown {kind} '{name}'" for name in names if name not in known)
