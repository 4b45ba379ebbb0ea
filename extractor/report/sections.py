"""A diff as reports lay it out: its sections in their order, the pairs compared, the statements in columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.schemas import Aligned, Meeting, MeetingDiff, Row, Section, Signal, Spoken

_HEADS = {
    Section.TO_DECIDE: ("!", "To decide", "The accounts differ, and a person has to say what stands."),
    Section.COMPATIBLE: ("~", "Compatible", "Other words or another precision, the same fact."),
    Section.WARNINGS: ("w", "Warnings", "Doubts about a source’s own words."),
    Section.UNGROUNDED: ("?", "Ungrounded", "Values whose words were not found in the article."),
    Section.DECIDED: ("✓", "Decided", "A person has said what stands."),
    Section.AGREED: ("=", "Agreed", "All accounts that speak of it say the same."),
    Section.BACKGROUND: ("·", "Background", "Other meetings that these articles recall or look ahead to."),
}


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


def by_row(groups: Iterable[Group]) -> dict[str, tuple[Group, Row]]:
    """Each row with its group, by the row's id."""
    return {row.id: (group, row) for group in groups for row in group.rows}


def see_also(diff: MeetingDiff, row: Row) -> Iterator[tuple[str, str]]:
    """The rows that this one leads to: their id, and section and title in words."""
    if row.links:
        placed = by_row(groups(diff))
        for link in row.links:
            found = placed.get(link)
            yield link, f"{found[0].title}: {found[1].title}" if found else link


@dataclass(frozen=True)
class Compared:
    """Two accounts, by their letters, and what speaks for and against their being of one meeting."""

    left: str
    right: str
    signals: tuple[Signal, ...]

    @property
    def score(self) -> int:
        """The sum of the weights, in half bits."""
        return sum(signal.weight for signal in self.signals)

    @property
    def in_words(self) -> str:
        """`9 for, 1 against`."""
        against = sum(signal.weight < 0 for signal in self.signals)
        return f"{len(self.signals) - against} for, {against} against"


def compared(diff: MeetingDiff) -> tuple[Compared, ...]:
    """The pairs of accounts that were compared, the weakest first: it is the one that a person doubts."""
    labels = {source.id: source.label for source in diff.sources}
    pairs: dict[tuple[str, str], list[Signal]] = {}
    for signal in diff.signals:
        left, right = (labels.get(account, account) for account in signal.accounts)
        pairs.setdefault((left, right), []).append(signal)
    found = (Compared(left, right, tuple(signals)) for (left, right), signals in pairs.items())
    return tuple(sorted(found, key=lambda pair: pair.score))


def columns(aligned: Aligned, diff: MeetingDiff) -> tuple[tuple[Spoken, ...], ...]:
    """What each source says there, in the order of the sources; nothing where it is silent."""
    return tuple(tuple(s for s in aligned.sides if s.label == source.label) for source in diff.sources)


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
