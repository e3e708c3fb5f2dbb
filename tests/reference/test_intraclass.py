"""ICC(1) and ICC(2) against published results and second calculations."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway

from assessment.scoring.intraclass import icc
from assessment.yaml_text import read_yaml

PUBLISHED = read_yaml(Path(__file__).parent / "published.yaml").data
GROUPS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=2, max_size=6)
UNEQUAL = [[3, 4, 4], [1, 2], [5, 5, 4, 3, 5], [2]]


def flat(groups):
    return [v for of in groups for v in of], [str(g) for g, of in enumerate(groups) for _ in of]


def exact_icc(groups):
    """Both coefficients in fractions, from raw sums."""
    values = [Fraction(v) for of in groups for v in of]
    total, n_groups = len(values), len(groups)
    sums = sum(Fraction(sum(of)) ** 2 / len(of) for of in groups)
    between = (sums - sum(values) ** 2 / total) / (n_groups - 1)
    within = (sum(v * v for v in values) - sums) / (total - n_groups)
    size = (total - Fraction(sum(len(of) ** 2 for of in groups), total)) / (n_groups - 1)
    whole = between + (size - 1) * within
    return (
        float((between - within) / whole) if whole else np.nan,
        float((between - within) / between) if between else np.nan,
    )


def test_judges_as_published():
    found = icc(*flat(PUBLISHED["judges"]["targets"]))
    assert found.icc1 == pytest.approx(PUBLISHED["judges"]["icc1"], abs=5e-3)
    assert found.icc2 == pytest.approx(PUBLISHED["judges"]["icc2"], abs=5e-3)


def test_dyestuff_as_published_from_the_variances_of_the_mixed_model():
    found = icc(*flat(PUBLISHED["dyestuff"]["batches"]))
    assert found.icc1 == pytest.approx(PUBLISHED["dyestuff"]["share_between"], abs=1e-4)
    b, w = PUBLISHED["dyestuff"]["between"], PUBLISHED["dyestuff"]["within"]
    assert found.icc2 == pytest.approx(b / (b + w / 5), abs=1e-4)


def test_groups_of_any_size_from_the_f_ratio_of_scipy():
    ratio, sizes = f_oneway(*UNEQUAL).statistic, np.array([3, 2, 5, 1])
    size = sizes.mean() - sizes.var(ddof=1) / sizes.sum()  # n_0, written with the variance of the sizes
    found = icc(*flat(UNEQUAL))
    assert found.icc1 == pytest.approx((ratio - 1) / (ratio + size - 1))
    assert found.icc2 == pytest.approx(1 - 1 / ratio)
    assert size < sizes.mean()


def test_missing_scores_and_groups_count_nowhere():
    values, groups = flat(UNEQUAL)
    holes = icc([*values, np.nan, 5, 5], [*groups, "0", None, np.nan])
    assert (holes.icc1, holes.icc2) == pytest.approx(tuple(vars_of(icc(values, groups))))


def vars_of(found):
    return found.icc1, found.icc2


@pytest.mark.parametrize(
    ("groups", "missing"),
    [
        ([[1, 2, 3]], (True, True)),
        ([[1], [2], [3]], (True, True)),
        ([[0.1, 0.1, 0.1], [0.1, 0.1]], (True, True)),
        ([[1.1, 2.2], [1.1, 2.2]], (False, True)),
        ([[0.1, 0.2, 0.3], [0.3, 0.3, 0.0]], (False, True)),
        ([[0.1, 0.1, 0.1], [0.3, 0.3, 0.3]], (False, False)),
        ([[np.nan]], (True, True)),
        ([], (True, True)),
    ],
)
def test_edges(groups, missing):
    assert tuple(np.isnan(vars_of(icc(*flat(groups))))) == missing


def test_groups_without_spread_inside_are_all_there_is():
    assert vars_of(icc(*flat([[0.1, 0.1, 0.1], [0.3, 0.3, 0.3]]))) == pytest.approx((1, 1))


@settings(deadline=None)
@given(GROUPS, st.integers(-20, 20), st.integers(1, 30), st.randoms())
def test_units_order_and_names_play_no_part(groups, constant, unit, random):
    assume(any(len(of) > 1 for of in groups))
    values, names = flat(groups)
    found = vars_of(icc(values, names))
    assert found == pytest.approx(exact_icc(groups), rel=1e-9, abs=1e-9, nan_ok=True)
    order = random.sample(range(len(values)), len(values))
    again = icc([values[i] * unit + constant for i in order], [f"z{9 - int(names[i])}" for i in order])
    assert vars_of(again) == pytest.approx(found, rel=1e-8, abs=1e-8, nan_ok=True)
    assert np.isnan(found[0]) or found[0] <= 1 + 1e-12
    assert np.isnan(found[1]) or found[1] <= 1 + 1e-12
