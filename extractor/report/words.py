"""What all reports share: signs, words for what a record holds, and the safe form of a text.

A sign stands beside every colour, so that nothing is told by colour alone:
`!` to decide, `+A` only A, `~` compatible, `w` warning, `?` ungrounded,
`✓` decided, `=` agreed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor import rows
from extractor.schemas import (
    AccountRef,
    Agreement,
    DecisionLine,
    Evidence,
    Field,
    Item,
    Meeting,
    MeetingDiff,
    Outcome,
    Row,
    Section,
    Side,
    Statement,
    Status,
)
from extractor.schemas.evaluation import Passage

OPEN, CLOSE = "‹", "›"
"""Stand around words that the other side words otherwise, where bold cannot be seen."""

AGREEMENT_SIGNS = {
    Agreement.AGREED: "=",
    Agreement.COMPATIBLE: "~",
    Agreement.VARIANT: "!",
    Agreement.CONFLICT: "!",
    Agreement.SINGLE: "+",
    Agreement.DECIDED: "✓",
}

LEGEND = (
    ("!", "to decide"),
    ("+A", "only A says so"),
    ("~", "compatible"),
    ("w", "warning"),
    ("?", "ungrounded"),
    ("✓", "decided by a person"),
    ("=", "agreed"),
    ("·", "background"),
)

FIELDS = (
    "date",
    "time_text",
    "duration",
    "place",
    "venue",
    "city",
    "country",
    "host_event",
    "occurrence",
    "level",
    "format",
)
"""The fields of a meeting that hold one value, in reading order."""

# C0 and C1 controls, line separators, bidirectional embeddings, overrides and
# isolates, surrogates: what could steer a terminal, turn a line round, or break UTF-8.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """The text with every control character made visible and every line break a space.

    One character stays one character, so offsets into the text still hold.
    """
    return _UNSAFE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    if char in "\t\n\v\f\r\x85\u2028\u2029":
        return " "
    return chr(0x2400 + ord(char)) if char < " " else "\N{REPLACEMENT CHARACTER}"


def title(meeting: Meeting, diff: MeetingDiff | None = None) -> str:
    """The meeting in one line."""
    return diff.title if diff else rows.title(meeting)


def when(meeting: Meeting) -> str:
    """The date (EDTF), or that none is stated."""
    return shown(meeting.date)


def where(meeting: Meeting) -> str:
    """The place in the words of a table: city, else place, venue or country, else how they spoke."""
    for field in (meeting.city, meeting.place, meeting.venue, meeting.country):
        if field.value:
            return field.value
    return {"video": "by video", "phone": "by phone"}.get(meeting.format.value or "", "place not stated")


def what(meeting: Meeting) -> str:
    """Configuration and level, and the occurrence where the meeting was not simply held."""
    level = meeting.level.value or "unknown"
    words = [meeting.configuration, level.replace("_", " ")]
    known = [word for word in words if word != "unknown"] or ["level unknown"]
    if meeting.occurrence.value not in (None, "held"):
        known.append(str(meeting.occurrence.value))
    return ", ".join(known)


def shown(field: Field) -> str:
    """A field's value, or what its status says of the lack of one."""
    if field.value is not None:
        return field.value + (" (inferred)" if field.status is Status.INFERRED else "")
    return "none" if field.status is Status.NONE else "not stated"


def published(source: AccountRef, sources: Sequence[AccountRef]) -> str:
    """When the article was published, in words; whether it is a reprint, or a primary source."""
    when = f"published {source.published}" if source.published else "publication date not stated"
    first = next(other for other in sources if other.origin == source.origin)
    if first.id != source.id and first.article != source.article:
        when += f"; a reprint of {first.label}"
    return f"{when}; primary source" if source.primary else when


def to_decide(meeting: Meeting, diff: MeetingDiff | None = None) -> int:
    """How many items wait for a person: the diff's rows, or where there is no diff the record's."""
    if diff:
        return len(diff.section(Section.TO_DECIDE))
    fields = [getattr(meeting, name).agreement for name in FIELDS]
    people = [a for p in meeting.participants for a in (p.agreement, p.office.agreement, p.represents.agreement)]
    items: list[Item | Outcome | Statement] = [*meeting.parties, *meeting.distinctions, *meeting.topics]
    items += [*meeting.outcomes, *meeting.statements]
    return sum(one.to_decide for one in (*fields, *people, *(item.agreement for item in items)) if one)


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 meeting`, `2 meetings`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def in_words(name: str) -> str:
    """A field's or code's name as a reader sees it: `host_event` is `host event`, `time_text` `time`."""
    return name.removesuffix("_text").replace("_", " ").replace(".", ", ")


def stretches(text: str, marks: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is marked; marks that overlap or overrun are mended."""
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            if at < start:
                yield text[at:start], False
            yield text[start:end], True
            at = end
    if at < len(text):
        yield text[at:], False


def normalised(side: Side) -> str | None:
    """The side's value, where it is something else than the words themselves."""
    return side.value if side.value and side.value != side.text else None


def merged(row: Row) -> Iterator[tuple[str, str]]:
    """The row's own value with a word for it, unless it was not decided and every side shows it already."""
    decided = row.agreement is Agreement.DECIDED
    if row.value is not None and (decided or any(row.value not in (side.value, side.text) for side in row.sides)):
        yield "Decided" if decided else "Proposed" if telling(row) else "Merged", row.value


def telling(row: Row) -> bool:
    """Whether the row's agreement says more than its section does."""
    return bool(row.agreement and row.agreement.to_decide)


def command(row: Row) -> str | None:
    """The command that decides the row for its first account, where it can be decided."""
    return f"extractor decide {row.item} {row.sides[0].label}" if row.item and row.sides else None


def decision(line: DecisionLine) -> str:
    """A decision in a sentence: `#4 Date: 2031-03-06, pick by Jo Doe, 2031-04-01 09:30 UTC, in force`."""
    value = f": {line.value}" if line.value is not None else ""
    when = re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*$", r"\1 \2 UTC", line.made_at)
    return f"#{line.number} {line.title}{value}, {line.kind} by {line.actor}, {when}, {line.state}"


def around(evidence: Evidence | Passage) -> tuple[str, str]:
    """What stands before and after the words, from and to a whole word, with … where the text goes on."""
    before, after = plain(evidence.prefix), plain(evidence.suffix)
    if evidence.start is not None and evidence.start > len(before):
        before = "…" + (before.partition(" ")[2] or before)
    if after and after[-1].isalnum():
        after = after.rpartition(" ")[0] or after
    return before, f"{after.rstrip()} …" if after else ""


def label_of(diff: MeetingDiff | Meeting, article: str, otherwise: str = "") -> str:
    """The letter of the source that an article is; of several the one that the words are put under, or the first."""
    sources = diff.sources if isinstance(diff, MeetingDiff) else diff.accounts
    labels = [source.label for source in sources if source.article == article]
    return labels[0] if labels and otherwise not in labels else otherwise
