"""`extractor evaluate`: a model against a gold file, and two codings against each other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.job import Job, job, workspace_at
from extractor.console import note, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.schemas import Account, Article, Meeting
    from extractor.schemas.evaluation import Comparison, Evaluation, EvaluationReport
    from extractor.schemas.gold import GoldMeeting

    Coding = Mapping[str, Sequence[GoldMeeting]]


class _Reading(NamedTuple):
    """What a workspace holds, by the names of the articles' files."""

    name: str
    articles: "dict[str, Article]"
    accounts: "dict[str, list[Account]]"
    meetings: "Sequence[Meeting]"

    @property
    def coding(self) -> "Coding":
        """The accounts in the form of gold."""
        from extractor.evaluate import coded

        return {file: [coded(account) for account in told] for file, told in self.accounts.items()}


@app.command()
def evaluate(
    paths: o.SomePathsArgument = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="FILE", help="Gold records, an article a line.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="OTHER", help="A second coder's gold file, or another model's workspace."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every error, worst first.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write an HTML report with every error.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    db: Annotated[
        str | None, typer.Option("--db", metavar="FILE|URL", help="Keep, or take, the workspace here.")
    ] = None,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    published: o.PublishedOption = None,
    jobs: o.JobsOption = None,
    weights: o.WeightsOption = None,
    quiet: o.QuietOption = False,
) -> None:
    """How well a model reads, scored against a gold file; or how far two codings agree.

    A second gold file is compared with --gold, a workspace with the articles.
    All figures have 95% intervals: a percentile bootstrap over articles.
    """
    from extractor.schemas.evaluation import EvaluationReport

    if not gold and not against:
        raise ConfigurationError("scored against what? Name a gold file (--gold), or another coding (--against)")
    known = _gold(gold, quiet=quiet) if gold else None
    reading, done = None, None
    if paths or db:
        with workspace_at(db) as file:
            if paths:
                settings = o.settings_of(model=model, base_url=base_url, jobs=jobs)
                done = job(paths, settings, published, file, quiet=quiet)
            reading = _read(file, weights)
    elif not (gold and against):
        raise ConfigurationError("which articles? Name files or folders, or a workspace (--db)")
    found = EvaluationReport(
        evaluation=_scored(reading, known, gold, done, quiet=quiet) if reading and known is not None and gold else None,
        comparison=_compared(against, reading, known, gold, quiet=quiet) if against else None,
    )
    _show(found, report, errors=errors, json=json, quiet=quiet)
    if done:
        done.end()


def _gold(file: Path, *, quiet: bool) -> "Coding":
    """A gold file; values that are in no vocabulary are mentioned."""
    from extractor.evaluate import load_gold, strange

    gold = load_gold(file)
    for line in strange(gold):
        note(f"{file}: {line}", quiet=quiet)
    return gold


def _read(file: str, weights: Path | None = None) -> _Reading:
    """A workspace that is there."""
    from extractor.evaluate import by_file, named
    from extractor.pipeline import accounts, meetings
    from extractor.store import Workspace
    from extractor.weights import in_force

    with Workspace.open(file, create=False) as workspace:
        last = workspace.last_run()
        articles = list(workspace.articles())
        told = by_file(articles, accounts(workspace))
        merged = meetings(workspace, in_force(weights))
        return _Reading(last.model if last else "", named(articles), told, merged)


def _scored(reading: _Reading, known: "Coding", gold: Path, done: Job | None, *, quiet: bool) -> "Evaluation":
    from extractor.evaluate import evaluate
    from extractor.schemas.evaluation import Expense

    absent = known.keys() - reading.articles.keys()
    if len(absent) == len(known):
        raise ConfigurationError(f"{gold} knows none of these articles: `file` in it is the name of an article's file")
    if absent:
        some = ", ".join(sorted(absent)[:3])
        note(f"{len(absent)} articles of {gold} are not here, and count as missed: {some} …", quiet=quiet)
    expense = None
    if done:
        tally = done.tally
        expense = Expense(
            articles=tally.articles, known=tally.known, calls=tally.usage.calls, tokens=tally.usage.tokens,
            cost=tally.usage.cost, seconds=done.seconds,
        )  # fmt: skip
    return evaluate(
        reading.articles, reading.accounts, reading.meetings, known, model=reading.name, name=gold.name, expense=expense
    )


def _compared(
    other: str, reading: _Reading | None, known: "Coding | None", gold: Path | None, *, quiet: bool
) -> "Comparison":
    """The coding on the left is one of the other's kind, where there is one."""
    from extractor.evaluate.agreement import compare
    from extractor.store import shown

    if workspace := _is_workspace(other):
        theirs = _read(other)
        right, name = theirs.coding, f"{theirs.name} ({shown(other)})"
    else:
        right, name = _gold(Path(other), quiet=quiet), other
    if reading and (workspace or known is None):
        left, mine = reading.coding, reading.name
    else:
        left, mine = known or {}, str(gold)
    found = compare(left, right, names=(mine, name))
    if not found.articles:
        raise ConfigurationError(f"{mine} and {name} have no article in common: articles go by their files' names")
    return found


def _show(found: "EvaluationReport", report: Path | None, *, errors: bool, json: bool, quiet: bool) -> None:
    """The figures on stdout, and the report where one is wanted."""
    from extractor.report.scores import comparison_text, evaluation_text

    if json:
        write(found.model_dump_json(indent=2) + "\n")
    else:
        parts = [evaluation_text(found.evaluation, errors=errors)] if found.evaluation else []
        parts += [comparison_text(found.comparison)] if found.comparison else []
        write("\n".join(parts))
    if report:
        from extractor.report import write_file
        from extractor.report.evaluation import render_evaluation

        note(f"wrote {write_file(report, render_evaluation(found))}", quiet=quiet)


def _is_workspace(other: str) -> bool:
    """Whether it is on a server, or a file that is an SQLite database by its first bytes (sqlite.org/fileformat)."""
    from extractor.store import is_url

    if is_url(other):
        return True
    try:
        with Path(other).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError as error:
        raise ConfigurationError(f"{other} cannot be read: {error.strerror}") from error
