"""`assess survey`: what a consultant types before and while people answer, on an organisation of their own."""

import re

import pytest
from typer.testing import CliRunner

from assessment.cli.commands import app
from assessment.errors import AssessmentError

SETTINGS = """\
name: Vindhaven (simulated)
language: en
questionnaire: product-led-maturity/0.1.0
simulated: true
roles:
  EX: {people: 6, open_group: true}
  PM: {people: 4}
  EN: {people: 20}
  DE: {people: 3}
  GTM: {people: 8}
teams: [Sensors, Boats]
words: {DEF3: the management board}
waves:
  2026-q4: {opened: 2026-11-02, closed: 2026-11-20, retain_until: 2027-11-20}
"""


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "organisations" / "vindhaven"
    folder.mkdir(parents=True)
    (folder / "organisation.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def run(workspace, *arguments):
    outcome = CliRunner().invoke(app, ["survey", *map(str, arguments), "--workspace", str(workspace)])
    if isinstance(outcome.exception, AssessmentError):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_the_plan_says_how_many_leaders_must_answer(workspace):
    said = run(workspace, "plan", "vindhaven", "--wave", "2026-q4")
    assert "Three of the six leaders must answer for their view to be shown." in said
    assert "Designer or researcher" in said


@pytest.mark.parametrize(
    "tool", ["limesurvey", "xlsform", "surveyjs", "googleforms", "qualtrics", "formbricks", "msforms"]
)
def test_every_tool_gets_a_file_with_every_statement_and_the_local_words(workspace, questionnaire, tool):
    folder = workspace / "out"
    folder.mkdir()
    said = run(workspace, "export", "vindhaven", "--to", tool, "--out", folder)
    (line, *_) = said.splitlines()
    path = line.removeprefix("Written: ")
    assert (workspace / path).stat().st_size > 5000


def test_the_tools_are_listed():
    outcome = CliRunner().invoke(app, ["survey", "tools"])
    assert {"limesurvey", "xlsform", "surveyjs", "googleforms", "qualtrics"} <= {
        line.split()[0] for line in outcome.output.splitlines()
    }


def test_the_form_is_one_page_with_the_organisations_words(workspace, questionnaire):
    path = workspace / "form.html"
    run(workspace, "form", "vindhaven", "--wave", "2026-q4", "--out", path)
    page = path.read_text(encoding="utf-8")
    assert "the management board" in page
    assert questionnaire.texts["sv"].items["LE1a"] in page
    assert not re.search(r"""(?:src|href)=["']?https?:""", page)


def test_the_kit_is_written_in_the_language_asked_for(workspace):
    folder = workspace / "kit"
    link = "https://survey.example/s/1"
    run(
        workspace, "kit", "vindhaven", "--wave", "2026-q4", "--account", "client", "--language", "sv",
        "--link", link, "--out", folder,
    )  # fmt: skip
    invitation = (folder / "invitation.txt").read_text(encoding="utf-8")
    assert link in invitation
    assert "20 november 2026" in invitation
    assert (folder / "survey-link.svg").read_text(encoding="utf-8").lstrip().startswith(("<?xml", "<svg"))


def test_the_response_is_told_in_bands_and_never_by_name(demo):
    said = run(demo, "status", "demo", "--wave", "2026-q3")
    assert "60" in said
    assert "72" in said
    assert re.search(r"under 50|50.{1,4}69|70.{1,4}84|85", said)
    assert not re.search(r"\bp\d+\b|respondent", said)


def test_who_runs_the_account_is_asked_for_where_nobody_says_it(workspace):
    with pytest.raises(AssessmentError, match="--account client or --account consultant"):
        run(workspace, "kit", "vindhaven", "--wave", "2026-q4", "--out", workspace / "unsaid")
    assert not (workspace / "unsaid").exists()
