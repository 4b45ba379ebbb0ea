"""Listing: which items are looked at, in which order, and their neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self
from urllib.parse import urlencode

from extractor.queue import rank
from extractor.schemas import Meeting, MeetingDiff, Queue, QueueItem
from extractor.values import places

Known = Mapping[str, tuple[Meeting, MeetingDiff]]


class View(NamedTuple):
    """What a person wants to see: items of a queue that hold all of these words."""

    words: str = ""
    queue: Queue | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The view that an address asks for; a queue that there is not is none."""
        name = query.get("queue", "")
        return cls(query.get("q", "").strip(), Queue(name) if name in set(Queue) else None)

    @property
    def query(self) -> str:
        """The end of an address that asks for it: `?q=nairobi`, or nothing."""
        asked = {name: value for name, value in (("q", self.words), ("queue", self.queue or "")) if value}
        return f"?{urlencode(asked)}" if asked else ""

    def chosen(self, items: Iterable[QueueItem], known: Known) -> tuple[QueueItem, ...]:
        """The items that it shows, in the order given."""
        wanted = self.words.casefold().split()
        of_queue = (item for item in items if self.queue in (None, item.queue))
        return tuple(item for item in of_queue if not wanted or _holds(_text(item, known), wanted))


class Place(NamedTuple):
    """Where an item stands among those that wait: its number from 1 (0: it is not among them), and its neighbours."""

    number: int
    of: int
    before: QueueItem | None
    after: QueueItem | None

    @classmethod
    def among(cls, item: QueueItem, waiting: Sequence[QueueItem]) -> Self:
        """The place of an item, that which it would have where it does not wait."""
        number = next((n for n, one in enumerate(waiting, 1) if one.id == item.id), 0)
        before = [one for one in waiting if rank(one) < rank(item)]
        after = (one for one in waiting if rank(one) > rank(item))
        return cls(number, len(waiting), before[-1] if before else None, next(after, None))


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _text(item: QueueItem, known: Known) -> str:
    """What is searched: title and reason, and of the meetings title, parties, date and people."""
    parts = [item.id, item.title, item.reason]
    for id_ in item.meetings:
        if id_ in known:
            meeting, diff = known[id_]
            parts += [diff.title, meeting.date.value or "", *(name for p in meeting.participants for name in p.names)]
            parts += [part for party in meeting.parties for part in (party.value, places.name_of(party.value))]
    return " ".join(parts).casefold()
