"""What goes out around a survey: true to the wave's settings, the same in every language, nothing but text."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from babel import Locale
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.errors import DefinitionError
from assessment.export.kit import ADMINISTRATORS, kit
from assessment.export.kit.settings import one_line
from assessment.export.kit.words import LANGUAGES, ROLES, TEXTS, documents
from assessment.model.organisation import Organisation
from assessment.yaml_text import read_yaml

LINK = "https://survey.example.org/s/a1?lang=en&form=2"
FILES = {"notice", "leader", "invitation", "reminder-1", "reminder-2", "thanks", "representatives", "faq", "dpia"}
TO_FILL = {"leader": 1, "dpia": 6}
"""The leader's own name; what the organisation alone can decide."""
MAILS = ("leader", "invitation", "reminder-1", "reminder-2", "thanks")
WITH_LINK = ("invitation", "reminder-1", "reminder-2")
COUNTED = {"people", "minutes", "period"}
OURS = {"link_to_fill", "contact_to_fill", *COUNTED}
"""Words that stand in the places of others."""
CLOSED = {
    "en": "25 September",
    "sv": "25 september",
    "da": "25. september",
    "nl": "25 september",
    "de": "25. September",
}
CLOSED |= {"pl": "25 września"}
SENTENCES = {language: read_yaml(TEXTS / f"{language}.yaml").data for language in LANGUAGES}
ENGLISH = SENTENCES["en"]


def client(name="Fjordlys Instruments", *, is_open=True, k=5, people=None, **more):
    people = {"EX": 6, "PM": 4, "EN": 20, "GTM": 8} if people is None else people
    roles = {
        role: {"people": n} | ({"open_group": True} if is_open and role == "EX" else {}) for role, n in people.items()
    }
    days = {"opened": "2026-09-07", "closed": "2026-09-25", "retain_until": "2028-03-31"}
    return Organisation(
        name=name,
        language="en",
        questionnaire="product-led-maturity/0.1.0",
        roles=roles,
        waves={"2026-q3": days, "2027-q1": {"closed": "2027-03-01"}},
        privacy={"k": k},
        **more,
    )


def written(questionnaire, of=None, *, language="en", administrator="consultant", link=LINK, **more):
    found = kit(
        of or client(),
        questionnaire,
        wave="2026-q3",
        language=language,
        administrator=administrator,
        link=link,
        **more,
    )
    return {Path(name).stem: content for name, content in found.items()}


def forms_of(sentence):
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def places_in(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence if isinstance(sentence, str) else sentence["other"]))


# languages


