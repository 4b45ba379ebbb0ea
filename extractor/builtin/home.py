"""Home: the country for which an article speaks, and the city where it was filed.

An official page or a paper does not print its own country with the names of
its own people: "The President spoke with Prime Minister Doe of Kenya".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.builtin import lexicon, offices
from extractor.builtin.grammar import pattern
from extractor.builtin.page import Part
from extractor.builtin.people import Person, Register
from extractor.builtin.tagging import Tagged
from extractor.values import dates, places


class Party(NamedTuple):
    """A party, and the words and line that show it; `words` is empty for a home country that is never printed."""

    code: str
    words: str
    line: int


_DATELINE = re.compile(
    rf"^(?P<place>[A-Z][A-Z’'. -]{{2,30}}(?=[ ,(—–:-]|$)|"
    rf"[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=,? (?:(?i:{dates.MONTH}) \d|\d{{1,2}} (?i:{dates.MONTH})|\([A-Z]|—|–|--|- )))"
    r"(?:,? [^—–:\"“-]{0,40})?(?:[—–:(-]| [A-Z][a-z]|$)"
)
_POSITION = pattern(
    r"(?P<who>{C})(?:[’']s?)? (?:(?!to |of |and |in )[\w-]+ ){0,2}(?:commitments?|support|readiness|"
    r"keenness|position|solidarity|condolences|willingness|desire|determination|"
    r"participation in|hopes|efforts|interests|relations with|ties with|partnership with|"
    r"gratitude|appreciation|interest in)\b|\b(?:the|"
    r"our) (?P<other>{C})[-–]{C}\b|\b(?:the )?{C}[-–](?P<second>{C})\b|"
    r"^(?:the )?(?P<speaking>{C}) (?:(?:strongly|firmly|also|fully) )*(?:condemns|welcomes|supports|remains|stands|"
    r"urges|calls (?:on|for)|reaffirms|looks forward|will (?:continue|take|stand|work|remain))\b"
)


_MASTHEAD = pattern(r"(?P<name>(?:The )?(?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+){1,3}), {D}$")
"""A paper's name and the day above an article."""
_REPROACH = re.compile(r"\b(?:concern|condemn|denounc|critici[sz]|accus|deplor|alarm|oppos)\w*\b", re.IGNORECASE)
"""What an article says of another country, and never of its own."""


_SHORTEST = 4
"""Letters: fewer are an abbreviation, "UN" or "HRH"."""


def filed(sentence: Tagged) -> Party | None:
    """The city of the dateline, with the country that it is in."""
    match = _DATELINE.match(sentence.line.text)
    words = match["place"].strip(" .,-") if match else ""
    if len(words) < _SHORTEST:
        return None
    city = places.city(words.title())
    alone = match is not None and match.end() == len(sentence.line.text)  # a country alone is the topic of a page
    code = city.country if city else places.country(words.title()) if words.isupper() and not alone else None
    return Party(code, words, sentence.line.number) if code else None


_SURE = 3
"""Votes from which an article's own country is that of its own people too."""
_SURE_OFFICIAL = 2
_OFFICIAL = re.compile(
    r"(?:joint )?(?:readout|read-out|remarks|statement|press (?:release|statement|gaggle|briefing)|"
    r"fact sheet|transcript|travel|visit|call)\b",
    re.IGNORECASE,
)
"""How the titles of official pages begin; whom they name first is their own."""


def settle(sentences: Sequence[Tagged], register: Register, publisher: str) -> Party | None:
    """The home country of an article; the people who are plainly of it are given it.

    They are the person whom the article names most, the one with whom an official title opens, and the
    first holder of each kind of office where it stands as the subject more often than not.
    """
    _by_office(register)
    _by_headline(sentences)
    home, votes = _home(sentences, publisher)
    official = any(_OFFICIAL.match(s.text) for s in sentences[:1])
    if not home or votes < (_SURE_OFFICIAL if official else _SURE):
        return home
    opens, named = _openings(sentences)
    ours = max((named[p] for p in register.people if p.country == home.code), default=0)
    before = [p for p in register.people if not p.country]
    hosts = _beside(sentences, home.code)
    register.at_home(home.code, home.words, home.line)
    hosts |= _called_on(sentences, home.code) | {
        person for person, theirs in _counterparts(sentences) if theirs == home.code
    }
    for person in before:
        # Whom an article names less than its own people is of the other side.
        if person.country and (named[person] < ours or person in hosts):
            person.country = person.country_words = None
    own_press = bool(_publishers(publisher)) or _national_agency(sentences) == home.code
    titled = next((t.person for s in sentences[:1] if _OFFICIAL.match(s.text) for t in s.tags if t.person), None)
    for person in register.people:
        if not person.office or not person.at_table or person in hosts:
            continue
        kind = offices.kind_of(person.office)
        first = next(p for p in register.people if p.office and offices.kind_of(p.office) == kind)
        subject = first is person and own_press and 2 * opens[person] >= named[person] > 0
        if not person.country and (person is titled or subject) and offices.may_hold(person.office, home.code):
            person.country, person.country_words, person.country_line = home
    for person in register.people:
        if person.country == home.code and not person.country_words:
            person.country_words, person.country_line = shown(person)
    return home


