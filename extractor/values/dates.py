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
from extractor.values.edtf import Parts, bounds, compatible, days_apart, first_day, parse, precision, valid

__all__ = [
    "MONTH", "WEEKDAY", "Parts", "Resolved", "bounds", "compatible", "days_apart", "parse", "precision", "resolve",
]  # fmt: skip

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SHIFTS = {"last": -1, "previous": -1, "this": 0, "next": 1}
# Local time can be a day ahead of the paper's, and a day behind it.
_DAY = timedelta(days=1)

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![^\W\d_])"
)
"""A month's name or abbreviation; for use with `re.IGNORECASE`."""
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""A weekday's name; for use with `re.IGNORECASE`."""


class Resolved(NamedTuple):
    """A date in EDTF, the rule that gave it, and whether the reference date was used.

    `mismatch` is set where a printed weekday contradicts the printed date.
    """

    edtf: str
    rule: str
    relative: bool
    mismatch: bool = False


def resolve(phrase: str, reference: Reference, *, future: bool = False) -> Resolved | None:
    """A printed date phrase in EDTF, or None where it gives no date.

    `future` tells that the meeting is still to come, so that "on Friday" looks
    ahead. What the reference cannot settle stays `XX`; a weekday alone without
    a day of publication gives None, as does a day that no calendar has.
    """
    words = " ".join(re.sub("[‐-―−]", "-", phrase).split())
    for pattern, rule in _RULES:
        if match := pattern.search(words):
            try:
                resolved = rule(match, reference, future)
            except (OverflowError, ValueError):  # before year 1, or after 9999
                return None
            return _checked(words, resolved) if resolved and rule is not _weekday else resolved
    return None


def _checked(words: str, resolved: Resolved) -> Resolved:
    """Marks a day whose printed weekday is another day's."""
    printed = re.search(WEEKDAY, words, re.IGNORECASE)
    first = parse(resolved.edtf)[0]
    if not printed or None in first:
        return resolved
    return resolved._replace(mismatch=first_day(first).weekday() != _weekday_number(printed.group()))


