"""The form in a real browser, filled in by keyboard alone; the file that comes out is what was answered."""

import csv
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assessment.export.form import form_page
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.responses import read_answers

pytestmark = pytest.mark.browser

ORGANISATION = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>"
TEAMS = [
    "Payments, cards & loans",
    '=HYPERLINK("http://example.org")',
    "<img src=x onerror=window.hit=1>",
    "Søk; «ÅÄÖ»",
]
COMMENT = '=1+1; "quoted"\n,second line <b>'
LANGUAGES = ("en", "sv", "da", "nl", "de", "pl")
JOURNEYS = [
    ("EX", "en", "sv"),
    ("PM", "sv", "pl"),
    ("EN", "da", "nl"),
    ("DE", "nl", "de"),
    ("GTM", "de", "en"),
    ("OPS", "pl", "da"),
]
WIDTHS = [1280, 400, 320]
MOST_TABS = 150


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, questionnaire: Questionnaire, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a form from a file, offline; what it asks of the network or complains about is kept in `told`."""
    contexts = []

    def opener(*, width=1280, locale="en", script="", scheme="light", motion="no-preference", **options) -> Page:
        settings = {"organisation": ORGANISATION, "wave": "2026-q4", "languages": LANGUAGES, "teams": TEAMS}
        file = tmp_path / "form.html"
        page = form_page(questionnaire, **{**settings, "open_group": True, "k": 5, "comments": True, **options})
        file.write_text(page, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            offline=True,
            locale=locale,
            color_scheme=scheme,
            reduced_motion=motion,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.told = []
        tab.on("console", lambda message: tab.told.append(message.text))
        tab.on("pageerror", lambda error: tab.told.append(str(error)))
        tab.on("dialog", lambda dialog: tab.told.append(dialog.message))
        tab.on(
            "request", lambda r: tab.told.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None
        )
        if script:
            tab.add_init_script(script)
        tab.goto(file.as_uri())
        return tab

    yield opener
    for context in contexts:
        context.close()


def focused(tab: Page) -> Mapping[str, str]:
    return tab.evaluate(
        "(({tagName, id, name, value, className}) => ({tagName, id, name, value, className}))(document.activeElement)"
    )


def tab_to(tab: Page, is_there: Callable[[Mapping[str, str]], bool]) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if is_there(focused(tab)):
            return
        tab.keyboard.press("Tab")
    raise AssertionError("cannot be reached by keyboard")


def press_main(tab: Page) -> None:
    tab_to(tab, lambda e: e["tagName"] == "BUTTON" and "main" in e["className"])
    tab.keyboard.press("Enter")


def choose(tab: Page, name: str, value: object) -> None:
    """Go to a group of radio buttons and, by the arrow keys, to the one with this value."""
    tab_to(tab, lambda e: e["name"] == name)
    tab.keyboard.press("Space")
    for _ in range(10):
        if focused(tab)["value"] == str(value):
            return
        tab.keyboard.press("ArrowDown")
    raise AssertionError("no such answer")


def names_on(tab: Page) -> list[str]:
    return tab.evaluate("[...new Set([...document.querySelectorAll('main input')].map(i => i.name))]")


def answer_page(tab: Page, plan: Mapping[str, int | None]) -> None:
    for name in names_on(tab):
        if plan.get(name) is not None:
            choose(tab, name, plan[name])


def switch_language(tab: Page, language: str) -> None:
    tab_to(tab, lambda e: e["id"] == "language")
    tab.keyboard.press("Home")
    for _ in LANGUAGES:
        if tab.locator("#language").input_value() == language:
            break
        tab.keyboard.press("ArrowDown")
    assert tab.locator("html").get_attribute("lang") == language
    assert focused(tab)["id"] == "language", "the focus stays where the person is"


def saved(tab: Page, folder: Path) -> Path:
    with tab.expect_download() as download:
        press_main(tab)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def row_of(path: Path) -> dict[str, str]:
    (row,) = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return row


def expected(questionnaire: Questionnaire, role: str, plan: Mapping[str, int | None]) -> dict[str, int]:
    return {
        item.id: (NOT_ANSWERED if plan.get(item.id) is None else plan[item.id]) if item.is_asked_of(role) else NOT_ASKED
        for item in questionnaire.items.values()
    }


def planned(questionnaire: Questionnaire, seed: str) -> dict[str, int | None]:
    chance = random.Random(seed)
    items = [*questionnaire.items, *(item.id for item in questionnaire.structure.criterion.items)]
    return {item: chance.choice([1, 2, 3, 4, 5, 5, CANNOT_TELL, None]) for item in items}


@pytest.mark.parametrize("journey", JOURNEYS, ids=[j[0] for j in JOURNEYS])
def test_what_is_answered_by_keyboard_is_what_is_imported(opened, questionnaire, tmp_path, journey):
    role, first, second = journey
    plan, team = planned(questionnaire, role), TEAMS[JOURNEYS.index(journey) % len(TEAMS)]
    tab = opened(locale=first)
    assert tab.locator("html").get_attribute("lang") == first
    press_main(tab)
    choose(tab, "role", role)
    press_main(tab)
    for _ in range(3):
        press_main(tab)
        answer_page(tab, plan)
    place = tab.locator("h1").inner_text()
    tab.reload()
    press_main(tab)
    assert tab.locator("h1").inner_text() == place, "goes on where it stopped"
    switch_language(tab, second)
    for name in names_on(tab):
        chosen = tab.locator(f"input[name={name}]:checked")
        assert [int(v) for v in chosen.evaluate_all("all => all.map(i => i.value)")] == [plan[name]] * (
            plan[name] is not None
        )
    while not tab.locator("textarea").count():
        answer_page(tab, plan)
        press_main(tab)
    answer_page(tab, {name: plan.get(name) for name in names_on(tab) if name.startswith("CR")})
    choose(tab, "CTX2", team)
    choose(tab, "CTX3", "1_to_3")
    switch_language(tab, second)
    tab_to(tab, lambda e: e["id"] == "OPEN1")
    tab.keyboard.insert_text(COMMENT)
    press_main(tab)
    path = saved(tab, tmp_path)

    answers = read_answers(path, questionnaire)
    (read,) = answers.codes.to_dict("records")
    assert {item: read[item] for item in questionnaire.items} == expected(questionnaire, role, plan)
    assert (read["role"], read["team"]) == (role, team)
    assert answers.rejected == ()
    row = row_of(path)
    assert (row["language"], row["wave"], row["CTX3"]) == (second, "2026-q4", "1_to_3")
    assert row["OPEN1"] == "'" + " ".join(COMMENT.split())
    assert row["OPEN2"] == ""
    assert {n: row[n] for n in plan if n.startswith("CR")} == {
        n: str(plan[n] or "") for n in plan if n.startswith("CR")
    }
    assert tab.told == []
    assert tab.evaluate("window.hit") is None


def state(tab: Page, **parts: object) -> str:
    """Put a state into the browser's storage as the form keeps it, and open the form on it."""
    key = tab.evaluate("JSON.parse(document.getElementById('content').textContent).key")
    tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(parts)])
    tab.reload()
    return key


