"""The HTML report of many meetings: how long it takes to write, and to use it in Chromium.

The articles are those of `benchmarks.meetings`, read by the built-in model, so
that the report is what a user gets.
"""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import extractor
from benchmarks import meetings
from benchmarks.table import Table
from extractor.diff import diff
from extractor.report import write_reports
from tests.browser import CHROMIUM, MISSING, Browser

_FEW = 10
_ROUNDS = 3
_WANTED = "Lima"
"""What is typed into the filter: a city in which one meeting of 24 is held."""
_OPENED = """() => new Promise((done) => new PerformanceObserver((seen) => {
  const [paint] = seen.getEntriesByName("first-contentful-paint");
  const [opening] = performance.getEntriesByType("navigation");
  if (paint) done([opening.domContentLoadedEventEnd, paint.startTime, document.querySelectorAll("*").length]);
}).observe({type: "paint", buffered: true}))"""
"""Milliseconds from the start of the navigation until the page is read, until it is painted; its elements."""
_WATCH = """(wanted) => {
  const other = [...document.querySelectorAll("main tbody tr")].find((row) => !row.textContent.includes(wanted));
  window.answered = new Promise((done) => addEventListener("keydown", (first) => {
    const painted = () => setTimeout(() => done(performance.now() - first.timeStamp));
    const look = () => requestAnimationFrame(other.checkVisibility() ? look : painted);
    look();
  }, {capture: true, once: true}));
}"""
"""Promises the milliseconds from the first key until a line without the words has gone, and that is painted."""


class _Written(NamedTuple):
    """A report on disk."""

    file: Path
    meetings: int
    seconds: float


class _Opening(NamedTuple):
    """How one opening in the browser went, in milliseconds."""

    read: float
    painted: float
    elements: float
    typed: float


def report(folder: Path, *, size: int) -> Table:
    """A report of so many meetings beside one of ten: size, time to write it, time until its filter has answered.

    Raises:
        SystemExit: there is no Chromium.
    """
    if CHROMIUM is None:
        raise SystemExit(MISSING)
    written = [_written(folder / str(number), number) for number in (_FEW, size)]
    with Browser.start() as browser:
        openings = [[_opened(browser, one.file) for one in written] for _ in range(_ROUNDS)]
        title = f"Report: HTML in Chromium {browser.version}, medians of {_ROUNDS} openings"
    few, many = (_figures(one, seen) for one, seen in zip(written, zip(*openings, strict=True), strict=True))
    names = (*(f"{one.meetings:,} meetings" for one in written), "ratio")
    ratio = {name: value / few[name] for name, value in many.items()}
    return Table(title, [{"": name, **figures} for name, figures in zip(names, (few, many, ratio), strict=True)])


def _written(folder: Path, size: int) -> _Written:
    meetings.write(folder / "articles", size)
    found = extractor.run(folder / "articles", model="builtin").meetings
    diffs = [diff(one, found) for one in found]
    start = time.perf_counter()
    write_reports(folder / "out", found, diffs)
    return _Written(folder / "out" / "report.html", len(found), time.perf_counter() - start)


def _opened(browser: Browser, file: Path) -> _Opening:
    page = browser.open(file)
    read, painted, elements = page.evaluate(_OPENED)
    page.evaluate(_WATCH, _WANTED)
    page.get_by_role("searchbox").press_sequentially(_WANTED)
    return _Opening(read, painted, elements, page.evaluate("answered"))


def _figures(written: _Written, seen: Sequence[_Opening]) -> dict[str, float]:
    read, painted, elements, typed = (statistics.median(values) for values in zip(*seen, strict=True))
    return {
        "MB": written.file.stat().st_size / 1e6,
        "written s": written.seconds,
        "elements": elements,
        "read s": read / 1000,
        "painted s": painted / 1000,
        "filter s": typed / 1000,
        "until used s": (max(read, painted) + typed) / 1000,
    }
