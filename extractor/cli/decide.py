"""The commands by which people decide: decide, undo, decisions."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import options as o
from extractor.cli.app import app
from extractor.cli.known import settled
from extractor.console import note, show, write
from extractor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.schemas import Decision, DecisionLine
    from extractor.store import Workspace
    from extractor.weights import Weights

_SHORT = 60
"""Characters of a value that a line repeats."""
_LARGEST = 2**31 - 1


class Way(StrEnum):
    """Where the log goes."""

    EXPORT = "export"
    IMPORT = "import"


@app.command()
def decide(
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="An item's id, or its start.")] = None,
    choice: Annotated[
        str | None,
        typer.Argument(
            metavar="CHOICE",
            help="A, B, … (that account's value), both, reject, edit, open; same, different, split, open.",
        ),
    ] = None,
    note_: o.NoteOption = "",
    value: Annotated[str | None, typer.Option("--value", metavar="VALUE", help="With edit: what stands.")] = None,
    actor: o.ActorOption = None,
    db: o.DbOption = o.WORKSPACE,
    weights: o.WeightsOption = None,
    json: o.JsonOption = False,
) -> None:
    """What waits for a person, the most uncertain first; with ITEM all of it; with CHOICE it is decided."""
    from extractor import queue, waiting
    from extractor.report import jsonlines
    from extractor.report import queue as views
    from extractor.store import Workspace
    from extractor.weights import in_force

    if choice is None and (value is not None or note_):
        raise ConfigurationError("which answer? Name it after the item: `extractor decide ITEM edit --value VALUE`")
    with Workspace.open(db, create=False) as workspace:
        settled(workspace, known := in_force(weights))
        waits = waiting.waiting(workspace, known)
        found = [queue.find(waits.items, item)] if item else list(waits.items)
        if choice is not None:
            (one,) = found
            given = None if value is None else o.text_of("--value", value)
            made = waiting.decide(
                workspace, one, choice, actor=o.actor_of(actor), value=given, reason=o.text_of("--note", note_)
            )
            if json:
                write(jsonlines.record_lines(made))
            else:
                _say(_decided(one.title, made))
        elif json:
            write(jsonlines.record_lines(found))
        elif item:
            show(views.item_view(found[0], {meeting.id: meeting for meeting in waits.meetings}))
        else:
            show(views.queue_view(found, {diff.meeting: diff.title for diff in waits.diffs}))


@app.command()
def undo(
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="N", min=1, max=_LARGEST, help="Decisions; without: your last answer in force."),
    ] = None,
    note_: o.NoteOption = "",
    actor: o.ActorOption = None,
    db: o.DbOption = o.WORKSPACE,
    weights: o.WeightsOption = None,
    json: o.JsonOption = False,
) -> None:
    """Undo decisions, which stay in the log. To undo an undo restores."""
    from extractor import waiting
    from extractor.report import jsonlines
    from extractor.store import Workspace
    from extractor.weights import in_force

    with Workspace.open(db, create=False) as workspace:
        known = in_force(weights)
        about = {line.number: line.title for line in _log(workspace, known)}
        reason = o.text_of("--note", note_)
        done = waiting.undo(workspace, numbers or (), actor=o.actor_of(actor), reason=reason)
    if json:
        write(jsonlines.record_lines(one for one, _ in done))
        return
    for one, before in done:
        was = f"decision {before.number} ({before.kind}, {about[before.number]})"
        _say(f"{was} is undone by decision {one.number}; to restore it: extractor undo {one.number}")


@app.command()
def decisions(
    way: Annotated[
        Way | None,
        typer.Argument(metavar="export|import", help="Exchange it as JSON Lines, which a team can share by git."),
    ] = None,
    file: Annotated[str | None, typer.Argument(metavar="FILE|-", help="Where to, or from.")] = None,
    db: o.DbOption = o.WORKSPACE,
    weights: o.WeightsOption = None,
    json: o.JsonOption = False,
) -> None:
    """The log of decisions: who decided what and when, and how it stands."""
    from extractor.report import jsonlines
    from extractor.report import queue as views
    from extractor.store import Workspace
    from extractor.weights import in_force

    if way and not file:
        raise ConfigurationError(f"{way} which file? Name it, or - for the standard streams")
    with Workspace.open(db, create=way is Way.IMPORT) as workspace:
        if way is Way.IMPORT:
            _take(workspace, file or "-")
            return
        if way is Way.EXPORT:
            _give(workspace, file or "-")
            return
        lines = _log(workspace, in_force(weights))
    if json:
        write(jsonlines.record_lines(lines))
    elif lines:
        show(views.log_view(lines))
    else:
        note("nothing is decided yet; `extractor decide` lists what there is to decide")


def _log(workspace: "Workspace", weights: "Weights") -> "list[DecisionLine]":
    """The log in words, by the meetings of today."""
    from extractor.log import entries
    from extractor.pipeline import decided

    settled(workspace, weights)
    found = entries(workspace.decisions(), decided(workspace), tuple(workspace.meetings()))
    return [entry.line for entry in found]


def _take(workspace: "Workspace", file: str) -> None:
    from extractor import portable

    lines = portable.read(_read(file), "standard input" if file == "-" else file, datetime.now(UTC))
    added = portable.take(workspace, lines)
    note(f"{len(added)} decisions imported, {len(lines) - len(added)} were here already")


def _give(workspace: "Workspace", file: str) -> None:
    """Writes the log; over a file only if nothing in it is lost by that."""
    from extractor import portable
    from extractor.report import write_file

    text = portable.lines(workspace.decisions())
    if file == "-":
        write(text)
        return
    had = portable.read(_read(file), file, datetime.now(UTC)) if Path(file).exists() else ()
    if lost := {one.id for one in had} - set(portable.ids(workspace.decisions()).values()):
        raise ConfigurationError(
            f"{file} holds {len(lost)} decisions that this workspace does not: import it first, or name another file"
        )
    note(f"wrote {write_file(Path(file), text)}: {text.count(chr(10))} decisions")


def _read(file: str) -> str:
    try:
        return (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}; name a file of decisions") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file} is no text in UTF-8: name a file that `decisions export` wrote") from error


def _decided(title: str, made: "Sequence[Decision]") -> str:
    """What was decided, and how to undo it."""
    numbers = [str(one.number) for one in made]
    value = made[0].value or ""
    stands = f": {value[:_SHORT]}{'…' if len(value) > _SHORT else ''}" if value else ""
    what, them = ("decision", "it") if len(made) == 1 else ("decisions", "them")
    return (
        f"{what} {', '.join(numbers)}: {made[0].kind}, {title}{stands}; "
        f"to undo {them}: extractor undo {' '.join(numbers)}"
    )


def _say(line: str) -> None:
    """A line on stdout; what articles and people wrote steers no terminal."""
    from extractor.report.words import plain

    write(plain(line) + "\n")
