"""Profile: what is compared of an account, in facets.

A facet is a small value that many accounts share: a date, a place, a set of
parties, who spoke for one of them. Two facets are compared once, however many
pairs of accounts have them. Only what stands in its article speaks.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractor.schemas import Account, Claim, Status
from extractor.values import edtf, sessions, wording

NEWS_DAYS = 31
"""Days after a meeting within which the news tells of it as new, and before it within which it is announced as near."""
NEWS_SOON = 3
"""Days after which news that is not new any more still comes: weeklies, and pages without a day."""
_AHEAD_DAYS = 366
"""Days before a meeting from which on it is announced at all."""
_DAYS = re.compile(r"P(\d{1,3})D")
_QUOTE = 6
"""Words that a quotation must have for two accounts not to print it by chance."""

_SERIES = frozenset({"round", "session", "edition"})
"""What talks and forums are counted in."""
_WORDS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh",
    "8th": "eighth", "9th": "ninth", "10th": "tenth",
}  # fmt: skip

IN_PERSON = "in_person"
PLANNED, OFF, NEWS, TOLD = "planned", "off", "news", "told"
_TENSES = {"planned": PLANNED, "postponed": PLANNED, "cancelled": OFF}


class When(NamedTuple):
    """When it was: a date (EDTF), or else what the day of publication (ISO 8601) and the tense tell.

    The tense is `planned` (still to come), `off` (cancelled), `news` (reported as held) or `told`.
    """

    date: str | None = None
    published: str | None = None
    tense: str = TOLD

    @property
    def words(self) -> str:
        """What it rests on."""
        return self.date or f"published {self.published}"


class Place(NamedTuple):
    """Where it was: city and place as printed, country as a code."""

    city: str | None = None
    place: str | None = None
    country: str | None = None


class Kind(NamedTuple):
    """The level; the format where it is stated, for who meets in a city meets in person; the part of the day."""

    level: str | None = None
    format: str | None = None
    session: str | None = None


class Parties(NamedTuple):
    """Who met whom: codes, sorted. `unspoken` are those for which nobody is named, where two others have somebody."""

    codes: tuple[str, ...] = ()
    unspoken: tuple[str, ...] = ()


class Delegation(NamedTuple):
    """Those who took part for one party (a code; None: not told for whom), in an account that tells a level or not."""

    party: str | None
    ranked: bool
    names: tuple[str, ...]


class Words(NamedTuple):
    """Quotations of six words and more by their words between spaces, and distinctions.

    A distinction is the number ("third"), what is counted ("round"), and both as printed.
    """

    quotes: tuple[tuple[str, str], ...] = ()
    distinctions: tuple[tuple[str, str, str], ...] = ()

    @property
    def runs(self) -> frozenset[str]:
        """Every run of six words in the quotations, and all that is counted: without a common one nothing is said."""
        told = [words.split() for words, _ in self.quotes]
        runs = {" ".join(w[i : i + _QUOTE]) for w in told for i in range(len(w) - _QUOTE + 1)}
        return frozenset(runs.union(of for _, of, _ in self.distinctions))


class Person(NamedTuple):
    """A participant's name, and the code of the party spoken for."""

    name: str
    code: str | None


class Profile(NamedTuple):
    """What is compared of an account."""

    account: str
    article: str
    when: When = When()
    place: Place = Place()
    host: str | None = None
    kind: Kind = Kind()
    parties: Parties = Parties()
    people: tuple[Delegation, ...] = ()
    words: Words = Words()


def profile(account: Account) -> Profile:
    """What is compared of an account."""
    values = {c.field: c for c in reversed(account.claims) if c.grounded and c.about is None}

    def value(field: str, *, stated: bool = False) -> str | None:
        claim = values.get(field)
        return claim.value if claim and (claim.status is Status.STATED or not stated) else None

    occurrence = value("occurrence")
    where = Place(value("city"), value("place"), value("country"))
    form = value("format", stated=True) or (IN_PERSON if where.city else None)
    # Of a call nobody knows by whose clock it is told.
    session = sessions.part(value("time_text") or "") if form == IN_PERSON else None
    kind = Kind(value("level"), form, session)
    voices = {c.value for c in account.of("parties") if c.grounded and c.status is Status.STATED}
    people = delegations(_named(account), kind.level)
    return Profile(
        account.id,
        account.article,
        when(lasting(value("date"), value("duration")), account.published, occurrence, account.role),
        where,
        value("host_event"),
        kind,
        parties(voices, people),
        people,
        Words(tuple(_quotes(account.of("statements"))), tuple(_distinctions(account.of("distinctions")))),
    )


