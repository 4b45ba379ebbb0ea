"""Fold what typesetting changes in a text: quotes, dashes, white space and Unicode composition, and nothing else."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
LONGEST_COMPOSED = 4
"""Code points: no canonical decomposition has more, so more of them never compose into one."""


class Folded(NamedTuple):
    """A text after folding, and for each of its characters the span it came from, in code points."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(text: str) -> Folded:
    """The text in NFC with straight quotes, hyphens for dashes, and one space for a run of white space."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, composed in _pieces(text):
        piece = text[start:end]
        if piece.isspace():
            piece = " "
        elif composed:
            piece = unicodedata.normalize("NFC", piece).translate(_STRAIGHT)
        else:
            out.append(piece.translate(_STRAIGHT))
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        out.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return Folded("".join(out), starts, ends)


# White space that is no single space, lines, and the end of the text.
_BLANK = re.compile(r"\s{2,}|[^\S ]")


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans that fold by themselves, and whether NFC changes them: white space, plain text, or characters joined."""
    at = 0
    for blank in _BLANK.finditer(text):
        yield from _line(text, at, blank.start())
        yield *blank.span(), False
        at = blank.end()
    yield from _line(text, at, len(text))


def _line(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    if unicodedata.is_normalized("NFC", text[start:end]):
        if start < end:
            yield start, end, False
        return
    at = start
    while at < end:
        last = at + 1
        while last < end and _composes(text, at, last):
            last += 1
        yield at, last, True
        at = last


def _composes(text: str, start: int, at: int) -> bool:
    """Whether NFC may join the character at `at` to those from `start`."""
    if text[at].isascii() or text[start].isspace():
        return False
    if _follows(text[at]):
        return True
    if at - start >= LONGEST_COMPOSED:
        return False
    return len(unicodedata.normalize("NFC", text[start : at + 1])) == 1


@lru_cache(maxsize=4096)
def _follows(char: str) -> bool:
    """Whether a character is, or decomposes into, a mark on the one before."""
    return bool(unicodedata.combining(unicodedata.normalize("NFD", char)[0]))
