"""A diff: what the accounts of one meeting say differently. Values, no markup."""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.meeting import AccountRef, Agreement, Evidence, Signal


class Section(StrEnum):
    """Where a row stands. Each item has one section; `links` lead to it from others."""

    TO_DECIDE = "to_decide"
    ONLY = "only"
    COMPATIBLE = "compatible"
    WARNINGS = "warnings"
    UNGROUNDED = "ungrounded"
    AGREED = "agreed"
    BACKGROUND = "background"
    """Other meetings that the same articles recall or look ahead to."""


class Side(Record):
    """What one account says. `text` as printed; `value` normalised where it differs.

    `whole` is the full statement where `text` is a part of it; `marks` are the
    stretches of `text` (start, end; code points) that the other side words
    otherwise.
    """

    label: str
    account: str
    value: str
    text: str
    whole: str | None = None
    marks: tuple[tuple[int, int], ...] = ()
    evidence: tuple[Evidence, ...]


class Row(Record):
    """One item of a diff. `id` is stable and serves as a permalink."""

    id: str
    section: Section
    field: str
    title: str
    """The field in words, with its subject: `Statement, Jane Doe`."""
    agreement: Agreement | None = None
    value: str | None = None
    """The proposed value, where there is one."""
    note: str | None = None
    sides: tuple[Side, ...]
    links: tuple[str, ...] = ()


class MeetingDiff(Record):
    """The diff of one meeting."""

    meeting: str
    title: str
    """The meeting in one line, e.g. `Bilateral ministers’ meeting, Nairobi, 2024-02-22`."""
    role: str
    sources: tuple[AccountRef, ...]
    score: int | None
    signals: tuple[Signal, ...]
    rows: tuple[Row, ...]

    def section(self, section: Section) -> tuple[Row, ...]:
        """The rows of a section, in order."""
        return tuple(row for row in self.rows if row.section is section)
