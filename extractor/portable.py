"""Portable: the log of decisions as JSON Lines that a team shares, by git for one.

A line stands for itself: its id is a digest of what it says, and an undo
names that id. So lines mean the same in every workspace, and a file is a set
of them, sorted by their ids: two people's new lines seldom meet in one place,
and where they do, both stay.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, NamedTuple

from pydantic import StringConstraints, TypeAdapter, ValidationError

from extractor.errors import ConfigurationError
from extractor.schemas import Decision
from extractor.schemas.base import Record
from extractor.store import Workspace

_CLOCKS = timedelta(days=1)
"""How far the clocks of a team may lie apart."""
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"}
"""JSON allows these inside a string, but many readers end a line at them."""

_OBJECT = TypeAdapter(dict[str, Any])


class Shared(NamedTuple):
    """A line: a decision without a number, its id, the id of what it undoes, and where it was read."""

    id: str
    decision: Decision
    undoes: str | None
    where: str


class _Frame(Record):
    """What of a line is not the decision's own."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    undoes: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


def ids(log: Iterable[Decision]) -> dict[int, str]:
    """The ids of the decisions of a log by their numbers: the SHA-256 (hex) of what a line says beside its id."""
    found: dict[int, str] = {}
    for decision in sorted(log, key=lambda one: one.number):
        found[decision.number] = _id(_content(decision, found[decision.undoes] if decision.undoes else None))
    return found


def lines(log: Iterable[Decision]) -> str:
    """A log as JSON Lines, sorted by their ids: the same bytes for the same decisions, whatever their numbers."""
    decisions = tuple(log)
    known = ids(decisions)
    made = {known[one.number]: _content(one, known[one.undoes] if one.undoes else None) for one in decisions}
    return "".join(_json({"id": id_} | content).translate(_LINE_ENDS) + "\n" for id_, content in sorted(made.items()))


def read(text: str, name: str, now: datetime) -> tuple[Shared, ...]:
    """The lines of a file of this name, in the order in which they were decided; what stands twice counts once.

    An undo comes after what it undoes, whatever the clocks said.

    Raises:
        ConfigurationError: a line is no decision, or not as it was written.
    """
    found = {
        one.id: one
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1)
        if line.strip()
        for one in [_shared(line, f"{name}:{number}", now)]
    }
    when: dict[str, tuple[datetime, int]] = {}
    for one in found.values():
        chain = [one]
        while (before := found.get(chain[-1].undoes or "")) and before.id not in when:
            chain.append(before)
        for each in reversed(chain):
            moment, depth = when.get(each.undoes or "", (each.decision.made_at, -1))
            when[each.id] = max(moment, each.decision.made_at), depth + 1
    return tuple(sorted(found.values(), key=lambda one: (when[one.id], one.id)))


def take(workspace: Workspace, shared: Sequence[Shared]) -> tuple[Decision, ...]:
    """Adds to the log of a workspace what it does not have of these lines, all of it or nothing; returns what was new.

    Raises:
        ConfigurationError: a line undoes what is not there, or what it cannot.
        WorkspaceError: the workspace cannot be used.
    """
    added = []
    with workspace.together():
        numbers = {id_: number for number, id_ in ids(workspace.decisions()).items()}
        for one in shared:
            if one.id in numbers:
                continue
            if one.undoes and one.undoes not in numbers:
                raise ConfigurationError(
                    f"{one.where} undoes {one.undoes[:12]}, which is neither in the file nor in the workspace: "
                    "import the file that has it first"
                )
            undoes = numbers[one.undoes] if one.undoes else None
            try:
                kept = workspace.append(one.decision.model_copy(update={"undoes": undoes}))
            except ConfigurationError as error:
                raise ConfigurationError(f"{one.where}: {error}") from error
            numbers[one.id] = kept.number
            added.append(kept)
    return tuple(added)


def _shared(line: str, where: str, now: datetime) -> Shared:
    try:
        said = _OBJECT.validate_json(line)
        frame = _Frame.model_validate_json(json.dumps({name: said.pop(name, None) for name in _Frame.model_fields}))
        undoes = 1 if frame.undoes else None  # any number, until the log gives one
        decision = Decision.model_validate_json(json.dumps({**said, "undoes": undoes}))
    except ValidationError as error:
        wrong = error.errors()[0]
        why = ": ".join(filter(None, [".".join(map(str, wrong["loc"])), wrong["msg"].partition(" at line ")[0]]))
        raise ConfigurationError(
            f"{where} is no decision: {why}; mend the line or take it out: nothing was taken of the file"
        ) from error
    if decision.number or _id(_content(decision, frame.undoes)) != frame.id:
        raise ConfigurationError(f"{where} was changed: its id is not that of what it says; take it as it was exported")
    if decision.made_at > now + _CLOCKS:
        raise ConfigurationError(f"{where} was decided on {decision.made_at:%Y-%m-%d}, which is to come: set the clock")
    return Shared(frame.id, decision, frame.undoes, where)


def _content(decision: Decision, undoes: str | None) -> dict[str, object]:
    """What a line says beside its id. What is left at its default is left out, in later versions too."""
    said = decision.model_dump(mode="json", exclude_defaults=True, exclude={"number", "undoes"})
    return said | ({"undoes": undoes} if undoes else {})


def _id(content: Mapping[str, object]) -> str:
    return hashlib.sha256(_json(content).encode()).hexdigest()


def _json(content: Mapping[str, object]) -> str:
    """Canonical: sorted keys, no spaces."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
