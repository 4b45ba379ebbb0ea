"""Entries: the keys and days of accounts, sorted, so that those that meet a few new ones are found without the rest.

    key and place | asks | size | first day     account, last day
    ------------- in this order -----------     beside it

Two entries of a key meet where their spans do and one of them asks, in a bucket
of the larger of their sizes (`blocks.BUCKETS`). Spans of a size that meet a day
begin no more than such a bucket before it: one range for each size.
"""
# ruff: noqa: S608 - all that is put into a statement are numbers and names of ours

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.linking import ranges
from extractor.linking.blocks import BUCKETS

Numbers = NDArray[np.int64]
Table = Mapping[str, NDArray[Any]]
CHUNK = 1_000_000
"""Entries that are looked at together, or those of one that meets more."""
_NAME, _ASKS, _SIZE = 2**32, 2**24, 2**22
"""What a key counts in a name; and in a rank, asking and a size. Days are less."""
TURNS = 8
"""Entries of all accounts are taken in so many turns, by name: sorting them takes as much memory as they do."""
_TURN = 2**58
_RANKS = 2 * _ASKS


class Block(NamedTuple):
    """The entries of a key and a place in a bucket of this size, by its number."""

    size: int
    key: int
    place: int
    bucket: int


def ordered(entries: str, turn: int | None = None) -> str:
    """The query for these entries (`FROM ... WHERE`) as `Entries` takes them: by a name for key and place, and by rank.

    The names of one turn come before those of the next.
    """
    name = f"(key + place) % {TURNS} * {_TURN} + key::BIGINT * {_NAME} + place"
    rank = f"(asks::INTEGER * {_ASKS} + size::INTEGER * {_SIZE} + start)::INTEGER"
    here = f"(key + place) % {TURNS} = {turn}" if turn is not None else "true"
    return f"SELECT {name} AS name, {rank} AS rank, i, stop FROM {entries} AND {here} ORDER BY name, rank"


