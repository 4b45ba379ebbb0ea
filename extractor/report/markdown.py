"""The report in Markdown (CommonMark with GitHub's tables).

Article text is escaped: it makes no link, no HTML, no heading, no emphasis.
A line never starts with it, so it starts no block either.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.report import words
from extractor.schemas import Evidence, Meeting, MeetingDiff, Row, Side, Signal

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$#]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def render_markdown(meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff]) -> str:
    """The whole report: an overview of all meetings, then each diff in its sections."""
    pairs = words.pair(meetings, diffs)
    lines = ["# Meetings", ""]
    for role in ("reported", "background"):
        lines += _overview(role, [pair for pair in pairs if pair[0].role == role])
    lines += [
        f"Signs: `!` to decide, `+A` only A, `~` compatible, `w` warning, `?` ungrounded, `=` agreed; "
        f"{words.OPEN}**words**{words.CLOSE}: in a reading, what the other account words otherwise; "
        "in its context, what is quoted.",
        "",
    ]
    for _, diff in pairs:
        if diff:
            lines += _diff(diff)
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """The text as Markdown that shows exactly it.

    GitHub makes a link of an address even where its signs are escaped; a
    word joiner (U+2060, no width) behind the `@` keeps it from that.
    """
    return _SPECIAL.sub(lambda m: _entity(m.group()), words.plain(text)).replace("@", "@\N{WORD JOINER}")


def _entity(char: str) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(char, f"\\{char}")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _overview(role: str, pairs: Sequence[tuple[Meeting, MeetingDiff | None]]) -> Iterator[str]:
    yield f"## {role.capitalize()} meetings ({len(pairs)})"
    yield ""
    if not pairs:
        yield "None."
        yield ""
        return
    yield from _table(
        ("date", "place", "parties", "what", "accounts", "to decide", "id"),
        (
            (
                escape(words.when(meeting)),
                escape(words.where(meeting)),
                escape(", ".join(party.value for party in meeting.parties)) or "not stated",
                escape(words.what(meeting)),
                str(len(meeting.accounts)),
                str(words.to_decide(meeting, diff)),
                escape(meeting.id),
            )
            for meeting, diff in pairs
        ),
    )


def _diff(diff: MeetingDiff) -> Iterator[str]:
    groups = words.groups(diff)
    yield f"## {escape(diff.title)}"
    yield ""
    yield f"{diff.role} · {escape(diff.meeting)}"
    yield ""
    for source in diff.sources:
        when = escape(words.published(source, diff.sources))
        yield f"- **{escape(source.label)}** {escape(source.source)}, {when}, {source.role}"
    yield ""
    yield " · ".join(f"{escape(group.sign)} {len(group.rows)} {escape(group.in_line)}" for group in groups)
    yield ""
    yield from _why(diff)
    for group in groups:
        yield f"### {escape(group.sign)} {escape(group.title)} ({len(group.rows)})"
        yield ""
        yield group.gloss if group.rows else "None."
        yield ""
        for row in group.rows:
            yield from _row(group.sign, row, diff)


def _why(diff: MeetingDiff) -> Iterator[str]:
    yield "### Why these are one meeting"
    yield ""
    if not diff.signals:
        yield "One account: nothing was merged." if len(diff.sources) < 2 else "No signals are recorded."
        yield ""
        return
    weakest = "" if diff.score is None else f"The weakest pair of accounts scores {diff.score:+d}. "
    yield f"{weakest}Two points double the odds."
    yield ""
    for (left, right), signals in words.signals_by_pair(diff).items():
        yield from _table(("weight", "signal", escape(left), escape(right)), map(_signal, signals))


def _signal(signal: Signal) -> tuple[str, str, str, str]:
    return f"{signal.weight:+d}", escape(words.in_words(signal.name)), escape(signal.left), escape(signal.right)


def _row(sign: str, row: Row, diff: MeetingDiff) -> Iterator[str]:
    agreement = f" ({row.agreement})" if words.telling(row) else ""
    yield f"#### {escape(sign)} {escape(row.title)}{agreement}"
    yield ""
    for name, value in words.merged(row):
        yield f"- {name}: {escape(value)}"
    for side in row.sides:
        yield f"- **{escape(side.label)}** {_side(side)}"
        if side.whole:
            yield f"  - in one sentence with more: “{escape(side.whole)}”"
        for evidence in side.evidence:
            label = words.label_of(diff, evidence.article, side.label)
            yield f"  - {_evidence(evidence, label, repeated=evidence.exact in (side.text, side.whole))}"
    if row.note:
        yield f"- Note: {escape(row.note)}"
    for _, text in words.see_also(diff, row):
        yield f"- See also: {escape(text)}"
    yield ""


def _side(side: Side) -> str:
    value = words.normalised(side)
    printed = f"“{_marked(side)}”" if side.text else ""
    return " ← ".join(part for part in (escape(value) if value else "", printed) if part)


def _marked(side: Side) -> str:
    return "".join(
        _mark(piece) if marked and piece.strip() else escape(piece)
        for piece, marked in words.stretches(side.text, side.marks)
    )


def _mark(text: str) -> str:
    return f"{words.OPEN}**{escape(text.strip())}**{words.CLOSE}"


def _evidence(evidence: Evidence, label: str, *, repeated: bool) -> str:
    """Where the words stand; words that were printed just above are not printed twice."""
    if not evidence.grounded:
        return f"not found in {escape(label)}: “{escape(evidence.exact)}”"
    quoted = f"{words.OPEN} … {words.CLOSE}" if repeated else _mark(evidence.exact)
    place = f"{escape(label)} {evidence.start}\N{EN DASH}{evidence.end}, {evidence.grounding}"
    before, after = map(escape, words.around(evidence))
    return f"{place}: {before}{quoted}{after}"
