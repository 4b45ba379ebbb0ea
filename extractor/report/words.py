"""What all reports share: the sections in their order, their signs, and the safe form of a text.

A sign stands beside every colour, so that nothing is told by colour alone:
`!` to decide, `+A` only A, `~` compatible, `w` warning, `?` ungrounded,
`=` agreed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.schemas import (
    AccountRef,
    Agreement,
    Evidence,
    Field,
    Item,
    Meeting,
    MeetingDiff,
    Outcome,
    Row,
    Section,
    Side,
    Signal,
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
    ("=", "agreed"),
    ("✓", "decided by a person"),
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


@dataclass(frozen=True)
class Group:
    """One section of a diff as reports show it; *only* has a group for each source."""

    section: Section
    key: str
    sign: str
    title: str
    gloss: str
    rows: tuple[Row, ...]

    @property
    def in_line(self) -> str:
        """The title inside a sentence."""
        return self.title[0].lower() + self.title[1:]


_HEADS = {
    Section.TO_DECIDE: ("!", "To decide", "The accounts differ, and a person has to say what stands."),
    Section.COMPATIBLE: ("~", "Compatible", "Other words or another precision, the same fact."),
    Section.WARNINGS: ("w", "Warnings", "Doubts about a source’s own words."),
    Section.UNGROUNDED: ("?", "Ungrounded", "Values whose words were not found in the article."),
    Section.AGREED: ("=", "Agreed", "All accounts that speak of it say the same."),
    Section.BACKGROUND: ("·", "Background", "Other meetings that these articles recall or look ahead to."),
}


def groups(diff: MeetingDiff) -> tuple[Group, ...]:
    """The sections of a diff in the order in which they are shown, the empty ones too."""
    shown: list[Group] = []
    for section in Section:
        if section is Section.ONLY:
            shown += _only(diff)
        else:
            sign, title, gloss = _HEADS[section]
            shown.append(Group(section, section.replace("_", "-"), sign, title, gloss, diff.section(section)))
    return tuple(shown)


def _only(diff: MeetingDiff) -> Iterator[Group]:
    by_labels: dict[tuple[str, ...], list[Row]] = {(source.label,): [] for source in diff.sources}
    for row in diff.section(Section.ONLY):
        by_labels.setdefault(tuple(sorted({side.label for side in row.sides})), []).append(row)
    for labels, rows in by_labels.items():
        gloss = "What no other account says." if len(diff.sources) > 1 else "The one account there is."
        key = "-".join(("only", *labels)).lower()
        yield Group(Section.ONLY, key, "+" + "".join(labels), f"Only {', '.join(labels)}", gloss, tuple(rows))


def pair(meetings: Sequence[Meeting], diffs: Iterable[MeetingDiff]) -> list[tuple[Meeting, MeetingDiff | None]]:
    """Each meeting with its diff, in the order given.

    Raises:
        ValueError: a diff belongs to none of the meetings; nothing is dropped in silence.
    """
    by_id = {diff.meeting: diff for diff in diffs}
    pairs = [(meeting, by_id.pop(meeting.id, None)) for meeting in meetings]
    if by_id:
        raise ValueError(f"diffs of no given meeting: {', '.join(by_id)}")
    return pairs


_LEVELS = {
    "leaders": "leaders’ ",
    "ministers": "ministers’ ",
    "senior_officials": "senior officials’ ",
    "working": "working-level ",
}


def title(meeting: Meeting, diff: MeetingDiff | None = None) -> str:
    """The meeting in one line."""
    if diff:
        return diff.title
    kind = f"{meeting.configuration} " if meeting.configuration != "unknown" else ""
    level = _LEVELS.get(meeting.level.value or "", "")
    words = f"{kind}{level}meeting, {where(meeting)}, {when(meeting)}"
    return words[0].upper() + words[1:]


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
    """The row's own value with a word for it, unless every side shows that value already."""
    if row.value is not None and any(row.value not in (side.value, side.text) for side in row.sides):
        yield ("Proposed" if row.agreement and row.agreement.to_decide else "Merged"), row.value


def telling(row: Row) -> bool:
    """Whether the row's agreement says more than its section does."""
    return row.agreement not in (None, Agreement.SINGLE, Agreement.COMPATIBLE, Agreement.AGREED)


def around(evidence: Evidence | Passage) -> tuple[str, str]:
    """What stands before and after the words, from and to a whole word, with … where the text goes on."""
    before, after = plain(evidence.prefix), plain(evidence.suffix)
    if evidence.start is not None and evidence.start > len(before):
        before = "…" + (before.partition(" ")[2] or before)
    if after and after[-1].isalnum():
        after = after.rpartition(" ")[0] or after
    return before, f"{after.rstrip()} …" if after else ""


def see_also(diff: MeetingDiff, row: Row) -> Iterator[tuple[str, str]]:
    """The rows that this one leads to: their id, and section and title in words."""
    titles = {other.id: f"{group.title}: {other.title}" for group in groups(diff) for other in group.rows}
    for link in row.links:
        yield link, titles.get(link, link)


def signals_by_pair(diff: MeetingDiff) -> dict[tuple[str, str], list[Signal]]:
    """The signals for and against the merge, by the labels of the two accounts compared."""
    labels = {source.id: source.label for source in diff.sources}
    pairs: dict[tuple[str, str], list[Signal]] = {}
    for signal in diff.signals:
        left, right = (labels.get(account, account) for account in signal.accounts)
        pairs.setdefault((left, right), []).append(signal)
    return pairs


def label_of(diff: MeetingDiff | Meeting, article: str, otherwise: str = "") -> str:
    """The letter of the source that an article is; of several the one that the words are put under, or the first."""
    sources = diff.sources if isinstance(diff, MeetingDiff) else diff.accounts
    labels = [source.label for source in sources if source.article == article]
    return labels[0] if labels and otherwise not in labels else otherwise