def _absolute(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """A month, a year, a day of a month, or days of one month or of two that follow each other."""
    groups = match.groupdict()
    month = _month_number(groups["month"]) if groups.get("month") else None
    day = int(groups["day"]) if groups.get("day") else None
    last_month = _month_number(groups["until_month"]) if groups.get("until_month") else month
    last_day = int(groups["until"]) if groups.get("until") else None
    turned = month is not None and last_month is not None and last_month < month
    year, relative = _year(groups, month, day, reference, future)
    # "Dec. 30-Jan. 2, 2025": the year that is printed is the last day's.
    if year and turned and groups.get("year"):
        year -= 1
    first, last = Parts(year, month, day), Parts(year + turned if year else None, last_month, last_day)
    if not valid(first) or not valid(last):
        return None
    rule = "as printed"
    if groups.get("which"):
        rule = "year counted from publication"
    elif relative:
        rule = "month and day nearest to publication" if day else "month nearest to publication"
    return Resolved(_interval(first, last) if last_day else str(first), rule, relative)


def _interval(first: Parts, last: Parts) -> str:
    """Two days in EDTF, or the first where the second does not follow it."""
    follows = (last.month != first.month) or (last.day or 0) > (first.day or 0)
    return f"{first}/{last}" if follows else str(first)


def _year(
    groups: dict[str, str | None], month: int | None, day: int | None, reference: Reference, future: bool
) -> tuple[int | None, bool]:
    """The year printed, counted ("last year"), or nearest to publication; and whether it is relative."""
    published = reference.published
    base = published.year if published else reference.year
    if groups.get("year"):
        return int(groups["year"] or 0), False
    if which := groups.get("which"):
        return (base + _SHIFTS[which.lower()], True) if base else (None, False)
    if not published or not month:
        return None, False
    turn = (groups.get("turn") or "").lower()  # "last August", "next June"
    if turn == "this":
        return published.year, True
    # Nine years hold a 29 February.
    years = [y for y in range(published.year - 8, published.year + 9) if valid(Parts(y, month, day))]
    if (future and not turn) or turn == "next":
        near = published - _DAY if day else published.replace(day=1)
        found = [y for y in years if date(y, month, day or 1) >= near]
        return min((y for y in found if not turn or (y, month) > (published.year, published.month)), default=None), True
    near = published + _DAY if day else published
    found = [y for y in years if date(y, month, day or 1) <= near]
    return max((y for y in found if not turn or (y, month) < (published.year, published.month)), default=None), True


def _weekday(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """A weekday near the day of publication, or of the week that is named; or two that follow each other."""
    published = reference.published
    if not published:
        return None
    which, week = ((match[name] or "").lower() for name in ("which", "week"))
    wanted = _weekday_number(match["weekday"])
    ahead = (wanted - published.weekday()) % 7
    if week or (which == "this" and not future):
        days = wanted - published.weekday() + 7 * _SHIFTS[week or which]
    elif which == "next" or (future and which != "last"):
        days = ahead or (7 if which == "next" else 0)
    else:
        days = ahead - 7 if ahead or which == "last" else 0
    at = published + timedelta(days=days)
    edtf = str(at)
    if match["until"]:
        span = (_weekday_number(match["until"]) - wanted) % 7
        # Of days that are past the last one lies near, not the first.
        if not (future or which or week) and at + timedelta(days=span) > published:
            at -= timedelta(days=7)
        edtf = f"{at}/{at + timedelta(days=span)}" if span else str(at)
    side = "of" if at == published else "before" if at < published else "after"
    return Resolved(edtf, f"weekday {side} publication", True)


def _day_only(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """A day of a month that is not named, or only as this, the last or the next one."""
    day, until = int(match["day"]), int(match["until"] or 0)
    published = reference.published
    if not published:
        first, last = Parts(reference.year, None, day), Parts(reference.year, None, until or None)
        if not (valid(first) and valid(last)):
            return None
        edtf = _interval(first, last) if until else str(first)
        return Resolved(edtf, "day of a month not named", reference.year is not None)
    index = published.year * 12 + published.month - 1
    if match["which"]:
        indices = [index + _SHIFTS[match["which"].lower()]]
    else:
        indices = [index + i for i in ((0, 1, 2) if future else (1, 0, -1, -2))]
    for i in indices:
        first, last = Parts(i // 12, i % 12 + 1, day), Parts(i // 12, i % 12 + 1, until or None)
        if not (valid(first) and valid(last)):
            continue
        near = first_day(first) >= published - _DAY if future else first_day(first) <= published + _DAY
        if near or match["which"]:
            edtf = _interval(first, last) if until else str(first)
            return Resolved(edtf, "day of the month nearest to publication", True)
    return None


def _near_day(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    if not reference.published:
        return None
    words = match["near"].lower()
    shift = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(words, 0)
    return Resolved(str(reference.published + timedelta(days=shift)), "day counted from publication", True)


def _near_span(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """The last, this or the next week, weekend, month or year; or so many days, weeks, months or years ago."""
    published, unit = reference.published, match["unit"].lower()
    counted = match.groupdict().get("count")
    if counted:
        count = counted.lower().replace("one", "a").replace("an", "a")
        shift = -int(count) if count.isdigit() else -1 - _NUMBERS.index(count)
    elif which := match["which"].lower() if match["which"] else None:
        shift = _SHIFTS[which]
    else:  # "over the weekend"
        shift = -1 if published and published.weekday() < _WEEKDAYS.index("sat") and not future else 0
    if unit == "year":
        base = published.year if published else reference.year
        if not base:
            return None
        return Resolved(str(date(base + shift, 1, 1))[:4], "year counted from publication", True)
    if not published:
        return None
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + shift, 12)
        return Resolved(str(date(year, month + 1, 1))[:-3], "month counted from publication", True)
    if unit == "day":
        return Resolved(str(published + timedelta(days=shift)), "day counted from publication", True)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    first = monday + timedelta(days=5 if unit == "weekend" else 0)
    return Resolved(f"{first}/{monday + timedelta(days=6)}", f"{unit} counted from publication", True)


# "they may", "they march", "an august assembly": of these only a capital makes a month.
_M = rf"(?-i:(?!may\b|march\b|august\b))(?P<month>{MONTH})"
_D = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_TO = r"\s?(?:-|to|and|through|until) ?"
_UNTIL = r"(?:the )?(?P<until>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_WHICH = r"(?P<which>last|this|next|previous)"
_OF_YEAR = rf"(?:,? (?:of |earlier |late |later )?(?:{_YEAR}|(?:the )?{_WHICH} year\b))"

_Rule = Callable[[re.Match[str], Reference, bool], Resolved | None]
# The first that matches decides; the more exact stand first.
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        # 2024-02-22, 2024/2/22, 2024.02.22 · 22.02.2024 · 2024年2月22日, 2월 22일
        (r"(?<!\d)(?P<year>(?:1[89]|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)", _absolute),
        (rf"(?<!\d)(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}", _absolute),
        (rf"(?:{_YEAR}\s?[年년]\s?)?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]", _absolute),
        # 30 September-2 October 2024 · 21-22 February 2024, the 22nd of February last year
        (rf"{_D} (?:of )?{_M}{_TO}{_UNTIL} (?:of )?(?P<until_month>{MONTH}){_OF_YEAR}?", _absolute),
        (rf"{_D}(?:{_TO}{_UNTIL})? (?:of )?{_M}{_OF_YEAR}?", _absolute),
        # Feb. 21-22, 2024, Sept. 30 to Oct. 2, Feb. 22 of last year
        (rf"\b{_M} {_D}(?:{_TO}(?:(?P<until_month>{MONTH}) )?{_UNTIL})?{_OF_YEAR}?", _absolute),
        # August 2023, August of last year, last year in August
        (rf"\b{_M}{_OF_YEAR}", _absolute),
        (rf"\b{_WHICH} year,? in {_M}", _absolute),
        # Friday, last Friday, Thursday and Friday, Friday of last week
        (
            rf"\b(?:{_WHICH} )?(?P<weekday>{WEEKDAY})\b(?:{_TO}(?P<until>{WEEKDAY})\b)?"
            r"(?!,? the \d)(?:,? (?:of )?(?P<week>last|this|next) week\b)?",
            _weekday,
        ),
        (
            r"\b(?P<near>today|tonight|the day before yesterday|yesterday|the day after tomorrow|tomorrow"
            r"|this (?:morning|afternoon|evening))\b",
            _near_day,
        ),
        (rf"\b(?P<count>\d{{1,3}}|an|one|{'|'.join(_NUMBERS)}) (?P<unit>day|week|month|year)s? ago\b", _near_span),
        # the 22nd (local time), the 21st and 22nd, the 22nd of last month; never the 22nd round
        (
            rf"\bthe (?P<day>\d{{1,2}})(?:st|nd|rd|th)(?:{_TO}{_UNTIL})?(?: of {_WHICH} month| of the month)?"
            r"(?= (?:local|in|at|on|to|and|for|with)\b|\W*(?:\Z|[,.;:()]))",
            _day_only,
        ),
        (rf"(?:\b{_WHICH} month\s?)?(?<![\d月월年년])(?P<day>\d\d?)\s?[日일](?P<until>(?!))?", _day_only),
        (rf"\b{_WHICH} (?P<unit>weekend|week|month|year)\b", _near_span),
        (r"\b(?P<which>(?!))?(?:the|at) (?P<unit>weekend)\b", _near_span),
        (rf"\b(?:(?P<turn>last|this|next) )?{_M}", _absolute),
        (rf"\b{_YEAR}\b", _absolute),
    )
)


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _weekday_number(word: str) -> int:
    return _WEEKDAYS.index(word[:3].lower())