@pytest.mark.parametrize("kind", ["full", "pulse"])
def test_files_of_a_workshop_are_read_one_by_one_and_put_together(opened, questionnaire, tmp_path, kind):
    tab = opened(variant_of_form=kind)
    paths, wanted = [], {}
    for n in range(12):
        role = list(questionnaire.roles)[n % len(questionnaire.roles)]
        plan = planned(questionnaire, f"{kind}{n}")
        codes = {item: code for item, code in plan.items() if code is not None}
        respondent = f"r{n:020x}"
        state(
            tab, id=respondent, role=role, step=99, codes=codes, about={"CTX2": TEAMS[n % 4]}, open={"OPEN1": COMMENT}
        )
        press_main(tab)
        paths.append(saved(tab, tmp_path / str(n)))
        asked = {i.id for i in questionnaire.items.values() if i.pulse or kind == "full"}
        wanted[respondent] = {
            item: code if item in asked else NOT_ASKED for item, code in expected(questionnaire, role, plan).items()
        }
    together = tmp_path / "together.csv"
    texts = [path.read_text(encoding="utf-8") for path in paths]
    together.write_text(
        "".join([texts[0], *(text.partition("\n")[2] for text in texts[1:])]), encoding="utf-8", newline=""
    )
    one_by_one = {
        r["respondent"]: r for path in paths for r in read_answers(path, questionnaire).codes.to_dict("records")
    }
    at_once = {r["respondent"]: r for r in read_answers(together, questionnaire).codes.to_dict("records")}
    assert one_by_one == at_once
    assert {name: {item: row[item] for item in questionnaire.items} for name, row in at_once.items()} == wanted


