"""A snapshot: what waited when the meetings were last made, and the log as it is now; and what follows from both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractor.decisions import standing, undone
from extractor.schemas import Decision, DecisionKind, Meeting, MeetingDiff, QueueItem, Saying, Subject
from extractor.waiting import Waiting

About = tuple[str | None, frozenset[Subject | Saying]]
"""What is judged, the same for an item and for each decision on its words."""


class Sheet(NamedTuple):
    """An item with the meetings that it is about, as they were when it was looked up."""

    item: QueueItem
    meetings: tuple[Meeting, ...]
    diffs: tuple[MeetingDiff, ...]


class Progress(NamedTuple):
    """How far the work is: of all that was ever asked, how much is decided; and how much a person left open."""

    decided: int
    total: int
    left: int


@dataclass(frozen=True)
class Snapshot:
    """What waited when the meetings were last made, and the log as it is now.

    `seen` is the last decision that the meetings were made by; `mark` the
    state of the workspace in which the log was read.
    """

    waiting: Waiting
    log: tuple[Decision, ...]
    seen: int
    mark: str

    @property
    def last(self) -> int:
        """The number of the last decision."""
        return max((one.number for one in self.log), default=0)

    @cached_property
    def abouts(self) -> dict[str, About]:
        """What each item is about, by its id."""
        return {item.id: about(item) for item in self.waiting.items}

    @cached_property
    def standing(self) -> tuple[Decision, ...]:
        """The judgements in force, oldest first."""
        return standing(self.log)

    @cached_property
    def fresh(self) -> dict[About, Decision]:
        """The judgements in force that the meetings do not know yet."""
        return {one.about: one for one in self.standing if one.number > self.seen}

    @cached_property
    def revoked(self) -> frozenset[About]:
        """What was judged when the meetings were made, and no longer is."""
        known = {one.about for one in standing(one for one in self.log if one.number <= self.seen)}
        return frozenset(known - {one.about for one in self.standing})

    @cached_property
    def open(self) -> tuple[QueueItem, ...]:
        """What still waits, in order."""
        return tuple(item for item in self.waiting.items if self.abouts[item.id] not in self.fresh)

    @cached_property
    def by_id(self) -> dict[str, QueueItem]:
        """The items that waited when the meetings were made."""
        return {item.id: item for item in self.waiting.items}

    @cached_property
    def meetings(self) -> dict[str, tuple[Meeting, MeetingDiff]]:
        """The meetings by their ids, each with its diff."""
        diffs = {diff.meeting: diff for diff in self.waiting.diffs}
        return {meeting.id: (meeting, diffs[meeting.id]) for meeting in self.waiting.meetings}

    def sheet(self, item: QueueItem) -> Sheet:
        """The item with its meetings."""
        pairs = [self.meetings[id_] for id_ in item.meetings]
        return Sheet(item, tuple(meeting for meeting, _ in pairs), tuple(diff for _, diff in pairs))


def about(item: QueueItem) -> About:
    """What an item is about, as its decisions have it."""
    return item.field, frozenset((*item.subjects, *item.sayings))


def judged(snapshot: Snapshot, item: QueueItem) -> Decision | None:
    """The judgement in force on the words of an item."""
    key = about(item)
    return next((one for one in reversed(snapshot.standing) if one.about == key), None)


def said(snapshot: Snapshot, item: QueueItem) -> tuple[Decision, ...]:
    """What each person last judged of the words of an item and did not undo, oldest first."""
    key = about(item)
    gone = undone(snapshot.log)
    mine = (one for one in snapshot.log if one.number not in gone and one.kind is not DecisionKind.UNDO)
    told = sorted((one for one in mine if one.about == key), key=lambda one: (one.made_at, one.number))
    return tuple(sorted({one.actor: one for one in told}.values(), key=lambda one: one.made_at))


def last_of(actor: str, snapshot: Snapshot) -> tuple[Decision, ...]:
    """What a person answered last, of what is in force: the decisions of one answer share their moment."""
    mine = [one for one in snapshot.standing if one.actor == actor]
    return tuple(one for one in mine if one.made_at == mine[-1].made_at)


def progress(snapshot: Snapshot, queue: Sequence[QueueItem]) -> Progress:
    """How far the work is."""
    decided = snapshot.waiting.decided
    doubtful = {one.number for one in decided.stale}
    doubtful |= {one.number for pair in decided.contradictions for one in pair}
    done = [one for one in snapshot.standing if one.number not in doubtful]
    unsure = sum(one.kind is DecisionKind.UNSURE for one in snapshot.fresh.values())
    firm = sum(one.kind is not DecisionKind.UNSURE for one in done)
    left = unsure + sum(item.left_open for item in queue)
    return Progress(firm, firm + unsure + len(queue), left)
