"""The report in every language in a real browser: nothing runs over, no key shows, the language is named."""

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assessment.export.html import page_html, section_html
from assessment.sections import AUDIENCES, LANGUAGES, SECTIONS, words_for

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
OVERFLOWING = """() => [...document.querySelectorAll('th, td, h1, h2, h3, p, summary, li, dt, dd')]
    .filter(e => e.offsetParent && !e.closest('.scroll') && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.tagName + ': ' + e.textContent.slice(0, 60))"""
OVERLAPPING = """kind => [...document.querySelectorAll('svg.' + kind)].flatMap(svg => {
    const texts = [...svg.querySelectorAll('text')].filter(t => t.getBoundingClientRect().width);
    const boxes = texts.map(t => t.getBoundingClientRect()), found = [], frame = svg.getBoundingClientRect();
    boxes.forEach((a, i) => {
        if (a.right > frame.right + 2) found.push('cut: ' + texts[i].textContent);
        boxes.slice(i + 1).forEach((b, j) => {
            if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5)
                found.push(texts[i].textContent + ' / ' + texts[i + 1 + j].textContent);
        });
    });
    return found;
})"""


def load(name: str):
    found = importlib.util.spec_from_file_location(name, HERE.parent / f"{name}.py")
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(questionnaire, tmp_path_factory) -> dict[str, Path]:
    """The made-up organisation, with everything that the deepest report has, in each language."""
    results = load("sample_results").sample_results(questionnaire)
    folder, pages = tmp_path_factory.mktemp("pages"), {}
    for language in LANGUAGES:
        words = words_for(questionnaire, language=language, audience="consultant")
        drawn = [section for name in AUDIENCES["consultant"] if (section := SECTIONS[name](results, words))]
        page = page_html([section_html(section, words) for section in drawn], [], results, words)
        pages[language] = folder / f"{language}.html"
        pages[language].write_text(page, encoding="utf-8")
    return pages


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_over(browser, pages, language, width):
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(pages[language].as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.evaluate(OVERFLOWING) == []
    assert tab.evaluate(OVERLAPPING, "w" if width > 700 else "n") == []
    tab.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_named_and_no_key_shows(browser, pages, questionnaire, language):
    tab = browser.new_page()
    tab.goto(pages[language].as_uri())
    assert tab.evaluate("document.documentElement.lang") == language
    text = tab.evaluate("document.body.innerText")
    assert not re.search(r"[{}]|\b[a-z]+_[a-z_]+\b(?!\s*\d)", text.split("cut_offs")[0])
    names = [facet.name for facet in questionnaire.texts[language].facets.values()]
    assert all(name in text for name in names)
    tab.close()
