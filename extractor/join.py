"""Join: the drafts of an article's parts as the one draft of the article.

A part retells what the parts before told of, as each shows the opening. Two
meetings of different parts are one where nothing in them excludes it and they
rest on the same mention, or name the same parties and are dated, placed or
reported alike. Two meetings of one part stay two: the model saw them side by side.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import reduce
from itertools import chain
from typing import TypeVar

from extractor.schemas import Draft, Reference
from extractor.schemas.draft import DraftMeeting, DraftParticipant, Words
from extractor.values import dates, places, wording
from extractor.values.names import Likeness, likeness

_T = TypeVar("_T")
_SINGLE = (
    "date", "time", "duration", "place", "venue", "city", "country", "host_event", "level_words", "format_words",
)  # fmt: skip


def join(drafts: Sequence[Draft], reference: Reference) -> Draft:
    """The meetings of all parts, each once, its statements in the order of the text.

    `reference` is what the article's dates are resolved against.
    """
    return Draft(meetings=reduce(lambda known, draft: _add(known, draft.meetings, reference), drafts, []))


def _add(known: list[DraftMeeting], told: Sequence[DraftMeeting], reference: Reference) -> list[DraftMeeting]:
    """The known meetings with those of one more part: what is most alike first, each joined once."""
    pairs = ((_likeness(a, b, reference), -i, -j) for i, a in enumerate(known) for j, b in enumerate(told))
    joined: dict[int, int] = {}
    for alike, i, j in sorted(pairs, reverse=True):
        if alike and -i not in joined.values() and -j not in joined:
            joined[-j] = -i
    whole = list(known)
    for j, meeting in enumerate(told):
        if j in joined:
            whole[joined[j]] = _merged(whole[joined[j]], meeting)
        else:
            whole.append(meeting)
    return whole


def _likeness(a: DraftMeeting, b: DraftMeeting, reference: Reference) -> int:
    """How much speaks for two being one; 0 where something excludes it, or too little speaks for it."""
    left, right = _parties(a), _parties(b)
    days = [_date(meeting, reference) for meeting in (a, b)]
    apart = (
        bool(left and right) and not (left <= right or right <= left),
        None not in days and not dates.compatible(*map(str, days)),
        "unknown" not in (a.level, b.level) and a.level != b.level,
        {a.occurrence, b.occurrence} == {"held", "planned"},
    )
    if any(apart):
        return 0
    mention = a.mention.sentence == b.mention.sentence
    parties = len(left & right) > 1
    alike = sum((
        None not in days,
        _same(a.city, b.city),
        _same(a.host_event, b.host_event),
        a.role == b.role == "reported",
    ))  # fmt: skip
    if not (mention or (parties and alike)):
        return 0
    return 4 * mention + 2 * parties + (left == right) + alike + (a.role == b.role)


def _parties(meeting: DraftMeeting) -> set[str]:
    return {places.country(party.name) or party.name.casefold() for party in meeting.parties}


def _date(meeting: DraftMeeting, reference: Reference) -> str | None:
    planned = meeting.occurrence in ("planned", "postponed")
    found = dates.resolve(meeting.date.text, reference, future=planned) if meeting.date else None
    return found.edtf if found else None


def _same(a: Words | None, b: Words | None) -> bool:
    return a is not None and b is not None and wording.same(a.text, b.text)


def _merged(a: DraftMeeting, b: DraftMeeting) -> DraftMeeting:
    """Two tellings as one: of single values the earlier part's, of lists the union."""
    merged: dict[str, object] = {name: getattr(a, name) or getattr(b, name) for name in _SINGLE}
    merged["role"] = "reported" if "reported" in (a.role, b.role) else "background"
    for name, silent in {"occurrence": "unclear", "level": "unknown", "format": "unknown"}.items():
        merged[name] = getattr(a, name) if getattr(a, name) != silent else getattr(b, name)
    merged["parties"] = _union(a.parties, b.parties, lambda party: places.country(party.name) or party.name.casefold())
    merged["participants"] = reduce(_with, b.participants, a.participants)
    for name in ("distinctions", "topics", "outcomes", "statements"):
        union = _union(getattr(a, name), getattr(b, name), lambda said: (said.sentence, said.text))
        merged[name] = sorted(union, key=lambda said: said.sentence)
    return a.model_copy(update=merged)


def _union(a: Iterable[_T], b: Iterable[_T], key: Callable[[_T], Hashable]) -> list[_T]:
    """All of both, once by their key; the first's stay."""
    once: dict[Hashable, _T] = {}
    for item in chain(a, b):
        once.setdefault(key(item), item)
    return list(once.values())


def _with(people: list[DraftParticipant], other: DraftParticipant) -> list[DraftParticipant]:
    """The people and one more, or where it is one of them alone that one by the fuller name."""
    alike = {
        at: like
        for at, person in enumerate(people)
        if None in (person.represents, other.represents) or person.represents == other.represents
        if (like := likeness(person.name, other.name)) is not Likeness.DIFFERENT
    }
    best = [at for at, like in alike.items() if like is max(alike.values())]
    if len(best) != 1:
        return [*people, other]
    known = people[best[0]]
    fuller = max((known, other), key=lambda person: len(person.name.split()))
    rest = {name: getattr(known, name) or getattr(other, name) for name in ("office", "represents", "pronoun")}
    return [*people[: best[0]], fuller.model_copy(update=rest), *people[best[0] + 1 :]]
