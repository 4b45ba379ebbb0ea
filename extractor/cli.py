"""The command line: arguments, progress, exit codes.

Data goes to stdout; progress, notes and errors to stderr. Heavy imports stand
inside the commands, so that help and completion are quick.

Exit codes: 0 all well · 1 findings (`check`, `diff --exit-code`) · 2 usage or
configuration · 3 some articles failed, the rest is written · 4 the model
can't be reached · 130 interrupted.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.console import console, error, note, progress, show, write
from extractor.errors import ConfigurationError, ExtractorError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.schemas import ArticleOutcome, Meeting, MeetingDiff, Run
    from extractor.settings import Settings

WORKSPACE = Path("extractor.db")
FINDINGS, FAILED, INTERRUPTED = 1, 3, 130

app = typer.Typer(
    name="extractor",
    help="News articles in, one evidence-backed record per diplomatic meeting out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PathsArgument = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Articles: .txt, .md, .html, or folders.")]
DbOption = Annotated[Path, typer.Option("--db", metavar="FILE", help="The workspace.", envvar="EXTRACTOR_DB")]
ModelOption = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Model; `builtin` needs no key.")]
UrlOption = Annotated[str | None, typer.Option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint.")]
PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="For articles that bring no date of their own.")
]
JobsOption = Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Articles in flight at a time.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes; errors stay.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout.")]


class DiffFormat(StrEnum):
    """The forms of a diff."""

    TERM = "term"
    MD = "md"
    HTML = "html"
    JSON = "json"


class Record(StrEnum):
    """The records that have a schema."""

    MEETING = "meeting"
    STATEMENT = "statement"
    ACCOUNT = "account"
    DRAFT = "draft"


@app.command()
def run(
    paths: PathsArgument,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write records and reports here.")] = None,
    db: DbOption = WORKSPACE,
    model: ModelOption = None,
    base_url: UrlOption = None,
    published: PublishedOption = None,
    jobs: JobsOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """The whole job: articles to meetings, into the workspace. What was asked before is not asked again."""
    from extractor.diff import diff
    from extractor.report import meeting_lines, terminal, write_reports

    done = _job(paths, _settings(model, base_url, jobs), published, db, quiet=quiet)
    diffs = [diff(meeting, done.meetings) for meeting in done.meetings]
    if json:
        write(meeting_lines(done.meetings))
    else:
        show(terminal.meetings_table(done.meetings, diffs))
    if out:
        for path in write_reports(out, done.meetings, diffs):
            note(f"wrote {path}", quiet=quiet)
    _end(done.outcomes)


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...|-", help="Articles, folders, or - for stdin.")],
    model: ModelOption = None,
    base_url: UrlOption = None,
    published: PublishedOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
) -> None:
    """The accounts of each article as JSON Lines, not merged. Nothing is kept."""
    from extractor.pipeline import accounts
    from extractor.store import Workspace

    with _workspace(None) as db:
        if "-" in paths:
            inbox = db.with_name("stdin.txt")
            inbox.write_bytes(sys.stdin.buffer.read())
            paths = [str(inbox) if path == "-" else path for path in paths]
        done = _job([Path(path) for path in paths], _settings(model, base_url, jobs), published, db, quiet=quiet)
        with Workspace.open(db) as workspace:
            for account in accounts(workspace):
                write(account.model_dump_json() + "\n")
    _end(done.outcomes)


@app.command()
def meetings(
    meeting: Annotated[str | None, typer.Argument(metavar="[ID]", help="A meeting's id, or its start.")] = None,
    db: DbOption = WORKSPACE,
    json: JsonOption = False,
) -> None:
    """The meetings of the workspace, or one of them in full with its evidence."""
    from extractor.diff import diff
    from extractor.report import meeting_lines, terminal

    everything = _meetings(db)
    found = _find(everything, meeting) if meeting else everything
    if json:
        write(meeting_lines(found))
    elif meeting:
        for one in found:
            show(terminal.meeting_view(one))
    else:
        show(terminal.meetings_table(found, [diff(m, everything) for m in found]))


@app.command("diff")
def diff_command(
    meeting: Annotated[str | None, typer.Argument(metavar="[MEETING]", help="A meeting's id, or its start.")] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="How to show it.")] = DiffFormat.TERM,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it here.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="1 while anything is left to decide.")] = False,
    db: DbOption = WORKSPACE,
) -> None:
    """What the accounts of a meeting say differently; without MEETING, of each that has several accounts."""
    from extractor.diff import diff, undecided

    everything = _meetings(db)
    found = _find(everything, meeting) if meeting else [m for m in everything if len(m.accounts) > 1]
    diffs = [diff(m, everything) for m in found]
    if form is DiffFormat.TERM and output is None:
        from extractor.report import terminal

        for one in diffs:
            show(terminal.diff_view(one))
        if not diffs:
            note("no meeting has more than one account; `extractor diff ID` shows the doubts about one")
    else:
        text = _rendered(form, found, diffs)
        if output:
            from extractor.report import write_file

            note(f"wrote {write_file(output, text)}")
        else:
            write(text)
    if exit_code and undecided(diffs):
        raise typer.Exit(FINDINGS)


@app.command()
def check(db: DbOption = WORKSPACE) -> None:
    """Ground every evidence of the workspace again; 1 if any does not stand in its text."""
    from extractor.ground import holds
    from extractor.pipeline import accounts
    from extractor.store import Workspace

    checked = wrong = 0
    with Workspace.open(db, create=False) as workspace:
        for account in accounts(workspace):
            article = workspace.article(account.article)
            for claim in account.claims:
                for evidence in claim.evidence:
                    checked += 1
                    if not evidence.grounded or not holds(article, evidence):
                        wrong += 1
                        write(f"{article.source}: {claim.field}: {evidence.exact!r} does not stand in the text\n")
    note(f"{checked} pieces of evidence checked, {wrong} not found in their text")
    if wrong:
        raise typer.Exit(FINDINGS)


@app.command()
def evaluate(
    paths: PathsArgument,
    gold: Annotated[Path, typer.Option("--gold", metavar="FILE", help="Gold records, one article a line.")],
    errors: Annotated[bool, typer.Option("--errors", help="List every error.")] = False,
    db: Annotated[Path | None, typer.Option("--db", metavar="FILE", help="Keep the workspace here.")] = None,
    model: ModelOption = None,
    base_url: UrlOption = None,
    published: PublishedOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
) -> None:
    """How well a model reads: its accounts scored against a gold file."""
    from extractor.evaluate import by_file, load_gold, render, score
    from extractor.pipeline import accounts
    from extractor.store import Workspace

    known = load_gold(gold)
    with _workspace(db) as file:
        done = _job(paths, _settings(model, base_url, jobs), published, file, quiet=quiet)
        with Workspace.open(file) as workspace:
            found = by_file(workspace.articles(), accounts(workspace))
    write(render(score(found, known), errors=errors) + "\n")
    _end(done.outcomes)


@app.command()
def schema(record: Annotated[Record, typer.Argument(help="Which record.")] = Record.MEETING) -> None:
    """The JSON Schema of a record."""
    import json

    from extractor import schemas

    models: dict[Record, type[BaseModel]] = {
        Record.MEETING: schemas.Meeting,
        Record.STATEMENT: schemas.Statement,
        Record.ACCOUNT: schemas.Account,
        Record.DRAFT: schemas.Draft,
    }
    write(json.dumps(models[record].model_json_schema(), indent=2, ensure_ascii=False) + "\n")


@app.command()
def prompt(path: Annotated[Path, typer.Argument(metavar="PATH", help="One article.")]) -> None:
    """The exact messages and schema that would be sent for an article, as JSON."""
    import json

    from extractor.protocol.wire import draft_schema
    from extractor.read import Unread, read
    from extractor.templates import load_prompt

    article = next(read(path), None)
    if article is None or isinstance(article, Unread):
        raise ConfigurationError(f"{path}: {article.reason if article else 'no article there'}")
    sent = {"messages": load_prompt().messages(article), "schema": draft_schema()}
    write(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")


@app.command("serve-model")
def serve_model(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8817,
) -> None:
    """The built-in model as an OpenAI-compatible server on loopback."""
    from extractor.builtin.app import serve

    note(f"the built-in model listens: --base-url http://{host}:{port}/v1 --model builtin")
    serve(host, port)


@contextmanager
def _workspace(db: Path | None) -> Iterator[Path]:
    """The workspace that was named, or one that is gone afterwards."""
    if db:
        yield db
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "extractor.db"


def _settings(model: str | None, base_url: str | None, jobs: int | None) -> "Settings":
    from extractor.settings import Settings

    return Settings.from_environment(model=model, base_url=base_url, jobs=jobs)


def _job(paths: Sequence[Path], settings: "Settings", published: str | None, db: Path, *, quiet: bool) -> "Run":
    """A run with its progress on stderr, and who answered."""
    from extractor import pipeline, prices
    from extractor.api import day

    when = day(published)
    note(f"model: {settings.model} ({settings.endpoint})", quiet=quiet)
    with progress(paths, settings, quiet=quiet) as told:
        done = pipeline.run(list(paths), settings, published=when, db=db, progress=told)
    if not done.outcomes:
        raise ConfigurationError(f"no articles in {', '.join(map(str, paths))}: .txt, .md and .html are read")
    usage = done.usage
    tokens = usage.prompt_tokens + usage.completion_tokens
    asked = f"{usage.calls} calls, {tokens} tokens, {prices.in_words(prices.cost(usage, settings))}"
    more = [
        f"{n} {word}"
        for n, word in ((usage.reasks, "re-asks"), (usage.retries, "retries"), (usage.cached, "known already"))
        if n
    ]
    note(f"{len(done.outcomes)} articles; " + ", ".join([asked, *more]), quiet=quiet)
    return done


def _end(outcomes: "Sequence[ArticleOutcome]") -> None:
    """Names the articles that failed on stderr, and ends with the exit code for it."""
    failed = [outcome for outcome in outcomes if outcome.outcome == "failed"]
    for outcome in failed:
        error(f"{outcome.source}: {outcome.reason}")
    if failed:
        raise typer.Exit(FAILED)


def _meetings(db: Path) -> "list[Meeting]":
    from extractor.pipeline import meetings
    from extractor.store import Workspace

    with Workspace.open(db, create=False) as workspace:
        return list(meetings(workspace))


def _find(everything: "Sequence[Meeting]", start: str) -> "list[Meeting]":
    """The one meeting whose id starts like this."""
    found = [m for m in everything if m.id.startswith(start)]
    exact = [m for m in found if m.id == start]
    if len(exact or found) != 1:
        names = ": " + ", ".join(m.id for m in found[:5]) if found else "; `extractor meetings` lists them"
        raise ConfigurationError(f"{'several meetings start' if found else 'no meeting starts'} with {start!r}{names}")
    return exact or found


def _rendered(form: DiffFormat, found: "Sequence[Meeting]", diffs: "Sequence[MeetingDiff]") -> str:
    from extractor import report

    if form is DiffFormat.HTML:
        return report.render_html(found, diffs)
    if form is DiffFormat.MD:
        return report.render_markdown(found, diffs)
    if form is DiffFormat.JSON:
        return report.diff_lines(diffs)
    from extractor.report import terminal

    page = console(width=80)
    with page.capture() as capture:
        for one in diffs:
            page.print(terminal.diff_view(one))
    return capture.get()


def main() -> None:
    """The entry point: one clear line for each error, and the exit code that belongs to it."""
    try:
        app()
    except ExtractorError as failure:
        error(str(failure))
        sys.exit(failure.exit_code)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            error("interrupted; what is done is kept, and the same command goes on from there")
        raise
