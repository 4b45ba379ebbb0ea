"""Partitions: the accounts of an archive compared by several processes, each with those of some days.

    entries ──> partitions ───> compare ──> close pairs ──> groups
    here        runs of days    there       there           here

Two accounts are compared where spans of theirs meet, and the last day on which
they do is the last one of either. So an account is at home in the partitions in
which a span of it ends, and a guest in all others that it reaches (the halo): a
partition compares those at home with each other and with its guests, and each
pair that an archive of all accounts finds is found in one of them.

What a block may cost counts within a partition. A block that is too large for
an archive of all accounts may be compared here, where it reaches over several
partitions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.linking import blocks, texts
from extractor.linking.archive import Archive
from extractor.linking.blocks import Cut
from extractor.linking.joined import joined
from extractor.linking.judged import NOBODY, Judged, Links
from extractor.linking.levels import Levels
from extractor.profile import Profile
from extractor.runner import Runner
from extractor.weights import Weights

Row = tuple[str, ...]
"""An account by `texts.COLUMNS`."""
Numbers = NDArray[np.int64]

MOST = 20_000
"""Accounts at home in a partition: 12 MB of rows or so."""
FEWEST = 1_000
"""... and those for which another process is worth its start, where there are threads for more partitions."""
ROUNDS = 2
"""Partitions for each thread, so that one that takes longer holds up little."""
DAYS = blocks.BUCKETS[0]
"""A partition begins on a multiple of so many days, so that it holds the smallest blocks whole."""


class Entry(NamedTuple):
    """An account as a row, and the first and last days (ordinals) of the spans in which it is compared: at most two."""

    row: Row
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Partition:
    """Accounts to compare: those at home with each other and with their guests. What is in them is never shown."""

    home: tuple[Row, ...] = field(repr=False)
    halo: tuple[Row, ...] = field(repr=False)
    weights: Weights = field(repr=False)
    judged: Judged = field(repr=False)


class Compared(NamedTuple):
    """The pairs of a partition whose score is close to the threshold or above, and the blocks that were too large."""

    pairs: tuple[tuple[str, str, int], ...]
    cut: tuple[Cut, ...]


def entry(profile: Profile) -> Entry:
    """An account as partitions need it. One without a key has no span: it is never compared."""
    spans = {(key.span.start, key.span.end) for key in blocks.keys(profile)}
    return Entry(texts.row(profile), tuple(sorted(spans)))


def link_by(
    runner: Runner, entries: Iterable[Entry], weights: Weights, judged: Judged = NOBODY, most: int | None = None
) -> Links:
    """What `link` gives for these accounts, compared where the runner does its work. Any order of them gives the same.

    About so many (`most`) are at home in a partition; by default there are a few partitions for each thread.

    Raises:
        ClusterError: the runner is lost.
    """
    accounts: Mapping[str, Entry] = {one.row[0]: one for one in entries}
    ordered = [accounts[id_] for id_ in sorted(accounts)]
    judged = judged.about(accounts)
    most = most or min(max(len(ordered) // (ROUNDS * runner.slots), FEWEST), MOST)
    with closing(Archive(weights, judged)) as archive:
        archive.add_rows(one.row for one in ordered)
        cut: set[Cut] = set()
        with closing(runner.map(compare, partitions(ordered, weights, judged, most))) as found:
            for compared in found:
                archive.take(compared.pairs)
                cut.update(compared.cut)
        large = tuple({(one.key, one.start): one for one in sorted(cut)}.values())  # each at its largest
        articles = {one.row[0]: one.row[1] for one in ordered}
        links = joined(judged, articles, partial(_placed, archive))._replace(large=large)
    links.warn()
    return links


def _placed(archive: Archive, judged: Judged) -> Links:
    """The groups of an archive whose pairs are compared, by what was judged of them."""
    archive.judged = judged
    levels = Levels(archive)
    levels.place()
    return levels.links()


def partitions(entries: Sequence[Entry], weights: Weights, judged: Judged, most: int) -> Iterator[Partition]:
    """The accounts by runs of days in each of which about so many are at home."""
    keyed = [one for one in entries if one.spans]
    if not keyed:
        return
    spans = np.array([(one.spans[0], one.spans[-1]) for one in keyed]) // DAYS  # by account, span and side
    number = np.searchsorted(_starts(spans[:, :, 1], most), spans, side="right")
    first, last = number[:, :, 0], number[:, :, 1]
    for here in range(last.max() + 1):
        home = (last == here).any(axis=1)
        halo = ((first <= here) & (here < last)).any(axis=1) & ~home
        inside, guests = (tuple(one.row for one in compress(keyed, chosen)) for chosen in (home, halo))
        yield Partition(inside, guests, weights, judged.about({row[0] for row in (*inside, *guests)}))


def _starts(ends: Numbers, most: int) -> Numbers:
    """Where each partition but the first begins, from the ends of spans by account, in units of `DAYS`."""
    buckets, counts = np.unique(ends, return_counts=True)
    number = (np.cumsum(counts) - counts) // (most * ends.shape[1])
    return np.asarray(buckets[1:][np.diff(number) > 0])


def compare(partition: Partition) -> Compared:
    """Compares the accounts of a partition, on one thread: the others are for other partitions."""
    with closing(Archive(partition.weights, partition.judged)) as archive:
        archive.db.execute("SET threads TO 1")
        archive.add_rows(partition.halo)
        archive.add_rows(partition.home, compare=True)
        return Compared(archive.close_pairs(), archive.cut)
