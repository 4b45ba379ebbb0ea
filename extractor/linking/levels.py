"""Levels: what `cluster` does, for the accounts of an archive.

The same steps on arrays. Accounts that hang together and of which each two are
alike, with nothing against, are one group without more ado; the rest are few
and are grouped by `cluster.linked`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from extractor.linking import statements as sql
from extractor.linking.archive import Archive
from extractor.linking.cluster import Group, Member, Rule, Told, between, judged_same, linked
from extractor.linking.judged import GREY, Judged, Links, Pair
from extractor.profile import Profile
from extractor.weights import Weights

Numbers = NDArray[np.int64]
_NONE = -1
_SILENT = -(2**15)


def link_archive(profiles: Sequence[Profile], weights: Weights, judged: Judged) -> Links:
    """Groups the accounts of an archive that tell of one meeting."""
    archive = Archive(weights, judged)
    try:
        archive.add(profiles)
        levels = Levels(archive)
        levels.place()
        return levels.links()
    finally:
        archive.close()


class Levels:
    """The groups of an archive's accounts: for each account the number of one of its group, the same for all."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rule = Rule(archive.weights.threshold, archive.judged)
        members = archive.columns("SELECT account, article, size FROM member ORDER BY i")
        self.accounts: list[str] = members["account"].tolist()
        self._articles: Numbers = members["article"]
        self._sizes: Numbers = members["size"]
        self._close = archive.columns("SELECT l, r, total FROM close")
        self._near = self._open()
        self.groups: Numbers = np.full(len(self.accounts), _NONE)

    def _open(self) -> dict[str, Numbers]:
        """The pairs that are alike and not judged different."""
        close = self._close
        open_ = close["total"] >= self._rule.threshold
        if apart := self._rule.judged.apart:
            ids = self.accounts
            pairs = zip(close["l"].tolist(), close["r"].tolist(), strict=True)
            open_ &= np.array([(min(ids[a], ids[b]), max(ids[a], ids[b])) not in apart for a, b in pairs], bool)
        return {side: close[side][open_] for side in ("l", "r")}

    def place(self) -> None:
        """Groups all accounts, those first whose day is told best."""
        self._judge_units()
        best = np.full(len(self.accounts), 127)
        np.minimum.at(best, self._units, self._sizes)
        sizes = best[self._units]
        for size in np.unique(sizes):
            here = sizes == size
            self._attach(here)
            self._group(here & (self.groups == _NONE))

    def links(self) -> Links:
        """The groups as account ids, and what one should know of them."""
        members: dict[int, list[str]] = defaultdict(list)
        for id_, group in zip(self.accounts, self.groups.tolist(), strict=True):
            members[group].append(id_)
        groups = tuple(sorted(tuple(sorted(group)) for group in members.values()))
        judged, threshold = self._archive.judged, self._rule.threshold
        left, right = self._near["l"], self._near["r"]
        parted = self.groups[left] != self.groups[right]
        cut = self._pairs(left[parted], right[parted]) | {
            pair for pair in judged.together if self._group_of(pair[0]) != self._group_of(pair[1])
        }
        near = self._close["total"] <= threshold + GREY
        grey = self._pairs(self._close["l"][near], self._close["r"][near]) - judged.together - judged.apart
        return Links(groups, tuple(sorted(cut)), tuple(sorted(grey)), self._archive.cut)

    def _pairs(self, left: Numbers, right: Numbers) -> set[Pair]:
        ids = self.accounts
        both = ((ids[a], ids[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True))
        return {(a, b) if a < b else (b, a) for a, b in both}

    def _group_of(self, id_: str) -> int:
        return int(self.groups[self._number[id_]])

    def _judge_units(self) -> None:
        """The accounts that people judged the same stand for one: the first of them by its id."""
        self._units = np.arange(len(self.accounts))
        self._together: dict[int, Group] = {}
        judged = self._archive.judged
        named = {id_ for pair in judged.together for id_ in pair}
        self._number = {id_: i for i, id_ in enumerate(self.accounts) if id_ in named}
        for unit in judged_same(self._number, judged):
            first = self._number[unit[0]]
            self._together[first] = unit
            for id_ in unit:
                self._units[self._number[id_]] = first

    def _attach(self, here: NDArray[np.bool_]) -> None:
        """Adds units to the groups that are there, each to the one that it fits best."""
        left, right = self._near["l"], self._near["r"]
        sides = []
        for one, other in ((left, right), (right, left)):
            open_ = here[one] & (self.groups[other] != _NONE)
            sides.append(np.stack([self._units[one[open_]], self.groups[other[open_]]], axis=1))
        fits = np.unique(np.concatenate(sides), axis=0)
        if not len(fits):
            return
        self._archive.replace("fit", {"unit": fits[:, 0], "into": fits[:, 1]})
        self._register("of_unit", "unit", self._units, np.isin(self._units, fits[:, 0]))
        self._register("of_group", "into", self.groups, np.isin(self.groups, fits[:, 1]))
        self._archive.execute(sql.FITTING)
        self._archive.tell("SELECT DISTINCT l, r FROM fitting")
        found = self._archive.columns(sql.FITS)
        units, scores, counts, into = found["unit"], found["score"], found["accounts"], found["into"]
        order = np.lexsort((-counts, -scores, units))
        units, scores, counts, into = units[order], scores[order], counts[order], into[order]
        first = np.r_[True, units[1:] != units[:-1]]
        tied = np.r_[~first[1:] & (scores[1:] == scores[:-1]) & (counts[1:] == counts[:-1]), False]
        taken = first & ~tied & (scores >= self._rule.threshold)
        self._take([(-score, self.accounts[u], u, g) for score, u, g in _rows(scores, units, into, taken)])

    def _take(self, fits: list[tuple[float, str, int, int]]) -> None:
        """Adds each unit to its group, unless one that was added before forbids it."""
        grown: dict[int, list[int]] = defaultdict(list)
        placed: list[tuple[int, int]] = []
        for _, _, unit, group in sorted(fits):
            members = self._members_of(unit)
            known = grown[group]
            articles = {int(self._articles[i]) for i in known}
            if any(int(self._articles[i]) in articles for i in members) or self._apart(members, known):
                continue
            known += members
            placed += [(i, group) for i in members]
        if placed:
            rows = np.array(placed)
            self.groups[rows[:, 0]] = rows[:, 1]

    def _group(self, here: NDArray[np.bool_]) -> None:
        """Groups units among themselves."""
        if not here.any():
            return
        left, right = self._near["l"], self._near["r"]
        inside = here[left] & here[right]
        size = len(self.accounts)
        edges = coo_array(
            (np.ones(inside.sum(), np.int8), (self._units[left[inside]], self._units[right[inside]])), (size, size)
        )
        component = connected_components(edges, directed=False)[1][self._units]
        component[~here] = _NONE
        self.groups[here] = self._units[here]
        shared = np.bincount(component[here], minlength=component.max() + 1) > 1
        self._register("component", "c", component, here & shared[component])
        self._archive.tell(sql.INSIDE)
        self._archive.execute(sql.HARD.format(total=sql.TOTAL, negative=sql.NEGATIVE, threshold=self._rule.threshold))
        easy = self._archive.columns(sql.EASY)
        self.groups[easy["i"]] = easy["into"]
        for group in self._linked():
            self.groups[group] = group[0]

    def _linked(self) -> Iterator[list[int]]:
        """The groups of the components in which not all is clear."""
        columns = self._archive.columns(sql.OF_HARD)
        topics = [np.ma.filled(columns[topic], _SILENT).tolist() for topic in sql.ALL_TOPICS]
        rows = zip(columns["c"].tolist(), columns["l"].tolist(), columns["r"].tolist(), *topics, strict=True)
        for _, pairs in groupby(rows, itemgetter(0)):
            yield from self._link(list(pairs))

    def _link(self, pairs: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
        told: dict[Pair, Told] = {}
        number: dict[str, int] = {}
        for _, left, right, *sums in pairs:
            a, b = self.accounts[left], self.accounts[right]
            number[a], number[b] = left, right
            told[(a, b) if a < b else (b, a)] = {
                t: w for t, w in zip(sql.ALL_TOPICS, sums, strict=True) if w != _SILENT
            }
        members = {id_: Member(str(self._articles[i])) for id_, i in number.items()}
        units = sorted({self._together.get(int(self._units[i]), (id_,)) for id_, i in number.items()})
        for group in linked(units, members, lambda a, b: told[a, b], self._rule):
            yield sorted((number[id_] for id_ in group), key=lambda i: self.accounts[i])

    def _members_of(self, unit: int) -> list[int]:
        return [unit] if unit not in self._together else np.flatnonzero(self._units == unit).tolist()

    def _apart(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether a person judged any of these different from any of those."""
        apart = self._rule.judged.apart
        return bool(apart) and not apart.isdisjoint(
            between([self.accounts[i] for i in left], [self.accounts[i] for i in right])
        )

    def _register(self, table: str, name: str, values: Numbers, where: NDArray[np.bool_]) -> None:
        """A table of the numbers of accounts and these values."""
        chosen = np.flatnonzero(where)
        self._archive.replace(table, {"i": chosen, name: values[chosen]})


def _rows(*columns: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of columns, the last of which chooses."""
    chosen = columns[-1]
    return zip(*(column[chosen].tolist() for column in columns[:-1]), strict=True)