def _beside(sentences: Sequence[Tagged], own: str) -> set[Person]:
    """People first named beside one of a country and one of another, with these printed: they are of a third."""
    found: set[Person] = set()
    for sentence in sentences:
        people = [tag.person for tag in sentence.tags if tag.person]
        lands = {p.country for p in people if p.country_line == sentence.line.number} - {None}
        if own in lands and len(lands) > 1:
            found |= {p for p in people if not p.country and p.line == sentence.line.number}
    return found


_CALLS_ON = pattern(r"\b(?:called on|calls on|call on|received by|hosted by|welcomed by) (?:the )?{P}")


def _called_on(sentences: Sequence[Tagged], own: str) -> set[Person]:
    """Those on whom a country's own people call: they are of another."""
    hosts: set[Person] = set()
    for sentence in sentences:
        first = next((t.person for t in sentence.tags if t.person), None)
        for match in _CALLS_ON.finditer(sentence.text):
            host = sentence.within(*match.span(), "P")[0].person
            if host and host is not first and first and first.country == own:
                hosts.add(host)
    return hosts


_ACROSS = pattern(r"(?P<who>{P})(?:,[^“”;.{P}]{0,80},)?,? (?:and|told) (?:his|her) (?P<other>{P})")


def _counterparts(sentences: Sequence[Tagged]) -> Iterator[tuple[Person, str]]:
    """People, and the country of their counterpart: "Doe and her Kenyan counterpart, Mary Roe"."""
    for sentence in sentences:
        for match in _ACROSS.finditer(sentence.text):
            person, other = (sentence.within(*match.span(group), "P")[0].person for group in ("who", "other"))
            if person and other and other.country:
                yield person, other.country


def _by_headline(sentences: Sequence[Tagged]) -> None:
    """Gives a person one of the two countries of a headline, where the counterpart is of the other."""
    top = next((s for s in sentences[:1] if s.part is Part.HEADLINE), None)
    lands = {tag.value: tag for tag in top.within(0, len(top.text), "C")} if top else {}
    for person, theirs in _counterparts(sentences):
        others = [tag for code, tag in lands.items() if code != theirs]
        if top and len(lands) - 1 == len(others) == 1 and not person.country:
            words = top.line.text[others[0].start : others[0].end]
            person.country, person.country_words, person.country_line = others[0].value, words, top.line.number


def _by_office(register: Register) -> None:
    """Gives people the one country that has their office, unless another holder of it is known: one title is wrong."""
    for person in register.people:
        code = offices.country_of(person.office or "")
        taken = {offices.country_of(p.office or "") for p in register.people if p.country == code}
        if code and person.office and not person.country and code not in taken:
            person.country, person.country_words, person.country_line = code, person.office, person.office_line


def _openings(sentences: Sequence[Tagged]) -> tuple[Counter[Person], Counter[Person]]:
    """How often each person is the first whom a sentence names, and how often one names the person at all."""
    opens: Counter[Person] = Counter()
    named: Counter[Person] = Counter()
    for sentence in sentences:
        people = [tag.person for tag in sentence.tags if tag.person]
        opens.update(people[:1])
        named.update(dict.fromkeys(people, 1))
    return opens, named


_JOURNEY = pattern(
    r"\b(?:visit(?:s|ed|ing)?|travel(?:s|l?ed|l?ing)?|trip|tour|arriv(?:es?|ed|ing|al)|flew|flies|departs?|departed)\b"
    r"[^.;“”\"{C}{L}]{0,30}?(?: (?:to|in|of|for)(?: the)?|"
    r") (?:(?P<city>{L})(?:, (?:the )?(?P<country>{C}))?|(?:the )?(?P<land>{C}))(?![’'-])"
)
_WIRE = re.compile(r"\((?:AP|AFP|Reuters|UPI|dpa|EFE|ANSA|Xinhua|Bloomberg|CNN)\)")
"""Agencies that file from all capitals."""
_SIGNED = re.compile(rf"(?:[(/] ?|, )(?P<agency>{'|'.join(lexicon.AGENCIES)})(?: ?[)/]|$)")
"""How a national agency signs its news: "(Yonhap) --", "/TASS/", and at the end of a dateline ", SPA"."""
_HERE = re.compile(r"\b(?:arriv\w+|visit\w*|is|was) here\b")


