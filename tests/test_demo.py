"""The demo is the same for everyone, says that it is simulated, and tells the story it promises."""

import csv
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
import yaml

from assessment.definitions import load_organisation
from assessment.demo import DemoFiles, write_demo
from assessment.demo import files as demo_files
from assessment.demo.story import Story, read_story
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses import read_answers

WAVES = ("2026-q1", "2026-q3")
ANSWERED = {"EX": 4, "PM": 10, "EN": 22, "DE": 8, "GTM": 10, "OPS": 6}
N_ABOUT = 4
"""Timestamp, role, team and time in the organisation stand before the statements."""

Rows = list[list[str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory, questionnaire) -> DemoFiles:
    return write_demo(tmp_path_factory.mktemp("demo"), questionnaire)


@pytest.fixture(scope="module")
def sheets(demo) -> dict[str, Rows]:
    return {wave: sheet(path) for wave, path in demo.exports.items()}


def sheet(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def upside_down(value: object) -> object:
    """Write every block of keys in the opposite order; lists keep theirs."""
    if isinstance(value, dict):
        return {key: upside_down(value[key]) for key in reversed(value)}
    return value


def role_of(row: list[str], questionnaire: Questionnaire) -> str:
    return next(role for role, label in questionnaire.words("en").roles.items() if label == row[1])


def points(row: list[str], questionnaire: Questionnaire) -> dict[str, float]:
    """Score a row of the sheet from its labels alone: 0, 25, 50, 75, 100, or the other way round."""
    words, found = questionnaire.words("en"), {}
    for place, item in enumerate(questionnaire.items.values(), start=N_ABOUT):
        steps = list(words.scales[item.scale].answers.values())
        if row[place] in steps:
            step = steps.index(row[place])
            found[item.id] = 25.0 * (4 - step if item.reversed else step)
    return found


def facet_score(rows: Rows, facet: str, questionnaire: Questionnaire) -> float:
    """Give the mean over roles of the mean over people of the mean over their answers; a role counts if asked two."""
    items = [item for item in questionnaire.items.values() if item.id.startswith(facet)]
    of_role: dict[str, list[float]] = {}
    for row in rows[1:]:
        role, scored = role_of(row, questionnaire), points(row, questionnaire)
        n_asked = sum(item.roles == "all" or role in item.roles for item in items)
        given = [scored[item.id] for item in items if item.id in scored]
        if n_asked >= 2 and len(given) >= n_asked - 1:
            of_role.setdefault(role, []).append(mean(given))
    return mean(map(mean, of_role.values()))


def facet_scores(rows: Rows, questionnaire: Questionnaire) -> dict[str, float]:
    return {facet: facet_score(rows, facet, questionnaire) for facet in questionnaire.facets}


def test_the_demo_has_the_same_bytes_every_time(demo, questionnaire, tmp_path):
    again = write_demo(tmp_path, questionnaire)
    assert all_bytes(again.organisation) == all_bytes(demo.organisation)
    write_demo(tmp_path, questionnaire)
    assert all_bytes(again.organisation) == all_bytes(demo.organisation)


def test_the_order_in_which_the_story_is_written_changes_nothing(demo, questionnaire, tmp_path, monkeypatch):
    turned = Story.model_validate(upside_down(read_story().model_dump()))
    assert list(turned.roles) != list(read_story().roles)
    monkeypatch.setattr(demo_files, "read_story", lambda: turned)
    assert all_bytes(write_demo(tmp_path, questionnaire).organisation) == all_bytes(demo.organisation)


def test_nothing_but_settings_and_exports_is_written(demo):
    exports = [f"exports/{wave}-google-forms.csv" for wave in WAVES]
    assert sorted(all_bytes(demo.organisation)) == [*exports, "organisation.yaml"]
    assert tuple(demo.exports) == WAVES


def test_the_settings_are_those_of_an_organisation_marked_simulated(demo, questionnaire):
    settings = load_organisation(demo.organisation, questionnaire)
    assert settings.simulated
    assert settings.open_roles == ("EX",)
    assert sum(settings.roster.values()) == 72
    assert all(ANSWERED[role] <= n for role, n in settings.roster.items())
    assert tuple(settings.waves) == tuple(settings.practices) == WAVES
    assert all(wave.opened < wave.closed < wave.retain_until for wave in settings.waves.values())


def test_every_name_and_text_says_that_it_is_simulated(demo, questionnaire, sheets):
    settings = load_organisation(demo.organisation, questionnaire)
    assert "(simulated)" in settings.name
    assert all("(simulated)" in team for team in settings.teams)
    for rows in sheets.values():
        comments = {row[-1] for row in rows[1:]} - {""}
        assert comments
        assert all("simulated" in text for text in [*comments, rows[0][-1]])
        assert {row[2] for row in rows[1:]} == set(settings.teams)


@pytest.mark.parametrize("wave", WAVES)
def test_the_sheet_is_laid_out_as_google_forms_exports_it(demo, questionnaire, sheets, wave):
    text = demo.exports[wave].read_text(encoding="utf-8")
    headings, first = sheets[wave][0], sheets[wave][1]
    assert text.startswith('"Timestamp","[CTX1] Which role is closest to yours?","[CTX2] ')
    assert headings[3].startswith("[CTX3] ")
    stem = "In the last three months, how often was this true where you work?"
    assert headings[N_ABOUT] == f"{stem} [[LE1a] {questionnaire.words('en').items['LE1a']}]"
    assert len(headings) == N_ABOUT + 48 + 1
    assert first[0] == {"2026-q1": "2026/03/02 9:00:00 AM GMT+1", "2026-q3": "2026/09/07 9:00:00 AM GMT+1"}[wave]
    assert {len(row) for row in sheets[wave]} == {len(headings)}


@pytest.mark.parametrize("wave", WAVES)
def test_each_role_answers_as_often_as_the_story_says(questionnaire, sheets, wave):
    assert Counter(role_of(row, questionnaire) for row in sheets[wave][1:]) == ANSWERED


@pytest.mark.parametrize("wave", WAVES)
def test_nobody_answers_what_the_role_is_not_asked(questionnaire, sheets, wave):
    for row in sheets[wave][1:]:
        role = role_of(row, questionnaire)
        for place, item in enumerate(questionnaire.items.values(), start=N_ABOUT):
            assert row[place] == "" or item.is_asked_of(role)


@pytest.mark.parametrize("wave", WAVES)
def test_the_importer_reads_back_the_same_answers_cell_by_cell(demo, questionnaire, sheets, wave):
    codes = read_answers(demo.exports[wave], questionnaire).codes
    words = questionnaire.words("en")
    assert len(codes) == sum(ANSWERED.values())
    for read, row in zip(codes.to_dict("records"), sheets[wave][1:], strict=True):
        assert (read["role"], read["team"]) == (role_of(row, questionnaire), row[2])
        for place, item in enumerate(questionnaire.items.values(), start=N_ABOUT):
            labels = {label: code for code, label in words.scales[item.scale].answers.items()}
            labels |= {words.scales[item.scale].cannot_tell: CANNOT_TELL}
            labels |= {"": NOT_ANSWERED if item.is_asked_of(read["role"]) else NOT_ASKED}
            assert read[item.id] == labels[row[place]]


@pytest.mark.parametrize("wave", WAVES)
def test_few_cannot_tell_and_few_leave_out_an_answer(demo, questionnaire, wave):
    codes = read_answers(demo.exports[wave], questionnaire).codes[list(questionnaire.items)].to_numpy()
    asked = codes[codes != NOT_ASKED]
    assert 0.01 < (asked == CANNOT_TELL).mean() < 0.05
    assert 0 < (asked == NOT_ANSWERED).mean() < 0.02


@pytest.mark.parametrize("wave", WAVES)
def test_the_story_stands_in_the_answers(questionnaire, sheets, wave):
    scores = facet_scores(sheets[wave], questionnaire)
    assert min(scores, key=lambda facet: scores[facet]) == "PM3"
    assert scores["PM3"] < 28
    assert scores["OO1"] >= 60
    assert scores["OO3"] < 45
    assert scores["OO1"] - scores["OO3"] >= 15
    assert scores["PM3"] <= mean(scores[facet] for facet in ("PM1", "PM2", "PM4")) - 12
    assert max(scores, key=lambda facet: scores[facet]) == "PO2"
    assert 50 <= mean(scores.values()) <= 60


def test_from_the_first_to_the_second_wave_learning_after_launch_moves_most(questionnaire, sheets):
    first, second = (facet_scores(sheets[wave], questionnaire) for wave in WAVES)
    moved = {facet: second[facet] - first[facet] for facet in first}
    assert max(moved, key=lambda facet: moved[facet]) == "OO3"
    assert moved["OO3"] >= 10
    assert 0 < moved["LE2"] < 8
    assert 0 < moved["PM3"] < 8


@pytest.mark.parametrize("wave", WAVES)
def test_leaders_see_their_trust_far_rosier_than_the_teams(questionnaire, sheets, wave):
    head, *rows = sheets[wave]
    leaders = [row for row in rows if role_of(row, questionnaire) == "EX"]
    others = [row for row in rows if role_of(row, questionnaire) != "EX"]
    seen = [facet_score([head, *side], "LE2", questionnaire) for side in (leaders, others)]
    assert seen[0] - seen[1] >= 20


def test_the_story_names_all_roles_and_facets_of_the_questionnaire(questionnaire):
    story = read_story()
    assert set(story.roles) == set(questionnaire.roles)
    assert set(story.views) <= set(story.roles)
    for wave in story.waves.values():
        assert set(wave.means) == set(questionnaire.facets)
        assert set(wave.practices) == {practice.id for practice in questionnaire.practices.items}


def test_the_settings_are_plain_yaml(demo):
    written = yaml.safe_load((demo.organisation / "organisation.yaml").read_text(encoding="utf-8"))
    assert written["roles"]["EX"] == {"people": 5, "open_group": True}
    assert written["practices"]["2026-q3"]["ratings"]["PR10"] == {"value": None}
