"""Sessions: the part of the day that printed words tell."""

import re
from functools import lru_cache

PARTS = ("morning", "noon", "afternoon", "evening")
"""The parts of a day, in order. Where one ends and the next begins is nobody's rule."""
_NOON, _AFTERNOON, _EVENING = 11, 14, 17
"""The hours with which they begin."""
_WORDS = (
    re.compile(r"\bmornings?\b|\bbreakfast\b", re.IGNORECASE),
    re.compile(r"\bnoon\b|\bmidday\b|\blunch(?:eon)?\b", re.IGNORECASE),
    re.compile(r"\bafternoons?\b", re.IGNORECASE),
    re.compile(r"\bevenings?\b|\bdinner\b|\bnights?\b", re.IGNORECASE),
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])(?:[:.]([0-5]\d))?(?: ?([ap])\.?m\b)?", re.IGNORECASE)


@lru_cache(maxsize=65536)
def part(words: str) -> str | None:
    """The part of the day that words tell; None where they tell none, or several.

    A clock without a.m. and p.m. needs minutes, and is one of 24 hours.
    """
    found = {name for name, expression in zip(PARTS, _WORDS, strict=True) if expression.search(words)}
    for hour, minute, half in _CLOCK.findall(words):
        if half:
            found.add(_at(int(hour) % 12 + 12 * (half.lower() == "p")))
        elif minute:
            found.add(_at(int(hour)))
    return found.pop() if len(found) == 1 else None


def apart(one: str, other: str) -> bool:
    """Whether two parts are two sessions: neighbours may be one that lasts."""
    return abs(PARTS.index(one) - PARTS.index(other)) > 1


def _at(hour: int) -> str:
    return PARTS[sum(hour >= first for first in (_NOON, _AFTERNOON, _EVENING))]
