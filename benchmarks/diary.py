"""An invented diary of diplomacy: who met whom, when, where, in what series of meetings.

See `benchmarks.world` for who they are.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.diplomats import Person
from benchmarks.world import DEFENCE, FOREIGN, LEADER, OFFICES, Country, Office, Weighted, World

_GATHERINGS = (
    ("G20 summit", "the G20", "Group of 20 summit"),
    ("G7 foreign ministers' meeting", "the G7", "Group of Seven meeting"),
    ("UN General Assembly", "the United Nations General Assembly", "UNGA"),
    ("ASEAN Foreign Ministers' Meeting", "the ASEAN meetings", "ASEAN ministerial meeting"),
    ("East Asia Summit", "the East Asia Summit", "EAS"),
    ("APEC summit", "the APEC forum", "Asia-Pacific Economic Cooperation summit"),
    ("Munich Security Conference", "the Munich conference", "MSC"),
    ("Shangri-La Dialogue", "the Shangri-La security dialogue", "the Shangri-La Dialogue"),
    ("NATO summit", "the NATO summit", "NATO leaders' meeting"),
    ("BRICS summit", "the BRICS meeting", "BRICS leaders' summit"),
    ("African Union summit", "the African Union summit", "AU summit"),
    ("Arab League summit", "the Arab League summit", "League of Arab States summit"),
    ("SCO summit", "the SCO meeting", "Shanghai Cooperation Organization summit"),
    ("World Economic Forum", "Davos", "the World Economic Forum"),
    ("Pacific Islands Forum", "the Pacific Islands Forum", "PIF"),
    ("Summit of the Americas", "the Summit of the Americas", "Americas summit"),
)
_KINDS = ("Forum", "Security Dialogue", "Economic Conference", "Summit")


class Meeting(NamedTuple):
    """A true meeting; `day` is a proleptic Gregorian ordinal, `gathering` the names of the event it stood beside."""

    number: int
    day: int
    city: str
    country: str
    gathering: tuple[str, ...]
    office: Office
    format: str
    parties: tuple[str, ...]
    principals: tuple[Person, ...]
    """One for each party."""


Series = dict[int, list[tuple[tuple[str, ...], list[Country], Office]]]
"""By the day of the year: a gathering's names (none for a plain yearly meeting), who takes part, at what level."""


