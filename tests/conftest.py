"""What every test may use: the shipped questionnaire and an empty workspace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.definitions import load_questionnaire
from assessment.model.questionnaire import Questionnaire

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "questionnaires" / "product-led-maturity" / "0.1.0"


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    return load_questionnaire(SHIPPED)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; where it is missing a person's test run goes on without, the continuous run fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and not os.environ.get("CI"):
        pytest.skip("no chromium on this machine; on Debian: apt-get install chromium")
    assert found, "the continuous run needs chromium"
    return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """A workspace in which the demo has been run: two waves imported and reported."""
    workspace = tmp_path_factory.mktemp("demo")
    run = subprocess.run(
        [sys.executable, "-m", "assessment", "demo"], cwd=workspace, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert Path(run.stdout.splitlines()[-1]).is_file()
    return workspace


@pytest.fixture(scope="session")
def page(demo: Path) -> Path:
    return demo / "reports" / "demo" / "2026-q3" / "0001" / "leadership-en.html"
