"""The review page in a real Chromium: keys, windows, no scripts, accessibility."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import CHROMIUM, MISSING, Browser, violations
from tests.conftest import SEEDS
from tests.judged import FULL, PLACED
from tests.reviewing import AGAIN, NORTH, SOUTH, TEXTS, Served, log, made, reviewing

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

DURATION, STATEMENT, QUESTION = "Duration", "Statement, Marta Quispe", re.compile("Bilateral ministers’ meeting")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser.start() as started:
        yield started


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("read") / "extractor.db", *TEXTS)


@pytest.fixture
def db(read: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read, tmp_path))


@pytest.fixture
def served(db: Path) -> Iterator[Served]:
    with reviewing(db) as page:
        yield page


@pytest.fixture
def page(browser: Browser, served: Served) -> Page:
    return browser.goto(served.address)


def heads(page: Page, title: str | re.Pattern[str]) -> None:
    """Waits until this is the page's heading, and has the focus."""
    heading = page.get_by_role("heading", level=1, name=title)
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()


def at(served: Served, page: Page, title: str) -> Page:
    """The page of the item with this title."""
    item = next(one for one in served.desk.now().open if one.title == title)
    page.goto(f"{served.url}/items/{item.id}")
    heads(page, title)
    return page


@pytest.mark.parametrize(("key", "kind"), [("m", "same"), ("n", "different"), ("0", "unsure")])
def test_a_key_answers_a_question_and_the_next_item_has_the_focus(
    browser: Browser, db: Path, page: Page, key: str, kind: str
) -> None:
    heads(page, QUESTION)
    page.keyboard.press(key)
    heads(page, DURATION)
    assert [one.kind for one in log(db)] == [kind]
    assert browser.complaints == []


def test_a_key_works_from_when_the_page_is_seen_though_a_script_is_still_on_its_way(served: Served, page: Page) -> None:
    page.route("**/static/htmx-*.js", lambda _: None)
    page.goto(served.address, wait_until="commit")
    heads(page, QUESTION)
    page.keyboard.press("m")
    heads(page, DURATION)


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("1", "pick", "PT2H"),
        ("2", "pick", "PT3H"),
        ("3", "both", None),
        ("x", "reject", None),
        ("0", "unsure", None),
    ],
)
def test_a_key_decides_a_field(db: Path, served: Served, page: Page, key: str, kind: str, value: str | None) -> None:
    at(served, page, DURATION).keyboard.press(key)
    heads(page, STATEMENT)
    assert [(one.kind, one.value) for one in log(db)] == [(kind, value)]


def test_s_splits_one_account_off(browser: Browser, tmp_path: Path) -> None:
    db = made(tmp_path / "split.db", FULL, AGAIN, PLACED)
    with reviewing(db) as served:
        page = browser.goto(served.address)
        heads(page, QUESTION)
        page.keyboard.press("s")
        expect(page.get_by_text("2 of 3 decided")).to_be_visible()
    assert [one.kind for one in log(db)] == ["different", "different"]


def test_e_goes_to_the_field_for_another_value_and_enter_lets_it_stand(db: Path, served: Served, page: Page) -> None:
    at(served, page, DURATION).keyboard.press("e")
    expect(page.get_by_label("Another value")).to_be_focused()
    page.keyboard.type("PT4H")
    page.keyboard.press("Enter")
    heads(page, STATEMENT)
    assert [(one.kind, one.value) for one in log(db)] == [("edit", "PT4H")]


def test_keys_do_nothing_while_one_types(db: Path, served: Served, page: Page) -> None:
    note = at(served, page, DURATION).get_by_label("A note")
    note.focus()
    page.keyboard.type("1 x 3?")
    page.keyboard.press("Enter")
    page.keyboard.type("0")
    expect(note).to_have_value("1 x 3?\n0")
    expect(page.get_by_role("heading", level=1)).to_have_text(DURATION)
    assert log(db) == []


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_keys_of_the_browser_stay_the_browsers(db: Path, served: Served, page: Page, held: str) -> None:
    at(served, page, DURATION).keyboard.press(f"{held}+x")
    page.keyboard.press("j")
    heads(page, STATEMENT)
    assert log(db) == []


def test_a_key_that_is_held_down_answers_once(db: Path, served: Served, page: Page) -> None:
    at(served, page, DURATION).keyboard.down("1")
    heads(page, STATEMENT)
    page.keyboard.down("1")
    page.keyboard.up("1")
    page.keyboard.press("k")
    heads(page, QUESTION)
    assert len(log(db)) == 1


def test_j_and_k_move(page: Page) -> None:
    for key, title in (("j", DURATION), ("j", STATEMENT), ("k", DURATION), ("k", QUESTION)):
        page.keyboard.press(key)
        heads(page, title)


def test_c_shows_and_hides_the_words_around(served: Served, page: Page) -> None:
    around = at(served, page, DURATION).locator("details.context").get_by_text("The talks lasted").first
    expect(around).to_be_hidden()
    page.keyboard.press("c")
    expect(around).to_be_visible()
    page.keyboard.press("c")
    expect(around).to_be_hidden()


def test_z_undoes_and_asks_again(db: Path, served: Served, page: Page) -> None:
    at(served, page, DURATION).keyboard.press("1")
    heads(page, STATEMENT)
    page.keyboard.press("z")
    heads(page, DURATION)
    assert [one.kind for one in log(db)] == ["pick", "undo"]


