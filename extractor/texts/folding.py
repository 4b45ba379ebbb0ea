"""Fold what typesetting changes in a text: quotes, dashes, white space and Unicode composition, and nothing else."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_WHITE = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(f"{_WHITE}\u2028\u2029\u202f\u205f\u3000", " ")
)


class Folded(NamedTuple):
    """A text after folding, and for each of its characters the span it came from, in code points."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> Folded:
    """The text in NFC with straight quotes, hyphens for dashes, and one space for a run of white space."""
    plain = text.translate(_PLAIN)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pieces: dict[str, str] = {}  # few texts join many different ones
    at = 0
    for joined in _joined(plain).finditer(plain):
        start, end = joined.span()
        if at < start:
            out.append(plain[at:start])
            starts += range(at, start)
            ends += range(at + 1, start + 1)
        words = joined[0]
        piece = pieces.get(words)
        if piece is None:
            piece = pieces[words] = " " if words[0] == " " else unicodedata.normalize("NFC", words)
        out.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
        at = end
    if not out:
        return Folded(plain, range(len(plain)), range(1, len(plain) + 1))
    out.append(plain[at:])
    starts += range(at, len(plain))
    ends += range(at + 1, len(plain) + 1)
    return Folded("".join(out), starts, ends)


_BLANKS = re.compile(" {2,}")


def _joined(text: str) -> re.Pattern[str]:
    """What of a text folds as a whole: runs of blanks, and what NFC joins or replaces.

    A run of more than 30 marks is folded in parts, as in the Stream-Safe Text
    Format of UAX 15: sorting longer ones takes quadratic time.
    """
    if unicodedata.is_normalized("NFC", text):
        return _BLANKS
    chars = sorted(set(text))
    # A class is never empty.
    joins = "".join(filter(_joins, chars)) or "\u0301"
    replaced = "".join(char for char in chars if unicodedata.normalize("NFC", char) != char) or "\u212b"
    return re.compile(rf"{_BLANKS.pattern}|[^ ]?[{joins}]{{1,30}}|[{replaced}]")


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """Whether NFC may join a character to the one before: marks, and the vowels and finals of Hangul."""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff"
