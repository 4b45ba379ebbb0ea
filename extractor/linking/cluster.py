"""Cluster: accounts into meetings, those first whose day is told best.

Among accounts that tell their day, two groups join while a pair of them is
alike (reaches the threshold), what their pairs say of each topic (date, place,
parties ...), on the average, adds up to the threshold too, and nothing forbids
it. A pair that is silent on a topic has no vote on it: a short mention weakens
no group that it belongs to. One weak bridge never joins two meetings, since
what speaks against it is averaged over all pairs that speak; and two accounts
of one article, which its reader took for two meetings, never become one.

An account that tells its day less well may fit several meetings of the same
people. It comes later and goes to the group that it fits best; of those that
fit equally well, to the one of most accounts, since what many tell of is what
is recalled; and where that is no one group, to none. So it never joins two
groups. Those that fit none are grouped among themselves, in the same way.

A person outranks all that: accounts judged the same are one group from the
start, and accounts judged different are never in one group, whatever path
leads from one to the other. The order of the accounts does not matter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations, product
from math import fsum
from typing import NamedTuple

from extractor.linking.judged import NOBODY, Judged, Pair

Group = tuple[str, ...]
"""Account ids, sorted."""
Told = Mapping[str, int]
"""What two accounts say for (or, below 0, against) being of one meeting, by topic; on the others one is silent."""
Tell = Callable[[str, str], Told]
"""What two accounts say."""


class Member(NamedTuple):
    """What grouping needs of an account: its article, and how well it tells its day (0: best)."""

    article: str
    size: int = 0


class Rule(NamedTuple):
    """From which sum on accounts are joined, and what was judged."""

    threshold: int
    judged: Judged = NOBODY


class Clusters(NamedTuple):
    """Groups of account ids, each sorted, and the pairs that were kept apart though they look alike."""

    groups: tuple[Group, ...]
    cut: tuple[Pair, ...]


def cluster(members: Mapping[str, Member], alike: Iterable[Pair], tell: Tell, rule: Rule) -> Clusters:
    """Groups accounts by the pairs that are `alike` and by what all pairs of a group `tell`."""
    apart = rule.judged.apart
    open_ = [pair for pair in alike if members[pair[0]].article != members[pair[1]].article and pair not in apart]
    near: dict[str, set[str]] = defaultdict(set)
    for left, right in {*open_, *rule.judged.together} - apart:
        near[left].add(right)
        near[right].add(left)
    groups: dict[str, Group] = {}
    units = judged_same(members, rule.judged)
    size = {unit: min(members[id_].size for id_ in unit) for unit in units}
    for level in sorted(set(size.values())):
        here = [unit for unit in units if size[unit] == level]
        alone = attach(here, groups, near, members, tell, rule)
        for component in connected(alone, near):
            for group in linked(component, members, tell, rule):
                groups.update(dict.fromkeys(group, group))
    found = tuple(sorted(set(groups.values())))
    return Clusters(found, cut(groups, open_, rule))


def cut(groups: Mapping[str, Group], alike: Iterable[Pair], rule: Rule) -> tuple[Pair, ...]:
    """The pairs that are not in one group, though they are alike or judged the same."""
    return tuple(sorted(pair for pair in {*alike, *rule.judged.together} if groups[pair[0]] != groups[pair[1]]))


def judged_same(members: Iterable[str], judged: Judged) -> list[Group]:
    """The accounts, each with those that people judged the same, but not against what they judged different."""
    unit: dict[str, Group] = {id_: (id_,) for id_ in members}
    for left, right in sorted(judged.together):
        if left in unit and right in unit and unit[left] != unit[right]:
            joined = tuple(sorted(unit[left] + unit[right]))
            if not any(pair in judged.apart for pair in combinations(joined, 2)):
                unit.update(dict.fromkeys(joined, joined))
    return sorted(set(unit.values()))


def attach(
    units: Sequence[Group],
    groups: dict[str, Group],
    near: Mapping[str, Iterable[str]],
    members: Mapping[str, Member],
    tell: Tell,
    rule: Rule,
) -> list[Group]:
    """Adds units to the groups that are there, each to the one that it fits best; returns those that fit none.

    Those that are added have no say on each other: the order does not matter.
    """
    fits = []
    for unit in units:
        scores: dict[Group, tuple[float, int]] = {}
        for group in {groups[other] for id_ in unit for other in near.get(id_, ()) if other in groups}:
            if may_join(unit, group, members, rule):
                scores[group] = average(tell(*pair) for pair in between(unit, group)), len(group)
        best = [group for group, score in scores.items() if score == max(scores.values())]
        if len(best) == 1 and scores[best[0]][0] >= rule.threshold:
            fits.append((-scores[best[0]][0], unit, best[0]))
    grown: dict[Group, Group] = {}
    placed = set()
    for _, unit, group in sorted(fits):
        whole = grown.get(group, group)
        if may_join(unit, whole, members, rule):
            grown[group] = tuple(sorted(whole + unit))
            placed.add(unit)
    for whole in grown.values():
        groups.update(dict.fromkeys(whole, whole))
    return [unit for unit in units if unit not in placed]


def may_join(left: Group, right: Group, members: Mapping[str, Member], rule: Rule) -> bool:
    """Whether nothing forbids two groups to be one: an article in both, or what a person judged."""
    articles = {members[id_].article for id_ in left}
    if any(members[id_].article in articles for id_ in right):
        return False
    return not rule.judged.apart or rule.judged.apart.isdisjoint(between(left, right))


def between(left: Iterable[str], right: Iterable[str]) -> Iterator[Pair]:
    """The pairs of two groups."""
    return ((a, b) if a < b else (b, a) for a, b in product(left, right))


def average(pairs: Iterable[Told]) -> float:
    """What pairs say of each topic on the average, added up. A pair that is silent on a topic has no vote on it."""
    votes: dict[str, list[int]] = defaultdict(list)
    for told in pairs:
        for topic, weight in told.items():
            votes[topic].append(weight)
    return round(fsum(sum(weights) / len(weights) for weights in votes.values()), 6)


def connected(units: Sequence[Group], near: Mapping[str, Iterable[str]]) -> list[list[Group]]:
    """The sets of units that hang together, each sorted, in the order of the units."""
    unit_of = {id_: unit for unit in units for id_ in unit}
    seen: set[Group] = set()
    found = []
    for first in units:
        if first in seen:
            continue
        seen.add(first)
        component = [first]
        for unit in component:  # grows while it is walked
            others = {unit_of[other] for id_ in unit for other in near.get(id_, ()) if other in unit_of} - seen
            seen |= others
            component += others
        found.append(sorted(component))
    return found


def linked(units: Sequence[Group], members: Mapping[str, Member], tell: Tell, rule: Rule) -> list[Group]:
    """The groups of units that hang together."""
    if len(units) == 1:
        return list(units)
    links = _Links(units, members, tell, rule)
    while links.join_closest():
        pass
    return [tuple(sorted(group)) for group in links.groups.values()]


class _Link:
    """What the pairs between two groups say: by topic the sum of the weights, and how many pairs speak.

    It is `open` where one of the pairs reaches the threshold.
    """

    __slots__ = ("open", "sums", "votes")

    def __init__(self, told: Iterable[Told], threshold: int) -> None:
        self.open = False
        self.sums: dict[str, int] = {}
        self.votes: dict[str, int] = {}
        for one in told:
            self.open = self.open or sum(one.values()) >= threshold
            for topic, weight in one.items():
                self.sums[topic] = self.sums.get(topic, 0) + weight
                self.votes[topic] = self.votes.get(topic, 0) + 1

    def take(self, other: "_Link") -> None:
        """Adds the pairs of another link."""
        self.open = self.open or other.open
        for topic, weight in other.sums.items():
            self.sums[topic] = self.sums.get(topic, 0) + weight
            self.votes[topic] = self.votes.get(topic, 0) + other.votes[topic]

    @property
    def score(self) -> float:
        """The sum of the topics' averages."""
        return fsum(weight / self.votes[topic] for topic, weight in self.sums.items())


