"""A released questionnaire never changes; a correction is a new version."""

import shutil
from pathlib import Path

import pytest

from assessment.definitions.released import LIST, changed_versions, folder_hash

QUESTIONNAIRES = Path(__file__).resolve().parents[1] / "questionnaires"


def test_no_released_version_was_changed():
    assert list(changed_versions(QUESTIONNAIRES)) == []


@pytest.mark.parametrize("change", ["one word", "a new file", "a lost file"])
def test_any_change_of_a_released_version_is_seen(tmp_path, change):
    version = tmp_path / "orgsurvey" / "1.0.0"
    shutil.copytree(Path(__file__).parent / "questionnaires" / "orgsurvey" / "1.0.0", version)
    (tmp_path / LIST).write_text(f"orgsurvey/1.0.0: {folder_hash(version)}\n")
    assert list(changed_versions(tmp_path)) == []
    if change == "one word":
        words = version / "texts" / "en.yaml"
        words.write_text(words.read_text().replace("Seldom", "Rarely"))
    elif change == "a new file":
        (version / "patterns.yaml").write_text("patterns: []\n")
    else:
        (version / "policy.yaml").unlink()
    assert list(changed_versions(tmp_path)) == ["orgsurvey/1.0.0"]
