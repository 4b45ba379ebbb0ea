"""Meetings and diffs for a terminal, through rich.

Reads well at 80 columns, and without colour: every sign is a character, and
words that differ stand between ‹ and ›. Article text enters as `Text`, never
as markup, and its control characters are made visible first.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from extractor.report import sections, words
from extractor.report.differences import diff_view
from extractor.report.lines import SECTION_STYLES, WIDTH, hang, head, indent, letter, quote, safe
from extractor.schemas import (
    Agreement,
    ArticleOutcome,
    Claim,
    Field,
    Meeting,
    MeetingDiff,
    Outcome,
    Participant,
    Section,
    Statement,
)

__all__ = ["diff_view", "meeting_view", "meetings_table", "outcome_line"]

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
    pairs = sections.pair(meetings, diffs)
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

    parts: list[RenderableType] = [*head(words.title(meeting), meeting.id, meeting.role, meeting.accounts)]
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
            parts.append(_line(item.agreement, safe(item.value)))
            parts += quotes(item.claims)
    parts += _heading("PARTICIPANTS", len(meeting.participants))
    for person in meeting.participants:
        parts.append(_line(person.agreement, _person(person)))
        parts += quotes((*person.claims, *person.office.claims))
    parts += _heading("OUTCOMES", len(meeting.outcomes))
    for outcome in meeting.outcomes:
        parts.append(_line(outcome.agreement, safe(f"{outcome.kind}: {outcome.verb}")))
        parts += _renderings(outcome, labels)
    parts += _heading("STATEMENTS", len(meeting.statements))
    for statement in meeting.statements:
        parts.append(_line(statement.agreement, _speaker(statement)))
        parts += _renderings(statement, labels)
    parts += _heading("WARNINGS", len(meeting.warnings))
    for warning in meeting.warnings:
        tail = Text(f"{words.in_words(warning.code)}: {words.plain(warning.message)}")
        parts.append(hang(Text("w", style=SECTION_STYLES[Section.WARNINGS]), tail))
        parts += [quote(e, labels.get(warning.account or "", ""), meeting) for e in warning.evidence]
    return Constrain(Group(*parts), WIDTH)


def _overview(cells: Sequence[str], style: str = "") -> RenderableType:
    """One line of the overview. Every line is a grid of its own, with widths that no content changes."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=11, overflow="fold")
    for ratio in (3, 3, 4):
        grid.add_column(ratio=ratio, overflow="fold")
    grid.add_column(width=8, justify="right")
    grid.add_column(width=6, justify="right")
    grid.add_row(*map(safe, cells), style=style)
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


def _claim(claim: Claim, label: str, meeting: Meeting) -> Iterator[RenderableType]:
    for evidence in claim.evidence:
        yield quote(evidence, label, meeting)
    if claim.derivation:
        yield indent(Text(f"by rule: {words.plain(claim.derivation.rule)}", style="dim"), 8)


def _renderings(item: Statement | Outcome, labels: dict[str, str]) -> Iterator[RenderableType]:
    for rendering in item.renderings:
        verb = f"{words.plain(rendering.verb)}: " if rendering.verb else ""
        body = Text.assemble((verb, "dim"), f"“{words.plain(rendering.text)}”")
        for evidence in rendering.evidence:
            if evidence.grounded:
                body.append(f"  {evidence.start}–{evidence.end}", style="dim")
            else:
                body.append("  ? not in the article", style="bold red")
        yield indent(hang(letter(labels.get(rendering.account, "")), body))
        if rendering.whole:
            yield indent(Text(f"in one sentence with more: “{words.plain(rendering.whole)}”", style="dim"), 8)


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
    return hang(sign, tail)
