"""A run: its batch on an event loop, its workspace behind a journal, and its entry in the book of runs."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from extractor.batch import Batch, Progress
from extractor.journal import Journal
from extractor.model import revision
from extractor.read import Source, Unread
from extractor.schemas import Tally, Usage
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.templates import Prompt, load_prompt

_T = TypeVar("_T")
_NOTHING = Usage()


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
) -> tuple[Tally, list[str]]:
    """One run over sources, and over articles that are in the workspace already (`again`).

    Returns how it went, and the ids of the articles (the paths of those
    without text) in their order. What was `spent` before counts for the run.
    Where it is not `asking`, the requests that are due are kept.
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
                await batch.extract(found, again)
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


def digest_of(settings: Settings, prompt: Prompt) -> str:
    """What makes an extraction: the digest of prompt, schema, model and the size of parts."""
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
