"""Countries, organisations, cities: words to codes.

Countries are ISO 3166-1 alpha-3 (pycountry), demonyms from countryinfo. The
small tables here hold what those miss: the short forms of news writing. All
are loaded at first use.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.values import cities, sites
from extractor.values.cities import City, capital_of, fold

__all__ = [
    "ORGANISATIONS", "City", "Place", "capital_of", "city", "country", "find", "name_of", "names", "shared",
]  # fmt: skip

# Kosovo has no ISO code; XKX is the user-assigned one that the EU and the World Bank use.
# "Congo" alone is the Democratic Republic, "Korea" alone the Republic, as in AP style and the Korean press.
_ALIASES: dict[str, str] = {
    form: code
    for code, forms in {
        "AFG": "Afghan", "ARE": "UAE|U.A.E.|Emirates|Emirati", "ARG": "Argentine|Argentinian", "ATG": "Antigua",
        "AUS": "Aussie", "BFA": "Burkina|Burkinabè", "BIH": "Bosnia|Bosnia-Herzegovina|Bosnian|Herzegovinian",
        "BOL": "Bolivia", "BRN": "Brunei", "CHE": "Swiss", "CHN": "PRC|P.R.C.", "CIV": "Ivory Coast|Ivorian",
        "COD": "DRC|D.R.C.|DR Congo|D.R. Congo|Congo|Congo-Kinshasa|Democratic Republic of Congo|Congolese",
        "COG": "Republic of Congo|Congo Republic|Congo-Brazzaville", "CPV": "Cape Verde|Cape Verdean",
        "CZE": "Czech|Czech Republic", "DNK": "Dane|Danish", "DOM": "Dominican", "ECU": "Ecuadorian",
        "ESP": "Spaniard|Spanish", "ETH": "Ethiopian", "FIN": "Finn|Finnish", "FSM": "Micronesia",
        "GBR": "UK|U.K.|Britain|Great Britain|British|Briton|England|Scotland|Wales", "GMB": "The Gambia",
        "GRC": "Greek", "HRV": "Croat", "IRL": "Irish", "IRN": "Iran|Iranian", "ISL": "Icelander|Icelandic",
        "KAZ": "Kazakh", "KGZ": "Kyrgyz",
        "KOR": "South Korea|S. Korea|S Korea|South Korean|S. Korean|Republic of Korea|ROK|R.O.K.|Korea|Korean",
        "LAO": "Laos|Lao", "LBY": "Libyan", "LCA": "St. Lucia|St Lucia", "MDA": "Moldova", "MDV": "Maldivian",
        "MKD": "Macedonia", "MMR": "Burma|Burmese|Myanmarese", "NLD": "Holland|Dutch|The Netherlands",
        "NPL": "Nepali", "NZL": "Kiwi", "PAK": "Pakistani", "PHL": "Filipino|Filipina|Philippine", "PNG": "Papuan",
        "POL": "Pole|Polish", "PRK": "North Korea|N. Korea|N Korea|North Korean|N. Korean|DPRK|D.P.R.K.",
        "PSE": "Palestine|Palestinian", "RUS": "Russia|Russian", "SAU": "Saudi|Saudi Arabian|KSA", "SRB": "Serb",
        "STP": "São Tomé|Sao Tome", "SVK": "Slovakian", "SVN": "Slovenian", "SWE": "Swede|Swedish",
        "SWZ": "Swaziland|Swazi", "SYR": "Syria|Syrian", "TJK": "Tajik", "TLS": "East Timor|Timorese",
        "TTO": "Trinidad", "TUR": "Turkey|Turkiye|Turk|Turkish",
        "TWN": "Taiwan|Taiwanese|Chinese Taipei|Republic of China",
        "TZA": "Tanzania", "USA": "U.S.|US|U.S.A.|America|American|United States", "UZB": "Uzbek",
        "VAT": "Vatican|Vatican City|Holy See", "VCT": "St. Vincent", "KNA": "St. Kitts and Nevis|St. Kitts",
        "VEN": "Venezuela", "VNM": "Vietnam", "XKX": "Kosovo|Kosovar|Kosovan", "YEM": "Yemenite",
    }.items()
    for form in forms.split("|")
}  # fmt: skip
ORGANISATIONS: dict[str, str] = {
    form: code
    for code, forms in {
        "UN": "United Nations|U.N.|UN", "EU": "European Union|EU|E.U.|European Commission|European Council",
        "NATO": "NATO|North Atlantic Treaty Organization", "AU": "African Union|AU", "OPEC": "OPEC",
        "ASEAN": "ASEAN|Association of Southeast Asian Nations", "LAS": "Arab League|League of Arab States",
        "GCC": "GCC|Gulf Cooperation Council", "IAEA": "IAEA|International Atomic Energy Agency",
        "ECOWAS": "ECOWAS|Economic Community of West African States", "IGAD": "IGAD", "BRICS": "BRICS",
        "EAC": "East African Community", "SADC": "SADC|Southern African Development Community",
        "OSCE": "OSCE|Organization for Security and Co-operation in Europe"
        "|Organization for Security and Cooperation in Europe",
        "OIC": "OIC|Organization of Islamic Cooperation|Organisation of Islamic Cooperation",
        "SCO": "SCO|Shanghai Cooperation Organization|Shanghai Cooperation Organisation",
        "CSTO": "CSTO|Collective Security Treaty Organization", "OAS": "OAS|Organization of American States",
        "CELAC": "CELAC", "PIF": "Pacific Islands Forum", "SAARC": "SAARC", "CARICOM": "CARICOM|Caricom",
        "MERCOSUR": "Mercosur|MERCOSUR", "WB": "World Bank", "IMF": "IMF|International Monetary Fund",
        "WTO": "WTO|World Trade Organization", "WHO": "World Health Organization", "UNRWA": "UNRWA",
        "HAMAS": "Hamas", "HEZBOLLAH": "Hezbollah|Hizbullah", "TALIBAN": "Taliban",
    }.items()
    for form in forms.split("|")
}  # fmt: skip
# Names that hold a country's name, or stand like one, and are no country.
_REGIONS = frozenset(
    """South China Sea|East China Sea|East and South China seas|East and South China Seas|South and East China seas
    Indo-Pacific|Asia-Pacific|Latin America|South America|North America|Central America|Latin American|South American
    North American|Central American|Inter-American|Pan-American|African American|African-American|Native American
    Americas|Koreas|Korean War|Vietnam War|Gulf War|New Mexico|New Jersey|New England|New Guinea|South Georgia
    British Columbia|Northern Ireland|Northern Irish|Northern Cyprus|Turkish Cypriot|Greek Cypriot
    West African|East African|North African|Southern African|Central African states|Central African nations
    Central African countries|Central African leaders|Central African region|Black Sea|Red Sea|Persian Gulf
    Gaza Strip|Gaza|West Bank|Crimea|Kashmir|Golan Heights|Strait of Hormuz|Pacific islands|Middle East
    Horn of Africa|Sahel|Arctic|Balkans|Western Sahara|Donbas|Nagorno-Karabakh|Xinjiang|Tibet|Hong Kong
    Bali|Okinawa|Sicily|Corsica|Hawaii|Normandy""".replace("\n    ", "|").split("|")
)
# "Sea of Japan", "Korean Peninsula" are no countries either; "Mexico City" is a city.
_WATERS = "Sea|Gulf|Straits?|Bay|Bight"
_LANDS = "[Pp]eninsula|Ocean|Sea|Straits?|River|Valley|Delta|Basin|Canal|Gulf"
# Names that two countries bear; news writing means the one in `_ALIASES`.
_SHARED = frozenset({"Korea", "Korean", "Koreans", "Congo", "Congolese", "Dominican"})
# Names in the gazetteers that are other words in English news.
_NOT_COUNTRIES = frozenset({"Reunion", "None", "Cook", "Island"})
# Countries after which people are called, too: beside another name these are people.
_ALSO_PEOPLE = frozenset({"Chad", "Georgia", "Jordan"})
_NO_NAME_AFTER = re.compile(
    r"(?:Acting|Ambassador|Army|Cabinet|Central|Chancellor|Crown|Defen[cs]e|Deputy|Embassy|Finance|First|Foreign|Government"
    r"|Interior|King|Minister|Ministry|National|Parliament|Permanent|President|Prime|Prince|Queen|Secretary|Speaker"
    r"|Special|State|Trade|Vice)\b"
)
_NO_NAME_BEFORE = re.compile(
    r"(?:^|[^\w’'-])(?:A|After|Against|Also|Among|And|As|At|Before|Between|Both|But|By|Can|Did|Does|Eastern|Even|For"
    r"|From|How|If|In|Inside|Into|Is|Like|Meanwhile|Near|Neither|Northern|Of|On|Only|Or|Outside|Over|Since|Southern"
    r"|That|The|Then|This|Though|To|Under|Until|Was|Western|What|When|Where|While|Why|Will|With) $"
)


class Place(NamedTuple):
    """A country, organisation or region found in a text.

    `code` is the alpha-3 or the acronym; None for a region. `kind` is
    `country`, `organisation` or `region`.
    """

    start: int
    end: int
    code: str | None
    kind: str


def country(words: str) -> str | None:
    """The code of a country or organisation by its name, adjective, plural, alias or code, or None.

    Codes and acronyms count in capitals only: "AND" is Andorra, "and" is not.
    """
    plain = words.replace("’", "'").strip(" ,;:").removesuffix("'s").removesuffix("'")
    bare = re.sub(r"^[Tt]he ", "", plain.strip("."))
    codes = _codes()
    for form in (plain, bare, bare + ".", bare.removesuffix("s")):
        if form in codes:
            return codes[form]
    if bare.isupper() and (bare in _names() or bare in ORGANISATIONS.values()):
        return bare
    return _folded_codes().get(fold(bare)) if len(bare) > 3 else None


def shared(words: str) -> bool:
    """Whether two countries bear this name, so that it is read rather than stated."""
    return words.strip(" ,.") in _SHARED


def name_of(code: str) -> str:
    """A short English name of an alpha-3 code, for people; an acronym is its own name."""
    return _names().get(code, code)


def find(text: str) -> list[Place]:
    """All countries, organisations and regions that a text names, in order, none overlapping."""
    found = []
    for match in _pattern().finditer(text):
        start, end = match.span()
        words = match["name"]
        if not words:
            if not match["town"]:
                found.append(Place(start, end, None, "region"))
        elif words not in _ALSO_PEOPLE or not _names_another(text, start, end):
            words = words.replace("’", "'")
            found.append(Place(start, end, _codes()[words], "organisation" if words in ORGANISATIONS else "country"))
    return found


def _names_another(text: str, start: int, end: int) -> bool:
    """Whether a country's name is a person's here ("Michael Jordan"), or a state's ("Atlanta, Georgia")."""
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    if re.match(r" [A-Z][a-z]", after) and not _NO_NAME_AFTER.match(after[1:]):
        return True
    if re.search(r"[A-Z][a-z]+\.? $", before) and not _NO_NAME_BEFORE.search(before):
        return True
    town = re.search(r"([A-Z][\w.]+(?: [A-Z][\w.]+)*), $", before) if text.startswith("Georgia", start) else None
    found = city(town[1]) if town else None
    return found is not None and found.country == "USA"


