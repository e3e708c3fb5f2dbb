"""Many organisations at once get the scores that each gets alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from assessment.model.structure import DimensionMinimum
from assessment.scoring.balance import balance_of
from assessment.scoring.cells import organisation_estimates
from assessment.scoring.interval import estimate_intervals
from assessment.scoring.many import score_many
from assessment.scoring.persons import person_scores

MEASURED = ("mean", "se", "df", "low", "high", "n")
N_ORGANISATIONS = 40


def drawn(questionnaire, *, seed, missing, follow_routing=True):
    """Organisations of 0 to 30 people, from one role to all; some of them agree on everything, some say one end."""
    random = np.random.default_rng(seed)
    sizes = random.integers(0, 31, N_ORGANISATIONS)
    organisations = np.repeat(np.arange(N_ORGANISATIONS), sizes)
    n_roles = random.integers(1, len(questionnaire.roles) + 1, N_ORGANISATIONS)[organisations]
    roles = (organisations + random.integers(0, n_roles)) % len(questionnaire.roles)
    codes = random.integers(1, 6, (organisations.size, len(questionnaire.items)))
    same = np.array([[item.reversed for item in questionnaire.items.values()]])
    codes = np.where((organisations % 7 == 3)[:, None], np.where(same, 1, 5), codes)
    codes = np.where((organisations % 7 == 5)[:, None], 3, codes)
    codes = np.where(random.random(codes.shape) < missing, random.choice([-1, -2], codes.shape), codes)
    asked = np.array(
        [[item.is_asked_of(role) for item in questionnaire.items.values()] for role in questionnaire.roles]
    )
    is_asked = asked[roles] if follow_routing else random.random(codes.shape) < 0.9
    shuffled = random.permutation(organisations.size)
    return np.where(is_asked, codes, -3).astype(np.int8)[shuffled], organisations[shuffled], roles[shuffled]


def rosters(organisations, roles, questionnaire, *, seed):
    """Some rosters count only those who answered, some more, some do not know a role."""
    random = np.random.default_rng(seed)
    shape = (N_ORGANISATIONS, len(questionnaire.roles))
    answered = np.bincount(organisations * shape[1] + roles, minlength=shape[0] * shape[1]).reshape(shape)
    more = random.integers(0, 6, shape) * (random.random((shape[0], 1)) < 0.8)
    return np.where(random.random(shape) < 0.1, np.nan, answered + more)


def alone(codes, roles, questionnaire, roster):
    """The scores of one organisation on the path that the report takes, by dimension."""
    names = np.array(list(questionnaire.roles))[roles]
    about = pd.DataFrame({"respondent": np.arange(len(names)).astype(str), "role": names, "team": "t"})
    persons = person_scores(
        pd.concat([about, pd.DataFrame(codes, columns=list(questionnaire.items))], axis=1), questionnaire
    )
    known = None
    if roster is not None:
        known = {role: int(n) for role, n in zip(questionnaire.roles, roster, strict=True) if np.isfinite(n)}
    balance = balance_of(persons, questionnaire, stratum_of={role: role for role in set(names)}, roster=known)
    estimates = organisation_estimates(persons, balance, questionnaire, questionnaire.policy)
    low, high = estimate_intervals(estimates)
    own = balance.columns([dimension.id for dimension in questionnaire.dimensions])
    columns = (estimates.mean, estimates.se, estimates.df, low, high, estimates.n)
    return {name: column[own] for name, column in zip(MEASURED, columns, strict=True)}


def assert_same(codes, organisations, roles, questionnaire, roster=None):
    together = score_many(codes, organisations, roles, questionnaire, roster)
    for number in np.unique(organisations):
        rows = organisations == number
        expected = alone(codes[rows], roles[rows], questionnaire, None if roster is None else roster[number])
        for name in MEASURED:
            found = getattr(together, name)[number]
            np.testing.assert_allclose(found, expected[name], rtol=0, atol=1e-9, err_msg=f"{name} of {number}")
    return together


@pytest.mark.parametrize("missing", [0.0, 0.15, 0.5])
@pytest.mark.parametrize("seed", range(3))
def test_each_organisation_is_scored_as_if_alone(questionnaire, seed, missing):
    codes, organisations, roles = drawn(questionnaire, seed=seed, missing=missing)
    assert_same(codes, organisations, roles, questionnaire)
    roster = rosters(organisations, roles, questionnaire, seed=seed)
    found = assert_same(codes, organisations, roles, questionnaire, roster)
    empty = np.setdiff1d(np.arange(N_ORGANISATIONS), organisations)
    assert np.isnan(found.mean[empty]).all()
    assert (found.n[empty] == 0).all()


def test_answers_that_do_not_follow_the_routing_are_scored_as_alone(questionnaire):
    assert_same(*drawn(questionnaire, seed=9, missing=0.2, follow_routing=False), questionnaire)


def changed(questionnaire, **scoring):
    """The questionnaire with other numbers in its scoring."""
    written = questionnaire.structure.scoring.model_copy(update=scoring)
    return replace(questionnaire, structure=questionnaire.structure.model_copy(update={"scoring": written}))


def test_declared_weights_of_roles_count(questionnaire):
    codes, organisations, roles = drawn(questionnaire, seed=4, missing=0.1)
    other = changed(questionnaire, role_weights={"EX": 3.0, "PM": 0.5, "GTM": 2.0})
    weighted = assert_same(codes, organisations, roles, other)
    plain = score_many(codes, organisations, roles, questionnaire)
    assert not np.allclose(weighted.mean, plain.mean, equal_nan=True)


def test_a_role_that_is_not_eligible_has_no_part_even_where_it_meets_the_minimum(questionnaire):
    codes, organisations, roles = drawn(questionnaire, seed=7, missing=0.1)
    assert_same(
        codes, organisations, roles, changed(questionnaire, person_dimension=DimensionMinimum(facets=4, needs=2))
    )


def test_rows_in_another_order_and_memory_laid_out_otherwise_give_the_same_numbers(questionnaire):
    codes, organisations, roles = drawn(questionnaire, seed=5, missing=0.1)
    one = score_many(codes, organisations, roles, questionnaire)
    other = score_many(np.asfortranarray(codes[::-1]), organisations[::-1], roles[::-1], questionnaire)
    for name in MEASURED:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_arrays_that_do_not_fit_are_refused(questionnaire):
    codes, organisations, roles = drawn(questionnaire, seed=6, missing=0.1)
    with pytest.raises(ValueError, match="one-byte"):
        score_many(codes.astype(np.int64), organisations, roles, questionnaire)
    with pytest.raises(ValueError, match="one-byte"):
        score_many(codes[:, 1:], organisations, roles, questionnaire)
    with pytest.raises(ValueError, match="roles must be"):
        score_many(codes, organisations, roles + 6, questionnaire)
    with pytest.raises(ValueError, match="organisations must be"):
        score_many(codes, organisations, roles, questionnaire, np.full((2, 6), 50.0))
    with pytest.raises(ValueError, match="roster is below"):
        score_many(codes, organisations, roles, questionnaire, np.ones((N_ORGANISATIONS, 6)))


def test_nobody_at_all_gives_an_empty_table(questionnaire):
    none = np.zeros(0, dtype=np.int64)
    found = score_many(np.zeros((0, 48), dtype=np.int8), none, none, questionnaire)
    assert found.mean.shape == (0, 4)
