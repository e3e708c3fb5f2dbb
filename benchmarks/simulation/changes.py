"""See how often a change is called clear although nothing changed between two waves.

The organisation stays as it is. Either other people answer the second time, or some of the same people do, known by
their pseudonyms: they think what they thought, and answer each item anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.pipeline.comparing import common_groups  # pyright: ignore[reportPrivateUsage]
from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.cells import OVERALL
from assessment.scoring.changes import Side, changes
from assessment.scoring.persons import Persons, person_scores
from benchmarks.simulation.intervals import BANDS, MOST_ROLES, part
from benchmarks.simulation.organisations import Organisation, draw_organisation, draw_roles, merge_plan
from benchmarks.simulation.people import answers, leanings, left_out, questionnaire, table

STAY = (0.0, 0.6, 0.9)
"""Share of people who answer again: none, enough for the milder of two verdicts, enough for theirs to lead."""


@dataclass(frozen=True)
class Cell:
    """One condition of the experiment."""

    band: str
    shape: str
    linked: float


@dataclass(frozen=True)
class _Wave:
    who: IntArray
    roles: IntArray
    leanings: FloatArray


def change_cases(cell: Cell, *, n_organisations: int, seed: int) -> pd.DataFrame:
    """Simulate pairs of waves of one condition: one row per organisation.

    Returns
    -------
    DataFrame
        Dimensions compared, how many of them were called clear, and whether the whole was.
    """
    rng = np.random.default_rng(seed)
    waves = [wave for _ in range(n_organisations) for wave in _pair(cell, rng)]
    scored = _scored(waves, rng)
    rows = [_counts(_compared(later, earlier)) for earlier, later in zip(scored[::2], scored[1::2], strict=True)]
    return pd.DataFrame(rows).assign(band=cell.band, shape=cell.shape, linked=cell.linked)


def _pair(cell: Cell, rng: np.random.Generator) -> tuple[_Wave, _Wave]:
    """Draw two waves; who answers again keeps role and leaning, the others are new."""
    organisation = draw_organisation(cell.shape, rng, n_roles=int(rng.integers(1, MOST_ROLES + 1)))
    low, high = BANDS[cell.band]
    n = int(rng.integers(low, high + 1))
    first, second = _wave(organisation, n, rng), _wave(organisation, n, rng)
    stays = rng.random(n) < cell.linked
    return first, _Wave(
        who=np.where(stays, first.who, second.who + n),
        roles=np.where(stays, first.roles, second.roles),
        leanings=np.where(stays[:, np.newaxis], first.leanings, second.leanings),
    )


def _wave(organisation: Organisation, n: int, rng: np.random.Generator) -> _Wave:
    roles = draw_roles(organisation, n, rng)
    return _Wave(np.arange(n), roles, leanings(organisation.centres[roles], organisation.shape, rng))


def _scored(waves: list[_Wave], rng: np.random.Generator) -> list[tuple[Persons, IntArray]]:
    """Score all waves at once; give the persons of each, and who they are."""
    roles = np.concatenate([wave.roles for wave in waves])
    codes = answers(np.concatenate([wave.leanings for wave in waves]), rng)
    everybody = person_scores(table(codes, left_out(roles.size, rng), roles), questionnaire())
    starts = np.cumsum([0, *(wave.roles.size for wave in waves[:-1])]).tolist()
    return [(part(everybody, start, wave.roles.size), wave.who) for start, wave in zip(starts, waves, strict=True)]


def _compared(later: tuple[Persons, IntArray], earlier: tuple[Persons, IntArray]) -> pd.DataFrame:
    """Compare two waves on the roles that both have, put together wherever either wave puts them together."""
    groups = common_groups(*(merge_plan(persons).stratum_of for persons, _ in (later, earlier)))
    names = [dimension.id for dimension in questionnaire().dimensions]
    if not groups:
        return pd.DataFrame({"measure": [], "verdict": []})
    sides = [_side(persons, who, groups) for persons, who in (later, earlier)]
    return changes(sides[0], sides[1], questionnaire().policy, dimensions=names, facets=[])


def _side(persons: Persons, who: IntArray, groups: Mapping[str, str]) -> Side:
    roles, ids = persons.table["role"].astype(str).tolist(), tuple(sorted(set(groups.values())))
    values = {d.id: persons.table[d.id].to_numpy(dtype=np.float64) for d in questionnaire().dimensions}
    people = tuple(zip(who.astype(str).tolist(), roles, strict=True))
    return Side(people, tuple(groups.get(role, "") for role in roles), ids, np.ones(len(ids)), values)


def _counts(found: pd.DataFrame) -> dict[str, int]:
    is_clear, is_whole = found["verdict"] == "clear", found["measure"] == OVERALL
    return {
        "n_compared": int((~is_whole).sum()),
        "n_clear": int((is_clear & ~is_whole).sum()),
        "whole_compared": int(is_whole.sum()),
        "whole_clear": int((is_clear & is_whole).sum()),
    }
