"""Changes: what the records of a meeting say otherwise than they did, value by value.

Values of one kind go together by their ids, then by their words, then by the
words of the articles that they rest on: so an utterance that was cut otherwise
is changed, not lost and gained.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product, zip_longest
from types import MappingProxyType
from typing import NamedTuple

from extractor.schemas import (
    AccountRef,
    Agreement,
    Change,
    Evidence,
    Field,
    Held,
    Meeting,
    Outcome,
    Participant,
    Rendering,
    Said,
    Statement,
    Status,
    Warning,  # noqa: A004 - the word of the design
)
from extractor.schemas.decision import Span, disjoint
from extractor.values import wording

_FIELDS = ("role", "configuration", *(name for name, one in Meeting.model_fields.items() if one.annotation is Field))
_LISTS = ("accounts", "parties", "participants", "distinctions", "topics", "outcomes", "statements", "warnings")
_Places = Mapping[str, tuple[Span, ...]]
"""Where in which article words stand: code points."""


class _Item(NamedTuple):
    """A value of a field that has many.

    `words` are those by which it is known again, `parts` the values that it
    has beside its own, by their names.
    """

    id: str
    held: Held
    about: str | None = None
    words: tuple[str, ...] = ()
    places: _Places = MappingProxyType({})
    parts: Mapping[str, Held | None] = MappingProxyType({})


def changes(was: Sequence[Meeting], now: Sequence[Meeting]) -> Iterator[Change]:
    """What the one side holds and the other does not, or not so; of several meetings, the values of all."""
    names = [set(person.names) for meeting in (*was, *now) for person in meeting.participants]
    before, after = _Sources(was), _Sources(now)
    for name in _FIELDS:
        yield from _of_field(name, _singles(before, name), _singles(after, name))
    for name in _LISTS:
        pairs = _together(_items(before, name), _items(after, name))
        for change in (change for pair in pairs for change in _of_item(name, *pair)):
            if not _one_person(change, names):
                yield change


def _one_person(change: Change, names: Iterable[set[str]]) -> bool:
    """Whether a speaker is only called by another name of theirs; that is told once, of the participant."""
    if change.field != "statements.speaker" or not change.was or not change.now:
        return False
    return any({change.was.value, change.now.value} <= known for known in names)


def _of_field(name: str, was: Sequence[Held], now: Sequence[Held]) -> Iterator[Change]:
    """The values of a field with one that only one side has; one of each makes a change."""
    gone, come = (
        [one for one in some if _standing(one) not in map(_standing, others)]
        for some, others in ((was, now), (now, was))
    )
    for left, right in zip_longest(gone, come):
        if change := _change(name, None, left, right):
            yield change


def _singles(sources: "_Sources", name: str) -> list[Held]:
    """What meetings have in a field with one value, each value once; nothing where nothing is stated."""
    found: dict[object, Held] = {}
    for meeting in sources.meetings:
        value = getattr(meeting, name)
        if held := _field(value, sources) if isinstance(value, Field) else _plain(value):
            found.setdefault(_standing(held), held)
    return sorted(found.values(), key=lambda held: (held.value or "", held.status or "", held.agreement or ""))


def _field(field: Field, sources: "_Sources") -> Held | None:
    if field.value is None and field.status is Status.NOT_STATED:
        return None
    return Held(value=field.value, status=field.status, agreement=field.agreement, said=sources.said(field.claims))


def _change(field: str, about: str | None, was: Held | None, now: Held | None) -> Change | None:
    """The change of a value, unless it is none.

    Whether a person has to decide, or did, belongs to a value; that another account says the same does not.
    """
    if _standing(was) == _standing(now):
        return None
    if was and now and was.value and now.value and field in ("statements", "outcomes"):
        was, now = (
            one.model_copy(update={"marks": wording.marks(one.value or "", other.value or "")})
            for one, other in ((was, now), (now, was))
        )
    return Change(field=field, about=about, was=was, now=now)


def _standing(held: Held | None) -> tuple[object, ...] | None:
    if held is None:
        return None
    decided, open_ = held.agreement is Agreement.DECIDED, held.agreement is not None and held.agreement.to_decide
    return held.value, held.status, decided, open_


def _together(was: Iterable[_Item], now: Iterable[_Item]) -> Iterator[tuple[_Item | None, _Item | None]]:
    """The items of both sides that are the same one, the closest first; then those that only one side has."""
    old, new = (sorted({item.id: item for item in some}.values(), key=_order) for some in (was, now))
    ranked = sorted(
        (-closeness, sorted((left.id, right.id)), i, j)
        for (i, left), (j, right) in product(enumerate(old), enumerate(new))
        if (closeness := _closeness(left, right)) > 0
    )
    lost, gained = dict(enumerate(old)), dict(enumerate(new))
    for _, _, i, j in ranked:
        if i in lost and j in gained:
            yield lost.pop(i), gained.pop(j)
    yield from ((item, None) for item in lost.values())
    yield from ((None, item) for item in gained.values())


def _order(item: _Item) -> tuple[str, str]:
    return item.id, item.held.value or ""


def _closeness(left: _Item, right: _Item) -> float:
    """An id outweighs words, and these the share of articles' words that both rest on; 0 where nothing is common."""
    return 4 * (left.id == right.id) + 2 * (left.words == right.words != ()) + _overlap(left.places, right.places)


