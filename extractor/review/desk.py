"""The desk: what waits and what was decided, held in memory between a reviewer's requests.

answer ──> log ──> leaves the queue at once
                └> meetings made anew, in a thread ──> the next snapshot

The log in the database is the truth: whoever else writes to it, in another
window or on another machine, is heard at the next request.
"""

import threading
from collections.abc import Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple, Self

from extractor import waiting
from extractor.decisions import undone
from extractor.errors import ExtractorError
from extractor.queue import rank
from extractor.review.snapshot import Sheet, Snapshot, about, judged
from extractor.schemas import Article, Decision, DecisionKind, QueueItem
from extractor.store import Workspace
from extractor.weights import Weights


class Answer(NamedTuple):
    """What a person answers: a choice by its name, to an item as it was `shown` (SHA-256, hex)."""

    item: str
    shown: str
    name: str
    value: str | None = None
    reason: str = ""
    anyway: bool = False
    """Even if somebody decided it meanwhile, or it is no longer asked."""


class Meanwhile(NamedTuple):
    """Why an answer was not taken: the item was decided meanwhile (`standing`), or is no longer asked."""

    sheet: Sheet | None
    standing: Decision | None


class Desk:
    """A workspace at which one person works, in as many windows as they like. From any thread; close it at the end."""

    def __init__(self, db: str, actor: str, weights: Weights | None = None) -> None:
        self.db, self.actor, self._weights = db, actor, weights
        self.trouble: str | None = None
        """Why the meetings could not be made anew, if they could not."""
        self._shown: dict[tuple[str, str], Sheet] = {}
        self._lock = threading.Lock()
        self._answering = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="settle")
        self._next: Future[None] | None = None
        self._snapshot = self._taken()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.shutdown(cancel_futures=True)

    @property
    def settling(self) -> bool:
        """Whether the meetings are being made anew."""
        return self._next is not None and not self._next.done()

    def now(self) -> Snapshot:
        """What waits and what was decided, by the log as it is now.

        Raises:
            WorkspaceError: the workspace cannot be read.
        """
        with Workspace.open(self.db, create=False) as workspace:
            snapshot, mark = self._snapshot, workspace.state()
            if mark != snapshot.mark or self.trouble:
                log = tuple(workspace.decisions())
                with self._lock:
                    snapshot = self._snapshot = replace(self._snapshot, log=log, mark=mark)
                self._refresh()
        return snapshot

    def settled(self) -> Snapshot:
        """The same, once the meetings are made of all that was decided up to now; or cannot be made."""
        last = self.now().last
        while True:
            if self._next:
                self._next.result()
            if self.trouble or self._snapshot.seen >= last:
                return self.now()
            self._refresh()

    def queue(self, snapshot: Snapshot) -> tuple[QueueItem, ...]:
        """What waits, in order, with what an undo asks again though the meetings do not know of it yet."""
        if not snapshot.revoked:
            return snapshot.open
        again = {
            sheet.item.id: sheet.item
            for sheet in self._shown.copy().values()
            if sheet.item.id not in snapshot.by_id and about(sheet.item) in snapshot.revoked
        }
        return tuple(sorted((*again.values(), *snapshot.open), key=rank))

    def look(self, snapshot: Snapshot, id_: str) -> Sheet | None:
        """An item of the queue; it is remembered how it was shown, so that an answer is to that."""
        item = next((one for one in self.queue(snapshot) if one.id == id_), None)
        if item is None:
            return None
        sheet = snapshot.sheet(item) if id_ in snapshot.by_id else self._shown[id_, item.shown]
        self._shown[id_, item.shown] = sheet
        return sheet

    def recall(self, id_: str) -> Sheet | None:
        """An item as it was shown last, whether it is still asked or not."""
        return next((sheet for (one, _), sheet in reversed(self._shown.copy().items()) if one == id_), None)

    def answer(self, answer: Answer) -> tuple[Decision, ...] | Meanwhile:
        """Writes an answer into the log, unless something happened to the item since it was shown.

        Who gives the same answer twice gave it once.

        Raises:
            ConfigurationError: the item takes no such answer.
            WorkspaceError: the workspace cannot be used.
        """
        with self._answering, Workspace.open(self.db, create=False) as workspace, workspace.together():
            snapshot = replace(self._snapshot, log=tuple(workspace.decisions()))
            sheet = self._shown.get((answer.item, answer.shown))
            if sheet is None:
                item = snapshot.by_id.get(answer.item)
                sheet = snapshot.sheet(item) if item and item.shown == answer.shown else None
            if sheet is None:
                return Meanwhile(self.recall(answer.item), None)
            stands = judged(snapshot, sheet.item)
            asked = answer.item in {item.id for item in self.queue(snapshot)}
            if not answer.anyway and not asked and not (stands and stands.kind is DecisionKind.UNSURE):
                same = stands and stands.actor == self.actor and stands.shown == answer.shown
                if stands and same and _says(stands, sheet.item, answer):
                    return (stands,)
                return Meanwhile(sheet, stands)
            return waiting.decide(
                workspace, sheet.item, answer.name, actor=self.actor, value=answer.value, reason=answer.reason
            )

    def undo(self, numbers: Collection[int]) -> tuple[Decision, ...]:
        """Undoes decisions by their numbers, those of them that are in force; returns what was undone.

        Raises:
            WorkspaceError: the workspace cannot be used.
        """
        with self._answering, Workspace.open(self.db, create=False) as workspace, workspace.together():
            log = tuple(workspace.decisions())
            due = sorted({one.number for one in log}.intersection(numbers) - undone(log).keys())
            return tuple(one for _, one in waiting.undo(workspace, due, actor=self.actor)) if due else ()

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles with these ids.

        Raises:
            WorkspaceError: the workspace cannot be read.
        """
        with Workspace.open(self.db, create=False) as workspace:
            return {id_: workspace.article(id_) for id_ in dict.fromkeys(ids)}

    def _refresh(self) -> None:
        """Has the meetings made anew: one at a time, and once for all that happens before it begins."""
        with self._lock:
            if self._next is None or self._next.running() or self._next.done():
                self._next = self._worker.submit(self._settle)

    def _settle(self) -> None:
        try:
            taken = self._taken()
        except ExtractorError as error:
            self.trouble = str(error)
            return
        with self._lock:
            self.trouble = None
            known = max(taken, self._snapshot, key=lambda one: one.last)  # the log may have grown meanwhile
            self._snapshot = replace(taken, log=known.log, mark=known.mark)

    def _taken(self) -> Snapshot:
        with Workspace.open(self.db, create=False) as workspace:
            mark, log = workspace.state(), tuple(workspace.decisions())
            return Snapshot(
                waiting.waiting(workspace, self._weights), log, max((one.number for one in log), default=0), mark
            )


def _says(decision: Decision, item: QueueItem, answer: Answer) -> bool:
    """Whether a decision is what this answer to the item would be."""
    choice = next((one for one in item.choices if one.name == answer.name), None)
    if choice is None or decision.reason != answer.reason:
        return False
    value = answer.value if choice.kind is DecisionKind.EDIT else choice.value
    return (decision.kind, decision.value) == (choice.kind, value)
