"""Queue: what waits for a person, the most uncertain first; and how an answer becomes a decision.

questions ──> same meeting?  ─┐
diffs     ──> fields         ─┴─> items ──> decision
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import get_args

from extractor.decisions import Decided
from extractor.errors import ConfigurationError
from extractor.merging.choices import Voice, applies, evidence_spans, seen
from extractor.questions import worth
from extractor.rows import title
from extractor.schemas import (
    Agreement,
    Decision,
    DecisionKind,
    Meeting,
    MeetingDiff,
    Question,
    Queue,
    QueueChoice,
    QueueItem,
    Row,
    Saying,
    Section,
    Side,
    Subject,
)
from extractor.schemas.draft import Format, Level, Occurrence
from extractor.schemas.question import Because
from extractor.values import edtf

_BECAUSE = {
    Because.CLOSE: "the score is close to the threshold",
    Because.WEAK: "one account hangs on its meeting by this alone",
    Because.CUT: "they look alike, but their groups do not go together",
    Because.CONTRADICTED: "two people judged it differently",
}
_OF_ACCOUNTS = (
    QueueChoice(name="same", key="m", kind=DecisionKind.SAME, words="the same meeting"),
    QueueChoice(name="different", key="n", kind=DecisionKind.DIFFERENT, words="two meetings"),
    QueueChoice(name="open", key="0", kind=DecisionKind.UNSURE, words="leave it open"),
)
_SPLIT = QueueChoice(
    name="split", key="s", kind=DecisionKind.DIFFERENT, words="one of them is another meeting than all the others"
)
_OF_FIELDS = (
    QueueChoice(name="reject", key="x", kind=DecisionKind.REJECT, words="none of them stands"),
    QueueChoice(name="edit", key="e", kind=DecisionKind.EDIT, words="another value"),
    QueueChoice(name="open", key="0", kind=DecisionKind.UNSURE, words="leave it open"),
)
_BOTH = "all of them stand, side by side"
_MANY = 3
"""Values from which on `3` is one of them, and no longer all."""
_DIGITS = 8
_UTTERANCES = ("statements", "outcomes")
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "occurrence": get_args(Occurrence), "level": get_args(Level), "format": get_args(Format),
}  # fmt: skip
_DURATION = re.compile(r"P(?=.)(\d+[YMWD])*(T(?=.)(\d+[HMS])*)?")
_CODE = re.compile(r"[A-Z][A-Za-z-]{1,11}")


def queue(
    meetings: Sequence[Meeting],
    diffs: Iterable[MeetingDiff],
    questions: Iterable[Question] = (),
    decided: Decided | None = None,
) -> tuple[QueueItem, ...]:
    """All items: accounts first, then fields; in each queue those worth most first, what was left open last."""
    decided = decided or Decided()
    by_id = {meeting.id: meeting for meeting in meetings}
    home = {ref.id: meeting for meeting in meetings for ref in meeting.accounts}
    items = [item for one in questions if (item := _same(one, home, decided))]
    items += [item for diff in diffs for item in _fields(by_id[diff.meeting], diff, decided)]
    return tuple(sorted(items, key=rank))


def rank(item: QueueItem) -> tuple[bool, bool, float, str]:
    """By what items are in order: accounts first, what was left open last, else those worth most first."""
    return item.queue is Queue.FIELDS, item.left_open, -item.worth, item.id


def find(items: Iterable[QueueItem], start: str) -> QueueItem:
    """The item whose id starts like this.

    Raises:
        ConfigurationError: there is none, or more than one.
    """
    found = [item for item in items if item.id.startswith(start)]
    if len(found) == 1:
        return found[0]
    what = "several items start" if found else "nothing to decide starts"
    raise ConfigurationError(f"{what} with {start!r}: `extractor decide` lists what there is to decide")


def answered(
    item: QueueItem, name: str, *, actor: str, made_at: datetime, value: str | None = None, reason: str = ""
) -> tuple[Decision, ...]:
    """The decision that an answer to an item is: a choice by its name or key.

    Raises:
        ConfigurationError: the item takes no such answer, or the value cannot be.
    """
    named = [one for one in item.choices if name.casefold() == one.name.casefold()]
    choice = next(iter(named or [one for one in item.choices if name == one.key]), None)
    if choice is None:
        names = ", ".join(one.name for one in item.choices)
        raise ConfigurationError(f"{item.id} takes no {name!r}: answer with one of {names}")
    if value is not None and choice.kind is not DecisionKind.EDIT:
        raise ConfigurationError(f"{choice.name} takes no value: answer edit to give one")
    given = _valid(item, value) if choice.kind is DecisionKind.EDIT else choice.value
    return tuple(
        Decision(
            kind=choice.kind,
            subjects=subjects,
            field=item.field,
            sayings=item.sayings,
            value=given,
            actor=actor,
            reason=reason,
            shown=item.shown,
            made_at=made_at,
        )
        for subjects in (item.partings if choice == _SPLIT else [item.subjects])
    )


def marked(diffs: Iterable[MeetingDiff], items: Iterable[QueueItem]) -> tuple[MeetingDiff, ...]:
    """The diffs, each row that is to decide with the id of its item."""
    ids = {(item.meetings, item.row.id): item.id for item in items if item.row}

    def rows(diff: MeetingDiff) -> tuple[Row, ...]:
        return tuple(row.model_copy(update={"item": ids.get(((diff.meeting,), row.id))}) for row in diff.rows)

    return tuple(diff.model_copy(update={"rows": rows(diff)}) for diff in diffs)


def _same(question: Question, home: Mapping[str, Meeting], decided: Decided) -> QueueItem | None:
    """A question about two accounts."""
    ids = (question.left, question.right)
    if not all(id_ in home for id_ in ids):
        return None
    left, right = (home[id_] for id_ in ids)
    subjects = tuple(_subject(home[id_], id_) for id_ in ids)
    if not all(subjects) or len(set(subjects)) < 2:
        return None
    meetings = tuple(dict.fromkeys((left.id, right.id)))
    partings = tuple(_partings(left, question.loose)) if question.loose and left.id == right.id else ()
    return QueueItem(
        id=_id("s", ids),
        queue=Queue.MEETINGS,
        title=" / ".join(dict.fromkeys((title(left), title(right)))),
        reason=_BECAUSE[question.because],
        meetings=meetings,
        worth=worth(question),
        left_open=ids in decided.left,
        question=question,
        subjects=tuple(one for one in subjects if one),
        partings=partings,
        choices=(*_OF_ACCOUNTS, _SPLIT) if len(partings) > 1 else _OF_ACCOUNTS,
        shown=_digest(question.model_dump_json()),
    )


def _partings(meeting: Meeting, loose: str) -> Iterator[tuple[Subject, Subject]]:
    """An account of a meeting with each other account of it."""
    subject = _subject(meeting, loose)
    for ref in meeting.accounts:
        other = _subject(meeting, ref.id)
        if subject and other and subject != other:
            yield subject, other


def _fields(meeting: Meeting, diff: MeetingDiff, decided: Decided) -> Iterator[QueueItem]:
    """What the accounts of a meeting leave to decide."""
    disputed = {one.later.about for one in decided.contradictions}
    fields = {field for field, _ in disputed}
    for row in diff.rows:
        if row.section is not Section.TO_DECIDE and row.field not in fields:
            continue
        sides = [(side, one) for side in row.sides if (one := _saying(meeting, row.field, side))]
        sayings = tuple(dict.fromkeys(one for _, one in sides))
        dispute = (row.field, frozenset(sayings)) in disputed
        if not sayings or not (dispute or row.section is Section.TO_DECIDE):
            continue
        picks = tuple(_picks(row))
        both = QueueChoice(name="both", key="3" if len(picks) < _MANY else "+", kind=DecisionKind.BOTH, words=_BOTH)
        yield QueueItem(
            id=_id("f", [row.field, *sorted(one.model_dump_json() for one in sayings)]),
            queue=Queue.FIELDS,
            title=row.title,
            reason=_BECAUSE[Because.CONTRADICTED] if dispute else _why(row),
            meetings=(meeting.id,),
            worth=1 if dispute else _doubt(row),
            left_open=_left(row, [one for _, one in sides], [side for side, _ in sides], decided),
            row=row,
            sayings=sayings,
            field=row.field,
            choices=(*picks, both, *_OF_FIELDS),
            shown=_digest(row.model_dump_json()),
        )


def _why(row: Row) -> str:
    return (
        "the accounts contradict each other" if row.agreement is Agreement.CONFLICT else "two renderings of one thing"
    )


def _doubt(row: Row) -> float:
    """From 0 to 1: what share of the sides say something else than is proposed; less for another rendering."""
    proposed = _stands(row.field, row.sides[0]) if row.field in _UTTERANCES else row.value
    other = sum(_stands(row.field, side) != proposed for side in row.sides) / len(row.sides)
    return other if row.agreement is Agreement.CONFLICT else other / 2


def _left(row: Row, sayings: Iterable[Saying], sides: Iterable[Side], decided: Decided) -> bool:
    """Whether a person left it open, having seen all of it."""
    voices = [Voice(side.account, one.spans, one.value) for one, side in zip(sayings, sides, strict=True)]
    return any(
        one.kind is DecisionKind.UNSURE and one.field == row.field and applies(one, voices) and seen(one, voices)
        for one in decided.judged.choices
    )


def _picks(row: Row) -> Iterator[QueueChoice]:
    """A choice for each value that the sides give, by the letter of the first that gives it."""
    values = dict.fromkeys(_stands(row.field, side) for side in row.sides)
    letters: list[str] = []
    for key, value in enumerate(values, 1):
        label = next(side.label for side in row.sides if _stands(row.field, side) == value)
        letters.append(label if label not in letters else f"{label}{letters.count(label) + 1}")
        yield QueueChoice(
            name=letters[-1], key=str(key), kind=DecisionKind.PICK, value=value, words=f"{letters[-1]}: {value}"
        )


def _stands(field: str, side: Side) -> str:
    """What of a side would stand: of utterances the words, else the value."""
    return side.text if field in _UTTERANCES else side.value


def _saying(meeting: Meeting, field: str, side: Side) -> Saying | None:
    subject = _subject(meeting, side.account)
    spans = evidence_spans(side.evidence)
    return Saying(account=subject, spans=spans, value=_stands(field, side)) if subject else None


def _subject(meeting: Meeting, account: str) -> Subject | None:
    """An account as decisions name it; None where none of its words stand in its article."""
    article = next(ref.article for ref in meeting.accounts if ref.id == account)
    spans = evidence_spans(e for claim in meeting.claims if claim.account == account for e in claim.evidence)
    return Subject(article=article, spans=spans) if spans else None


def _valid(item: QueueItem, value: str | None) -> str:
    """A person's own value, if the field can have it."""
    value = (value or "").strip()
    if not value:
        raise ConfigurationError("edit needs the value that stands: give it with --value")
    field = item.field or ""
    if field == "date":
        try:
            edtf.parse(value)
        except ValueError as error:
            raise ConfigurationError(f"{error}: give the date in EDTF (ISO 8601-2)") from error
    if field == "duration" and not _DURATION.fullmatch(value):
        raise ConfigurationError(f"{value!r} is no duration in ISO 8601, like PT1H30M")
    if (allowed := _CLOSED.get(field)) and value not in allowed:
        raise ConfigurationError(f"{field} is one of {', '.join(allowed)}: {value!r} is not")
    if field in ("country", "participants.represents") and not _CODE.fullmatch(value):
        raise ConfigurationError(f"{value!r} is no code of a country or organisation, like KEN or EU")
    return value


def _id(kind: str, parts: Iterable[str]) -> str:
    return f"{kind}-{_digest(chr(31).join(parts))[:_DIGITS]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
