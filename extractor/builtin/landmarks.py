"""Landmarks of a sentence: gatherings, institutions that speak, dates, cities, capitals that stand for a government."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.builtin import lexicon
from extractor.builtin.offices import OFFICE
from extractor.builtin.personal import LOWER, UPPER
from extractor.values import dates, places, sites


class Mark(NamedTuple):
    """A stretch of a text with a meaning, as in `tagging.Tag`."""

    kind: str
    start: int
    end: int
    value: str


def countries(text: str) -> list[places.Place]:
    """Countries, organisations and regions; "the Republic of Korea (ROK)" is one."""
    found: list[places.Place] = []
    for place in places.find(text):
        if not place.code and sites.area(text[place.start : place.end]):
            continue
        before = found[-1] if found else None
        between = text[before.end : place.start] if before else ""
        if (
            before
            and place.code
            and place.code == before.code
            and between == " ("
            and text[place.end : place.end + 1] == ")"
        ):
            found[-1] = before._replace(end=place.end + 1)
        else:
            found.append(place)
    spans = [(place.start, place.end) for place in found]
    for match in _ALSO_A_NAME.finditer(text):
        office = OFFICE.match(text, match.end() + 1) or _OFFICE_OF.search(
            text[max(0, match.start() - 60) : match.start()]
        )
        code = "EU" if match.group() == "European" else places.country(match.group())
        if office and code and not any(start < match.end() and match.start() < end for start, end in spans):
            found.append(places.Place(match.start(), match.end(), code, "country"))
    return sorted(found)


# Names of countries that people bear too: beside an office they are countries; and "European" before "Commissioner".
_ALSO_A_NAME = re.compile(
    r"\b(?:Chad|Georgia|German|India|Ireland|Israel|Jordan|Kenya|European(?= (?:\w+ ){0,3}[Cc]ommissioner\b))\b"
)
_OFFICE_OF = re.compile(
    r"(?i:minister|president|king|premier|secretary|ambassador|affairs) of (?:the )?(?:(?:State|"
    r"Republic|Kingdom|Hashemite Kingdom) of )?$"
)


# "on the sidelines of X" names a gathering whatever X is called; elsewhere its name must show it.
_STOP = (
    r"(?!\b(?:held|in|on|at|which|that|where|who|with|from|hosted|being|this|next|last|said|as|after|"
    r"before|to|for|was|is|"
    r"and (?:said|agreed|held|discussed)|met|will|here|today)\b)"
)
_EVENT = rf"(?:{_STOP}(?:\([^)]{{0,40}}\)|\b[A-Z]\.(?:[A-Z]\.)+|[^\s,.;:—–“”\"()\[\]]+)[ ]?){{1,14}}"
_SIDELINES = re.compile(
    r"\b(?:[Oo]n|[Aa]t|[Ii]n|[Aa]long) the (?:sidelines?|fringes?|margins?|edges?) of (?:the |a |an |"
    rf"this year[’']s )?(?P<event>{_EVENT})"
)
_ATTENDING = re.compile(
    r"\b(?:(?:en route to|on (?:his|her|their|our) way to|arriv\w+ in|travel\w* to|head\w* to|flew to) "
    r"[^.;“”]{1,40} for|in [A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?:, [A-Z][a-z]+,)? for|attend(?:ing|ed|s)?|[Dd]ay \w+ "
    r"of|tak(?:e|ing) part in|participat(?:e|ing) in|during|alongside|"
    r"coincid\w+ with|ahead of|following|(?:^A|a)t|as part of|within the framework of|in the framework of|"
    rf"^During|^Alongside|[Ii]n conjunction with|(?:^O|o)n the occasion of) (?:the |a |an |this year[’']s "
    rf")(?P<event>{_EVENT})"
)
_KIND_OF_GATHERING = re.compile(
    r"summit|meeting|conference|session|assembly|forum|dialogue|gathering|G-?\d+|congress|ministerial", re.IGNORECASE
)
_LONG_NAME = re.compile(r"(?:[A-Z][\w’-]+ (?:of |on |and |for )?){3,6}(?:summit|conference|forum|congress|assembly)\b")
_OWN_TALKS = re.compile(r"\b(?:bilateral|trilateral|their|his|her)\b", re.IGNORECASE)


def gatherings(text: str) -> Iterator[Mark]:
    """Larger events beside which people meet."""
    for match in _SIDELINES.finditer(text):
        yield _event(match)
    for match in _ATTENDING.finditer(text):
        # Ministers' own talks "during the meeting" are no gathering: its name must be one.
        words = match["event"]
        named = lexicon.GATHERING.search(words) or (_LONG_NAME.match(words) and not places.find(words))
        if named and _KIND_OF_GATHERING.search(words) and not _OWN_TALKS.search(words):
            yield _event(match)


def _event(match: re.Match[str]) -> Mark:
    name = re.sub(r"[’']s?$", "", match["event"].rstrip())
    name = re.sub(r" (?:and|or|of|the)$", "", name)
    start = match.start("event")
    # "annual session of the UN General Assembly": the gathering's own name is what it is of.
    if inner := re.search(r"^(?:\w+ )?(?:session|sessions|meeting|gathering)s? of (?:the )?(?=.*Assembly)", name):
        start, name = start + inner.end(), name[inner.end() :]
    if inner := re.search(r"(?<=Assembly) sessions?$", name):
        name = name[: inner.start()]
    return Mark("E", start, start + len(name), name)


_INSTITUTION = re.compile(
    r"\b(?:(?:[A-Z][\w.]{0,20}[’']?s? )?(?:State Department|Department of (?:State|Defen[cs]e)|"
    r"Pentagon|White House|Kremlin|Blue House|"
    r"Elys[ée]e|Downing Street|(?:Foreign|Defen[cs]e|Finance|Trade|Unification|Interior|Commerce|"
    r"External Affairs) Ministry|"
    r"[Ff]oreign [Mm]inistry|Ministry of [A-Z]\w+(?: [A-Z]\w+){0,3}|"
    r"[Pp]residential [Oo]ffice|[Pp]residency|Prime Minister[’']s Office|State House|Royal Court)|"
    r"(?:South |North )?[A-Z]\w{2,20} government)\b"
)


def institutions(text: str) -> Iterator[Mark]:
    """Institutions that speak."""
    for match in _INSTITUTION.finditer(text):
        name = re.sub(r"^(?:The|In|At|By|A|On|From) ", "", match.group())
        start = match.end() - len(name)
        if before := re.search(r"\b(?:U\.S\.|U\.K\.|South|North) ?$", text[max(0, start - 8) : start]):
            start -= len(before.group())
        # "at State House" is where, not who.
        if name == "State House" and re.search(r"\b(?:at|in|to) (?:the )?$", text[max(0, start - 8) : start]):
            continue
        yield Mark("O", start, match.end(), text[start : match.end()])


_MONTH = rf"(?-i:(?=[A-Z])){dates.MONTH}"
_COUNTS = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
# "5 and 6 March", but "on March 5 and 20 delegates": what is counted is no day.
_DAYS = (
    r"\d{1,2}(?:st|nd|rd|th)?(?:(?:[-–]| to | through | and (?=\d{1,2}(?:st|nd|rd|th)?\b(?! \w+s\b)))"
    r"(?:the )?\d{1,2}(?:st|nd|rd|th)?(?!\d))?"
)
_DATE = re.compile(
    r"(?:\b(?:on|in|early|late|since|of) )?(?:"
    + "|".join(
        (
            rf"{dates.WEEKDAY},? {_MONTH} \d{{1,2}},? (?:and|to|through) {dates.WEEKDAY},? (?:{_MONTH} "
            rf")?\d{{1,2}}(?:,? \d{{4}})?\b",
            rf"(?:{dates.WEEKDAY},? )?(?:(?:the )?{_DAYS} (?:of )?{_MONTH}(?:,? \d{{4}})?"
            rf"\b|{_MONTH} {_DAYS}\b(?:,? \d{{4}}\b)?)(?: \({dates.WEEKDAY}\))?",
            rf"\b{dates.WEEKDAY},? (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b",
            rf"\b(?:last |next |this )?{dates.WEEKDAY}(?:(?: and | to | through |[-–]){dates.WEEKDAY})?\b",
            r"\bthe \d{1,2}(?:st|nd|rd|th)(?= \(local| of th| local|,| in| to|$|\.)(?: \(local time\))?",
            rf"{_MONTH}(?: of)? (?:(?:last|this|next|the previous) year|\d{{4}}|[’']\d\d)\b",
            rf"\b(?:last|this|next) year,? in {_MONTH}",
            r"\b(?:earlier |later )(?:this|last) (?:week|month|year)\b|\b(?:last|next) (?:week|month|year)\b",
            r"\b(?:earlier |later )?(?:today|yesterday|tomorrow|tonight|last night)\b",
            r"\bthis (?:morning|afternoon|evening|weekend|week|month)\b|\b(?:last|next|over the|at the) weekend\b",
            rf"(?<=\bin ){_MONTH}\b|(?<=\bearly ){_MONTH}\b|(?<=\blate ){_MONTH}\b|(?:last|this|next) {_MONTH}\b",
            rf"(?:(?<=\bset for )|(?<=\bscheduled for )|(?<=\bplanned for )|(?<=\bpencilled in for )){_MONTH}\b",
            rf"{_MONTH}(?= (?:[\w-]+ ){{0,2}}(?:mini-)?(?:summit|meeting|talks|session|round)\b)",
            rf"\b(?:{_COUNTS}) (?:days?|weeks?|months?|years?) ago\b",
            r"\bthe (?:spring|summer|autumn|fall|winter) of (?:19|20)\d\d\b",
            r"\b(?:in|since) (?:19|20)\d\d\b|\b\d{4}-\d\d-\d\d\b",
        )
    )
    + ")",
    re.IGNORECASE,
)


def dates_of(text: str) -> Iterator[Mark]:
    """Dates as printed."""
    for match in _DATE.finditer(text):
        yield Mark("D", match.start(), match.end(), match.group())


_TOWN = rf"[{UPPER}][\w’'.-]+(?: (?:de |do |da |del |la |el |[ae]l-|es )?[{UPPER}][\w’'.-]+){{0,3}}"
_IN = re.compile(
    r"\b(?:in|at|to|near|outside|into|(?:depart\w*|leav\w+|left|head\w*|bound|set off) for|visit(?:ed|ing|s)?"
    r"|from|hosted by|"
    rf"In) (?:the (?:\w+ ){{0,2}}(?:capital|city|resort|port)(?: city| of|"
    rf" city of)?,? )?(?P<city>{_TOWN})"
)
_AT_HOUSE = re.compile(
    rf"\bat (?:the )?[A-Z][\w’-]{{1,30}}(?: (?:of (?:the )?)?[A-Z][\w’-]{{1,30}}){{0,4}}(?:,|"
    rf" in) (?P<city>{_TOWN})"
)
_WHERE = re.compile(rf"\b(?P<city>{_TOWN})(?=,? where\b)")
# "the port town of X" makes X a town, whether a gazetteer has it or not.
_TOWN_OF = re.compile(
    rf"\b(?:city|town|village|resort|port|suburb|outpost) of (?P<city>[{UPPER}][\w’-]+(?: [{UPPER}][{LOWER}’-]+)?)"
    rf"(?! [{UPPER}])"
)
_WELL_KNOWN = 200_000
"""People of a city that is meant though further capitals follow its name: "in Oslo Tuesday", not "in Camp Verde"."""
_LISTED = re.compile(rf"\b(?P<city>[{UPPER}][{LOWER}]+(?: (?:de |do )?[{UPPER}][{LOWER}]+){{0,2}}), (?=[{UPPER}])")


def cities(text: str) -> Iterator[Mark]:
    """Cities, where a preposition or the country after them shows that they are meant; areas and named towns too."""
    for match in _TOWN_OF.finditer(text):
        if not places.country(match["city"]):
            yield Mark("L", match.start("city"), match.end("city"), match["city"])
    for match in [m for rule in (_IN, _AT_HOUSE, _WHERE, _LISTED) for m in rule.finditer(text)]:
        words = match["city"].split()
        for length in range(len(words), 0, -1):
            name = re.sub(r"[’']s$", "", " ".join(words[:length])).rstrip(".,’'")
            if sites.area(name) and match.re is _IN:
                yield Mark("L", match.start("city"), match.start("city") + len(name), name)
                break
            city = _city(name)
            if not city or (length < len(words) and city.population < _WELL_KNOWN):
                continue
            rest = text[match.start("city") + len(name) :][:60]
            listed = (
                match.re is _LISTED
                and places.country(rest[2:].split(",")[0].split(".")[0].split(" on ")[0].strip()) != city.country
            )
            if not listed:
                yield Mark("L", match.start("city"), match.start("city") + len(name), name)
            break


@cache
def _city(name: str) -> places.City | None:
    """A city by this name, unless the name is a country's, or a small town's that is also a word."""
    found = places.city(name)
    if not found or places.country(name) or (found.population < 50_000 and len(name.split()) == 1 and len(name) < 5):
        return None
    return found


_HALVES = {
    "Franco": "FRA", "Sino": "CHN", "Anglo": "GBR", "Indo": "IND", "Russo": "RUS", "Italo": "ITA", "Greco": "GRC",
    "Turco": "TUR", "Hispano": "ESP", "Luso": "PRT", "Austro": "AUT",
}  # fmt: skip
_HALF = re.compile(rf"\b(?:{'|'.join(_HALVES)})(?=[-–][A-Z])")
_CAPITAL = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-zà-ÿ’-]+(?: [A-Z][a-zà-ÿ]+)?)(?= (?:and|held|agreed|will|have|has|"
    r"had|would|met|resumed|signed|are|were)\b|[-–—][A-Z]|,? [a-z]+ talks|[.,;]|$| on | in | over )"
)
_GOVERNMENT_BEFORE = re.compile(r"(?:\bbetween|\bwith|[-–—])\s?$")
_OPENING = re.compile(r" (?:and|held|agreed|will|have|has|had|would|met|resumed|signed|are|were)\b|[-–—][A-Z]")
_SCENE = re.compile(r",? where\b")
_GOVERNMENT_PAIR = re.compile(r"(?:\bbetween [A-Z][\w’ -]{2,25}|^[A-Z][\w’ -]{2,25}) and $")


def capitals(text: str) -> Iterator[Mark]:
    """Capitals that stand for their government ("between Moscow and Kyiv"), and first halves such as "Franco-"."""
    for match in _HALF.finditer(text):
        yield Mark("C", match.start(), match.end(), _HALVES[match.group()])
    for match in _CAPITAL.finditer(text):
        code = places.capital_of(match["name"])
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            code
            and (
                _GOVERNMENT_BEFORE.search(before)
                or _GOVERNMENT_PAIR.search(before)
                or (match.start() == 0 and _OPENING.match(text, match.end()))
            )
            and not _SCENE.match(text, match.end())
        ):
            yield Mark("C", match.start(), match.end(), "EU" if match["name"] == "Brussels" else code)
