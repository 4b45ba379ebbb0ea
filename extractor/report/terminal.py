"""Meetings and diffs for a terminal, through rich.

Reads well at 80 columns, and without colour: every sign is a character, and
words that differ stand between ‹ and ›. Article text enters as `Text`, never
as markup, and its control characters are made visible first.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.report import words
from extractor.schemas import (
    AccountRef,
    Agreement,
    ArticleOutcome,
    Claim,
    Evidence,
    Field,
    Meeting,
    MeetingDiff,
    Outcome,
    Participant,
    Row,
    Section,
    Side,
    Statement,
)

WIDTH = 100
"""Columns used at most, however wide the terminal is: long lines read badly."""

_SECTION_STYLES = {
    Section.TO_DECIDE: "bold yellow",
    Section.ONLY: "bold cyan",
    Section.COMPATIBLE: "bold blue",
    Section.WARNINGS: "bold magenta",
    Section.UNGROUNDED: "bold red",
    Section.AGREED: "bold green",
    Section.BACKGROUND: "bold",
}
_AGREEMENT_STYLES = {
    Agreement.AGREED: "bold green",
    Agreement.COMPATIBLE: "bold blue",
    Agreement.VARIANT: "bold yellow",
    Agreement.CONFLICT: "bold yellow",
    Agreement.SINGLE: "bold cyan",
    Agreement.DECIDED: "bold green",
}


def meetings_table(meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff] = ()) -> RenderableType:
    """All meetings, two lines each: what a reader looks for, and the id to ask for it by."""
    parts: list[RenderableType] = []
    pairs = words.pair(meetings, diffs)
    for role in ("reported", "background"):
        chosen = [pair for pair in pairs if pair[0].role == role]
        parts.append(Text(f"{role.upper()} MEETINGS  {len(chosen)}", style="bold"))
        if chosen:
            parts.append(_overview(("date", "place", "parties", "what", "accounts", "decide"), style="dim"))
        for meeting, diff in chosen:
            parts += [_overview(_cells(meeting, diff)), Text(f"  {words.plain(meeting.id)}", style="dim")]
        parts.append(Text())
    return Constrain(Group(*parts), WIDTH)


def outcome_line(outcome: ArticleOutcome) -> RenderableType:
    """What became of an article, in a line: outcome, id, name, accounts, tokens, cost; and the reason under it."""
    usage = outcome.usage
    spent = f"{usage.tokens} tokens" + (f", {usage.cost:.4f} USD" if usage.cost else "")
    parts = [f"{outcome.outcome:<10}", outcome.article[:12], words.plain(outcome.source)]
    if outcome.outcome != "failed":
        parts.append(f"{outcome.accounts} accounts")
    if outcome.superseded:
        parts.append("superseded")
    line = "  ".join([*parts, spent])
    return Constrain(Text(line + (f"\n  {words.plain(outcome.reason)}" if outcome.reason else "")), WIDTH)


def meeting_view(meeting: Meeting) -> RenderableType:
    """One meeting in full: fields, participants, outcomes, statements, each with the words that it stands on."""
    claims = {claim.id: claim for claim in meeting.claims}
    labels = {account.id: account.label for account in meeting.accounts}

    def quotes(ids: Iterable[str]) -> Iterator[RenderableType]:
        for claim in (claims[i] for i in ids if i in claims):
            yield from _claim(claim, labels.get(claim.account, ""), meeting)

    parts: list[RenderableType] = [*_head(words.title(meeting), meeting.id, meeting.role, meeting.accounts)]
    for name in words.FIELDS:
        field: Field = getattr(meeting, name)
        if field.value is not None or field.claims:
            parts.append(_line(field.agreement, _pair(words.in_words(name), words.shown(field), field.rule)))
            parts += quotes(field.claims)
    for heading, items in (
        ("PARTIES", meeting.parties),
        ("TOPICS", meeting.topics),
        ("DISTINCTIONS", meeting.distinctions),
    ):
        parts += _heading(heading, len(items))
        for item in items:
            parts.append(_line(item.agreement, _text(item.value)))
            parts += quotes(item.claims)
    parts += _heading("PARTICIPANTS", len(meeting.participants))
    for person in meeting.participants:
        parts.append(_line(person.agreement, _person(person)))
        parts += quotes((*person.claims, *person.office.claims))
    parts += _heading("OUTCOMES", len(meeting.outcomes))
    for outcome in meeting.outcomes:
        parts.append(_line(outcome.agreement, _text(f"{outcome.kind}: {outcome.verb}")))
        parts += _renderings(outcome, labels)
    parts += _heading("STATEMENTS", len(meeting.statements))
    for statement in meeting.statements:
        parts.append(_line(statement.agreement, _speaker(statement)))
        parts += _renderings(statement, labels)
    parts += _heading("WARNINGS", len(meeting.warnings))
    for warning in meeting.warnings:
        tail = Text(f"{words.in_words(warning.code)}: {words.plain(warning.message)}")
        parts.append(_hang(Text("w", style=_SECTION_STYLES[Section.WARNINGS]), tail))
        parts += [_quote(e, labels.get(warning.account or "", ""), meeting) for e in warning.evidence]
    return Constrain(Group(*parts), WIDTH)


def diff_view(diff: MeetingDiff) -> RenderableType:
    """What the accounts of one meeting say differently, section by section, the empty ones too."""
    groups = words.groups(diff)
    counts = [
        Text.assemble(
            (words.plain(group.sign), _SECTION_STYLES[group.section]),
            f" {len(group.rows)} {words.plain(group.in_line)}",
        )
        for group in groups
    ]
    parts: list[RenderableType] = [
        *_head(diff.title, diff.meeting, diff.role, diff.sources),
        Columns(counts, padding=(0, 3)),
        *_why(diff),
    ]
    for group in groups:
        style = _SECTION_STYLES[group.section]
        heading = Text.assemble(
            (words.plain(group.sign), style), f" {words.plain(group.title).upper()}  {len(group.rows)}"
        )
        heading.stylize("bold")
        parts += [Text(), heading]
        if not group.rows:
            parts.append(Text("  none", style="dim"))
        for row in group.rows:
            parts += _row(Text(words.plain(group.sign), style=style), row, diff)
    return Constrain(Group(*parts), WIDTH)


def _overview(cells: Sequence[str], style: str = "") -> RenderableType:
    """One line of the overview. Every line is a grid of its own, with widths that no content changes."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=11, overflow="fold")
    for ratio in (3, 3, 4):
        grid.add_column(ratio=ratio, overflow="fold")
    grid.add_column(width=8, justify="right")
    grid.add_column(width=6, justify="right")
    grid.add_row(*map(_text, cells), style=style)
    return grid


