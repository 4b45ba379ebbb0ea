"""The main path: read, ask, ground, normalise, reconcile.

    read ──> ask ──> ground ──> normalise ──> reconcile
    paths    model   quotes     accounts      meetings
                                       └──> adjudicate ──┘
                                            verdicts, where it is asked for

Asking is asynchronous inside (`batch`); everybody else sees `run`, or
`extract` and then `meetings` where the outcomes of all articles are too many
to hold.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from os import PathLike
from pathlib import Path

from extractor import decisions
from extractor.adjudicate import chosen, said
from extractor.batch import Progress
from extractor.chunks import Told, work_in_chunks
from extractor.decisions import Decided
from extractor.judging import Failure
from extractor.lineage import Fate, fates, members
from extractor.linking import link
from extractor.profile import profile
from extractor.questions import asked, questions, speakers
from extractor.read import Paths, Source, Unread, sources
from extractor.reconcile import one_each, reconcile
from extractor.runner import Runner
from extractor.running import failed, judge, work
from extractor.schemas import Account, Adjudged, ArticleOutcome, Meeting, Question, Run, Tally, Usage
from extractor.settings import Settings
from extractor.settling import settled, told
from extractor.store import Workspace
from extractor.templates import load_prompt
from extractor.texts.reprints import origins, sketch
from extractor.weights import Weights, in_force, standard


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
    weights = in_force(settings.weights)  # before anything is asked and paid for
    outcomes: dict[str, ArticleOutcome] = {}

    def told(outcome: ArticleOutcome) -> None:
        outcomes[outcome.article] = outcome
        if progress:
            progress(outcome)

    with Workspace.open(db) as workspace:
        tally, seen = work(workspace, sources(paths, published), settings, told)
        return Run(
            model=settings.model,
            endpoint=settings.endpoint,
            prompt=load_prompt().digest,
            outcomes=tuple(outcomes[id_] for id_ in seen if id_ in outcomes),
            meetings=meetings(workspace, weights),
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
    with _opened(paths, settings, published, db) as (workspace, found, again):
        return work(workspace, found, settings, progress, again)[0]


def extract_by(
    runner: Runner,
    paths: Paths,
    settings: Settings,
    told: Told,
    *,
    published: date | None = None,
    db: str | PathLike[str],
) -> Tally:
    """As `extract`, by many processes: articles are read here, and asked about where the runner does its work."""
    with _opened(paths, settings, published, db) as (workspace, found, again):
        return work_in_chunks(workspace, found, settings, runner, told, again)


@contextmanager
def _opened(
    paths: Paths, settings: Settings, published: date | None, db: str | PathLike[str] | None
) -> Iterator[tuple[Workspace, Iterator[Source | Unread], list[str]]]:
    """A workspace, the sources to read, and the articles in it to ask about again."""
    with Workspace.open(db) as workspace:
        again: list[str] = []
        if settings.retry_failed and not paths:
            again, paths = failed(workspace)
        yield workspace, sources(paths, published), again


def accounts(workspace: Workspace) -> list[Account]:
    """The active accounts of all articles of a workspace, from their drafts: no model is asked.

    Articles that are reprints of one text share an origin.
    """
    made: list[Account] = []
    sketches = {}
    for article, some in told(workspace, workspace.active()):
        made += some
        sketches[article.id] = sketch(article.text)
    origin = origins(sketches)
    return [account.model_copy(update={"origin": origin[account.article]}) for account in made]


def adjudicate(
    workspace: Workspace, settings: Settings, failure: Failure = lambda _: None, *, spent: Usage | None = None
) -> Adjudged:
    """Asks the model about accounts that could be one meeting or two: their score is close to the threshold.

    Asked is about pairs that have no verdict yet, that nobody decided, and whose
    verdict can change a group. The verdicts count when the workspace is
    reconciled next. What was `spent` before counts towards the limits of the
    settings; `failure` is told of each pair that got no verdict.

    Raises:
        ModelUnreachableError: no model answers; what was done is kept.
        WorkspaceError: the workspace cannot be used.
    """
    active = accounts(workspace)
    links = link(map(profile, active), in_force(settings.weights), decided(workspace).judged)
    found = {account.id: account for account in active}
    return judge(workspace, chosen(links, found), found, settings, failure, spent or Usage())


def meetings(workspace: Workspace, weights: Weights | None = None) -> tuple[Meeting, ...]:
    """The meetings of a workspace, from its drafts, decisions and verdicts: no model is asked."""
    weights = weights or standard()
    if workspace.where is None:
        return _reconciled(workspace, weights)[0]
    settle(workspace, weights)
    return tuple(workspace.meetings())


def settle(
    workspace: Workspace,
    weights: Weights | None = None,
    changed: Callable[[Mapping[str, Fate]], None] | None = None,
    runner: Runner | None = None,
) -> int:
    """Reconciles what has changed since it was last done, here or by a runner; returns how many meetings there are.

    `changed` is given what became of the meetings that are no longer known by their ids.
    """
    weights = weights or standard()
    state = f"{_rules()} {weights.digest} {workspace.state()}"
    if workspace.reconciled() != state:
        found, open_ = _reconciled(workspace, weights, runner)
        replaced = workspace.save_meetings(state, found, open_)
        if changed:
            changed(fates(replaced, members(found)))
    return workspace.count_meetings()


def decided(workspace: Workspace) -> Decided:
    """What people decided, by the accounts of today."""
    return decisions.verdicts(workspace.decisions(), _decided_about(workspace))


def _reconciled(
    workspace: Workspace, weights: Weights, runner: Runner | None = None
) -> tuple[tuple[Meeting, ...], tuple[Question, ...]]:
    """The meetings of the accounts of today, by what people decided and the model said; and what is to be asked."""
    known = decided(workspace)
    judged = known.judged._replace(said=said(workspace.verdicts()))
    active: dict[str, Account] = {}
    if runner:
        found, links = settled(runner, workspace, judged, weights)
    else:
        active = one_each(accounts(workspace))
        links = link(map(profile, active.values()), weights, judged)
        found = reconcile(tuple(active.values()), judged, weights, links)
    doubtful = asked(links, (meeting.why for meeting in found), weights, judged, known.disputed)
    compared = {id_ for pair, _ in doubtful for id_ in pair} | speakers(doubtful, links)
    if runner:
        article = {ref.id: ref.article for meeting in found for ref in meeting.accounts}
        active = _told_by(workspace, {article[id_] for id_ in compared if id_ in article})
    profiles = {id_: profile(active[id_]) for id_ in compared if id_ in active}
    return found, questions(doubtful, links, profiles, weights, judged)


def _decided_about(workspace: Workspace) -> list[Account]:
    """The accounts of the articles that people decided about."""
    ids = {article for decision in workspace.decisions() for article in decision.articles}
    return list(_told_by(workspace, ids).values()) if ids else []


def _told_by(workspace: Workspace, articles: Collection[str]) -> dict[str, Account]:
    """The accounts of these articles, by their ids."""
    return one_each([account for _, some in told(workspace, workspace.active_of(articles)) for account in some])


@cache
def _rules() -> str:
    """The digest (SHA-256, hex) of this package: by other rules, meetings are made anew."""
    digest = sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
