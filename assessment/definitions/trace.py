"""Follow a questionnaire's constructs from their sources to what exists."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assessment.definitions.problems import read_model
from assessment.errors import DefinitionError
from assessment.model.questionnaire import Questionnaire
from assessment.model.trace import Construct, Trace

TRACE = "trace.yaml"


def read_trace(folder: Path) -> Trace:
    """Read `trace.yaml`.

    Raises
    ------
    DefinitionError
        With every problem of the file.
    """
    trace, problems = read_model(folder / TRACE, Trace)
    if problems or trace is None:
        raise DefinitionError(f"{TRACE} has {len(problems)} problem(s):", problems)
    return trace


def check_trace(folder: Path, questionnaire: Questionnaire) -> None:
    """Check a questionnaire's trace, where it has one.

    Raises
    ------
    DefinitionError
        With every construct that points to nothing.
    """
    if (folder / TRACE).is_file() and (problems := list(trace_problems(read_trace(folder), questionnaire))):
        raise DefinitionError(f"{TRACE} has {len(problems)} problem(s):", problems)


def trace_problems(trace: Trace, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield each construct that points to something that does not exist, or to nothing at all."""
    repeated = Counter(construct.id for construct in trace.constructs)
    yield from (f"{name}: stands twice" for name, n in repeated.items() if n > 1)
    known = _known(questionnaire)
    for construct in trace.constructs:
        named = {part: getattr(construct, part) for part in known}
        for part, names in named.items():
            yield from (f"{construct.id}: no {part} '{name}'" for name in names if name not in known[part])
        yield from _sources(construct, questionnaire)
        if not any(named.values()) and not construct.note:
            yield f"{construct.id}: nothing measures it, looks for it or advises on it, and no note says why"


def _sources(construct: Construct, questionnaire: Questionnaire) -> Iterator[str]:
    source = construct.id.partition("-")[0]
    if source not in questionnaire.structure.seeds and source != "tension":
        yield f"{construct.id}: no source '{source}'"


def _known(questionnaire: Questionnaire) -> dict[str, set[str]]:
    structure = questionnaire.structure
    asked = {item.id for item in structure.criterion.items} if structure.criterion else set[str]()
    artefacts = {artefact.id for artefact in questionnaire.evidence.items} if questionnaire.evidence else set[str]()
    practices = {practice.id for practice in questionnaire.practices.items} if questionnaire.practices else set[str]()
    return {
        "items": {*questionnaire.items, *questionnaire.facets, *asked},
        "evidence": artefacts | practices,
        "advice": {entry.id for entry in questionnaire.recommendations},
        "patterns": {pattern.id for pattern in questionnaire.patterns},
        "facts": {*(fact.id for fact in structure.facts), *(item.id for item in structure.context)},
    }
