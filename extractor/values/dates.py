"""Dates as they are printed, resolved to EDTF (ISO 8601-2:2019) against a reference date.

The subset written: `2024-02-22`, `2024-02`, `2024`, with `XX` and `XXXX` for
what is not known (`XXXX-09`, `2024-XX-22`), seasons of a year (`2024-21` is
spring), and intervals `A/B`. What is printed in another calendar, a fiscal
year, a limit ("by Friday") and a day counted from another event ("two days
after the vote") give no date: nothing is guessed.

News writing names a day near publication by its weekday alone, and the day of
publication too: "on Friday" in Friday's paper is that Friday (AP style).
"""

import re
import unicodedata
from collections.abc import Callable

from extractor.schemas import Reference
from extractor.values import reckoning
from extractor.values.durations import NUMBERS
from extractor.values.edtf import Parts, bounds, compatible, days_apart, first_day, parse, precision
from extractor.values.reckoning import WEEKDAY, Resolved

__all__ = [
    "MONTH", "WEEKDAY", "Parts", "Resolved", "bounds", "compatible", "days_apart", "parse", "precision", "resolve",
]  # fmt: skip

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![^\W\d_])"
)
"""A month's name or abbreviation; for use with `re.IGNORECASE`."""


def resolve(phrase: str, reference: Reference, *, future: bool = False) -> Resolved | None:
    """A printed date phrase in EDTF, or None where it gives no date.

    `future` tells that the meeting is still to come, so that "on Friday" looks
    ahead. What the reference cannot settle stays `XX`; a weekday alone without
    a day of publication gives None, as does a day that no calendar has.
    """
    words = _folded(phrase)
    if reference.published:
        latest = reference.published.year + 1
        words = _SHORT_YEAR.sub(lambda year: str(latest - (latest - int(year[1])) % 100), words)
    if _NO_DATE.search(words):
        return None
    for pattern, rule in _RULES:
        if match := pattern.search(words):
            try:
                resolved = rule(match, reference, future)
            except (OverflowError, ValueError):  # before year 1, or after 9999
                return None
            named = rule in (reckoning.near_weekday, reckoning.far_weekday)
            return resolved if named or not resolved else _checked(words, resolved)
    return None


_SHORT_YEAR = re.compile(rf"(?<!\w)[’'](\d\d)(?![\ds]| (?:of )?{MONTH})", re.IGNORECASE)
"""A year without its century, "August of '23": the last such year up to the one after publication."""


def _folded(phrase: str) -> str:
    """Single spaces, plain hyphens, and the digits of any script as 0 to 9."""
    words = " ".join(re.sub("[‐-―−]", "-", phrase).split())
    return words if words.isascii() else "".join(str(unicodedata.decimal(c, c)) for c in words)


def _checked(words: str, resolved: Resolved) -> Resolved:
    """Marks a day whose printed weekday is another day's; the last one's, where two are printed for two days."""
    days, printed = parse(resolved.edtf), reckoning.weekdays(words)
    pairs = list(zip(days, printed if len(printed) == len(days) else printed[:1], strict=False))
    wrong = any(None not in day and first_day(day).weekday() != weekday for day, weekday in pairs)
    return resolved._replace(mismatch=wrong)


_COUNT = rf"\d{{1,3}}|an?|{'|'.join(NUMBERS[1:])}"
# "they may", "they march", "an august assembly": of these only a capital makes a month.
_M = rf"(?-i:(?!may\b|march\b|august\b))(?P<month>{MONTH})"
_TH = r"(?:st|nd|rd|th)?(?!\d)"
_D = rf"\b(?P<day>\d{{1,2}}){_TH}"
_TO = r"\s?(?:-|to|and|&|through|until) ?"
# "3, 4 and 5 March", "Wednesday 3 to Friday 5 March"
_LAST = rf"(?:, ?\d{{1,2}}{_TH})*,?{_TO}(?:{WEEKDAY},? )?(?:the )?"
_UNTIL = rf"(?P<until>\d{{1,2}}){_TH}"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_WHICH = r"(?P<which>last|this|next|previous)"
_SEASON = r"\b(?P<season>spring|summer|autumn|fall|winter)\b"
_OF_YEAR = rf"(?:,? (?:of |earlier |late |later )?(?:{_YEAR}|(?:the )?{_WHICH} year\b))"

_NO_DATE = re.compile(
    "|".join(
        (
            # A year of another calendar: 22 February 2567, 12 March 1445 AH, 令和6年
            rf"(?-i:(?=[A-Z])){MONTH}(?: \d{{1,2}}{_TH})?,? (?!(?:1[89]|20)\d\d)\d{{4}}"
            r"(?!\d| ?(?:GMT|UTC|hrs|hours|local))",
            r"\d ?(?-i:A\.?H\.?|B\.?E\.?|Hijri)(?!\w)|令和|平成|昭和|大正|明治|民國|民国|พ\.?ศ\.?",
            r"\b(?:fiscal|financial)\b.{0,12}\d|\bFY ?'?\d",
            # A limit, not a day: by Friday, until 5 March, before the end of May
            rf"^(?:by|before|until|till|after|ahead of|prior to)(?: the| early| late| end of| \d{{1,2}}{_TH}(?: of)?)*"
            rf" (?:{WEEKDAY}|{MONTH}|next|tomorrow|year-end)",
            # Counted from another event: two days after the vote of 3 March
            rf"^(?:\w+ )?(?:(?:the|several|some|few|{_COUNT}) )?(?:day|week|month|year)s? "
            r"(?:after|before|following|prior to|ahead of) (?!tomorrow\b|yesterday\b)",
        )
    ),
    re.IGNORECASE,
)

