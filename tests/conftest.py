"""What every test may use: the shipped questionnaire and an empty workspace."""

import os
import shutil
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
