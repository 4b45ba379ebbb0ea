"""When and where an article says it was published: dateline, publication lines, anniversaries.

Only what the text itself says; metadata that comes with the article outranks it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import regex as re  # the possessive quantifiers of `re` are broken before Python 3.11.5

from extractor.schemas import Reference
from extractor.texts import imprint, printed
from extractor.texts.imprint import Line, Printed, Rank
from extractor.values import dates, places

# A dateline: the place, then in any order where that lies, the day and the agency; then a mark, and the text.
_MONTH = rf"{dates.MONTH} \d"
_LETTER = r"(?:(?!\d)[^\W_a-z])"
_CAPITALS = rf"(?:(?:ST|FT|MT)\. )?{_LETTER}(?:[’'-]?{_LETTER})++"
_TITLE = r"(?:St\. )?[A-Z][\w’'-]++"
_PLACE = re.compile(
    rf"(?P<capitals>{_CAPITALS}(?:[ /](?!(?i:{_MONTH})){_CAPITALS}){{0,4}}+(?![\w’']))"
    rf"|{_TITLE}(?:(?:/| (?:de |es |of |do |da |la )?)(?!(?i:{_MONTH})){_TITLE}){{0,3}}+"
)
_SEPARATOR = r"(?:[,.:]| ?[—–-]{1,2}(?= ))? ?"
_DATE = rf"(?:(?i:{imprint.HIJRI}),? )?(?P<date>(?-i:(?=[\dA-Z]))(?:{printed.FULL.pattern}|{{day}}))"
_DAY = re.compile(_SEPARATOR + _DATE.replace("{day}", re.sub(r"\(\?P<\w+>", "(?:", printed.DAY.pattern)), re.IGNORECASE)
_AGENCY = re.compile(r"[,.:]? ?(?:\((?P<bracketed>[A-Z][\w/& .,-]{0,40})\)|/(?P<slashed>[A-Z][\w& .-]{0,40})/)")
_REGION = re.compile(r", [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}")
# An agency without brackets stands after the day, and a mark after it.
_BARE = re.compile(r"[,.] (?P<bare>[A-Z][\w-]*(?: [A-Z][\w-]*){0,2})(?=\.(?:\s|\Z)|\s?[—–:]|\s-|\Z)")
_MARK = re.compile(r" ?(?:—|–|--)\s?(?=\S)|\s?-\s(?=\S)|(?P<colon>:) (?=\S)")
_SPACE = re.compile(r"[.:]?\s(?=\S)")
_LONGEST = 200
# Korean wires print [place=agency], at either end of a text.
_WIRE = re.compile(
    r"[\[(](?P<place>[A-Z가-힣一-鿿][^\]\[()=\n]{0,20})=(?P<agency>[A-Z가-힣一-鿿][^\]\[()=\n]{0,20})[\])]"
)
_ANNIVERSARY = re.compile(
    r"\bthis year (?:also )?(?:marks|is|was|being) the (?P<count>\d{1,3})(?:st|nd|rd|th) (?:anniversary|year since)\b"
    r"[^.]{0,160}?\b(?P<year>(?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)
# A page is seldom printed later than that after the wire's day, nor more than a time zone before it.
_LATER, _EARLIER = timedelta(days=31), timedelta(days=-1)


class _Filed(NamedTuple):
    """A dateline: its place, and its day as printed, "" where none is; and where they start (code points)."""

    place: str
    start: int
    day: str = ""
    day_start: int = 0
    rank: Rank = Rank.FILED
    """How well it tells the day of publication: less where it stands alone on its line."""


def find(text: str) -> Reference:
    """What the text says of its own date and place of filing."""
    lines = [*_lines(text)]
    filed = _filed(lines)
    anniversary = _ANNIVERSARY.search(text)
    year = int(anniversary["year"]) + int(anniversary["count"]) if anniversary else None
    values: dict[str, object] = {}
    if day := _published(filed, imprint.find(lines), year):
        values = {"published": day.days[0], "source": "text", "start": day.start, "end": day.end}
    elif anniversary:
        values = {"year": year, "source": "text", "start": anniversary.start(), "end": anniversary.end()}
    if filed:
        end = filed.start + len(filed.place)
        values |= {"dateline": filed.place, "dateline_start": filed.start, "dateline_end": end}
    return Reference.model_validate(values)


def _published(filed: _Filed | None, lines: list[Printed], year: int | None) -> Printed | None:
    """The day by the dateline and the publication lines, best first; a dateline without a year takes it from there."""
    if filed and filed.day:  # a dateline in the body may be of a report that is quoted
        span = filed.day_start, filed.day_start + len(filed.day)
        if days := printed.readings(filed.day):
            own = Printed(filed.rank, days, *span)
            lines = sorted([own, *lines], key=lambda line: -line.rank)
        elif filed.rank > Rank.BELOW:
            near = next((near for line in lines for day in line.days if (near := _before(filed.day, day))), None)
            if near := near or (printed.in_year(filed.day, year) if year and not lines else None):
                return Printed(Rank.FILED, (near,), *span)
            # The other dates are not this text's, such as the day on which the page was looked at.
            lines = [line for line in lines if line.rank is Rank.PUBLISHED]
    return next((line for line in lines if len(line.days) == 1), None)


def _before(words: str, day: date) -> date | None:
    """The day that the words mean, in the year that brings it shortly before the other."""
    near = (printed.in_year(words, year) for year in (day.year, day.year - 1, day.year + 1))
    return next((found for found in near if found and _EARLIER <= day - found <= _LATER), None)


def _lines(text: str) -> Iterator[Line]:
    position = 0
    for line in text.splitlines(keepends=True):
        if bare := line.strip():
            yield Line(position + line.find(bare), bare)
        position += len(line)


def _filed(lines: list[Line]) -> _Filed | None:
    """The dateline: at the start of a line; or the wire's mark, anywhere."""
    head = imprint.head(lines)
    for index, line in enumerate(lines):
        found = _dateline(line)
        if found and index <= head:  # the body may begin with it
            return found
        if found and found.rank is Rank.FILED:
            return found._replace(rank=Rank.BELOW)
        if "=" in line.words and (wire := _WIRE.search(line.words)):
            return _Filed(wire["place"], line.start + wire.start("place"))
    return None


