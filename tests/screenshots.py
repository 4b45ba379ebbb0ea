"""The pictures of the documents, taken again from the seeds: `make screenshots`."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Page

import extractor
from extractor.diff import diff
from extractor.report import write_reports
from extractor.settings import BUILTIN
from tests.browser import CHROMIUM, MISSING, Browser
from tests.reviewing import reviewing

ROOT = Path(__file__).parent.parent
MARGIN = 8
HEIGHT = 1080


@contextmanager
def report(browser: Browser, folder: Path) -> Iterator[Page]:
    """The report, by the built-in model, from the first that a person has to decide."""
    meetings = extractor.run(ROOT / "seeds", model=BUILTIN).meetings
    write_reports(folder, meetings, [diff(one, meetings) for one in meetings])
    page = browser.open(folder / "report.html", width=1200)
    page.locator("section.to_decide:not(.empty)").first.evaluate(
        f"(one) => scrollTo({{top: one.getBoundingClientRect().top + scrollY - {MARGIN}, behavior: 'instant'}})"
    )
    yield page


@contextmanager
def review(browser: Browser, folder: Path) -> Iterator[Page]:
    """The review page, by the built-in model, at the first field that a person has to decide."""
    db = folder / "extractor.db"
    extractor.run(ROOT / "seeds", model=BUILTIN, db=db)
    with reviewing(db) as served:
        page = browser.goto(served.address, width=1200)
        page.goto(f"{served.url}/?queue=fields")
        yield page


PICTURES: Mapping[str, Callable[[Browser, Path], AbstractContextManager[Page]]] = {
    "report.png": report,
    "review.png": review,
}
"""By the name in docs/: what opens the page and scrolls to where the picture begins."""


def main() -> None:
    """Takes every picture, without the margins of the page.

    Raises:
        SystemExit: there is no Chromium.
    """
    if CHROMIUM is None:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder, Browser.start() as browser:
        for name, opened in PICTURES.items():
            with opened(browser, Path(folder)) as page:
                page.set_viewport_size({"width": 1200, "height": HEIGHT})
                page.screenshot(path=ROOT / "docs" / name, clip={"x": 40, "y": 0, "width": 1120, "height": HEIGHT})


if __name__ == "__main__":
    main()
