"""When two values are one: gatherings, speakers, quotes, persons, meetings, and the best pairs of two lists."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq
from scipy.optimize import linear_sum_assignment

from extractor import doubts
from extractor.match import same_city
from extractor.schemas.gold import GoldMeeting, GoldParticipant
from extractor.values import dates, gatherings, wording
from extractor.values.names import likeness, same_person

QUOTE_OVERLAP = 0.8
"""The share of a quote's characters, case and punctuation aside, that must be found."""
WORD_OVERLAP = 0.5
"""The share of words that two names of a gathering or a place have in common when they are one."""
PHRASE = 4
"""Words that a piece of a quote must have to be known as a piece of it."""


def assign(weights: Sequence[Sequence[int]]) -> dict[int, int]:
    """The row-to-column pairs with the greatest sum of weights, none negative; a weight of 0 makes no pair."""
    if not weights or not weights[0]:
        return {}
    rows, columns = linear_sum_assignment(np.array(weights), maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if weights[i][j] > 0}


def can_pair(left: GoldMeeting, right: GoldMeeting) -> bool:
    """Whether two can be one meeting: two parties shared, or one and the host event or place; no date against it."""
    a, b = ([date for date in meeting.accepted("date") if date] for meeting in (left, right))
    if a and b and not any(dates.compatible(one, other) for one in a for other in b):
        return False
    shared = len(set(left.parties) & set(right.parties))
    return shared > 1 or (shared == 1 and _beside(left, right))


def _beside(left: GoldMeeting, right: GoldMeeting) -> bool:
    """Whether host event or place is shared."""

    def both(*keys: str) -> Iterator[tuple[str, str]]:
        return product(*([v for key in keys for v in meeting.accepted(key) if v] for meeting in (left, right)))

    return any(same_event(*pair) for pair in both("host_event")) or any(
        same_city(*pair) or wording.similarity(*pair) >= WORD_OVERLAP for pair in both("city", "place")
    )


def same_event(left: str, right: str) -> bool:
    """Whether two names of a gathering are one: the gathering is known by both, or half of their words are shared."""
    a, b = gatherings.read(left), gatherings.read(right)
    if a.name.isupper() and b.name.isupper():  # both are known: those go by an acronym
        return a.same(b)
    return (bool(a.name) and a.same(b)) or wording.similarity(left, right) >= WORD_OVERLAP


def same_speaker(left: str, right: str) -> bool:
    """Whether two names of a speaker are one: any form of a person's; an institution's, where one holds the other.

    The same words in another order are the same speaker: "a senior defence official", "a defence senior official".
    """
    jointly = [bool(re.search(r"\bjoint(?:ly)?\b", name, re.IGNORECASE)) for name in (left, right)]
    if any(jointly):
        return all(jointly)
    if wording.meaning(left) == wording.meaning(right) != frozenset():
        return True
    if doubts.institution(left) or doubts.institution(right):
        a, b = ({word for word in wording.content(name) if len(word) > 1} for name in (left, right))
        return wording.same(left, right) or (bool(a and b) and (a <= b or b <= a))
    return same_person(left, right)


def persons(left: Sequence[GoldParticipant], right: Sequence[GoldParticipant]) -> dict[int, int]:
    """Which participant of one list is which of the other; two of one surname go by whom they represent."""
    return assign([
        [2 * like + (a.represents == b.represents) if (like := _likeness(a, b)) else 0 for b in right] for a in left
    ])  # fmt: skip


def _likeness(left: GoldParticipant, right: GoldParticipant) -> int:
    return max(likeness(a, b) for a in left.accepted("name") for b in right.accepted("name"))


def same_words(left: str, right: str) -> bool:
    """Whether one of two quotes is the other or a piece of it, of four words or more."""
    return any(
        len(wording.words(piece)) >= PHRASE and overlap(piece, whole) >= QUOTE_OVERLAP
        for piece, whole in ((left, right), (right, left))
    )


def overlap(quote: str, found: str) -> float:
    """How much of a quote stands in one stretch of what was found: 0 to 1, by characters in order, after folding."""
    left, right = (" ".join(wording.words(text)) for text in (quote, found))
    if len(right) > len(left) and (at := fuzz.partial_ratio_alignment(left, right)):
        right = right[at.dest_start : at.dest_end]
    return LCSseq.similarity(left, right) / len(left) if left else 0.0
