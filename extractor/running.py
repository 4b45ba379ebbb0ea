"""A run: its batch on an event loop, its workspace behind a journal, and its entry in the book of runs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

from extractor.batch import Batch, Progress
from extractor.errors import WorkspaceError
from extractor.journal import Journal
from extractor.judging import Failure, Judging
from extractor.linking import Pair
from extractor.model import revision
from extractor.read import Source, Unread
from extractor.schemas import Account, Adjudged, Tally, Usage
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.templates import Fixed, load_adjudication, load_prompt

_T = TypeVar("_T")
_NOTHING = Usage()
WATCH = 1.0
"""Seconds between two looks whether the run goes on of which this one is a part."""


class Whole(NamedTuple):
    """The run of which another is a part: its number, and that of the newest extraction when it began."""

    run: int
    since: int


def failed(workspace: Workspace) -> tuple[list[str], list[str]]:
    """What failed in a workspace: the ids of articles, and the paths that gave no text and are still there."""
    unread = workspace.unread()
    articles = [outcome.article for outcome in workspace.outcomes(failed=True) if outcome.article not in unread]
    return articles, [path for path in unread if Path(path).exists()]


def work(
    workspace: Workspace,
    found: Iterable[Source | Unread],
    settings: Settings,
    progress: Progress | None = None,
    again: Sequence[str] = (),
    *,
    asking: bool = True,
    spent: Usage = _NOTHING,
    whole: Whole | None = None,
) -> tuple[Tally, list[str]]:
    """One run over sources, and over articles that are in the workspace already (`again`).

    Returns how it went, and the ids of the articles (the paths of those
    without text) in their order. What was `spent` before counts for the run.
    Where it is not `asking`, the requests that are due are kept. A part of a
    `whole` may be tried again, and counts then what the first try did; it
    goes on no longer than the whole does.

    Raises:
        asyncio.CancelledError: the whole has ended; what was done is kept.
    """
    prompt = load_prompt()
    digest = digest_of(settings, prompt)
    number = workspace.start_run(model=settings.model, endpoint=settings.endpoint, prompt=prompt.digest, digest=digest)
    tally, stopped = Tally(), "an error"

    async def job() -> list[str]:
        nonlocal tally, stopped
        async with Journal(workspace) as journal:
            batch = Batch(journal, settings, prompt, digest, number, progress or (lambda _: None), asking=asking)
            batch.spend(spent)
            try:
                async with _within(whole, journal):
                    await batch.extract(found, again, whole.since if whole else None)
            except asyncio.CancelledError:
                stopped = "interrupted"
                raise
            finally:
                tally = batch.tally
            stopped = tally.stopped or ""
            return list(batch.seen)

    try:
        seen = wait(job())
    finally:
        counts = {outcome.value: count for outcome, count in tally.counts.items()}
        workspace.finish_run(number, counts=counts, usage=tally.usage, stopped=stopped or None)
    return tally, seen


def judge(
    workspace: Workspace,
    pairs: Sequence[Pair],
    accounts: Mapping[str, Account],
    settings: Settings,
    failure: Failure,
    spent: Usage = _NOTHING,
) -> Adjudged:
    """One run over pairs of accounts: those that have no verdict yet get one.

    What was `spent` before counts towards the limits. `failure` is told of
    each pair that got none.
    """
    prompt = load_adjudication()
    digest = digest_of(settings, prompt)
    known = set() if settings.refresh else workspace.judged(digest)
    due = [pair for pair in pairs if pair not in known]
    before = len(pairs) - len(due)
    if not due:
        return Adjudged(known=before)
    number = workspace.start_run(model=settings.model, endpoint=settings.endpoint, prompt=prompt.digest, digest=digest)
    adjudged, stopped = Adjudged(), "an error"

    async def job() -> None:
        nonlocal adjudged, stopped
        async with Journal(workspace) as journal:
            judging = Judging(journal, settings, prompt, digest, number, failure, spent)
            try:
                await judging.judge(due, accounts)
            except asyncio.CancelledError:
                stopped = "interrupted"
                raise
            finally:
                adjudged = judging.adjudged
            stopped = adjudged.stopped or ""

    try:
        wait(job())
    finally:
        counts = {str(answer): count for answer, count in adjudged.counts.items()}
        workspace.finish_run(number, counts=counts, usage=adjudged.usage, stopped=stopped or None)
    return adjudged.model_copy(update={"known": before})


@asynccontextmanager
async def _within(whole: Whole | None, journal: Journal) -> AsyncIterator[None]:
    """Cancels what is done inside, as soon as the whole has ended: by itself, by its user, or by an accident."""
    task = asyncio.current_task()
    if whole is None or task is None:
        yield
        return

    async def alive() -> bool:
        return await journal.do(lambda workspace: workspace.alive(whole.run))

    async def watch() -> None:
        going_on = True
        with suppress(WorkspaceError):  # the batch meets it too
            while going_on:
                await asyncio.sleep(WATCH)
                going_on = await alive()
            task.cancel()

    if not await alive():
        raise asyncio.CancelledError
    watcher = asyncio.create_task(watch())
    try:
        yield
    finally:
        watcher.cancel()


def digest_of(settings: Settings, prompt: Fixed) -> str:
    """What makes an extraction or a verdict: the digest of prompt, schema, model and the size of parts."""
    parts = (prompt.digest, settings.model, settings.endpoint, revision(settings), settings.part_size)
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def wait(job: Coroutine[object, object, _T]) -> _T:
    """The result of a coroutine, also where an event loop runs already (a notebook): then in a thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(job)
    started: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[_T]]] = []

    async def held() -> _T:
        task = asyncio.ensure_future(job)
        started.append((asyncio.get_running_loop(), task))
        return await task

    with ThreadPoolExecutor(max_workers=1) as pool:
        done = pool.submit(asyncio.run, held())
        try:
            return done.result()
        except KeyboardInterrupt:  # it comes in this thread, and is meant for the other
            for loop, task in started:
                loop.call_soon_threadsafe(task.cancel)
            raise
