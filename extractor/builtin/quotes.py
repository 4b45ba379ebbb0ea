"""Quotations: the words inside quotation marks, also those that are never closed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.builtin.tagging import Tagged


class Marks(NamedTuple):
    """The marks of an article: what opens a quotation, and by the opening mark what closes it."""

    opening: re.Pattern[str]
    closing: dict[str, re.Pattern[str]]


_OPENING = r'“|„|«|``|(?<!\w)"(?=\S)'
# An opening mark before the closing one ends the quotation too: one of the two is a slip.
_CLOSING = {
    **dict.fromkeys("“„", re.compile(r'[”“]|"')),
    '"': re.compile(r'["”“]'),
    "«": re.compile("»"),
    "``": re.compile("''|[\"”]"),
}
# The possessive of a plural ("the ministers’ talks") closes nothing.
_CLOSING_SINGLE = re.compile(r"(?<=[\w.,!?;…)\]])[’'](?!\w)(?!(?<=s[’']) [a-z])")
_SINGLE = r"(?<![\w’'])[‘'](?=[^\W\d]|\[|…)"
DOUBLE = Marks(re.compile(_OPENING), _CLOSING)
SINGLE = Marks(re.compile(rf"{_OPENING}|{_SINGLE}"), _CLOSING | dict.fromkeys("‘'", _CLOSING_SINGLE))
"""British style: single marks outside, double ones inside."""

_LONGEST = 12
"""Sentences that an open quotation can run on."""
_MOST_PARAGRAPHS = 10
"""Paragraphs in which an open quotation is looked for its end."""


@dataclass(frozen=True)
class Quotation:
    """Words inside quotation marks: from `start` in one line to `end` in it or a later one."""

    text: str
    where: Tagged
    start: int
    end: int
    ends_in: Tagged
    continues: bool = False
    """Whether the paragraph before left it open: it has the same speaker."""

    @property
    def rest(self) -> int:
        """The position, in the tagged text of the line where it ends, of what follows it."""
        return self.ends_in.at(self.end)


def marks(sentences: Sequence[Tagged]) -> Marks:
    """The marks that an article uses: single ones where they stand outermost in most of its quotations."""
    single = double = 0
    for sentence in sentences:
        text = sentence.line.text
        outer = SINGLE.opening.search(text)
        if outer and outer.group() in SINGLE.closing.keys() - DOUBLE.closing.keys():
            single += bool(_CLOSING_SINGLE.search(text, outer.end()))
        elif outer:
            double += 1
    return SINGLE if single > double else DOUBLE


def opens(text: str, used: Marks) -> bool:
    """Whether a line begins with a quotation."""
    return bool(used.opening.match(text))


def runs(paragraphs: Sequence[Sequence[Tagged]], used: Marks) -> Iterator[list[Quotation]]:
    """The quotations of each paragraph, also those that run on over several.

    Each paragraph of such a run is a quotation: it opens again, or stands
    between an opening mark and the closing one that are paragraphs apart.
    """
    inside, continues = 0, False
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1 : at + 1 + _MOST_PARAGRAPHS]
        if inside:
            inside -= 1
            yield [_whole(paragraph)]
            continue
        mark = _left_open(paragraph, used)
        again = bool(mark and following) and opens(following[0][0].line.text, used)
        inside = 0 if again else _closed_in(following, mark, used)
        found = list(quotations(paragraph, used, goes_on=again or inside > 0))
        yield [replace(found[0], continues=True), *found[1:]] if continues and found else found
        continues = again


def _closed_in(following: Sequence[Sequence[Tagged]], mark: str, used: Marks) -> int:
    """After how many paragraphs a quotation closes that is left open; 0 where that is never."""
    for count, later in enumerate(following if mark else (), 1):
        text = " ".join(sentence.line.text for sentence in later)
        if used.opening.search(text):
            return 0
        if close := used.closing[mark].search(text):
            return count if close.end() == len(text) else 0
    return 0


def _left_open(paragraph: Sequence[Tagged], used: Marks) -> str:
    """The opening mark of a quotation that a paragraph leaves open, or nothing."""
    text = " ".join(sentence.line.text for sentence in paragraph)
    position = 0
    while start := used.opening.search(text, position):
        close = used.closing[start.group()].search(text, start.end())
        if not close:
            return start.group()
        position = close.end()
    return ""


def _whole(paragraph: Sequence[Tagged]) -> Quotation:
    last = paragraph[-1]
    text = " ".join(sentence.line.text.strip() for sentence in paragraph)
    end = len(last.line.text) - (text[-1:] in "”\"»’'")
    return Quotation(text.rstrip('”"»'), paragraph[0], 0, end, last, continues=True)


def quotations(paragraph: Sequence[Tagged], used: Marks = DOUBLE, *, goes_on: bool = False) -> Iterator[Quotation]:
    """The quotations of a paragraph.

    A quotation that is open where the next sentence opens another ends there:
    so newspapers print a speech in several sentences, and so do slips. One that
    is open at the end of the paragraph is whole where it goes on in the next,
    and otherwise a slip after its first sentence.
    """
    if dashed := _dashed(paragraph, used):
        yield dashed
        return
    opened: tuple[Tagged, int, str] | None = None
    parts: list[str] = []
    for sentence in paragraph:
        text = sentence.line.text
        position = 0
        if opened:
            close = used.closing[opened[2]].search(text)
            if opens(text, used) or (len(parts) > _LONGEST and not goes_on):
                yield _quotation(parts[:1], opened, len(opened[0].line.text), opened[0])
                opened, parts = None, []
            elif close is None:
                parts.append(text)
                continue
            else:
                yield _quotation([*parts, text[: close.start()]], opened, close.start(), sentence)
                opened, parts, position = None, [], close.end()
        while start := used.opening.search(text, position):
            close = used.closing[start.group()].search(text, start.end())
            if close is None:
                opened, parts = (sentence, start.end(), start.group()), [text[start.end() :]]
                break
            span = text[start.end() : close.start()]
            yield _quotation([span], (sentence, start.end(), start.group()), close.start(), sentence)
            position = close.end()
    if opened and goes_on:
        yield _quotation(parts, opened, len(paragraph[-1].line.text), paragraph[-1])
    elif opened:
        yield _quotation(parts[:1], opened, len(opened[0].line.text), opened[0])


_DASH = re.compile(r"[–—] ?(?=\w)")
_SPEAKS = re.compile(r", (?=(?:says|said|adds|added|stresse[sd]|explain(?:s|ed)|note[sd]|conclude[sd]) \S)")


def _dashed(paragraph: Sequence[Tagged], used: Marks) -> Quotation | None:
    """A paragraph of speech that opens with a dash, as Nordic and Romance languages print it, and names its speaker."""
    first, last = paragraph[0], paragraph[-1]
    dash = _DASH.match(first.line.text)
    cuts = list(_SPEAKS.finditer(last.line.text)) if dash else []
    if not dash or not cuts or any(used.opening.search(sentence.line.text) for sentence in paragraph):
        return None
    lines = [sentence.line.text for sentence in paragraph[:-1]] + [last.line.text[: cuts[-1].start()]]
    return _quotation([lines[0][dash.end() :], *lines[1:]], (first, dash.end(), dash.group()), cuts[-1].start(), last)


def _quotation(parts: Sequence[str], opened: tuple[Tagged, int, str], end: int, ends_in: Tagged) -> Quotation:
    return Quotation(" ".join(part.strip() for part in parts).strip(), opened[0], opened[1], end, ends_in)


def blanked(sentence: Tagged, quotes: Sequence[Quotation]) -> str:
    """The tagged sentence with its quotations blanked, so that words inside them attribute nothing."""
    text = sentence.text
    for quotation in quotes:
        if sentence not in (quotation.where, quotation.ends_in):
            continue
        start = sentence.at(quotation.start) if quotation.where is sentence else 0
        end = sentence.at(quotation.end) if quotation.ends_in is sentence else len(text)
        text = text[:start] + " " * (end - start) + text[end:]
    return text
