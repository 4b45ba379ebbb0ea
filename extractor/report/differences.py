"""A diff for a terminal: section by section, its statements side by side, its decisions."""

from collections.abc import Iterator, Mapping, Sequence

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from extractor.report import sections, words
from extractor.report.lines import SECTION_STYLES, WIDTH, hang, head, indent, letter, quote, safe
from extractor.schemas import Aligned, DecisionLine, MeetingDiff, Row, Section, Side, Signal, Spoken

PAIRS = 3
"""Pairs of accounts whose signals are shown with the values compared; of more, the weakest pairs."""

COLUMNS = 3
"""Sources whose statements stand side by side; of more they stand one under the other."""

SHORT = 120
"""Characters of a statement in the view of all statements."""


def diff_view(diff: MeetingDiff) -> RenderableType:
    """What the accounts of one meeting say differently, section by section, the empty ones too."""
    groups = sections.groups(diff)
    counts = [
        Text.assemble(
            (words.plain(group.sign), SECTION_STYLES[group.section]),
            f" {len(group.rows)} {words.plain(group.in_line)}",
        )
        for group in groups
    ]
    parts: list[RenderableType] = [
        *head(diff.title, diff.meeting, diff.role, diff.sources),
        Columns(counts, padding=(0, 3)),
        *_why(diff),
    ]
    for group in groups:
        style = SECTION_STYLES[group.section]
        heading = Text.assemble(
            (words.plain(group.sign), style), f" {words.plain(group.title).upper()}  {len(group.rows)}"
        )
        heading.stylize("bold")
        parts += [Text(), heading]
        if not group.rows:
            parts.append(Text("  none", style="dim"))
        for row in group.rows:
            parts += _row(Text(words.plain(group.sign), style=style), row, diff)
        if group.section is Section.TO_DECIDE:
            parts += _statements(diff, groups)
    parts += _decisions(diff.decisions)
    return Constrain(Group(*parts), WIDTH)


def _why(diff: MeetingDiff) -> Iterator[RenderableType]:
    yield Text()
    score = f"  weakest pair {diff.score:+d}, two points double the odds" if diff.score is not None else ""
    yield Text.assemble(("WHY THESE ARE ONE MEETING", "bold"), (score, "dim"))
    pairs = sections.compared(diff)
    if not pairs:
        yield Text("  one account: nothing was merged" if len(diff.sources) < 2 else "  no signals", style="dim")
    for number, pair in enumerate(pairs):
        if len(pairs) > 1:
            names = letter(pair.left), " and ", letter(pair.right)
            yield Text.assemble("  ", *names, (f"  {pair.score:+d}, {pair.in_words}", "dim"))
        if number < PAIRS:
            yield _signals(pair)
        else:
            yield indent(Text(", ".join(f"{_named(signal)} {signal.weight:+d}" for signal in pair.signals)))


def _signals(pair: sections.Compared) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=5, justify="right")
    grid.add_column(max_width=22, overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for signal in pair.signals:
        weight = Text(f"{signal.weight:+d}", style="green" if signal.weight > 0 else "red")
        values = (
            Text.assemble(letter(label), f" {words.plain(value)}")
            for label, value in ((pair.left, signal.left), (pair.right, signal.right))
        )
        grid.add_row(weight, safe(_named(signal)), *values)
    return grid


def _named(signal: Signal) -> str:
    return words.plain(words.in_words(signal.name))


def _statements(diff: MeetingDiff, groups: Sequence[sections.Group]) -> Iterator[RenderableType]:
    """The statements side by side where the columns are wide enough, else one under the other."""
    if not diff.statements:
        return
    yield Text()
    yield Text.assemble(
        ("STATEMENTS SIDE BY SIDE", "bold"), ("  in the order of the texts; each in full in its section", "dim")
    )
    signs = {id_: group.sign for id_, (group, _) in sections.by_row(groups).items()}
    speaker = None
    for one in diff.statements:
        if one.speaker != speaker:
            speaker = one.speaker
            yield indent(Text(words.plain(speaker), style="bold"), 2)
        yield indent(_columns(one, diff, signs))


def _columns(one: Aligned, diff: MeetingDiff, signs: Mapping[str, str]) -> RenderableType:
    if len(diff.sources) > COLUMNS:
        return Group(*(_spoken(spoken, signs) for spoken in one.sides))
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for _ in diff.sources:
        grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*(Group(*(_spoken(spoken, signs) for spoken in told)) for told in sections.columns(one, diff)))
    return grid


