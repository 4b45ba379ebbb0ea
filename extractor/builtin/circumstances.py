"""Circumstances: the date, the place and the gathering that belong to a mention of a meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.builtin import timing
from extractor.builtin.grammar import pattern
from extractor.builtin.lexicon import NAMED_GATHERING, SAYS
from extractor.builtin.tagging import Tag, Tagged
from extractor.values import dates, places, sites

_PASSIVE = (
    r"(?:(?:was|were|is|are|will|(?:had|has|have) been) (?:to |due|set|fixed (?=for)|scheduled|held|planned|"
    r"originally|being|take|be )"
    r"|(?:took|takes) place)"
)
_STOP = pattern(
    r"(?:;| after | since | where | which(?! {_PASSIVE}) | who | while | as (?!part of )| following |"
    r" comes | came | follows | on the heels of | ahead of | before | prior to | in the run-up to |"
    r" that(?! {_PASSIVE}) |, \w+ing | according |“|\"| and (?:said|discussed|agreed|decided|pledged|"
    r"the first))".replace("{_PASSIVE}", _PASSIVE)
)
_PLACED = re.compile(r"\b(?:in|at|near|outside|capital,?|(?:city|town|resort|port|capital) of) (?:the )?$")
_AT_HOUSE = re.compile(r"\bat (?:the )?[A-Z][^,.;]{1,40}(?:,| in) $")
_LEAST_FOR_DATE = 25
_FARTHEST_DATE = 110
_REMARK = re.compile(rf"\b(?:{SAYS}|broadcast|aired|published|issued|released) (?:\w+ )?$", re.IGNORECASE)
_CAPITALS = r"(?:[A-Z][\w’-]{0,30} ){1,5}"
_NAMED_SUMMIT = re.compile(rf"(?P<site>{_CAPITALS})[Ss]ummit")
_NAMED_TALKS = re.compile(rf"(?:\w+ )?[Tt]he (?P<site>{_CAPITALS})(?:talks|meeting|negotiations|round|session)\b")
_NO_SITE = re.compile(
    r"(?:The|Their|This|That|His|Her|Our|An?|Today|Tomorrow|Last|Next|Upcoming|Recent|Historic|Inaugural|Annual|"
    r"Joint|Special|Virtual|Planned|Landmark|Extraordinary|Regional|Bilateral|Trilateral|Quadrilateral|Leaders|"
    r"Presidential|Ministerial|Ministers|Security|Economic|Peace|Trade|Climate|Global|World|International|Partnership|"
    rf"First|Second|Third|Fourth|Fifth|Sixth|\d\w*|(?i:{dates.WEEKDAY}|{dates.MONTH}))|.*[’']s?"
)
_AT_SITE = re.compile(
    r"[^,.;]{0,60}?\bat (?:the |his |"
    r"her )?(?P<site>[A-Z][\w’-]{0,30}(?: (?:of (?:the )?)?[A-Z][\w’-]{0,30}){0,6})(?![\w’-])(?! (?"
    r"!in\b|on\b|to\b|and\b|for\b|with\b|where\b|outside\b|near\b|during\b|after\b|as\b|this\b|late\b|"
    r"early\b|that\b|before\b|today\b|by\b)[a-z])"
)
_IN_SITE = re.compile(
    r"[^,.;]{0,40}?\bin (?:the )?(?P<site>[A-Z][\w’-]{0,30}(?: [A-Z][\w’-]{0,30}){0,3} (?:Office|"
    r"Palace|House|Hotel|Room|Hall))"
)


@dataclass(frozen=True)
class Circumstances:
    """What stands beside a mention; each is None where nothing does."""

    date: Tag | None = None
    city: Tag | None = None
    country: Tag | None = None
    event: Tag | None = None
    site: str | None = None

    @property
    def placed(self) -> bool:
        """Whether any place or gathering is named."""
        return bool(self.city or self.country or self.site or self.event)

    @staticmethod
    def of(tagged: Tagged, start: int, end: int, limit: int, parties: Sequence[Tag]) -> "Circumstances":
        """What belongs to the mention from `start` to `end`: what follows it up to `limit`, and a date before it."""
        stop = _STOP.search(tagged.text, end, limit)
        event, city, country, date = _following(tagged, end, stop.start() if stop else limit, parties)
        if told := timing.held_on(tagged.text[end : end + 120]):
            date = tagged.within(end + told[0], end + told[1], "D")[0]
        own = next(iter(tagged.within(start, end, "D")), None)  # "Monday's talks", whatever else has a day
        date = own or date or _date_before(tagged, start)
        _, within, *_ = _following(tagged, start, end, parties)  # "held in Lima today talks with"
        city, event = within or city or _leading_city(tagged, start), event or _leading_event(tagged, start)
        if (abroad := _WHERE_ATTENDING.match(tagged.text, end)) and not event:
            event = tagged.within(abroad.start("event"), abroad.end("event"), "E")[0]
        if date and tagged.at(date.start) < start and NEXT_DAY.match(tagged.text, end):
            date = None
        site = _site(tagged, start, end)
        if site and (city is None or city.value == site) and (sites.area(site) or places.city(site)):
            at = tagged.line.text.find(site, tagged.offset(start))
            city, site = city or Tag("L", at, at + len(site), site), None
        return Circumstances(date, city, country, event, site)


# "arrived on Monday and met Doe the following day": no day that is printed is the meeting's.
NEXT_DAY = re.compile(r"[^.;“”]{0,60}\b(?:the (?:following|next) (?:day|morning|week)|(?:a|one) day later)\b")
_PART_OF_DAY = re.compile(r"\b(?:minutes|hours|morning|afternoon|evening|night) $")
_WHERE_ATTENDING = pattern(
    r"[^.;“”]{0,60}, where [^.;,“”]{0,40}\b(?:attend\w*|tak\w+ part in|participat\w+ in) (?:the |an? )?(?P<event>{E})"
)


def _following(
    tagged: Tagged, start: int, end: int, parties: Sequence[Tag]
) -> tuple[Tag | None, Tag | None, Tag | None, Tag | None]:
    event = city = country = date = None
    for tag in tagged.within(start, end, "DLCE"):
        at = tagged.at(tag.start)
        lead = tagged.text[max(0, at - 12) : at]
        if (
            tag.kind == "D"
            and not date
            and not re.search(r"\b(?:since|until|of) $", lead)
            and (not re.match(r"(?:since|of)\b", tag.value) or _PART_OF_DAY.search(lead))
        ):
            date = tag
        elif tag.kind == "E" and not event:
            event = tag
        elif (
            tag.kind == "L"
            and not city
            and not _AROUND_CITY.match(tagged.text, at + 1)
            and (_PLACED.search(lead) or _AT_HOUSE.search(tagged.text[max(0, at - 60) : at]))
        ):
            city = tag
        elif tag.kind == "C" and not country and tag not in parties:
            words = tagged.line.text[tag.start : tag.end]
            if not city and places.capital_of(words) == tag.value and _PLACED.search(lead):
                city = Tag("L", tag.start, tag.end, words)
            after_city = city is not None and re.search(pattern(r"{L}(?:,? | \()$"), lead)
            adjective = _OF_COUNTRY.match(tagged.text, at + 1)
            if after_city or (not adjective and re.search(r"\bin (?:the )?$", lead)):
                country = tag
    return event, city, country, date


# "in the Omani capital" names neither the city nor, as a place, the country.
_OF_COUNTRY = re.compile(
    r" (?:\w+ )?(?:capital|city|town|village|port|resort|side|embassy|mission|parliament|soil|waters|territory"
    r"|border)\b"
)


_AROUND_CITY = re.compile(r" (?:region|province|oblast|district|governorate|county|area)\b")


def _date_before(tagged: Tagged, start: int) -> Tag | None:
    """A date right before the mention, or one that opens the sentence."""
    before = tagged.within(max(0, start - _LEAST_FOR_DATE), start, "D")
    if before and not _PARTED.search(tagged.text[tagged.at(before[-1].end) : start]):
        if _WITHIN.search(tagged.text[: tagged.at(before[-1].start)]) and re.match(
            ".,", tagged.text[tagged.at(before[-1].start) :]
        ):
            return None
        return None if dates_a_remark(tagged, before[-1]) else before[-1]
    opening = _OPENING.match(tagged.text, 0, start)
    if opening and start < 60:
        return tagged.within(opening.start("date"), opening.end("date"), "D")[0]
    # "failed on Friday to settle the row in talks": the sentence's one date, unless it dates a remark.
    earlier = tagged.within(0, start, "D")
    at = tagged.at(earlier[0].start) if len(earlier) == 1 else 0
    aside = _ASIDE.search(tagged.text, max(0, at - 60), at)
    between = tagged.text[at + 1 : start] if aside else tagged.text[at + 1 : start].removeprefix(",")
    clear = 0 < start - at < _FARTHEST_DATE and not re.search(r"[.;,“(—–]|--|\bthat\b", between)
    return earlier[0] if at and clear and not dates_a_remark(tagged, earlier[0]) else None


_OPENING = pattern(r"[\W\d]{0,4}(?:(?:And|So|But|Then|Also|Later|Earlier|Just),? ){0,2}(?P<date>{D})")
# "Doe, who arrived on Monday, met Roe": the day is of the arrival.
_WITHIN = re.compile(r", (?:who|which) [^,.;“”]*$")
_ASIDE = re.compile(r"\b(?:who|which|where|when|after|before|since)\b")
_PARTED = re.compile(r"[.;“(—–]|--|, and\b| (?:where|which|who) ")


def dates_a_remark(tagged: Tagged, date: Tag) -> bool:
    """Whether a date tells when something was said: "said Monday that"."""
    at = tagged.at(date.start)
    return bool(_REMARK.search(tagged.text[max(0, at - 20) : at]))


_LEADING_CITY = pattern(r"^[^“”{P}]{0,40}?\b(?:in|at) (?:the (?:[\w-]+ |{C} ){0,2}(?:of )?)?(?P<city>{L})")
_CITY_WHERE = pattern(r"(?P<city>{L})(?:,? {C})?,? where [^.;:“”{L}]{0,80}$")
_CITY_FOR = pattern(
    r"\b(?:in|to|at|for|reach\w*|visit\w*) (?P<city>{L})(?:,? {C})?,?(?: (?:on )?{D},?)?(?: (?:to|for|and)(?: "
    r"\w+){0,2})? ?$"
)
_VISITING = pattern(
    r"\b(?:during|on) (?:an?|his|her|their|the) (?:[\w-]+ ){0,3}(?:visit|trip|stay|stop) (?:to|in) "
    r"(?P<city>{L})[^.;“”{L}]{0,40}$"
)
_BEING_THERE = pattern(
    r", (?:who (?:is|are|was|were) |both |currently )?in (?P<city>{L})(?:,? {C})? for [^.;“”{L}]{0,60}, $"
)
_SAID_THERE = re.compile(rf"\b{SAYS}\b", re.IGNORECASE)


def _leading_city(tagged: Tagged, start: int) -> Tag | None:
    """The city before a mention: "On Friday in Oslo, the two met", "in Oslo, where she met", "flew to Oslo to meet"."""
    match = _LEADING_CITY.match(tagged.text, 0, start)
    if match and _SAID_THERE.search(tagged.text, match.end(), start):
        match = None
    rules = (_CITY_WHERE, _CITY_FOR, _VISITING, _BEING_THERE)
    match = match or next(filter(None, (rule.search(tagged.text, max(0, start - 120), start) for rule in rules)), None)
    return tagged.within(match.start("city"), match.end("city"), "L")[0] if match else None


_LEADING_EVENT = pattern(
    r"(?:\b(?:on|at|in|along) the (?:sidelines?|fringes?|margins?|edges?) of (?:the |a |an )?"
    r"|^(?:also |while )?(?:at|during|alongside|attending|[^.;“”]{0,80}, (?:who (?:is|are|was|were) "
    r")?in {L}(?:,? {C})? for|in conjunction with|on the occasion of) (?:the |a |an )?)"
    r"(?P<event>{E})[^.;“”]*$"
)


def _leading_event(tagged: Tagged, start: int) -> Tag | None:
    """The gathering on whose sidelines a sentence opens: "On the margins of the forum, the ministers met"."""
    match = _LEADING_EVENT.search(tagged.text, 0, start)
    return tagged.within(match.start("event"), match.end("event"), "E")[0] if match else None


def _proper(words: str) -> str | None:
    """The name of a place before "summit", without words for the summit's kind; None where nothing else stands."""
    parts = words.split()
    while parts and _NO_SITE.fullmatch(parts[-1]):
        parts.pop()
    while parts and _NO_SITE.fullmatch(parts[0]):
        parts.pop(0)
    name = " ".join(parts)
    return name if name and not any(map(_NO_SITE.fullmatch, parts)) and not places.find(name) else None


def named_after(words: str) -> str | None:
    """The place after which a summit is named, or None: "the Lake House summit"."""
    name = _NAMED_SUMMIT.search(words)
    return _proper(name["site"]) if name and not NAMED_GATHERING.search(name.group()) else None


def _site(tagged: Tagged, start: int, end: int) -> str | None:
    """A named site: "the Lake House summit", "at the Lake House"."""
    words = tagged.words(start, end)
    if own := named_after(words):
        return own
    if (talks := _NAMED_TALKS.match(words)) and (town := _proper(talks["site"])) and places.city(town):
        return town
    rest = tagged.line.text[tagged.offset(end) :][:160]
    after = tagged.text[end : end + 120]
    venue = _AT_SITE.match(after) or _AT_SITE.match(rest) or _IN_SITE.match(rest)
    return venue["site"] if venue and not NAMED_GATHERING.search(venue["site"]) else None