class Entries:
    """The entries of accounts.

    Those that come later are a part of their own until an earlier one is no more than twice as large (a log-structured
    merge).
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def __bool__(self) -> bool:
        return bool(self._parts)

    def begin(self, tables: Iterable[Table]) -> None:
        """Takes the first entries, which are `ordered`, turn by turn."""
        parts = [_part(table) for table in tables]
        first = np.cumsum([0, *(len(part.names) for part in parts)])
        for part, number in zip(parts, first, strict=False):
            part.order[:] += number * _RANKS
        self._parts = [_Part(*map(np.concatenate, zip(*parts, strict=True)))]

    def add(self, table: Table) -> None:
        """Adds entries that are `ordered`."""
        while self._parts and len(self._parts[-1].order) <= 2 * len(table["rank"]):
            table = _joined([self._parts.pop().table(), table])
            order = np.lexsort((table["rank"], table["name"]))
            table = {column: values[order] for column, values in table.items()}
        self._parts.append(_part(table))

    def meeting(self, new: Table, without: Iterable[Block]) -> tuple[Numbers, Numbers]:
        """Accounts of these entries, and those that they meet, but in the blocks that are left out."""
        found = list(self._meeting(new, without))
        one, other = zip(*found, strict=True)
        return np.concatenate(one), np.concatenate(other)

    def _meeting(self, new: Table, without: Iterable[Block]) -> Iterator[tuple[Numbers, Numbers]]:
        asks, size, start = new["rank"] >= _ASKS, _size(new["rank"]), _day(new["rank"])
        for part, answers, other in product(self._parts, (False, True), range(len(BUCKETS))):
            here = np.flatnonzero(asks | answers)
            first, last = start[here] - BUCKETS[other], new["stop"][here]
            for number, row in _chunks(*part.rows(new["name"][here], answers, other, first, last)):
                one = here[number]
                met = part.stop[row] >= start[one]
                for block in without:
                    days = np.maximum(start[one], _day(part.order[row]))
                    met &= (
                        (new["name"][one] % _TURN != block.key * _NAME + block.place)
                        | (np.maximum(size[one], other) != block.size)
                        | (days // BUCKETS[block.size] != block.bucket)
                    )
                yield new["i"][one[met]], part.i[row[met]]

    def crowded(self, new: Table, size: int, most: int) -> Table:
        """All entries of the blocks of a size that have one of these and may cost more than so many pairs."""
        days = BUCKETS[size]
        names, number = np.unique(new["name"], return_inverse=True)
        total = np.sum([part.entries(names) for part in self._parts], axis=0)
        fits = (_size(new["rank"]) <= size) & (total * total > most)[number]
        ends = np.r_[_day(new["rank"][fits]), new["stop"][fits]] // days
        at, bucket = np.divmod(np.unique(np.r_[number[fits], number[fits]] * _SIZE + ends), _SIZE)
        name = names[at]
        found = [
            (part, other, *part.rows(name, asks, other, bucket * days - BUCKETS[other], (bucket + 1) * days - 1))
            for part, asks, other in product(self._parts, (False, True), range(size + 1))
        ]
        accounts = np.sum([stop - start for _, _, start, stop in found], axis=0)
        whole = np.sum([stop - start for _, other, start, stop in found if other == size], axis=0)
        large = accounts * whole > most
        return _joined([part.table(ranges.rows(start[large], stop[large])[1]) for part, _, start, stop in found])


class _Part(NamedTuple):
    """Entries in order. Names are numbered in it, so that a name and a rank are one number to search for."""

    names: Numbers
    order: Numbers
    i: Numbers
    stop: Numbers

    def rows(self, name: Numbers, asks: bool, size: int, first: Numbers, last: Numbers) -> tuple[Numbers, Numbers]:
        """The range of the entries of each name that are such, and begin on one of these days."""
        least = asks * _ASKS + size * _SIZE
        return self._between(name, least + np.maximum(first, 0), least + last)

    def entries(self, name: Numbers) -> Numbers:
        """How many entries each name has."""
        start, stop = self._between(name, 0, _RANKS - 1)
        return stop - start

    def _between(self, name: Numbers, least: Numbers | int, most: Numbers | int) -> tuple[Numbers, Numbers]:
        number = np.searchsorted(self.names, name)
        known = self.names[np.minimum(number, len(self.names) - 1)] == name
        start = np.searchsorted(self.order, number * _RANKS + least)
        stop = np.searchsorted(self.order, number * _RANKS + most, side="right")
        return start, np.where(known, stop, start)

    def table(self, rows: Numbers | slice = slice(None)) -> Table:
        """Some of the entries as a table, or all."""
        name, rank = np.divmod(self.order[rows], _RANKS)
        return {"name": self.names[name], "rank": rank, "i": self.i[rows], "stop": self.stop[rows]}


def _part(table: Table) -> _Part:
    first = np.diff(table["name"], prepend=-1) != 0
    order = (np.cumsum(first) - 1) * _RANKS + table["rank"]
    return _Part(table["name"][first], order, table["i"], table["stop"])


def keyed(table: Table) -> Table:
    """Entries with their names and ranks taken apart."""
    key, place = np.divmod(table["name"] % _TURN, _NAME)
    asks, rank = table["rank"] >= _ASKS, table["rank"]
    return {"key": key, "place": place, "asks": asks, "i": table["i"], "start": _day(rank)} | {
        "stop": table["stop"],
        "size": _size(rank),
    }


def _size(rank: Numbers) -> Numbers:
    return np.asarray(rank % _ASKS // _SIZE)


def _day(rank: Numbers) -> Numbers:
    return np.asarray(rank % _SIZE)


def _joined(tables: list[Table]) -> Table:
    return {column: np.concatenate([table[column] for table in tables]) for column in tables[0]}


def _chunks(start: Numbers, stop: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """The rows of ranges with the numbers of these, some at a time."""
    parts = np.cumsum(stop - start) // CHUNK
    for number in np.split(np.arange(len(start)), np.flatnonzero(np.diff(parts)) + 1):
        of, row = ranges.rows(start[number], stop[number])
        yield number[of], row
