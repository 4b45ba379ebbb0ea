"""Fits: the group that each unit fits best, of those that are there.

A unit is asked again only of the groups that have changed: what it said of the
others still counts. Only where a group that it fitted best is among those that
changed, it is asked of all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.linking import statements as sql
from extractor.linking.archive import Archive

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
NONE = -1
_COLUMNS = ("unit", "into", "score", "accounts")


class Fits:
    """What units chose: by the number of the unit the group or `NONE`, and how well it fits it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._best: Sequence[NDArray[np.generic]] = [np.empty(0, np.int64) for _ in _COLUMNS]
        self.choice: Numbers = np.empty(0, np.int64)
        self.score: NDArray[np.float64] = np.empty(0)

    def grow(self, size: int) -> None:
        """Makes room for units below this number."""
        more = size - len(self.choice)
        self.choice = np.r_[self.choice, np.full(more, NONE)]
        self.score = np.r_[self.score, np.zeros(more)]

    def lost(self, changed: Mask) -> Mask:
        """The units for which one of the groups that they fitted best is among these, by their numbers."""
        unit, into, *_ = self._best
        lost = np.zeros(len(self.choice), bool)
        lost[unit[changed[into]]] = True
        return lost

    def choose(self, asked: Mask, anew: Mask, said: Sequence[NDArray[np.generic]]) -> None:
        """Units that are asked choose by what is `said` now, and but for those that do so `anew` by what was before.

        Of groups that a unit fits equally well, it chooses that of most accounts, or none.
        """
        before = asked[self._best[0]]
        still = ~anew[self._best[0]]
        unit, into, score, accounts = (
            np.r_[known[before & still], now] for known, now in zip(self._best, said, strict=True)
        )
        order = np.lexsort((-accounts, -score, unit))
        unit, into, score, accounts = unit[order], into[order], score[order], accounts[order]
        number = np.cumsum(np.diff(unit, prepend=NONE) != 0) - 1
        first = np.searchsorted(number, number)
        best = (score == score[first]) & (accounts == accounts[first]) & (score >= self._archive.weights.threshold)
        self._best = [
            np.r_[known[~before], now[best]]
            for known, now in zip(self._best, (unit, into, score, accounts), strict=True)
        ]
        alone = best & (np.bincount(number[best], minlength=len(unit))[number] == 1)
        self.choice[asked] = NONE
        self.choice[unit[alone]], self.score[unit[alone]] = into[alone], score[alone]

    def ask(self, unit: Numbers, into: Numbers, units: Numbers, groups: Numbers) -> Sequence[NDArray[np.generic]]:
        """What the pairs of these units and groups say, given the unit and the group of each account."""
        if not len(unit):
            return [np.empty(0, np.int64) for _ in _COLUMNS]
        self._archive.db.replace("fit", {"unit": unit, "into": into})
        for table, name, values, chosen in (("of_unit", "unit", units, unit), ("of_group", "into", groups, into)):
            wanted = np.zeros(len(values) + 1, bool)
            wanted[chosen] = True
            i = np.flatnonzero(wanted[values])
            self._archive.db.replace(table, {"i": i, name: values[i]})
        self._archive.db.execute(sql.FITTING)
        self._archive.tell("SELECT DISTINCT l, r FROM fitting")
        found = self._archive.db.columns(sql.FITS)
        return [found[name] for name in _COLUMNS]