def test_a_change_of_role_leaves_no_answer_that_the_role_is_not_asked(opened, questionnaire, tmp_path):
    tab = opened()
    state(tab, role="GTM", step=99, codes=dict.fromkeys(questionnaire.items, 3))
    press_main(tab)
    row = row_of(saved(tab, tmp_path))
    asked = {item.id for item in questionnaire.items.values() if item.is_asked_of("GTM")}
    assert {item for item in questionnaire.items if row[item] == "3"} == asked


@pytest.mark.parametrize(
    "parts",
    [
        {"role": "XX", "codes": 7, "about": None, "open": [], "step": -4, "language": "xx", "id": "<b>"},
        {"role": "PM", "codes": {"LE1a": 9, "LE1b": "4", "__proto__": 3, "XX": 1, "LE1c": None}, "step": "x"},
        {
            "role": "PM",
            "about": {"CTX2": "not listed", "CTX3": "x"},
            "open": {"OPEN1": 3, "other": "text"},
            "step": 1e99,
        },
    ],
)
def test_a_damaged_or_foreign_state_is_taken_over_only_as_far_as_it_fits(opened, tmp_path, questionnaire, parts):
    tab = opened()
    state(tab, **parts)
    press_main(tab)
    if tab.locator("input[name=role]").count() and not tab.locator("input:checked").count():
        choose(tab, "role", "PM")
    while tab.locator("button[type=submit]").count():
        press_main(tab)
    row = row_of(saved(tab, tmp_path))
    assert row["role"] == "PM"
    assert row["respondent"].startswith("r")
    assert {row[item] for item in questionnaire.items} == {""}
    assert row["team"] == row["CTX3"] == row["OPEN1"] == ""
    assert tab.told == []


def test_text_in_storage_that_is_no_state_starts_a_new_form(opened):
    tab = opened()
    key = tab.evaluate("JSON.parse(document.getElementById('content').textContent).key")
    tab.evaluate("key => localStorage.setItem(key, '{')", key)
    tab.reload()
    press_main(tab)
    assert tab.locator("input[name=role]").count() == 6


def test_one_name_is_kept_until_it_is_cleared_and_nothing_else(opened):
    tab = opened()
    stored = "[Object.keys(localStorage).length, sessionStorage.length, document.cookie.length]"
    assert tab.evaluate(stored) == [0, 0, 0], "nothing before the start"
    press_main(tab)
    choose(tab, "role", "PM")
    assert tab.evaluate(stored) == [1, 0, 0]
    first = tab.evaluate("Object.values(localStorage)[0]")
    tab.locator("footer button").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("dialog").is_visible()
    tab.keyboard.press("Escape")
    assert tab.evaluate(stored) == [1, 0, 0], "Escape keeps the answers"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    press_main(tab)
    assert tab.evaluate(stored) == [0, 0, 0]
    tab.locator("[role=status]", has_text="have been cleared").wait_for()
    assert focused(tab)["tagName"] == "H1"
    press_main(tab)
    second = tab.evaluate("Object.values(localStorage)[0]")
    assert json.loads(second)["id"] != json.loads(first)["id"], "the next person has another id"
    assert json.loads(second)["role"] is None