def visited(sentences: Sequence[Tagged]) -> Party | None:
    """The one country to which an article tells of a journey, or None where there are several or none."""
    found: dict[str, Party] = {}
    if any(_HERE.search(s.text) for s in sentences):
        return next(filter(None, map(filed, sentences[:6])), None)
    for sentence in sentences:
        for match in _JOURNEY.finditer(sentence.text):
            group = next(g for g in ("country", "land", "city") if match[g])
            tag = sentence.within(match.start(group), match.end(group), "CL")[0]
            city = places.city(tag.value) if tag.kind == "L" else None
            code = city.country if city else tag.value if tag.kind == "C" else None
            if code:
                found.setdefault(code, Party(code, sentence.line.text[tag.start : tag.end], sentence.line.number))
    return next(iter(found.values())) if len(found) == 1 else None


def shown(person: Person) -> tuple[str, int]:
    """The words that stand for a person's own country where it is not printed: the office, else the name."""
    return (person.office, person.office_line) if person.office else (person.name, person.line)


def _home(sentences: Sequence[Tagged], publisher: str) -> tuple[Party | None, int]:
    """The country for which the article speaks without printing it with the names of its own people, and its votes.

    Votes: who publishes it, its seats of government, the capital in the dateline, "Kenya's commitment".
    """
    votes: dict[str, int] = {}
    printed: dict[str, Party] = {}

    def vote(code: str, weight: int, words: str = "", number: int = 0) -> None:
        votes[code] = votes.get(code, 0) + weight
        if words:
            printed.setdefault(code, Party(code, words, number))

    masthead = next((m["name"] for s in sentences[:3] if (m := _MASTHEAD.match(s.text))), "")
    for code in _publishers(publisher or masthead):
        vote(code, 6)
    if agency := _national_agency(sentences):
        vote(agency, 5)
    away = any(_HERE.search(s.text) for s in sentences)
    wire = any(_WIRE.search(s.line.text) for s in sentences[:6])
    for at, sentence in enumerate(sentences):
        text, number = sentence.line.text, sentence.line.number
        for seat, code in lexicon.INSTITUTIONS:
            if match := seat.search(text):
                vote(code, 1 if wire else 3, match.group(), number)
        if at < 6 and not away and (place := filed(sentence)):
            city = places.city(place.words.title())
            capital = city is None or places.capital_of(city.name) == city.country
            if capital or not wire:
                vote(place.code, 1 if wire or not capital else 4, place.words, number)
        for tag in sentence.within(0, len(sentence.text), "O"):
            if own := next((p.code for p in places.find(tag.value) if p.code), None):
                vote(own, 1, tag.value, number)
        for match in _POSITION.finditer(sentence.text):
            if _REPROACH.search(sentence.text[max(0, match.start() - 60) : match.start()]):
                continue
            group = next(g for g in ("who", "other", "second", "speaking") if match[g])
            tag = sentence.within(match.start(group), match.end(group), "C")[0]
            vote(tag.value, 2, text[tag.start : tag.end], number)
    best = max(votes, key=lambda code: votes[code], default=None)
    return (printed.get(best, Party(best, "", 0)), votes[best]) if best else (None, 0)


def _national_agency(sentences: Sequence[Tagged]) -> str | None:
    """The country of the national agency that signs an article, where the article begins there or names it early."""
    top = sentences[:6]
    signed = next(filter(None, (_SIGNED.search(s.line.text) for s in top)), None)
    code = lexicon.AGENCIES[signed["agency"]] if signed else None
    named = {tag.value for s in top for tag in s.within(0, len(s.text), "C")}
    filed_in = {place.code for s in top if (place := filed(s))}
    city = places.city(signed.string.split(",")[0]) if signed else None
    return code if code in named | filed_in | ({city.country} if city else set()) else None


def _publishers(publisher: str) -> list[str]:
    """The country that a publisher's name tells of: "Ministry of Foreign Affairs of Kenya", "The Nairobi Herald"."""
    seats = [code for seat, code in lexicon.INSTITUTIONS if seat.search(publisher)]
    lands = [place.code for place in places.find(publisher) if place.code]
    return (seats or lands or [code for word in publisher.split() if (code := places.capital_of(word))])[:1]
