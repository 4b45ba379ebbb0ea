"""`extractor compare`: what a new run makes of the meetings of an old one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.known import settled
from extractor.console import console, note, show, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from extractor.schemas import Meeting, RunComparison

SIDE = "A workspace (FILE.db, URL), a meetings.jsonl, or the DIR of `run --out` with one."
RECORDS = "meetings.jsonl"


@app.command()
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help=SIDE, show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another one.", show_default=False)],
    form: Annotated[o.Form, typer.Option("--format", help="How to show it.")] = o.Form.TERM,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it here.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="1 where anything differs.")] = False,
    weights: o.WeightsOption = None,
) -> None:
    """What a new run makes of the meetings of an old one: new, gone, split, joined, changed; and who says it now."""
    from extractor.compare import compare as compared
    from extractor.store import shown

    found = compared(_meetings(old, weights), _meetings(new, weights), (shown(old), shown(new)))
    if form is o.Form.TERM and output is None:
        from extractor.report.comparison import comparison_view

        show(comparison_view(found))
    elif output:
        from extractor.report import write_file

        note(f"wrote {write_file(output, _rendered(form, found))}")
    else:
        write(_rendered(form, found))
    if exit_code and found.differences:
        raise typer.Exit(o.FINDINGS)


def _rendered(form: o.Form, found: "RunComparison") -> str:
    from extractor.report import comparison

    if form is o.Form.HTML:
        return comparison.render_comparison(found)
    if form is o.Form.MD:
        return comparison.comparison_markdown(found)
    if form is o.Form.JSON:
        from extractor.report.jsonlines import record_lines

        return record_lines(found.differences)
    page = console(width=80)
    with page.capture() as capture:
        page.print(comparison.comparison_view(found))
    return capture.get()


def _meetings(side: str, weights: Path | None) -> "list[Meeting]":
    """The meetings of a side: a workspace's as they are by the rules of today, a file's as they were written."""
    from extractor.store import Workspace, is_url

    path = Path(side)
    if not is_url(side) and (path.is_dir() or path.suffix == ".jsonl"):
        return _records(path / RECORDS if path.is_dir() else path)
    from extractor.weights import in_force

    with Workspace.open(side, create=False) as workspace:
        settled(workspace, in_force(weights))
        return list(workspace.meetings())


def _records(file: Path) -> "list[Meeting]":
    """The meetings of a file, a record a line.

    Raises:
        ConfigurationError: it cannot be read, a line is no meeting, or one stands there twice.
    """
    from pydantic import ValidationError

    from extractor.schemas import Meeting

    found: dict[str, Meeting] = {}
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            meeting = Meeting.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise ConfigurationError(
                f"{file}, line {number}: no meeting ({where}: {first['msg']}); "
                f"name a {RECORDS} as `extractor run --out` of this version writes it"
            ) from error
        if meeting.id in found:
            raise ConfigurationError(f"{file}, line {number}: {meeting.id} stands there twice; keep one of them")
        found[meeting.id] = meeting
    return list(found.values())
