"""Match: what speaks for and against two accounts being of one meeting. The one scorer.

Facets are compared, never accounts: each function below takes the same facet
of two accounts, so that an archive compares each two values once. What a
reason is worth stands in `weights`.

Only what stands in its article speaks. All comparisons are symmetric.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from extractor.profile import (
    NEWS_DAYS,
    NEWS_SOON,
    OFF,
    PLANNED,
    Delegation,
    Kind,
    Parties,
    Place,
    Profile,
    When,
    Words,
    day,
    told_on,
    window,
)
from extractor.values import edtf, gatherings, places, sessions, wording
from extractor.values.names import Likeness, likeness

_SAME_NEWS_DAYS = 1
"""Days between two reports of the same news, where neither comes late."""

_LONG_LIST = 4
"""Parties that two accounts have in common where each may have cut a long list in another place."""

_UNCOUNTED = ("", "last", "latest")
"""Ordinals that give no number: the last one is the third, too."""

TOPICS = {
    name: topic
    for topic, names in {
        "date": (
            "date same", "date compatible", "date same month", "date same year", "date a day apart", "date excludes",
        ),
        "news": (
            "news of other days", "news of the same days", "news soon after", "news long after", "news before it",
            "news long before it", "held or cancelled",
        ),
        "place": (
            "city same", "city other", "other city of the country", "place same", "country same", "country other",
        ),
        "host": ("host event same", "host event other"),
        "level": ("level same", "level other"),
        "format": ("format other", "session other"),
        "parties": ("parties same", "parties part", "parties other", "parties none common"),
        "person": ("person same", "surname same", "person other"),
        "words": ("words same", "distinction same", "distinction other"),
        "model": ("model says same", "model says different"),
    }.items()
    for name in names
}  # fmt: skip
"""Every signal there is, and what it is about."""


class Reason(NamedTuple):
    """A signal between two accounts: its name, and the values compared."""

    name: str
    left: str
    right: str


def reasons(left: Profile, right: Profile) -> Iterator[Reason]:
    """All reasons for and against two accounts being of one meeting."""
    for facet, compare in FACETS.items():
        yield from compare(getattr(left, facet), getattr(right, facet))
    for a, b in product(left.people, right.people):
        if comparable(a, b):
            yield from delegations(a, b)


def comparable(left: Delegation, right: Delegation) -> bool:
    """Whether two delegations are compared: of one party, or one of them of a party that is not told."""
    return left.party == right.party or None in (left.party, right.party)


def delegations(left: Delegation, right: Delegation) -> Iterator[Reason]:
    """The people whom both name, each once; or, of one party, another single person."""
    # A surname alone tells little, but of one party's people enough.
    least = Likeness.PARTIAL if left.party and left.party == right.party else Likeness.VARIANT
    alike = [(p, q) for p, q in product(left.names, right.names) if p == q or likeness(p, q) >= least]
    for p, q in _each_once(alike):
        yield Reason("person same" if p == q or likeness(p, q) > Likeness.PARTIAL else "surname same", p, q)
    rivals = left.party == right.party and len(left.names) == len(right.names) == 1
    # Where one account tells no level, it may name somebody beside the principal.
    rivals = rivals and left.ranked == right.ranked
    if rivals and likeness(left.names[0], right.names[0]) is Likeness.DIFFERENT:
        yield Reason("person other", f"{left.names[0]} ({left.party})", f"{right.names[0]} ({left.party})")


def _each_once(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs in which nobody stands twice: the most alike first."""
    if len(pairs) < 2:
        return pairs
    taken: set[tuple[int, str]] = set()
    kept = []
    for p, q in sorted(pairs, key=lambda pair: (-likeness(*pair), sorted(pair))):
        if not taken & {(0, p), (1, q)}:
            taken |= {(0, p), (1, q)}
            kept.append((p, q))
    return kept


def when(a: When, b: When) -> Iterator[Reason]:
    """The dates, or where one of them is missing the days of the news."""
    name = _date_relation(a.date, b.date) if a.date and b.date else _news_relation(a, b)
    if name:
        yield Reason(name, a.words, b.words)


def _news_relation(a: When, b: When) -> str | None:
    """What the days of publication, and the tenses, say of two accounts of which one has no date."""
    (first, last), (start, end) = window(a), window(b)
    told, other = told_on(a), told_on(b)
    if last < start or end < first:
        return "news of other days"
    if ahead := _announced(a, other) or _announced(b, told):
        return ahead
    if (a.tense == OFF) != (b.tense == OFF) and PLANNED not in (a.tense, b.tense):
        return "held or cancelled"
    return _news(abs((told - other).days)) if told and other else None


def _news(days: int) -> str:
    """What it says that two reports, of which one has no date, are so many days apart."""
    if days <= _SAME_NEWS_DAYS:
        return "news of the same days"
    return "news soon after" if days <= NEWS_SOON else "news long after"


def _announced(plan: When, told: date | None) -> str | None:
    """What it says that one tells, without a date, of what is to come, and the other of what came."""
    if plan.tense not in (PLANNED, OFF) or plan.date or not plan.published or not told:
        return None
    days = (told - date.fromisoformat(plan.published)).days
    return None if days < 0 else "news before it" if days <= NEWS_DAYS else "news long before it"


