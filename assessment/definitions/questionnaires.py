"""Load a questionnaire's folder; every problem in it comes in one error."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assessment.definitions.problems import Written, located, read_model
from assessment.definitions.references import (
    evidence_problems,
    pattern_problems,
    recommendation_problems,
    structure_problems,
    vocabulary_of,
)
from assessment.definitions.words import advice_problems, word_problems
from assessment.errors import DefinitionError
from assessment.model.policy import Policy
from assessment.model.practice import EvidenceFile
from assessment.model.questionnaire import Questionnaire
from assessment.model.recommendation import PatternFile, RecommendationFile
from assessment.model.structure import Structure
from assessment.model.texts import RecommendationWords, Texts

RELATED = frozenset({"evidence.yaml", "patterns.yaml", "recommendations.yaml"})
"""What rules and words refer to: while one of these cannot be read, nothing is said about references."""
SHIPPED = Path(__file__).resolve().parents[2] / "questionnaires"


def find_questionnaire(name: str, *, workspace: Path = Path()) -> Path:
    """Give the folder of ``id`` (newest version) or ``id/version``, in the workspace or among the shipped ones.

    Raises
    ------
    DefinitionError
        When there is none; the message lists those that there are.
    """
    for root in (workspace / "questionnaires", SHIPPED):
        folder = root / name
        if (folder / "questionnaire.yaml").is_file():
            return folder
        versions = sorted(folder.glob("*/questionnaire.yaml"), key=lambda path: _numbers(path.parent.name))
        if versions:
            return versions[-1].parent
    known = sorted(str(path.parent.relative_to(SHIPPED)) for path in SHIPPED.glob("*/*/questionnaire.yaml"))
    raise DefinitionError(f"no questionnaire '{name}'; known are: {', '.join(known)}")


def _numbers(version: str) -> list[int]:
    return [int(part) if part.isdigit() else -1 for part in version.split(".")]


def load_questionnaire(folder: Path) -> Questionnaire:
    """Load one version of a questionnaire.

    Raises
    ------
    DefinitionError
        With every problem of the folder: file, key, line, and what would be right.
    """
    reading = _Reading(folder)
    structure = reading.read("questionnaire.yaml", Structure)
    policy = reading.read("policy.yaml", Policy)
    evidence = reading.read_if_there("evidence.yaml", EvidenceFile) or EvidenceFile()
    patterns = reading.read_if_there("patterns.yaml", PatternFile) or PatternFile(patterns=())
    advice = reading.read_if_there("recommendations.yaml", RecommendationFile)
    recommendations = advice.recommendations if advice else ()
    texts = {words.language: words for words in reading.texts()}
    if structure:
        reading.add("questionnaire.yaml", _place_problems(folder, structure))
        reading.add("questionnaire.yaml", structure_problems(structure))
        reading.add("evidence.yaml", evidence_problems(evidence, structure))
    if structure and not reading.unreadable & RELATED:
        vocabulary = vocabulary_of(structure, evidence)
        found = recommendation_problems(recommendations, patterns.patterns, structure, vocabulary)
        reading.add("patterns.yaml", pattern_problems(patterns.patterns, vocabulary))
        reading.add("recommendations.yaml", found)
        for words in texts.values():
            name = f"texts/{words.language}"
            reading.add(f"{name}.yaml", word_problems(words, structure, evidence, patterns.patterns))
            if words.advice:
                reading.add(f"{name}.recommendations.yaml", advice_problems(words.advice, recommendations))
            elif recommendations:
                reading.needs(f"{name}.recommendations.yaml")
    if structure and texts:
        reading.needs(f"texts/{structure.source_language}.yaml")
    if reading.problems or structure is None or policy is None:
        n = len(reading.problems)
        raise DefinitionError(f"{folder.parent.name}/{folder.name} has {n} problem(s):", reading.problems)
    return Questionnaire(
        structure=structure,
        policy=policy,
        texts=texts,
        patterns=patterns.patterns,
        recommendations=recommendations,
        practices=evidence.practices,
        evidence=evidence.evidence,
        fingerprint=_fingerprint(structure, policy),
    )


@dataclass
class _Reading:
    """Collect what a folder holds and what is wrong with it."""

    folder: Path
    problems: list[str] = field(default_factory=list[str])
    unreadable: set[str] = field(default_factory=set[str])

    def read(self, name: str, model: type[Written]) -> Written | None:
        self.needs(name)
        return self.read_if_there(name, model)

    def needs(self, name: str) -> None:
        if not (self.folder / name).is_file():
            self.problems.append(f"{name}: the file is missing")

    def read_if_there(self, name: str, model: type[Written]) -> Written | None:
        if not (self.folder / name).is_file():
            return None
        written, problems = read_model(self.folder / name, model)
        self.problems.extend(f"{name}: {problem}" for problem in problems)
        self.unreadable |= {name} if problems else set()
        return written

    def texts(self) -> Iterator[Texts]:
        files = sorted(path for path in self.folder.glob("texts/*.yaml") if "." not in path.stem)
        if not files:
            self.problems.append("texts: there is no words file; write texts/<language>.yaml")
        for path in files:
            words = self.read_if_there(f"texts/{path.name}", Texts)
            advice = self.read_if_there(f"texts/{path.stem}.recommendations.yaml", RecommendationWords)
            if words and words.language != path.stem:
                self.add(f"texts/{path.name}", [f"language: must be '{path.stem}', as the file is called"])
            elif words:
                yield words.model_copy(update={"advice": advice})

    def add(self, name: str, problems: Iterable[str]) -> None:
        self.problems.extend(f"{name}: {problem}" for problem in located(self.folder / name, problems))


def _place_problems(folder: Path, structure: Structure) -> Iterator[str]:
    place = folder.resolve()
    if (place.parent.name, place.name) != (structure.id, structure.version):
        said = f"{structure.id}/{structure.version}"
        yield f"id: id and version say {said}, but the folder is {place.parent.name}/{place.name}"


def _fingerprint(structure: Structure, policy: Policy) -> str:
    written = structure.model_dump_json() + policy.model_dump_json(exclude={"rationales"})
    return hashlib.sha256(written.encode()).hexdigest()
