"""Write what the commands on questionnaires print."""

from collections.abc import Iterator, Sequence

from assessment.definitions.versions import VersionChange
from assessment.errors import DefinitionError
from assessment.model.questionnaire import Questionnaire
from assessment.model.texts import Texts


def shown(questionnaire: Questionnaire, language: str | None) -> str:
    """Print dimensions, facets and statements in one language.

    Raises
    ------
    DefinitionError
        When there are no words in the language; those that exist are named.
    """
    code = language or questionnaire.structure.source_language
    if code not in questionnaire.texts:
        raise DefinitionError(f"no words in '{code[:10]}'; known are: {', '.join(sorted(questionnaire.texts))}")
    return "\n".join(_shown(questionnaire, questionnaire.texts[code]))


def _shown(questionnaire: Questionnaire, words: Texts) -> Iterator[str]:
    structure = questionnaire.structure
    version = f"{structure.id} {structure.version}, {structure.status}"
    yield f"{words.title} ({version}; words in {words.language}: {words.status})"
    for dimension in questionnaire.dimensions:
        yield f"\n{dimension.id}  {words.dimensions[dimension.id].name}"
        for facet in dimension.parts:
            if not dimension.is_single_facet:
                yield f"  {facet.id}  {words.facets[facet.id].name}"
            for item in facet.items:
                marks = [mark for mark, holds in (("reversed", item.reversed), ("pulse", item.pulse)) if holds]
                beside = f" ({', '.join(marks)})" if marks else ""
                yield f"    {item.id}  {words.items[item.id]}{beside}"


def compared(change: VersionChange) -> str:
    """Print what lies between two versions."""
    lines = [f"{len(change.same)} items stay comparable."]
    for said, names in (
        ("New", change.new),
        ("Gone", change.gone),
        ("Changed, not comparable", change.changed),
        ("Languages added or taken away", change.words),
    ):
        lines += _listed(said, names)
    if change.method:
        lines += _listed("Method changed", change.method)
        lines.append("Waves of the two are compared by the later method; what remains is called a change of method.")
    return "\n".join(lines)


def _listed(said: str, names: Sequence[str]) -> list[str]:
    return [f"{said}: {', '.join(names)}"] if names else []
