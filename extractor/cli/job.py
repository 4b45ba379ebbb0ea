"""A job with its progress on stderr: what the commands that ask a model share."""

import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import typer

from extractor.cli.options import FAILED
from extractor.console import error, note, progress
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.runner import Runner
    from extractor.schemas import ArticleOutcome, Tally
    from extractor.settings import Settings

SHOWN = 20
"""Failed articles that are named at the end of a run; `extractor articles --failed` lists them all."""


class Failures:
    """The articles that failed, as many as are named, and how many there are."""

    def __init__(self) -> None:
        self.count = 0
        self.named: list[ArticleOutcome] = []

    def add(self, count: int, outcomes: "Sequence[ArticleOutcome]") -> None:
        """Notes so many more, with the outcomes of some."""
        self.count += count
        self.named += outcomes[: SHOWN - len(self.named)]


class Job(NamedTuple):
    """A job that is done: how it went, its wall time in seconds, and how to end: failures are named, and it exits."""

    tally: "Tally"
    seconds: float
    end: Callable[[], None]


def job(
    paths: Sequence[Path],
    settings: "Settings",
    published: str | None,
    db: str,
    *,
    quiet: bool,
    runner: "Runner | None" = None,
) -> Job:
    """Asks about articles, here or by a runner; tells the model, the progress and the cost."""
    from extractor import pipeline
    from extractor.api import day
    from extractor.schemas import Outcomes, Tally

    when = day(published)
    failures = Failures()
    note(f"model: {settings.model} ({settings.endpoint})", quiet=quiet)
    with progress(paths, settings, quiet=quiet) as bar:

        def told(part: Tally, failed: "Sequence[ArticleOutcome]") -> None:
            failures.add(part.counts.get(Outcomes.FAILED, 0), failed)
            bar(part)

        def one(outcome: "ArticleOutcome") -> None:
            part = Tally(counts={outcome.outcome: 1}, usage=outcome.usage)
            told(part, [outcome] if outcome.outcome is Outcomes.FAILED else [])

        began = perf_counter()
        if runner:
            tally = pipeline.extract_by(runner, list(paths), settings, told, published=when, db=db)
        else:
            tally = pipeline.extract(list(paths), settings, published=when, db=db, progress=one)
        seconds = perf_counter() - began
    if paths and not (tally.articles or tally.deferred or tally.stopped):
        raise ConfigurationError(f"no articles in {', '.join(map(str, paths))}: .txt, .md, .html and .jsonl are read")
    note(in_words(tally, settings), quiet=quiet)
    return Job(tally, seconds, lambda: _end(tally, failures))


def in_words(tally: "Tally", settings: "Settings") -> str:
    """How a run went, in one line."""
    from extractor import prices

    usage = tally.usage
    parts = [f"{usage.calls} calls", f"{usage.tokens} tokens", prices.in_words(usage.cost, settings)]
    counted = (
        (usage.reasks, "re-asks"),
        (usage.retries, "retries"),
        (usage.estimated, "replies without a count of tokens (estimated)"),
        (tally.known, "known already"),
        (tally.deferred, "wait for a reply from a file"),
    )
    parts += [f"{number} {words}" for number, words in counted if number]
    return f"{tally.articles} articles; " + ", ".join(parts)


def again() -> str:
    """The command line that was given, to be given again; a password in an address is left out."""
    return shlex.join(["extractor", *map(_shown, sys.argv[1:])])


def _shown(argument: str) -> str:
    """An argument without what is secret in it."""
    from extractor.store import shown

    if (workspace := shown(argument)) != argument:
        return workspace
    return re.sub(r"(?<=://)[^/@\s]*@", "", argument)


def _end(tally: "Tally", failures: Failures) -> None:
    """Names the articles that failed on stderr, says what stopped the run, and ends with the exit code for it."""
    for outcome in failures.named:
        error(f"{outcome.source}: {outcome.reason}")
    if failures.count > len(failures.named):
        error(f"and {failures.count - len(failures.named)} more failed: `extractor articles --failed` lists them")
    if tally.stopped:
        error(f"stopped at the limit of {tally.stopped}; with a higher one this goes on from there:")
        note(again())
    if failures.count or tally.stopped:
        raise typer.Exit(FAILED)


@contextmanager
def workspace_at(db: str | None) -> Iterator[str]:
    """The workspace that was named, or one that is gone afterwards."""
    if db:
        yield db
        return
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "extractor.db")


@contextmanager
def runner_at(address: str | None, db: str, *, quiet: bool) -> "Iterator[Runner | None]":
    """The cluster that was named; without one, work is done here."""
    if address is None:
        yield None
        return
    from extractor.cluster import Cluster
    from extractor.store import is_url

    if not is_url(db):
        raise ConfigurationError(
            f"{db} is a file of this machine: the workers of a cluster need --db postgresql://USER@HOST:PORT/NAME"
        )
    with Cluster.at(address) as cluster:
        note(f"cluster: {address} ({cluster.threads or 'no'} threads of workers)", quiet=quiet)
        yield cluster
