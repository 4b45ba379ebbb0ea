"""Cluster: accounts into meetings, by average linkage, guarded.

Two groups join while the average score of their pairs reaches the threshold
and no pair of them is forbidden. So one weak bridge never joins two meetings,
and two accounts of one article, which its reader took for two meetings, never
become one. The order of the accounts does not matter.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from extractor.schemas import Account

Pair = tuple[str, str]


class Clusters(NamedTuple):
    """Groups of account ids, each sorted, and the pairs that were kept apart though they look alike."""

    groups: tuple[tuple[str, ...], ...]
    cut: tuple[Pair, ...]


def cluster(accounts: Sequence[Account], scores: Mapping[Pair, int], threshold: int) -> Clusters:
    """Groups accounts by the scores of their pairs (keys sorted); a pair without a score counts as `-threshold`."""
    article = {account.id: account.article for account in accounts}
    groups = [(id_,) for id_ in sorted(article)]
    while True:
        best = max(
            (
                (average, left, right)
                for left, right in combinations(groups, 2)
                if (average := _average(left, right, scores, threshold)) >= threshold and _may_join(left, right, article)
            ),
            # The highest average first; of equals the one whose ids sort first.
            key=lambda found: (found[0], [-ord(c) for c in "".join(found[1] + found[2])]),
            default=None,
        )
        if best is None:
            break
        _, left, right = best
        groups = sorted([g for g in groups if g not in (left, right)] + [tuple(sorted(left + right))])
    where = {id_: group for group in groups for id_ in group}
    cut = tuple(sorted(p for p, s in scores.items() if s >= threshold and where[p[0]] != where[p[1]] and article[p[0]] != article[p[1]]))
    return Clusters(tuple(groups), cut)


def _average(left: Sequence[str], right: Sequence[str], scores: Mapping[Pair, int], threshold: int) -> float:
    pairs = [scores.get((min(a, b), max(a, b)), -threshold) for a in left for b in right]
    return sum(pairs) / len(pairs)


def _may_join(left: Sequence[str], right: Sequence[str], article: Mapping[str, str]) -> bool:
    return not {article[a] for a in left} & {article[b] for b in right}
