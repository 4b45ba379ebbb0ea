"""The HTML report in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.diff import diff as compare
from extractor.report import render_html, write_file
from extractor.schemas import Run
from tests.browser import CHROMIUM, MISSING, Browser, Look, violations
from tests.report_samples import HOSTILE, background, diff, meeting, saying

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

LOW_CONTRAST = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...colour].map((c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({opacityProperty: true})) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.push(walker.currentNode.data.trim());
  }
  return low;
})()
"""


EVERY_FOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true })"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser.start() as started:
        yield started


@pytest.fixture
def report(tmp_path: Path) -> Path:
    record, other = background()
    return write_file(tmp_path / "report.html", render_html([meeting("ABC"), record], [diff("ABC"), other]))


def test_opening_the_report_asks_for_nothing_but_the_file(browser: Browser, report: Path) -> None:
    browser.open(report)
    assert browser.requests == [report.as_uri()]


def test_style_and_script_pass_the_policy_and_nothing_complains(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("document.querySelector('.filter').hidden") is False
    assert browser.complaints == []


def test_the_policy_stops_what_would_get_past_the_escaping(browser: Browser, report: Path) -> None:
    planted = "<main><script>alert(1)</script><img src='http://127.0.0.1:9/x' onerror='alert(2)'>"
    write_file(report, report.read_text().replace("<main>", planted))
    browser.open(report)
    assert browser.dialogs == []
    assert browser.responses == [report.as_uri()]
    assert browser.complaints != []


def elements(browser: Browser, folder: Path, said: str) -> object:
    """The names of all elements of a report in which everything free says this."""
    page = browser.open(write_file(folder / "report.html", render_html(*saying(said))))
    return page.evaluate("[...document.querySelectorAll('*')].map((one) => one.localName)")


@pytest.fixture(scope="module")
def usual(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> object:
    return elements(browser, tmp_path_factory.mktemp("usual"), "nothing to see here")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_article_makes_no_dialog_element_or_request(
    browser: Browser, tmp_path: Path, usual: object, text: str
) -> None:
    assert elements(browser, tmp_path, text) == usual
    assert len(browser.requests) == 1
    assert browser.dialogs == []
    assert browser.complaints == []


def test_the_filter_leaves_the_lines_that_hold_every_word(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.locator(".filter input").fill("tza MWANZA")
    rows = "[...document.querySelectorAll('.overview tbody tr')].map((row) => row.checkVisibility())"
    assert page.evaluate(rows) == [False, True]
    assert page.evaluate("document.querySelector('.filter output').textContent") == "1 of 2"


def test_a_permalink_into_what_is_folded_opens_it(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    row = f"{meeting().id}.city"
    assert page.evaluate("document.querySelector('details').open") is False
    page.evaluate(f"new Promise((done) => {{ addEventListener('hashchange', done); location.hash = '{row}' }}), 0")
    assert page.evaluate(f"document.getElementById('{row}').checkVisibility()") is True


def test_without_scripts_the_page_is_whole(browser: Browser, report: Path) -> None:
    shown = browser.open(report, javascript=False).evaluate("document.body.innerText")
    assert "aggressive" in shown
    assert "Filter" not in shown


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_sticks_out_sideways(browser: Browser, report: Path, width: int) -> None:
    page = browser.open(report, width=width)
    page.evaluate(EVERY_FOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_has_the_contrast_that_wcag_aa_asks_for(browser: Browser, report: Path, dark: bool) -> None:
    page = browser.open(report, dark=dark)
    page.evaluate(EVERY_FOLD)
    assert page.evaluate(LOW_CONTRAST) == []


def test_the_dark_page_is_dark(browser: Browser, report: Path) -> None:
    page = browser.open(report, dark=True)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"width": 390}], ids=["light", "dark", "narrow"])
@pytest.mark.parametrize("kind", ["samples", "seeds"])
def test_nothing_stands_in_the_way_of_assistive_technology(
    browser: Browser, report: Path, seeds_run: Run, kind: str, look: Look
) -> None:
    if kind == "seeds":
        found = seeds_run.meetings
        write_file(report, render_html(found, [compare(one, found) for one in found]))
    page = browser.open(report, **look)
    page.evaluate(EVERY_FOLD)
    assert violations(page) == []
