"""Waiting: what a workspace has for a person to decide, as its meetings are now; and the way of an answer into it.

settle ──> meetings, diffs, questions ──> queue ──> answer ──> log
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from extractor import queue
from extractor.decisions import Decided, standing, undone
from extractor.diff import diff
from extractor.errors import ConfigurationError
from extractor.log import lines
from extractor.pipeline import decided, settle
from extractor.schemas import Article, Decision, DecisionKind, Meeting, MeetingDiff, QueueItem
from extractor.store import Workspace
from extractor.weights import Weights


class Waiting(NamedTuple):
    """What waits for a person, and what it is about."""

    meetings: Sequence[Meeting]
    diffs: Sequence[MeetingDiff]
    items: Sequence[QueueItem]
    decided: Decided


def waiting(workspace: Workspace, weights: Weights | None = None) -> Waiting:
    """Everything that is to decide, once the workspace is reconciled.

    Raises:
        WorkspaceError: the workspace cannot be used.
    """
    settle(workspace, weights)
    meetings = tuple(workspace.meetings())
    diffs = tuple(diff(meeting, meetings) for meeting in meetings)
    known = decided(workspace)
    items = queue.queue(meetings, diffs, workspace.questions(), known)
    return Waiting(meetings, queue.marked(diffs, items), items, known)


def diffs_of(
    workspace: Workspace, meetings: Iterable[Meeting], everything: Sequence[Meeting]
) -> tuple[MeetingDiff, ...]:
    """The diffs of some of the meetings that were reconciled: with the ids to decide rows by, and what was decided."""
    known = decided(workspace)
    told = lines(workspace.decisions(), known, everything)
    diffs = [diff(meeting, everything) for meeting in meetings]
    marked = queue.marked(diffs, queue.queue(everything, diffs, decided=known))
    return tuple(one.model_copy(update={"decisions": tuple(told.get(one.meeting, ()))}) for one in marked)


def texts_of(workspace: Workspace, meetings: Iterable[Meeting]) -> dict[str, Article]:
    """The articles that tell of these meetings, by their ids."""
    told = {account.article for meeting in meetings for account in meeting.accounts}
    return {id_: workspace.article(id_) for id_ in sorted(told)}


def decide(
    workspace: Workspace, item: QueueItem, answer: str, *, actor: str, value: str | None = None, reason: str = ""
) -> tuple[Decision, ...]:
    """Answers an item; the decisions count when the workspace is reconciled next. One, or with `split` several.

    Raises:
        ConfigurationError: the item takes no such answer.
        WorkspaceError: the workspace cannot be used.
    """
    with workspace.together():
        made_at = _after(workspace.decisions())
        made = queue.answered(item, answer, actor=actor, made_at=made_at, value=value, reason=reason)
        return tuple(workspace.append(one) for one in made)


def undo(
    workspace: Workspace, numbers: Collection[int] = (), *, actor: str, reason: str = ""
) -> tuple[tuple[Decision, Decision], ...]:
    """Undoes decisions by their numbers; without any, what this actor answered last of all that is in force.

    To undo an undo is to restore what it undid. Returns each undo, and what it undid.

    Raises:
        ConfigurationError: there is nothing to undo, or it is undone already.
        WorkspaceError: the workspace cannot be used.
    """
    with workspace.together():
        log = {one.number: one for one in workspace.decisions()}
        chosen = tuple(dict.fromkeys(numbers)) or _last_answer(log.values(), actor)
        gone = undone(log.values())
        made_at = _after(log.values())
        done = []
        for number in chosen:
            if number in gone:
                raise ConfigurationError(
                    f"decision {number} is undone already: `extractor undo {gone[number]}` restores it"
                )
            one = Decision(kind=DecisionKind.UNDO, undoes=number, actor=actor, reason=reason, made_at=made_at)
            done.append((workspace.append(one), log[number]))
        return tuple(done)


def _last_answer(log: Collection[Decision], actor: str) -> tuple[int, ...]:
    """The numbers of what this actor decided last: the decisions of one answer share their moment."""
    mine = [one for one in standing(log) if one.actor == actor]
    if not mine:
        raise ConfigurationError(f"{actor} made no decision that is in force: `extractor decisions` lists all numbers")
    return tuple(one.number for one in mine if one.made_at == mine[-1].made_at)


def _after(log: Iterable[Decision]) -> datetime:
    """This moment, or one after all that was decided: though a clock was set back, the later word counts."""
    now = datetime.now(UTC)
    return max([now, *(one.made_at + timedelta(microseconds=1) for one in log)])