def _dateline(line: Line) -> _Filed | None:
    """The dateline at the start of a line."""
    words = line.words[:_LONGEST]
    place = _PLACE.match(words)
    if not place:
        return None
    found: dict[str, re.Match[str]] = {}
    steps = [(place.end(), dict(found))]
    while step := _part(words, steps[-1][0], found):
        name, match = step
        found[name] = match
        steps.append((match.end(), dict(found)))
    for end, parts in reversed(steps):
        if _is_dateline(words, end, place, parts):
            day = parts.get("day")
            at = line.start + day.start("date") if day else 0
            rank = Rank.UNLABELLED if _is_over(words, end) else Rank.FILED
            return _Filed(place.group(), line.start, day["date"] if day else "", at, rank)
    return None


def _is_over(words: str, end: int) -> bool:
    return end >= len(words.rstrip("."))


def _part(words: str, at: int, found: dict[str, re.Match[str]]) -> tuple[str, re.Match[str]] | None:
    """The next part of a dateline: each can stand there once, and the region only right after the place."""
    for name, pattern in (("day", _DAY), ("agency", _AGENCY), ("agency", _BARE), ("region", _REGION)):
        if name in found or (name == "region" and found) or (pattern is _BARE and "day" not in found):
            continue
        if match := pattern.match(words, at):
            return name, match
    return None


def _is_dateline(words: str, end: int, place: re.Match[str], parts: dict[str, re.Match[str]]) -> bool:
    """Whether it ends as datelines do and names a place.

    Agency, day or region vouch for it, or a city's name in capitals.
    """
    dated, filed_by = "day" in parts, "agency" in parts
    mark = _MARK.match(words, end)
    if not mark and not (dated and (_is_over(words, end) or (filed_by and _SPACE.match(words, end)))):
        return False
    if imprint.names_an_event(place.group()) or imprint.BESIDE.match(place.group()):
        return False
    cities = all(places.city(part) for part in place.group().split("/"))
    if dated and filed_by and (cities or place["capitals"] or parts["agency"].lastgroup != "bare"):
        return True
    colon = mark is not None and mark["colon"] is not None
    if not mark or not place["capitals"]:
        return cities and not colon and (dated or filed_by)
    return cities or place.group() == "UNITED NATIONS" or (not colon and bool(parts))
