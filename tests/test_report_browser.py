"""The HTML report in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.report import render_html, write_file
from tests.browser import CHROMIUM, MISSING, Browser
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser.start() as started:
        yield started


@pytest.fixture
def report(tmp_path: Path) -> Path:
    record, other = background()
    return write_file(tmp_path / "report.html", render_html([meeting("ABC"), record], [diff("ABC"), other]))


def test_opening_the_report_asks_for_nothing_but_the_file(browser: Browser, report: Path) -> None:
    browser.look()
    browser.open(report)
    assert [event["request"]["url"] for event in browser.seen("Network.requestWillBeSent")] == [report.as_uri()]


def test_style_and_script_pass_the_policy_and_nothing_complains(browser: Browser, report: Path) -> None:
    browser.look()
    browser.open(report)
    assert browser.evaluate("document.styleSheets.length") == 1
    assert browser.evaluate("document.querySelector('.filter').hidden") is False
    assert browser.seen("Log.entryAdded") + browser.seen("Runtime.exceptionThrown") == []


def test_the_policy_stops_what_would_get_past_the_escaping(browser: Browser, report: Path) -> None:
    planted = "<main><script>alert(1)</script><img src='http://127.0.0.1:9/x' onerror='alert(2)'>"
    write_file(report, report.read_text().replace("<main>", planted))
    browser.look()
    browser.open(report)
    assert browser.seen("Page.javascriptDialogOpening") == []
    assert browser.seen("Network.responseReceived")[1:] == []
    assert browser.seen("Log.entryAdded") != []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_article_makes_no_dialog_element_or_request(browser: Browser, tmp_path: Path, text: str) -> None:
    def elements(said: str) -> object:
        page = write_file(tmp_path / "report.html", render_html(*saying(said)))
        browser.open(page)
        assert len(browser.seen("Network.requestWillBeSent")) == 1
        assert browser.seen("Page.javascriptDialogOpening") == []
        assert browser.seen("Log.entryAdded") == []
        return browser.evaluate("[...document.querySelectorAll('*')].map((one) => one.localName)")

    browser.look()
    assert elements(text) == elements("nothing to see here")


def test_the_filter_leaves_the_lines_that_hold_every_word(browser: Browser, report: Path) -> None:
    browser.look()
    browser.open(report)
    browser.evaluate(
        "const box = document.querySelector('.filter input'); box.value = 'tza MWANZA'; "
        "box.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    rows = "[...document.querySelectorAll('.overview tbody tr')].map((row) => row.checkVisibility())"
    assert browser.evaluate(rows) == [False, True]
    assert browser.evaluate("document.querySelector('.filter output').textContent") == "1 of 2"


def test_a_permalink_into_what_is_folded_opens_it(browser: Browser, report: Path) -> None:
    browser.look()
    browser.open(report)
    row = f"{meeting().id}.city"
    assert browser.evaluate("document.querySelector('details').open") is False
    browser.evaluate(f"new Promise((done) => {{ addEventListener('hashchange', done); location.hash = '{row}' }}), 0")
    assert browser.evaluate(f"document.getElementById('{row}').checkVisibility()") is True


def test_without_scripts_the_page_is_whole(browser: Browser, report: Path) -> None:
    browser.look(script=False)
    browser.open(report)
    shown = browser.evaluate("document.body.innerText")
    browser.look()
    assert "aggressive" in shown
    assert "Filter" not in shown


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_sticks_out_sideways(browser: Browser, report: Path, width: int) -> None:
    browser.look(width=width)
    browser.open(report)
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_has_the_contrast_that_wcag_aa_asks_for(browser: Browser, report: Path, dark: bool) -> None:
    browser.look(dark=dark)
    browser.open(report)
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert browser.evaluate(LOW_CONTRAST) == []


def test_the_dark_page_is_dark(browser: Browser, report: Path) -> None:
    browser.look(dark=True)
    browser.open(report)
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
