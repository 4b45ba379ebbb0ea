"""Cluster: accounts into meetings, by average linkage topic by topic, guarded.

Two groups join while what their pairs say of each topic (date, place,
parties ...), on the average, adds up to the threshold, and no pair of them is
forbidden. A pair that is silent on a topic has no vote on it: a short mention
weakens no group that it belongs to. One weak bridge never joins two meetings,
since what speaks against it is averaged over all pairs that speak; and two
accounts of one article, which its reader took for two meetings, never become
one. The order of the accounts does not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import fsum
from typing import NamedTuple

from extractor.match import UNLIKE
from extractor.schemas import Account

Pair = tuple[str, str]
Weights = Mapping[str, int]
"""What two accounts say for (or, below 0, against) being of one meeting, by topic."""


class Clusters(NamedTuple):
    """Groups of account ids, each sorted, and the pairs that were kept apart though they look alike."""

    groups: tuple[tuple[str, ...], ...]
    cut: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """What the pairs between two groups say: by topic the sum of the weights, and how many pairs speak."""

    sums: Weights
    votes: Mapping[str, int]
    compared: int = 1

    def __add__(self, other: "_Link") -> "_Link":
        return _Link(_added(self.sums, other.sums), _added(self.votes, other.votes), self.compared + other.compared)

    def score(self, pairs: int) -> float:
        """The sum of the topics' averages; all `pairs` that were not compared count as unlike."""
        told = fsum(weight / self.votes[topic] for topic, weight in self.sums.items())
        return (told * self.compared + UNLIKE * (pairs - self.compared)) / pairs


def _added(left: Mapping[str, int], right: Mapping[str, int]) -> Mapping[str, int]:
    return {topic: left.get(topic, 0) + right.get(topic, 0) for topic in {*left, *right}}


def cluster(accounts: Sequence[Account], weights: Mapping[Pair, Weights], threshold: int) -> Clusters:
    """Groups accounts by the weights of their pairs (keys sorted); one without weights counts as `match.UNLIKE`.

    The highest score joins first; of equals, the groups whose first ids sort
    first. O(n² log n) for n accounts.
    """
    article = {account.id: account.article for account in accounts}
    groups = _Groups(article, weights, threshold)
    while groups.join_closest():
        pass
    where = {id_: first for first, group in groups.members.items() for id_ in group}
    cut = sorted(
        (left, right)
        for (left, right), said in weights.items()
        if sum(said.values()) >= threshold and where[left] != where[right] and article[left] != article[right]
    )
    return Clusters(tuple(sorted(tuple(sorted(g)) for g in groups.members.values())), tuple(cut))


class _Groups:
    """Groups named by their first ids, and the links between them, kept up to date as they join."""

    def __init__(self, article: Mapping[str, str], weights: Mapping[Pair, Weights], threshold: int) -> None:
        self.threshold = threshold
        self.members = {id_: [id_] for id_ in article}
        self.articles = {id_: {article[id_]} for id_ in article}
        self.links: dict[str, dict[str, _Link]] = {id_: {} for id_ in article}
        for (left, right), said in weights.items():
            self.links[left][right] = self.links[right][left] = _Link(said, dict.fromkeys(said, 1))
        self.closest = [entry for left, right in weights for entry in self._entries(left, right)]
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
        """The two groups, if they may join, with their distance: the score, the other way round."""
        link = self.links.get(left, {}).get(right)
        if link is None or self.articles[left] & self.articles[right]:
            return
        score = link.score(len(self.members[left]) * len(self.members[right]))
        if score >= self.threshold:
            yield -score, min(left, right), max(left, right)

    def _join(self, left: str, right: str) -> None:
        """Makes one group of two; `left` sorts first and gives it its name."""
        self.members[left] += self.members.pop(right)
        self.articles[left] |= self.articles.pop(right)
        for other, link in self.links.pop(right).items():
            del self.links[other][right]
            if other != left:
                known = self.links[left].get(other)
                self.links[left][other] = self.links[other][left] = known + link if known else link
        for other in self.links[left]:
            for entry in self._entries(left, other):
                heappush(self.closest, entry)
