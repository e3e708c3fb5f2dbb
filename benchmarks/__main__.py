"""Time what people wait for, each beside a named peer in the same run; print ratios, assert nothing.

Run with ``make bench``. Only the ratios mean something on another machine.
"""

import csv
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import assessment
from assessment.demo import write_demo
from assessment.model.questionnaire import Questionnaire
from assessment.pipeline import import_answers
from assessment.scoring.persons import person_scores
from benchmarks.reading import compare_reading
from benchmarks.scoring import compare_scoring

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


def seconds(task: Callable[[], object]) -> float:
    """Give the median of a few runs."""
    times: list[float] = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        task()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def compare(name: str, ours: Callable[[], object], peer_name: str, peer: Callable[[], object]) -> None:
    """Print one line: our time, the peer's, and the ratio."""
    a, b = seconds(ours), seconds(peer)
    print(f"{name:38} {a:8.3f} s   {peer_name:44} {b:8.3f} s   ratio {a / b:6.2f}")


def command(*arguments: str, cwd: Path = ROOT) -> Callable[[], object]:
    """Give a task that runs a command of this environment."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, check=True)


def main() -> None:
    """Time the command line, reading, scoring, the gate and a whole report."""
    questionnaire = assessment.load("product-led-maturity")
    workspace = Path(tempfile.mkdtemp())
    (workspace / "organisations").mkdir()
    written = write_demo(workspace, questionnaire)
    wave, export = list(written.exports.items())[-1]
    import_answers("demo", export, wave=wave, workspace=workspace)

    compare(
        "assess --help", command("-m", "assessment", "--help"), "python: import typer", command("-c", "import typer")
    )
    compare(
        "read 60 answers of Google Forms",
        lambda: assessment.read(export, questionnaire),
        "pandas.read_csv, no checks",
        lambda: pd.read_csv(export),
    )
    large = _large(questionnaire, 100_000)
    large = _large(questionnaire, 100_000)
    compare(
        "score 100,000 x 48, person scores",
        lambda: person_scores(large, questionnaire),
        "pandas: 16 facet means, no rules",
        lambda: [_facet_mean(large, [item.id for item in facet.items]) for facet in questionnaire.facets.values()],
    )
    compare(
        "read a plain table of 2,000",
        lambda: assessment.read(_plain(large.head(2000), workspace), questionnaire),
        "csv.reader, no checks",
        lambda: list(csv.reader((workspace / "plain.csv").open(encoding="utf-8"))),
    )
    compare(
        "report of the demo, all steps",
        command("-m", "assessment", "report", "demo", cwd=workspace),
        "papermill on the same notebook",
        command(
            "-m", "papermill", str(ROOT / "notebooks/report.ipynb"), "/dev/null", "-p", "wave", wave, cwd=workspace
        ),
    )
    shutil.rmtree(workspace)
    compare_reading()
    compare_scoring()


def _facet_mean(table: pd.DataFrame, items: list[str]) -> pd.Series:
    answers = table[items].astype("float64")
    return answers.where(answers > 0).mean(axis=1)


def _large(questionnaire: Questionnaire, n: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    roles = np.array(list(questionnaire.roles))
    codes = pd.DataFrame(
        rng.integers(1, 6, (n, len(questionnaire.items)), dtype=np.int8), columns=list(questionnaire.items)
    )
    about = pd.DataFrame(
        {"respondent": np.arange(n).astype(str), "role": roles[np.arange(n) % roles.size], "team": None}
    )
    return pd.concat([about, codes], axis=1)


def _plain(table: pd.DataFrame, workspace: Path) -> Path:
    path = workspace / "plain.csv"
    if not path.exists():
        table.to_csv(path, index=False)
    return path


if __name__ == "__main__":
    main()
