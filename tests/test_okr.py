"""Key results read as a coach would: done, shipped or changed - labelled and asked about, never rejected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.recommendations.okr import KeyResultDraft, read_key_result, read_okr

EXAMPLES = [
    ("Antalet aktiva användare i månaden ökar med 10%", "change"),
    ("Klickfrekvensen på länkar i våra mejl ökar med 10%", "change"),
    ("Öka antalet inloggningar per månad med 10%", "change"),
    ("Intervjua 20 kunder och samla in feedback", "activity"),
    ("Öka den genomsnittliga tiden som en användare är aktiv i plattformen med 10%", "change"),
    ("Öka antalet återkommande användare (retention) med 10%", "change"),
]
"""The six key results of the Swedish source document on OKRs."""
LANGUAGES = ("en", "sv", "da", "nl", "de", "pl")


def read(questionnaire, text, *, language="en", **more):
    words = questionnaire.texts[language].advice.okr_words
    return read_key_result(KeyResultDraft(text, **more), words, language=language)


@pytest.mark.parametrize(("text", "label"), EXAMPLES)
def test_the_examples_of_the_source_document(questionnaire, text, label):
    assert read(questionnaire, text, language="sv").label == label


def test_none_of_the_examples_says_where_it_starts(questionnaire):
    """Even the good ones: 10 % more than what, and until when?"""
    for text, _ in EXAMPLES:
        assert {"baseline", "date"} <= set(read(questionnaire, text, language="sv").missing)


@pytest.mark.parametrize(
    ("language", "text", "label", "word"),
    [
        ("en", "Talk with 20 customers", "activity", "talk"),
        ("en", "Launch the new onboarding", "delivery", "launch"),
        ("en", "Weekly active teams rise from 12 to 20 by Q3", "change", "rise"),
        ("en", "Better onboarding", "unclear", None),
        ("en", "Share of managers trained rises to 80%", "change", "rises"),
        ("sv", "Lansera en ny app", "delivery", "lansera"),
        ("da", "Andelen af kunder, der vender tilbage, stiger fra 30 til 40 %", "change", "stiger"),
        ("nl", "20 klanten interviewen", "activity", "interviewen"),
        ("de", "Zahl der Supportfälle sinkt von 40 auf 20", "change", "sinkt"),
        ("pl", "Liczba zgłoszeń spada z 40 do 20", "change", "spada"),
    ],
)
def test_the_first_word_that_fits_decides(questionnaire, language, text, label, word):
    found = read(questionnaire, text, language=language)
    assert (found.label, found.word) == (label, word)


def test_says_what_is_missing_to_measure_it(questionnaire):
    assert read(questionnaire, "Better onboarding").missing == ("number", "direction", "baseline", "date")
    whole = read(questionnaire, "Weekly active teams rise from 12 to 20 by September")
    assert (whole.missing, whole.is_measurable) == ((), True)
    assert read(questionnaire, "Weekly active teams rise to 20 in Q3").missing == ("baseline",)
    given_apart = read(questionnaire, "Weekly active teams", baseline=12, target=20, due="2027-03-31")
    assert (given_apart.label, given_apart.missing) == ("change", ())


def test_a_year_is_no_target(questionnaire):
    assert "number" in read(questionnaire, "Happier customers in 2027").missing


def test_an_author_may_say_otherwise_with_a_reason(questionnaire):
    said = {"label": "change", "reason": "the interviews are what the customers asked for"}
    found = read(questionnaire, "Interview 20 customers", **said)
    assert (found.label, found.agreed) == ("activity", "change")
    assert read(questionnaire, "Interview 20 customers", label="change").agreed == "activity"  # without a reason


def test_an_okr_is_asked_for_a_change_for_one_score_and_for_its_start(questionnaire):
    words = questionnaire.texts["en"].advice.okr_words
    drafts = [KeyResultDraft("Launch the app"), KeyResultDraft("Score on LE1a", is_score=True, baseline=40, target=40)]
    found = read_okr([*drafts, KeyResultDraft("Score on LE1b", is_score=True)], words, language="en")
    assert found.notes == ("no_change", "several_scores", "no_baseline")
    good = [KeyResultDraft("Weekly active teams rise from 12 to 20 by September")]
    assert read_okr(good, words, language="en").notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_result_of_the_catalogue_has_its_label_or_a_reason(questionnaire, language):
    advice = questionnaire.texts[language].advice
    for entry in questionnaire.recommendations:
        for result in entry.key_results:
            text = advice.recommendations[entry.id].key_results[result.id]
            label = read(questionnaire, text, language=language).label
            assert label == result.kind or result.because, f"{result.id} reads as {label}: {text}"


def test_no_reason_stands_where_every_language_agrees(questionnaire):
    for entry in questionnaire.recommendations:
        for result in entry.key_results:
            texts = [
                questionnaire.texts[code].advice.recommendations[entry.id].key_results[result.id] for code in LANGUAGES
            ]
            labels = {
                read(questionnaire, text, language=code).label for code, text in zip(LANGUAGES, texts, strict=True)
            }
            assert result.because is None or labels != {result.kind}, result.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_says_two_things_and_every_question_is_there(questionnaire, language):
    words = questionnaire.texts[language].advice.okr_words
    every = [word for of in (words.activity, words.delivery, words.rise, words.fall, words.baseline) for word in of]
    assert len(every) == len({word.casefold() for word in every})
    assert all(word == word.lower() for word in every)
    asks = questionnaire.texts[language].advice.okr_asks
    assert set(asks) == {"activity", "delivery", "unclear", "no_change", "several_scores", "no_baseline"}


@given(text=st.text(max_size=80))
def test_nothing_is_ever_rejected(questionnaire, text):
    assert read(questionnaire, text).label in {"activity", "delivery", "change", "unclear"}
