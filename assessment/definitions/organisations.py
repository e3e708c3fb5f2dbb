"""Load one client's settings."""

from collections.abc import Iterator
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
    known_roles = ", ".join(questionnaire.roles)
    for role in organisation.roles:
        if role not in questionnaire.roles:
            yield f"roles.{role}: no role of the questionnaire; known are {known_roles}"
    for role in organisation.open_roles:
        if role != questionnaire.leadership_role:
            yield f"roles.{role}.open_group: only the leadership role may be an open group"
    measures = {*questionnaire.facets, *(dimension.id for dimension in questionnaire.dimensions)}
    for measure in organisation.targets:
        if measure not in measures:
            yield f"targets.{measure}: no dimension or facet of the questionnaire"
    yield from _unknown_practices(organisation, questionnaire)


def _unknown_practices(organisation: Organisation, questionnaire: Questionnaire) -> Iterator[str]:
    known = {practice.id for practice in questionnaire.practices.items} if questionnaire.practices else set[str]()
    for wave, review in organisation.practices.items():
        for practice in review.ratings:
            if practice not in known:
                yield f"practices.{wave}.ratings.{practice}: no practice of the questionnaire"
