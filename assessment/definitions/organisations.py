"""Load one client's settings."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from assessment.definitions.problems import located, read_model
from assessment.errors import DefinitionError
from assessment.model.organisation import Organisation
from assessment.model.questionnaire import Questionnaire

SETTINGS = "organisation.yaml"


def load_organisation(folder: Path, questionnaire: Questionnaire | None = None) -> Organisation:
    """Read `organisation.yaml`; with a questionnaire, also check that roles, targets and practices exist in it.

    Raises
    ------
    DefinitionError
        With every problem of the file: key, line, and what would be right.
    """
    organisation, problems = read_model(folder / SETTINGS, Organisation)
    if organisation and questionnaire:
        problems = located(folder / SETTINGS, _unknown_names(organisation, questionnaire))
    if problems or organisation is None:
        raise DefinitionError(f"{folder.name}/{SETTINGS} has {len(problems)} problem(s):", problems)
    return organisation


def _unknown_names(organisation: Organisation, questionnaire: Questionnaire) -> Iterator[str]:
    measures = {*questionnaire.facets, *(dimension.id for dimension in questionnaire.dimensions)}
    practices = {practice.id for practice in questionnaire.practices.items} if questionnaire.practices else set[str]()
    roles, variants = list(questionnaire.roles), [variant.id for variant in questionnaire.structure.variants]
    yield from _unknown("roles.{}", organisation.roles, roles, f"role of the questionnaire; known are {_list(roles)}")
    grouped = [role for group in organisation.role_groups for role in group]
    yield from _unknown("role_groups: {}", grouped, roles, f"role of the questionnaire; known are {_list(roles)}")
    for role, n in Counter(grouped).items():
        if n > 1:
            yield f"role_groups: {role} stands in two groups"
    if questionnaire.leadership_role in grouped:
        yield f"role_groups: {questionnaire.leadership_role} stays apart; its view is the point of the comparison"
    for role in organisation.open_roles:
        if role != questionnaire.leadership_role:
            yield f"roles.{role}.open_group: only the leadership role may be an open group"
    yield from _unknown("targets.{}", organisation.targets, measures, "dimension or facet of the questionnaire")
    known = f"variant of the questionnaire; known are {_list(variants)}"
    yield from _unknown("variants: {}", organisation.variants, variants, known)
    definitions = questionnaire.structure.definitions
    yield from _unknown("words.{}", organisation.words, definitions, "definition of the questionnaire")
    for wave, review in organisation.practices.items():
        where = f"practices.{wave}.ratings.{{}}"
        yield from _unknown(where, review.ratings, practices, "practice of the questionnaire")


def _unknown(where: str, names: Iterable[str], known: Collection[str], kind: str) -> Iterator[str]:
    yield from (f"{where.format(name)}: no {kind}" for name in names if name not in known)


def _list(names: Collection[str]) -> str:
    return ", ".join(names) or "none"
