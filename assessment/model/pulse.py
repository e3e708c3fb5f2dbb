"""Give the short form of a questionnaire: one item of each facet, scored by dimension alone."""

import hashlib
from dataclasses import replace

from assessment.errors import DefinitionError
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension, EligibleRole, Item, PulseScoring, Scoring, Structure


def in_form(questionnaire: Questionnaire, form: str) -> Questionnaire:
    """Give a whole questionnaire in the form in which a wave asks it.

    A pulse has dimensions without facets, levels and advice. Its items keep their ids, so that a pulse and a full wave
    are compared on what both asked.

    Raises
    ------
    DefinitionError
        When the questionnaire has no pulse.
    """
    if form in {"full", questionnaire.form}:
        return questionnaire
    rule = questionnaire.structure.scoring.pulse
    if rule is None or not all(_pulse_items(dimension) for dimension in questionnaire.dimensions):
        raise DefinitionError(
            f"questionnaire '{questionnaire.id}' has no pulse: it needs a rule 'scoring.pulse' and items with "
            "'pulse: true' in every dimension"
        )
    return replace(
        questionnaire,
        structure=_structure(questionnaire.structure, rule),
        patterns=(),
        recommendations=(),
        form="pulse",
        fingerprint=hashlib.sha256(f"{questionnaire.fingerprint}pulse".encode()).hexdigest(),
    )


def _pulse_items(dimension: Dimension) -> tuple[Item, ...]:
    return tuple(item for part in dimension.parts for item in part.items if item.pulse)


def _structure(structure: Structure, rule: PulseScoring) -> Structure:
    dimensions = tuple(
        Dimension(
            id=dimension.id,
            items=_pulse_items(dimension),
            min_items=rule.person_dimension.needs,
        )
        for dimension in structure.dimensions
    )
    asked = {item.id for dimension in dimensions for item in dimension.items}
    eligible = structure.scoring.eligible_role
    needs = eligible and EligibleRole(
        facet_items=eligible.pulse_items, dimension_facets=1, pulse_items=eligible.pulse_items
    )
    return structure.model_copy(
        update={
            "dimensions": dimensions,
            "scoring": Scoring(eligible_role=needs, role_weights=structure.scoring.role_weights),
            "criterion": None,
            "mirror_items": tuple(item for item in structure.mirror_items if item in asked),
            "opposite_pairs": tuple(pair for pair in structure.opposite_pairs if asked.issuperset(pair)),
            "variants": (),
        }
    )
