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
    """The groups of an archive's accounts: for each account the number of one of its group, the same for all.

    They can be placed again when accounts were added: only what these reach is then grouped anew, and the groups are
    those of all accounts at once.
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
        self._sizes: Numbers = none
        self._close: dict[str, Numbers] = {"l": none, "r": none, "total": none}
        self._near: dict[str, Numbers] = {"l": none, "r": none}
        self._units: Numbers = none
        self._number: dict[str, int] = {}
        self._together: dict[int, Group] = {}
        self._component: Numbers = none
        self._choice: Numbers = none
        self._score: NDArray[np.float64] = np.empty(0)
        self.groups: Numbers = none

    def _read(self) -> None:
        """Takes the accounts that are new, and their pairs."""
        first = len(self.accounts)
        members = self._archive.columns(f"SELECT account, article, size FROM member WHERE i >= {first} ORDER BY i")
        self.accounts += members["account"].tolist()
        self._articles = np.r_[self._articles.astype(members["article"].dtype), members["article"]]
        self._sizes = np.r_[self._sizes.astype(np.int8), members["size"]]
        close = self._archive.columns(f"SELECT l, r, total FROM close WHERE r >= {first}")
        near = self._open(close)
        self._close = {name: np.r_[self._close[name].astype(close[name].dtype), close[name]] for name in close}
        self._near = {side: np.r_[self._near[side].astype(near[side].dtype), near[side]] for side in near}
        self._judge_units(first)
        best = np.full(len(self.accounts), 127, np.int8)
        np.minimum.at(best, self._units, self._sizes)
        self._level = best[self._units]
        self._hang_together(near, first)
        more = len(self.accounts) - first
        self._choice = np.r_[self._choice, np.full(more, _NONE)]
        self._score = np.r_[self._score, np.zeros(more)]

    def _open(self, close: dict[str, Numbers]) -> dict[str, Numbers]:
        """The pairs that are alike and not judged different."""
        open_ = close["total"] >= self._rule.threshold
        if apart := self._rule.judged.apart:
            ids = self.accounts
            pairs = zip(close["l"].tolist(), close["r"].tolist(), strict=True)
            open_ &= np.array([(min(ids[a], ids[b]), max(ids[a], ids[b])) not in apart for a, b in pairs], bool)
        return {side: close[side][open_] for side in ("l", "r")}

    def _hang_together(self, near: dict[str, Numbers], first: int) -> None:
        """Numbers the components of each level: accounts from `first` on, and pairs, are added to those known."""
        left, right = self._units[near["l"]], self._units[near["r"]]
        known = self._component.max(initial=_NONE) + 1
        size = known + len(self.accounts) - first
        component = np.r_[self._component, np.arange(known, size)]
        inside = self._level[left] == self._level[right]
        pairs = component[left[inside]], component[right[inside]]
        joined = connected_components(coo_array((np.ones(inside.sum(), np.int8), pairs), (size, size)), directed=False)
        self._component = joined[1][component][self._units]

    def place(self) -> None:
        """Groups all accounts, those first whose day is told best; of those that are grouped, what new ones reach."""
        if self._anew != self._archive.anew or self._judged_later():
            self._forget()
        new = np.arange(self._archive.size) >= len(self.accounts)
        self._read()
        old = np.r_[self.groups, np.full(new.sum(), _NONE)]
        attached = self._choice_taken(old)
        self.groups = np.full(len(old), _NONE)
        changed = np.zeros(len(old), bool)
        for level in np.unique(self._level):
            here = self._level == level
            reached = here & self._by_unit(new | self._beside(changed))
            contend = self._choose(reached) & here
            kept = here & attached & ~contend
            self.groups[kept] = old[kept]
            self._take(contend)
            alone = here & (self.groups == _NONE)
            parted = here & (new | (alone == attached))
            apart = np.zeros(self._component.max(initial=0) + 1, bool)
            apart[self._component[parted]] = True
            again = alone & apart[self._component]
            kept = alone & ~again
            self.groups[kept] = old[kept]
            self._group(again)
            changed = self._changed(old)

    def _judged_later(self) -> bool:
        """Whether people judged an account that is new the same as another: then units that are placed change."""
        if not self.accounts or not self._archive.judged.together:
            return False
        named = {id_ for pair in self._archive.judged.together for id_ in pair}
        rows = self._archive.rows(f"SELECT account FROM member WHERE i >= {len(self.accounts)}")
        return any(id_ in named for (id_,) in rows)

    def _by_unit(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The accounts of which one of their unit is chosen."""
        found = np.zeros(len(chosen), bool)
        found[self._units[chosen]] = True
        return np.asarray(found[self._units])

    def _beside(self, changed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The accounts that are alike one of these."""
        left, right = self._near["l"], self._near["r"]
        found = np.zeros(len(changed), bool)
        found[left[changed[right]]] = True
        found[right[changed[left]]] = True
        return found

    def _changed(self, old: Numbers) -> NDArray[np.bool_]:
        """The placed accounts whose group has gained or lost members."""
        placed = self.groups != _NONE
        moved = placed & (self.groups != old)
        gained, lost = np.zeros(len(old) + 1, bool), np.zeros(len(old) + 1, bool)
        gained[self.groups[moved]] = True
        lost[old[moved]] = True
        lost[_NONE] = False
        return np.asarray(placed & (gained[self.groups] | lost[old]))

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
            (a, b)
            for a, b in judged.together
            if a in self._number and b in self._number and self._group_of(a) != self._group_of(b)
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

    def _judge_units(self, first: int) -> None:
        """The accounts that people judged the same stand for one: the one of the lowest number."""
        self._units = np.r_[self._units, np.arange(first, len(self.accounts))]
        judged = self._archive.judged
        named = {id_ for pair in judged.together for id_ in pair}
        if first or not named:
            return
        self._number = {id_: i for i, id_ in enumerate(self.accounts) if id_ in named}
        for unit in judged_same(self._number, judged):
            lowest = min(self._number[id_] for id_ in unit)
            self._together[lowest] = unit
            for id_ in unit:
                self._units[self._number[id_]] = lowest

    def _choice_taken(self, groups: Numbers) -> NDArray[np.bool_]:
        """The accounts that are in the group that they chose."""
        choice = self._choice[self._units]
        return np.asarray((choice != _NONE) & (choice == groups))

    def _choose(self, here: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Chooses for units the group that each fits best; the accounts that chose one that these chose or left."""
        units = np.unique(self._units[here])
        wanted = np.zeros(len(self.groups) + 1, bool)
        wanted[self._choice[units]] = True
        self._choice[units] = _NONE
        fits = self._fits(here)
        if fits is not None:
            unit, group, score = fits
            self._choice[unit], self._score[unit] = group, score
            wanted[group] = True
        wanted[_NONE] = False
        return np.asarray(wanted[self._choice[self._units]] | here)

    def _fits(self, here: NDArray[np.bool_]) -> tuple[Numbers, Numbers, NDArray[np.float64]] | None:
        """Units, the group that each fits best, and how well."""
        left, right = self._near["l"], self._near["r"]
        sides = []
        for one, other in ((left, right), (right, left)):
            open_ = here[one] & (self.groups[other] != _NONE)
            sides.append(self._units[one[open_]] * len(self.groups) + self.groups[other[open_]])
        unit, into = np.divmod(np.unique(np.concatenate(sides)), len(self.groups))
        if not len(unit):
            return None
        self._archive.replace("fit", {"unit": unit, "into": into})
        self._register("of_unit", "unit", self._units, np.isin(self._units, unit))
        self._register("of_group", "into", self.groups, np.isin(self.groups, into))
        self._archive.execute(sql.FITTING)
        self._archive.tell("SELECT DISTINCT l, r FROM fitting")
        found = self._archive.columns(sql.FITS)
        units, scores, counts, into = found["unit"], found["score"], found["accounts"], found["into"]
        order = np.lexsort((-counts, -scores, units))
        units, scores, counts, into = units[order], scores[order], counts[order], into[order]
        first = np.r_[True, units[1:] != units[:-1]]
        tied = np.r_[~first[1:] & (scores[1:] == scores[:-1]) & (counts[1:] == counts[:-1]), False]
        taken = first & ~tied & (scores >= self._rule.threshold)
        return units[taken], into[taken], scores[taken]

    def _take(self, here: NDArray[np.bool_]) -> None:
        """Adds each unit to the group that it chose, unless one that was added before forbids it."""
        units = np.unique(self._units[here])
        units = units[self._choice[units] != _NONE]
        rows = zip(self._score[units].tolist(), units.tolist(), self._choice[units].tolist(), strict=True)
        grown: dict[int, list[int]] = defaultdict(list)
        placed: list[tuple[int, int]] = []
        for _, _, unit, group in sorted((-score, self._name(unit), unit, group) for score, unit, group in rows):
            members = self._members_of(unit)
            known = grown[group]
            articles = {int(self._articles[i]) for i in known}
            if any(int(self._articles[i]) in articles for i in members) or self._apart(members, known):
                continue
            known += members
            placed += [(i, group) for i in members]
        if placed:
            added = np.array(placed)
            self.groups[added[:, 0]] = added[:, 1]

    def _name(self, unit: int) -> str:
        """The first id of a unit."""
        return self._together[unit][0] if unit in self._together else self.accounts[unit]

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
            self.groups[group] = min(group)

    def _linked(self) -> Iterator[list[int]]:
        """The groups of the components in which not all is clear."""
        columns = self._archive.columns(sql.OF_HARD)
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
