"""The report's sentences: none missing, none left over, in every language the same."""

import re
from pathlib import Path

import pytest
from babel import Locale

import assessment
from assessment.model.rule import parse
from assessment.sections.rules import rule_in_words
from assessment.sections.words import FOLDER, LANGUAGES, whole, words_for
from assessment.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    *(ROOT / "assessment" / "sections").glob("*.py"),
    *(ROOT / "assessment" / "export").glob("*.py"),
    *(ROOT / "reports" / "theme").glob("*.j2"),
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
ENGLISH = read_yaml(FOLDER / "en.yaml").data

LOAN_WORDS = ("Product operations",)
"""Terms that every language keeps in English."""


def forms_of(sentence):
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def one_of(sentence):
    """The form for one thing, which need not say its number."""
    return sentence if isinstance(sentence, str) else sentence["one"]


def places_in(text):
    return set(re.findall(r"\{(\w+)\}", text))


def places_out(text):
    return re.sub(r"\{\w+\}", "", text if isinstance(text, str) else text["other"])


def is_used(sentence: str) -> bool:
    """Find a sentence's id as it stands, or built from its beginning (`gap_` with a verdict)."""
    if re.search(rf"""["']{sentence}["']""", CODE):
        return True
    beginnings = set(re.findall(r"""f["'](\w+_)\{""", CODE)) | {"rule_gap_", "rule_count_"}
    endings = set(re.findall(r"""\}(_\w+)["']""", CODE))
    stem = sentence.removesuffix("_text")
    return any(stem.startswith(one) for one in beginnings) and (stem == sentence or "_text" in endings)


@pytest.mark.parametrize("sentence", ENGLISH)
def test_every_sentence_is_used(sentence):
    assert is_used(sentence)


def test_every_sentence_that_the_code_names_exists():
    named = set(re.findall(r"""(?:words|self)\.say\(\s*["'](\w+)["']""", CODE))
    assert named
    assert named <= ENGLISH.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_and_places(language):
    other = read_yaml(FOLDER / f"{language}.yaml").data
    assert other.keys() == ENGLISH.keys()
    for name, sentence in ENGLISH.items():
        expected = places_in(sentence if isinstance(sentence, str) else sentence["other"])
        assert all(places_in(form) == expected for form in forms_of(other[name]) if form != one_of(other[name])), name
        assert places_in(one_of(other[name])) <= expected, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_with_plurals_has_those_of_its_language(language):
    plurals = set(Locale.parse(language).plural_form.tags) | {"other"}
    for name, sentence in read_yaml(FOLDER / f"{language}.yaml").data.items():
        assert isinstance(sentence, str) or set(sentence) == plurals, name


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 point"),
        ("en", 2, "2 points"),
        ("pl", 1, "1 punkt"),
        ("pl", 3, "3 punkty"),
        ("pl", 12, "12 punktów"),
    ],
)
def test_points_are_counted_as_the_language_does(questionnaire, language, n, said):
    assert words_for(questionnaire, language=language, audience="leadership").points(n) == said


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "7.5", "20 November 2026"),
        ("sv", "7,5", "20 november 2026"),
        ("da", "7,5", "20. november 2026"),
        ("nl", "7,5", "20 november 2026"),
        ("de", "7,5", "20. November 2026"),
        ("pl", "7,5", "20 listopada 2026"),
    ],
)
def test_numbers_and_dates_are_local(questionnaire, language, number, day):
    words = words_for(questionnaire, language=language, audience="leadership")
    assert (words.decimal(7.5), words.number(7.5)) == (number, number)
    assert words.date("2026-11-20") == day


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_sentence_is_left_in_english(language):
    other = read_yaml(FOLDER / f"{language}.yaml").data
    same = [
        name
        for name, text in ENGLISH.items()
        if other[name] == text and len(re.findall(r"[a-z]{4,}", places_out(text))) > 1 and text not in LOAN_WORDS
    ]
    assert same == []


@pytest.mark.parametrize("source", ["patterns", "recommendations"])
def test_every_rule_can_be_read_aloud(questionnaire, source):
    words = words_for(questionnaire, language="en", audience="leadership")
    entries = getattr(questionnaire, source)
    rules = [e.when for e in entries] if source == "patterns" else [r for e in entries for r in e.when.any]
    assert rules
    for rule in rules:
        said = rule_in_words(str(parse(rule)), words)
        assert not re.search(r"\(|_|[<>]|\b(LE|PM|OO|PO)\d?[a-c]?\b", said), said


def test_a_rule_with_alternatives_says_or(questionnaire):
    words = words_for(questionnaire, language="en", audience="leadership")
    assert rule_in_words("OO1 < 60 | raw(OO3c) >= 3.5", words) == (
        "Measurable goals below 60, or answers to “After a launch, the team moves straight on to the next feature.” "
        "on the scale of five at least 3.5"
    )


@pytest.mark.parametrize(("value", "said"), [(49.5, "50"), (0.4, "0"), (-7.2, "−7"), (-0.4, "0"), (99.5, "100")])
def test_numbers_in_sentences_are_whole(value, said):
    assert whole(value) == said


def test_details_have_one_decimal_and_a_true_minus(questionnaire):
    words = words_for(questionnaire, language="en", audience="leadership")
    assert words.decimal(-7.25) in ("−7.2", "−7.3")
    assert (words.decimal(7.0), words.number(7.5), words.number(3.0)) == ("7.0", "7.5", "3")


def test_a_declared_group_is_named_by_its_roles(questionnaire):
    words = words_for(questionnaire, language="en", audience="leadership")
    assert words.group("DE+OPS") == "Designer or researcher + Product operations"
    assert words.group("other_roles") == "Other roles"


def test_the_version_is_one(questionnaire):
    assert assessment.load("product-led-maturity/0.1.0").fingerprint == questionnaire.fingerprint
