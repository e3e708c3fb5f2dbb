"""What people write is loaded whole, or refused with every problem: file, key, line, and what would be right."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from assessment.definitions import find_questionnaire, load_organisation, load_questionnaire
from assessment.errors import DefinitionError

HERE = Path(__file__).parent
TINY = HERE / "definitions" / "tiny" / "1.0.0"
BROKEN = sorted((HERE / "definitions" / "broken").glob("*.yaml"))
SHIPPED = HERE.parent / "questionnaires"
POLICY = SHIPPED / "product-led-maturity" / "0.1.0" / "policy.yaml"

ACME = """\
name: Acme (simulated)
language: en
questionnaire: tiny/1.0.0
roles:
  EX: {people: 4, open_group: true}
  EN: {people: 20}
waves:
  w1: {opened: 2026-03-02, closed: 2026-03-20, retain_until: 2028-03-31}
targets:
  AA1: {level: 4, reason: The plan., owner: The board, review: 2027-01-15}
practices:
  w1:
    rated_on: 2026-03-12
    ratings: {PR1: {value: 2}}
"""


@pytest.fixture
def tiny(tmp_path) -> Path:
    folder = tmp_path / "tiny" / "1.0.0"
    shutil.copytree(TINY, folder)
    shutil.copy(POLICY, folder)
    return folder


@pytest.fixture
def acme(tmp_path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "organisation.yaml").write_text(ACME, encoding="utf-8")
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def refusal(folder: Path) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        load_questionnaire(folder)
    return caught.value


def test_the_tiny_questionnaire_loads(tiny):
    questionnaire = load_questionnaire(tiny)
    assert list(questionnaire.items) == ["AA1a", "AA1b", "AA2a", "AA2b", "BB1", "BB2"]
    assert questionnaire.dimension_of["AA2b"] == "AA"
    assert questionnaire.leadership_role == "EX"


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_a_broken_definition_says_everything_that_is_wrong(case, tiny):
    told = yaml.safe_load(case.read_text(encoding="utf-8"))
    for step in told["replace"]:
        change(tiny / step["file"], step["old"], step["new"])
    error = refusal(tiny)
    assert list(error.problems) == told["problems"], told["says"]
    assert error.headline == f"tiny/1.0.0 has {len(told['problems'])} problem(s):"


def test_every_broken_case_is_told_in_a_sentence():
    for case in BROKEN:
        assert re.fullmatch(r"[A-Z].{20,}", yaml.safe_load(case.read_text(encoding="utf-8"))["says"])


@pytest.mark.parametrize("name", ["questionnaire.yaml", "policy.yaml", "texts/en.recommendations.yaml"])
def test_a_missing_file_is_named(tiny, name):
    (tiny / name).unlink()
    assert refusal(tiny).problems == (f"{name}: the file is missing",)


def test_without_words_the_folder_is_refused(tiny):
    shutil.rmtree(tiny / "texts")
    assert refusal(tiny).problems == ("texts: there is no words file; write texts/<language>.yaml",)


def test_a_words_file_is_called_after_its_language(tiny):
    (tiny / "texts" / "sv.yaml").write_bytes((tiny / "texts" / "en.yaml").read_bytes())
    assert refusal(tiny).problems == ("texts/sv.yaml: language (line 1): must be 'sv', as the file is called",)


def test_what_was_written_is_never_repeated_in_a_refusal(tiny):
    change(tiny / "texts/en.yaml", "title: A", "title: 7\nintro: [SECRET]\nlicence: SECRET\nmirrors: A")
    assert "SECRET" not in str(refusal(tiny))


def test_an_empty_file_is_refused(tiny):
    (tiny / "patterns.yaml").write_text("")
    assert "patterns.yaml: the file: must be a block of keys" in refusal(tiny).problems


@pytest.mark.parametrize(
    ("file", "old", "new", "is_same"),
    [
        ("questionnaire.yaml", "AA1b, scale: freq3, reversed: true", "AA1b, scale: freq3, reversed: false", False),
        ("policy.yaml", "[30, 50, 70, 85]", "[30, 50, 70, 90]", False),
        ("policy.yaml", "Four in five; below it the reader gets two levels.", "Another reason.", True),
        ("texts/en.yaml", "Made-up statement six.", "Made-up statement seven.", True),
        ("patterns.yaml", "AA1 < 45", "AA1 < 40", True),
    ],
)
def test_the_fingerprint_moves_with_what_moves_a_score_and_with_nothing_else(tiny, file, old, new, is_same):
    before = load_questionnaire(tiny).fingerprint
    change(tiny / file, old, new)
    assert (load_questionnaire(tiny).fingerprint == before) is is_same


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in SHIPPED.glob("*/*/questionnaire.yaml")), ids=lambda path: path.name
)
def test_every_shipped_questionnaire_loads(folder):
    assert load_questionnaire(folder).items


def test_the_newest_version_is_found_by_number_not_by_letter(tmp_path):
    for version in ("0.9.0", "0.10.0"):
        folder = tmp_path / "questionnaires" / "many" / version
        folder.mkdir(parents=True)
        (folder / "questionnaire.yaml").write_text("id: many")
    assert find_questionnaire("many", workspace=tmp_path).name == "0.10.0"
    assert find_questionnaire("many/0.9.0", workspace=tmp_path).name == "0.9.0"


def test_an_unknown_questionnaire_names_those_that_there_are(tmp_path):
    with pytest.raises(DefinitionError, match=r"no questionnaire 'none'; known are: product-led-maturity/0\.1\.0"):
        find_questionnaire("none", workspace=tmp_path)


def test_an_organisation_loads(acme, tiny):
    organisation = load_organisation(acme, load_questionnaire(tiny))
    assert organisation.roster == {"EX": 4, "EN": 20}
    assert organisation.open_roles == ("EX",)
    assert organisation.privacy.k == 5


NOT_A_NAME = "has characters that an id, version, date or name of this kind may not have"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "EN: {people: 20}",
            "EN: {people: 20, open_group: true}",
            "roles.EN.open_group (line 6): only the leadership role may be an open group",
        ),
        ("  EN:", "  YY:", "roles.YY (line 6): no role of the questionnaire; known are EX, EN"),
        ("  AA1:", "  AA7:", "targets.AA7 (line 10): no dimension or facet of the questionnaire"),
        ("{PR1:", "{PR7:", "practices.w1.ratings.PR7 (line 14): no practice of the questionnaire"),
        ("level: 4", "level: 6", "targets.AA1.level (line 10): must be at most 5"),
        (
            "{value: 2}",
            "{applies: false}",
            "practices.w1.ratings.PR1 (line 14): a practice that does not apply needs a reason",
        ),
        (
            "opened: 2026-03-02",
            "opened: 2026-02-30",
            "waves.w1.opened (line 8): is no day of the calendar; write it as 2026-03-31",
        ),
        ("rated_on: 2026-03-12", "rated_on: 12 March", f"practices.w1.rated_on (line 13): {NOT_A_NAME}"),
        (
            "closed: 2026-03-20",
            "closed: 2026-03-01",
            "waves.w1 (line 8): opened, closed and retain_until must follow one another",
        ),
        ("people: 20", "people: -1", "roles.EN.people (line 6): must be at least 0"),
        ("people: 20", 'people: "20"', "roles.EN.people (line 6): must be a whole number"),
        ("roles:\n", "privacy: {k: 4}\nroles:\n", "privacy.k (line 4): must be at least 5"),
        ("language: en", "language: en\nlanguge: en", "languge (line 3): unknown key; did you mean 'language'?"),
    ],
)
def test_a_wrong_setting_says_where_and_what(acme, tiny, old, new, problem):
    change(acme / "organisation.yaml", old, new)
    with pytest.raises(DefinitionError) as caught:
        load_organisation(acme, load_questionnaire(tiny))
    assert caught.value.problems == (problem,)
