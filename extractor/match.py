"""Match: two accounts to an explained score. The one scorer.

Each signal is an integer log-odds in half bits: +2 makes it twice as likely
that both tell of one meeting. The weights are reasoned, not learnt: a common
full date is rare among meetings of the same parties, a common level is not.

Only what stands in its article speaks. Scores are symmetric.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from extractor.profile import NEWS_DAYS, Person, Profile
from extractor.schemas import Account, Signal
from extractor.values import edtf, gatherings, places, wording
from extractor.values.names import Likeness, likeness

THRESHOLD = 10
"""From this score on two accounts count as being of one meeting."""
UNLIKE = -20
"""What a pair counts that is not compared: they name no common party, or full dates days apart."""
_SAME_NEWS_DAYS = 1
"""Days between two reports of the same news, where neither comes late."""

_WEIGHTS = {
    "date same": 8, "date compatible": 5, "date same month": 2, "date same year": 1, "date a day apart": 1,
    "date excludes": -24, "news of other days": -16, "news of the same days": 4, "news before it": 4, "city same": 5,
    "city other": -10, "place same": 5, "country same": 2, "country other": -8, "host event same": 5,
    "host event other": -2, "parties same": 5, "parties part": 0, "parties other": -14, "parties none common": -20,
    "level same": 1, "level other": -8, "format other": -6, "person same": 3, "person other": -9, "words same": 4,
    "distinction same": 2,
}  # fmt: skip
_TOPICS = {name: re.sub(r"^(?:city|country)\b", "place", name).partition(" ")[0] for name in _WEIGHTS}


class Reason(NamedTuple):
    """A signal between two accounts that are not named: what speaks for or against, and the values compared."""

    name: str
    left: str
    right: str

    @property
    def weight(self) -> int:
        """In half bits."""
        return _WEIGHTS[self.name]

    @property
    def topic(self) -> str:
        """What it is about: date, place, parties ..."""
        return _TOPICS[self.name]


def score(signals: Iterable[Signal | Reason]) -> int:
    """The sum of the signals' weights."""
    return sum(signal.weight for signal in signals)


def weighed(reasons: Iterable[Reason]) -> dict[str, int]:
    """The sum of the weights by topic; a topic on which one of the two is silent is not there."""
    sums: dict[str, int] = {}
    for reason in reasons:
        sums[reason.topic] = sums.get(reason.topic, 0) + reason.weight
    return sums


def signals(left: Account, right: Account) -> tuple[Signal, ...]:
    """All reasons for and against two accounts being of one meeting, strongest first."""
    return explained(Profile(left), Profile(right))


def explained(left: Profile, right: Profile, *, against_only: bool = False) -> tuple[Signal, ...]:
    """The reasons between two profiles as signals, strongest first; `against_only` leaves out those for a merge."""
    pair = (left.account.id, right.account.id)
    found = [
        Signal(name=reason.name, weight=reason.weight, left=reason.left, right=reason.right, accounts=pair)
        for reason in reasons(left, right)
        if reason.weight < 0 or not against_only
    ]
    return tuple(sorted(found, key=lambda s: (-abs(s.weight), s.name, s.left, s.right)))


def reasons(left: Profile, right: Profile) -> Iterator[Reason]:
    """All reasons for and against two accounts being of one meeting."""
    yield from _date(left, right)
    yield from _place(left, right)
    yield from _kind(left, right)
    yield from _parties(left, right)
    yield from _people(left, right)
    yield from _words(left, right)


def _date(a: Profile, b: Profile) -> Iterator[Reason]:
    left, right = a.value("date"), b.value("date")
    if left and right:
        if name := _date_relation(left, right):
            yield Reason(name, left, right)
    elif a.window[1] < b.window[0] or b.window[1] < a.window[0]:
        yield Reason("news of other days", a.when, b.when)
    elif a.told_on and b.told_on:
        if abs((a.told_on - b.told_on).days) <= _SAME_NEWS_DAYS:
            yield Reason("news of the same days", a.when, b.when)
    elif _announced(a, b) or _announced(b, a):
        yield Reason("news before it", a.when, b.when)


def _announced(a: Profile, b: Profile) -> bool:
    """Whether one tells, without a date, of what is to come, and the other soon after of what came."""
    if not (a.planned and a.published and b.told_on) or a.value("date"):
        return False
    return timedelta(0) <= b.told_on - a.published <= timedelta(NEWS_DAYS)


