"""Heads: the place and the day that a page prints above its text.

"Lake Hotel / Lima, Peru / 2:44 P.M." over a transcript, "Brasília, 16 March
2004" over a communiqué, a title that ends in "| Lima, Peru". Where a text was
written on the way, or spoken into a telephone, the head is no place of meeting.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.builtin.page import Line, Part
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import Words
from extractor.values import dates, places, sites

_LONGEST = 70
_LINES = 12
_DAY = (
    rf"(?:{dates.WEEKDAY},? )?(?:\d{{1,2}}(?:[-–]\d{{1,2}})? {dates.MONTH},? (?:19|20)\d\d"
    rf"|{dates.MONTH} \d{{1,2}}(?:[-–]\d{{1,2}})?,? (?:19|20)\d\d)"
)
_NAME = r"[A-Z][\w’'.-]+(?: (?:(?:de|do|da|del|la|el|of|and) )?[A-Z][\w’'.-]+){0,3}"
_PLACE = re.compile(rf"^\W*(?P<place>{_NAME})(?P<region>, {_NAME})?(?:\W+(?:on |the )?(?P<date>(?i:{_DAY})))?\W*$")
_DATED = re.compile(
    rf"^\W*(?P<date>{_DAY})(?:\W+(?P<place>(?-i:{_NAME}))(?P<region>, (?-i:{_NAME}))?)?\W*$", re.IGNORECASE
)
_AFTER_TITLE = re.compile(rf" [|–—] (?P<place>{_NAME})(?P<region>, {_NAME})?\W*$")
_VENUE = re.compile(
    r"^\W*(?P<venue>(?:(?:[A-Z][\w’'.-]*|of|the|de|la) ){1,6}(?:House|Hotel|Palace|Palais|Cent(?:re|er)|Hall|Room|Cabin"
    r"|Office|Ministry|Lodge|Building|Villa|Residence|Castle|Chancellery|Compound|Headquarters|Kremlin|Department))\W*$"
)
_ELSEWHERE = re.compile(r"\b(?:en route|aboard|via (?:tele|video)\w*)\b", re.IGNORECASE)


_JOINT = re.compile(
    r"^[^.:]{0,90}\b(?:joint (?:[\w’'-]+ ){0,3}(?:statement|declaration|readout|press release)|communiqu[eé])\b",
    re.IGNORECASE,
)


class Head(NamedTuple):
    """What stands above a text: a city or a known site, its venue and country, a day; None where none is printed."""

    place: Words | None = None
    venue: Words | None = None
    country: Words | None = None
    date: Words | None = None

    @property
    def city(self) -> Words | None:
        """The place, where it is a city."""
        return self.place if self.place and places.city(self.place.text) else None


def read(lines: Sequence[Line], told: Collection[int]) -> Head:
    """The head of a page; `told` are the numbers of the lines of its text."""
    top = []
    for line in lines[:_LINES]:
        if line.number in told:
            break
        top.append(line)
    if any(_ELSEWHERE.search(line.text) for line in top):
        return Head()
    found = list(_matches(top))
    date = next((Words(text=m["date"], sentence=line.number) for m, line in found if m.groupdict().get("date")), None)
    named = [(match, line) for match, line in found if match["place"] and _known(match)]
    # "Akasaka Palace / Tokyo, Japan": the house is the venue, the city the place.
    for match, line in sorted(named, key=lambda one: sites.country_of(one[0]["place"]) is not None):
        region = (match["region"] or "").removeprefix(", ")
        return Head(
            place=Words(text=match["place"], sentence=line.number),
            venue=_venue(top, line),
            country=Words(text=region, sentence=line.number) if places.country(region) else None,
            date=date,
        )
    return Head(date=date)


def joint(lines: Sequence[Line]) -> bool:
    """Whether a page is a document that those who met have issued together, by its first lines."""
    return any(_JOINT.search(line.text) for line in lines[:2])


def issued(sentences: Iterable[Tagged]) -> tuple[str, Tagged] | None:
    """Where a joint document says of itself "today, we": the word, and its sentence."""
    for sentence in sentences:
        match = _TODAY_WE.search(sentence.line.text)
        if match and sentence.part is Part.PROSE:
            return match["date"], sentence
    return None


_TODAY_WE = re.compile(r"^(?P<date>[Tt]oday),? we\b")


def _matches(top: Sequence[Line]) -> Iterator[tuple[re.Match[str], Line]]:
    for line in top:
        short = len(line.text) <= _LONGEST
        match = (_DATED.match(line.text) or _PLACE.match(line.text)) if short else None
        if match := match or _AFTER_TITLE.search(line.text):
            yield match, line


def _venue(top: Sequence[Line], line: Line) -> Words | None:
    """The building that the line above a place names."""
    above = next((before for before in top if before.number == line.number - 1), None)
    match = _VENUE.match(above.text) if above else None
    return Words(text=match["venue"], sentence=above.number) if above and match else None


def _known(match: re.Match[str]) -> bool:
    """Whether a place is known: a site, or a city with its country or region, or with a day."""
    name, region = match["place"], match["region"] or ""
    dated = match.groupdict().get("date")
    return bool(sites.country_of(name) or ((region or dated) and places.city(name + region)))
