"""Full dates as the heads and feet of texts print them.

Digits alone can leave open which is the day and which the month: then a date has two readings.
"""

from collections.abc import Iterator
from datetime import date

import regex as re  # its matches are handed to modules that need it

from extractor.schemas import Reference
from extractor.values import dates

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{dates.MONTH})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBERS = r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
_PAIR = r"(?P<first>\d\d?)", r"(?P<second>\d\d?)"
# In these the end of the date is the end of a word.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH} {_DAY}(?:, ?| ){_YEAR}",  # March 3rd, 2021
        rf"{_DAY}(?: of)?[ -]{_MONTH}(?:, ?| |-){_YEAR}",  # 3 March 2021, 03-Mar-2021
        *(mark.join((_YEAR, *_NUMBERS)) for mark in ("-", "/", r"\. ?")),  # 2021-03-23
        r"\. ?".join((*reversed(_NUMBERS), _YEAR)),  # 23.03.2021: with full stops the day comes first
        *(mark.join((*_PAIR, _YEAR)) for mark in "/-"),  # 23/03/2021 and, in America, 03/23/2021
        *(mark.join((*_PAIR, r"(?P<short>\d\d)")) for mark in (r"\.", "/")),  # 23.03.21
    )
)
_EAST = re.compile(rf"{_YEAR}\s?[年년]\s?{_NUMBERS[0]}\s?[月월]\s?{_NUMBERS[1]}\s?[日일]")  # 2021年3月23日
_LATIN = "|".join(form.pattern for form in _FORMS)
FULL = re.compile(
    re.sub(r"\(\?P<\w+>", "(?:", rf"(?<![\w.])(?:{_LATIN})(?:(?=T\d\d:)|(?!\w|[./-]\d))|{_EAST.pattern}"), re.IGNORECASE
)
"""A full date, in any of the forms that `readings` reads."""
DAY = re.compile(rf"{_MONTH} {_DAY}(?!\w)|(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?P<after>{dates.MONTH})(?!\w)", re.I)
"""A day and its month, the year left out: "March 3", "3 March"."""
_PIVOT = 69
"""Two digits from this on are a year of the 20th century (POSIX)."""


def readings(words: str) -> tuple[date, ...]:
    """The days that a full date can mean, day before month first; none where no calendar has it."""
    for form in (*_FORMS, _EAST):
        if match := form.fullmatch(words):
            return tuple(dict.fromkeys(_days(match.groupdict())))
    return ()


def _days(parts: dict[str, str]) -> Iterator[date]:
    if "first" not in parts:
        yield from _day(parts["year"], parts["month"], parts["day"])
        return
    year = parts.get("year") or f"{19 if int(parts['short']) >= _PIVOT else 20}{parts['short']}"
    yield from _day(year, parts["second"], parts["first"])
    yield from _day(year, parts["first"], parts["second"])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    phrase = f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}"
    resolved = dates.resolve(phrase, Reference())
    if resolved and len(resolved.edtf) == len("2021-03-23"):
        yield date.fromisoformat(resolved.edtf)


def in_year(words: str, year: int) -> date | None:
    """The day that a day and its month mean in a year; None where that year has no such day."""
    return next(iter(readings(f"{words}, {year}")), None)
