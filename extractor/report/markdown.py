"""The report in Markdown (CommonMark with GitHub's tables).

Article text is escaped: it makes no link, no HTML, no heading, no emphasis.
A line never starts with it, so it starts no block either.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.report import charts, sections, words
from extractor.schemas import Aligned, DecisionLine, Evidence, Meeting, MeetingDiff, Row, Section, Side, Signal, Spoken

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$#]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def render_markdown(
    meetings: Sequence[Meeting],
    diffs: Sequence[MeetingDiff],
) -> str:
    """The whole report: an overview of all meetings, then each diff in its sections."""
    pairs = sections.pair(meetings, diffs)
    lines = ["# Meetings", ""]
    for role in ("reported", "background"):
        lines += _overview(role, [pair for pair in pairs if pair[0].role == role])
    lines += _in_words(meetings)
    lines += [
        f"Signs: {', '.join(f'`{sign}` {meaning}' for sign, meaning in words.LEGEND)}; "
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


def _in_words(meetings: Sequence[Meeting]) -> Iterator[str]:
    """What the HTML report draws: who met whom how often, and what about when."""
    if len(meetings) > 1 and (matrix := charts.matrix(meetings)):
        yield "## Who met whom"
        yield ""
        for one, other, count in matrix.pairs:
            yield f"- {escape(matrix.names[one])} and {escape(matrix.names[other])}: {count}"
        if matrix.left_out:
            yield f"- {matrix.left_out} more met less often"
        yield ""
    _, topics = charts.topics(meetings if len(meetings) > 1 else ())
    if topics:
        yield "## Topics of most meetings"
        yield ""
    for topic in topics:
        years = ", ".join(f"{year}: {count}" for year, count in (*topic.years, ("without a year", topic.undated)))
        yield f"- {escape(topic.name)}: {topic.meetings} ({years})"
    yield ""


def _diff(diff: MeetingDiff) -> Iterator[str]:
    groups = sections.groups(diff)
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
        if group.section is Section.TO_DECIDE:
            yield from _statements(diff, sections.by_row(groups))
    yield from _decisions(diff.decisions)


def _why(diff: MeetingDiff) -> Iterator[str]:
    yield "### Why these are one meeting"
    yield ""
    pairs = sections.compared(diff)
    if not pairs:
        yield "One account: nothing was merged." if len(diff.sources) < 2 else "No signals are recorded."
        yield ""
        return
    weakest = "" if diff.score is None else f"The weakest pair of accounts scores {diff.score:+d}. "
    yield f"{weakest}Two points double the odds."
    yield ""
    for pair in pairs:
        if len(pairs) > 1:
            yield f"**{escape(pair.left)} and {escape(pair.right)}**: {pair.score:+d}, {pair.in_words}"
            yield ""
        yield from _table(("weight", "signal", escape(pair.left), escape(pair.right)), map(_signal, pair.signals))


def _statements(diff: MeetingDiff, rows: Mapping[str, tuple[sections.Group, Row]]) -> Iterator[str]:
    if not diff.statements:
        return
    yield "### Statements side by side"
    yield ""
    yield "In the order of the texts. Each stands in a section of its own as well, by the sign before it."
    yield ""
    labels = [escape(source.label) for source in diff.sources]
    yield from _table(
        ("speaker", *labels), (cells for one in diff.statements for cells in _side_by_side(one, diff, rows))
    )


def _side_by_side(
    one: Aligned, diff: MeetingDiff, rows: Mapping[str, tuple[sections.Group, Row]]
) -> Iterator[tuple[str, ...]]:
    """As many lines as the account needs that says it in most sentences."""
    columns = sections.columns(one, diff)
    for number in range(max(map(len, columns), default=0)):
        speaker = escape(one.speaker) if not number else "″"
        yield speaker, *(_spoken(told[number], rows) if number < len(told) else "" for told in columns)


def _spoken(spoken: Spoken, rows: Mapping[str, tuple[sections.Group, Row]]) -> str:
    signs = "".join(f"{escape(rows[id_][0].sign)} " for id_ in spoken.rows if id_ in rows)
    return f"{signs}“{_marked(spoken)}”"


def _decisions(decisions: Sequence[DecisionLine]) -> Iterator[str]:
    yield f"### The decisions so far ({len(decisions)})"
    yield ""
    for line in decisions:
        yield f"- {escape(words.decision(line))}"
        if line.reason:
            yield f"  - reason: {escape(line.reason)}"
    if not decisions:
        yield "None."
    yield ""


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
    if row.rule:
        yield f"- Rule: {escape(row.rule)}"
    if row.note:
        yield f"- Note: {escape(row.note)}"
    if command := words.command(row):
        yield f"- decide: {escape(command)}"
    for _, text in sections.see_also(diff, row):
        yield f"- See also: {escape(text)}"
    yield ""


def _side(side: Side) -> str:
    value = words.normalised(side)
    printed = f"“{_marked(side)}”" if side.text else ""
    return " ← ".join(part for part in (escape(value) if value else "", printed) if part)


def _marked(side: Side | Spoken) -> str:
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
