"""Graph: which accounts are alike, so that the neighbours of a few are found without a look at the others."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from extractor.linking import ranges

Numbers = NDArray[np.int64]


class Graph:
    """Pairs of numbered accounts, found from both sides.

    Pairs that come later are a part of their own until an earlier one is no more than twice as large (a
    log-structured merge): so what is added costs little, and there are few parts to look at.
    """

    def __init__(self) -> None:
        self._parts: list[csr_array] = []

    def add(self, left: Numbers, right: Numbers, size: int) -> None:
        """Adds pairs of accounts below this number."""
        pairs = np.r_[left, right], np.r_[right, left]
        part = coo_array((np.ones(len(pairs[0]), bool), pairs), (size, size)).tocsr()
        while self._parts and self._parts[-1].nnz <= 2 * part.nnz:
            earlier = self._parts.pop()
            earlier.resize(size, size)
            part = part + earlier
        self._parts.append(part)

    def edges(self, of: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of these accounts: they, and those that they are alike."""
        found = []
        for part in self._parts:
            here = of[of < part.shape[0]]
            number, at = ranges.rows(part.indptr[here], part.indptr[here + 1])
            found.append((here.astype(np.int32)[number], part.indices[at]))
        one, other = zip(*found, strict=True)
        return np.concatenate(one), np.concatenate(other)

    def walk(self, start: NDArray[np.bool_], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The accounts from which one starts, and those that are reached by accounts `among` these alone."""
        seen = start.copy()
        front = np.flatnonzero(start) if (among & ~start).any() else np.empty(0, np.int64)
        while len(front):
            _, beside = self.edges(front)
            front = np.unique(beside[among[beside] & ~seen[beside]])
            seen[front] = True
        return seen