def _cells(meeting: Meeting, diff: MeetingDiff | None) -> tuple[str, ...]:
    decide = words.to_decide(meeting, diff)
    return (
        words.when(meeting),
        words.where(meeting),
        " ".join(party.value for party in meeting.parties) or "not stated",
        words.what(meeting),
        str(len(meeting.accounts)),
        f"! {decide}" if decide else "0",
    )


def _head(title: str, ident: str, role: str, sources: Sequence[AccountRef]) -> Iterator[RenderableType]:
    yield Text(words.plain(title), style="bold")
    yield Text(f"{words.plain(ident)}  {role}", style="dim")
    yield Text()
    for source in sources:
        tail = Text.assemble(words.plain(source.source), (f"  {words.plain(words.published(source, sources))}", "dim"))
        if source.role != role:
            tail.append(f"  {source.role} there", style="dim")
        yield _hang(_label(source.label), tail)
    yield Text()


def _why(diff: MeetingDiff) -> Iterator[RenderableType]:
    yield Text()
    score = f"  weakest pair {diff.score:+d}, two points double the odds" if diff.score is not None else ""
    yield Text.assemble(("WHY THESE ARE ONE MEETING", "bold"), (score, "dim"))
    if not diff.signals:
        yield Text("  one account: nothing was merged" if len(diff.sources) < 2 else "  no signals", style="dim")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=5, justify="right")
    grid.add_column(max_width=22, overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for pair, signals in words.signals_by_pair(diff).items():
        for signal in signals:
            weight = Text(f"{signal.weight:+d}", style="green" if signal.weight > 0 else "red")
            values = (
                Text.assemble(_label(label), f" {words.plain(value)}")
                for label, value in zip(pair, (signal.left, signal.right), strict=True)
            )
            grid.add_row(weight, _text(words.in_words(signal.name)), *values)
    yield grid


def _row(sign: Text, row: Row, diff: MeetingDiff) -> Iterator[RenderableType]:
    title = Text(words.plain(row.title), style="bold")
    if words.telling(row):
        title.append(f"  {row.agreement}", style="dim not bold")
    yield _hang(sign, title)
    for letters, side in _in_agreement(row.sides):
        yield from _side(letters, side, diff)
    for name, value in words.merged(row):
        yield _indent(Text.assemble((f"{name.lower()}: ", "dim"), words.plain(value)))
    if row.note:
        yield _indent(Text(words.plain(row.note), style="italic"))
    for _, text in words.see_also(diff, row):
        yield _indent(Text(f"see also {words.plain(text)}", style="dim"))


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
    yield _indent(_hang(_label(letters), body))
    if side.whole:
        yield _indent(Text(f"in one sentence with more: “{words.plain(side.whole)}”", style="dim"), 8)
    for evidence in side.evidence:
        if evidence.exact not in (side.text, side.whole) or not evidence.grounded:
            yield _quote(evidence, side.label, diff)


def _marked(side: Side) -> Text:
    text = Text()
    for piece, marked in words.stretches(words.plain(side.text), side.marks):
        if marked:
            text.append(f"{words.OPEN}{piece}{words.CLOSE}", style="bold")
        else:
            text.append(piece)
    return text


def _claim(claim: Claim, label: str, meeting: Meeting) -> Iterator[RenderableType]:
    for evidence in claim.evidence:
        yield _quote(evidence, label, meeting)
    if claim.derivation:
        yield _indent(Text(f"by rule: {words.plain(claim.derivation.rule)}", style="dim"), 8)


def _quote(evidence: Evidence, label: str, of: Meeting | MeetingDiff) -> RenderableType:
    label = words.label_of(of, evidence.article, label)
    if evidence.grounded:
        tail = Text.assemble(f"“{words.plain(evidence.exact)}”", (f"  {evidence.start}–{evidence.end}", "dim"))
    else:
        tail = Text.assemble(("? not in the article: ", "bold red"), f"“{words.plain(evidence.exact)}”")
    return _indent(_hang(_label(label), tail))


def _renderings(item: Statement | Outcome, labels: dict[str, str]) -> Iterator[RenderableType]:
    for rendering in item.renderings:
        verb = f"{words.plain(rendering.verb)}: " if rendering.verb else ""
        body = Text.assemble((verb, "dim"), f"“{words.plain(rendering.text)}”")
        for evidence in rendering.evidence:
            if evidence.grounded:
                body.append(f"  {evidence.start}–{evidence.end}", style="dim")
            else:
                body.append("  ? not in the article", style="bold red")
        yield _indent(_hang(_label(labels.get(rendering.account, "")), body))
        if rendering.whole:
            yield _indent(Text(f"in one sentence with more: “{words.plain(rendering.whole)}”", style="dim"), 8)


def _person(person: Participant) -> Text:
    text = Text(words.plain(person.name))
    others = [name for name in person.names if name != person.name]
    if others:
        text.append(f" (also {words.plain(', '.join(others))})", style="dim")
    about = [field.value for field in (person.office, person.represents) if field.value]
    if person.role != "principal":
        about.append(person.role)
    return text.append("".join(f", {words.plain(word)}" for word in about))


def _speaker(statement: Statement) -> Text:
    known: list[str] = [statement.kind, *([] if statement.setting == "unknown" else [statement.setting])]
    if statement.via:
        known.append(f"via {statement.via}")
    if statement.possible:
        known.append("possibly the same utterance")
    return Text.assemble(words.plain(statement.speaker), (f"  {words.plain(', '.join(known))}", "dim"))


def _pair(name: str, value: str, rule: str | None) -> Text:
    return Text.assemble((f"{name:<12}", "dim"), words.plain(value), (f"  {words.plain(rule)}" if rule else "", "dim"))


def _heading(name: str, count: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"{name}  {count}", style="bold")


def _line(agreement: Agreement | None, tail: Text) -> RenderableType:
    sign = Text(words.AGREEMENT_SIGNS[agreement], style=_AGREEMENT_STYLES[agreement]) if agreement else Text(" ")
    return _hang(sign, tail)


def _hang(head: Text, tail: Text) -> RenderableType:
    """A sign or letter, and beside it a text whose further lines stay clear of it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=3, no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(head, tail)
    return grid


def _indent(inner: RenderableType, columns: int = 4) -> RenderableType:
    return Padding(inner, (0, 0, 0, columns))


def _label(label: str) -> Text:
    return Text(words.plain(label), style="bold")


def _text(text: str) -> Text:
    return Text(words.plain(text))