def _spoken(spoken: Spoken, signs: Mapping[str, str]) -> RenderableType:
    """A sentence, its middle left out where it is long: its row has it whole."""
    text = words.plain(spoken.text)
    if len(text) > SHORT:
        start, end = text[: SHORT * 2 // 3], text[-SHORT // 3 :]
        text = f"{start.rpartition(' ')[0] or start} … {end.partition(' ')[2] or end}"
    head = [words.plain(signs.get(id_, "")) for id_ in spoken.rows]
    return Text.assemble(letter(spoken.label), f" {' '.join(head)} “{text}”")


def _decisions(decisions: Sequence[DecisionLine]) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"THE DECISIONS SO FAR  {len(decisions)}", style="bold")
    if not decisions:
        yield Text("  none", style="dim")
    for line in decisions:
        yield indent(Text(words.plain(words.decision(line))), 2)
        if line.reason:
            yield indent(Text(words.plain(line.reason), style="italic"))


def _row(sign: Text, row: Row, diff: MeetingDiff) -> Iterator[RenderableType]:
    title = Text(words.plain(row.title), style="bold")
    if words.telling(row):
        title.append(f"  {row.agreement}", style="dim not bold")
    yield hang(sign, title)
    for letters, side in _in_agreement(row.sides):
        yield from _side(letters, side, diff)
    for name, value in words.merged(row):
        yield indent(Text.assemble((f"{name.lower()}: ", "dim"), words.plain(value)))
    if row.rule:
        yield indent(Text.assemble(("rule: ", "dim"), words.plain(row.rule)))
    if row.note:
        yield indent(Text(words.plain(row.note), style="italic"))
    if command := words.command(row):
        yield indent(Text.assemble(("decide: ", "dim"), words.plain(command)))
    for _, text in sections.see_also(diff, row):
        yield indent(Text(f"see also {words.plain(text)}", style="dim"))


def _in_agreement(sides: Sequence[Side]) -> Iterator[tuple[str, Side]]:
    """The sides, those that read the same as one, with the letters of all that say it."""
    labels: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], Side] = {}
    for side in sides:
        said = (side.value, side.text, side.whole, side.marks, all(evidence.grounded for evidence in side.evidence))
        first.setdefault(said, side)
        labels.setdefault(said, []).append(side.label)
    for reading, side in first.items():
        yield " ".join(labels[reading]), side


def _side(letters: str, side: Side, diff: MeetingDiff) -> Iterator[RenderableType]:
    body = Text()
    value = words.normalised(side)
    if value:
        body.append(words.plain(value))
    if side.text:
        body.append("  “" if value else "“").append(_marked(side)).append("”")
    yield indent(hang(letter(letters), body))
    if side.whole:
        yield indent(Text(f"in one sentence with more: “{words.plain(side.whole)}”", style="dim"), 8)
    for evidence in side.evidence:
        if evidence.exact not in (side.text, side.whole) or not evidence.grounded:
            yield quote(evidence, side.label, diff)


def _marked(side: Side) -> Text:
    text = Text()
    for piece, marked in words.stretches(words.plain(side.text), side.marks):
        if marked:
            text.append(f"{words.OPEN}{piece}{words.CLOSE}", style="bold")
        else:
            text.append(piece)
    return text
