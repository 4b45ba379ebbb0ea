"""The commands that ask a model: run, extract; and rebuild, which asks nobody."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.job import job, runner_at, workspace_at
from extractor.cli.known import settled
from extractor.console import note, show, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.runner import Runner
    from extractor.weights import Weights

LISTED = 200
"""Meetings that a run still prints; more are counted."""


@app.command()
def run(
    paths: o.SomePathsArgument = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write records and reports here.")] = None,
    db: o.DbOption = o.WORKSPACE,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    published: o.PublishedOption = None,
    jobs: o.JobsOption = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="Let the workers of this Dask scheduler work."),
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what is known already.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again where it failed; without PATH everywhere.")
    ] = False,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Ask the model too where two accounts could be one meeting or two.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked, and its cost.")] = False,
    max_cost: o.MaxCostOption = None,
    max_tokens: o.MaxTokensOption = None,
    max_calls: o.MaxCallsOption = None,
    price: o.PriceOption = None,
    requests_per_minute: o.RequestsOption = None,
    tokens_per_minute: o.TokensOption = None,
    weights: o.WeightsOption = None,
    json: o.JsonOption = False,
    quiet: o.QuietOption = False,
) -> None:
    """The whole job: articles to meetings, into the workspace. What was asked before is not asked again."""
    if not paths and not retry_failed:
        raise ConfigurationError("which articles? Name files or folders (or --retry-failed)")
    settings = o.settings_of(
        model=model,
        base_url=base_url,
        jobs=jobs,
        refresh=refresh,
        retry_failed=retry_failed,
        max_cost=max_cost,
        max_tokens=max_tokens,
        max_calls=max_calls,
        price=price,
        requests_per_minute=requests_per_minute,
        tokens_per_minute=tokens_per_minute,
        weights=weights,
    )
    if dry_run:
        from extractor.api import day
        from extractor.plan import plan

        write(plan(paths or [], settings, published=day(published), db=db).in_words(settings) + "\n")
        if adjudicate:
            note("which accounts --adjudicate asks about is known once the articles are read: it comes on top")
        return
    from extractor.weights import in_force

    known = in_force(settings.weights)  # before anything is asked and paid for
    complete = True
    with runner_at(cluster, db, quiet=quiet) as runner:
        done = job(paths or [], settings, published, db, quiet=quiet, runner=runner)
        if adjudicate and not done.tally.stopped:
            from extractor.cli.adjudicate import adjudicated

            complete = adjudicated(db, settings, done.tally.usage, quiet=quiet)
        _show(db, known, out, json=json, quiet=quiet, runner=runner)
    done.end()
    if not complete:
        raise typer.Exit(o.FAILED)


def _show(db: str, weights: "Weights", out: Path | None, *, json: bool, quiet: bool, runner: "Runner | None") -> None:
    """The meetings of the workspace, as a table while they are few, and as files where a folder is named."""
    from extractor.diff import undecided
    from extractor.report import meeting_lines, terminal, write_reports
    from extractor.store import Workspace
    from extractor.waiting import diffs_of, texts_of

    with Workspace.open(db) as workspace:
        count = settled(workspace, weights, quiet=quiet, runner=runner)
        few = count <= LISTED
        found = list(workspace.meetings()) if few or json or out else []
        diffs = diffs_of(workspace, found, found) if few or out else ()
        texts = texts_of(workspace, found) if out else {}
    if json:
        write(meeting_lines(found))
    elif few:
        show(terminal.meetings_table(found, diffs))
    else:
        note(f"{count} meetings: `extractor meetings` lists them", quiet=quiet)
    if out:
        for path in write_reports(out, found, diffs, texts=texts):
            note(f"wrote {path}", quiet=quiet)
    if waiting := undecided(diffs):
        note(f"{waiting} to decide: `extractor review` opens a page for it, `extractor decide` a list", quiet=quiet)


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...|-", help="Articles, folders, or - for stdin.")],
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    published: o.PublishedOption = None,
    jobs: o.JobsOption = None,
    quiet: o.QuietOption = False,
) -> None:
    """The accounts of each article as JSON Lines, not merged. Nothing is kept."""
    from extractor.pipeline import accounts
    from extractor.store import Workspace

    with workspace_at(None) as db:
        if "-" in paths:
            inbox = Path(db).with_name("stdin.txt")
            inbox.write_bytes(sys.stdin.buffer.read())
            paths = [str(inbox) if path == "-" else path for path in paths]
        settings = o.settings_of(model=model, base_url=base_url, jobs=jobs)
        end = job([Path(path) for path in paths], settings, published, db, quiet=quiet).end
        with Workspace.open(db) as workspace:
            for account in accounts(workspace):
                write(account.model_dump_json() + "\n")
    end()


@app.command()
def rebuild(db: o.DbOption = o.WORKSPACE, weights: o.WeightsOption = None) -> None:
    """Read all replies of the workspace again, as the rules are now, and reconcile. No model is asked."""
    from extractor import rebuild as again
    from extractor.store import Workspace
    from extractor.weights import in_force

    with Workspace.open(db, create=False) as workspace:
        read, changed = again.rebuild(workspace, in_force(weights))
        count = workspace.count_meetings()
    note(f"{read} articles read again, {changed} gave something else; {count} meetings")
