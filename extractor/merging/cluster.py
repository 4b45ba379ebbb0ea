"""Cluster: accounts into meetings, by average linkage, guarded.

Two groups join while the average score of their pairs reaches the threshold
and no pair of them is forbidden. So one weak bridge never joins two meetings,
and two accounts of one article, which its reader took for two meetings, never
become one. The order of the accounts does not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from extractor.match import UNLIKE
from extractor.schemas import Account

Pair = tuple[str, str]


class Clusters(NamedTuple):
    """Groups of account ids, each sorted, and the pairs that were kept apart though they look alike."""

    groups: tuple[tuple[str, ...], ...]
    cut: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """The scores between two groups: their sum, and how many pairs have one."""

    total: int = 0
    scored: int = 0

    def __add__(self, other: "_Link") -> "_Link":
        return _Link(self.total + other.total, self.scored + other.scored)


def cluster(accounts: Sequence[Account], scores: Mapping[Pair, int], threshold: int) -> Clusters:
    """Groups accounts by the scores of their pairs (keys sorted); one without a score counts as `match.UNLIKE`.

    The highest average joins first; of equals, the groups whose first ids sort
    first. O(n² log n) for n accounts.
    """
    article = {account.id: account.article for account in accounts}
    groups = _Groups(article, scores, threshold)
    while groups.join_closest():
        pass
    where = {id_: first for first, group in groups.members.items() for id_ in group}
    cut = sorted(
        (left, right)
        for (left, right), weight in scores.items()
        if weight >= threshold and where[left] != where[right] and article[left] != article[right]
    )
    return Clusters(tuple(sorted(tuple(sorted(g)) for g in groups.members.values())), tuple(cut))


class _Groups:
    """Groups named by their first ids, and the sums of the scores between them, kept up to date as they join."""

    def __init__(self, article: Mapping[str, str], scores: Mapping[Pair, int], threshold: int) -> None:
        self.threshold = threshold
        self.members = {id_: [id_] for id_ in article}
        self.articles = {id_: {article[id_]} for id_ in article}
        self.links: dict[str, dict[str, _Link]] = {id_: {} for id_ in article}
        for (left, right), weight in scores.items():
            self.links[left][right] = self.links[right][left] = _Link(weight, 1)
        self.closest = [entry for left, right in scores for entry in self._entries(left, right)]
        heapify(self.closest)

    def join_closest(self) -> bool:
        """Joins the two groups of the highest average that may join; False where there are none."""
        while self.closest:
            distance, left, right = heappop(self.closest)
            # An entry is out of date where one of the groups has joined another since.
            if (distance, left, right) in self._entries(left, right):
                self._join(left, right)
                return True
        return False

    def _entries(self, left: str, right: str) -> Iterator[tuple[float, str, str]]:
        """The two groups, if they may join, with their distance: the average score, the other way round."""
        link = self.links.get(left, {}).get(right)
        if link is None or self.articles[left] & self.articles[right]:
            return
        pairs = len(self.members[left]) * len(self.members[right])
        average = (link.total + UNLIKE * (pairs - link.scored)) / pairs
        if average >= self.threshold:
            yield -average, min(left, right), max(left, right)

    def _join(self, left: str, right: str) -> None:
        """Makes one group of two; `left` sorts first and gives it its name."""
        self.members[left] += self.members.pop(right)
        self.articles[left] |= self.articles.pop(right)
        for other, link in self.links.pop(right).items():
            del self.links[other][right]
            if other != left:
                joined = self.links[left].get(other, _Link()) + link
                self.links[left][other] = self.links[other][left] = joined
        for other in self.links[left]:
            for entry in self._entries(left, other):
                heappush(self.closest, entry)