def test_where_nothing_can_be_kept_the_form_says_so_and_works(opened, tmp_path, questionnaire):
    broken = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    tab = opened(script=broken)
    assert "cannot keep" in tab.locator("main").inner_text()
    press_main(tab)
    choose(tab, "role", "PM")
    while tab.locator("button[type=submit]").count():
        press_main(tab)
    assert "cannot keep" in tab.locator("footer").inner_text()
    assert len(read_answers(saved(tab, tmp_path), questionnaire).codes) == 1


def test_an_answer_can_be_taken_back_by_keyboard(opened):
    tab = opened()
    state(tab, role="PM", step=2, codes={"LE1a": 4})
    press_main(tab)
    heights = "[...document.querySelectorAll('fieldset')].map(f => f.getBoundingClientRect().top)"
    before = tab.evaluate(heights)
    tab_to(tab, lambda e: "back" in e["className"])
    tab.keyboard.press("Enter")
    assert not tab.locator("input[name=LE1a]:checked").count()
    assert focused(tab)["name"] == "LE1a"
    assert tab.locator("button.back").first.is_hidden()
    assert json.loads(tab.evaluate("Object.values(localStorage)[0]"))["codes"] == {}
    assert tab.evaluate(heights) == before, "nothing moves under the finger"


def test_the_role_is_asked_for_and_nothing_else_is(opened):
    tab = opened()
    press_main(tab)
    press_main(tab)
    assert tab.locator("[role=alert]").is_visible()
    assert focused(tab)["name"] == "role"
    choose(tab, "role", "EX")
    assert tab.locator("[role=alert]").is_hidden()
    titles = []
    while tab.locator("button[type=submit]").count():
        press_main(tab)
        assert focused(tab)["tagName"] == "H1"
        assert tab.evaluate("window.scrollY") == 0
        titles.append(tab.title())
    assert len(set(titles)) == len(titles), "every page says where one is"
    assert tab.locator(".counts dd").all_inner_texts() == ["0", "0", "39"]
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert focused(tab)["name"] == "LE1a", "leads to the first statement left blank"


def test_the_browsers_back_button_goes_back_a_page(opened):
    tab = opened()
    press_main(tab)
    choose(tab, "role", "PM")
    press_main(tab)
    tab.go_back()
    assert tab.locator("input[name=role]:checked").get_attribute("value") == "PM"
    tab.go_forward()
    assert tab.locator(".terms dt").count() == 5


def test_definitions_stand_before_the_first_statement_and_examples_beside_the_roles(opened, questionnaire):
    tab = opened(languages=["sv"])
    words = questionnaire.words("sv")
    press_main(tab)
    assert tab.locator("#language").count() == 0, "one language leaves nothing to choose"
    for example in words.role_examples.values():
        assert tab.get_by_text(example, exact=True).is_visible()
    choose(tab, "role", "EX")
    press_main(tab)
    assert tab.locator("dd").all_inner_texts() == [entry.text for entry in words.definitions.values()]


@pytest.mark.parametrize(("is_open", "k"), [(True, 5), (False, 8)])
def test_before_the_start_it_says_who_sees_what(opened, is_open, k):
    tab = opened(open_group=is_open, k=k)
    said = tab.locator("main").inner_text()
    assert "meant only for the person who runs this survey" in said
    assert f"groups of at least {k} people" in said
    assert ("at least 3 of them answer" in said) is is_open
    assert said.strip().endswith("Start"), "the button stands below what it asks to agree to"


