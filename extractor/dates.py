"""Dates as they are printed, resolved to EDTF (ISO 8601-2:2019) against a reference date.

The subset written: `2024-02-22`, `2024-02`, `2024`, with `XX` and `XXXX` for
what is not known (`XXXX-09`, `2024-XX-22`), and intervals `A/B`.

News writing names a day near publication by its weekday alone, and the day of
publication too: "on Friday" in Friday's paper is that Friday (AP style).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from extractor.schemas import Reference

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBER = {name: i for i, name in enumerate(_MONTHS, 1)} | {
    name[:3]: i for i, name in enumerate(_MONTHS, 1)
} | {"sept": 9}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY_NUMBER = {name: i for i, name in enumerate(_WEEKDAYS)}

MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_M = rf"(?P<month>{MONTH})"


class Resolved(NamedTuple):
    """A date in EDTF, the rule that gave it, and whether the reference date was used.

    `mismatch` is set where a printed weekday contradicts the printed date.
    """

    edtf: str
    rule: str
    relative: bool
    mismatch: bool = False


class Parts(NamedTuple):
    """Year, month and day; None where not known."""

    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        """The parts in EDTF."""
        year = f"{self.year:04}" if self.year else "XXXX"
        if self.day:
            return f"{year}-{self.month:02}-{self.day:02}" if self.month else f"{year}-XX-{self.day:02}"
        return f"{year}-{self.month:02}" if self.month else year


def resolve(phrase: str, reference: Reference, *, future: bool = False) -> Resolved | None:
    """A printed date phrase in EDTF, or None where it gives no date.

    `future` tells that the meeting is still to come, so that "on Friday" looks
    ahead. What the reference cannot settle stays `XX`; a weekday alone without
    a reference gives None.
    """
    words = " ".join(phrase.lower().replace("\u2013", "-").split())
    for pattern, rule in _RULES:
        match = pattern.search(words)
        if match and (resolved := rule(match, reference, future)):
            return _check_weekday(words, resolved)
    return None


def _check_weekday(words: str, resolved: Resolved) -> Resolved:
    """Marks a full date whose printed weekday is another day's."""
    match = re.search(WEEKDAY, words)
    parts = parse(resolved.edtf)
    if not match or resolved.relative or len(parts) != 1 or None in parts[0]:
        return resolved
    same = _date(parts[0]).weekday() == _WEEKDAY_NUMBER[match.group()]
    return resolved._replace(mismatch=not same)


