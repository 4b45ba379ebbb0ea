"""When and where an article says it was published: publication line, dateline, anniversaries.

Only what the text itself says; metadata that comes with the article outranks it.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from extractor.schemas import Reference
from extractor.values import dates, places

# A publication line is short, stands near the top, and holds a full date and little else.
_LINES_FROM_TOP = 40
_LONGEST = 120
_DATE = re.compile(
    rf"(?<!\w)(?:{dates.MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {dates.MONTH},? (?:19|20)\d\d"
    r"|(?:19|20)\d\d([-/.])\d\d?\1\d\d?|\d\d?\.\d\d?\.(?:19|20)\d\d)(?:(?=T\d\d:)|(?!\w))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # in each of these dates
_PUBLISHED = r"(?:(?:first )?(?:published|posted|released|issued)|date|for immediate release|입력|등록|송고|发布|公開)"
_UPDATED = r"(?:last )?(?:updated?|modified|revised|edited)|수정|更新"
_LABEL = re.compile(rf"(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED})", re.IGNORECASE)
# What may stand beside the date: labels, a byline, a time of day with its zone, a weekday, marks.
_BESIDE = re.compile(
    rf"(?:{_LABEL.pattern.replace('P<published>', ':').replace('P<updated>', ':')}"
    r"|(?-i:[Bb]y (?:[A-Z][\w.’'-]*(?: and)? ?){1,6}(?=\W))"
    r"|T?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)?Z?|[+-]\d\d:?\d\d|\d{1,2} ?[ap]\.?m\b\.?|[ap]\.?m\b\.?"
    r"|(?-i:(?:UTC|GMT|[ECMPA][DS]?T|CES?T|EES?T|WES?T|BST|IST|MSK|JST|KST|SGT|HKT|PHT|PKT|WI[BT]|AE[DS]?T|NZ[DS]?T))\b"
    rf"|(?:{dates.WEEKDAY}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b|(?:on|at|in|hrs|hours|local time)\b|[\W_])*",
    re.IGNORECASE,
)
# Pages put other things on the line behind such a mark.
_MARK = re.compile(r"\s[|/•·]\s|(?<=\w)\s*[|•·]\s*")

_CAPITALS = r"(?:(?!\d)[^\W_a-z]|[’'.-])"
_DATELINE = re.compile(
    rf"(?P<place>(?!\d)[^\W_a-z]{_CAPITALS}+(?:[ /]{_CAPITALS}+){{0,4}}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,3}})"
    r"(?P<region>, [A-Z][\w. ]{1,25}?)??"
    rf"(?:,? (?P<date>(?-i:[A-Z])[a-z]+\.? \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} (?-i:[A-Z])[a-z]+\.?(?: \d{{4}})?))?"
    r"(?: ?\((?P<agency>[A-Z][\w/& .,]{0,40})\))?"
    r"(?: ?(?:—|–|--)\s?|\s?-\s|(?P<colon>: ))(?=\S)"
)
# Korean wires print [place=agency], at either end of a text.
_WIRE = re.compile(
    r"[\[(](?P<place>[A-Z가-힣一-鿿][^\]\[()=\n]{0,20})=(?P<agency>[A-Z가-힣一-鿿][^\]\[()=\n]{0,20})[\])]"
)
_ANNIVERSARY = re.compile(
    r"\bthis year (?:also )?(?:marks|is|was|being) the (?P<count>\d{1,3})(?:st|nd|rd|th) (?:anniversary|year since)\b"
    r"[^.]{0,160}?\b(?P<year>(?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)


class _Rank(IntEnum):
    """How well a line tells the day of publication; an update comes after it."""

    UPDATED = 0
    UNLABELLED = 1
    PUBLISHED = 2


class _Printed(NamedTuple):
    """A full date of a publication line, and where it stands."""

    rank: _Rank
    words: str
    start: int


def find(text: str) -> Reference:
    """What the text says of its own date and place of filing."""
    filed = _filed(text)
    printed = [*_publication_lines(text)]
    dated = filed.groupdict().get("date") if filed else None
    if filed and dated and _DATE.fullmatch(dated):
        printed.append(_Printed(_Rank.UNLABELLED, dated, filed.start("date")))
    values: dict[str, object] = {}
    # The best rank, and of that the first.
    for line in sorted(printed, key=lambda line: -line.rank):
        if resolved := dates.resolve(line.words, Reference()):
            end = line.start + len(line.words)
            values = {"published": resolved.edtf, "source": "text", "start": line.start, "end": end}
            break
    if not values and (match := _ANNIVERSARY.search(text)):
        year = int(match["year"]) + int(match["count"])
        values = {"year": year, "source": "text", "start": match.start(), "end": match.end()}
    if filed:
        place = filed["place"].rstrip(" ,")
        start = filed.start("place")
        values |= {"dateline": place, "dateline_start": start, "dateline_end": start + len(place)}
    return Reference.model_validate(values)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with where they start, white space at their ends left out."""
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        yield position + line.find(bare), bare
        position += len(line)


