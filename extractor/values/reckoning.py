"""Reckoning: the parts of a date phrase to EDTF, against the day of publication.

What is printed whole stands as it is. A month and day without a year are the
nearest ones: the last of them for what has been, the next for what is to come.
Local time can be a day ahead of the paper's, so that "the 24th" in a paper of
the 23rd is tomorrow there, not a month ago. A weekday that is printed with a
month and day may show that the other of the two nearest years is meant.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from extractor.schemas import Reference
from extractor.values.durations import NUMBERS
from extractor.values.edtf import Parts, first_day, valid

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # ISO 8601-2, 4.8
_WINTER = 24
_SHIFTS = {"last": -1, "previous": -1, "this": 0, "next": 1}
# Local time can be a day ahead of the paper's, and a day behind it.
_DAY = timedelta(days=1)

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""A weekday's name; for use with `re.IGNORECASE`."""
# Full names; short ones with a capital; Japanese, Chinese and Korean ones, marked as weekdays.
_PRINTED = re.compile(
    rf"\b(?P<name>{WEEKDAY})\b|\b(?P<short>(?-i:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?-i:s|rs|r)?)\b"
    r"|(?P<kana>[月火水木金土日])曜|[(（](?P<marked>[月火水木金土日월화수목금토일])[)）]|(?P<hangul>[월화수목금토일])요일"
    r"|(?:星期|礼拜|禮拜|周|週)(?P<han>[一二三四五六日天])",
    re.IGNORECASE,
)
_SIGNS = ("月火水木金土日", "월화수목금토일", "一二三四五六")


class Resolved(NamedTuple):
    """A date in EDTF, the rule that gave it, and whether the reference date was used.

    `mismatch` is set where a printed weekday contradicts the printed date.
    """

    edtf: str
    rule: str
    relative: bool
    mismatch: bool = False


def weekdays(words: str) -> list[int]:
    """The weekdays that are printed, Monday 0: by name or short form, in English, Chinese, Japanese or Korean."""
    return [_weekday_number(next(filter(None, match.groups()))) for match in _PRINTED.finditer(words)]


