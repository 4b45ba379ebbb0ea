"""The comparison of two runs: for a terminal, in Markdown, and as one HTML file.

Values and names are words of articles: they stay text in each form.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.report import changes, words
from extractor.report.changes import HEADS
from extractor.report.markdown import escape
from extractor.report.page import anchor, href, page
from extractor.schemas import Change, Difference, Held, MeetingComparison, RunComparison

WIDTH = 100
"""Columns used at most, however wide the terminal is."""
_STYLES = {
    "+": "bold green", "-": "bold red", "~": "bold blue", "<": "bold yellow", ">": "bold yellow", "x": "bold yellow",
    "=": "bold",
}  # fmt: skip


def render_comparison(found: RunComparison) -> str:
    """The whole comparison as a page."""
    return page(
        "comparison",
        words=words,
        changes=changes,
        heads=HEADS,
        found=found,
        groups=[(kind, some) for kind in Difference if (some := found.of(kind))],
        anchor=anchor,
        href=href,
    )


def comparison_markdown(found: RunComparison) -> str:
    """The whole comparison in Markdown."""
    lines = ["# Comparison", "", escape(changes.summary(found)), ""]
    for name, side in (("Old", found.old), ("New", found.new)):
        lines.append(f"- {name}: {escape(side.name)}, {escape(changes.side_in_words(side))}")
    lines.append("")
    for kind in Difference:
        if some := found.of(kind):
            lines += [f"## {escape(HEADS[kind].sign)} {HEADS[kind].title} ({len(some)})", "", HEADS[kind].gloss, ""]
            lines += [line for one in some for line in _markdown(one)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown(one: MeetingComparison) -> Iterator[str]:
    heading = changes.heading(one)
    yield f"### {escape(heading)}"
    yield ""
    for when, some in changes.meetings(one):
        yield f"- {when and f'{when}: '}{escape(changes.introduced(some, heading))}"
    if contents := changes.contents(one):
        yield f"- {contents}"
    for change in changes.listed(one):
        named = f"- `{changes.sign(change)}` **{escape(changes.name(change))}**"
        names, quotes = changes.voices(change)
        by = f" ({escape(', '.join(names))})" if names else ""
        if told := changes.brief(change):
            yield f"{named}: {escape(told)}{by}"
        else:
            yield named + by
            yield from (f"  - {when}: {_marked(held)}" for when, held in _sides(change))
        yield from (f"  - {escape(line)}" for line in quotes)
    yield ""


def _marked(held: Held) -> str:
    return "".join(
        f"{words.OPEN}**{escape(piece)}**{words.CLOSE}" if differs else escape(piece)
        for piece, differs in words.stretches(changes.shown(held), held.marks)
    )


def comparison_view(found: RunComparison) -> RenderableType:
    """The whole comparison for a terminal."""
    parts: list[RenderableType] = [_text(changes.summary(found), "bold"), Text()]
    for name, side in (("old", found.old), ("new", found.new)):
        told = Text.assemble(words.plain(side.name), (f"  {words.plain(changes.side_in_words(side))}", "dim"))
        parts.append(_hang(Text(name, style="bold"), told))
    for kind in Difference:
        if some := found.of(kind):
            head = HEADS[kind]
            parts += [Text(), Text(f"{head.sign} {head.title.upper()}  {len(some)}", style=_STYLES[head.sign])]
            parts += [part for one in some for part in _meeting(one)]
    return Constrain(Group(*parts), WIDTH)


def _meeting(one: MeetingComparison) -> Iterator[RenderableType]:
    heading = changes.heading(one)
    yield Text()
    yield _text(heading, "bold")
    for when, some in changes.meetings(one):
        told = _text(changes.introduced(some, heading), "dim")
        yield _indent(_hang(_text(when), told) if when else told, 2)
    if contents := changes.contents(one):
        yield _indent(_text(contents, "dim"), 2)
    for change in changes.listed(one):
        yield from _change(change)


def _change(change: Change) -> Iterator[RenderableType]:
    sign = changes.sign(change)
    names, quotes = changes.voices(change)
    told = _text(changes.name(change), "bold")
    value = changes.brief(change)
    lines = [] if value else [(when, _differing(held)) for when, held in _sides(change)]
    if value:
        told.append(f"  {words.plain(value)}", "not bold")
    if names:
        (lines[-1][1] if lines else told).append(f"  {words.plain(', '.join(names))}", "dim not bold")
    yield _indent(_hang(Text(sign, style=_STYLES[sign]), told), 2)
    for when, line in lines:
        yield _indent(_hang(Text(f"{when:3}", style="dim"), line), 4)
    for quote in quotes:
        yield _indent(_text(quote, "dim"), 8)


def _sides(change: Change) -> Iterator[tuple[str, Held]]:
    yield from ((when, held) for when, held in (("was", change.was), ("is", change.now)) if held)


def _differing(held: Held) -> Text:
    text = Text()
    for piece, differs in words.stretches(words.plain(changes.shown(held)), held.marks):
        text.append(f"{words.OPEN}{piece}{words.CLOSE}" if differs else piece, "bold" if differs else None)
    return text


def _hang(head: Text, tail: Text) -> RenderableType:
    """A sign or word, and beside it a text whose further lines stay clear of it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(head, tail)
    return grid


def _indent(inner: RenderableType, columns: int) -> RenderableType:
    return Padding(inner, (0, 0, 0, columns))


def _text(text: str, style: str = "") -> Text:
    return Text(words.plain(text), style=style)