def test_the_six_languages_are_there():
    assert set(LANGUAGES) == {"en", "sv", "da", "nl", "de", "pl"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_and_places(language):
    assert list(SENTENCES[language]) == list(ENGLISH)
    for name, sentence in SENTENCES[language].items():
        assert places_in(sentence) == places_in(ENGLISH[name]), name


def test_every_sentence_is_used_and_every_one_named_exists():
    named = {name for of in documents().values() for _, lines in of for line in lines for name, _ in line} - {ROLES}
    assert named | OURS == ENGLISH.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_words_have_the_plurals_of_their_language(language):
    plurals = set(Locale.parse(language).plural_form.tags) | {"other"}
    counted = {name for name, sentence in SENTENCES[language].items() if not isinstance(sentence, str)}
    assert counted == COUNTED
    assert all(set(SENTENCES[language][name]) == plurals for name in counted)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_is_left_in_english(questionnaire, language):
    for name, sentence in SENTENCES[language].items():
        assert forms_of(sentence) != forms_of(ENGLISH[name]), name
    texts = " ".join(text for name, text in written(questionnaire, language=language).items() if name in FILES)
    assert not re.findall(r"\b(?:the|and|which|your|answers|people|about|from|nobody|[0-9]+ September)\b", texts)


@pytest.mark.parametrize(
    ("n", "noun", "said"), [(1, "people", "1 osoba"), (3, "people", "3 osoby"), (5, "people", "5 osób")]
)
def test_polish_counts_in_three_ways(n, noun, said):
    plural = Locale.parse("pl").plural_form(n)
    assert SENTENCES["pl"][noun][plural].format(n=n) == said


# settings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("administrator", ADMINISTRATORS)
def test_every_text_is_whole(questionnaire, language, administrator):
    found = written(questionnaire, language=language, administrator=administrator, contact="Ada, ada@example.org")
    assert found.keys() == {*FILES, "survey-link"}
    for name in FILES:
        assert not re.search(r"[{}]", found[name]), name
        assert found[name].count("[") == TO_FILL.get(name, 0), f"{name}: nothing else is left to fill in"
        assert not re.search(r"\n\n\n| \n|  |^- *$|^\s*$\n\Z", found[name]), name
        assert "Fjordlys Instruments" in found[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_of_the_wave_are_said(questionnaire, language):
    found = written(questionnaire, client(k=7), language=language, contact="Ada, ada@example.org")
    words, role = SENTENCES[language], questionnaire.texts[language].roles["EX"]
    for name in FILES - {"thanks", "faq", "leader", "dpia"}:
        assert CLOSED[language] in found[name], name
        assert "10 " in found[name], f"{name}: nine minutes and one for the items that are never scored"
    for name in WITH_LINK:
        assert LINK in found[name]
    for name in FILES - {"leader", "dpia"}:
        assert "ada@example.org" in found[name], name
    for name in ("notice", "invitation", "representatives", "faq", "dpia"):
        assert re.search(r"\b31\.? \w+ 2028", found[name]), f"{name}: until when answers are kept"
        assert role in found[name], f"{name}: the role that may be left out"
    for name in FILES:
        assert re.search(r"\b7 ", found[name]), f"{name}: the raised k"
        assert "5 " not in found[name].replace("25 ", "").replace("2026 ", ""), name
    assert words["leader_open"].format(floor=3) in found["leader"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_and_invitation_say_who_can_see_single_answers(questionnaire, language):
    ours = {
        name: SENTENCES[language][f"account_{name}"].format(organisation="Fjordlys Instruments")
        for name in ADMINISTRATORS
    }
    for administrator, other in (ADMINISTRATORS, ADMINISTRATORS[::-1]):
        found = written(questionnaire, language=language, administrator=administrator)
        for name in ("notice", "invitation", "representatives", "faq"):
            assert ours[administrator] in found[name]
            assert ours[other] not in found[name]
        said, unsaid = (SENTENCES[language][f"leader_{name}"].split("{")[0] for name in (administrator, other))
        assert said in found["leader"]
        assert unsaid not in found["leader"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_group_is_told_of_only_where_there_is_one(questionnaire, language):
    """Its floor is raised here, so that its number stands for nothing else."""
    raised = replace(questionnaire, policy=questionnaire.policy.model_copy(update={"open_group_floor": 4}))
    opened = written(raised, client(k=9), language=language)
    closed = written(raised, client(k=9, is_open=False), language=language)
    for name in FILES - {"thanks"}:
        assert re.search(r"\b4\b", opened[name]), name
        assert not re.search(r"\b4\b", closed[name]), name
    assert written(raised, client(k=9, people={"EX": 0, "EN": 12}), language=language)["notice"] == closed["notice"]


def test_everybody_is_reminded_and_nobody_tracked(questionnaire):
    found = written(questionnaire)
    for name in ("reminder-1", "reminder-2"):
        assert "goes to everybody who was invited, because nobody keeps track of who has answered" in found[name]
    assert "goes to all who were invited" in found["thanks"]


def test_what_cannot_be_promised_is_said(questionnaire):
    for name in ("invitation", "representatives", "faq"):
        said = written(questionnaire)[name]
        for part in ("what colleagues tell each other", "facts that do not come from the report", "about one another"):
            assert part in said
        assert "stolen and its disk is not encrypted" in said
    assert "Not in the strict sense" in written(questionnaire)["faq"]
    assert "has not been validated" in written(questionnaire)["representatives"]


def test_the_short_form_takes_its_own_minutes(questionnaire):
    assert "about 3 minutes" in written(questionnaire, form="pulse")["invitation"]
    assert "about 10 minutes" in written(questionnaire)["invitation"]


def test_roles_that_the_organisation_has_stand_with_examples(questionnaire):
    faq = written(questionnaire)["faq"]
    assert "- Engineer: Developer, tester, architect, data engineer, head of development\n" in faq
    assert "Designer or researcher" not in faq
    assert "Designer or researcher" in written(questionnaire, client(people={}))["faq"]
    assert "38 people in all" in written(questionnaire)["representatives"]
    assert "in all" not in written(questionnaire, client(people={}))["representatives"]


def test_a_questionnaire_that_declares_little_gets_whole_texts(questionnaire):
    bare = questionnaire.structure.model_copy(
        update={"minutes": {}, "reference_period_months": None, "status": "validated"}
    )
    found = written(replace(questionnaire, structure=bare))
    for name in FILES:
        assert "minutes" not in found[name].replace("minutes of", "")
        assert "last" not in found[name].replace("last reminder", "").replace("Last reminder", "")
        assert "validated" not in found[name]


# link and picture


def modules_of(picture):
    """Read the dark modules back from the path of the picture: lines of unit height, moves between them."""
    path = next(one for one in fromstring(picture).iter() if one.get("class") == "qrline").get("d")
    size = int(re.search(r"h(\d+)v", picture.decode()).group(1))
    dark, x, y = np.full((size, size), 255, dtype=np.uint8), 0.0, 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path):
        if kind == "M":
            x, y = float(first), float(second)
        elif kind == "m":
            x, y = x + float(first), y + float(second)
        else:
            dark[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
    return dark


def test_a_phone_reads_the_link_from_the_picture(questionnaire):
    reader = pytest.importorskip("zxingcpp")
    picture = written(questionnaire)["survey-link"]
    [code] = reader.read_barcodes(np.kron(modules_of(picture), np.ones((6, 6), dtype=np.uint8)))
    assert code.text == LINK


def test_the_picture_is_the_same_every_time_and_names_its_link(questionnaire):
    picture = written(questionnaire)["survey-link"]
    assert picture == written(questionnaire)["survey-link"]
    assert next(iter(fromstring(picture))).text == LINK


def test_without_link_and_contact_marks_stand_in_their_places(questionnaire):
    found = written(questionnaire, link=None)
    assert "survey-link" not in found
    assert "Survey: [survey link]" in found["invitation"]
    assert "Questions: [name and address for questions]" in found["faq"]


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("http://survey.example.org/a", "must begin with https://"),
        ("javascript:alert(1)", "must begin with https://"),
        ("https://", "must begin with https://"),
        ("https://survey.example.org/a b", "one address without blanks"),
        ("https://survey.example.org/a\nBcc: all", "one address without blanks"),
        ("https://survey.example.org/" + "a" * 500, "at most 500 characters"),
        ("https://ada:secret@survey.example.org/a", "before the '@'"),
        ("https://survey.example.org/a?lang=en&Token=x7", "'token' makes it one person's own link"),
        ("https://survey.example.org/form?Q_DL=abc", "'q_dl' makes it one person's own link"),
        ("https://[::1/a", "is no address"),
    ],
)
def test_a_link_that_cannot_go_to_everybody_is_refused(questionnaire, link, problem):
    with pytest.raises(DefinitionError) as refused:
        written(questionnaire, link=link)
    assert problem in str(refused.value)
    assert "secret" not in str(refused.value)


def test_all_problems_are_said_at_once(questionnaire):
    with pytest.raises(DefinitionError) as refused:
        kit(client(), questionnaire, wave="2027-q1", language="fi", administrator="nobody", link="ftp://x", form="long")
    assert len(refused.value.problems) == 5
    assert "waves.2027-q1 in organisation.yaml lacks opened, retain_until" in str(refused.value)
    assert "language: 'fi' is not one of da, de, en, nl, pl, sv" in str(refused.value)


def test_a_wave_that_nobody_wrote_lacks_its_days(questionnaire):
    with pytest.raises(DefinitionError, match="lacks opened, closed, retain_until"):
        kit(client(), questionnaire, wave="2028-q1", language="en", administrator="client")


# hostile names


def test_a_hostile_name_stays_text_in_its_place(questionnaire):
    hostile = "Acme {link} {0.__class__}\n\nBcc: all\r\n\u202e<script>x</script>\x1b[31m %s"
    calm = written(questionnaire, client("Acme"))
    found = written(questionnaire, client(hostile))
    shown = "Acme {link} {0.__class__} Bcc: all <script>x</script> [31m\u00a0%s"
    for name in FILES:
        assert shown in found[name]
        assert found[name].replace(shown, "Acme") == calm[name]


@pytest.fixture
def write(questionnaire):
    """Write for a name; unlike the questionnaire it is short when a failing example is printed."""
    return lambda name: written(questionnaire, client(name, is_open=False))


@given(name=st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and one_line(text)))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_adds_a_line(write, name):
    calm, found = write("Acme"), write(name)
    for file in FILES:
        assert len(found[file].splitlines()) == len(calm[file].splitlines())
        assert all(line.replace("\u00a0", " ").isprintable() for line in found[file].splitlines())


def test_a_name_without_a_visible_character_is_refused(write):
    with pytest.raises(DefinitionError, match="has no visible character"):
        write("\u202e\u200b")
