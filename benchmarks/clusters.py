"""Two partitions of the same ids compared, of millions of them: pairs, B-cubed and LEA, each precision, recall and F1.

Pairs: of two ids in one cluster (Menestrina et al. 2010, pairwise). B-cubed:
Bagga & Baldwin 1998. LEA: Moosavi & Strube 2016; a cluster counts with its
size and the share of its links that were found, a cluster of one has one link
to itself.

All follow from how many ids each found cluster shares with each true one, so
the work is one sort.
"""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
"""The cluster of each id, numbered from 0."""
_Sizes = NDArray[np.float64]


class Agreement(NamedTuple):
    """How a partition agrees with the true one, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Compared(NamedTuple):
    """The three measures."""

    pairs: Agreement
    bcubed: Agreement
    lea: Agreement


def numbered(labels: Iterable[Hashable]) -> Labels:
    """Labels of any kind as numbers from 0, in the order in which they appear."""
    numbers: dict[Hashable, int] = {}
    return np.fromiter((numbers.setdefault(label, len(numbers)) for label in labels), dtype=np.int64)


def compared(found: Labels, true: Labels) -> Compared:
    """A found partition against the true one, id by id.

    Raises:
        ValueError: they aren't of the same ids.
    """
    if len(found) != len(true):
        raise ValueError(f"{len(found)} ids were put in clusters, {len(true)} have a true one")
    if not len(found):
        return Compared(*[Agreement(1.0, 1.0)] * 3)
    width = int(true.max()) + 1
    cells, shared = np.unique(found * width + true, return_counts=True)
    of_found, of_true = np.bincount(found).astype(float), np.bincount(true).astype(float)
    overlap = _Overlap(shared.astype(float), of_found[cells // width], of_true[cells % width])
    return Compared(
        Agreement(_pairs(overlap.shared, of_found), _pairs(overlap.shared, of_true)),
        Agreement(_bcubed(overlap.shared, overlap.found), _bcubed(overlap.shared, overlap.true)),
        Agreement(_lea(overlap.shared, overlap.found, overlap.true), _lea(overlap.shared, overlap.true, overlap.found)),
    )


class _Overlap(NamedTuple):
    """For each found and true cluster that share ids: how many they share, and their sizes."""

    shared: _Sizes
    found: _Sizes
    true: _Sizes


def _pairs(shared: _Sizes, of: _Sizes) -> float:
    """The share of the pairs of one partition that are in the other; 1 where it has no pairs."""
    total = _links(of).sum()
    return float(_links(shared).sum() / total) if total else 1.0


def _bcubed(shared: _Sizes, of: _Sizes) -> float:
    return float((shared * shared / of).sum() / shared.sum())


def _lea(shared: _Sizes, of: _Sizes, other: _Sizes) -> float:
    links = np.where(of > 1, _links(shared), other == 1)
    return float((of * links / np.maximum(_links(of), 1)).sum() / shared.sum())


def _links(sizes: _Sizes) -> _Sizes:
    linked: _Sizes = sizes * (sizes - 1) / 2
    return linked