@lru_cache(maxsize=65536)
def _date_relation(left: str, right: str) -> str | None:
    if (first := day(left)) and (second := day(right)):
        apart = abs((first - second).days)
        return "date same" if not apart else "date a day apart" if apart == 1 else "date excludes"
    if not edtf.compatible(left, right):
        return "date a day apart" if edtf.days_apart(left, right) == 1 else "date excludes"
    if left == right and edtf.precision(left) == 3:
        return "date same"
    one, other = edtf.parse(left)[0], edtf.parse(right)[0]
    if one.day and other.day:
        return "date compatible"
    if one.month and other.month:
        return "date same month"
    return "date same year" if one.year and other.year else None


def place(a: Place, b: Place) -> Iterator[Reason]:
    """The city; where one is not told the printed place; else the country."""
    if a.city and b.city:
        yield Reason(_city_relation(a, b), a.city, b.city)
    elif a.place and b.place and _same_place(a.place, b.place):
        yield Reason("place same", a.place, b.place)
    elif a.country and b.country:
        yield Reason("country same" if a.country == b.country else "country other", a.country, b.country)


def _city_relation(a: Place, b: Place) -> str:
    """What two printed cities say. News writing names the nearest large one, or the capital, for where it was."""
    if same_city(a.city or "", b.city or ""):
        return "city same"
    return "other city of the country" if a.country and a.country == b.country else "city other"


def _same_place(left: str, right: str) -> bool:
    """Whether two printed places are one, and closer than a country."""
    return wording.same(left, right) and places.country(left) is None


def same_city(left: str, right: str) -> bool:
    """Whether two printed cities are one: the same words, or one entry of the gazetteer."""
    return left.casefold() == right.casefold() or city(left) == city(right)


@lru_cache(maxsize=65536)
def city(printed: str) -> str:
    """By what a printed city is known: its entry in the gazetteer, or its words."""
    found = places.city(printed) or places.city(printed.title())
    return f"{found.name}, {found.country}" if found else printed.casefold()


def host(a: str | None, b: str | None) -> Iterator[Reason]:
    """The gathering beside which it was."""
    if a and b:
        one, other = gatherings.read(a), gatherings.read(b)
        if one.name and other.name:
            yield Reason("host event same" if one.same(other) else "host event other", a, b)


def kind(a: Kind, b: Kind) -> Iterator[Reason]:
    """Level, format, and the session of a day."""
    if a.level and b.level:
        yield Reason("level same" if a.level == b.level else "level other", a.level, b.level)
    if a.format and b.format and a.format != b.format and "hybrid" not in (a.format, b.format):
        yield Reason("format other", a.format, b.format)
    if a.session and b.session and sessions.apart(a.session, b.session):
        yield Reason("session other", a.session, b.session)


def parties(a: Parties, b: Parties) -> Iterator[Reason]:
    """Who met whom."""
    left, right = frozenset(a.codes), frozenset(b.codes)
    if not left or not right:
        return
    if left == right and len(left) > 1:
        name = "parties same"
    elif not left & right:
        name = "parties none common"
    elif (left <= right or right <= left) and min(len(left), len(right)) != 2:
        # A party that is left out: nobody meets alone. But a pair beside a trio is a meeting of its own.
        name = "parties part"
    elif len(left & right) >= _LONG_LIST or (left - right <= {*a.unspoken} and right - left <= {*b.unspoken}):
        # The host, or who was talked about, is taken for one of those who met.
        name = "parties part"
    else:
        name = "parties other"
    yield Reason(name, ", ".join(a.codes), ", ".join(b.codes))


def words(a: Words, b: Words) -> Iterator[Reason]:
    """Quotations of six words and more that both print, each once, and what both count."""
    taken: set[str] = set()
    for told, printed in a.quotes:
        inside = ((w, other) for w, other in b.quotes if w not in taken and (told in w or w in told))
        if found := next(inside, None):
            taken.add(found[0])
            yield Reason("words same", printed, found[1])
    yield from _counted(a.distinctions, b.distinctions)


def _counted(a: Iterable[tuple[str, str, str]], b: Iterable[tuple[str, str, str]]) -> Iterator[Reason]:
    """Distinctions that both give; or, of one series, another number."""
    for series in sorted({of for _, of, _ in a} & {of for _, of, _ in b}):
        left, right = ({number: printed for number, of, printed in side if of == series} for side in (a, b))
        if same := sorted(left.keys() & right.keys()):
            yield from (Reason("distinction same", left[number], right[number]) for number in same)
        elif series and {*left, *right}.isdisjoint(_UNCOUNTED):
            yield Reason("distinction other", min(left.values()), min(right.values()))


FACETS: Mapping[str, Callable[[Any, Any], Iterator[Reason]]] = {
    "when": when, "place": place, "host": host, "kind": kind, "parties": parties, "words": words,
}  # fmt: skip
"""How each facet but the people is compared."""
