"""See how often a pattern fires in organisations that are low and even, so that there is nothing to see but chance."""

from functools import cache

import numpy as np
import pandas as pd

from assessment.model.rule import Rule, parse
from assessment.scoring.balance import Balance
from assessment.scoring.cells import organisation_estimates
from assessment.scoring.draws import Draws, draws_of
from assessment.scoring.gaps import Gap, role_gaps
from assessment.scoring.persons import Persons, person_scores
from assessment.scoring.rules import Values, rule_table
from benchmarks.simulation.intervals import MOST_ROLES
from benchmarks.simulation.organisations import draw_roles, even_organisation, merge_plan, merged
from benchmarks.simulation.people import answers, leanings, left_out, questionnaire, table

POINTS = 40.0
FEWEST, MOST = 8, 25
SAME = 1e-9


def pattern_cases(shape: str, *, n_organisations: int, seed: int) -> pd.DataFrame:
    """Simulate even organisations at 40: one row per organisation, one column per pattern, true where it fires.

    A gap between two sides is judged wherever both have k people: the gate shows no more than that.
    """
    rng = np.random.default_rng(seed)
    rows = [_fired(_persons(shape, rng)) for _ in range(n_organisations)]
    return pd.DataFrame(rows).assign(shape=shape)


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    return {pattern.id: (parse(pattern.when),) for pattern in questionnaire().patterns}


def _persons(shape: str, rng: np.random.Generator) -> Persons:
    n, n_roles = int(rng.integers(FEWEST, MOST + 1)), int(rng.integers(1, MOST_ROLES + 1))
    organisation = even_organisation(shape, rng, n_roles=n_roles, points=POINTS)
    roles = draw_roles(organisation, n, rng)
    codes = answers(leanings(organisation.centres[roles], organisation.shape, rng), rng)
    return person_scores(table(codes, left_out(n, rng), roles), questionnaire())


def _fired(persons: Persons) -> dict[str, bool]:
    """Judge every pattern as the report does: it holds, and in enough draws."""
    plan, policy = merge_plan(persons), questionnaire().policy
    balance = merged(persons, plan, None)
    draws = draws_of(persons, balance, policy)
    gaps = role_gaps(persons, balance, draws, questionnaire(), policy, stratum_of=plan.stratum_of)
    judged = rule_table(_rules(), _values(persons, balance, draws, gaps))
    fires = judged["holds"] & (judged["support"] >= policy.pattern_support - SAME)
    return dict(zip(judged["rule"], fires.tolist(), strict=True))


def _values(persons: Persons, balance: Balance, draws: Draws, gaps: list[Gap]) -> Values:
    policy = questionnaire().policy
    means = organisation_estimates(persons, balance, questionnaire(), policy).mean
    scores = {
        measure: np.concatenate([[mean], drawn])
        for measure, mean, drawn in zip(balance.measures, means[:-1], draws.scores.T, strict=True)
    }
    shown = {gap.key: gap for gap in gaps if gap.n >= policy.k}
    return Values(questionnaire(), scores, shown, None, {})
