"""Lines of a terminal that all its views share: a sign or letter, and beside it a text."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.report import words
from extractor.schemas import AccountRef, Evidence, Meeting, MeetingDiff, Section

WIDTH = 100
"""Columns used at most, however wide the terminal is: long lines read badly."""

SECTION_STYLES = {
    Section.TO_DECIDE: "bold yellow",
    Section.ONLY: "bold cyan",
    Section.COMPATIBLE: "bold blue",
    Section.WARNINGS: "bold magenta",
    Section.UNGROUNDED: "bold red",
    Section.DECIDED: "bold green",
    Section.AGREED: "bold green",
    Section.BACKGROUND: "bold",
}


def head(title: str, ident: str, role: str, sources: Sequence[AccountRef]) -> Iterator[RenderableType]:
    """What a meeting is, and its sources with their letters."""
    yield Text(words.plain(title), style="bold")
    yield Text(f"{words.plain(ident)}  {role}", style="dim")
    yield Text()
    for source in sources:
        tail = Text.assemble(words.plain(source.source), (f"  {words.plain(words.published(source, sources))}", "dim"))
        if source.role != role:
            tail.append(f"  {source.role} there", style="dim")
        yield hang(letter(source.label), tail)
    yield Text()


def quote(evidence: Evidence, label: str, of: Meeting | MeetingDiff) -> RenderableType:
    """Where words stand, or that they stand nowhere."""
    label = words.label_of(of, evidence.article, label)
    if evidence.grounded:
        tail = Text.assemble(f"“{words.plain(evidence.exact)}”", (f"  {evidence.start}–{evidence.end}", "dim"))
    else:
        tail = Text.assemble(("? not in the article: ", "bold red"), f"“{words.plain(evidence.exact)}”")
    return indent(hang(letter(label), tail))


def hang(head: Text, tail: Text) -> RenderableType:
    """A sign or letter, and beside it a text whose further lines stay clear of it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=3, no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(head, tail)
    return grid


def indent(inner: RenderableType, columns: int = 4) -> RenderableType:
    """Further in by so many columns."""
    return Padding(inner, (0, 0, 0, columns))


def letter(label: str) -> Text:
    """The letter of a source."""
    return Text(words.plain(label), style="bold")


def safe(text: str) -> Text:
    """A text whose control characters steer nothing."""
    return Text(words.plain(text))
