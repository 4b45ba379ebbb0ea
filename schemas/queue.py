"""Items: what waits for a person, and the choices that there are."""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.decision import DecisionKind, Saying, Subject
from extractor.schemas.diff import Row
from extractor.schemas.question import Question


class Queue(StrEnum):
    """The two queues: meetings come first, as fields hang on them."""

    MEETINGS = "meetings"
    FIELDS = "fields"


class QueueChoice(Record):
    """One of the answers that an item takes: `name` is what a person types, `key` what they press."""

    name: str
    key: str
    kind: DecisionKind
    value: str | None = None
    """The value that stands then; None where it is to be given, or none is."""
    words: str
    """The answer in words: `A: 2031-03-03`."""


class QueueItem(Record):
    """One thing to decide.

    `id` is stable as long as the words are that it is about. `meetings` are
    the meetings concerned, one or two.
    """

    id: str
    queue: Queue
    title: str
    reason: str
    """Why it is asked, in words."""
    meetings: tuple[str, ...]
    worth: float
    """By what items are sorted: pairs of accounts that an answer can be expected to put right; of a field 0 to 1."""
    left_open: bool = False
    """A person looked at it, and left it open."""
    question: Question | None = None
    row: Row | None = None
    subjects: tuple[Subject, ...] = ()
    partings: tuple[tuple[Subject, Subject], ...] = ()
    """What `split` holds apart: one of the two accounts, and each other account of the meeting."""
    sayings: tuple[Saying, ...] = ()
    field: str | None = None
    choices: tuple[QueueChoice, ...]
    shown: str
    """SHA-256 (hex) of what is shown of it."""
