"""The main path: read, ask, ground, normalise, reconcile.

    read ──> ask ──> ground ──> normalise ──> reconcile
    paths    model   quotes     accounts      meetings

Asking is asynchronous inside (`batch`); everybody else sees `run`, or
`extract` and then `meetings` where the outcomes of all articles are too many
to hold.
"""

from datetime import date
from functools import cache
from hashlib import sha256
from os import PathLike
from pathlib import Path

from extractor.batch import Progress
from extractor.ground import ground
from extractor.normalise import normalise
from extractor.read import Paths, sources
from extractor.reconcile import reconcile
from extractor.running import failed, work
from extractor.schemas import Account, Article, ArticleOutcome, Meeting, Run, Tally
from extractor.settings import Settings
from extractor.store import Extraction, Workspace
from extractor.templates import load_prompt
from extractor.texts.reprints import origins, sketch


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