def test_the_share_sheet_gets_the_same_file(opened, tmp_path):
    stub = """navigator.canShare = ({files}) => files.length === 1;
        navigator.share = async ({files}) => {
            window.given = [files[0].name, files[0].type, await files[0].text()]; };"""
    tab = opened(script=stub)
    state(tab, role="PM", step=99, codes={"LE1a": 4})
    press_main(tab)
    path = saved(tab, tmp_path)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_function("window.given")
    assert tab.evaluate("window.given") == [path.name, "text/csv", path.read_bytes().decode()]


def every_page(tab: Page) -> Iterator[str]:
    """Walk through the form as a leader; on each page something is answered."""
    yield "start"
    press_main(tab)
    press_main(tab)
    yield "role, with its error"
    choose(tab, "role", "EX")
    while tab.locator("button[type=submit]").count():
        press_main(tab)
        for name in names_on(tab)[:1]:
            tab.locator(f"input[name={name}]").nth(1).check()
        for closed in tab.locator("summary").all():
            closed.click()
        yield tab.locator("h1").inner_text()
    tab.locator("footer button").click()
    yield "the question before clearing"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", ["de", "pl"])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(opened, width, locale):
    tab = opened(width=width, locale=locale)
    small = """[...document.querySelectorAll('label.choice, button, select, summary, textarea')]
        .map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width && (b.height < 44 || b.width < 44))
        .map(([e, b]) => `${e.tagName} ${e.textContent.slice(0, 20)} ${b.width} ${b.height}`)"""
    for place in every_page(tab):
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
        assert tab.evaluate(small) == [], place


@pytest.mark.parametrize("width", WIDTHS)
def test_cannot_tell_stands_after_the_scale_and_apart(opened, width):
    tab = opened(width=width)
    state(tab, role="PM", step=2)
    press_main(tab)
    boxes = [box.bounding_box() for box in tab.locator("fieldset").first.locator("label.choice").all()]
    start, size = ("x", "width") if width > 700 else ("y", "height")
    gaps = [after[start] - before[start] - before[size] for before, after in pairwise(boxes)]
    assert len(boxes) == 6
    assert gaps[-1] >= 3 * max(gaps[:-1])
    assert tab.locator("fieldset input").nth(5).get_attribute("value") == str(CANNOT_TELL)


def test_nothing_moves_for_those_who_ask_for_that(opened):
    lasts = "getComputedStyle(document.querySelector('button')).transitionDuration"
    assert opened(motion="reduce").evaluate(lasts) == "0s"
    assert opened().evaluate(lasts) != "0s"


def test_every_group_and_field_has_a_name_and_every_reference_exists(opened):
    tab = opened()
    nameless = """[...document.querySelectorAll('fieldset, textarea, select, progress')].filter(e =>
        !(e.matches('fieldset') ? e.querySelector(':scope > legend').textContent.trim()
            : e.labels?.length || e.ariaLabelledByElements))
        .map(e => e.outerHTML)"""
    dangling = """[...document.querySelectorAll('[aria-describedby], [aria-labelledby], [for]')].flatMap(e =>
        ['aria-describedby', 'aria-labelledby', 'for'].flatMap(a => (e.getAttribute(a) || '').split(' ')))
        .filter(id => id && !id.startsWith('ask-') && document.querySelectorAll(`[id="${id}"]`).length !== 1)"""
    for place in every_page(tab):
        assert tab.evaluate(nameless) == [], place
        assert tab.evaluate(dangling) == [], place
        assert tab.locator("h1").count() == 1, place


@pytest.fixture(scope="session")
def rules() -> str:
    """The rules of axe-core, which `make test` installs."""
    rules = Path(__file__).resolve().parent / "node_modules" / "axe-core" / "axe.min.js"
    if not rules.is_file() and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed; make test installs it")
    return rules.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing(opened, rules, width, scheme):
    tab = opened(width=width, scheme=scheme, motion="reduce")
    tab.evaluate(rules)
    for place in every_page(tab):
        found = tab.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        assert found == [], place
