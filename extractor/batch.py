"""A batch: the articles of one run on their way to extractions, many of them in flight.

    sources ──> read before? ──> saved ──> admitted ──> asked ──> kept
    a chunk     no reading       journal   done, mine   in        journal
    at a time   again                      or elsewhere flight

Nothing here grows with the archive but the ids of the articles seen.
"""

import asyncio
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

from extractor.ask import Result, ask
from extractor.errors import ArticleError, ExtractorError, ReplyError
from extractor.ground import problems
from extractor.journal import Journal
from extractor.model import LimitReached, Model, NotAsked, Stored
from extractor.read import Source, Unread
from extractor.reading import CHUNK, Reading, chunks
from extractor.schemas import Article, ArticleOutcome, Outcomes, Tally, Usage
from extractor.settings import Settings
from extractor.store import Extraction, Known, Workspace
from extractor.templates import Prompt

POLL = 0.5
"""Seconds between two looks at what another run is asking."""

Progress = Callable[[ArticleOutcome], None]
"""Told of each article as soon as it has its outcome."""


class Batch:
    """One run over articles.

    `seen` holds the article ids, and the paths without text, in the order of
    the paths. Where it is not `asking`, the requests that are due are kept in
    the workspace instead.
    """

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        prompt: Prompt,
        digest: str,
        run: int,
        progress: Progress,
        *,
        asking: bool = True,
    ) -> None:
        self.settings = settings
        self.seen: dict[str, None] = {}
        self._journal = journal
        self._prompt = prompt
        self._digest = digest
        self._run = run
        self._progress = progress
        self._model = Model(settings, asking=asking)
        self._begun = False
        # Twice as many articles as calls: while one's reply is worked on, another's call is in flight.
        self._room = asyncio.Semaphore(2 * settings.jobs)
        self._elsewhere: list[str] = []
        self._counts: Counter[Outcomes] = Counter()
        self._known = 0
        self._deferred = 0
        self._stopped: str | None = None
        self._tried_since: int | None = None

    @property
    def tally(self) -> Tally:
        """How far it has come."""
        return Tally(
            counts=dict(self._counts),
            known=self._known,
            deferred=self._deferred,
            stopped=self._stopped,
            usage=self._model.budget.spent,
        )

    def spend(self, usage: Usage) -> None:
        """Counts something that was spent for this run before it began."""
        self._model.budget.spend(usage)

    async def extract(
        self, sources: Iterable[Source | Unread], again: Sequence[str] = (), since: int | None = None
    ) -> None:
        """Every article to its extraction; those of `again` are in the workspace already.

        Where this is a second try, `since` is the newest extraction before the first: what was done after it, and
        what that cost, counts as this run's own.

        Raises:
            ModelUnreachableError: no model answers; what was done is kept.
            WorkspaceError: the workspace cannot be used.
        """
        self._tried_since = since
        if since is None:
            since = await self._journal.do(lambda workspace: workspace.last_extraction())
        done = partial(settled, self.settings, since)
        async with AsyncExitStack() as self._stack:
            try:
                async with asyncio.TaskGroup() as flight:  # what ends one of its tasks ends them all
                    self._flight = flight
                    await self._extract(sources, again, done)
            except BaseExceptionGroup as errors:
                raise _first(errors) from None

    async def _extract(
        self, sources: Iterable[Source | Unread], again: Sequence[str], done: Callable[[Known], bool]
    ) -> None:
        for chunk in chunks(sources):
            await self._admit(await self._read(chunk), done)
            if self._stopped:
                return
        await self._admit(self._new(again), done)
        while self._elsewhere and not self._stopped:
            waiting, self._elsewhere = self._elsewhere, []
            await self._admit(waiting, done)
            if self._elsewhere:
                await asyncio.sleep(POLL)

    async def _read(self, chunk: Sequence[Source | Unread]) -> list[str]:
        """The ids of the articles in a chunk of sources, all of them in the workspace now."""
        reading = Reading(chunk, self._run)
        await self._journal.do(reading.look)
        for _ in reading.read():
            await asyncio.sleep(0)  # replies come in meanwhile
        await self._journal.do(reading.save)
        for outcome in reading.failures:
            self._note(outcome)
        names = reading.names
        return [name for name in self._new(names) if names[name]]

    def _new(self, ids: Iterable[str]) -> list[str]:
        """Those ids (or paths, where there is no text) that this run has not seen yet."""
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in self.seen]
        self.seen.update(dict.fromkeys(new))
        return new

    async def _admit(self, ids: Sequence[str], done: Callable[[Known], bool]) -> None:
        """Starts asking about those articles that are neither done nor another run's."""
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            admit = partial(Workspace.admit, ids=some, digest=self._digest, run=self._run, done=done)
            admitted = await self._journal.do(admit)
            self._elsewhere += admitted.elsewhere
            self._deferred += len(admitted.deferred)
            for outcome in admitted.done:
                self._recall(outcome, admitted.numbers[outcome.article])
            for article in admitted.mine:
                await self._begin()
                await self._room.acquire()
                if self._stopped:
                    return
                known = article.id in admitted.asked and not self.settings.refresh
                task = self._flight.create_task(self._ask(article, known=known))
                task.add_done_callback(lambda _: self._room.release())

    async def _begin(self) -> None:
        """Gets ready to ask, the first time."""
        if not self._begun:
            self._begun = True
            await self._stack.enter_async_context(self._model)
            # Libraries and gazetteers outlive the run: to search them for garbage takes a quarter of its CPU time.
            gc.freeze()
            self._stack.callback(gc.unfreeze)

    def _recall(self, outcome: ArticleOutcome, number: int) -> None:
        """Notes what is done already, by an earlier run or an earlier try of this one."""
        if self._tried_since is not None and number > self._tried_since:
            self.spend(outcome.usage)
            self._note(outcome)
        else:
            self._known += 1
            self._note(outcome.model_copy(update={"usage": Usage(cached=1)}))

    def _note(self, outcome: ArticleOutcome) -> None:
        self._counts[outcome.outcome] += 1
        self._progress(outcome)

    async def _ask(self, article: Article, *, known: bool) -> None:
        """Asks about one article and keeps what came of it; its failure is its own."""
        spent = Usage()

        def spend(usage: Usage) -> None:
            nonlocal spent
            spent += usage

        ledger = _Ledger(self._journal, article.id, self._digest, self._prompt, known=known)
        useless = False
        try:
            check = partial(problems, article)
            size = self.settings.part_size
            answer = await ask(article, self._model, self._prompt, check, ledger, spend, part_size=size)
            result = Result.of(answer)
        except LimitReached as limit:
            self._stopped = str(limit)
            return
        except NotAsked as wanted:
            about = (article.id, self._digest, self._prompt, wanted.requests)
            await self._journal.write(lambda workspace: workspace.save_pending(*about))
            self._deferred += 1
            return
        except ArticleError as error:
            result = Result.failed(str(error))
            useless = isinstance(error, ReplyError) and error.raw is not None
        except ExtractorError:
            raise
        except Exception as error:  # a bug takes no other article along
            result = Result.failed(f"a bug in the extractor, please report it: {error!r}")
        kept = Extraction(
            article=article.id,
            digest=self._digest,
            model=self.settings.model,
            prompt=self._prompt.digest,
            usage=spent,
            **dict(result),
        )
        await self._journal.write(lambda workspace: workspace.save_extraction(kept, void=useless))
        self._note(kept.outcome_of(article.source))


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """One error of a group: the others say the same of other articles."""
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


class _Ledger:
    """The calls about one article in the workspace. Where it is not `known`, nothing was asked before."""

    def __init__(self, journal: Journal, article: str, digest: str, prompt: Prompt, *, known: bool) -> None:
        self._journal = journal
        self._known = known
        self._about = (article, digest, prompt)

    async def get(self, key: str) -> Stored | None:
        """The reply that is kept."""
        return await self._journal.do(lambda workspace: workspace.reply(key)) if self._known else None

    async def put(self, key: str, request: Mapping[str, Any], reply: str) -> None:
        """Keeps a reply."""
        await self._journal.write(lambda workspace: workspace.save_call(key, *self._about, request, reply))


def settled(settings: Settings, since: int, known: Known) -> bool:
    """Whether what is known of an article will do; what was kept `since` the run began (a number) does."""
    again = settings.refresh or (settings.retry_failed and known.outcome is Outcomes.FAILED)
    return known.number > since or not again