def people(account: Account) -> list[Person]:
    """The participants of an account."""
    about = {c.about: c.value for c in account.of("participants.represents")}
    return [Person(claim.value, about.get(claim.id)) for claim in account.of("participants")]


def when(date: str | None, published: str | None, occurrence: str | None, role: str) -> When:
    """When it was. The day of publication matters only where no full date is told."""
    if date and day(date):
        return When(date)
    # Reported as held, it was published soon after.
    told = NEWS if role == "reported" and occurrence == "held" else TOLD
    return When(date, published, _TENSES.get(occurrence or "", told))


def lasting(date: str | None, duration: str | None) -> str | None:
    """The date, or of talks that took several days (ISO 8601) all on which they can have been (EDTF).

    One account tells of the first of them, another of the last.
    """
    days = _DAYS.match(duration or "")
    told = day(date) if date else None
    if not days or not told:
        return date
    more = min(int(days[1]) - 1, NEWS_DAYS)
    return f"{_shifted(told, -more)}/{_shifted(told, more)}" if more > 0 else date


def delegations(people: Iterable[Person], level: str | None) -> tuple[Delegation, ...]:
    """People by party, each name once, in an order that does not depend on theirs."""
    named: dict[str | None, set[str]] = {}
    for person in people:
        named.setdefault(person.code, set()).add(person.name)
    return tuple(
        Delegation(party, level is not None, tuple(sorted(names)))
        for party, names in sorted(named.items(), key=lambda item: item[0] or "")
    )


def parties(codes: Iterable[str], people: Iterable[Delegation]) -> Parties:
    """The parties, each once; for whom those speak of whom it is not told, nobody knows."""
    told = tuple(sorted(set(codes)))
    voices = {one.party for one in people}
    if None in voices or len(voices.intersection(told)) < 2:
        return Parties(told)
    return Parties(told, tuple(code for code in told if code not in voices))


@lru_cache(maxsize=65536)
def day(value: str) -> date | None:
    """The day that a date in EDTF tells, where it is fully known."""
    return date.fromisoformat(value) if len(value) == 10 and edtf.precision(value) == 3 else None


@lru_cache(maxsize=65536)
def window(when: When) -> tuple[date, date]:
    """The days on which it can have been, by its date or else by the day of publication and the tense."""
    if when.date:
        return edtf.bounds(when.date) or (date.min, date.max)
    if not when.published:
        return date.min, date.max
    published = date.fromisoformat(when.published)
    if when.tense == PLANNED:
        return _shifted(published, -1), _shifted(published, _AHEAD_DAYS)
    if when.tense == OFF:
        return date.min, _shifted(published, _AHEAD_DAYS)
    return _shifted(published, -NEWS_DAYS) if when.tense == NEWS else date.min, _shifted(published, 1)


@lru_cache(maxsize=65536)
def told_on(when: When) -> date | None:
    """The day near which it was: its own, or that of the news of it."""
    if when.date and (known := day(when.date)):
        return known
    return date.fromisoformat(when.published) if when.published and when.tense == NEWS else None


def _shifted(day: date, days: int) -> date:
    """The day so many days later, or the first or last that there is: any year can stand in metadata."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _named(account: Account) -> list[Person]:
    """The participants whose names stand in the article."""
    grounded = {c.value for c in account.of("participants") if c.grounded}
    return [person for person in people(account) if person.name in grounded]


def _quotes(claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """Each quotation that is long enough to compare: its words, and as printed."""
    told = [(wording.words(c.value), c.value) for c in reversed(list(claims)) if c.grounded]
    return sorted({f" {' '.join(words)} ": printed for words, printed in told if len(words) >= _QUOTE}.items())


def _distinctions(claims: Iterable[Claim]) -> list[tuple[str, str, str]]:
    """Each distinction once: of claims that say the same the first is kept."""
    found = {_counted(c.value): c.value for c in reversed(list(claims)) if c.grounded}
    return sorted((ordinal, of, printed) for (ordinal, of), printed in found.items())


@lru_cache(maxsize=65536)
def _counted(printed: str) -> tuple[str, str]:
    """The number of a distinction, and what is counted: rounds are rounds, whatever the talks are called."""
    ordinal, of = wording.distinction(printed)
    words = [word for word in of.split() if word != ordinal]
    if "day" in words:  # of one meeting
        return "", of
    return _WORDS.get(ordinal, ordinal), next((word for word in words if word in _SERIES), " ".join(words))