class _Links:
    """Groups by their first ids, and the links between all of them, kept up to date as they join."""

    def __init__(self, units: Sequence[Group], members: Mapping[str, Member], tell: Tell, rule: Rule) -> None:
        self.members = members
        self.rule = rule
        self.groups = {unit[0]: unit for unit in units}
        self.links = {
            (a, b): _Link((tell(*pair) for pair in between(self.groups[a], self.groups[b])), rule.threshold)
            for a, b in combinations(sorted(self.groups), 2)
        }
        self.closest = [entry for names in self.links for entry in self._entries(names)]
        heapify(self.closest)

    def join_closest(self) -> bool:
        """Joins the two groups of the highest score that may join; False where there are none."""
        while self.closest:
            distance, names = heappop(self.closest)
            # An entry is out of date where one of the groups has joined another since.
            if names in self.links and (distance, names) in self._entries(names):
                self._join(*names)
                return True
        return False

    def _entries(self, names: Pair) -> Iterator[tuple[float, Pair]]:
        """The two groups, if they may join, with their distance: the score, the other way round."""
        link = self.links[names]
        joins = link.open and (score := link.score) >= self.rule.threshold
        if joins and may_join(self.groups[names[0]], self.groups[names[1]], self.members, self.rule):
            yield -score, names

    def _join(self, left: str, right: str) -> None:
        """Makes one group of two; `left` sorts first and gives it its name."""
        self.groups[left] += self.groups.pop(right)
        del self.links[left, right]
        for other in self.groups:
            if other != left:
                names = (left, other) if left < other else (other, left)
                self.links[names].take(self.links.pop((right, other) if right < other else (other, right)))
                for entry in self._entries(names):
                    heappush(self.closest, entry)
