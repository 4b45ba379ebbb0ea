"""The HTML report used in a real Chromium: searched, sorted, followed, printed, large."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.report import render_html, write_file, write_reports
from extractor.report.html import IN_PAGE
from extractor.schemas import Field, Status
from tests.browser import CHROMIUM, MISSING, Browser, Look, violations
from tests.report_samples import DECISIONS, MEETING, articles, background, diff, meeting

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

FOLDS = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
DATES = "[...document.querySelectorAll('#reported ~ table tbody td.date')].map((cell) => cell.textContent)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser.start() as started:
        yield started


@pytest.fixture
def report(tmp_path: Path) -> Path:
    record, other = background()
    days = ("2031-05-02", None, "2030-11-20")
    records = [
        meeting(ident=f"{MEETING}-{i}").model_copy(update={"date": Field(value=day, status=Status.STATED)})
        for i, day in enumerate(days)
    ]
    diffs = [diff().model_copy(update={"meeting": one.id}) for one in records]
    meetings, compared = (
        [meeting("ABC"), *records, record],
        [diff("ABC").model_copy(update={"decisions": DECISIONS}), *diffs, other],
    )
    page = render_html(meetings, compared, texts=articles("ABC"))
    return write_file(tmp_path / "report.html", page)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    records = [meeting(ident=f"{MEETING}-{i}") for i in range(IN_PAGE + 1)]
    diffs = [diff().model_copy(update={"meeting": one.id}) for one in records]
    write_reports(tmp_path, records, diffs, texts=articles())
    return tmp_path / "report.html"


def test_a_column_is_sorted_by_keyboard_and_says_so(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    head = page.get_by_role("columnheader", name="Date").first
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.evaluate(DATES) == ["2030-11-20", "2031-03-06", "2031-05-02", "not stated"]
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate(DATES) == ["2031-05-02", "2031-03-06", "2030-11-20", "not stated"]


def test_numbers_are_sorted_the_largest_first_and_one_column_at_a_time(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.get_by_role("columnheader", name="Date").first.get_by_role("button").click()
    page.get_by_role("columnheader", name="Accounts").first.get_by_role("button").click()
    counts = "[...document.querySelectorAll('#reported ~ table tbody td:nth-child(5)')].map((c) => c.lastChild.data)"
    assert page.evaluate(counts) == ["3", "2", "2", "2"]
    sorted_by = "[...document.querySelectorAll('[aria-sort]')].map((head) => head.textContent)"
    assert page.evaluate(sorted_by) == ["Accounts"]


def test_a_meeting_is_found_by_who_took_part(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.get_by_role("searchbox").fill("nakato-okello kohan")
    assert page.evaluate("document.querySelector('.filter output').textContent") == "1 of 5"


def test_the_place_of_evidence_opens_the_full_text_there(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.locator(f"[id='{MEETING}.duration'] .span a").click()
    assert page.locator(":target").text_content() == "about two hours"
    assert page.evaluate("document.querySelector(':target').checkVisibility()") is True


def test_marked_words_of_the_full_text_lead_to_their_row_even_where_it_is_folded(
    browser: Browser, report: Path
) -> None:
    page = browser.open(report)
    page.evaluate(FOLDS)
    page.locator(f"[id='{MEETING}.texts'] a", has_text="Great Lakes Forum").first.click()
    assert page.evaluate("document.querySelector(':target').id") == f"{MEETING}.host_event"


def test_printed_is_what_is_agreed_but_neither_the_search_nor_folded_texts(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = "(one) => document.querySelector(one).checkVisibility()"
    assert page.evaluate(shown, ".group.agreed .row")
    assert not page.evaluate(shown, ".filter")
    assert not page.evaluate(shown, ".texts .text")


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"width": 390}], ids=["light", "dark", "narrow"])
def test_pictures_texts_and_decisions_stand_in_nobodys_way(browser: Browser, report: Path, look: Look) -> None:
    page = browser.open(report, **look)
    page.evaluate(FOLDS)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look.get("width", 1280)
    assert browser.complaints == []


def test_narrow_columns_of_statements_still_tell_who_says_it_by_a_letter(browser: Browser, report: Path) -> None:
    page = browser.open(report, width=390)
    letters = "[...document.querySelectorAll('.spoken .letter')].every((one) => one.checkVisibility())"
    assert page.evaluate(letters) is True


class TestLarge:
    """A report of more meetings than are filled in at once."""

    def rows(self, number: int) -> str:
        return f"document.getElementById('{MEETING}-{number}').querySelectorAll('.row').length"

    def test_a_meeting_far_below_is_filled_in_when_it_is_looked_at(self, browser: Browser, large: Path) -> None:
        page = browser.open(large)
        assert page.evaluate(self.rows(IN_PAGE)) == 0
        last = page.locator(f"[id='{MEETING}-{IN_PAGE}']")
        last.scroll_into_view_if_needed()
        last.locator(".row").last.wait_for(state="attached")
        assert page.evaluate(self.rows(IN_PAGE)) == len(diff().rows)

    def test_a_permalink_fills_in_its_meeting_and_opens_what_is_folded(self, browser: Browser, large: Path) -> None:
        page = browser.goto(f"{large.as_uri()}#{MEETING}-150.city")
        assert page.evaluate("(id) => document.getElementById(id).checkVisibility()", f"{MEETING}-150.city")

    def test_the_browsers_own_search_finds_everything(self, browser: Browser, large: Path) -> None:
        page = browser.open(large)
        page.keyboard.press("Control+f")
        assert page.evaluate("document.querySelectorAll('noscript').length") == 0
        assert page.evaluate("document.querySelectorAll('.row').length") == (IN_PAGE + 1) * len(diff().rows)

    def test_without_scripts_it_is_whole(self, browser: Browser, large: Path) -> None:
        page = browser.open(large, javascript=False)
        assert page.evaluate("document.querySelectorAll('.row').length") == (IN_PAGE + 1) * len(diff().rows)

    def test_the_full_text_beside_it_is_reached_and_leads_back(self, browser: Browser, large: Path) -> None:
        page = browser.open(large)
        page.locator(f"[id='{MEETING}-0']").scroll_into_view_if_needed()
        page.locator(f"[id='{MEETING}-0.duration'] .span a").click()
        assert page.locator(":target").text_content() == "about two hours"
        assert violations(page) == []
        page.locator(":target a").click()
        page.wait_for_url(f"{large.as_uri()}#{MEETING}-0.duration")
