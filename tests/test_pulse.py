"""A pulse: one statement of each facet, scored by dimension, compared with full waves on what both asked."""

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import assessment
from assessment.definitions import load_questionnaire
from assessment.errors import DefinitionError, ImportRefused
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, Answers
from assessment.model.pulse import in_form
from assessment.pipeline import import_answers
from assessment.rendering import issue_report

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def pulse(questionnaire):
    return in_form(questionnaire, "pulse")


def answered(questionnaire, *codes_of_le: int) -> Answers:
    """One product manager who answered the four pulse items of the first dimension, and nothing else."""
    codes = dict.fromkeys(questionnaire.items, NOT_ANSWERED)
    codes |= dict(zip([item.id for item in questionnaire.dimensions[0].items], codes_of_le, strict=True))
    return Answers(pd.DataFrame([{"respondent": "p1", "role": "PM", "team": None, **codes}]))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((1, 2, 3, CANNOT_TELL), 25.0),  # (0 + 25 + 50) / 3
        ((5, 4, 3, 2), 62.5),  # (100 + 75 + 50 + 25) / 4
        ((5, 4, CANNOT_TELL, NOT_ANSWERED), None),  # two of four are too few
    ],
)
def test_a_dimension_is_the_mean_of_at_least_three_of_its_four_items(pulse, codes, expected):
    assert not any(item.reversed for item in pulse.dimensions[0].items)
    score = assessment.score(answered(pulse, *codes), pulse).persons["LE"].iloc[0]
    assert score == expected if expected is not None else pd.isna(score)


def test_it_asks_one_item_of_every_facet_and_gives_neither_levels_nor_advice(questionnaire, pulse):
    assert [questionnaire.facet_of[item] for item in pulse.items] == list(questionnaire.facets)
    assert pulse.fingerprint != questionnaire.fingerprint
    assert not pulse.recommendations
    assert not pulse.patterns
    # As the instrument says: sales, marketing and customer success count in two of the four balances only.
    assert [d.id for d in pulse.dimensions if pulse.is_eligible("GTM", d.id)] == ["PM", "PO"]


def test_a_questionnaire_without_a_pulse_says_what_one_needs():
    small = load_questionnaire(ROOT / "tests" / "questionnaires" / "orgsurvey" / "1.0.0")
    with pytest.raises(DefinitionError, match=r"scoring\.pulse"):
        in_form(small, "pulse")


@pytest.fixture(scope="module")
def workspace(demo, pulse, tmp_path_factory) -> Path:
    """The demo with a pulse and then a full wave of the very same answers as its second wave."""
    copy = Path(shutil.copytree(demo, tmp_path_factory.mktemp("pulse") / "workspace"))
    whole = copy / "organisations/demo/exports/2026-q3-google-forms.csv"
    write_pulse(whole, copy / "pulse.csv", pulse)
    import_answers("demo", copy / "pulse.csv", wave="w-pulse", form="pulse", workspace=copy)
    issue_report("demo", "w-pulse", audience="consultant", workspace=copy)
    import_answers("demo", whole, wave="w-full", workspace=copy)
    issue_report("demo", "w-full", workspace=copy)
    return copy


def write_pulse(whole: Path, out: Path, pulse) -> None:
    """Leave out of an export of all statements what a pulse does not ask."""
    with whole.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    is_item = [" [[" in cell for cell in heading]
    kept = [n for n, cell in enumerate(heading) if not is_item[n] or any(f"[{item}]" in cell for item in pulse.items)]
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[row[n] for n in kept] for row in [heading, *rows]])


def results(workspace: Path, wave: str) -> dict:
    return json.loads((workspace / "reports" / "demo" / wave / "0001" / "results.json").read_text())


@pytest.mark.parametrize("wave", ["w-pulse", "w-full"])
def test_the_same_answers_have_not_moved_whichever_form_came_first(workspace, wave):
    changes = {one["measure"]: one for one in results(workspace, wave)["changes"]}
    assert set(changes) == {"LE", "PM", "OO", "PO", "overall"}
    assert {one["difference"] for one in changes.values()} == {0.0}
    assert {one["verdict"] for one in changes.values()} == {"none"}


def test_its_report_has_dimensions_and_no_word_of_levels_or_advice(workspace):
    page = (workspace / "reports/demo/w-pulse/0001/consultant-en.html").read_text()
    assert "A pulse: scores and what moved, without a level." in page
    assert "Dimensions only: a pulse asks one statement of each facet" in page
    for section in ("level", "patterns", "ops", "actions"):
        assert f'<section id="{section}"' not in page
    said = results(workspace, "w-pulse")
    assert said["about"]["form"] == "pulse"
    assert said["recommended"]["shown"] == []
    assert "cannot be shown" not in page


def test_its_file_is_not_taken_for_a_damaged_full_one(workspace):
    with pytest.raises(ImportRefused) as caught:
        import_answers("demo", workspace / "pulse.csv", wave="again", dry_run=True, workspace=workspace)
    assert list(caught.value.problems) == [
        "E07 item without column: Only the 16 items of the pulse have a column. Import with --form pulse."
    ]


def test_a_wave_keeps_the_form_that_it_was_opened_with(workspace):
    with pytest.raises(ImportRefused, match="opened with the pulse form"):
        import_answers("demo", workspace / "pulse.csv", wave="w-pulse", form="full", workspace=workspace)