def city(words: str) -> City | None:
    """The city that news writing means by this name, or None: a capital, else the largest of the name.

    "Lima, Peru" is Lima. What follows the comma must not speak of another
    country: "Paris, Texas" is none. Neither is a region, nor a house.
    """
    name, _, rest = words.replace("’", "'").partition(", ")
    if name in _REGIONS or sites.country_of(name):
        return None
    found = cities.city(name)
    where = country(rest) or "USA" if rest else ""
    return found if found and where in ("", found.country) else None


def names() -> frozenset[str]:
    """Every name, adjective and alias of a country or organisation that is known."""
    return frozenset(_codes())


@cache
def _names() -> dict[str, str]:
    import pycountry

    names = {e.alpha_3: re.split(r",| \(", getattr(e, "common_name", e.name))[0] for e in pycountry.countries}
    return names | {
        "BRN": "Brunei", "COD": "DR Congo", "COG": "Republic of Congo", "FSM": "Micronesia", "GBR": "United Kingdom",
        "KOR": "South Korea", "LAO": "Laos", "PRK": "North Korea", "RUS": "Russia", "SYR": "Syria", "TUR": "Turkey",
        "USA": "United States", "VGB": "British Virgin Islands", "VIR": "U.S. Virgin Islands", "XKX": "Kosovo",
    }  # fmt: skip


