"""Log: what people decided, in words, under the meetings that it concerns now.

decisions ──> by the accounts of today ──> lines
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.decisions import Decided, attach, undone
from extractor.diff import diff
from extractor.merging.choices import evidence_spans, overlap
from extractor.rows import title
from extractor.schemas import Account, AccountRef, Decision, DecisionKind, DecisionLine, Meeting, Row, Saying, Subject


class Entry(NamedTuple):
    """A line of the log, and the ids of the meetings that it is about now: none, one or two."""

    line: DecisionLine
    meetings: tuple[str, ...]


def entries(decisions: Iterable[Decision], decided: Decided, meetings: Sequence[Meeting]) -> tuple[Entry, ...]:
    """The whole log in words, oldest first by number. An undo stands with what it undoes.

    A judgement that another on the same thing took the place of is `replaced
    by` its number, or `contradicted by` it where somebody else judged so.
    """
    log = {one.number: one for one in sorted(decisions, key=lambda one: one.number)}
    now = _Now(meetings, {article for one in log.values() for article in one.articles})
    states = _states(log, decided, now)
    found: dict[int, Entry] = {}
    for number, one in log.items():
        if one.kind is DecisionKind.UNDO and one.undoes:
            before = found[one.undoes]
            words, homes = f"decision {one.undoes}: {before.line.title}", before.meetings
        else:
            words, homes = now.title(one), tuple(meeting.id for meeting in now.homes(one))
        line = DecisionLine(
            number=number,
            kind=one.kind,
            title=words,
            value=one.value,
            actor=one.actor,
            reason=one.reason,
            made_at=one.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            state=states[number],
        )
        found[number] = Entry(line, homes)
    return tuple(found.values())


def lines(
    decisions: Iterable[Decision], decided: Decided, meetings: Sequence[Meeting]
) -> Mapping[str, Sequence[DecisionLine]]:
    """The lines of each meeting that was decided about, by its id."""
    found: dict[str, list[DecisionLine]] = defaultdict(list)
    for entry in entries(decisions, decided, meetings):
        for id_ in entry.meetings:
            found[id_].append(entry.line)
    return dict(found)


def homeless(decisions: Iterable[Decision], decided: Decided, meetings: Sequence[Meeting]) -> tuple[DecisionLine, ...]:
    """The lines of what concerns no meeting now."""
    return tuple(entry.line for entry in entries(decisions, decided, meetings) if not entry.meetings)


class _Now:
    """The accounts of some articles as the meetings hold them now, found by the words that decisions name."""

    def __init__(self, meetings: Iterable[Meeting], articles: Collection[str]) -> None:
        self._home: dict[str, tuple[Meeting, AccountRef]] = {}
        self._accounts: dict[str, list[Account]] = defaultdict(list)
        self._found: dict[Subject, str | None] = {}
        self._rows: dict[str, tuple[Row, ...]] = {}
        for meeting in meetings:
            for ref in meeting.accounts:
                if ref.article in articles:
                    self._home[ref.id] = meeting, ref
                    self._accounts[ref.article].append(_account(meeting, ref))

    def account(self, subject: Subject) -> str | None:
        """The id of the account of these words."""
        if subject not in self._found:
            found = attach(subject, self._accounts[subject.article])
            self._found[subject] = found.id if found else None
        return self._found[subject]

    def homes(self, decision: Decision) -> tuple[Meeting, ...]:
        """The meetings of the accounts that a decision names."""
        found = [self._home[id_][0] for one in decision.accounts if (id_ := self.account(one))]
        return tuple({meeting.id: meeting for meeting in found}.values())

    def title(self, decision: Decision) -> str:
        """What a decision is about: two sources and their meetings; or a field."""
        if decision.field:
            said = decision.sayings[0].value
            plain = f"{decision.field.replace('_', ' ').replace('.', ', ').capitalize()}: {said}"
            return next((row.title for one in decision.sayings if (row := self._row(decision.field, one))), plain)
        sources = " / ".join(self._source(one) for one in decision.subjects)
        titles = " / ".join(map(title, self.homes(decision)))
        return f"{sources}: {titles}" if titles else sources

    def _source(self, subject: Subject) -> str:
        id_ = self.account(subject)
        return self._home[id_][1].source if id_ else subject.article[:12]

    def _row(self, field: str, saying: Saying) -> Row | None:
        """The row of a diff that shows these words."""
        id_ = self.account(saying.account)
        if id_ is None:
            return None
        meeting = self._home[id_][0]
        if meeting.id not in self._rows:
            self._rows[meeting.id] = diff(meeting).rows
        for row in self._rows[meeting.id]:
            for side in row.sides if row.field == field else ():
                spans = evidence_spans(side.evidence)
                if side.account == id_ and (overlap(spans, saying.spans) or not (spans or saying.spans)):
                    return row
        return None


def _account(meeting: Meeting, ref: AccountRef) -> Account:
    """An account out of the meeting that holds it."""
    given = {name: getattr(ref, name) for name in AccountRef.model_fields if name != "label"}
    return Account(**given, claims=tuple(claim for claim in meeting.claims if claim.account == ref.id))


def _states(log: Mapping[int, Decision], decided: Decided, now: _Now) -> dict[int, str]:
    """How each decision stands, in words."""
    gone, stale = undone(log.values()), {one.number for one in decided.stale}
    contradicted = {one.earlier.number: one.later.number for one in decided.contradictions}
    last: dict[object, Decision] = {}
    about: dict[int, object] = {}
    judged = (one for one in log.values() if one.kind is not DecisionKind.UNDO and one.number not in gone)
    for one in sorted(judged, key=lambda one: (one.made_at, one.number)):
        told = [(now.account(each) or each, ()) for each in one.subjects]
        said = [(now.account(each.account) or each.account, each.spans or each.value) for each in one.sayings]
        about[one.number] = one.field, frozenset(told), frozenset(said)
        last[about[one.number]] = one

    def state(number: int) -> str:
        if number in gone:
            return "undone"
        if number in contradicted:
            return f"contradicted by {contradicted[number]}"
        if number in about and last[about[number]].number != number:
            return f"replaced by {last[about[number]].number}"
        return "stale" if number in stale else "in force"

    return {number: state(number) for number in log}
