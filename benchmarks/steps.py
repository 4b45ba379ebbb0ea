"""Where the time of a run goes: each step of the main path over the seed articles, CPU time, one process.

Medians, and each step's share of the whole in the same run: shares can be
compared between machines, milliseconds can't.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.table import Row, Table
from extractor.ask import ask
from extractor.diff import diff
from extractor.ground import ground, problems
from extractor.model import Model
from extractor.normalise import normalise
from extractor.read import Unread, read
from extractor.reconcile import reconcile
from extractor.report import render_html
from extractor.schemas import Article, Draft
from extractor.settings import BUILTIN, Settings
from extractor.templates import load_prompt

SEEDS = Path(__file__).parent.parent / "seeds"
T = TypeVar("T")


class Clock:
    """CPU milliseconds by step; the first round warms up and is not counted."""

    def __init__(self) -> None:
        self.rounds: list[dict[str, float]] = [{}]

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Runs a piece of work and books its CPU time."""
        start = time.process_time()
        result = work()
        spent = (time.process_time() - start) * 1000
        self.rounds[-1][step] = self.rounds[-1].get(step, 0.0) + spent
        return result

    def medians(self) -> dict[str, float]:
        """The median of each step over the counted rounds."""
        counted = self.rounds[1:]
        return {step: statistics.median(r[step] for r in counted) for step in counted[0]}


async def _ask_all(articles: list[Article]) -> list[Draft]:
    prompt = load_prompt()
    async with Model(Settings(model=BUILTIN)) as model:
        answers = [await ask(article, model, prompt, partial(problems, article)) for article in articles]
    return [answer.draft for answer in answers]


def _round(clock: Clock) -> int:
    """One pass over the main path; returns the number of articles."""
    articles = clock.time("read", lambda: [item for item in read(SEEDS) if not isinstance(item, Unread)])
    drafts = clock.time("ask (built-in model)", lambda: asyncio.run(_ask_all(articles)))
    pairs = list(zip(articles, drafts, strict=True))
    located = clock.time("ground", lambda: [ground(article, draft) for article, draft in pairs])
    accounts = clock.time(
        "normalise",
        lambda: [
            a for (article, draft), found in zip(pairs, located, strict=True) for a in normalise(article, draft, found)
        ],
    )
    meetings = clock.time("reconcile", lambda: reconcile(accounts))
    diffs = clock.time("diff", lambda: [diff(meeting, meetings) for meeting in meetings])
    clock.time("report (HTML)", lambda: render_html(meetings, diffs))
    return len(articles)


def steps(rounds: int) -> Table:
    """The table of so many counted rounds."""
    clock = Clock()
    articles = _round(clock)
    for _ in range(rounds):
        clock.rounds.append({})
        _round(clock)
    medians = clock.medians()
    total = sum(medians.values())
    rows: list[Row] = [
        {"": step, "CPU ms an article": spent / articles, "% of all": round(100 * spent / total)}
        for step, spent in medians.items()
    ]
    rows.append({"": "all", "CPU ms an article": total / articles, "% of all": 100})
    return Table(f"Steps: {articles} seed articles, built-in model; medians of {rounds} rounds", rows)
