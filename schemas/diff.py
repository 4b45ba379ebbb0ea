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
    DECIDED = "decided"
    """What a person has settled."""
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
    rule: str | None = None
    """How the value was chosen where the accounts differ, e.g. `the finer value leads`."""
    item: str | None = None
    """The id by which `extractor decide` names it; None where there is nothing to decide."""
    note: str | None = None
    sides: tuple[Side, ...]
    links: tuple[str, ...] = ()


class Spoken(Record):
    """A sentence of one account, and the rows of what it covers.

    `marks` are the stretches of `text` (start, end; code points) that another
    account words otherwise.
    """

    label: str
    account: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    rows: tuple[str, ...]
    """Ids of the statements' rows, more than one where the sentence covers several."""


class Aligned(Record):
    """Statements that belong side by side: of one utterance, or of sentences that share one.

    Where a sentence of one account covers two of another, `sides` hold one of
    the first and two of the second.
    """

    speaker: str
    sides: tuple[Spoken, ...]


class DecisionLine(Record):
    """A decision on this meeting as a line of a report."""

    number: int
    """Its place in the log, from 1."""
    kind: str
    title: str
    """What it was about, in words."""
    value: str | None = None
    actor: str
    reason: str = ""
    made_at: str
    """ISO 8601, UTC."""
    state: str
    """`in force`, `stale` (what it was about is no more, or not one thing any longer) or `undone`."""


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
    statements: tuple[Aligned, ...] = ()
    """The statements side by side, in the order of the texts; a view of rows. None where one account speaks alone."""
    decisions: tuple[DecisionLine, ...] = ()

    def section(self, section: Section) -> tuple[Row, ...]:
        """The rows of a section, in order."""
        return tuple(row for row in self.rows if row.section is section)