def _overlap(left: _Places, right: _Places) -> float:
    """The share of code points that both have, of those that either has (Jaccard)."""
    both = sum(
        max(0, min(a[1], b[1]) - max(a[0], b[0]))
        for article in left.keys() & right.keys()
        for a, b in product(left[article], right[article])
    )
    return both / (_size(left) + _size(right) - both) if both else 0.0


def _size(places: _Places) -> int:
    return sum(end - start for spans in places.values() for start, end in spans)


def _of_item(name: str, was: _Item | None, now: _Item | None) -> Iterator[Change]:
    """That an item was gained or lost; or its change, and those of its parts."""
    known = now or was
    if known is None:
        return
    if was and now and name == "accounts":
        now = now._replace(held=was.held)  # a file of another name is the same article
    if change := _change(name, known.about, was.held if was else None, now.held if now else None):
        yield change
    if was and now:
        for part, held in now.parts.items():
            if change := _change(f"{name}.{part}", now.held.value, was.parts[part], held):
                yield change


def _items(sources: "_Sources", name: str) -> Iterator[_Item]:
    """All values of a field with many, of all these meetings."""
    for meeting in sources.meetings:
        if name == "accounts":
            yield from map(_account, meeting.accounts)
        elif name == "participants":
            yield from (_participant(person, sources) for person in meeting.participants)
        elif name in ("outcomes", "statements"):
            yield from (_utterance(one, sources) for one in getattr(meeting, name))
        elif name == "warnings":
            yield from (_warning(one, sources) for one in meeting.warnings)
        else:
            for item in getattr(meeting, name):
                said = sources.said(item.claims)
                held = Held(value=item.value, agreement=item.agreement, said=said)
                # Several parties stand in the same words: they go by their codes alone.
                known, places = ((), {}) if name == "parties" else (wording.words(item.value), _places(said))
                yield _Item(item.value, held, words=known, places=places)


def _account(ref: AccountRef) -> _Item:
    return _Item(ref.article, Held(value=ref.source), parts={"published": _plain(ref.published)})


def _participant(person: Participant, sources: "_Sources") -> _Item:
    said = sources.said(person.claims)
    held = Held(value=person.name, agreement=person.agreement, said=said)
    parts = {
        "office": _field(person.office, sources),
        "represents": _field(person.represents, sources),
        "role": _plain(person.role),
    }
    return _Item(person.name, held, words=wording.words(person.name), places=_places(said), parts=parts)


def _utterance(one: Statement | Outcome, sources: "_Sources") -> _Item:
    """A statement or an outcome; the verb of an outcome belongs to its value."""
    said = tuple(map(sources.rendered, one.renderings))
    if isinstance(one, Statement):
        value, about = one.text, one.speaker
        parts = {"speaker": one.speaker, "via": one.via, "kind": one.kind, "setting": one.setting}
    else:
        value, about = f"{one.verb}: {one.text}", None
        parts = {"kind": one.kind}
    held = Held(value=value, agreement=one.agreement, said=said)
    told = {name: _plain(value) for name, value in parts.items()}
    return _Item(one.id, held, about, wording.words(one.text), _places(said), told)


def _warning(warning: Warning, sources: "_Sources") -> _Item:
    said = tuple(map(sources.quoted, warning.evidence))
    known = (warning.code, *(f"{one.article} {one.text}" for one in said))
    return _Item(" ".join(known), Held(value=warning.message, said=said), about=warning.code)


def _plain(value: str | None) -> Held | None:
    return None if value in (None, "unknown") else Held(value=value)


def _places(said: Iterable[Said]) -> _Places:
    """Where the words stand; those that stand nowhere have no place."""
    found: dict[str, list[Span]] = defaultdict(list)
    for evidence in (evidence for one in said for evidence in one.evidence):
        if evidence.start is not None and evidence.end is not None and evidence.start < evidence.end:
            found[evidence.article].append((evidence.start, evidence.end))
    return {article: disjoint(spans) for article, spans in found.items()}


class _Sources:
    """Meetings with their claims and accounts at hand, to tell who says what."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        self.meetings = meetings
        self.claims = {claim.id: claim for meeting in meetings for claim in meeting.claims}
        self.accounts = {ref.id: ref for meeting in meetings for ref in meeting.accounts}
        self.names = {ref.article: ref.source for ref in self.accounts.values()}

    def said(self, ids: Iterable[str]) -> tuple[Said, ...]:
        """What these claims say."""
        return tuple(self._said(c.account, c.value, c.text, c.evidence) for id_ in ids if (c := self.claims.get(id_)))

    def rendered(self, one: Rendering) -> Said:
        """An account's words for an utterance."""
        return self._said(one.account, f"{one.verb} ({one.kind})" if one.verb else one.kind, one.text, one.evidence)

    def quoted(self, evidence: Evidence) -> Said:
        """Words of an article, without a value."""
        source = self.names.get(evidence.article, "")
        return Said(article=evidence.article, source=source, value="", text=evidence.exact, evidence=(evidence,))

    def _said(self, account: str, value: str, text: str, evidence: tuple[Evidence, ...]) -> Said:
        ref = self.accounts.get(account)
        article, source = (ref.article, ref.source) if ref else ("", "")
        return Said(article=article, source=source, value=value, text=text, evidence=evidence)