@cache
def _codes() -> dict[str, str]:
    """Every known name, adjective and alias, as printed, to its code."""
    import pycountry

    codes = {name: code for code, name in _names().items()}
    for entry in pycountry.countries:
        for form in (entry.name, getattr(entry, "common_name", ""), getattr(entry, "official_name", "")):
            codes.setdefault(form, entry.alpha_3)
    for demonym, code in _demonyms():
        codes.setdefault(demonym, code)
    codes |= {_unaccented(form): code for form, code in codes.items()}
    codes = {form: code for form, code in codes.items() if len(form) > 3 and form not in _NOT_COUNTRIES}
    return codes | _ALIASES | ORGANISATIONS


def _demonyms() -> Iterator[tuple[str, str]]:
    """Demonyms, of the more populous country first: "French" is of France, not of its territories."""
    import pycountry
    from countryinfo import CountryInfo

    found = []
    for entry in pycountry.countries:
        try:
            info = CountryInfo(entry.alpha_2)
        except Exception:  # noqa: S112 - the library raises what it likes where it has no such territory
            continue
        forms = str(info.demonym() or "").split(",")
        found.append((-(info.population() or 0), entry.alpha_3, forms))
    for _, code, forms in sorted(found):
        yield from ((form.strip(), code) for form in forms)


def _unaccented(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


@cache
def _folded_codes() -> dict[str, str]:
    return {fold(form): code for form, code in _codes().items() if len(form) > 3}


@cache
def _pattern() -> re.Pattern[str]:
    def any_of(words: frozenset[str]) -> str:
        longest_first = sorted(words, key=lambda form: (-len(form), form))
        return "|".join(re.escape(form).replace("'", "['’]") for form in longest_first)

    known = any_of(names())
    return re.compile(
        rf"(?<![\w.])(?:(?:{_WATERS}) of (?:the )?(?:{known})|{any_of(_REGIONS)}"
        rf"|(?P<name>{known})(?! (?:{_LANDS}|City)\b)s?|(?P<town>(?:{known}) City)|(?:{known}) (?:{_LANDS}))(?!\w)"
    )
