"""How accounts tell of an invented meeting, and err: the noise model of `benchmarks.synthetic`, drawn."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from benchmarks.diary import Meeting
from benchmarks.diplomats import Person, nickname, plain
from benchmarks.world import Weighted, World

AHEAD = 20
"""Days before a meeting from which on no account of it is published."""
_LEVELS = ("leaders", "ministers", "senior_officials", "working")
_ACCOUNTS = {"leaders": 3.4, "ministers": 2.6, "senior_officials": 1.7, "working": 1.4}
"""Accounts of a held meeting at the mean of the geometric distribution, before they are cut at 12."""
_REPORTED = Weighted(("day", "off", "month", "year", ""), (68, 6, 7, 3, 16))
_REMEMBERED = Weighted(("day", "month", "year", ""), (15, 40, 30, 15))
_LAGS = Weighted((0, 1, 2, 3), (45, 35, 14, 6))
_CITIES = Weighted(("right", "", "other", "elsewhere"), (70, 23, 4, 3))
_FORMS = Weighted(("full", "surname", "initial", "nickname"), (78, 14, 5, 3))
_OTHER_SCRIPT = 0.46
"""Of the articles; a name is printed in its own script only, which makes 12% of all names."""
_TOGETHER = 0.6
"""Of the accounts of a bundle that are published on one day and can be paired."""
_RECALLED = 0.13
"""Of the accounts of parties whose earlier meeting is remembered."""
_KEPT = 6
"""Meetings of the same parties that are remembered."""


class Named(NamedTuple):
    """A person as an account names them: Latin letters, the form in another script, the party spoken for."""

    name: str
    printed: str
    represents: str


class Values(NamedTuple):
    """What an account says; empty is not told."""

    date: str
    """EDTF."""
    occurrence: str
    city: str
    country: str
    host_event: str
    level: str
    format: str
    parties: tuple[str, ...]
    people: tuple[Named, ...]


class Told(NamedTuple):
    """An account: the day its article came out, and whether the article says so; the number of its true meeting."""

    day: int
    dated: bool
    article: int
    meeting: int
    role: str
    values: Values


class Teller:
    """Tells of meetings; remembers those that are told of again as background."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._chance = random.Random(f"{seed} telling")  # noqa: S311 # no secret is made here
        self._articles = 0
        self._past: dict[tuple[str, ...], list[Meeting]] = defaultdict(list)

    def tell(self, bundle: Sequence[Meeting]) -> list[Told]:
        """All accounts of a bundle of meetings, and the background accounts in their articles."""
        reported = self._paired([told for meeting in bundle for told in self._accounts(meeting)])
        told_of = {(told.article, told.meeting) for told in reported}
        recalled = []
        for told in reported:
            past = self._remembered(told, bundle)
            if past and (told.article, past.number) not in told_of:
                told_of.add((told.article, past.number))
                recalled.append(self._recalled(told, past))
        for meeting in bundle:
            if len(meeting.parties) < 4:
                kept = self._past[_key(meeting)]
                kept.append(meeting)
                del kept[:-_KEPT]
        return reported + recalled

    def _accounts(self, meeting: Meeting) -> Iterator[Told]:
        chance = self._chance
        held = True
        if chance.random() < 0.25:
            held = chance.random() >= 0.04
            for _ in range(1 + (chance.random() < 0.3)):
                day = meeting.day - 1 - int(chance.random() * 14)
                yield self._told(meeting, day, "planned")
        outcome = "held" if held else "cancelled" if chance.random() < 0.6 else "postponed"
        more = 1 - 1 / _ACCOUNTS[meeting.office.level]
        number = 1
        while number < 12 and chance.random() < more:
            number += 1
        earlier: list[Told] = []
        for _ in range(number):
            if earlier and chance.random() < 0.15:
                model = earlier[int(chance.random() * len(earlier))]
                copy = model._replace(day=model.day + (chance.random() < 0.5), article=self._article())
                earlier.append(copy._replace(dated=chance.random() >= 0.05))
            else:
                earlier.append(self._told(meeting, meeting.day + (_LAGS.draw(chance) if held else -1), outcome))
        yield from earlier

    def _told(self, meeting: Meeting, day: int, occurrence: str) -> Told:
        values = self._values(meeting, occurrence, _REPORTED)
        return Told(day, self._chance.random() >= 0.05, self._article(), meeting.number, "reported", values)

    def _article(self) -> int:
        self._articles += 1
        return self._articles

    def _paired(self, told: list[Told]) -> list[Told]:
        """Some accounts of other meetings of the bundle moved into one article."""
        if len({one.meeting for one in told}) == 1:
            return told
        self._chance.shuffle(told)
        told.sort(key=lambda one: one.day)
        for at in range(1, len(told)):
            left, right = told[at - 1], told[at]
            alone = at < 2 or told[at - 2].article != left.article
            if alone and left.day == right.day and left.meeting != right.meeting and self._chance.random() < _TOGETHER:
                told[at] = right._replace(article=left.article, dated=left.dated)
        return told

    def _remembered(self, told: Told, bundle: Sequence[Meeting]) -> Meeting | None:
        """An earlier meeting of the same parties that an account recalls."""
        if self._chance.random() >= _RECALLED or told.values.occurrence != "held":
            return None
        meeting = next(one for one in bundle if one.number == told.meeting)
        past = [one for one in self._past.get(_key(meeting), ()) if one.day < meeting.day - AHEAD]
        return past[int(self._chance.random() * len(past))] if past else None

    def _recalled(self, told: Told, meeting: Meeting) -> Told:
        values = self._values(meeting, "held", _REMEMBERED)
        return told._replace(meeting=meeting.number, role="background", values=values)

    def _values(self, meeting: Meeting, occurrence: str, dates: Weighted[str]) -> Values:
        chance = self._chance
        city, country = self._place(meeting)
        parties = self._parties(meeting)
        names = meeting.gathering
        return Values(
            date=self._date(meeting.day, dates.draw(chance)),
            occurrence=occurrence if chance.random() >= 0.03 else "unclear" if chance.random() < 0.5 else "",
            city=city,
            country=country,
            host_event=names[int(chance.random() * len(names))] if names and chance.random() >= 0.35 else "",
            level=self._level(meeting.office.level),
            format=self._format(meeting.format),
            parties=parties,
            people=tuple(self._people(meeting, parties)),
        )

    def _date(self, day: int, precision: str) -> str:
        if precision == "off":
            day += 1 if self._chance.random() < 0.5 else -1
        return date.fromordinal(day).isoformat()[: {"year": 4, "month": 7, "": 0}.get(precision, 10)]

    def _place(self, meeting: Meeting) -> tuple[str, str]:
        chance = self._chance
        country, city = meeting.country, meeting.city
        match _CITIES.draw(chance):
            case "elsewhere":
                host = self._world.countries[meeting.parties[-1] if chance.random() < 0.5 else self._any_code()]
                country, city = host.code, host.cities[0]
            case "other" if city:
                cities = self._world.countries[country].cities
                city = cities[int(chance.random() * len(cities))]
            case "":
                city = ""
        return city, country if chance.random() >= (0.15 if city else 0.25) else ""

    def _any_code(self) -> str:
        return self._world.any(self._chance).code

    def _level(self, level: str) -> str:
        way = self._chance.random()
        if way < 0.08:
            return ""
        if way < 0.12:
            at = _LEVELS.index(level) + (1 if self._chance.random() < 0.5 else -1)
            return _LEVELS[1 if at < 0 else 2 if at > 3 else at]
        return level

    def _format(self, form: str) -> str:
        if self._chance.random() < (0.4 if form == "in_person" else 0.05):
            return ""
        if self._chance.random() < 0.01:
            return "phone" if form == "in_person" else "in_person"
        return form

    def _parties(self, meeting: Meeting) -> tuple[str, ...]:
        chance = self._chance
        told = list(meeting.parties)
        if len(told) > 3:
            told = [code for code in told if chance.random() >= 0.25] or told[:2]
        elif chance.random() < 0.04:
            del told[int(chance.random() * len(told))]
        if chance.random() < 0.03 and (extra := self._any_code()) not in told:
            told.append(extra)
        return tuple(sorted(told))

    def _people(self, meeting: Meeting, parties: Sequence[str]) -> Iterator[Named]:
        chance = self._chance
        scripts = chance.random() < _OTHER_SCRIPT
        principals = [one for one in meeting.principals if one.country in parties]
        if len(principals) > 4:
            principals = chance.sample(principals, 4)
        for principal in principals:
            way = chance.random()
            if way < 0.81:
                yield self._named(principal, scripts=scripts)
            if way >= 0.96 or chance.random() < 0.1:
                yield self._named(self._world.aides(principal.country)[int(chance.random() * 12)], scripts=scripts)

    def _named(self, person: Person, *, scripts: bool) -> Named:
        chance = self._chance
        system = person.custom if chance.random() >= 0.2 else 1 + int(chance.random() * 3)
        form = _FORMS.draw(chance)
        middle = form == "full" and bool(person.middle[1]) and chance.random() >= 0.7
        parts = [person.given, person.middle, person.surname] if middle else [person.given, person.surname]
        if form == "surname":
            del parts[:-1]
        latin = [part[system] for part in parts]
        if form == "initial":
            latin[0] = f"{latin[0][0]}."
        elif form == "nickname" and not person.east:
            latin[0] = nickname(latin[0])
        if (chance.random() < 0.12) != person.east if person.east else chance.random() < 0.02:
            latin = [latin[-1], *latin[:-1]]
        name = " ".join(latin)
        if not name.isascii() and chance.random() < 0.6:
            name = plain(name)
        if chance.random() < 0.015:
            name = _mistyped(name, chance)
        script = [part[0] for part in parts]
        printed = "".join(reversed(script)) if person.east else " ".join(script)
        represents = person.country if chance.random() >= 0.08 else ""
        return Named(name, printed if scripts and person.script else "", represents)


def _key(meeting: Meeting) -> tuple[str, ...]:
    return tuple(sorted(meeting.parties))


def _mistyped(name: str, chance: random.Random) -> str:
    """A letter doubled, lost, or swapped with the next; the first one stays."""
    if len(name) < 2:
        return name
    at = 1 + int(chance.random() * (len(name) - 2))
    pair = name[at : at + 2]
    changed = (pair[0] + pair, pair[1:], pair[::-1])[int(chance.random() * 3)]
    return name[:at] + changed + name[at + 2 :]