def _absolute(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    groups = match.groupdict()
    month = _month(groups["month"]) if groups.get("month") else None
    day = int(groups["day"]) if groups.get("day") else None
    until = groups.get("until")
    year, relative = _year_of(groups, month, day, reference, future)
    parts = Parts(year, month, day)
    if not _valid(parts):
        return None
    edtf = str(parts)
    if until:
        last = parts._replace(day=int(until))
        edtf = f"{edtf}/{last}" if _valid(last) and int(until) > (day or 0) else edtf
    return Resolved(edtf, "month and day nearest to publication" if relative else "as printed", relative)


def _year_of(
    groups: dict[str, str | None], month: int | None, day: int | None, reference: Reference, future: bool
) -> tuple[int | None, bool]:
    """The year printed, counted ("last year"), or nearest to publication; and whether it is relative."""
    if groups.get("year"):
        return int(groups["year"] or 0), False
    base = reference.published.year if reference.published else reference.year
    if which := groups.get("which"):
        return (base + {"last": -1, "previous": -1, "this": 0, "next": 1}[which], True) if base else (None, False)
    published = reference.published
    if not published or not month:
        return None, False
    at = (month, day or (31 if future else 1))
    now = (published.month, published.day)
    if future:
        return published.year + (at < now), True
    # A day or two ahead is a time zone, not last year.
    ahead = day is not None and _safe(published.year, month, day, published) <= published + timedelta(days=2)
    return published.year - (at > now and not ahead), True


def _safe(year: int, month: int, day: int, fallback: date) -> date:
    return date(year, month, day) if _valid(Parts(year, month, day)) else fallback


def _weekday(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    if not reference.published:
        return None
    which = match.group("which")
    wanted = _WEEKDAY_NUMBER[match.group("weekday")]
    back = (reference.published.weekday() - wanted) % 7
    if future or which == "next":
        days = -back % 7 or (7 if which == "next" else 0)
        name = "weekday after publication"
    else:
        days = -(back or (7 if which == "last" else 0))
        name = "weekday before publication" if days else "weekday of publication"
    return Resolved(str(reference.published + timedelta(days=days)), name, True)


def _day_only(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    day = int(match.group("day"))
    published = reference.published
    if not 1 <= day <= 31:
        return None
    if not published:
        parts = Parts(reference.year, None, day)
        return Resolved(str(parts), "day of a month not named", reference.year is not None)
    step = timedelta(days=1 if future else -1)
    # Local time can be a day ahead of the paper's.
    at = published + timedelta(days=0 if future else 1)
    while at.day != day:
        at += step
    return Resolved(str(at), "day of the month nearest to publication", True)


def _near_day(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    if not reference.published:
        return None
    shift = {"yesterday": -1, "tomorrow": 1}.get(match.group("near").split()[0], 0)
    return Resolved(str(reference.published + timedelta(days=shift)), "day counted from publication", True)


def _near_span(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    published = reference.published
    shift = {"last": -1, "this": 0, "next": 1, "previous": -1}[match.group("which")]
    unit = match.group("unit")
    if unit == "year":
        base = published.year if published else reference.year
        return Resolved(f"{base + shift:04}", "year counted from publication", True) if base else None
    if not published:
        return None
    if unit == "month":
        index = published.year * 12 + published.month - 1 + shift
        return Resolved(f"{index // 12:04}-{index % 12 + 1:02}", "month counted from publication", True)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    return Resolved(f"{monday}/{monday + timedelta(days=6)}", "week counted from publication", True)


_WHICH = r"(?P<which>last|this|next|previous)"
_Rule = Callable[[re.Match[str], Reference, bool], Resolved | None]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _absolute),
        (rf"\b{_M} {_DAY}(?:\s?(?:-|to|and|through) ?(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?,? {_YEAR}\b", _absolute),
        (rf"\b{_DAY}(?:\s?(?:-|to|and) ?(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)? (?:of )?{_M},? {_YEAR}\b", _absolute),
        (rf"\b{_M} {_DAY}\b(?:\s?(?:-|to|and|through) ?(?P<until>\d{{1,2}})\b)?(?!,? (?:1[89]|20)\d\d)(?:,? (?:of )?{_WHICH} year)?", _absolute),
        (rf"\b{_DAY}(?:\s?(?:-|to|and) ?(?P<until>\d{{1,2}}))? (?:of )?{_M}\b", _absolute),
        (rf"\b{_M}(?: of|,)? {_YEAR}\b", _absolute),
        (rf"\b{_M},? (?:of )?(?:the )?{_WHICH} year\b", _absolute),
        (rf"\b{_WHICH} year,? in {_M}\b", _absolute),
        (rf"\b(?:(?P<which>last|next|this) )?(?P<weekday>{WEEKDAY})\b", _weekday),
        (r"\b(?P<near>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))\b", _near_day),
        (rf"\b{_WHICH} (?P<unit>week|month|year)\b", _near_span),
        (r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b", _day_only),
        (rf"\b(?:in|early|late|mid-?|since|until|of|this|last|next)\s?{_M}(?![a-z])", _absolute),
        (rf"^{_M}$", _absolute),
        (rf"\b{_YEAR}\b", _absolute),
    )
)


def parse(edtf: str) -> tuple[Parts, ...]:
    """The parts of an EDTF value: one, or two for an interval."""
    return tuple(_parse_one(piece) for piece in edtf.split("/"))


def _parse_one(piece: str) -> Parts:
    numbers = [None if "X" in part else int(part) for part in piece.rstrip("~?%").split("-")]
    year, month, day = (*numbers, None, None, None)[:3]
    return Parts(year, month, day)


def compatible(left: str, right: str) -> bool:
    """Whether two EDTF values can be the same date: no known part contradicts, or the spans overlap."""
    a, b = parse(left), parse(right)
    if len(a) == len(b) == 1:
        return all(x is None or y is None or x == y for x, y in zip(a[0], b[0], strict=True))
    first, second = bounds(left), bounds(right)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def bounds(edtf: str) -> tuple[date, date] | None:
    """The first and last day that the value can mean, or None where the year is not known."""
    parts = parse(edtf)
    first, last = parts[0], parts[-1]
    if first.year is None or last.year is None:
        return None
    start = date(first.year, first.month or 1, (first.day or 1) if first.month else 1)
    month = last.month or 12
    final = (last.day if last.month else None) or _month_length(last.year, month)
    return start, date(last.year, month, min(final, _month_length(last.year, month)))


def precision(edtf: str) -> int:
    """How many parts are known, 0 to 3 for one date; an interval counts as less than a day."""
    parts = parse(edtf)
    known = sum(part is not None for part in parts[0])
    return known if len(parts) == 1 else min(known, 2)


def days_apart(left: str, right: str) -> int | None:
    """Days between two full dates, or None where one is not a full date."""
    a, b = parse(left), parse(right)
    if len(a) != 1 or len(b) != 1 or None in (*a[0], *b[0]):
        return None
    return abs((_date(a[0]) - _date(b[0])).days)


def _date(parts: Parts) -> date:
    return date(parts.year or 1, parts.month or 1, parts.day or 1)


def _month(word: str) -> int:
    word = word.rstrip(".")
    return _MONTH_NUMBER.get(word) or _MONTH_NUMBER[word[:3]]


def _month_length(year: int, month: int) -> int:
    return ((date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)).day


def _valid(parts: Parts) -> bool:
    """Whether the parts can be a date; an unknown year counts as a leap year."""
    if parts.month is not None and not 1 <= parts.month <= 12:
        return False
    if parts.day is None:
        return True
    return 1 <= parts.day <= (_month_length(parts.year or 2000, parts.month) if parts.month else 31)
