"""Publication lines: what stands above a text, or below it, and tells the day on which it was published.

Such a line holds a full date and little else: labels, a byline, the time of day, a section, the paper or the place.
A date in a sentence or in the title of an event is none.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

import regex as re  # the possessive quantifiers of `re` are broken before Python 3.11.5

from extractor.texts import printed
from extractor.values import dates, places

# A publication line is short and stands near the top, or in the last lines.
_LINES_FROM_TOP = 40
_LINES_AT_FOOT = 8
_LONGEST = 120
_PROSE = 160
_WORDS = 6

_PUBLISHED = (
    r"(?:first )?(?:published|posted|released|issued|uploaded|publish)"
    r"|(?:(?:publication|publishing|release|issue) )?date|date of (?:publication|issue|release)|dated"
    r"|input|for immediate release"
)
_UPDATED = r"(?:last )?(?:updated|modified|revised|edited)|last update|(?:update|edit)(?=\W*\d)"
LABEL = re.compile(
    rf"(?P<published>\b(?:{_PUBLISHED})\b|입력|등록|송고|发布|公開)|(?P<updated>\b(?:{_UPDATED})\b|수정|更新)",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_a-z][\w.’'&-]*+"
NAME = rf"(?-i:{_WORD}(?: (?:{_WORD}|of|the|and|&|de|da|do|es|la|al)(?!\w))*+)"
"""Words with capitals: a place, a paper, a person, a section."""
_HIJRI_MONTH = (
    r"(?:muharram|safar|rabi\S*(?: \S+)?|jumada\S*(?: \S+)?|rajab|sha['’]?ban|ramadh?an|shawwal|dhu\S*(?: \S+)?)"
)
HIJRI = rf"(?:{_HIJRI_MONTH} \d{{1,2}}|\d{{1,2}} {_HIJRI_MONTH}),? 1[34]\d\d(?: ?A?H\b)?"
_DOCUMENT = (
    r"(?:press|news|media) (?:release|statement|note|communiqu[eé])s?\b|statements?\b|communiqu[eé]\b"
    r"|(?:no|nr|ref|vol|issue)\b[.:]? ?[\w/.()-]*\d[\w/.()-]*+|(?-i:[A-Z]{1,8}(?:/[A-Z]{1,8})*+[/(]?\d[\w/().-]*+)"
    r"|\d{1,5}/\d{2,4}\b"
)
_TIME = (
    r"T?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)?Z?(?!\d)|[+-]\d\d:?\d\d|\d{1,2} ?[ap]\.?m\b\.?|[ap]\.?m\b\.?"
    r"|(?-i:(?:UTC|GMT|[ECMPA][DS]?T|CES?T|EES?T|WES?T|BST|IST|MSK|JST|KST|SGT|HKT|PHT|PKT|WI[BT]|AE[DS]?T|NZ[DS]?T))\b"
    rf"|(?:{dates.WEEKDAY}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b|(?:on|at|hrs|hours|local time)\b"
)
BESIDE = re.compile(
    rf"(?:{LABEL.pattern.replace('?P<published>', '?:').replace('?P<updated>', '?:')})(?: (?:in|at)\b)?"
    rf"|(?:by (?:the )?|(?:source|author|editor|writer|reporter)s?: ?)(?:{NAME}|admin\b|staff\b)"
    rf"|{HIJRI}|{_DOCUMENT}|{_TIME}",
    re.IGNORECASE,
)
"""What may stand beside the date: labels, a byline, a document's number, the time of day with its zone, a weekday."""
_BESIDES = rf"(?:{BESIDE.pattern}|[\W_])*+"
_FURNITURE = re.compile(_BESIDES, re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?!(?:on|at)\b){_BESIDES}(?P<names>(?:{NAME}(?:\s?[,/]\s?|\s[–—-]+\s|[–—]))*+){_BESIDES}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"{_BESIDES}(?P<names>(?:(?:(?<=[\])–—/,-] )|(?<=\d )){NAME})?+){_BESIDES}", re.IGNORECASE)
# Pages put other things on the line behind such a mark, or far to the side.
_MARK = re.compile(r"\s[|/•·]\s|(?<=\w)\s*[|•·]\s*|\t\s*|\s{3,}")
_EVENT = re.compile(
    r"\b(?:summit|meeting|conference|forum|congress|assembly|session|talk|dialogue|visit|round|negotiation|consultation"
    r"|workshop|seminar|ceremony|day|anniversary|election|referendum|agreement|accord|treaty|protocol|declaration"
    r"|convention|charter|resolution|memorandum|act|war|battle|attack|deadline|held|signed|born|died|venue|updates?)s?\b",
    re.IGNORECASE,
)
_EASTERN = re.compile(r"[가-힣぀-ヿ一-鿿]")


class Rank(IntEnum):
    """How well a line tells the day of publication; an update comes after it."""

    UPDATED = 0
    BELOW = 1
    """A date below the body: it may be another article's."""
    UNLABELLED = 2
    PUBLISHED = 3
    FILED = 4
    """The dateline's own: relative dates of the text count from there."""


