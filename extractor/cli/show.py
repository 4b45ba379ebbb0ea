"""The commands that show what is in a workspace: meetings, diff, articles; check and forget."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.known import find, settled
from extractor.console import console, note, show, write

if TYPE_CHECKING:
    from extractor.schemas import Article, Meeting, MeetingDiff


NAMED = "A meeting's id, or its start; also an id that it had before, or an account's."


@app.command()
def meetings(
    meeting: Annotated[str | None, typer.Argument(metavar="[ID]", help=NAMED)] = None,
    db: o.DbOption = o.WORKSPACE,
    weights: o.WeightsOption = None,
    json: o.JsonOption = False,
) -> None:
    """The meetings of the workspace, or one of them in full with its evidence."""
    from extractor.diff import diff
    from extractor.report import meeting_lines, terminal

    everything, found = _meetings(db, weights, meeting)
    if json:
        write(meeting_lines(found))
    elif meeting:
        for one in found:
            show(terminal.meeting_view(one))
    else:
        show(terminal.meetings_table(found, [diff(m, everything) for m in found]))


@app.command("diff")
def diff_command(
    meeting: Annotated[str | None, typer.Argument(metavar="[MEETING]", help=NAMED)] = None,
    form: Annotated[o.Form, typer.Option("--format", help="How to show it.")] = o.Form.TERM,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it here.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="1 while anything is left to decide.")] = False,
    db: o.DbOption = o.WORKSPACE,
    weights: o.WeightsOption = None,
) -> None:
    """What the accounts of a meeting say differently; without MEETING, of each that has several accounts."""
    from extractor.diff import undecided
    from extractor.store import Workspace
    from extractor.waiting import diffs_of, texts_of

    everything, found = _meetings(db, weights, meeting)
    found = found if meeting else [m for m in everything if len(m.accounts) > 1]
    with Workspace.open(db, create=False) as workspace:
        diffs = diffs_of(workspace, found, everything)
        texts = texts_of(workspace, found) if form is o.Form.HTML else {}
    if form is o.Form.TERM and output is None:
        from extractor.report import terminal

        for one in diffs:
            show(terminal.diff_view(one))
        if not diffs:
            note("no meeting has more than one account; `extractor diff ID` shows the doubts about one")
    else:
        text = _rendered(form, found, diffs, texts)
        if output:
            from extractor.report import write_file

            note(f"wrote {write_file(output, text)}")
        else:
            write(text)
    if exit_code and undecided(diffs):
        raise typer.Exit(o.FINDINGS)


@app.command()
def articles(
    failed: Annotated[bool, typer.Option("--failed", help="Only those that failed.")] = False,
    db: o.DbOption = o.WORKSPACE,
    json: o.JsonOption = False,
) -> None:
    """What became of each article: outcome, accounts, cost, and why it failed."""
    from extractor.report import terminal
    from extractor.store import Workspace

    with Workspace.open(db, create=False) as workspace:
        for outcome in workspace.outcomes(failed=failed):
            if json:
                write(outcome.model_dump_json() + "\n")
            else:
                show(terminal.outcome_line(outcome))


@app.command()
def forget(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, or its start.")],
    db: o.DbOption = o.WORKSPACE,
) -> None:
    """Take an article, and all that came from it, out of the workspace. It cannot be undone."""
    from extractor.store import Workspace

    with Workspace.open(db, create=False) as workspace:
        found = workspace.article(article)
        workspace.forget(found.id)
    note(f"forgotten: {found.source} ({found.id[:12]}); reports that were written before may still hold it")


@app.command()
def check(db: o.DbOption = o.WORKSPACE) -> None:
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
        raise typer.Exit(o.FINDINGS)


def _meetings(db: str, weights: Path | None, named: str | None) -> "tuple[list[Meeting], list[Meeting]]":
    """All meetings of the workspace, and the one that is named; where none is, all."""
    from extractor.store import Workspace
    from extractor.weights import in_force

    with Workspace.open(db, create=False) as workspace:
        settled(workspace, in_force(weights))
        everything = list(workspace.meetings())
        return everything, [find(workspace, everything, named)] if named else everything


def _rendered(
    form: o.Form, found: "Sequence[Meeting]", diffs: "Sequence[MeetingDiff]", texts: "Mapping[str, Article]"
) -> str:
    from extractor import report

    if form is o.Form.HTML:
        return report.render_html(found, diffs, texts=texts)
    if form is o.Form.MD:
        return report.render_markdown(found, diffs)
    if form is o.Form.JSON:
        return report.diff_lines(diffs)
    from extractor.report import terminal

    page = console(width=80)
    with page.capture() as capture:
        for one in diffs:
            page.print(terminal.diff_view(one))
    return capture.get()