def _publication_lines(text: str) -> Iterator[_Printed]:
    """Full dates near the top, beside which stands nothing but what publication lines hold."""
    above = ""
    for start, line in islice(_lines(text), _LINES_FROM_TOP):
        if not line or len(line) > _LONGEST:
            continue
        if _YEAR.search(line):  # few lines hold one: the others are not looked at closely
            yield from _printed(line, start, above)
        above = line


def _printed(line: str, start: int, above: str) -> Iterator[_Printed]:
    """The dates of one publication line. A label may stand on the line above it."""
    label = _label_at_end(above)
    for left, right in _segments(line):
        found, beside = _dates(line, left, right)
        for match, before in zip(found, beside, strict=False):
            label = _rank(before, label)
            yield _Printed(label, match.group(), start + match.start())
        label = _rank(beside[-1], _Rank.UNLABELLED) if beside else _Rank.UNLABELLED


def _label_at_end(line: str) -> _Rank:
    *_, last = _segments(line)
    _, beside = _dates(line, *last)
    return _rank(beside[-1], _Rank.UNLABELLED) if beside else _Rank.UNLABELLED


def _dates(line: str, left: int, right: int) -> tuple[list[re.Match[str]], list[str]]:
    """The full dates in a part of a line and the words beside them; no words where other ones stand there."""
    found = list(_DATE.finditer(line, left, right))
    gaps = zip([left, *(m.end() for m in found)], [*(m.start() for m in found), right], strict=True)
    beside = [line[a:b] for a, b in gaps]
    return found, beside if all(_BESIDE.fullmatch(f"{words} ") for words in beside) else []


def _segments(line: str) -> Iterator[tuple[int, int]]:
    cuts = [match.span() for match in _MARK.finditer(line)]
    yield from zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)], strict=True)


def _rank(words: str, otherwise: _Rank) -> _Rank:
    """The rank by the last label in the words."""
    rank = otherwise
    for match in _LABEL.finditer(words):
        rank = _Rank.PUBLISHED if match["published"] else _Rank.UPDATED
    return rank


def _filed(text: str) -> re.Match[str] | None:
    """The dateline: at the start of a line; or the wire's mark, anywhere."""
    wired = "=" in text
    for start, line in _lines(text):
        match = _DATELINE.match(text, start, start + len(line))
        if match and _names_a_place(match):
            return match
        if wired and (wire := _WIRE.search(text, start, start + len(line))):
            return wire
    return None


def _names_a_place(match: re.Match[str]) -> bool:
    """Whether what looks like a dateline is one: agency, date or region vouch for it, or a city's name in capitals."""
    place = match["place"]
    sure = match["agency"] or match["date"]
    if not place.isupper():
        return bool(sure and not match["colon"] and places.city(place))
    known = place == "UNITED NATIONS" or all(places.city(part) for part in place.split("/"))
    return bool(known or (not match["colon"] and (sure or match["region"])))
