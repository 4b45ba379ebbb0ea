"""Pairs: the accounts of a folder compared, block by block, without a database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from extractor.linking import blocks
from extractor.linking.blocks import Cut, Span
from extractor.linking.cluster import Tell, Told
from extractor.linking.judged import NOBODY, Judged, Pair
from extractor.match import Reason, reasons
from extractor.profile import Profile
from extractor.weights import Weights


class Compared(NamedTuple):
    """The sum of the weights of each pair that was compared, and the blocks that were too large."""

    scores: Mapping[Pair, int]
    cut: tuple[Cut, ...]


class _Entry(NamedTuple):
    """An account in a block. Its span is `whole` where it is as long as the block's buckets are made for."""

    profile: Profile
    span: Span
    asks: bool
    whole: bool

    def meets(self, other: "_Entry") -> bool:
        """Whether the two are compared here, the first being whole."""
        return (
            (self.asks or other.asks)
            and self.span.start <= other.span.end
            and other.span.start <= self.span.end
            and self.profile.article != other.profile.article
        )


def compare(profiles: Sequence[Profile], tell: Tell, *, most: int = blocks.MOST_PAIRS) -> Compared:
    """Compares each two accounts of different articles that share a block. Any order of them gives the same.

    Blocks of more than `most` pairs are left out, and told.
    """
    scores: dict[Pair, int] = {}
    cut = []
    for (key, size, number), entries in _blocks(profiles).items():
        if (cost := _cost(entries)) > most:
            cut.append(Cut(key, blocks.first_day(size, number), len(entries), cost))
            continue
        for one, other in product([entry for entry in entries if entry.whole], entries):
            left, right = sorted((one.profile.account, other.profile.account))
            if (left, right) not in scores and one.meets(other):
                scores[left, right] = sum(tell(left, right).values())
    return Compared(scores, tuple(sorted(cut)))


class Teller:
    """What any two of some accounts say by topic, each pair compared once."""

    def __init__(self, profiles: Sequence[Profile], weights: Weights, judged: Judged = NOBODY) -> None:
        self._profiles = {profile.account: profile for profile in profiles}
        self._weights = weights
        self._said = judged.said
        self._told: dict[Pair, Told] = {}

    def __call__(self, left: str, right: str) -> Told:
        """What two accounts (sorted) say."""
        pair = left, right
        if pair not in self._told:
            found = list(reasons(self._profiles[left], self._profiles[right]))
            if name := self._said.get(pair):
                found.append(Reason(name, *pair))
            self._told[pair] = self._weights.told(found)
        return self._told[pair]


def _blocks(profiles: Sequence[Profile]) -> Mapping[tuple[str, int, int], list[_Entry]]:
    """The accounts by key, size of bucket and its number; blocks left out in which nobody asks."""
    found: dict[tuple[str, int, int], list[_Entry]] = defaultdict(list)
    for profile in profiles:
        for key in dict.fromkeys(blocks.keys(profile)):
            for size in range(key.span.size, len(blocks.BUCKETS)):
                days = blocks.BUCKETS[size]
                entry = _Entry(profile, key.span, key.asks, size == key.span.size)
                for number in range(key.span.start // days, key.span.end // days + 1):
                    found[key.words, size, number].append(entry)
    return {
        block: entries
        for block, entries in found.items()
        if any(entry.whole for entry in entries) and any(entry.asks for entry in entries)
    }


def _cost(entries: Sequence[_Entry]) -> int:
    """Pairs of a block in which one asks and one is whole."""
    return (
        _pairs(len(entries))
        - _pairs(sum(not e.asks for e in entries))
        - _pairs(sum(not e.whole for e in entries))
        + _pairs(sum(not e.asks and not e.whole for e in entries))
    )


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
