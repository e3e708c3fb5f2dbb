"""The coverage experiment can be repeated with one command, and finds what it should."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_quick_run_of_the_coverage_experiment_passes(tmp_path):
    """Few organisations, so limits are missed by chance up to four simulation errors; a real fault is larger."""
    out = tmp_path / "figures.json"
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.coverage", "--quick", "--out", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(json.loads(out.read_text(encoding="utf-8"))) > 0
    assert "a dimension's interval holds" in run.stdout
