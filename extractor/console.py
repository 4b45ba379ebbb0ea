"""The two streams of the command line: data on stdout, progress and errors on stderr."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from extractor.schemas import Tally
    from extractor.settings import Settings


@contextmanager
def progress(paths: Sequence[Path], settings: "Settings", *, quiet: bool) -> "Iterator[Callable[[Tally], None]]":
    """A bar with articles done, failed, cost and time left, that is told what was done; none off a terminal."""
    stderr = console(stderr=True)
    if quiet or not stderr.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from extractor import prices
    from extractor.read import count
    from extractor.schemas import Outcomes, Usage

    columns = (
        TextColumn("articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TextColumn("{task.fields[tokens]} tokens"),
        TextColumn("{task.fields[cost]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True) as bar:
        total = count(list(paths)) if all(path.exists() for path in paths) else None
        task = bar.add_task("articles", total=total, failed=0, tokens=0, cost=prices.in_words(None, settings))
        spent, failed = Usage(), 0

        def told(part: "Tally") -> None:
            nonlocal spent, failed
            spent += part.usage
            failed += part.counts.get(Outcomes.FAILED, 0)
            cost = prices.in_words(spent.cost, settings)
            bar.update(task, advance=part.articles, failed=failed, tokens=spent.tokens, cost=cost)

        yield told


def console(*, stderr: bool = False, width: int | None = None) -> "Console":
    """A rich console on one of the streams; it heeds NO_COLOR."""
    from rich.console import Console

    return Console(stderr=stderr, width=width, highlight=False)


def show(view: "RenderableType") -> None:
    """Prints what rich can render, on stdout."""
    console().print(view)


def write(text: str) -> None:
    """Writes data on stdout as it is."""
    sys.stdout.write(text)


def note(text: str, *, quiet: bool = False) -> None:
    """A line on stderr."""
    if not quiet:
        typer.echo(_line(text), err=True)


def error(text: str) -> None:
    """An error on stderr, in one line."""
    typer.secho("error: ", fg="red", err=True, nl=False)
    typer.echo(_line(text), err=True)


def _line(text: str) -> str:
    """The text in one line without control characters: names of files and words of servers are not ours."""
    return "".join(char if char.isprintable() else " " for char in text)
