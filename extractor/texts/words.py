"""Words of a text: where a quote may start and end without changing a word, a number or a negation.

After the word boundaries of Unicode (UAX 29), and stricter: a bound prefix
that negates or opposes stays on its word, a sign on its number, and a script
that writes no spaces is parted anywhere but inside its characters, its
numbers and its katakana.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# One ASCII character for each kind of the others, so that one pattern describes words in all scripts.
_LETTER, _DIGIT, _OTHER = "_", "0", ";"
_MARK, _FORMAT, _JOINER, _TONE, _FLAG, _EMOJI, _NO_BREAK = "\x01\x02\x03\x04\x05\x06\x07"
_HANGUL, _HANGUL_COUNT, _KATAKANA, _UNSPACED, _COUNT, _NEGATION = "\x0e\x0f\x10\x11\x12\x13"

_SHAPES = {
    **dict.fromkeys("‘’‛′ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("．٫", "."),
    **dict.fromkeys("，٬", ","),
    "：": ":",
    "／": "/",
    "⁄": "/",
    "\u200d": _JOINER,
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", _NO_BREAK),
    **dict.fromkeys("非不无無未", _NEGATION),
    **dict.fromkeys("〇一二三四五六七八九十百千万萬億亿兆", _COUNT),
    **dict.fromkeys("백천만억조", _HANGUL_COUNT),
    **dict.fromkeys("\u0e33\u0eb3", _MARK),  # the vowels AM of Thai and Lao are drawn on the letter before
}
# The first words of a character's name tell its script and what it does.
_NAMES = {
    "EMOJI MODIFIER": _TONE,
    "TAG ": _TONE,
    "CANCEL TAG": _TONE,
    "REGIONAL INDICATOR": _FLAG,
    "HANGUL JUNGSEONG": _MARK,
    "HANGUL JONGSEONG": _MARK,
    "HANGUL": _HANGUL,
    "KATAKANA": _KATAKANA,
    "HALFWIDTH KATAKANA": _KATAKANA,
    **dict.fromkeys(
        ("BOPOMOFO", "CJK", "HIRAGANA", "JAVANESE", "KHMER", "LAO", "MYANMAR", "TAI", "THAI", "TIBETAN", "YI "),
        _UNSPACED,
    ),
}
_CATEGORIES = {"M": _MARK, "Cf": _FORMAT, "So": _EMOJI, "L": _LETTER}

# Nothing that can be seen: UAX 29 (WB4) passes over it.
_I = rf"[{_MARK}{_FORMAT}{_JOINER}]"
_WORD = re.compile(
    rf"""
      (?-i:\b(?:[cdjlmnst]|qu)')(?=\w)                   # l'accord: an article that lost its vowel, by itself
    | {_NEGATION}*(?:(?<![\w)"'.!?])[-.](?=\d))?        # -5 · .5
      (?:(?<!-)(?!(?-i:UN-))(?:anti|counter|de|dis|ex|mis|non|pro|pseudo|quasi|un|vice)-(?=\w))*
      \w(?:{_I}*\w)*
      (?:
        {_I}*
        (?: '                                            # can't · Xi'an
          | (?<=\d)[.,:/](?=\d)                          # 1.5 · 10,000 · 10:30 · 1/2
          | (?<=\d)(?<!\d\d\d\d){_NO_BREAK}(?=\d{{3}}\b) # 10 000
          | (?<=\b\w)\.(?=\w\b)                          # U.S
          | -(?=(?:free|less)\b)                         # nuclear-free
        )
        {_I}*\w(?:{_I}*\w)*
      )*
      (?:(?<=\d)[{_COUNT}{_HANGUL_COUNT}][\d{_COUNT}{_HANGUL_COUNT}]*)?  # 5万
      {_MARK}*
    | [{_HANGUL}{_HANGUL_COUNT}](?:{_I}*[{_HANGUL}{_HANGUL_COUNT}])*{_MARK}*
    | {_NEGATION}*{_KATAKANA}(?:{_I}*{_KATAKANA})*{_MARK}*
    | {_NEGATION}*{_COUNT}[\d{_COUNT}]*                # 二十
    | {_NEGATION}+{_UNSPACED}{_MARK}*                  # 非公式
    | {_EMOJI}(?:[{_MARK}{_TONE}{_JOINER}]|(?<={_JOINER}){_EMOJI})*
    | {_FLAG}{_FLAG}{_MARK}*
    | [^\s{_NO_BREAK}]{_MARK}+
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
# A word may end before its tail: Japan's, they'll; in Korean before a particle.
_TAIL = re.compile(rf"'(?:[sdm]|ll|re|ve)\b|{_HANGUL}|(?<!\d){_HANGUL_COUNT}", re.ASCII | re.IGNORECASE)
_TAILS = frozenset(f"'{_HANGUL}{_HANGUL_COUNT}")


# Cuts that no word spans, to be seen at a glance: most are.
_PLAIN = r"""\A|\Z|(?<=[ \n])|(?=[ \n])|(?<=["“(])(?=[!-~])|(?=[.,;:!?)"”…](?:[\s.,;:!?)"“”…]|\Z))"""
_PLAIN_START, _PLAIN_END = re.compile(_PLAIN), re.compile(rf"{_PLAIN}|(?<=\w)(?=['’]s\b)")


class Cuts(NamedTuple):
    """By place (one more than the text has characters): whether a cut there falls inside a word."""

    no_start: bytes
    no_end: bytes


def plain(text: str, start: int, end: int) -> bool:
    """Whether a span is seen at a glance to start and end at the edges of words; if not, ask `cuts`."""
    return bool(_PLAIN_START.match(text, start) and _PLAIN_END.match(text, end))


def cuts(text: str) -> Cuts:
    """Where nothing may start or end in a text, in linear time."""
    shape = text.translate({ord(char): _shape(char) for char in set(text)})
    inside = bytearray(len(text) + 1)
    for word in _WORD.finditer(shape):
        start, end = word.span()
        if end - start > 1:
            inside[start + 1 : end] = b"\1" * (end - start - 1)
    no_end = bytearray(inside)
    if not _TAILS.isdisjoint(shape):
        for tail in _TAIL.finditer(shape):
            no_end[tail.start()] = 0
    return Cuts(bytes(inside), bytes(no_end))


@lru_cache(maxsize=4096)
def _shape(char: str) -> str:
    """The one ASCII character that stands for a character."""
    if char.isascii():
        return _OTHER if char == _LETTER else char
    if known := _SHAPES.get(char):
        return known
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    name = unicodedata.name(char, "")
    named = next((shape for start, shape in _NAMES.items() if name.startswith(start)), None)
    if category.startswith("M"):
        return _MARK
    if char.isnumeric() and named != _UNSPACED:  # 参 is a three, and in most words it is none
        return _DIGIT
    if named and (char.isalpha() or named in (_TONE, _FLAG)):
        return named
    return _CATEGORIES.get(category) or _CATEGORIES.get(category[0], _OTHER)