_Rule = Callable[[re.Match[str], Reference, bool], Resolved | None]
# The first that matches decides; the more exact stand first.
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        # 2024-02-22, 2024/2/22, 2024.02.22, 20240222 · 22.02.2024 · 13/02/2024 · 2024年2月22日, 2월 22일
        (r"(?<!\d)(?P<year>(?:1[89]|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)", reckoning.absolute),
        (r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)", reckoning.absolute),
        (rf"(?<!\d)(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}", reckoning.absolute),
        (rf"(?<!\d)(?P<first>\d\d?)([-/])(?P<second>\d\d?)\2{_YEAR}", reckoning.numeric),
        (
            rf"(?:{_YEAR}\s?[年년]\s?|(?<![年년\d])(?<![年년]\s))(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
            reckoning.absolute,
        ),
        # 30 September-2 October 2024 · 21-22 February 2024, the 22nd of February last year, 22-Feb-2024
        (rf"{_D} (?:of )?{_M}{_LAST}{_UNTIL} (?:of )?(?P<until_month>{MONTH}){_OF_YEAR}?", reckoning.absolute),
        (rf"{_D}(?:{_LAST}{_UNTIL})? (?:of )?{_M}{_OF_YEAR}?", reckoning.absolute),
        (rf"{_D}-{_M}-{_YEAR}", reckoning.absolute),
        # Feb. 21-22, 2024, Sept. 30 to Oct. 2, Feb. 22 of last year
        (rf"\b{_M} {_D}(?:{_LAST}(?:(?P<until_month>{MONTH}) )?{_UNTIL})?{_OF_YEAR}?", reckoning.absolute),
        # May to July 2022 · August 2023, August of last year, last year in August
        (rf"\b{_M}{_TO}(?P<until_month>(?-i:(?=[A-Z])){MONTH}){_OF_YEAR}?", reckoning.absolute),
        (rf"\b{_M}{_OF_YEAR}", reckoning.absolute),
        (rf"\b{_WHICH} year,? in {_M}", reckoning.absolute),
        # a week ago Friday, a week from Monday · Monday week, Friday a week ago
        (rf"\b(?:a|one) week (?P<turn>ago|from|on)(?: last| on)? (?P<weekday>{WEEKDAY})\b", reckoning.far_weekday),
        (rf"(?<!last )\b(?P<weekday>{WEEKDAY}) (?P<turn>(?:a|one) week ago|week)\b", reckoning.far_weekday),
        # Friday, last Friday, Thursday and Friday, Friday of last week
        (
            rf"\b(?:{_WHICH} )?(?P<weekday>{WEEKDAY})\b(?:{_TO}(?P<until>{WEEKDAY})\b)?"
            r"(?!,? (?:the )?\d{1,2}(?:st|nd|rd|th)\b)(?:,? (?:of )?(?P<week>last|this|next) week\b)?",
            reckoning.near_weekday,
        ),
        (
            r"\b(?P<near>today|tonight|last night|the day before yesterday|yesterday|the day after tomorrow|tomorrow"
            r"|this (?:morning|afternoon|evening))\b",
            reckoning.near_day,
        ),
        (rf"\b(?P<count>{_COUNT}) (?P<unit>day|week|fortnight|month|year)s? ago\b", reckoning.near_span),
        (
            rf"\b(?:in (?P<ahead>(?P<count>{_COUNT}) (?P<unit>day|week|fortnight|month|year)s?)(?:[’'] time)?)$",
            reckoning.near_span,
        ),
        # the 22nd (local time), Thursday 22nd, the 21st and 22nd, the 22nd of last month; never the 22nd round
        (
            rf"(?:\bthe|{WEEKDAY},?) (?P<day>\d{{1,2}})(?:st|nd|rd|th)(?:{_LAST}{_UNTIL})?"
            rf"(?: of (?:the )?{_WHICH} month| of the month)?"
            r"(?= (?:local|in|at|on|to|and|for|with)\b|\W*(?:\Z|[,.;:()]))",
            reckoning.day_only,
        ),
        (rf"(?:\b{_WHICH} month\s?)?(?<![\d月월年년])(?P<day>\d\d?)\s?[日일](?P<until>(?!))?", reckoning.day_only),
        # spring 2019, the autumn of last year, this summer
        (rf"{_SEASON}(?:,? (?:of )?(?:the )?(?:{_YEAR}|{_WHICH} year\b))", reckoning.season),
        (rf"\b{_WHICH} {_SEASON}", reckoning.season),
        (rf"\b{_WHICH} (?P<unit>weekend|week|month|year)\b(?! of\b)", reckoning.near_span),
        (r"\b(?P<which>(?!))?(?:the|at) (?P<unit>weekend)\b(?! of\b)", reckoning.near_span),
        (rf"\b(?:(?P<turn>last|this|next) )?{_M}", reckoning.absolute),
        # 2024-02, 02/2024 · 2019-2021, 2023/24, between 2019 and 2021
        (r"(?<![\d-])(?P<year>(?:1[89]|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])", reckoning.absolute),
        (rf"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/{_YEAR}", reckoning.absolute),
        (rf"\b{_YEAR}(?:[-/]|{_TO})(?P<until_year>(?:1[89]|20)\d\d|\d\d)(?![\d-])", reckoning.years),
        (rf"\b{_YEAR}\b", reckoning.absolute),
    )
)