def absolute(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """A month, a year, a day of a month, or days or months of one year or of two that follow each other."""
    groups = match.groupdict()
    month = _month_number(groups["month"]) if groups.get("month") else None
    day = int(groups["day"]) if groups.get("day") else None
    last_month = _month_number(groups["until_month"]) if groups.get("until_month") else month
    last_day = int(groups["until"]) if groups.get("until") else None
    turned = month is not None and last_month is not None and last_month < month
    year, relative = _year(match, month, day, reference, future)
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
    several = last_day or (groups.get("until_month") and not day)
    return Resolved(_interval(first, last) if several else str(first), rule, relative)


def _interval(first: Parts, last: Parts) -> str:
    """Two dates in EDTF, or the first where the second does not follow it."""
    follows = (last.month != first.month) or (last.day or 0) > (first.day or 0)
    return f"{first}/{last}" if follows else str(first)


def _year(
    match: re.Match[str], month: int | None, day: int | None, reference: Reference, future: bool
) -> tuple[int | None, bool]:
    """The year printed, counted ("last year"), or nearest to publication; and whether it is relative."""
    groups, published = match.groupdict(), reference.published
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
    years = range(published.year - 8, published.year + 9)
    days = [date(y, month, day or 1) for y in years if valid(Parts(y, month, day))]
    if turn:
        days = [at for at in days if (at.year, at.month) != (published.year, published.month)]
    past = max((at for at in days if at <= (published + _DAY if day else published)), default=None)
    to_come = min((at for at in days if at >= (published - _DAY if day else published.replace(day=1))), default=None)
    found, other = (to_come, past) if (future and not turn) or turn == "next" else (past, to_come)
    printed = weekdays(match.string)[:1]
    if day and not turn and found and other and [other.weekday()] == printed != [found.weekday()]:
        found = min(found, other, key=lambda at: abs(at - published))
    return (found.year if found else None), True


def numeric(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    """Two numbers and a year: day and month where one of them is no month, else the year alone."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    found = [Parts(year, m, d) for d, m in {(first, second), (second, first)} if m and d and valid(Parts(year, m, d))]
    if len(found) == 1:
        return Resolved(str(found[0]), "day and month told apart by their size", relative=False)
    return Resolved(str(year), "day and month could be either, so that the year alone counts", False) if found else None


def years(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    """Two years, the second perhaps by its last digits: "2019-2021", "2023/24"."""
    first, last = match["year"], match["until_year"]
    last = first[: 4 - len(last)] + last
    return Resolved(f"{first}/{last}" if last > first else first, "as printed", relative=False)


def season(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    """A season of a year; of "last spring" nobody knows the year who does not know the half of the Earth."""
    groups = match.groupdict()
    number, which = _SEASONS[groups["season"].lower()], (groups.get("which") or "").lower()
    base = reference.published.year if reference.published else reference.year
    if year := groups.get("year"):
        return Resolved(f"{year}-{number}", "as printed", relative=False)
    if not base or (which != "this" and "year" not in match.group()) or (number == _WINTER and which == "this"):
        return None
    return Resolved(f"{base + _SHIFTS[which]:04}-{number}", "year counted from publication", relative=True)


def near_weekday(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """A weekday near the day of publication, or of the week that is named; or two that follow each other."""
    published = reference.published
    if not published:
        return None
    which, week = ((match[name] or "").lower() for name in ("which", "week"))
    wanted = _weekday_number(match["weekday"])
    ahead = (wanted - published.weekday()) % 7
    if week or (which == "this" and not future):
        days = wanted - published.weekday() + 7 * _SHIFTS[week or which]
    elif which == "next" or (future and which not in ("last", "previous")):
        days = ahead or (7 if which == "next" else 0)
    else:
        days = ahead - 7 if ahead or which in ("last", "previous") else 0
    at = published + timedelta(days=days)
    edtf = str(at)
    if match["until"]:
        span = (_weekday_number(match["until"]) - wanted) % 7
        # Of days that are past the last one lies near, not the first.
        if not (future or which or week) and at + timedelta(days=span) > published:
            at -= timedelta(days=7)
        edtf = f"{at}/{at + timedelta(days=span)}" if span else str(at)
    side = "of" if at == published else "before" if at < published else "after"
    return Resolved(edtf, f"weekday {side} publication", relative=True)


def far_weekday(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    """A weekday a week from the nearest: "a week ago Friday", "Monday week"."""
    published = reference.published
    if not published:
        return None
    ahead = (_weekday_number(match["weekday"]) - published.weekday()) % 7
    past = "ago" in match["turn"].lower()
    days = -((7 - ahead) % 7) - 7 if past else ahead + 7
    side = "before" if past else "after"
    return Resolved(str(published + timedelta(days=days)), f"weekday {side} publication", relative=True)


def day_only(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
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
            return Resolved(edtf, "day of the month nearest to publication", relative=True)
    return None


def near_day(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:  # noqa: ARG001 - a rule
    """Today, yesterday, tomorrow and the days beside them."""
    if not reference.published:
        return None
    shifts = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}
    shift = {**shifts, "the day after tomorrow": 2}.get(match["near"].lower(), 0)
    return Resolved(str(reference.published + timedelta(days=shift)), "day counted from publication", relative=True)


def near_span(match: re.Match[str], reference: Reference, future: bool) -> Resolved | None:
    """The last, this or the next week, weekend, month or year; or so many of them ago, or from now."""
    published, unit = reference.published, match["unit"].lower()
    groups = match.groupdict()
    if counted := groups.get("count"):
        count = counted.lower()
        shift = int(count) if count.isdigit() else 1 if count in ("a", "an") else NUMBERS.index(count)
        if unit == "fortnight":
            unit, shift = "week", 2 * shift
        shift = shift if groups.get("ahead") else -shift
    elif which := match["which"].lower() if match["which"] else None:
        shift = _SHIFTS[which]
    else:  # "over the weekend"
        shift = -1 if published and published.weekday() < _WEEKDAYS.index("sat") and not future else 0
    if unit == "year":
        base = published.year if published else reference.year
        return Resolved(str(date(base + shift, 1, 1))[:4], "year counted from publication", True) if base else None
    if not published:
        return None
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + shift, 12)
        return Resolved(str(date(year, month + 1, 1))[:-3], "month counted from publication", relative=True)
    if unit == "day":
        return Resolved(str(published + timedelta(days=shift)), "day counted from publication", relative=True)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    first = monday + timedelta(days=5 if unit == "weekend" else 0)
    return Resolved(f"{first}/{monday + timedelta(days=6)}", f"{unit} counted from publication", relative=True)


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _weekday_number(word: str) -> int:
    if len(word) > 1:
        return _WEEKDAYS.index(word[:3].lower())
    return next((signs.index(word) for signs in _SIGNS if word in signs), 6)
