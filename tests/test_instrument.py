"""The shipped questionnaire: plain in every language, traced to its sources, with advice for every weakness."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from assessment.definitions.trace import read_trace, trace_problems
from assessment.yaml_text import read_yaml

SHIPPED = Path(__file__).resolve().parents[1] / "questionnaires" / "product-led-maturity" / "0.1.0"

LANGUAGES = ("en", "sv", "da", "nl", "de", "pl")
LONGEST = {
    "item": 110, "facet": 32, "dimension": 38, "role": 50, "level": 28, "pattern": 42, "anchor": 150, "meaning": 150,
    "title": 85, "owner": 80, "step": 200, "key result": 140, "avoid": 150, "freq5": 34, "share5": 34,
}  # fmt: skip
"""Characters that a place in the form or the report has room for."""
LOAN_WORDS = {
    "product", "manager", "managers", "owner", "operations", "roadmap", "backlog", "customer", "success", "okr",
    "feature", "release", "launch", "designer", "researcher", "team", "teams", "feedback", "support", "marketing",
}  # fmt: skip
NEGATIONS = {"not", "no", "never", "none", "without", "nobody", "nothing", "cannot", "don't", "isn't"}
CONJUNCTIONS = {"and", "or", "but", "as well as"}
TWO_WORDS_ONE_IDEA = {"PM2c", "PM3a", "OO3b", "PO3a", "PO3d", "OO1b", "PM1a"}
"""Items whose "or" or "and" joins names of one thing (sell or support, customer or business, dates and tasks)."""
ALLOWED_NO = {"PM1b"}
"""The item about saying no."""


def texts_of(questionnaire, language):
    """Every text with the kind of place where it stands."""
    words = questionnaire.texts[language]
    advice = words.advice
    for kind, texts in (
        ("item", words.items.values()),
        ("facet", (facet.name for facet in words.facets.values())),
        ("dimension", (dimension.name for dimension in words.dimensions.values())),
        ("role", words.roles.values()),
        ("level", words.levels.values()),
        ("pattern", (pattern.name for pattern in words.patterns.values())),
        ("anchor", (anchor for facet in words.facets.values() for anchor in facet.anchors.values())),
        ("meaning", (level for dimension in words.dimensions.values() for level in dimension.levels.values())),
        ("title", (entry.title for entry in advice.recommendations.values())),
        ("owner", (entry.owner for entry in advice.recommendations.values())),
        ("step", (step for entry in advice.recommendations.values() for step in entry.steps.values())),
        ("key result", (text for entry in advice.recommendations.values() for text in entry.key_results.values())),
        ("avoid", (entry.avoid for entry in advice.recommendations.values())),
        ("freq5", words.scales["freq5"].answers.values()),
        ("share5", words.scales["share5"].answers.values()),
    ):
        yield from ((kind, text) for text in texts)


def keys_of(written, prefix=""):
    """Every key at every depth."""
    for key, value in written.items() if isinstance(written, dict) else ():
        yield f"{prefix}{key}"
        yield from keys_of(value, f"{prefix}{key}.")


@pytest.mark.parametrize("part", ["", ".recommendations"])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_keys_and_places(language, part):
    english, other = (read_yaml(SHIPPED / "texts" / f"{code}{part}.yaml").data for code in ("en", language))
    assert list(keys_of(other)) == list(keys_of(english))
    for key in ("here_called",) if not part else ():
        assert re.findall(r"\{\w+\}", other[key]) == re.findall(r"\{\w+\}", english[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_its_place(questionnaire, language):
    too_long = [(kind, text) for kind, text in texts_of(questionnaire, language) if len(text) > LONGEST[kind]]
    assert too_long == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nothing_is_left_in_english(questionnaire, language):
    english = {text for _, text in texts_of(questionnaire, "en")}
    same = {text for _, text in texts_of(questionnaire, language)} & english
    assert {text for text in same if set(re.findall(r"[a-z]{3,}", text.lower())) - LOAN_WORDS} == set()


def test_each_file_says_how_far_it_has_come(questionnaire):
    status = {language: questionnaire.texts[language].status for language in LANGUAGES}
    assert status == {"en": "source"} | dict.fromkeys(LANGUAGES[1:], "draft")


def test_an_answer_label_means_one_answer_in_all_languages(questionnaire):
    """A file may mix languages: the same label may not stand for two answers of a scale."""
    for scale in ("freq5", "share5"):
        codes = defaultdict(set)
        for language in LANGUAGES:
            for code, label in questionnaire.texts[language].scales[scale].answers.items():
                codes[label.casefold()].add(code)
        assert {label: found for label, found in codes.items() if len(found) > 1} == {}


# The English items: one idea, no negation, short.


def test_items_are_short_and_say_one_thing(questionnaire):
    for item, sentence in questionnaire.texts["en"].items.items():
        words = re.findall(r"[\w'’]+", sentence.lower())
        assert len(words) <= 16, item
        assert not set(words) & NEGATIONS or item in ALLOWED_NO, item
        assert not set(words) & CONJUNCTIONS or item in TWO_WORDS_ONE_IDEA, item
        assert sentence.endswith("."), item


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_statement_holds_a_word_that_the_glossary_warns_of(questionnaire, language):
    avoid = {word.casefold() for word in read_yaml(SHIPPED / "glossary.yaml").data["avoid_in_statements"][language]}
    for item, sentence in questionnaire.texts[language].items.items():
        assert not avoid & set(re.findall(r"\w+", sentence.casefold())), item


def test_items_address_nobody(questionnaire):
    for item, sentence in questionnaire.texts["en"].items.items():
        assert not set(re.findall(r"\w+", sentence.lower())) & {"i", "my", "me", "you", "your", "we"}, item
    our = [item for item, sentence in questionnaire.texts["en"].items.items() if " our " in sentence]
    assert our == ["LE1a"]  # the vision that all share


# The shape that instrument.md promises.


def test_the_shape(questionnaire):
    assert [len(dimension.parts) for dimension in questionnaire.dimensions] == [4, 4, 4, 4]
    assert all(len(facet.items) == 3 for facet in questionnaire.facets.values())
    for facet in questionnaire.facets.values():
        assert sum(item.pulse for item in facet.items) == 1, facet.id
        assert sum(item.reversed for item in facet.items) <= 1, facet.id
        assert facet.id in {artefact.facet for artefact in questionnaire.evidence.items}, facet.id
        assert any(facet.id in entry.facets for entry in questionnaire.recommendations), facet.id
    assert len(questionnaire.practices.items) == 10
    assert len(questionnaire.evidence.items) == 20
    assert len(questionnaire.recommendations) == 40
    for role in questionnaire.roles:
        counts = [questionnaire.is_eligible(role, dimension.id) for dimension in questionnaire.dimensions]
        assert sum(counts) >= 2, role


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_facet_and_level_has_its_words(questionnaire, language):
    words = questionnaire.texts[language]
    assert all(set(facet.anchors) == {1, 2, 3, 4, 5} for facet in words.facets.values())
    assert all(set(dimension.levels) == {1, 2, 3, 4, 5} for dimension in words.dimensions.values())
    assert all(set(entry.steps) == {30, 60, 90} for entry in words.advice.recommendations.values())


# From the sources to what is asked.


def test_every_construct_of_the_sources_is_measured_or_advised_on(questionnaire):
    trace = read_trace(SHIPPED)
    assert list(trace_problems(trace, questionnaire)) == []
    assert Counter(construct.id.split("-")[0] for construct in trace.constructs) == {
        "000": 14, "001": 11, "002": 9, "003": 17, "004": 13, "tension": 7,
    }  # fmt: skip


def test_a_construct_that_points_to_nothing_is_found(questionnaire):
    trace = read_trace(SHIPPED)
    broken = trace.model_copy(update={"constructs": (trace.constructs[0].model_copy(update={"items": ("PM9z",)}),)})
    (problem,) = trace_problems(broken, questionnaire)
    assert "PM9z" in problem
    empty = trace.constructs[0].model_copy(update=dict.fromkeys(("items", "evidence", "advice", "facts"), ()))
    (problem,) = trace_problems(trace.model_copy(update={"constructs": (empty,)}), questionnaire)
    assert "nothing" in problem


def test_every_item_is_traced_to_a_source(questionnaire):
    named = {name for construct in read_trace(SHIPPED).constructs for name in construct.items}
    for item in questionnaire.items:
        assert item in named or questionnaire.facet_of[item] in named, item
