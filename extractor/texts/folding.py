"""Fold what typesetting changes in a text: quotes, dashes, white space and Unicode composition, and nothing else."""

import re
import unicodedata
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
    at = 0
    for changed in _changed(text).finditer(text):
        start, end = changed.span()
        out.append(text[at:start].translate(_STRAIGHT))
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        piece = " " if changed[0].isspace() else unicodedata.normalize("NFC", changed[0]).translate(_STRAIGHT)
        out.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        at = end
    out.append(text[at:].translate(_STRAIGHT))
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Folded("".join(out), starts, ends)


# White space that is no single space.
_BLANK = r"\s{2,}|[^\S ]"


def _changed(text: str) -> re.Pattern[str]:
    """What of a text does not fold character by character: white space, and what NFC joins or replaces.

    A run of more than 30 marks is folded in parts, as in the Stream-Safe Text
    Format of UAX 15: sorting longer ones takes quadratic time.
    """
    if unicodedata.is_normalized("NFC", text):
        return re.compile(_BLANK)
    chars = set(text)
    # A class is never empty.
    joined = "".join(char for char in chars if _joins(char)) or "\u0301"
    replaced = "".join(char for char in chars if unicodedata.normalize("NFC", char) != char) or "\u212b"
    return re.compile(rf"{_BLANK}|\S?[{joined}]{{1,30}}|[{replaced}]")


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """Whether NFC may join a character to the one before: marks, and the vowels and finals of Hangul."""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"
