"""The main path: read, ask, ground, normalise, reconcile.

    read ──> ask ──> ground ──> normalise ──> reconcile
    paths    model   quotes     accounts      meetings

Asking is asynchronous inside; everybody else sees `run`.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import date
from functools import partial, reduce
from hashlib import sha256
from operator import add
from os import PathLike
from typing import TypeVar

from extractor.ask import ask
from extractor.errors import ArticleError
from extractor.ground import ground, problems
from extractor.model import Model, revision
from extractor.normalise import normalise
from extractor.read import Paths, Unread, read
from extractor.reconcile import reconcile
from extractor.schemas import Account, Article, ArticleOutcome, Meeting, Outcomes, Run, Usage
from extractor.settings import Settings
from extractor.store import Extraction, Workspace
from extractor.templates import Prompt, load_prompt

Progress = Callable[[ArticleOutcome], None]
"""Told of each article as soon as it has its outcome."""
_T = TypeVar("_T")


def run(
    paths: Paths,
    settings: Settings,
    *,
    published: date | None = None,
    db: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Run:
    """The whole job: articles to meetings, into the workspace `db` (in memory without one).

    The meetings are those of the whole workspace. What was asked before is
    not asked again. Works inside a running event loop too.

    Raises:
        ConfigurationError: a path does not exist, or the settings cannot work.
        ModelUnreachableError: no model answers; what was done is kept.
        WorkspaceError: the workspace cannot be used.
    """
    return _wait(_run(paths, settings, published, db, progress or (lambda _: None)))


async def _run(
    paths: Paths, settings: Settings, published: date | None, db: str | PathLike[str] | None, progress: Progress
) -> Run:
    prompt = load_prompt()
    digest = sha256(
        f"{prompt.digest}\n{settings.model}\n{settings.endpoint}\n{revision(settings)}".encode()
    ).hexdigest()
    with Workspace.open(None if db is None else str(db)) as workspace:
        number = workspace.start_run(
            model=settings.model, endpoint=settings.endpoint, prompt=prompt.digest, digest=digest
        )
        outcomes = await _Batch(workspace, settings, prompt, digest, progress).extract(paths, published)
        usage = reduce(add, (outcome.usage for outcome in outcomes), Usage())
        workspace.finish_run(number, counts=Counter(outcome.outcome.value for outcome in outcomes), usage=usage)
        return Run(
            model=settings.model,
            endpoint=settings.endpoint,
            prompt=prompt.digest,
            outcomes=tuple(outcomes),
            meetings=reconcile(list(accounts(workspace))),
            usage=usage,
        )


def accounts(workspace: Workspace) -> Iterator[Account]:
    """The active accounts of all articles of a workspace, from their drafts: no model is asked."""
    for extraction in workspace.active():
        if extraction.draft:
            yield from _accounts(workspace.article(extraction.article), extraction)


def meetings(workspace: Workspace) -> tuple[Meeting, ...]:
    """The meetings of a workspace, from its drafts: no model is asked."""
    return reconcile(list(accounts(workspace)))


def _accounts(article: Article, extraction: Extraction) -> list[Account]:
    """The accounts in a draft, each told who drafted it."""
    draft = extraction.draft
    made = normalise(article, draft, ground(article, draft)) if draft else ()
    origin = {"model": extraction.model, "extraction": extraction.digest}
    return [account.model_copy(update=origin) for account in made]


class _Batch:
    """The articles of one run on their way to extractions, `settings.jobs` of them in flight."""

    def __init__(
        self, workspace: Workspace, settings: Settings, prompt: Prompt, digest: str, progress: Progress
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self.prompt = prompt
        self.digest = digest
        self.progress = progress

    async def extract(self, paths: Paths, published: date | None) -> list[ArticleOutcome]:
        """Every article's outcome, in the order of the paths; a text that is seen twice is asked once."""
        found: dict[str, ArticleOutcome | None] = {}
        flying: set[asyncio.Task[ArticleOutcome]] = set()
        model: Model | None = None
        async with AsyncExitStack() as stack:
            stack.callback(lambda: [task.cancel() for task in flying])
            for item in read(paths, published):
                if isinstance(item, Unread):
                    self._done(
                        found,
                        ArticleOutcome(
                            article=item.path, source=item.path, outcome=Outcomes.FAILED, reason=item.reason
                        ),
                    )
                    continue
                article = self.workspace.save_article(item)
                if article.id in found:
                    continue
                found[article.id] = None
                known = self.workspace.extraction(article.id, self.digest)
                if known and known.outcome is not Outcomes.FAILED:
                    self._done(found, self._outcome(article, known))
                    continue
                if model is None:
                    model = await stack.enter_async_context(Model(self.settings, self.workspace))
                flying.add(asyncio.create_task(self._ask(article, model)))
                if len(flying) >= self.settings.jobs:
                    flying = await self._land(flying, found)
            while flying:
                flying = await self._land(flying, found)
        return [outcome for outcome in found.values() if outcome]

    async def _land(
        self, flying: set[asyncio.Task[ArticleOutcome]], found: dict[str, ArticleOutcome | None]
    ) -> set[asyncio.Task[ArticleOutcome]]:
        done, pending = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            self._done(found, task.result())
        return pending

    def _done(self, found: dict[str, ArticleOutcome | None], outcome: ArticleOutcome) -> None:
        found[outcome.article] = outcome
        self.progress(outcome)

    async def _ask(self, article: Article, model: Model) -> ArticleOutcome:
        """Asks for one article and keeps what came of it; its failure is its own."""
        spent: list[Usage] = []
        draft, reason = None, None
        try:
            answer = await ask(article, model, self.prompt, partial(problems, article), spent.append)
        except ArticleError as error:
            outcome, reason = Outcomes.FAILED, str(error)
        else:
            draft, reason = answer.draft, "; ".join(answer.warnings) or None
            outcome = Outcomes.RECORDS if draft.meetings else Outcomes.NONE_FOUND
        kept = Extraction(
            article=article.id,
            digest=self.digest,
            model=self.settings.model,
            prompt=self.prompt.digest,
            outcome=outcome,
            reason=reason,
            draft=draft,
            usage=reduce(add, spent, Usage()),
        )
        self.workspace.save_extraction(kept)
        return self._outcome(article, kept, kept.usage)

    def _outcome(self, article: Article, extraction: Extraction, usage: Usage | None = None) -> ArticleOutcome:
        made = _accounts(article, extraction)
        return ArticleOutcome(
            article=article.id,
            source=article.source,
            outcome=extraction.outcome,
            reason=extraction.reason,
            accounts=len(made),
            ungrounded=sum(not claim.grounded for account in made for claim in account.claims),
            usage=usage or Usage(cached=1),
        )


def _wait(job: Coroutine[object, object, _T]) -> _T:
    """The result of a coroutine, also where an event loop runs already (a notebook): then in a thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(job)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, job).result()
