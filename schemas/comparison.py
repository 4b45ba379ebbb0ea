"""A comparison of two runs or workspaces: what became of each meeting, and of its values. Values, no markup."""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.meeting import SCHEMA_VERSION, AccountRef, Agreement, Evidence, Status


class Difference(StrEnum):
    """What became of meetings. A closed list, in the order in which reports tell it."""

    NEW = "new"
    GONE = "gone"
    SPLIT = "split"
    """One meeting, several now."""
    JOINED = "joined"
    """Several meetings, one now."""
    REGROUPED = "regrouped"
    """Several meetings, several others now, that share accounts with one another."""
    CHANGED = "changed"
    """One meeting, with other values or other articles."""
    SAME_VALUES = "same_values"
    """One meeting of the same values; the record differs in evidence, model or ids."""


class Said(Record):
    """Who says a value: the article, its name, and the words as printed. `value` is how they were read."""

    article: str
    source: str
    value: str
    text: str
    evidence: tuple[Evidence, ...]


class Held(Record):
    """A value as one side holds it; `marks` are the stretches (start, end; code points) that the other words otherwise.

    `said` holds all who speak of it, those who say something else too.
    """

    value: str | None
    status: Status | None = None
    agreement: Agreement | None = None
    said: tuple[Said, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


class Change(Record):
    """A value that changed, was gained (no `was`), or was lost (no `now`).

    `field` is named as in claims: `date`, `participants.office`; `accounts`
    are articles. `about` is the speaker of a statement, the code of a warning,
    and of `a.b` the value of `a` that it belongs to.
    """

    field: str
    about: str | None = None
    was: Held | None
    now: Held | None


class Compared(Record):
    """A meeting as one side has it."""

    id: str
    title: str
    """The meeting in one line, e.g. `Bilateral ministers’ meeting, Nairobi, 2031-03-03`."""
    role: str
    sources: tuple[AccountRef, ...]


class MeetingComparison(Record):
    """What became of a meeting, or of several that share accounts: a line of `compare --format json`."""

    schema_version: int = SCHEMA_VERSION
    difference: Difference
    was: tuple[Compared, ...]
    now: tuple[Compared, ...]
    changes: tuple[Change, ...]

    def count(self, field: str) -> tuple[int, int]:
        """How many values of a field were gained, and how many lost."""
        found = [change for change in self.changes if change.field == field]
        return sum(change.was is None for change in found), sum(change.now is None for change in found)


class Maker(Record):
    """Who made how many accounts of a side: the model, and the digest of prompt, schema and model."""

    model: str
    extraction: str
    accounts: int


class ComparedSide(Record):
    """One of the two sides, in figures."""

    name: str
    meetings: int
    articles: int
    """Those that tell of a meeting."""
    makers: tuple[Maker, ...]


class RunComparison(Record):
    """The comparison of two runs or workspaces. `same` counts the meetings whose records are equal in every value."""

    old: ComparedSide
    new: ComparedSide
    same: int
    differences: tuple[MeetingComparison, ...]

    def of(self, difference: Difference) -> tuple[MeetingComparison, ...]:
        """The meetings of which this became, in order."""
        return tuple(one for one in self.differences if one.difference is difference)
