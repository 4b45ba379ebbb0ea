"""Levels: what `cluster` does, for the accounts of an archive.

The same steps on arrays. Accounts that hang together and of which each two are
alike, with nothing against, are one group without more ado; the rest are few
and are grouped by `cluster.linked`.

    accounts that are new ──> units that they reach ──> groups that changed ──┐
                              (alike a changed group)                         │
                                       ^─── the next level ───────────────────┘
"""
# ruff: noqa: S608 - all that is put into a statement are numbers

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from extractor.linking import statements as sql
from extractor.linking.archive import Archive
from extractor.linking.cluster import Group, Member, Rule, Told, between, judged_same, linked
from extractor.linking.fits import NONE, Fits, Mask, Numbers
from extractor.linking.graph import Graph
from extractor.linking.judged import GREY, Judged, Links, Pair
from extractor.profile import Profile
from extractor.weights import Weights

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
    """The groups of an archive's accounts: for each account the number of one of its group, the same for all.

    They can be placed again when accounts were added: only what these reach is then grouped anew, and the groups are
    those of all accounts at once. What is placed are units: an account, or those that people judged the same, by the
    lowest of their numbers.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rule = Rule(archive.weights.threshold, archive.judged)
        self._forget()

    def _forget(self) -> None:
        """Starts from nothing: no account is read or in a group."""
        none = np.empty(0, np.int64)
        self._anew = self._archive.anew
        self.accounts: list[str] = []
        self._articles: Numbers = none
        self._level: Numbers = none
        self._near = Graph()
        self._units: Numbers = none
        self._number: dict[str, int] = {}
        self._together: dict[int, Group] = {}
        self._fits = Fits(self._archive)
        self.groups: Numbers = none

    def _read(self) -> None:
        """Takes the accounts that are new, and their pairs."""
        first = len(self.accounts)
        members = self._archive.db.columns(f"SELECT account, article, size FROM member WHERE i >= {first} ORDER BY i")
        self.accounts += members["account"].tolist()
        self._articles = np.r_[self._articles.astype(members["article"].dtype), members["article"]]
        self._level = np.r_[self._level.astype(np.int8), members["size"]]
        if first:
            self._units = np.r_[self._units, np.arange(first, len(self.accounts))]
        else:
            self._judge_units()
        left, right = self._alike(first)
        self._near.add(self._units[left], self._units[right], len(self.accounts))
        self._fits.grow(len(self.accounts))

    def _alike(self, first: int) -> tuple[Numbers, Numbers]:
        """The pairs that are alike and not judged different, of accounts from this number on and any."""
        alike = f"SELECT l, r FROM close WHERE r >= {first} AND total >= {self._rule.threshold}"
        left, right = self._archive.db.columns(alike).values()
        if apart := self._rule.judged.apart:
            ids = self.accounts
            pairs = zip(left.tolist(), right.tolist(), strict=True)
            open_ = np.array([(min(ids[a], ids[b]), max(ids[a], ids[b])) not in apart for a, b in pairs], bool)
            left, right = left[open_], right[open_]
        return left, right

    def _judge_units(self) -> None:
        """The accounts that people judged the same stand for one: the one of the lowest number, of the best level."""
        self._units = np.arange(len(self.accounts))
        judged = self._archive.judged
        named = {id_ for pair in judged.together for id_ in pair}
        self._number = {id_: i for i, id_ in enumerate(self.accounts) if id_ in named}
        for unit in judged_same(self._number, judged):
            numbers = [self._number[id_] for id_ in unit]
            self._together[min(numbers)] = unit
            self._units[numbers] = min(numbers)
            self._level[numbers] = self._level[numbers].min()

    def place(self) -> None:
        """Groups all accounts, those first whose day is told best; of those that are grouped, what new ones reach."""
        if self._anew != self._archive.anew or self._judged_later():
            self._forget()
        first = len(self.accounts)
        self._read()
        size = len(self.accounts)
        units = self._units == np.arange(size)
        new = np.arange(size) >= first
        old = np.r_[self.groups, np.full(size - first, NONE)]
        attached = (self._fits.choice != NONE) & (self._fits.choice == old)
        self.groups = np.full(size, NONE)
        for level in np.unique(self._level):
            here = units & (self._level == level)
            contend = self._choose(here, new, self._changed(old)) & here
            kept = here & attached & ~contend
            self.groups[kept] = old[kept]
            self._take(np.flatnonzero(contend))
            alone = here & (self.groups == NONE)
            parted = here & (new | (alone == attached))
            again = alone & self._near.walk(parted, alone | parted)
            kept = alone & ~again
            self.groups[kept] = old[kept]
            self._group(np.flatnonzero(again))
        self.groups = self.groups[self._units]

    def _judged_later(self) -> bool:
        """Whether people judged an account that is new the same as another: then units that are placed change."""
        if not self.accounts or not self._archive.judged.together:
            return False
        named = {id_ for pair in self._archive.judged.together for id_ in pair}
        rows = self._archive.db.rows(f"SELECT account FROM member WHERE i >= {len(self.accounts)}")
        return any(id_ in named for (id_,) in rows)

    def _changed(self, old: Numbers) -> Mask:
        """The groups, by their numbers, that have gained or lost members."""
        moved = (self.groups != NONE) & (self.groups != old)
        changed = np.zeros(len(old) + 1, bool)
        changed[self.groups[moved]] = True
        changed[old[moved]] = True
        changed[NONE] = False
        return changed

    def _choose(self, here: Mask, new: Mask, changed: Mask) -> Mask:
        """Units that changed groups reach choose the one that each fits best.

        Returns them, and the units that chose a group that these chose or left.
        """
        _, beside = self._near.edges(np.flatnonzero(changed[self.groups]))
        asked = here & new
        asked[beside[here[beside]]] = True
        anew = new | self._fits.lost(changed)
        one, other = self._near.edges(np.flatnonzero(asked))
        group = self.groups[other]
        tried = (group != NONE) & (anew[one] | changed[group])
        unit, into = np.divmod(np.unique(one[tried].astype(np.int64) * len(here) + group[tried]), len(here))
        wanted = np.zeros(len(here) + 1, bool)
        wanted[self._fits.choice[asked]] = True
        self._fits.choose(asked, anew, self._fits.ask(unit, into, self._units, self.groups[self._units]))
        wanted[self._fits.choice[asked]] = True
        wanted[NONE] = False
        return np.asarray(wanted[self._fits.choice] | asked)

    def _take(self, units: Numbers) -> None:
        """Adds each unit to the group that it chose, unless one that was added before forbids it."""
        units = units[self._fits.choice[units] != NONE]
        rows = zip(self._fits.score[units].tolist(), units.tolist(), self._fits.choice[units].tolist(), strict=True)
        grown: dict[int, list[int]] = defaultdict(list)
        for _, _, unit, group in sorted((-score, self._name(unit), unit, group) for score, unit, group in rows):
            members = self._members_of(unit)
            known = grown[group]
            articles = {int(self._articles[i]) for i in known}
            if any(int(self._articles[i]) in articles for i in members) or self._apart(members, known):
                continue
            known += members
            self.groups[unit] = group

    def _name(self, unit: int) -> str:
        """The first id of a unit."""
        return self._together[unit][0] if unit in self._together else self.accounts[unit]

    def _members_of(self, unit: int) -> list[int]:
        return [self._number[id_] for id_ in self._together[unit]] if unit in self._together else [unit]

    def _apart(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether a person judged any of these different from any of those."""
        apart = self._rule.judged.apart
        return bool(apart) and not apart.isdisjoint(
            between([self.accounts[i] for i in left], [self.accounts[i] for i in right])
        )

    def _group(self, units: Numbers) -> None:
        """Groups units among themselves."""
        self.groups[units] = units
        number = np.full(len(self.accounts), NONE, np.int32)
        number[units] = np.arange(len(units))
        one, other = self._near.edges(units)
        pairs = number[one], number[other]
        inside = pairs[1] != NONE
        edges = coo_array((np.ones(inside.sum(), bool), tuple(side[inside] for side in pairs)), (len(units),) * 2)
        component = connected_components(edges, directed=False)[1]
        shared = np.bincount(component)[component] > 1
        number[units] = np.where(shared, component, NONE)
        i = np.flatnonzero(number[self._units] != NONE)
        if not len(i):
            return
        self._archive.db.replace("component", {"i": i, "c": number[self._units[i]]})
        self._archive.tell(sql.INSIDE)
        self._archive.db.execute(sql.hard(self._rule.threshold))
        easy = self._archive.db.columns(sql.EASY)
        self.groups[easy["i"]] = easy["into"]
        for group in self._linked():
            self.groups[group] = min(group)

    def _linked(self) -> Iterator[list[int]]:
        """The groups of the components in which not all is clear."""
        columns = self._archive.db.columns(sql.OF_HARD)
        topics = [np.ma.filled(columns[topic], _SILENT) for topic in sql.ALL_TOPICS]
        pairs = np.stack([columns["l"], columns["r"], *topics], axis=1, dtype=np.int32, casting="unsafe")
        for component in np.split(pairs, np.flatnonzero(np.diff(columns["c"])) + 1):
            yield from self._link(component.tolist())

    def _link(self, pairs: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
        told: dict[Pair, Told] = {}
        number: dict[str, int] = {}
        for left, right, *sums in pairs:
            a, b = self.accounts[left], self.accounts[right]
            number[a], number[b] = left, right
            told[(a, b) if a < b else (b, a)] = {
                t: w for t, w in zip(sql.ALL_TOPICS, sums, strict=True) if w != _SILENT
            }
        members = {id_: Member(str(self._articles[i])) for id_, i in number.items()}
        units = sorted({self._together.get(int(self._units[i]), (id_,)) for id_, i in number.items()})
        for group in linked(units, members, lambda a, b: told[a, b], self._rule):
            yield [number[id_] for id_ in group]

    def links(self) -> Links:
        """The groups as account ids, and what one should know of them."""
        members: dict[int, list[str]] = defaultdict(list)
        for id_, group in zip(self.accounts, self.groups.tolist(), strict=True):
            members[group].append(id_)
        groups = tuple(sorted(tuple(sorted(group)) for group in members.values()))
        judged = self._archive.judged
        left, right = self._alike(0)
        parted = self.groups[left] != self.groups[right]
        cut = self._pairs(left[parted], right[parted]) | {
            (a, b)
            for a, b in judged.together
            if a in self._number and b in self._number and self._group_of(a) != self._group_of(b)
        }
        near = self._archive.db.columns(f"SELECT l, r FROM close WHERE total <= {self._rule.threshold + GREY}")
        grey = self._pairs(near["l"], near["r"]) - judged.together - judged.apart
        return Links(groups, tuple(sorted(cut)), tuple(sorted(grey)), self._archive.cut)

    def _pairs(self, left: Numbers, right: Numbers) -> set[Pair]:
        ids = self.accounts
        both = ((ids[a], ids[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True))
        return {(a, b) if a < b else (b, a) for a, b in both}

    def _group_of(self, id_: str) -> int:
        return int(self.groups[self._number[id_]])
