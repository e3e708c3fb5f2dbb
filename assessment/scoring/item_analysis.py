"""Look at the questionnaire itself, on pooled answers: reliability, items, opposite pairs, careless answering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED, Answers
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.model.structure import Dimension
from assessment.scoring.arrays import FloatArray
from assessment.scoring.careless import even_odd, intra_individual_variability, mahalanobis
from assessment.scoring.flags import FLAGS, flag_table, opposite_columns
from assessment.scoring.intraclass import icc
from assessment.scoring.omega import omega_total
from assessment.scoring.persons import Persons, person_scores
from assessment.scoring.reliability import alpha_if_dropped, cronbach_alpha, item_rest

FAR_APART = 3
"""Answer steps between the two items of an opposite pair that speak against its being one."""


@dataclass(frozen=True)
class ItemAnalysis:
    """Hold what pooled answers say about a questionnaire; each table has a column n that the gate judges it by.

    Parameters
    ----------
    reliability
        dimension, items (all, or those that are not reversed), k, n, alpha, low, high, omega.
    groups
        dimension, n, n_groups, icc1, icc2: how much of a score is shared within teams.
    items
        item, facet, n, mean and sd in answer steps, item_rest, alpha_without, and the shares of those asked who
        cannot tell or chose nothing.
    roles
        role, item, n (asked), n_told (cannot tell), n_left_out (chose nothing).
    pairs
        first, second, n, n_apart.
    careless
        what (a flag, or enough of them), n (asked), n_flagged.
    spread
        index (of careless answering), n, and its quartiles.
    """

    reliability: pd.DataFrame
    groups: pd.DataFrame
    items: pd.DataFrame
    roles: pd.DataFrame
    pairs: pd.DataFrame
    careless: pd.DataFrame
    spread: pd.DataFrame


def item_analysis(answers: Answers, questionnaire: Questionnaire, policy: Policy) -> ItemAnalysis:
    """Compute every table, however few the answers are: the gate decides what is shown.

    Parameters
    ----------
    answers
        Of one organisation or of several that have agreed to it; `team` names the groups for the intraclass
        correlation.
    """
    persons = person_scores(answers.codes, questionnaire)
    codes = answers.codes[list(persons.items)].to_numpy(dtype=np.int64)
    return ItemAnalysis(
        reliability=pd.DataFrame(_reliability(persons, questionnaire)),
        groups=pd.DataFrame(_groups(persons, questionnaire)),
        items=pd.DataFrame(_items(persons, codes, questionnaire)),
        roles=_roles(answers.codes, persons.items),
        pairs=pd.DataFrame(_pairs(persons, questionnaire), columns=["first", "second", "n", "n_apart"]),
        careless=_careless(persons, answers.codes, questionnaire, policy),
        spread=pd.DataFrame(_spread(persons, codes, questionnaire)),
    )


def _steps(persons: Persons, questionnaire: Questionnaire) -> FloatArray:
    """Give keyed answers in answer steps from the lowest, shape (n_respondents, n_items)."""
    widths = [len(questionnaire.scale_of(item).values) - 1 for item in persons.items]
    return persons.points * np.array(widths, dtype=np.float64) / 100


def _columns(persons: Persons, dimension: Dimension, questionnaire: Questionnaire, *, reversed_too: bool) -> list[int]:
    items = [item for facet in dimension.parts for item in facet.items if item.id in persons.items]
    return [persons.items.index(item.id) for item in items if reversed_too or not questionnaire.items[item.id].reversed]


def _reliability(persons: Persons, questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    """Of the respondents who answered every item of a dimension, with and without the reversed ones."""
    steps = _steps(persons, questionnaire)
    for dimension in questionnaire.dimensions:
        for reversed_too in (True, False):
            answered = steps[:, _columns(persons, dimension, questionnaire, reversed_too=reversed_too)]
            found = cronbach_alpha(answered)
            yield {
                "dimension": dimension.id,
                "items": "all" if reversed_too else "without the reversed",
                "k": found.k,
                "n": found.n,
                "alpha": found.value,
                "low": found.low,
                "high": found.high,
                "omega": omega_total(answered),
            }


def _groups(persons: Persons, questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    teams = persons.table["team"].fillna("").astype(str)
    for dimension in questionnaire.dimensions:
        scored = persons.table[dimension.id].notna() & (teams != "")
        found = icc(persons.table.loc[scored, dimension.id].to_numpy(), teams[scored].to_numpy())
        yield {
            "dimension": dimension.id,
            "n": int(scored.sum()),
            "n_groups": int(teams[scored].nunique()),
            "icc1": found.icc1,
            "icc2": found.icc2,
        }


def _items(persons: Persons, codes: np.ndarray, questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    steps = _steps(persons, questionnaire)
    for dimension in questionnaire.dimensions:
        columns = _columns(persons, dimension, questionnaire, reversed_too=True)
        rest, without = item_rest(steps[:, columns]), alpha_if_dropped(steps[:, columns])
        for place, column in enumerate(columns):
            known = steps[np.isfinite(steps[:, column]), column]
            asked = codes[codes[:, column] != NOT_ASKED, column]
            yield {
                "item": persons.items[column],
                "facet": questionnaire.facet_of[persons.items[column]],
                "n": known.size,
                "n_complete": int(np.isfinite(steps[:, columns]).all(axis=1).sum()),
                "mean": 1 + known.mean() if known.size else np.nan,
                "sd": known.std(ddof=1) if known.size > 1 else np.nan,
                "item_rest": rest[place],
                "alpha_without": without[place],
                "n_asked": asked.size,
                "n_told": int((asked == CANNOT_TELL).sum()),
                "n_left_out": int((asked == NOT_ANSWERED).sum()),
            }


def _roles(codes: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    long = codes.melt(id_vars="role", value_vars=list(items), var_name="item", value_name="code")
    asked = long[long["code"] != NOT_ASKED]
    counted = asked.assign(told=asked["code"] == CANNOT_TELL, left=asked["code"] == NOT_ANSWERED)
    return (
        counted.groupby(["role", "item"], sort=False)
        .agg(n=("code", "size"), n_told=("told", "sum"), n_left_out=("left", "sum"))
        .reset_index()
    )


def _pairs(persons: Persons, questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    """Count who answers an item and its opposite as if both were true, or neither."""
    steps = _steps(persons, questionnaire)
    for first, second in opposite_columns(persons, questionnaire):
        apart = np.abs(steps[:, first] - steps[:, second])
        known = apart[np.isfinite(apart)]
        yield {
            "first": persons.items[first],
            "second": persons.items[second],
            "n": known.size,
            "n_apart": int((known >= FAR_APART).sum()),
        }


def _careless(persons: Persons, codes: pd.DataFrame, questionnaire: Questionnaire, policy: Policy) -> pd.DataFrame:
    flags = flag_table(persons, codes, questionnaire, policy)
    rows = [{"what": flag, "n": len(flags), "n_flagged": int(flags[flag].sum())} for flag in (*FLAGS, "flagged")]
    return pd.DataFrame(rows)


def _spread(persons: Persons, codes: np.ndarray, questionnaire: Questionnaire) -> Iterator[dict[str, object]]:
    """Give quartiles of indices that have no general limit; several follow the trait on short scales."""
    given = np.where(codes < 0, np.nan, codes.astype(np.float64))
    facets = [
        [persons.items.index(item.id) for item in facet.items if item.id in persons.items]
        for facet in questionnaire.facets.values()
    ]
    indices = {
        "standard deviation within a person": intra_individual_variability(given),
        "even-odd consistency": even_odd(persons.points, facets),
        "squared Mahalanobis distance": mahalanobis(given),
    }
    for name, values in indices.items():
        known = values[np.isfinite(values)]
        lower, median, upper = np.quantile(known, [0.25, 0.5, 0.75]) if known.size else [np.nan] * 3
        yield {"index": name, "n": known.size, "lower": lower, "median": median, "upper": upper}
