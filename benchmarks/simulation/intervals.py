"""See how often an interval holds what is true, and how often a level is the true one, given its probability.

With a roster the people of an organisation are drawn first, then who of them answers; everyone is as likely to. What
is true is the balance of what all of them would have said: of people who could not tell, as if they could. Without a
roster it is the balance of the distribution that people come from. Both follow the merge plan of those who answered,
because that is the balance that the report prints; `holds_unmerged` looks at every role by itself. `is_printable` marks
what the gate may show: a dimension from k people, the whole where every dimension has them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.cells import OVERALL, organisation_estimates
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.level_probability import estimate_level_probabilities, level_of
from assessment.scoring.persons import Persons, person_scores
from benchmarks.simulation.organisations import (
    Organisation,
    balanced_truth,
    draw_organisation,
    draw_roles,
    is_present,
    merge_plan,
    merged,
)
from benchmarks.simulation.people import answers, leanings, left_out, questionnaire, table

BANDS = {"5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-100": (50, 100)}
LOWEST_RATE, SAME = 0.3, 1e-9
MOST_ROLES = 6


@dataclass(frozen=True)
class Cell:
    """One condition of the experiment."""

    band: str
    shape: str
    roster: bool


@dataclass(frozen=True)
class Case:
    """An organisation, how many answer, its people (the first of whom answer), and their true points."""

    organisation: Organisation
    n: int
    roles: IntArray


def interval_cases(cell: Cell, *, n_organisations: int, seed: int) -> pd.DataFrame:
    """Simulate organisations of one condition: one row per organisation and dimension, and for the whole."""
    rng = np.random.default_rng(seed)
    cases = [_case(cell, rng) for _ in range(n_organisations)]
    roles = np.concatenate([case.roles for case in cases])
    centres = np.concatenate([case.organisation.centres[case.roles] for case in cases])
    codes = answers(leanings(centres, cases[0].organisation.shape, rng), rng)
    missing = left_out(roles.size, rng)
    own = person_scores(table(codes, missing, roles), questionnaire())
    whole = _dimensions(person_scores(table(codes, np.zeros_like(missing), roles), questionnaire()))
    points = np.where(np.isfinite(_dimensions(own)), _dimensions(own), whole)
    starts = np.cumsum([0, *(case.roles.size for case in cases[:-1])])
    rows = [
        _rows(case, part(own, start, case.n), points[start : start + case.roles.size], cell)
        for case, start in zip(cases, starts.tolist(), strict=True)
    ]
    named = [frame.assign(organisation=number) for number, frame in enumerate(rows)]
    return pd.concat(named, ignore_index=True).assign(band=cell.band, shape=cell.shape, roster=cell.roster)


def _case(cell: Cell, rng: np.random.Generator) -> Case:
    organisation = draw_organisation(cell.shape, rng, n_roles=int(rng.integers(1, MOST_ROLES + 1)))
    low, high = BANDS[cell.band]
    n = int(rng.integers(low, high + 1))
    people = int(np.ceil(n / rng.uniform(LOWEST_RATE, 1.0))) if cell.roster else n
    return Case(organisation, n, draw_roles(organisation, people, rng))


def part(persons: Persons, start: int, n: int) -> Persons:
    """Take n people out of many; without items, which no dimension needs."""
    rows = slice(start, start + n)
    return Persons(persons.table.iloc[rows], persons.points[rows, :0], (), persons.n_asked[:0])


def _dimensions(persons: Persons) -> FloatArray:
    return persons.table[[d.id for d in questionnaire().dimensions]].to_numpy(dtype=np.float64)


def _rows(case: Case, persons: Persons, points: FloatArray, cell: Cell) -> pd.DataFrame:
    """Score one organisation and hold it against what is true."""
    plan, policy = merge_plan(persons), questionnaire().policy
    balance = merged(persons, plan, _roster(case) if cell.roster else None)
    estimates = organisation_estimates(persons, balance, questionnaire(), policy)
    own = slice(-len(questionnaire().dimensions) - 1, None)
    low, high = (bound[own] for bound in estimate_intervals(estimates))
    shares = estimate_level_probabilities(estimates, cuts=policy.cut_offs)[own]
    parts, present = _true_parts(case, points) if cell.roster else _expected_parts(case), is_present(persons)
    truth = balanced_truth(*parts, present, plan.stratum_of)
    unmerged = balanced_truth(*parts, present, {role: role for role in plan.stratum_of})
    printable = estimates.n[own][:-1] >= policy.k
    return pd.DataFrame(
        {
            "measure": [*(d.id for d in questionnaire().dimensions), OVERALL],
            "is_printable": np.append(printable, printable.all()),
            "answering": case.n / case.roles.size if cell.roster else np.nan,
            "n_roles": np.count_nonzero(case.organisation.shares),
            "is_merged": len(set(plan.stratum_of.values())) < len(plan.stratum_of),
            "holds": _holds(truth, low, high),
            "holds_unmerged": _holds(unmerged, low, high),
            "level": level_of(truth, policy.cut_offs),
            **{f"p_{number + 1}": share for number, share in enumerate(shares.T)},
        }
    )


def _roster(case: Case) -> dict[str, int]:
    """Count the people of each role that the organisation has."""
    people = np.bincount(case.roles, minlength=len(questionnaire().roles))
    return {role: int(n) for role, n in zip(questionnaire().roles, people, strict=True) if n}


def _holds(truth: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Give 1 where the interval holds the truth, 0 where not, NaN where there is no interval."""
    inside = ((truth >= low - SAME) & (truth <= high + SAME)).astype(np.float64)
    return np.where(np.isfinite(low) & np.isfinite(truth), inside, np.nan)


def _true_parts(case: Case, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sum the true points of everybody in the organisation, by role and dimension."""
    of_role = [points[case.roles == role] for role in range(case.organisation.shares.size)]
    scored = [np.isfinite(own) for own in of_role]
    totals = np.array([np.nansum(own, axis=0) for own in of_role])
    return totals, np.array([own.sum(axis=0) for own in scored], dtype=np.float64)


def _expected_parts(case: Case) -> tuple[FloatArray, FloatArray]:
    """Weigh the mean answer of each role by its share of people."""
    shares = case.organisation.shares[:, np.newaxis]
    return shares * case.organisation.points, np.broadcast_to(shares, case.organisation.centres.shape)
