"""`extractor batch`: requests out and replies in, by OpenAI's Batch API or by any file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.job import in_words
from extractor.console import error, note, write

if TYPE_CHECKING:
    from extractor.replies import Brought
    from extractor.schemas import Tally
    from extractor.settings import Settings
    from extractor.store import BatchEntry, Workspace

batch = typer.Typer(
    help="Requests out and replies in: by OpenAI's Batch API (half the price), or by files that anything may answer.",
    no_args_is_help=True,
)
app.add_typer(batch, name="batch")

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, as of the Batch API.")]


@batch.command()
def submit(
    paths: o.SomePathsArgument = None,
    db: o.DbOption = o.WORKSPACE,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    published: o.PublishedOption = None,
) -> None:
    """Submit what is due, of these articles or of all in the workspace. It can be called again at any time."""
    from extractor import deferred
    from extractor.store import Workspace

    settings = o.settings_of(model=model, base_url=base_url)
    with Workspace.open(db, create=bool(paths)) as workspace:
        _prepare(workspace, paths, settings, published)
        jobs = deferred.submit(workspace, settings)
    for entry in jobs:
        write(_line(entry))
    note(f"{sum(entry.requests for entry in jobs)} requests submitted; `extractor batch fetch` takes the replies")


@batch.command()
def status(
    db: o.DbOption = o.WORKSPACE, model: o.ModelOption = None, base_url: o.UrlOption = None, json: o.JsonOption = False
) -> None:
    """The jobs, and how far they are."""
    from extractor import deferred
    from extractor.store import Workspace

    with Workspace.open(db, create=False) as workspace:
        for entry in deferred.status(workspace, o.settings_of(model=model, base_url=base_url)):
            write(entry.model_dump_json() + "\n" if json else _line(entry))


@batch.command()
def fetch(
    db: o.DbOption = o.WORKSPACE,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    price: o.PriceOption = None,
) -> None:
    """Take the replies of the jobs that have ended; what they leave open is due again."""
    from extractor import deferred
    from extractor.store import Workspace

    settings = o.settings_of(model=model, base_url=base_url, price=price)
    with Workspace.open(db, create=False) as workspace:
        _tell(*deferred.fetch(workspace, settings), settings)


@batch.command()
def export(
    file: FileArgument,
    paths: o.SomePathsArgument = None,
    db: o.DbOption = o.WORKSPACE,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    published: o.PublishedOption = None,
) -> None:
    """Write the requests that are due, of these articles or of all in the workspace."""
    from extractor import deferred
    from extractor.store import Workspace

    settings = o.settings_of(model=model, base_url=base_url)
    with Workspace.open(db, create=bool(paths)) as workspace:
        _prepare(workspace, paths, settings, published)
        count = deferred.export(workspace, settings, file)
    note(f"wrote {file}: {count} requests; `extractor batch import` takes the replies")


@batch.command("import")
def import_command(
    file: FileArgument,
    db: o.DbOption = o.WORKSPACE,
    model: o.ModelOption = None,
    base_url: o.UrlOption = None,
    price: o.PriceOption = None,
) -> None:
    """Take replies, from whatever answered; what they leave open is due again."""
    from extractor import deferred
    from extractor.store import Workspace

    settings = o.settings_of(model=model, base_url=base_url, price=price)
    with Workspace.open(db, create=False) as workspace:
        _tell(*deferred.bring(workspace, settings, file), settings)


def _prepare(workspace: "Workspace", paths: list[Path] | None, settings: "Settings", published: str | None) -> None:
    from extractor import deferred
    from extractor.api import day
    from extractor.read import sources

    found = sources(paths, day(published)) if paths else None
    tally = deferred.prepare(workspace, found, settings)
    note(f"model: {settings.model} ({settings.endpoint})")
    note(f"{tally.articles} articles are done, {tally.deferred} wait for a reply")


def _tell(brought: "Brought", tally: "Tally", settings: "Settings") -> None:
    """What a file of replies held, and what came of it; ends with the exit code for articles that failed."""
    from extractor.schemas import Outcomes

    parts = [(brought.answered, "replies"), (brought.due, "to send again"), (brought.failed, "refused")]
    parts += [(brought.unknown, "to nothing that waits"), (brought.broken, "broken lines")]
    note(", ".join(f"{count} {words}" for count, words in parts if count) or "nothing to take yet")
    note(in_words(tally, settings))
    if tally.deferred:
        note(f"{tally.deferred} re-asks are due: `extractor batch submit` or `export` sends them")
    if failed := tally.counts.get(Outcomes.FAILED):
        error(f"{failed} articles failed: `extractor articles --failed` lists them")
        raise typer.Exit(o.FAILED)


def _line(entry: "BatchEntry") -> str:
    reason = f"  {entry.reason}\n" if entry.reason else ""
    done = f"{entry.completed}/{entry.requests} done"
    failed = f", {entry.failed} failed" if entry.failed else ""
    return f"{entry.status:<12}{done}{failed}  {entry.remote or '-'}\n{reason}"