class Diary:
    """The meetings of a world, so many a day; a fifth beside gatherings, a twentieth in yearly series of few."""

    def __init__(self, world: World, seed: int, a_day: float) -> None:
        self._world = world
        self._chance = random.Random(f"{seed} diary")  # noqa: S311 # no secret is made here
        self._number = 0
        self._offices = Weighted(OFFICES, [office.share for office in OFFICES])
        self._shapes = Weighted(
            (self._plain, self._visit, self._followed, self._several, self._call), (0.52, 0.14, 0.14, 0.10, 0.10)
        )
        self._bundles = 0.75 * a_day / 1.35
        self._series: Series = defaultdict(list)
        for number in range(max(1, round(a_day * 365 * 0.2 / 42))):
            self._schedule(_names(number, world, self._chance), 12 + int(self._chance.random() * 14))
        for _ in range(max(1, round(a_day * 365 * 0.05))):
            self._schedule((), 2 + (self._chance.random() < 0.2))

    def bundles(self, start: int) -> Iterator[list[Meeting]]:
        """Meetings without end from a day on, in bundles that one article may tell of together.

        A bundle's first day never goes back; the rest follow within ten days.
        """
        day = start
        while True:
            for names, parties, office in self._series[day % 365]:
                host = parties[day // 365 % len(parties)]
                if names:
                    yield self._gathered(day, names, parties, office, host)
                else:
                    yield [self._meeting(day, office, parties, host, host.cities[0])]
            for _ in range(max(round(self._chance.gauss(self._bundles, self._bundles**0.5)), 0)):
                yield self._shapes.draw(self._chance)(day)
            day += 1

    def _schedule(self, names: tuple[str, ...], number: int) -> None:
        first = self._world.any(self._chance)
        parties = [first, *self._world.partners(self._chance, first, number - 1)]
        office = (LEADER if self._chance.random() < 0.4 else FOREIGN) if names else self._office()
        self._series[int(self._chance.random() * 365)].append((names, parties, office))

    def _plain(self, day: int) -> list[Meeting]:
        """Two sides, once."""
        pair = self._pair()
        return [self._meeting(day, self._office(), pair, *self._place(pair))]

    def _visit(self, day: int) -> list[Meeting]:
        """Leaders, and ministers of the same two sides, in one place on one day or the next."""
        pair = self._pair()
        place = self._place(pair)
        others = [FOREIGN] if self._chance.random() < 0.7 else [FOREIGN, DEFENCE]
        days = [day + (self._chance.random() < 0.2) for _ in others]
        return [self._meeting(day, LEADER, pair, *place)] + [
            self._meeting(when, office, pair, *place) for when, office in zip(days, others, strict=True)
        ]

    def _followed(self, day: int) -> list[Meeting]:
        """Two sides that meet again the next day or the next week, in the same city or elsewhere."""
        pair, office = self._pair(), self._office()
        place = self._place(pair)
        later = day + (1 if self._chance.random() < 0.4 else 5 + int(self._chance.random() * 5))
        again = place if self._chance.random() < 0.5 else self._place(pair[::-1])
        return [self._meeting(day, office, pair, *place), self._meeting(later, office, pair, *again)]

    def _several(self, day: int) -> list[Meeting]:
        """Three sides, or up to nine."""
        number = 2 if self._chance.random() < 0.6 else 3 + int(self._chance.random() * 6)
        first = self._world.any(self._chance)
        parties = [first, *self._world.partners(self._chance, first, number)]
        return [self._meeting(day, self._office(), parties, *self._place(parties))]

    def _call(self, day: int) -> list[Meeting]:
        """A call by telephone or video."""
        form = "phone" if self._chance.random() < 0.75 else "video"
        return [self._meeting(day, self._office(), self._pair(), form=form)]

    def _gathered(
        self, day: int, names: tuple[str, ...], parties: list[Country], office: Office, host: Country
    ) -> list[Meeting]:
        """A gathering, and on its two days the meetings on its margins: a busy minister has ten of them."""
        busy = Weighted(parties, [party.weight for party in parties])
        found = [self._meeting(day, office, parties, host, host.cities[0], names)]
        met: set[frozenset[str]] = set()
        for _ in range(len(parties) * 2 + int(self._chance.random() * len(parties))):
            sides = {party.code: party for party in (busy.draw(self._chance), self._any_of(parties))}
            if self._chance.random() < 0.07:
                sides |= {(third := self._any_of(parties)).code: third}
            if len(sides) > 1 and frozenset(sides) not in met:
                met.add(frozenset(sides))
                when = day + (self._chance.random() < 0.5)
                found.append(self._meeting(when, office, list(sides.values()), host, host.cities[0], names))
        return found

    def _meeting(
        self,
        day: int,
        office: Office,
        parties: Sequence[Country],
        country: Country | None = None,
        city: str = "",
        gathering: tuple[str, ...] = (),
        form: str = "in_person",
    ) -> Meeting:
        self._number += 1
        codes = tuple(party.code for party in parties)
        people = tuple(self._world.holder(code, office, day) for code in codes)
        return Meeting(self._number, day, city, country.code if country else "", gathering, office, form, codes, people)

    def _pair(self) -> list[Country]:
        first = self._world.any(self._chance)
        return [first, *self._world.partners(self._chance, first, 1)]

    def _office(self) -> Office:
        return self._offices.draw(self._chance)

    def _place(self, parties: Sequence[Country]) -> tuple[Country, str]:
        """A party's capital mostly; another of its cities, or somewhere else."""
        host = parties[0] if self._chance.random() < 0.92 else self._world.any(self._chance)
        capital = len(host.cities) == 1 or self._chance.random() < 0.87
        return host, host.cities[0 if capital else 1 + int(self._chance.random() * (len(host.cities) - 1))]

    def _any_of(self, parties: Sequence[Country]) -> Country:
        return parties[int(self._chance.random() * len(parties))]


def _names(number: int, world: World, chance: random.Random) -> tuple[str, ...]:
    """What a gathering is called: a known one, or one named after a city."""
    if number < len(_GATHERINGS):
        return _GATHERINGS[number]
    host = world.any(chance)
    city, kind = host.cities[int(chance.random() * len(host.cities))], _KINDS[int(chance.random() * len(_KINDS))]
    return f"{city} {kind}", f"the {city} {kind}", f"annual {kind} in {city}"
