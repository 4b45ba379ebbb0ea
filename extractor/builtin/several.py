"""Several: the meetings that one mention tells of together.

"Separate meetings with her Kenyan and Ugandan counterparts" are one with each,
"called the two presidents" is two calls, and "met in Lima in May and in Quito
in June" is told of two occasions.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.builtin import phrases
from extractor.builtin.circumstances import Circumstances
from extractor.builtin.grammar import pattern
from extractor.builtin.mentions import Mention
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag
from extractor.values import dates

_APIECE = re.compile(
    r"^(?:tele)?phoned|^call(?:s|ed|ing)?(?: on)?$|^rang$|\bcalls? (?:on|to)$|\b(?:calls|conversations)$|"
    r"\b(?:back-to-back|consecutive|successive|series of|number of|two|three|several)\b.*\b(?:meetings|talks)$",
    re.IGNORECASE,
)
"""The words of a mention whose objects are met one after the other: nobody phones two at once."""
_IN_TURN = re.compile(
    r"\b(?:in|at) (?:two|three|four|separate)(?: separate)? (?:meetings|audiences)\b"
    r"|\bin an?(?:other)? separate (?:call|meeting)\b",
    re.IGNORECASE,
)


def apart(mention: Mention) -> list[Mention]:
    """The meetings of a mention: by whom the host met one after the other, then by where and when."""
    return [one for guest in _by_guest(mention) for one in _by_occasion(guest)]


def _by_guest(mention: Mention) -> Iterator[Mention]:
    text = mention.where.text
    words = text[mention.start : mention.end + 20]
    both_ways = phrases.BOTH_WAYS.search(text[mention.start : mention.end])
    if both_ways:
        yield replace(mention, size=None, separate=False)
    in_turn = _APIECE.search(mention.words) or _IN_TURN.search(text, mention.end, mention.end + 120)
    if mention.people and mention.explicit and (both_ways or in_turn or phrases.ONE_BY_ONE.search(words)):
        hosts, guests, lands = _sides(mention)
        if hosts and len(guests) + len(lands) >= 2:
            for guest in guests:
                yield replace(mention, people=[*hosts, guest], countries=[], size=2, group=None, one=True)
            for land in lands:
                yield replace(mention, people=hosts, countries=[land], size=2, group=None, one=True)
            return
    if not both_ways:
        yield mention


def _sides(mention: Mention) -> tuple[list[Person], list[Person], list[Tag]]:
    """Those who stand before the words of the mention, and the people and countries behind them."""
    behind = {t.person for t in mention.where.within(mention.end, len(mention.where.text), "P")}
    hosts = [p for p in mention.people if p not in behind] or mention.people[:1]
    guests = [p for p in mention.people if p not in hosts]
    known = {p.country for p in mention.people}
    return hosts, guests, [t for t in mention.countries if t.value not in known]


_BESIDE = r"(?:,? (?:on|at|in) the (?:sidelines|margins|fringes) of (?:the )?{E})?"
_ITEM = (
    r"(?:(?:held |again |here )?(?:in|at) {L}(?:,? \(?{C}\)?,?)?(?: {D})?" + _BESIDE + r"|"
    r"(?:again |here )?{D}(?:,? (?:here )?(?:in|at) {L})?" + _BESIDE + r"|{L}(?: {D})?)"
)
_SERIES = pattern(
    r"^(?:(?:,? (?:which|that))? (?:were|was|took) (?:held|place))? (?P<items>"
    + _ITEM
    + r"(?:(?:,? and(?: then)?,?|,|;) "
    + _ITEM
    + r")+)"
)
_LATEST = pattern(r"^[^.;“”{P}]{0,60}?,? (?:most recently|the last(?: one)?|the latest) (?P<items>" + _ITEM + ")")
_ONE_OF = pattern(_ITEM)
_LONGEST = 400
"""Characters of the tagged sentence that a list of places and days may take."""
_OF_MONTH = re.compile(rf"{dates.MONTH}|\d{{4}}", re.IGNORECASE)


def _by_occasion(mention: Mention) -> Iterator[Mention]:
    """The meetings of "met in Lima in May and in Quito in June"; of "most recently in Lima" the one that is placed."""
    text = mention.where.text[mention.end : mention.end + _LONGEST]
    series = _SERIES.match(text) or _LATEST.match(text)
    found = list(_occasions(mention, mention.end + series.start("items"), series["items"])) if series else []
    if series and series.re is _LATEST and found:
        yield replace(mention, at=found[0], timing="before", one=True)
    elif len(found) > 1 and found[0].city:
        yield from (replace(mention, at=at, one=True) for at in found)
    else:
        yield mention


def _occasions(mention: Mention, start: int, items: str) -> Iterator[Circumstances]:
    """The places and days of a list; it ends where a day without a month, "today and tomorrow", goes on."""
    city = None
    for item in _ONE_OF.finditer(items):
        tags = {t.kind: t for t in reversed(mention.where.within(start + item.start(), start + item.end(), "DLCE"))}
        if city and "L" not in tags and not _OF_MONTH.search(tags["D"].value):
            return
        city = tags.get("L", city)
        yield Circumstances(tags.get("D"), city, tags.get("C"), tags.get("E"))
