"""The page that is the questionnaire: what is in it, for whom, and that nothing in it can get out."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assessment.errors import DefinitionError
from assessment.export.form import form_page
from assessment.export.form.content import escaped
from assessment.export.form.paging import ITEMS_A_PAGE, pages_of_role
from assessment.export.form.words import FOLDER, form_words
from assessment.model.structure import Structure

LANGUAGES = ("en", "sv", "da", "nl", "de", "pl")
HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u2028{k}"
PLACEHOLDER = re.compile(r"\{[a-z]+\}")


def elements(page: str) -> list[tuple[str, dict[str, str], str]]:
    """Every element as a browser would see it: name, attributes, text."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [(e.tag, dict(e.attrib), e.text or "") for e in tree.iter() if isinstance(e.tag, str)]


def written(questionnaire, **options) -> str:
    given_options = {"organisation": "Acme", "wave": "2026-q4", "languages": ["en", "sv"], "open_group": False, "k": 5}
    return form_page(questionnaire, **{**given_options, **options})


def content(page: str) -> dict:
    return json.loads(next(text for _, given, text in elements(page) if given.get("id") == "content"))


def test_a_page_names_no_address_and_allows_none(questionnaire):
    page = written(questionnaire, languages=LANGUAGES)
    assert not re.search(r"https?:|[\"'(]//|@import|url\(", page)
    policy = next(a["content"] for _, a, _ in elements(page) if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not [a for _, given, _ in elements(page) for a in given if a.startswith("on") or a in {"style", "src"}]
    assert [a["href"] for tag, a, _ in elements(page) if tag == "link"] == ["data:,"]


@pytest.mark.parametrize("field", ["organisation", "wave", "teams"])
def test_hostile_names_stay_text(questionnaire, field):
    value = [HOSTILE] if field == "teams" else HOSTILE
    plain, hostile = elements(written(questionnaire)), elements(written(questionnaire, **{field: value}))
    assert [tag for tag, _, _ in hostile] == [tag for tag, _, _ in plain]
    held = content(written(questionnaire, **{field: value}))
    teams = [option for entry in held["context"] for option in entry["options"]]
    assert HOSTILE in (held["organisation"], held["wave"]) or " ".join(HOSTILE.split()) in teams


@given(st.text())
def test_embedded_content_ends_no_script_and_comes_back_whole(text):
    inside = escaped({"text": text})
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"text": text}


def test_same_input_same_bytes(questionnaire):
    assert written(questionnaire) == written(questionnaire)


@pytest.mark.parametrize("kind", ["full", "pulse"])
def test_each_role_is_shown_exactly_its_items_in_small_pages(questionnaire, kind):
    for role in questionnaire.roles:
        pages = pages_of_role(questionnaire, role, kind)
        shown = [item for page in pages for item in page]
        asked = {i.id for i in questionnaire.items.values() if i.is_asked_of(role) and (i.pulse or kind == "full")}
        assert len(shown) == len(set(shown))
        assert set(shown) == asked
        for page in pages:
            assert 1 <= len(page) <= ITEMS_A_PAGE
            assert len({questionnaire.dimension_of[item] for item in page}) == 1
            scales = [questionnaire.items[item].scale for item in page]
            assert len([a for a, b in pairwise(scales) if a != b]) < len(set(scales))


def test_a_facet_stays_together_where_it_fits(questionnaire):
    pages = pages_of_role(questionnaire, "PM", "full")
    assert [sorted(page) for page in pages] == [
        sorted(item.id for item in facet.items) for facet in questionnaire.facets.values()
    ]


def test_a_long_facet_takes_several_pages(questionnaire):
    items = [{"id": f"A{n}", "scale": "freq5"} for n in range(ITEMS_A_PAGE + 1)]
    structure = questionnaire.structure.model_dump(exclude={"dimensions"}) | {
        "dimensions": [{"id": "A", "items": items}]
    }
    long = replace(questionnaire, structure=Structure.model_validate(structure))
    assert [len(page) for page in pages_of_role(long, "PM", "full")] == [ITEMS_A_PAGE, 1]


def test_only_what_is_switched_on_is_asked(questionnaire):
    quiet, talking = content(written(questionnaire)), content(written(questionnaire, comments=True, teams=["A"]))
    names = [column["name"] for column in quiet["columns"]]
    assert names[:5] == ["respondent", "wave", "language", "role", "CTX3"]
    assert not {"team", "OPEN1", "OPEN2"} & set(names)
    assert {"team", "OPEN1", "OPEN2"} <= {column["name"] for column in talking["columns"]}