class Printed(NamedTuple):
    """A full date of a publication line: what it can mean, and where it stands (code points)."""

    rank: Rank
    days: tuple[date, ...]
    start: int
    end: int


class Line(NamedTuple):
    """A line that is not blank, without the white space at its ends, and where it starts."""

    start: int
    words: str


def head(lines: list[Line]) -> int:
    """How many lines stand above the body: until the first long one, or one that goes on the one before."""
    prose = (i for i, line in enumerate(lines) if i and (len(line.words) > _PROSE or _goes_on(line.words)))
    return min(next(prose, len(lines)), _LINES_FROM_TOP)


def names_an_event(words: str) -> bool:
    """Whether words tell of an event or a document, so that a date beside them is its own."""
    return bool(_EVENT.search(words))


def find(lines: list[Line]) -> list[Printed]:
    """The dates of publication lines, the one to be believed first.

    Below the body the dates of other articles stand too: those count only where they agree.
    """
    above = head(lines)
    foot = max(_LINES_FROM_TOP, len(lines) - _LINES_AT_FOOT) if above < _LINES_FROM_TOP else len(lines)
    over: list[Printed] = []
    under: list[Printed] = []
    for index in (*range(min(len(lines), _LINES_FROM_TOP)), *range(foot, len(lines))):
        line = lines[index]
        if len(line.words) <= _LONGEST and any(c.isdigit() for c in line.words):
            found = _printed(line, lines[index - 1].words if index else "", first=not index)
            (over if index < above else under).extend(found)
    best = [p for p in under if p.rank is max(q.rank for q in under)]
    if len({p.days for p in best}) == 1:
        over.append(best[0]._replace(rank=min(best[0].rank, Rank.BELOW)))
    return sorted(over, key=lambda p: -p.rank)


def _goes_on(line: str) -> bool:
    return len(line) > _PROSE // 4 and line[0].islower()


def _printed(line: Line, above: str, *, first: bool) -> Iterator[Printed]:
    """The dates of one publication line. A label may stand on the line above it."""
    label = _label_at_end(above)
    for left, right in _segments(line.words):
        found, beside = _dates(line.words, left, right, first=first)
        for match, before in zip(found, beside, strict=False):
            label = _rank(before, label)
            days = printed.readings(match.group())
            if days and not (_is_short(match.group()) and _doubtful(line.words, label, beside)):
                yield Printed(label, days, line.start + match.start(), line.start + match.end())
        label = _rank(beside[-1], Rank.UNLABELLED) if beside else Rank.UNLABELLED


def _is_short(words: str) -> bool:
    """Whether the year has two digits."""
    return not re.search(r"\d{4}", words)


def _doubtful(line: str, label: Rank, beside: Iterable[str]) -> bool:
    """Two digits make a year only beside a label or a time of day; in Korean the year would come first."""
    return bool(_EASTERN.search(line)) or (label is Rank.UNLABELLED and not any(":" in words for words in beside))


def _label_at_end(line: str) -> Rank:
    if len(line) > _LONGEST:
        return Rank.UNLABELLED
    *_, last = _segments(line)
    _, beside = _dates(line, *last, first=False)
    return _rank(beside[-1], Rank.UNLABELLED) if beside else Rank.UNLABELLED


def _dates(line: str, left: int, right: int, *, first: bool) -> tuple[list[re.Match[str]], list[str]]:
    """The full dates in a part of a line and the words beside them; no words where other ones stand there."""
    found = list(printed.FULL.finditer(line, left, right))
    cuts = [left, *(edge for match in found for edge in match.span()), right]
    gaps = [line[a:b] for a, b in pairwise(cuts)][::2]
    if not found:
        return [], gaps if _FURNITURE.fullmatch(gaps[0]) else []
    before, *between, after = gaps
    stands = _fits(_BEFORE.fullmatch(before), first=first) and _fits(_AFTER.fullmatch(f"{after} "), first=first)
    return found, gaps if stands and all(_FURNITURE.fullmatch(words) for words in between) else []


def _fits(match: re.Match[str] | None, *, first: bool) -> bool:
    """Whether the names beside a date may be a place's, a paper's or a section's. A first line is mostly a title."""
    if not match:
        return False
    names = match["names"] or ""
    if first:
        parts = (part.strip() for part in re.split("[,/–—]", names))
        return all(places.city(part) or places.country(part) for part in parts if part)
    return len(names.split()) <= _WORDS and not names_an_event(names)


def _segments(line: str) -> Iterator[tuple[int, int]]:
    cuts = [match.span() for match in _MARK.finditer(line)]
    yield from zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)], strict=True)


def _rank(words: str, otherwise: Rank) -> Rank:
    """The rank by the last label in the words."""
    rank = otherwise
    for match in LABEL.finditer(words):
        rank = Rank.PUBLISHED if match["published"] else Rank.UPDATED
    return rank
