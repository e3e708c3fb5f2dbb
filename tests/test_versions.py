"""Questionnaires over time and for others: started, compared, translated, with variants and local words."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from assessment.cli.commands import app
from assessment.definitions import load_organisation, load_questionnaire
from assessment.definitions.versions import version_change
from assessment.errors import AssessmentError, DefinitionError
from assessment.model.local_words import with_local_words
from assessment.model.rule import parse
from assessment.model.structure import Dimension
from assessment.model.trigger import ids_in
from assessment.model.variants import with_variants
from assessment.yaml_text import read_yaml


def run(*arguments):
    outcome = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(outcome.exception, AssessmentError):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


# Variants.


def test_a_variant_stands_in_for_its_item_everywhere(questionnaire):
    without_sales = with_variants(questionnaire, ["no_sales"])
    assert "PM3b" not in without_sales.items
    variant = without_sales.items["PM3d"]
    assert (variant.reversed, variant.roles, variant.pulse) == (True, "all", False)
    assert without_sales.facet_of["PM3d"] == "PM3"
    assert ("PM3a", "PM3d") in without_sales.structure.opposite_pairs
    assert "PM3d" in without_sales.structure.mirror_items
    assert "PM3d" in without_sales.texts["sv"].mirror
    rules = [parse(rule) for entry in without_sales.recommendations for rule in entry.when.any]
    named = {name for rule in rules for name in ids_in(rule, without_sales)}
    assert "PM3d" in named
    assert "PM3b" not in named
    assert not any(
        "PM3b" in entry.model_dump_json() for entry in without_sales.texts["en"].advice.recommendations.values()
    )


def test_a_variant_is_another_method_but_its_neighbours_stay_comparable(questionnaire):
    one_team = with_variants(questionnaire, ["one_team"])
    change = version_change(questionnaire, one_team)
    assert one_team.fingerprint != questionnaire.fingerprint
    assert set(change.new) == {"PM2d", "PO1d", "PO2d", "PO3e"}
    assert set(change.gone) == {"PM2b", "PO1a", "PO2a", "PO3b"}
    assert len(change.same) == 44
    assert one_team.scale_of("PM2d") == questionnaire.scales["freq5"]


def test_no_variant_is_the_questionnaire_itself(questionnaire):
    assert with_variants(questionnaire, []) is questionnaire


def test_an_unknown_variant_or_word_is_named_with_its_line(questionnaire, tmp_path):
    text = "name: X\nlanguage: en\nquestionnaire: product-led-maturity/0.1.0\n"
    text += "variants: [two_teams]\nwords: {DEF9: board}\n"
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "organisation.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_organisation(folder, questionnaire)
    said = str(error.value)
    assert "two_teams" in said
    assert "one_team, no_sales" in said
    assert "DEF9" in said


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("[[PM, XX]]", "XX"),
        ("[[PM, DE], [DE, OPS]]", "DE stands in two groups"),
        ("[[EX, PM]]", "EX stays apart"),
        ("[[PM]]", "role_groups"),
    ],
)
def test_a_group_of_roles_is_checked(questionnaire, tmp_path, groups, said):
    folder = tmp_path / "x"
    folder.mkdir()
    text = f"name: X\nlanguage: en\nquestionnaire: product-led-maturity/0.1.0\nrole_groups: {groups}\n"
    (folder / "organisation.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_organisation(folder, questionnaire)


def test_local_words_stand_in_the_definition_and_in_no_statement(questionnaire):
    here = with_local_words(questionnaire, {"DEF3": "the management board"})
    for language, said in (("en", "Here called: the management board."), ("de", "the management board")):
        assert said in here.texts[language].definitions["DEF3"].text
        assert here.texts[language].items == questionnaire.texts[language].items
    assert here.fingerprint == questionnaire.fingerprint


# Versions.


def changed(questionnaire, **items):
    """The questionnaire with some items changed: `PM1a={"id": "PM1x"}`."""

    def facet(of):
        return of.model_copy(update={"items": tuple(i.model_copy(update=items.get(i.id, {})) for i in of.items)})

    dimensions = tuple(Dimension(id=d.id, facets=tuple(facet(f) for f in d.facets)) for d in questionnaire.dimensions)
    words = questionnaire.texts["en"]
    renamed = {items[old]["id"]: text for old, text in words.items.items() if "id" in items.get(old, {})}
    texts = {"en": words.model_copy(update={"items": words.items | renamed})}
    structure = questionnaire.structure.model_copy(update={"dimensions": dimensions})
    return replace(questionnaire, structure=structure, texts=texts, fingerprint="later")


def test_a_version_says_what_stays_comparable(questionnaire):
    later = changed(questionnaire, PM1a={"id": "PM1x"}, LE1a={"reversed": True}, OO1a={"scale": "freq5"})
    found = version_change(replace(questionnaire, texts={"en": questionnaire.texts["en"]}), later)
    assert (found.new, found.gone, found.changed) == (("PM1x",), ("PM1a",), ("LE1a", "OO1a"))
    assert len(found.same) == 45


def test_an_item_that_declares_to_be_the_same_stays_comparable_under_its_new_id(questionnaire):
    later = changed(questionnaire, PM1a={"id": "PM1x", "same_as": "PM1a"})
    found = version_change(questionnaire, later)
    assert ("PM1a", "PM1x") in found.same
    assert found.new == found.gone == ()


def test_a_changed_method_is_named(questionnaire):
    policy = questionnaire.policy.model_copy(update={"cut_offs": (20, 50, 70, 85)})
    assert version_change(questionnaire, replace(questionnaire, policy=policy)).method == ("policy: cut_offs",)


# Commands.


def test_a_new_questionnaire_is_valid_at_once(tmp_path):
    said = run("questionnaire", "new", "our-questions", "--workspace", tmp_path)
    folder = tmp_path / "questionnaires" / "our-questions" / "0.1.0"
    assert str(folder) in said
    assert len(load_questionnaire(folder).items) == 12
    assert "is in order: 12 items" in run("questionnaire", "check", "our-questions", "--workspace", tmp_path)
    with pytest.raises(DefinitionError, match="already"):
        run("questionnaire", "new", "our-questions", "--workspace", tmp_path)
    with pytest.raises(DefinitionError, match="already"):
        run("questionnaire", "new", "product-led-maturity", "--workspace", tmp_path)


@pytest.mark.parametrize("name", ["../x", "Über", "a b", ""])
def test_a_name_that_names_no_folder_is_refused(tmp_path, name):
    with pytest.raises(AssessmentError):
        run("questionnaire", "new", name, "--workspace", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_show_prints_every_statement_in_the_language_asked_for(questionnaire):
    said = run("questionnaire", "show", "product-led-maturity", "--language", "sv")
    assert all(text in said for item, text in questionnaire.texts["sv"].items.items() if item in questionnaire.items)
    assert "words in sv: draft" in said
    assert "(reversed)" in said
    with pytest.raises(DefinitionError, match="known are: da, de, en"):
        run("questionnaire", "show", "product-led-maturity", "--language", "fi")


def test_check_finds_a_construct_that_points_to_nothing(tmp_path, questionnaire):
    run("questionnaire", "new", "ours", "--workspace", tmp_path)
    folder = tmp_path / "questionnaires" / "ours" / "0.1.0"
    (folder / "trace.yaml").write_text('constructs:\n- {id: "tension-1", says: "a", items: [ZZ9]}\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match="ZZ9"):
        run("questionnaire", "check", "ours", "--workspace", tmp_path)


def test_diff_says_what_changed(tmp_path):
    run("questionnaire", "new", "ours", "--workspace", tmp_path)
    first = tmp_path / "questionnaires" / "ours" / "0.1.0"
    second = first.with_name("0.2.0")
    for path in [path for path in first.rglob("*") if path.is_file()]:
        text = path.read_text(encoding="utf-8").replace('"0.1.0"', '"0.2.0"').replace("AA1a", "AA1x")
        target = second / path.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    said = run("questionnaire", "diff", "ours/0.1.0", "ours/0.2.0", "--workspace", tmp_path)
    assert said.splitlines() == ["11 items stay comparable.", "New: AA1x", "Gone: AA1a"]


def test_a_translation_is_begun_and_breaks_nothing_before_it_is_done(tmp_path):
    run("questionnaire", "new", "ours", "--workspace", tmp_path)
    run("questionnaire", "translate", "ours", "--lang", "fi", "--workspace", tmp_path)
    folder = tmp_path / "questionnaires" / "ours" / "0.1.0"
    begun = read_yaml(folder / "texts" / "fi.todo.yaml").data
    assert (begun["language"], begun["status"]) == ("fi", "draft")
    assert begun["items"]["AA2b"] == "TODO: Ask how often a thing happens, not whether people agree."
    assert set(load_questionnaire(folder).texts) == {"en"}
    (folder / "texts" / "fi.todo.yaml").rename(folder / "texts" / "fi.yaml")
    assert set(load_questionnaire(folder).texts) == {"en", "fi"}
    for bad in ("fi", "finnish", "../x"):
        with pytest.raises(DefinitionError):
            run("questionnaire", "translate", "ours", "--lang", bad, "--workspace", tmp_path)