def test_every_form_has_a_column_for_every_item(questionnaire):
    for kind in ("full", "pulse"):
        names = {column["name"] for column in content(written(questionnaire, variant_of_form=kind))["columns"]}
        assert set(questionnaire.items) <= names


def test_the_short_form_asks_no_criterion_items(questionnaire):
    assert all(r["criterion"] == [] for r in content(written(questionnaire, variant_of_form="pulse"))["roles"])
    assert content(written(questionnaire))["roles"][0]["criterion"] == ["CR1", "CR2", "CR3", "CR4", "CR5"]


@pytest.mark.parametrize(("k", "shown", "raised"), [(5, 5, False), (8, 8, True), (2, 5, False)])
def test_the_group_rule_is_never_below_the_questionnaires_own(questionnaire, k, shown, raised):
    held = content(written(questionnaire, k=k))
    assert (held["k"], held["raised"]) == (shown, raised)


def test_only_the_leadership_role_can_be_open(questionnaire):
    held = content(written(questionnaire, open_group=True))
    assert [role["id"] for role in held["roles"] if role["open"]] == [questionnaire.leadership_role]
    assert held["floor"] == questionnaire.policy.open_group_floor
    assert not any(role["open"] for role in content(written(questionnaire))["roles"])


def test_each_survey_keeps_its_answers_in_a_place_of_its_own(questionnaire):
    changes = [{}, {"wave": "2027-q1"}, {"organisation": "Other"}, {"variant_of_form": "pulse"}]
    keys = {content(written(questionnaire, **change))["key"] for change in changes}
    assert len(keys) == len(changes)
    assert content(written(questionnaire, teams=["New"]))["key"] in keys, "a corrected list of teams loses no answers"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"languages": []}, "name at least one"),
        ({"languages": ["en", "xx"]}, "'xx' is none of"),
    ],
)
def test_what_cannot_be_written_is_refused(questionnaire, options, says):
    with pytest.raises(DefinitionError, match=says):
        written(questionnaire, **options)


def test_a_questionnaire_without_short_form_has_none(questionnaire):
    structure = questionnaire.structure.model_dump(exclude={"dimensions"}) | {
        "dimensions": [{"id": "A", "items": [{"id": "A1", "scale": "freq5"}]}]
    }
    with pytest.raises(DefinitionError, match="no item belongs to the pulse form"):
        written(replace(questionnaire, structure=Structure.model_validate(structure)), variant_of_form="pulse")


def test_a_language_that_the_form_does_not_have_is_named():
    with pytest.raises(DefinitionError, match="the form has no words in fr"):
        form_words(["en", "fr"])


def flat(written_words, place=()):
    for key, value in written_words.items():
        yield from flat(value, (*place, key)) if isinstance(value, dict) else [((*place, key), value)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_placeholders_of_english(language):
    own, english = (dict(flat(form_words([one])[one].model_dump())) for one in (language, "en"))
    assert own["language",] == language
    for place, sentence in english.items():
        assert sorted(PLACEHOLDER.findall(own[place])) == sorted(PLACEHOLDER.findall(sentence)), place


def test_no_sentence_is_left_in_english():
    english = dict(flat(form_words(["en"])["en"].model_dump()))
    for language in LANGUAGES[1:]:
        own = dict(flat(form_words([language])[language].model_dump()))
        same = {place for place, sentence in own.items() if sentence == english[place]}
        assert same <= {("start", "start")}, language


def test_there_are_words_for_every_language_of_the_questionnaire(questionnaire):
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(questionnaire.texts) == set(LANGUAGES)
    assert all(yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yaml"))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted([luminance(first), luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_defines_it():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_told_from_its_ground(scheme):
    style = (FOLDER.parent / "form.css").read_text(encoding="utf-8")
    colour = dict(
        re.findall(r"--([a-z0-9-]+):(#[0-9A-F]{6})", style.split("@media (prefers-color-scheme:dark)")[scheme])
    )
    words = [("ink", "ground"), ("ink-2", "ground"), ("accent", "ground"), ("wrong", "ground"), ("on-accent", "accent")]
    words += [("ink-2", "panel"), ("ink", "chosen"), ("ink-2", "chosen")]
    assert {pair: contrast(*map(colour.get, pair)) for pair in words if contrast(*map(colour.get, pair)) < 4.5} == {}
    assert contrast(colour["edge"], colour["ground"]) >= 3
    assert contrast(colour["accent"], colour["chosen"]) >= 3
