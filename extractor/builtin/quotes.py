"""Quotations: the words inside quotation marks, also those that are never closed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.builtin.tagging import Tagged

_OPENING = re.compile(r'“|(?<![\w])"(?=\S)')
# An opening mark before the closing one ends the quotation too: one of the two is a slip.
_CLOSING = re.compile(r'[”“]|"')
_LONGEST = 12
"""Sentences that an open quotation can run on."""


@dataclass(frozen=True)
class Quotation:
    """Words inside quotation marks: from `start` in one line to `end` in it or a later one."""

    text: str
    where: Tagged
    start: int
    end: int
    ends_in: Tagged

    @property
    def rest(self) -> int:
        """The position, in the tagged text of the line where it ends, of what follows it."""
        return self.ends_in.at(self.end)


def quotations(paragraph: Sequence[Tagged]) -> Iterator[Quotation]:
    """The quotations of a paragraph.

    A quotation that is open where the next sentence opens another ends there:
    so newspapers print a speech in several sentences, and so do slips.
    """
    opened: tuple[Tagged, int] | None = None
    parts: list[str] = []
    for sentence in paragraph:
        text = sentence.line.text
        position = 0
        if opened:
            close = _find(_CLOSING, text, 0)
            if text[:1] in '“"' or len(parts) > _LONGEST:
                yield _quotation(parts[:1], opened, len(opened[0].line.text), opened[0])
                opened, parts = None, []
            elif close is None:
                parts.append(text)
                continue
            else:
                yield _quotation([*parts, text[:close]], opened, close, sentence)
                opened, parts, position = None, [], close + 1
        while (start := _find(_OPENING, text, position)) is not None:
            close = _find(_CLOSING, text, start + 1)
            if close is None:
                opened, parts = (sentence, start + 1), [text[start + 1 :]]
                break
            yield _quotation([text[start + 1 : close]], (sentence, start + 1), close, sentence)
            position = close + 1
    if opened:
        yield _quotation(parts[:1], opened, len(opened[0].line.text), opened[0])


def _quotation(parts: Sequence[str], opened: tuple[Tagged, int], end: int, ends_in: Tagged) -> Quotation:
    return Quotation(" ".join(part.strip() for part in parts).strip(), opened[0], opened[1], end, ends_in)


def _find(mark: re.Pattern[str], text: str, position: int) -> int | None:
    match = mark.search(text, position)
    return match.start() if match else None


def blanked(sentence: Tagged, inside: Sequence[Quotation]) -> str:
    """The tagged sentence with its quotations blanked, so that words inside them attribute nothing."""
    text = sentence.text
    for quotation in inside:
        start = sentence.at(quotation.start)
        end = sentence.at(quotation.end) if quotation.ends_in is sentence else len(text)
        text = text[:start] + " " * (end - start) + text[end:]
    return text
