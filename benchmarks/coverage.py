"""Measure whether intervals, levels, changes and patterns are as sure as they say: `python -m benchmarks.coverage`.

Organisations of 5 to 100 respondents in 1 to 6 roles are simulated, with known truth, and go the way that real answers
go: person scores, merge plan, balance, estimates. Ends with 1 if a limit is missed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from benchmarks.simulation.changes import STAY, change_cases
from benchmarks.simulation.changes import Cell as ChangeCell
from benchmarks.simulation.figures import Figure
from benchmarks.simulation.intervals import BANDS, Cell, interval_cases
from benchmarks.simulation.limits import (
    calibration_figures,
    calibration_tables,
    change_figures,
    change_tables,
    coverage_figures,
    coverage_tables,
    pattern_figures,
    pattern_table,
)
from benchmarks.simulation.patterns import pattern_cases
from benchmarks.simulation.people import SHAPES, questionnaire

RUNS, QUICK_RUNS = 2000, 100
CHANGES, PATTERNS = 0.2, 0.15
"""Pairs of waves and even organisations in each of their conditions, for one organisation in each of the others."""
WORKERS, BATCH, SEED = 2, 100, 20261122


@dataclass(frozen=True)
class Job:
    """A batch of one condition, which depends on its own seed only."""

    kind: str
    cell: Cell | ChangeCell | str
    n: int
    seed: int

    def run(self) -> pd.DataFrame:
        """Simulate the batch."""
        match self.cell:
            case Cell():
                return interval_cases(self.cell, n_organisations=self.n, seed=self.seed)
            case ChangeCell():
                return change_cases(self.cell, n_organisations=self.n, seed=self.seed)
            case shape:
                return pattern_cases(shape, n_organisations=self.n, seed=self.seed)


def jobs(runs: int) -> list[Job]:
    """List the batches of all conditions."""
    cells: list[tuple[str, Cell | ChangeCell | str, int]] = [
        *(("intervals", Cell(b, s, r), runs) for b in BANDS for s in SHAPES for r in (True, False)),
        *(("changes", ChangeCell(b, s, k), round(runs * CHANGES)) for b in BANDS for s in SHAPES for k in STAY),
        *(("patterns", shape, round(runs * PATTERNS)) for shape in SHAPES),
    ]
    batches = [(kind, cell, n) for kind, cell, total in cells for n in _batches(total)]
    seeds = np.random.SeedSequence(SEED).generate_state(len(batches), np.uint64)
    return [Job(*batch, int(seed)) for batch, seed in zip(batches, seeds, strict=True)]


def _batches(total: int) -> Iterator[int]:
    """Split a number into batches, at least one organisation in all."""
    for start in range(0, max(total, 1), BATCH):
        yield min(BATCH, max(total, 1) - start)


def simulate(work: list[Job]) -> dict[str, pd.DataFrame]:
    """Run the batches in two processes and join what belongs together."""
    with ProcessPoolExecutor(WORKERS) as pool:
        found = list(pool.map(Job.run, work))
    named = [_numbered(cases, number) for number, cases in enumerate(found)]
    return {
        kind: pd.concat([cases for job, cases in zip(work, named, strict=True) if job.kind == kind], ignore_index=True)
        for kind in ("intervals", "changes", "patterns")
    }


def _numbered(cases: pd.DataFrame, batch: int) -> pd.DataFrame:
    """Give every organisation a number of its own; a table without numbers has one organisation a row."""
    own = cases["organisation"] if "organisation" in cases else np.arange(len(cases))
    return cases.assign(organisation=own + batch * BATCH)


def summary(cases: dict[str, pd.DataFrame]) -> tuple[list[Figure], dict[str, object]]:
    """Give the figures, and the tables that they are taken from."""
    patterns = [pattern.id for pattern in questionnaire().patterns]
    coverage, levels = coverage_tables(cases["intervals"]), calibration_tables(cases["intervals"])
    moved, noise = change_tables(cases["changes"]), pattern_table(cases["patterns"], patterns)
    figures = [
        *coverage_figures(coverage),
        *calibration_figures(levels),
        *change_figures(moved),
        *pattern_figures(noise),
    ]
    named = {"coverage": coverage, "calibration": levels, "changes": moved}
    tables = {name: {key: _records(table) for key, table in of.items()} for name, of in named.items()}
    return figures, {**tables, "patterns": _records(noise)}


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", json.loads(table.to_json(orient="records", double_precision=5)))


def print_table(figures: list[Figure], *, quick: bool) -> None:
    """Print one line per figure."""
    print(f"{'figure':66} {'value':>7}  {'limit':13} {'':6} {'error':>6} {'runs':>6}  where")
    for figure in figures:
        verdict = "" if figure.limit == "-" else "pass" if figure.is_met(quick=quick) else "FAIL"
        print(
            f"{figure.name:66} {figure.value:7.4f}  {figure.limit:13} {verdict:6} {figure.se:6.4f} "
            f"{figure.organisations:6}  {figure.where}"
        )


def _written(figures: list[Figure], tables: dict[str, object], *, runs: int, quick: bool) -> str:
    rows = [asdict(figure) | {"met": figure.is_met(quick=quick)} for figure in figures]
    about = {"questionnaire": questionnaire().id, "version": questionnaire().version, "seed": SEED, "runs": runs}
    return json.dumps({**about, "quick": quick, "figures": rows, "tables": tables}, indent=1)


def main(arguments: list[str] | None = None, *, say: Callable[[str], None] = print) -> int:
    """Run the experiment and print it; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--runs", type=int, help=f"organisations in each of 24 conditions, {RUNS} by default")
    parser.add_argument("--quick", action="store_true", help="few organisations; forgives what chance may do")
    parser.add_argument("--out", type=Path, help="write the figures to a JSON file")
    given = parser.parse_args(arguments)
    runs = given.runs or (QUICK_RUNS if given.quick else RUNS)
    begun = time.perf_counter()
    figures, tables = summary(simulate(jobs(runs)))
    print_table(figures, quick=given.quick)
    say(f"{runs} organisations in each of 24 conditions, {time.perf_counter() - begun:.0f} s")
    if given.out:
        given.out.write_text(_written(figures, tables, runs=runs, quick=given.quick), encoding="utf-8")
    return 0 if all(figure.is_met(quick=given.quick) for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
