"""What a person sees at the command line."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.cli import main
from assessment.definitions import load_organisation

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ["../../x", "<script>", "=1+1", "CON", "x" * 300, "", ".", "a b", "nul.txt", "-rf", "{0}", "\u202ex"]


@dataclass(frozen=True)
class Shown:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def assess(monkeypatch, capsys):
    """Run a command as a person would, in this process."""

    def run(*arguments: str, cwd: Path) -> Shown:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["assess", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Shown(int(ended.value.code or 0), printed.out, printed.err)

    return run


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("command", ["demo", "init", "import", "report", "list", "check"])
def test_help_shows_an_example(assess, command, tmp_path):
    shown = assess(command, "--help", cwd=tmp_path)
    assert shown.returncode == 0
    assert "Example: assess" in shown.stdout


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", [["init", "--name", "X"], ["report"], ["import", "answers.csv", "--wave", "w1"]])
def test_a_hostile_organisation_name_is_refused_and_writes_nothing(assess, name, command, tmp_path):
    workspace = tmp_path / "inside"
    workspace.mkdir()
    before = tree(tmp_path)
    shown = assess(command[0], *command[1:], "--", name, cwd=workspace)
    assert shown.returncode != 0
    assert "Traceback" not in shown.stderr
    assert shown.stderr.strip()
    assert tree(tmp_path) == before


def test_an_unknown_organisation_names_those_that_exist(assess, tmp_path):
    assert assess("init", "acme", "--name", "Acme", cwd=tmp_path).returncode == 0
    shown = assess("report", "acne", cwd=tmp_path)
    assert shown.returncode == 1
    assert "no organisation 'acne'" in shown.stderr
    assert "acme" in shown.stderr


def test_init_twice_changes_nothing(assess, tmp_path):
    assess("init", "acme", "--name", "Acme", cwd=tmp_path)
    written = (tmp_path / "organisations/acme/organisation.yaml").read_bytes()
    shown = assess("init", "acme", "--name", "Other", cwd=tmp_path)
    assert shown.returncode == 1
    assert "already" in shown.stderr
    assert (tmp_path / "organisations/acme/organisation.yaml").read_bytes() == written


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "=1+1", "{{7*7}}", 'a: "b"\nc: d', "\u202eevil", "# no"]
)
def test_a_hostile_display_name_is_kept_as_text(assess, payload, tmp_path):
    shown = assess("init", "acme", "--name", payload, cwd=tmp_path)
    if shown.returncode == 0:
        assert load_organisation(tmp_path / "organisations/acme").name == payload.strip()
    else:
        assert "Traceback" not in shown.stderr


def test_three_faults_in_the_settings_give_three_messages(assess, tmp_path):
    assess("init", "acme", "--name", "Acme", cwd=tmp_path)
    settings = tmp_path / "organisations/acme/organisation.yaml"
    settings.write_text(
        "name: Acme\nlanguage: english\nquestionnaire: product-led-maturity/0.1.0\nrolles: {}\nprivacy: {k: 4}\n"
    )
    shown = assess("report", "acme", cwd=tmp_path)
    assert shown.returncode == 1
    assert "has 3 problem(s)" in shown.stderr
    for expected in (
        "language (line 2)",
        "rolles (line 4)",
        "did you mean 'roles'?",
        "privacy.k (line 5): must be at least 5",
    ):
        assert expected in shown.stderr


def test_check_finds_the_shipped_questionnaire_in_order(assess, tmp_path):
    shown = assess("check", str(ROOT / "questionnaires/product-led-maturity/0.1.0"), cwd=tmp_path)
    assert shown.returncode == 0
    assert "48 items" in shown.stdout
    assert "GTM   24     PM PO" in shown.stdout


def test_list_in_an_empty_folder_says_how_to_start(assess, tmp_path):
    shown = assess("list", cwd=tmp_path)
    assert shown.returncode == 0
    assert "assess demo" in shown.stdout


def test_a_person_vouches_for_a_large_file_at_the_command_line(assess, tmp_path, monkeypatch):
    from assessment.sheets import LARGE, STANDARD

    seen = []
    monkeypatch.setattr(
        "assessment.pipeline.intake.read_answers", lambda *_, limits, **__: seen.append(limits) or sys.exit(3)
    )
    assess("demo", cwd=tmp_path)
    seen.clear()
    for more in ((), ("--large",)):
        assess("import", "demo", "answers.csv", "--wave", "2027-q1", *more, cwd=tmp_path)
    assert seen == [STANDARD, LARGE]
