"""The page in a real browser: every width, print, keyboard, no network."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, page, request) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    tab = context.new_page()
    tab.told = []
    tab.on("console", lambda message: tab.told.append(message.text))
    tab.on("request", lambda asked: tab.told.append(asked.url) if not asked.url.startswith("file:") else None)
    tab.goto(page.as_uri())
    yield tab
    context.close()


@pytest.mark.parametrize("opened", [400, 700, 1000, 1280], indirect=True)
def test_nothing_scrolls_sideways_and_nothing_complains(opened):
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert opened.told == []


@pytest.mark.parametrize("opened", [400, 1280], indirect=True)
def test_one_drawing_of_each_figure_is_seen(opened):
    wide, narrow = (opened.locator(f"svg.{kind}:visible").count() for kind in ("w", "n"))
    assert sorted([wide, narrow])[0] == 0
    assert max(wide, narrow) >= 3


@pytest.mark.parametrize("opened", [400, 1280], indirect=True)
def test_every_number_in_the_heat_table_stands_on_one_line(opened):
    heights = opened.evaluate("[...document.querySelectorAll('.heat td b')].map(b => b.getBoundingClientRect().height)")
    assert heights
    assert max(heights) < 30


def test_the_style_applies_under_its_own_policy(opened):
    assert opened.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"


def test_details_open_by_keyboard(opened):
    summary = opened.locator("#T-PM > summary")
    summary.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#T-PM table").is_visible()


@pytest.mark.parametrize(("opened", "kind"), [(1280, "w"), (400, "n")], indirect=["opened"])
def test_text_in_charts_does_not_run_over(opened, kind):
    overlaps = opened.evaluate(
        """kind => { let n = 0; for (const svg of document.querySelectorAll('svg.' + kind)) {
            const boxes = [...svg.querySelectorAll('text')].map(t => t.getBoundingClientRect());
            for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
                const [a, b] = [boxes[i], boxes[j]];
                const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (w > 3 && h > 6) n++; } } return n; }""",
        kind,
    )
    assert overlaps == 0


@pytest.mark.parametrize("opened", [400], indirect=True)
def test_nothing_has_to_be_scrolled_sideways_by_keyboard(opened):
    assert opened.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")


def test_every_printed_page_says_what_it_is(opened):
    printed = pypdf.PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True, print_background=True)))
    for page in printed.pages:
        said = " ".join(page.extract_text().split())
        assert "Simulated example · Unvalidated questionnaire, version 0.1.0." in said


def test_page_one_prints_on_one_page_and_every_heading_is_in_the_print(opened):
    printed = pypdf.PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True, print_background=True)))
    pages = [page.extract_text() for page in printed.pages]
    assert "One question for the meeting" in pages[0]
    assert "people rate their own place" in pages[0].replace("\n", " ")
    assert "How to read this" in pages[1]
    whole = " ".join(pages).replace("\n", " ")
    for heading in opened.locator("h2 .msg").all_inner_texts():
        assert " ".join(heading.split()) in " ".join(whole.split())


def test_the_page_is_readable_in_the_dark(browser, page):
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(page.as_uri())
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(17, 23, 30)"
    context.close()
