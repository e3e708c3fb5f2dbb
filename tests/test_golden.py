"""A second questionnaire, as data only: simulated answers of 24 organisations with known person scores."""

from pathlib import Path

import pandas as pd
import pytest

import assessment

HERE = Path(__file__).parent
SURVEY = HERE / "golden" / "orgsurvey.csv"
KNOWN = pd.read_csv(HERE / "golden" / "orgsurvey_person_scores.csv")
WAVES = sorted({(org, str(wave)) for org, wave in zip(KNOWN["org"], KNOWN["wave"], strict=True)})
DIMENSIONS = ["strategy", "discovery", "delivery", "culture"]


@pytest.fixture(scope="module")
def orgsurvey():
    return assessment.load(HERE / "questionnaires" / "orgsurvey" / "1.0.0")


@pytest.mark.parametrize(("org", "wave"), WAVES)
def test_person_scores_equal_the_known_ones(orgsurvey, org, wave):
    answers = assessment.read(SURVEY, orgsurvey, only={"org": org, "wave": wave})
    found = assessment.score(answers, orgsurvey).persons.set_index("respondent")[DIMENSIONS]
    rows = KNOWN[(KNOWN["org"] == org) & (KNOWN["wave"] == int(wave))].set_index("pid")
    known = (rows[DIMENSIONS] - 1) / 4 * 100
    pd.testing.assert_frame_equal(
        found.sort_index(), known.sort_index(), check_exact=False, rtol=0, atol=1e-9, check_names=False
    )


def test_a_released_table_holds_no_group_below_five(orgsurvey):
    for org, wave in WAVES:
        answers = assessment.read(SURVEY, orgsurvey, only={"org": org, "wave": wave})
        scores = assessment.score(answers, orgsurvey)
        if len(answers.table) < 5:
            with pytest.raises(assessment.errors.PolicyError, match="nothing can be shown"):
                assessment.release(scores, orgsurvey.policy)
            continue
        table = assessment.release(scores, orgsurvey.policy).table
        shown = table[table["status"] == "shown"]
        assert (shown["n"].dropna() >= 5).all()
        assert table.loc[table["status"] == "protected", ["score", "low", "high", "n"]].isna().all(axis=None)


def test_a_file_of_several_organisations_says_how_to_choose(orgsurvey):
    with pytest.raises(assessment.errors.ImportRefused, match="Name the rows"):
        assessment.read(SURVEY, orgsurvey)
