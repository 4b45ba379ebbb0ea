"""Sites: where states receive and confer, and which gazetteers of cities do not have.

Seats of government by the name that news writing gives them, houses and
resorts of summits, islands that are no city. A site tells the country, never
the city. Names that several countries share ("State House", "the Istana") are
left out: they tell nothing.
"""

import re

_SITES: dict[str, str] = {
    "ARE": "Qasr Al Watan|Al Shati Palace|Emirates Palace",
    "ARG": "Casa Rosada|Quinta de Olivos|Palacio San Martín",
    "AUT": "Hofburg|Ballhausplatz|Palais Coburg",
    "AZE": "Zagulba",
    "BRA": "Itamaraty|Planalto Palace|Palácio da Alvorada|Alvorada Palace",
    "CAN": "Rideau Hall|Charlevoix",
    "CHE": "Palais des Nations|Bürgenstock|Buergenstock",
    "CHL": "La Moneda",
    "CHN": "Diaoyutai|Zhongnanhai|Great Hall of the People",
    "COL": "Casa de Nariño|Nariño Palace",
    "DEU": "Schloss Elmau|Elmau|Meseberg|Bellevue Palace|Schloss Bellevue|Heiligendamm",
    "EGY": "Ittihadiya|Al-Ittihadiya",
    "ESP": "Moncloa|Zarzuela",
    "FRA": "Élysée|Elysée|Elysee|Quai d'Orsay|Matignon|Brégançon|Corsica|Normandy",
    "GBR": "Downing Street|Chequers|Chevening|Lancaster House|Windsor Castle|Buckingham Palace|Carbis Bay|Gleneagles"
    "|Northern Ireland",
    "GHA": "Jubilee House|Flagstaff House",
    "GRC": "Maximos Mansion|Crete|Rhodes|Samos",
    "IDN": "Merdeka Palace|Istana Merdeka|Bogor Palace|Bali|Nusa Dua",
    "IND": "Hyderabad House|Rashtrapati Bhavan|Raj Bhavan|South Block",
    "ITA": "Palazzo Chigi|Chigi Palace|Farnesina|Quirinal|Villa Madama|Borgo Egnazia|Sicily|Sardinia",
    "JOR": "Al Husseiniya Palace|Al-Husseiniya Palace|Raghadan Palace|Basman Palace",
    "JPN": "Akasaka Palace|Kantei|Iikura|Okinawa",
    "KAZ": "Akorda|Ak Orda",
    "KOR": "Blue House|Cheong Wa Dae|Cheongwadae",
    "LBN": "Baabda",
    "MEX": "Los Pinos",
    "NGA": "Aso Rock|Aso Villa",
    "NLD": "Binnenhof|Catshuis",
    "PHL": "Malacañang|Malacanang",
    "POL": "Belweder",
    "PRT": "Palácio das Necessidades|Necessidades Palace",
    "RUS": "Kremlin|Novo-Ogaryovo|Novo-Ogarevo|Bocharov Ruchei",
    "SAU": "Al-Yamamah Palace|Al Yamamah Palace|Al-Salam Palace|Al Salam Palace",
    "TUR": "Dolmabahçe|Dolmabahce|Çankaya Palace|Beştepe",
    "USA": "Camp David|White House|Oval Office|Blair House|State Department|Pentagon|Sunnylands|Mar-a-Lago|Foggy Bottom"
    "|Hawaii",
    "VEN": "Miraflores Palace",
    "ZAF": "Union Buildings|Tuynhuys|Genadendal",
}
_AREAS = (
    "Bali", "Buergenstock", "Bürgenstock", "Camp David", "Carbis Bay", "Charlevoix", "Corsica", "Crete", "Elmau",
    "Gleneagles", "Hawaii", "Heiligendamm", "Mar-a-Lago", "Normandy", "Northern Ireland", "Nusa Dua", "Okinawa",
    "Rhodes", "Samos", "Sardinia", "Sicily", "Sunnylands",
)  # fmt: skip
"""Islands, regions and resorts: one meets in them, and they are no house."""
_COUNTRIES = {name: code for code, names in _SITES.items() for name in names.split("|")}
_SITE = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_COUNTRIES, key=len, reverse=True)))})(?![\w-])")


def area(name: str) -> bool:
    """Whether this is an island, a region or a resort that stands in the text as a city would: "in Bali"."""
    return name in _AREAS


def country_of(words: str) -> str | None:
    """The alpha-3 of the country where a site stands, by its name among the words; None where none or two are named."""
    found = {_COUNTRIES[match.group()] for match in _SITE.finditer(words.replace("’", "'"))}
    return found.pop() if len(found) == 1 else None