def test_the_help_lists_the_keys_and_no_key_works_behind_it(db: Path, page: Page) -> None:
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys")
    expect(help_).to_be_visible()
    for key in "12exmnsz0jkc?":
        expect(help_.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$"))).to_have_count(1)
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.keyboard.press("j")
    heads(page, DURATION)
    assert log(db) == []


def test_every_button_can_be_used_without_keys_of_its_own(db: Path, page: Page) -> None:
    page.get_by_role("button", name="Two meetings").click()
    heads(page, DURATION)
    page.get_by_role("button", name="Undo it").click()
    heads(page, QUESTION)
    assert [one.kind for one in log(db)] == ["different", "undo"]


def test_of_two_windows_at_once_the_second_is_told_and_can_decide_anyway(
    browser: Browser, db: Path, served: Served, page: Page
) -> None:
    at(served, page, DURATION)
    other = at(served, browser.tab(served.url), DURATION)
    page.keyboard.press("1")
    heads(page, STATEMENT)
    other.keyboard.press("2")
    heads(other, "Decided meanwhile")
    expect(other.get_by_text("What stands: PT2H")).to_be_visible()
    assert [one.value for one in log(db)] == ["PT2H"]
    other.get_by_role("button", name="Decide so anyway").click()
    heads(other, STATEMENT)
    assert [one.value for one in log(db)] == ["PT2H", "PT3H"]


def test_all_of_it_works_without_scripts(browser: Browser, db: Path, served: Served) -> None:
    page = browser.goto(served.address, javascript=False)
    page.get_by_role("button", name="Two meetings").click()
    page.get_by_role("button", name="B: PT3H").click()
    page.get_by_label("A note").fill("Two renderings.")
    page.get_by_role("button", name="All of them stand").click()
    page.get_by_role("button", name="Undo it").click()
    heads(page, STATEMENT)
    page.locator("summary", has_text="The words around").click()
    expect(page.locator("details.context p").last).to_be_visible()
    page.get_by_role("button", name="Help").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("link", name="Queue").click()
    page.get_by_label("Words").fill("peru statement")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=STATEMENT).click()
    heads(page, STATEMENT)
    page.get_by_role("link", name="Decisions").click()
    page.get_by_role("button", name="Undo decision 1").click()
    assert [one.kind for one in log(db)] == ["different", "pick", "both", "undo", "undo"]


def test_at_the_end_the_page_itself_looks_for_what_comes_of_the_answers(page: Page) -> None:
    for key, title in (("j", DURATION), ("1", STATEMENT), ("1", QUESTION), ("m", "Host event")):
        page.keyboard.press(key)
        heads(page, title)


def test_that_nothing_waits_is_said_in_the_end(page: Page) -> None:
    for key, title in (("n", DURATION), ("1", STATEMENT), ("1", "Nothing waits")):
        page.keyboard.press(key)
        heads(page, title)


def test_back_and_reload_show_what_is_so_now(served: Served, page: Page) -> None:
    at(served, page, DURATION).keyboard.press("j")
    heads(page, STATEMENT)
    page.go_back()
    heads(page, DURATION)
    page.keyboard.press("1")
    heads(page, STATEMENT)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decided meanwhile")


def test_nothing_leaves_this_machine_and_nothing_is_complained_about(
    browser: Browser, served: Served, page: Page
) -> None:
    for key, title in (("j", DURATION), ("1", STATEMENT)):
        page.keyboard.press(key)
        heads(page, title)
    for name in ("Queue", "Decisions"):
        page.get_by_role("link", name=name).click()
        heads(page, name)
    assert {re.match(r"https?://[^/]*", url)[0] for url in browser.requests} == {served.url}  # type: ignore[index]
    assert browser.complaints == []
    kept: list[str] = page.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)]")
    assert [words for words in kept if not re.fullmatch(r"/[a-z]*", words)] == []


HOSTILE = '<script>alert(1)</script><img src="https://host.example/a" onerror="alert(2)"><svg onload="alert(3)">'


def test_a_hostile_article_is_shown_as_it_is_and_does_nothing(browser: Browser, tmp_path: Path) -> None:
    made(tmp_path / "extractor.db", NORTH.replace("cold", f"{HOSTILE} cold"), SOUTH)
    with reviewing(tmp_path / "extractor.db") as served:
        page = browser.goto(served.address)
        ids = [item.id for item in served.desk.now().open]
        for id_ in ids:
            page.goto(f"{served.url}/items/{id_}")
            page.keyboard.press("c")
            expect(page.get_by_text("alert(1)").first).to_be_visible()
        assert ids
        assert browser.dialogs == browser.complaints == []
        assert [url for url in browser.requests if not url.startswith(served.url)] == []


def shown(served: Served, page: Page) -> Iterator[str]:
    """Each kind of page in turn."""
    stale = at(served, page, DURATION)
    for item in served.desk.now().open:
        page.goto(f"{served.url}/items/{item.id}")
        page.keyboard.press("c")
        yield item.title
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "help"
    at(served, stale, DURATION)
    page.keyboard.press("e")
    page.keyboard.type("long")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "an answer that cannot be"
    address = page.url
    page.get_by_label("Another value").fill("")
    page.get_by_role("button", name="A: PT2H").click()
    heads(page, STATEMENT)
    for path in (address, f"{served.url}/items", f"{served.url}/items?q=peru", f"{served.url}/decisions"):
        page.goto(path)
        yield path
    page.goto(f"{served.url}/?q=atlantis")
    yield "the end"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_are_accessible_and_as_wide_as_the_window(
    browser: Browser, served: Served, dark: bool, width: int
) -> None:
    page = browser.goto(served.address, dark=dark, width=width, bypass_csp=True)
    for name in shown(served, page):
        assert (name, violations(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)


def test_the_items_of_the_seed_articles_are_accessible(browser: Browser, tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    with reviewing(made(tmp_path / "extractor.db", *texts)) as served:
        page = browser.goto(served.address, bypass_csp=True)
        for item in served.desk.now().open:
            page.goto(f"{served.url}/items/{item.id}")
            assert (item.title, violations(page)) == (item.title, [])
