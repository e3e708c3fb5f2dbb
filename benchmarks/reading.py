"""Time the reading of a 100,000-respondent export beside a bare parse of the same file: `python -m benchmarks.reading`.

A part of `make bench`. The peers check nothing: `csv.reader` gives lists of text, python-calamine lists of values.
"""

import csv
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

import assessment
from assessment.frames import CANNOT_TELL
from assessment.model.questionnaire import Questionnaire
from assessment.responses import read_answers
from assessment.sheets import LARGE

N_RESPONDENTS, SEED, ROUNDS = 100_000, 1, 3
Rows = list[list[str]]


def export_of(questionnaire: Questionnaire, n: int) -> Rows:
    """Make up a plain table: id, role, team, the items as numbers, country and tenure; 8 in 100 could not tell."""
    rng = np.random.default_rng(SEED)
    codes = rng.integers(1, 6, (n, len(questionnaire.items)))
    codes[rng.random(codes.shape) < 0.08] = CANNOT_TELL
    words = {CANNOT_TELL: "NA"} | {code: str(code) for code in range(1, 6)}
    roles = [list(questionnaire.roles)[place] for place in rng.integers(0, len(questionnaire.roles), n)]
    teams = [f"Team {place}" for place in rng.integers(0, 40, n)]
    people = enumerate(zip(roles, teams, codes.tolist(), strict=True))
    heading = ["respondent", "role", "team", *questionnaire.items, "country", "tenure"]
    return [
        heading,
        *([f"r{i}", role, team, *(words[code] for code in row), "SE", "1-3"] for i, (role, team, row) in people),
    ]


def write_csv(path: Path, rows: Rows) -> None:
    """Write the table as delimited text."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)


def write_xlsx(path: Path, rows: Rows) -> None:
    """Write the table as a workbook, numbers as numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Responses")
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(path)


def bare_csv(path: Path) -> object:
    """Split the file into lists of text."""
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream))


def bare_xlsx(path: Path) -> object:
    """Give the sheet's values."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def fastest(task: Callable[[Path], object], path: Path) -> float:
    """Give the shortest of a few runs."""
    times: list[float] = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        task(path)
        times.append(time.perf_counter() - begun)
    return min(times)


def compare_reading(n: int = N_RESPONDENTS) -> None:
    """Print one line for each kind of file."""
    questionnaire = assessment.load("product-led-maturity")
    rows = export_of(questionnaire, n)
    with tempfile.TemporaryDirectory() as folder:
        for name, write, peer, bare in (
            ("answers.csv", write_csv, "csv.reader to lists", bare_csv),
            ("answers.xlsx", write_xlsx, "python-calamine to_python", bare_xlsx),
        ):
            path = Path(folder) / name
            write(path, rows)
            ours = fastest(lambda file: read_answers(file, questionnaire, limits=LARGE), path)
            theirs = fastest(bare, path)
            what = f"read {path.suffix[1:].upper()} of {n:,}"
            print(
                f"{what:38} {ours:8.3f} s   {peer:44} {theirs:8.3f} s   ratio {ours / theirs:6.2f} (aim: at most 1.5)"
            )


if __name__ == "__main__":
    compare_reading()
