"""The main path: read, ask, ground, normalise, reconcile.

    read ──> ask ──> ground ──> normalise ──> reconcile
    paths    model   quotes     accounts      meetings

Asking is asynchronous inside (`batch`); everybody else sees `run`, or
`extract` and then `meetings` where the outcomes of all articles are too many
to hold.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TypeVar

from extractor.batch import Batch, Progress
from extractor.ground import ground
from extractor.journal import Journal
from extractor.model import revision
from extractor.normalise import normalise
from extractor.read import Paths, Source, Unread, sources
from extractor.reconcile import reconcile
from extractor.schemas import Account, Article, ArticleOutcome, Meeting, Run, Tally, Usage
from extractor.settings import Settings
from extractor.store import Extraction, Workspace
from extractor.templates import Prompt, load_prompt
from extractor.texts.reprints import origins, sketch

_T = TypeVar("_T")
_NOTHING = Usage()


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
    outcomes: dict[str, ArticleOutcome] = {}

    def told(outcome: ArticleOutcome) -> None:
        outcomes[outcome.article] = outcome
        if progress:
            progress(outcome)

    with Workspace.open(None if db is None else str(db)) as workspace:
        tally, seen = work(workspace, sources(paths, published), settings, told)
        return Run(
            model=settings.model,
            endpoint=settings.endpoint,
            prompt=load_prompt().digest,
            outcomes=tuple(outcomes[id_] for id_ in seen if id_ in outcomes),
            meetings=meetings(workspace),
            usage=tally.usage,
            stopped=tally.stopped,
        )


def extract(
    paths: Paths,
    settings: Settings,
    *,
    published: date | None = None,
    db: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Tally:
    """The part of `run` that asks: articles to drafts, in memory that does not grow with them.

    With `settings.retry_failed` and no paths, all articles that failed are asked again.
    """
    with Workspace.open(None if db is None else str(db)) as workspace:
        again: list[str] = []
        if settings.retry_failed and not paths:
            again, paths = failed(workspace)
        return work(workspace, sources(paths, published), settings, progress, again)[0]


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
    """What makes an extraction: the digest of prompt, schema and model."""
    return sha256(f"{prompt.digest}\n{settings.model}\n{settings.endpoint}\n{revision(settings)}".encode()).hexdigest()


def accounts(workspace: Workspace) -> list[Account]:
    """The active accounts of all articles of a workspace, from their drafts: no model is asked.

    Articles that are reprints of one text share an origin.
    """
    made: list[Account] = []
    sketches = {}
    for extraction in workspace.active():
        if extraction.draft and extraction.draft.meetings:
            article = workspace.article(extraction.article)
            made += _accounts(article, extraction)
            sketches[article.id] = sketch(article.text)
    origin = origins(sketches)
    return [account.model_copy(update={"origin": origin[account.article]}) for account in made]


def meetings(workspace: Workspace) -> tuple[Meeting, ...]:
    """The meetings of a workspace, from its drafts: no model is asked."""
    if workspace.file is None:
        return reconcile(accounts(workspace))
    settle(workspace)
    return tuple(workspace.meetings())


def settle(workspace: Workspace) -> int:
    """Reconciles what has changed since it was last done; returns how many meetings there are."""
    state = f"{_rules()} {workspace.state()}"
    if workspace.reconciled() != state:
        workspace.save_meetings(state, reconcile(accounts(workspace)))
    return workspace.count_meetings()


@cache
def _rules() -> str:
    """The digest (SHA-256, hex) of this package: by other rules, meetings are made anew."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _accounts(article: Article, extraction: Extraction) -> list[Account]:
    """The accounts in a draft, each told who drafted it."""
    draft = extraction.draft
    made = normalise(article, draft, ground(article, draft)) if draft else ()
    origin = {"model": extraction.model, "extraction": extraction.digest}
    return [account.model_copy(update=origin) for account in made]


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
