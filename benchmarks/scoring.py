"""Time the scoring of many organisations beside what numpy, polars and pandas need for the means alone.

`python -m benchmarks.scoring`, or a part of `make bench`. Peers average respondents' means by organisation: nothing
reversed, no roles, no minima, no errors. Everyone starts from the same one-byte codes, with what is missing below zero;
"prepared" peers have turned that into null or NaN before the clock starts, which spares them a part of the work.
"""

import importlib
import importlib.util
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import assessment
from assessment.frames import CANNOT_TELL, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import FloatArray, IntArray
from assessment.scoring.many import score_many

N_RESPONDENTS, N_ORGANISATIONS = 1_000_000, 10_000
ROUNDS, SEED = 7, 1
OURS = "ours, roles and intervals"
NUMPY, POLARS, PANDAS = "numpy, plain means", "polars, means", "pandas, means"
PREPARED = ", prepared"
AIMS = {NUMPY: "at most 4 x", POLARS: "at most 0.50 x", PANDAS: "at most 0.125 x"}

Bytes = NDArray[np.int8]
Task = Callable[[], object]


@dataclass(frozen=True)
class Answers:
    """Answers of many organisations; items contiguous, organisations one after another."""

    codes: Bytes
    organisations: IntArray
    roles: IntArray
    questionnaire: Questionnaire

    @property
    def columns(self) -> list[list[int]]:
        """The places of the items of each dimension."""
        places = {item: place for place, item in enumerate(self.questionnaire.items)}
        return [
            [places[item.id] for facet in dimension.parts for item in facet.items]
            for dimension in self.questionnaire.dimensions
        ]


def many_answers(questionnaire: Questionnaire, *, n: int, n_organisations: int) -> Answers:
    """Make up answers that follow the routing; 8 in 100 could not tell."""
    rng = np.random.default_rng(SEED)
    roles = rng.integers(0, len(questionnaire.roles), n)
    codes = np.empty((n, len(questionnaire.items)), dtype=np.int8, order="F")
    for place, item in enumerate(questionnaire.items.values()):
        drawn = rng.integers(1, 6, n, dtype=np.int8)
        drawn[rng.random(n) < 0.08] = CANNOT_TELL
        asked = np.array([item.is_asked_of(role) for role in questionnaire.roles])
        codes[:, place] = np.where(asked[roles], drawn, NOT_ASKED)
    return Answers(codes, np.sort(rng.integers(0, n_organisations, n)), roles, questionnaire)


def numpy_means(answers: Answers) -> list[FloatArray]:
    """Give each organisation's mean of respondents' means, from one-byte columns: masked sums and a bincount."""
    return [_plain_mean(answers, own) for own in answers.columns]


def _plain_mean(answers: Answers, own: list[int]) -> FloatArray:
    total, n = np.zeros(len(answers.codes), dtype=np.int8), np.zeros(len(answers.codes), dtype=np.int8)
    for place in own:
        code = answers.codes[:, place]
        is_valid = (code > 0).view(np.int8)
        total += code * is_valid
        n += is_valid
    with np.errstate(invalid="ignore"):
        mean = np.where(n > 0, total / n, 0.0)
    return np.bincount(answers.organisations, weights=mean) / np.bincount(answers.organisations, weights=n > 0)


def pandas_means(answers: Answers) -> dict[str, Task]:
    """Give two tasks: from one-byte codes, and from float columns with NaN."""
    frame = pd.DataFrame(answers.codes, columns=list(answers.questionnaire.items))
    floats = frame.where(frame > 0)
    items = [frame.columns[own] for own in answers.columns]

    def means(table: pd.DataFrame) -> object:
        persons = pd.DataFrame({place: table[own].mean(axis=1) for place, own in enumerate(items)})
        return persons.groupby(answers.organisations).mean()

    return {PANDAS: lambda: means(frame.where(frame > 0)), PANDAS + PREPARED: lambda: means(floats)}


def polars_means(answers: Answers) -> dict[str, Task]:
    """Give two tasks: from one-byte codes, and from columns with nulls; none where polars is not installed."""
    if importlib.util.find_spec("polars") is None:
        return {}
    polars = importlib.import_module("polars")
    items = list(answers.questionnaire.items)
    raw = polars.DataFrame({item: answers.codes[:, place] for place, item in enumerate(items)})
    raw = raw.with_columns(organisation=polars.Series(answers.organisations))
    answered = [polars.when(polars.col(item) > 0).then(polars.col(item)).alias(item) for item in items]
    prepared = raw.with_columns(answered).rechunk()
    persons = [
        polars.mean_horizontal([items[place] for place in own]).alias(str(number))
        for number, own in enumerate(answers.columns)
    ]
    means = [polars.col(str(number)).mean() for number in range(len(persons))]

    def task(table: Callable[[], Any]) -> Task:
        return lambda: table().select("organisation", *persons).group_by("organisation").agg(means).collect()

    return {POLARS: task(lambda: raw.lazy().with_columns(answered)), POLARS + PREPARED: task(prepared.lazy)}


def alternate(tasks: Mapping[str, Task], *, rounds: int) -> dict[str, float]:
    """Give the median seconds of each task; they take turns, so that a busy moment meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(rounds):
        for name, task in tasks.items():
            begun = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(of) for name, of in times.items()}


def working_memory(task: Task) -> float:
    """Give the most memory (MiB) that a task needs beside its input."""
    tracemalloc.start()
    task()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def compare_scoring(*, n: int = N_RESPONDENTS, n_organisations: int = N_ORGANISATIONS, rounds: int = ROUNDS) -> None:
    """Print our time, and its ratio to each peer's."""
    answers = many_answers(assessment.load("product-led-maturity"), n=n, n_organisations=n_organisations)

    def ours() -> object:
        return score_many(answers.codes, answers.organisations, answers.roles, answers.questionnaire)

    peers = {NUMPY: lambda: numpy_means(answers), **polars_means(answers), **pandas_means(answers)}
    found = alternate({OURS: ours, **peers}, rounds=rounds)
    print(f"score {n:,} x {answers.codes.shape[1]} in {n_organisations:,} organisations, median of {rounds} rounds")
    print(f"{OURS:30} {found[OURS]:8.3f} s   {working_memory(ours):.0f} MiB beside its input")
    for name in peers:
        aim = f"   aim {AIMS[name]}" if name in AIMS else ""
        print(f"{name:30} {found[name]:8.3f} s   ratio {found[OURS] / found[name]:6.2f}{aim}")
    if POLARS not in peers:
        print(f"{POLARS:30} not installed here: pip install polars")


if __name__ == "__main__":
    compare_scoring()
