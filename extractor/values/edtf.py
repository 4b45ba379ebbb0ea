"""EDTF values (ISO 8601-2:2019) compared: the subset that `dates` writes.

A season (`2024-21`, spring) is compared as its year: which months it has
depends on the half of the Earth.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from itertools import product
from typing import NamedTuple

_EDTF = re.compile(
    r"(?P<year>\d{4}|XXXX)(?:-(?P<month>0[1-9]|1[0-2]|XX)(?:-(?P<day>0[1-9]|[12]\d|3[01]|XX))?|-2[1-4])?[~?%]?"
)


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


def parse(edtf: str) -> tuple[Parts, ...]:
    """The parts of an EDTF value: one, or two for an interval.

    Raises:
        ValueError: it is outside the subset, or a day that no calendar has.
    """
    return tuple(_parse_one(piece) for piece in edtf.split("/", 1))


def _parse_one(piece: str) -> Parts:
    match = _EDTF.fullmatch(piece)
    if not match:
        raise ValueError(f"{piece!r} is no date in EDTF as it is written here, like 2024-02-22 or XXXX-09")
    parts = Parts(*(int(part) if part and part.isdigit() else None for part in match.groups()))
    if not valid(parts):
        raise ValueError(f"{piece!r}: no calendar has that day")
    return parts


def compatible(left: str, right: str) -> bool:
    """Whether two EDTF values can be the same date: some day fits both, in some year where none is known."""
    if left == right:
        return True
    known = {p.year for p in (*parse(left), *parse(right)) if p.year}
    # Near the known years; where there is none, a leap year and its neighbours.
    years = sorted({y + i for y in known for i in (-1, 0, 1)} or {1999, 2000, 2001})
    pairs = product(_all_spans(left, years), _all_spans(right, years))
    return any(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs)


def bounds(edtf: str) -> tuple[date, date] | None:
    """The first and last day that the value can mean, or None where the year is not known."""
    parts = parse(edtf)
    if None in (parts[0].year, parts[-1].year):
        return None
    spans = list(_spans(parts, parts[0].year or 1))
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _all_spans(edtf: str, years: list[int]) -> list[tuple[date, date]]:
    parts = parse(edtf)
    return [span for year in years for span in _spans(parts, year)]


def _spans(parts: tuple[Parts, ...], year: int) -> Iterator[tuple[date, date]]:
    """The runs of days that the parts can mean, with this year where none is known."""
    first, last = parts[0]._replace(year=parts[0].year or year), parts[-1]
    # A day of a month that is not known: of each month.
    for month in range(1, 13) if first.day and not first.month else [first.month]:
        start = first._replace(month=month)
        end = last._replace(year=last.year or start.year, month=last.month or (month if last.day else None))
        turns = last.year is None and (end.month or 12, end.day or 31) < (start.month or 1, start.day or 1)
        end = end._replace(year=(end.year or year) + turns)
        if valid(start) and valid(end):
            yield first_day(start), _last_day(end)


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
    return abs((first_day(a[0]) - first_day(b[0])).days)


def first_day(parts: Parts) -> date:
    """The first day that the parts can mean."""
    return date(parts.year or 1, parts.month or 1, parts.day or 1)


def _last_day(parts: Parts) -> date:
    year, month = parts.year or 1, parts.month or 12
    return date(year, month, parts.day or monthrange(year, month)[1])


def valid(parts: Parts) -> bool:
    """Whether the parts can be a date; an unknown year counts as a leap year, an unknown month as a long one."""
    if parts.year is not None and not MINYEAR <= parts.year <= MAXYEAR:
        return False
    if parts.month is not None and not 1 <= parts.month <= 12:
        return False
    return parts.day is None or 1 <= parts.day <= (
        monthrange(parts.year or 2000, parts.month)[1] if parts.month else 31
    )
