"""Blocks: which accounts are compared at all.

Two accounts are compared where they share a key and its days meet. The keys of
an account are the pairs of its parties, on the days near which it tells or
shows that it was; and, for the accounts that tell no day, the pairs together
with the city or the host event, at any time that the account leaves open. An
account that names one party alone is compared with those that name it among
others, one that names none by city, host event and the names of its people.

A year has too many accounts of a common key for all pairs, so days are cut
into buckets: short spans meet in short buckets, longer ones in longer. What a
block costs is capped.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from extractor.match import city
from extractor.profile import NEWS_DAYS, NEWS_SOON, PLANNED, Delegation, Place, Profile, When, told_on, window
from extractor.values import gatherings, wording
from extractor.values.names import tokens

BUCKETS = (8, 64, 400, 4_000_000)
"""Days in a bucket, for spans that are no longer: about a date, a month, a year, and any time at all."""
MOST_PAIRS = 500_000
"""Pairs of one block that are still compared."""
_MOST_PARTIES = 8
"""Parties of an account whose pairs are keys: 28 of them. Of more, those are taken whose digests come first (a bottom-k
sketch: Broder, 1997), which two accounts that each leave one out still share."""


class Span(NamedTuple):
    """Days as ordinals, a day of grace at the end, and the size of bucket that is made for them (0 to 3)."""

    start: int
    end: int
    size: int


class Key(NamedTuple):
    """What accounts share, and when. A pair is compared by a key for which one `asks`; the other may only answer."""

    words: str
    span: Span
    asks: bool


class Cut(NamedTuple):
    """A block that was too large: its key and first day, its accounts, and the pairs that it would cost."""

    key: str
    start: str
    accounts: int
    pairs: int


@lru_cache(maxsize=65536)
def span(when: When) -> Span:
    """The days on which it can have been."""
    first, last = window(when)
    return _span(first.toordinal(), last.toordinal())


@lru_cache(maxsize=65536)
def near(when: When) -> Span | None:
    """The days near which it was: of its date, of the news of it, after it was announced; or a month."""
    if (known := span(when)).size == 0:
        return known
    if told := told_on(when):
        return _span(told.toordinal() - NEWS_SOON, told.toordinal())
    if when.tense == PLANNED and when.published and not when.date:
        published = date.fromisoformat(when.published).toordinal()
        return _span(published, published + NEWS_DAYS)
    return known if known.size == 1 else None


def _span(first: int, last: int) -> Span:
    return Span(first, last + 1, next(i for i, days in enumerate(BUCKETS) if last - first < days))


def keys(profile: Profile) -> Iterator[Key]:
    """All keys of an account."""
    days, nearly = span(profile.when), near(profile.when)
    around = [*of_place(profile.place), *of_host(profile.host)]
    for parties, asks in of_parties(profile.parties.codes):
        if nearly:
            yield Key(parties, nearly, asks)
        for place in around:
            yield Key(f"{parties} {place}", days, asks and days.size > 0)
    if nearly:
        words = [word for one in profile.people for word in of_people(one)]
        for name in dict.fromkeys([*around, *words]):
            yield Key(name, nearly, not profile.parties.codes)


@lru_cache(maxsize=65536)
def of_parties(parties: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The keys that a set of parties gives, and whether they ask."""
    if len(parties) > _MOST_PARTIES:
        parties = tuple(sorted(sorted(parties, key=_digest)[:_MOST_PARTIES]))
    alone = len(parties) == 1
    return (*((f"{a} {b}", True) for a, b in combinations(parties, 2)), *((party, alone) for party in parties))


def _digest(party: str) -> bytes:
    return blake2b(party.encode(), digest_size=8).digest()


def of_place(place: Place) -> list[str]:
    """The keys that a city gives, and a place that is printed."""
    keys = [f"@{city(place.city)}"] if place.city else []
    return [*keys, f"@ {' '.join(wording.words(place.place))}"] if place.place else keys


def of_host(printed: str | None) -> list[str]:
    """The key that a gathering gives."""
    name = gatherings.read(printed).name if printed else ""
    return [f"#{name}"] if name else []


def of_people(delegation: Delegation) -> list[str]:
    """The keys that people give: each word of their names."""
    return sorted({f"~{word}" for name in delegation.names for word in tokens(name) if len(word) > 1})


def first_day(size: int, number: int) -> str:
    """The first day of a bucket (ISO 8601)."""
    return date.fromordinal(max(BUCKETS[size] * number, 1)).isoformat()
