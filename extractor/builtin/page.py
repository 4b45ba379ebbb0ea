"""The page: which lines are headline, which are the article's prose, which are furniture.

News pages carry menus, lists of other headlines, subscription boxes. Prose
lines are sentences: long enough, ending like one, and not addressed to the
reader of the website.
"""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from extractor.builtin.offices import OFFICE


class Line(NamedTuple):
    """A sentence as the prompt shows it: its number, its paragraph (from 1), its words."""

    number: int
    paragraph: int
    text: str


class Part(Enum):
    """What a line is on the page."""

    HEADLINE = "headline"
    PROSE = "prose"
    FURNITURE = "furniture"


_ENDS = re.compile(r"[.!?。][\"'”’)\]]*(?: (?:--|[-–—]) ?[A-Z]{2,8}| [(\[][A-Z]\w+(?:/\w+)*[)\]])?$|[,:;][\"”]?$")
"""A sentence's end; behind the last one the agency may stand, or who wrote it: "-- NNN", "(Agency)"."""
_TO_READER = re.compile(
    r"\b(?:subscri(?:be|ption|bing)|newsletter|cookies|sign up|log in|terms of use|privacy policy|"
    r"your (?:email|comment|name|inbox)|"
    r"click here|all rights reserved|advertisement|read more|download (?:the|our)|our app\b|copyright|"
    r"follow us|share this)",
    re.IGNORECASE,
)
_SEE_ALSO = re.compile(
    r"^(?:see also|read also|also read|related|more|watch|photo|tags|source|reporting by|" r"editing by)\b[: ]",
    re.IGNORECASE,
)
# Words to a machine are no news.
_TO_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|"
    r"guidelines)\b|\b(?:system prompt|developer mode|as an AI|language model)\b|"
    r"^\W*(?:system|assistant|user)\s*:|<\|?(?:im_start|system|assistant)",
    re.IGNORECASE,
)
_OTHER_LISTS = re.compile(
    r"\b(?:popular|ranking|most read|related (?:posts|articles|stories)|recommended|trending|"
    r"sponsored|more from|top stories)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\b(?:from left|pos(?:e|es|ing) for|(?:are|is) seen|shakes? hands|file photo|pictured|"
    r"photo by)\b|\((?:L|R|C)\)|, (?:left|right|center), ",
    re.IGNORECASE,
)
_FILED = re.compile(r"[A-Z][A-Z .’'-]{3,30}(?:,? \(?[A-Z][A-Za-z]+\.? \d{1,2}(?:, \d{4})?\)?)?")
"""A dateline on a line of its own."""
_MIN_WORDS = 5
_FEWEST_WRAPPED = 3


def parts(lines: Sequence[Line]) -> list[Part]:
    """What each line is. Headlines stand before the first prose; what else is no prose is furniture.

    Captions count as headlines, and so do paragraphs of quotation alone before
    the first told paragraph: they are a digest of what is told below.
    """
    prose = [_is_prose(line.text) for line in lines]
    for i in range(1, len(lines)):
        prose[i] = prose[i] or (prose[i - 1] and _signs(lines[i - 1].text, lines[i].text))
    told = {line.paragraph for i, line in enumerate(lines) if prose[i] and not line.text.startswith(("“", '"'))}
    opened = {line.paragraph for line in lines if line.text.startswith(("“", '"'))} - told
    first = next((i for i, yes in enumerate(prose) if yes and _tells(lines[i], opened)), len(lines))
    # After a list of other articles has begun, nothing belongs to this one.
    ended = next(
        (i for i, line in enumerate(lines) if i > first and not prose[i] and _OTHER_LISTS.search(line.text)), len(lines)
    )
    # A letterhead names who holds the office in the line below.
    heads = {i for i in range(first) if any(OFFICE.fullmatch(line.text) for line in lines[i : i + 2])}
    result = []
    for i, line in enumerate(lines):
        if prose[i] and first <= i < ended:
            result.append(Part.HEADLINE if _CAPTION.search(line.text) else Part.PROSE)
        elif (
            i < first
            and (len(line.text.split()) >= _MIN_WORDS or i in heads or _FILED.fullmatch(line.text))
            and not (_TO_READER.search(line.text) or _TO_MACHINE.search(line.text))
        ):
            result.append(Part.HEADLINE)
        else:
            result.append(Part.FURNITURE)
    return result


_SIGNED = 14
"""Words of the longest line that names the speaker of the quotation above it."""


def _signs(above: str, text: str) -> bool:
    """Whether a line names the speaker of the quotation above it ("Jane Doe, Minister of Trade")."""
    short = len(text.split()) <= _SIGNED and not _ENDS.search(text)
    return short and above.startswith(("“", '"')) and above.endswith(("”", '"')) and bool(OFFICE.search(text))


_TERMINAL = re.compile(r"[.!?:;。][\"'”’)\]]*$")


_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*_])")


def plain(line: Line) -> Line:
    """A line without the marks that Markdown puts around words that are stressed."""
    return line._replace(text=_EMPHASIS.sub(r"\2", line.text))


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The lines with those joined that only the width of a page parts: a join keeps the first one's number.

    A text is taken as hard-wrapped where a good part of its lines break off
    and go on in lower case.
    """
    broken = [_goes_on(a, b) for a, b in pairwise(lines)]
    if sum(broken) < _FEWEST_WRAPPED or sum(broken) * 4 < len(lines):
        return list(lines)
    width = max(len(line.text) for line in lines)
    joined = [lines[0]]
    for before, line in pairwise(lines):
        cut = line.paragraph != before.paragraph and not _TERMINAL.search(before.text)
        if cut and (_goes_on(before, line) or len(before.text) > width * 0.6):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _goes_on(before: Line, line: Line) -> bool:
    return line.paragraph != before.paragraph and not _TERMINAL.search(before.text) and line.text[:1].islower()


def _tells(line: Line, quoted: set[int]) -> bool:
    return line.paragraph not in quoted and not _CAPTION.search(line.text)


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) < _MIN_WORDS and not text.startswith(("“", '"')):
        return False
    if _TO_MACHINE.search(text) or _SEE_ALSO.match(text) or (_TO_READER.search(text) and len(words) < 40):
        return False
    return bool(_ENDS.search(text)) and any(word.islower() for word in words)
