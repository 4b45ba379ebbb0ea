"""A run in chunks: one process reads and hands out, others ask.

    sources ──> articles, kept ──> chunks of ids ──> ask ──> counts
    here        here               a share of        there   here
                                   the limits each

All meet in the workspace. A chunk that is tried again, because whoever had it
is gone, finds there what was done of it.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice

from extractor.errors import ConfigurationError, ExtractorError, WorkspaceError
from extractor.read import Source, Unread
from extractor.reading import Reading, chunks
from extractor.runner import Runner
from extractor.running import Whole, digest_of, work
from extractor.schemas import ArticleOutcome, Outcomes, Tally
from extractor.settings import Settings
from extractor.shares import Share, Shares
from extractor.store import Workspace
from extractor.templates import load_prompt

SMALLEST = 100
"""Articles of the smallest chunk: to hand one out takes a few milliseconds, whatever is in it."""
ROUNDS = 10
"""Articles of a chunk for each call in flight: in the last round of a chunk ever fewer are."""
NAMED = 20
"""Failures of a chunk that are named; more are counted."""

Told = Callable[[Tally, Sequence[ArticleOutcome]], None]
"""Told of each chunk that has come back: its counts, and some of its failures."""


@dataclass(frozen=True)
class Chunk:
    """Articles of a workspace that somebody is to ask about; what may hold a secret is never shown."""

    articles: tuple[str, ...]
    whole: Whole
    digest: str
    share: Share
    settings: Settings = field(repr=False)
    db: str | None = field(repr=False)


@dataclass(frozen=True)
class Asked:
    """What came of a chunk. `left` are the articles that its share of the limits did not allow."""

    share: Share
    tally: Tally = field(default_factory=Tally)
    failures: tuple[ArticleOutcome, ...] = ()
    left: tuple[str, ...] = ()
    error: ExtractorError | None = None


def ask(chunk: Chunk) -> Asked:
    """Asks about the articles of a chunk. Errors of ours are handed back: a runner would print their surroundings."""
    done: set[str] = set()
    failures: list[ArticleOutcome] = []

    def told(outcome: ArticleOutcome) -> None:
        done.add(outcome.article)
        if outcome.outcome is Outcomes.FAILED and len(failures) < NAMED:
            failures.append(outcome)

    try:
        if digest_of(chunk.settings, load_prompt()) != chunk.digest:
            raise ConfigurationError("a worker has another version of meeting-extractor: install the same everywhere")
        with Workspace.open(chunk.db, create=False) as workspace:
            tally, _ = work(workspace, (), chunk.settings, told, chunk.articles, whole=chunk.whole)
    except asyncio.CancelledError:  # mostly nobody is there to hear it
        lost = "the run has lost its connection to the workspace: run again; what was finished is kept"
        return Asked(chunk.share, error=WorkspaceError(lost))
    except ExtractorError as error:
        return Asked(chunk.share, error=error)
    left = tuple(id_ for id_ in chunk.articles if id_ not in done) if tally.stopped else ()
    return Asked(chunk.share, tally, tuple(failures), left)


def work_in_chunks(
    workspace: Workspace,
    found: Iterable[Source | Unread],
    settings: Settings,
    runner: Runner,
    told: Told,
    again: Sequence[str] = (),
) -> Tally:
    """One run over sources, and over articles that are in the workspace already (`again`), done by a runner.

    The processes of the runner open the workspace by its name.

    Raises:
        ConfigurationError: the settings cannot work, or not over there.
        ModelUnreachableError: no model answers; what was done is kept.
        WorkspaceError: the workspace cannot be used, from here or from there.
    """
    shares = Shares(settings)
    prompt = load_prompt()
    digest = digest_of(settings, prompt)
    since = workspace.last_extraction()
    run = workspace.start_run(model=settings.model, endpoint=settings.endpoint, prompt=prompt.digest, digest=digest)
    tally, stopped = Tally(), "an error"
    left: deque[tuple[str, ...]] = deque()

    def note(part: Tally, failures: Sequence[ArticleOutcome]) -> None:
        nonlocal tally
        tally = _together(tally, part)
        told(part, failures)

    def pieces() -> Iterator[Chunk | None]:
        articles = _new(chain(_read(workspace, found, run, note), again))
        size = max(SMALLEST, ROUNDS * settings.jobs)
        while True:
            if not left and (some := tuple(islice(articles, size))):
                left.append(some)
            share = shares.take(runner.slots) if left else None
            if share is None:
                yield None
            else:
                yield Chunk(left.popleft(), Whole(run, since), digest, share, shares.within(share), workspace.where)

    try:
        with closing(runner.map(ask, pieces())) as results:
            for asked in results:
                if asked.error:
                    raise asked.error
                shares.settle(asked.share, asked.tally.usage)
                left.extend([asked.left] if asked.left else [])
                note(asked.tally, asked.failures)
        stopped = (shares.reached or "") if left else ""
    except KeyboardInterrupt:
        stopped = "interrupted"
        raise
    finally:  # whoever still asks for this run finds that it has ended, and stops
        counts = {outcome.value: count for outcome, count in tally.counts.items()}
        workspace.finish_run(run, counts=counts, usage=tally.usage, stopped=stopped or None)
    return tally.model_copy(update={"stopped": stopped or None})


def _read(workspace: Workspace, found: Iterable[Source | Unread], run: int, note: Told) -> Iterator[str]:
    """The ids of the articles in sources, all of them in the workspace now."""
    for chunk in chunks(found):
        reading = Reading(chunk, run)
        reading.look(workspace)
        for _ in reading.read():
            pass  # nobody waits in this process
        reading.save(workspace)
        if failures := reading.failures:
            note(Tally(counts={Outcomes.FAILED: len(failures)}), failures)
        yield from (name for name, article in reading.names.items() if article)


def _new(ids: Iterable[str]) -> Iterator[str]:
    """Each once."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ not in seen:
            seen.add(id_)
            yield id_


def _together(one: Tally, other: Tally) -> Tally:
    """The counts of two parts of a run."""
    return Tally(
        counts=dict(Counter(one.counts) + Counter(other.counts)),
        known=one.known + other.known,
        deferred=one.deferred + other.deferred,
        usage=one.usage + other.usage,
    )
