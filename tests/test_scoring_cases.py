"""Scoring cases that a psychologist can judge: tests/cases/scoring.yaml."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind

from assessment.definitions import load_questionnaire
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Structure
from assessment.scoring.average_deviation import average_deviation, item_deviations
from assessment.scoring.cannot_tell import cannot_tell_shares
from assessment.scoring.differences import difference
from assessment.scoring.effect_size import hedges_g
from assessment.scoring.games_howell import games_howell
from assessment.scoring.interval import estimate_intervals, logit_t_interval
from assessment.scoring.level_probability import estimate_level_probabilities, level_probabilities
from assessment.scoring.moments import stratum_moments
from assessment.scoring.persons import person_scores
from assessment.scoring.resamples import Resamples, balanced_draws, stratum_draws
from assessment.scoring.respondent_mix import respondent_mix
from assessment.scoring.role_balance import role_balanced
from assessment.scoring.stratified import stratified_estimates, with_fallback
from assessment.scoring.within_group import rwg, rwg_j
from assessment.yaml_text import read_yaml

HERE = Path(__file__).parent
CASES = read_yaml(HERE / "cases" / "scoring.yaml").data
CUTS = [30, 50, 70, 85]
STATES = {"ct": -1, "na": -2, "no": -3}


def cases(topic: str):
    return [pytest.param(case, id=case["case"]) for case in CASES[topic]]


@pytest.fixture(scope="module")
def four_facets() -> Questionnaire:
    """A made-up dimension of four facets of three items, for one role; minima as in the shipped questionnaire."""
    facets = [
        {
            "id": f,
            "items": [{"id": f"{f}{n}", "scale": "s", "reversed": f in ("f1", "f2") and n == 2} for n in range(3)],
        }
        for f in ("f1", "f2", "f3", "f4")
    ]
    structure = Structure.model_validate(
        {
            "id": "made-up",
            "version": "1.0.0",
            "status": "unvalidated",
            "source_language": "en",
            "scales": {"s": {"values": [1, 2, 3, 4, 5]}},
            "roles": [{"id": "r"}],
            "dimensions": [{"id": "d", "facets": facets}],
            "scoring": {
                "person_facet": {"items": 3, "needs": 2, "needs_of_two_asked": 1},
                "person_dimension": {"facets": 4, "needs": 3},
            },
        }
    )
    policy = load_questionnaire(HERE / "questionnaires/orgsurvey/1.0.0").policy
    return Questionnaire(structure=structure, policy=policy, texts={})


@pytest.mark.parametrize("case", cases("persons"))
def test_persons(case, four_facets):
    row = {f"{facet}{n}": code(answer) for facet, of in case["answers"].items() for n, answer in enumerate(of)}
    codes = pd.DataFrame([{"respondent": "p", "role": "r", "team": None} | row])
    scores = person_scores(codes, four_facets).table.iloc[0]
    for facet, expected in case["facets"].items():
        assert scores[facet] == pytest.approx(np.nan if expected is None else expected, abs=1e-4, nan_ok=True)
    assert scores["d"] == pytest.approx(case["dimension"], abs=1e-4)


def code(answer: int | str) -> int:
    return STATES[answer] if answer in STATES else int(str(answer).removesuffix("r"))


def flat(groups: dict[str, list[float]]) -> tuple[list[float], list[str]]:
    return [v for of in groups.values() for v in of], [name for name, of in groups.items() for _ in of]


@pytest.mark.parametrize("case", cases("estimates"))
def test_estimates(case):
    values, roles = flat(case["values"])
    found = role_balanced(values, roles, roster=case.get("roster"))
    assert found.mean == pytest.approx(case["mean"], abs=1e-4)
    assert found.se == pytest.approx(case["se"], abs=1e-6)
    if "df" in case:
        assert found.df == pytest.approx(case["df"], abs=1e-6)
    assert logit_t_interval(found.mean, found.se, found.df) == pytest.approx(tuple(case["interval"]), abs=1e-4)
    if "levels" in case:
        found_levels = level_probabilities(found.mean, found.se, found.df, CUTS)
        assert list(found_levels) == pytest.approx(case["levels"], abs=5e-5)


@pytest.mark.parametrize("case", cases("alike"))
def test_alike(case):
    values = np.array(case["values"], dtype=float)[:, np.newaxis]
    roster, weights = np.array([[case["roster"]]], dtype=float), np.ones((1, 1))
    moments = stratum_moments(values, np.zeros(len(values), dtype=np.int64), n_strata=1)
    estimates = stratified_estimates(moments, roster=roster, weights=weights)
    found = with_fallback(estimates, moments.n, roster=roster, weights=weights, fallback_sd=17.5)
    low, high = estimate_intervals(found)
    assert found.se[0] == pytest.approx(case["se"], abs=1e-6)
    assert (low[0], high[0]) == pytest.approx(tuple(case["interval"]), abs=1e-4)
    if "levels" in case:
        shares = estimate_level_probabilities(found, cuts=CUTS)[0]
        assert list(shares) == pytest.approx(case["levels"], abs=5e-5)


@pytest.mark.parametrize("case", cases("agreement"))
def test_agreement(case):
    answers = np.array(case["answers"], dtype=float)
    assert list(item_deviations(answers)) == pytest.approx(case["deviations"], abs=1e-4)
    assert average_deviation(answers[:, 0]) == pytest.approx(case["deviations"][0], abs=1e-4)


@pytest.mark.parametrize("case", cases("differences"))
def test_differences(case):
    first, second = (role_balanced(*flat(case[side])) for side in ("first", "second"))
    found = difference(first, second)
    assert found.value == pytest.approx(case["value"])
    assert found.df == pytest.approx(case["df"], abs=1e-6)
    assert (found.low, found.high) == pytest.approx(tuple(case["interval"]), abs=1e-4)
    assert found.p == pytest.approx(case["p"], abs=5e-5)


@pytest.mark.parametrize("case", cases("effects"))
def test_effects(case):
    assert hedges_g(case["first"], case["second"]) == pytest.approx(case["hedges_g"], abs=1e-6)
    groups = ["a"] * len(case["first"]) + ["b"] * len(case["second"])
    found = games_howell([*case["first"], *case["second"]], groups, n_groups=3)
    assert found["a", "b"] == pytest.approx(case["games_howell_of_three"], abs=1e-5)


def test_with_two_roles_games_and_howell_is_welch():
    first, second = [70, 80, 75, 85], [50, 60, 40, 55]
    found = games_howell([*first, *second], ["a"] * 4 + ["b"] * 4)["a", "b"]
    assert found == pytest.approx(ttest_ind(first, second, equal_var=False).pvalue, rel=1e-6)


@pytest.mark.parametrize("case", cases("mixes"))
def test_mixes(case):
    found = respondent_mix(case["earlier"], case["later"])
    assert (found.answers, found.mix) == pytest.approx((case["answers"], case["mix"]), abs=1e-4)
    means = [np.mean([v for of in case[wave].values() for v in of]) for wave in ("earlier", "later")]
    assert found.answers + found.mix == pytest.approx(means[1] - means[0])


@pytest.mark.parametrize("case", cases("within"))
def test_within(case):
    answers = np.array(case["answers"], dtype=float)
    assert rwg(answers[:, 0], points=5) == pytest.approx(case["first_item"], abs=1e-6)
    assert rwg_j(answers, points=5) == pytest.approx(case["all_items"], abs=1e-6)


@pytest.mark.parametrize("case", cases("shares"))
def test_shares(case):
    rows = [{"respondent": "p", "role": r, "team": None, "q": code(a)} for r, of in case["codes"].items() for a in of]
    found = cannot_tell_shares(pd.DataFrame(rows)).set_index("role")
    assert found["share"].to_dict() == case["share"]
    assert found["n_asked"].to_dict() == case["n_asked"]


@pytest.mark.parametrize("case", cases("draws"))
def test_draws(case):
    ids = tuple(case["values"])
    values = np.array([v for of in case["values"].values() for v in of], dtype=float)[:, np.newaxis]
    sizes = [len(of) for of in case["values"].values()]
    rows = tuple(np.arange(sum(sizes[:n]), sum(sizes[: n + 1])) for n in range(len(sizes)))
    times = tuple(np.array([case["times"][name]], dtype=np.uint16) for name in ids)
    roster = np.array([[case["roster"][name]] for name in ids], dtype=float)
    drawn = stratum_draws(Resamples(rows, times, ()), values, roster=roster)
    n = np.array([[size] for size in sizes])
    assert balanced_draws(drawn, n=n, weights=np.ones((2, 1)))[0, 0] == pytest.approx(case["mean"], abs=1e-4)
