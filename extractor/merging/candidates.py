"""Candidates: the pairs of accounts that are worth a comparison.

Two accounts that name parties and share none, or whose days are known and more
than one apart, do not tell of one meeting: to find that out for each pair of
an archive would take longer than all the rest.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from extractor.profile import Profile

Pair = tuple[str, str]


def candidates(profiles: Sequence[Profile]) -> Iterator[Pair]:
    """The pairs to compare, each once and sorted, of different articles. Any order of the accounts gives the same."""
    blocks: dict[str | None, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for party in profile.parties or (None,):
            blocks[party].append(profile)
    unnamed = blocks.pop(None, [])
    for party, block in sorted(blocks.items(), key=lambda item: str(item[0])):
        # A pair that shares several parties comes with the first of them.
        yield from _pairs((a, b) for a, b in _near(block) if min(a.parties & b.parties) == party)
    yield from _pairs(_near(unnamed))
    named = [profile for profile in profiles if profile.parties]
    yield from _pairs((a, b) for a, b in product(unnamed, named) if _close(a, b))


def _near(block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of a block whose days may be one: at most a day apart, or not known."""
    days = [(profile.day.toordinal(), profile) for profile in block if profile.day]
    dated = [profile for _, profile in sorted(days, key=lambda pair: (pair[0], pair[1].account.id))]
    ordinals = sorted(day for day, _ in days)
    for at, profile in enumerate(dated):
        for other in dated[at + 1 : bisect_right(ordinals, ordinals[at] + 1)]:
            yield profile, other
    undated = [profile for profile in block if not profile.day]
    yield from combinations(undated, 2)
    yield from product(undated, dated)


def _close(a: Profile, b: Profile) -> bool:
    return not a.day or not b.day or abs((a.day - b.day).days) <= 1


def _pairs(found: Iterator[tuple[Profile, Profile]]) -> Iterator[Pair]:
    for a, b in found:
        if a.account.article != b.account.article:
            yield min(a.account.id, b.account.id), max(a.account.id, b.account.id)