@lru_cache(maxsize=65536)
def _date_relation(left: str, right: str) -> str | None:
    if not edtf.compatible(left, right):
        return "date a day apart" if edtf.days_apart(left, right) == 1 else "date excludes"
    if left == right and edtf.precision(left) == 3:
        return "date same"
    first, second = edtf.parse(left)[0], edtf.parse(right)[0]
    if first.day and second.day:
        return "date compatible"
    if first.month and second.month:
        return "date same month"
    return "date same year" if first.year and second.year else None


def _place(a: Profile, b: Profile) -> Iterator[Reason]:
    left, right = a.value("city"), b.value("city")
    if left and right:
        yield Reason("city same" if same_city(left, right) else "city other", left, right)
    elif (left := a.value("place")) and (right := b.value("place")) and _same_place(left, right):
        yield Reason("place same", left, right)
    else:
        left, right = a.value("country"), b.value("country")
        if left and right:
            yield Reason("country same" if left == right else "country other", left, right)
    left, right = a.value("host_event"), b.value("host_event")
    if left and right:
        one, other = gatherings.read(left), gatherings.read(right)
        if one.name and other.name:
            yield Reason("host event same" if one.same(other) else "host event other", left, right)


def _same_place(left: str, right: str) -> bool:
    """Whether two printed places are one, and closer than a country."""
    return wording.same(left, right) and places.country(left) is None


@lru_cache(maxsize=65536)
def same_city(left: str, right: str) -> bool:
    """Whether two printed cities are one: the same words, or one entry of the gazetteer."""
    return left.casefold() == right.casefold() or (
        (found := places.city(left)) is not None and found == places.city(right)
    )


def _kind(a: Profile, b: Profile) -> Iterator[Reason]:
    left, right = a.value("level"), b.value("level")
    if left and right:
        yield Reason("level same" if left == right else "level other", left, right)
    left, right = a.value("format", stated=True), b.value("format", stated=True)
    if left and right and left != right and "hybrid" not in (left, right):
        yield Reason("format other", left, right)


def _parties(a: Profile, b: Profile) -> Iterator[Reason]:
    left, right = a.parties, b.parties
    if not left or not right:
        return
    if left == right:
        name = "parties same"
    elif not left & right:
        name = "parties none common"
    elif (left < right or right < left) and min(len(left), len(right)) > 2:
        # A third party that one account leaves out; but a pair beside a trio is a meeting of its own.
        name = "parties part"
    else:
        name = "parties other"
    yield Reason(name, ", ".join(sorted(left)), ", ".join(sorted(right)))


def _people(a: Profile, b: Profile) -> Iterator[Reason]:
    """People whom both name, each once; and, at one level, another single person for the same party."""
    pairs = [(p, q) for p in a.people for q in b.people if None in (p.code, q.code) or p.code == q.code]
    matched: set[tuple[int, Person]] = set()
    for p, q in sorted(pairs, key=lambda pair: (-likeness(pair[0].name, pair[1].name), sorted(map(str, pair)))):
        if likeness(p.name, q.name) > Likeness.PARTIAL and not matched & {(0, p), (1, q)}:
            matched |= {(0, p), (1, q)}
            yield Reason("person same", p.name, q.name)
    if a.value("level") != b.value("level"):
        return
    for code in sorted({p.code for p in a.people if p.code} & {q.code for q in b.people if q.code}):
        first, second = ([p for p in profile.people if p.code == code] for profile in (a, b))
        if len(first) == len(second) == 1 and likeness(first[0].name, second[0].name) is Likeness.DIFFERENT:
            yield Reason("person other", f"{first[0].name} ({code})", f"{second[0].name} ({code})")


def _words(a: Profile, b: Profile) -> Iterator[Reason]:
    """Quotations of six words and more that both print, each once, and the same distinction."""
    if not a.runs.isdisjoint(b.runs):
        taken: set[str] = set()
        for words, printed in sorted(a.quotes.items()):
            inside = (w for w in sorted(b.quotes) if w not in taken and (words in w or w in words))
            if (found := next(inside, None)) is not None:
                taken.add(found)
                yield Reason("words same", printed, b.quotes[found])
    for key in sorted(a.distinctions.keys() & b.distinctions.keys()):
        yield Reason("distinction same", a.distinctions[key], b.distinctions[key])
