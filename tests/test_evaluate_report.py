"""Scores and agreement as text and as an HTML page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.evaluate import coded, evaluate
from extractor.evaluate.agreement import compare
from extractor.read import read_text
from extractor.report import write_file
from extractor.report.evaluation import drawn, render_evaluation
from extractor.report.figures import cell, expense_in_words, share, span
from extractor.report.scores import comparison_text, evaluation_text
from extractor.schemas.evaluation import EvaluationReport, Expense
from extractor.schemas.scores import FIELDS, Interval
from tests.browser import CHROMIUM, MISSING, Browser, Look, violations
from tests.report_samples import HOSTILE
from tests.test_evaluate import account, gold
from tests.test_report_browser import EVERY_FOLD, LOW_CONTRAST
from tests.test_report_html import Page

EXPENSE = Expense(articles=3, known=1, calls=2, tokens=2400, cost=None, seconds=3.0)


def sample(text: str = "Lyon") -> EvaluationReport:
    """An evaluation with errors of all kinds, and a comparison; `text` is found, and printed in the article."""
    printed = text.replace("\0", "")  # an article has none
    article = read_text(f"They met.\n“We will reopen,” said Amina Wanjala in {printed}.\n", path="n.txt")
    told = account(city=text, level=None, participants=[(text, "KEN")]).model_copy(update={"article": article.id})
    stray = account("b", parties=["FRA", "DEU"], city=text, statements=[(text, text, "direct")])
    found, known = {"n.txt": [told, stray]}, {"n.txt": [gold()], "o.txt": [gold(id=text)]}
    evaluation = evaluate({"n.txt": article}, found, [], known, model=text, name=text, expense=EXPENSE)
    coding = {file: [coded(account) for account in accounts] for file, accounts in found.items()}
    return EvaluationReport(evaluation=evaluation, comparison=compare(known, coding, names=(text, text)))


@pytest.mark.parametrize(
    ("value", "interval", "printed"),
    [
        (0.7054, Interval(low=0.61, high=0.787), ".705 .61–.79"),
        (1.0, Interval(low=0.97, high=1.0), "1.00 .97–1.0"),
        (0.9996, Interval(low=0.999, high=1.0), "1.00 1.0–1.0"),
        (0.0, Interval(low=0.0, high=0.0), ".000 .00–.00"),
        (-0.041, Interval(low=-0.21, high=0.1), "-.04 -.21–.10"),
        (-1.0, Interval(low=-1.0, high=-0.5), "-1.00 -1.0–-.50"),
        (None, None, "·"),
    ],
)
def test_a_share_and_its_interval_are_short(value: float | None, interval: Interval | None, printed: str) -> None:
    assert cell(value, interval).rstrip() == printed
    assert (share(value) + " " + span(interval)).rstrip() == printed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cost": None}, "2 articles asked: 1,200 tokens, 1.50 s and cost not known an article; 1 more were answered"),
        ({"cost": 0}, "2 articles asked: 1,200 tokens, 1.50 s and no cost an article"),
        ({"cost": "0.0124"}, "1.50 s and 0.0062 USD an article"),
        ({"known": 3}, "3 articles, all answered from the workspace: nothing was spent."),
    ],
)
def test_the_cost_is_that_of_an_article_that_was_asked_about(changes: dict[str, object], words: str) -> None:
    assert words in expense_in_words(Expense.model_validate(EXPENSE.model_dump() | changes))


def test_a_bar_starts_at_0_and_can_always_be_seen() -> None:
    assert drawn(Interval(low=-0.3, high=0.4)) == (0.0, 40.0)
    assert drawn(Interval(low=1.0, high=1.0)) == (100.0, 0.6)


def test_the_tables_fit_80_columns_and_have_a_line_a_field() -> None:
    report = sample()
    assert report.evaluation
    text = evaluation_text(report.evaluation)
    assert max(map(len, text.splitlines())) <= 80
    assert len(re.findall(r"^[a-z].{12,15} +[\d·]+ +[\d·]+ .*", text, re.MULTILINE)) >= len(FIELDS)
    assert "‹" not in text


def test_errors_and_disagreements_are_listed_with_what_was_expected_and_found() -> None:
    report = sample()
    assert report.evaluation
    assert report.comparison
    assert "wrong    city  n.txt  ken-uga-2019-nairobi\n         Nairobi → Lyon\n" in evaluation_text(
        report.evaluation, errors=True
    )
    text = comparison_text(report.comparison)
    assert "n.txt  reported KEN, UGA held 2019-05-14 Nairobi\n" in text
    assert "  city: Nairobi → Lyon\n" in text
    assert "  meetings: nothing → reported FRA, DEU held 2019-05-14 Lyon\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_an_alpha_that_is_undefined_is_said_to_be() -> None:
    comparison = sample().comparison
    assert comparison
    assert re.search(
        r"^role +1 +1 +1\.00 1\.0–1\.0 +undefined +paired meetings$", comparison_text(comparison), re.MULTILINE
    )
    assert "nan" not in comparison_text(comparison)
    assert '<span class="narrow">Alpha </span>undefined' in render_evaluation(sample())
    assert "nan" not in comparison.model_dump_json()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_adds_no_element_and_no_control_character(text: str) -> None:
    def elements(page: str) -> set[tuple[str, frozenset[str]]]:
        return {(name, frozenset(attributes)) for name, attributes in Page(page).tags}

    page = render_evaluation(sample(text))
    assert elements(page) == elements(render_evaluation(sample()))
    assert "script" not in {name for name, _ in Page(page).tags}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", page)


@pytest.mark.parametrize("part", ["evaluation", "comparison"])
def test_either_part_makes_a_page_of_its_own(part: str) -> None:
    report = EvaluationReport.model_validate({part: getattr(sample(), part)})
    ids = [str(attributes["id"]) for _, attributes in Page(render_evaluation(report)).tags if "id" in attributes]
    links = [str(a["href"]) for name, a in Page(render_evaluation(report)).tags if name == "a"]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert ("errors" in ids) == (part == "evaluation")
    assert ("apart" in ids) == (part == "comparison")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser.start() as started:
        yield started


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_file(tmp_path / "e.html", render_evaluation(sample()))


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
SHOWN = "[...document.querySelectorAll('.error')].filter((one) => one.checkVisibility()).map((one) => one.className)"


@needs_browser
@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_errors_are_chosen_by_field_and_verdict_with_and_without_scripts(
    browser: Browser, file: Path, script: bool
) -> None:
    page = browser.open(file, javascript=script)
    everything = page.evaluate(SHOWN)
    page.evaluate("document.getElementById('error-wrong').click()")
    wrong = page.evaluate(SHOWN)
    page.evaluate("document.getElementById('error-city').click()")
    assert {name.split()[-1] for name in everything} == {"invented", "wrong", "missed"}
    assert {name.split()[-1] for name in wrong} == {"wrong"}
    assert page.evaluate(SHOWN) == ["row error city wrong"]
    assert browser.complaints == []


@needs_browser
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_sticks_out_sideways(browser: Browser, file: Path, width: int) -> None:
    page = browser.open(file, width=width)
    page.evaluate(EVERY_FOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_has_the_contrast_that_wcag_aa_asks_for(browser: Browser, file: Path, dark: bool) -> None:
    assert browser.open(file, dark=dark).evaluate(LOW_CONTRAST) == []


@needs_browser
def test_opening_the_page_asks_for_nothing_but_the_file(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert browser.requests == [file.as_uri()]


@needs_browser
@pytest.mark.parametrize("look", [{}, {"dark": True}, {"width": 390}], ids=["light", "dark", "narrow"])
def test_nothing_stands_in_the_way_of_assistive_technology(browser: Browser, file: Path, look: Look) -> None:
    page = browser.open(file, **look)
    page.evaluate(EVERY_FOLD)
    assert violations(page) == []
