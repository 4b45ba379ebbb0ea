"""Few: what a few pairs of an archive's accounts say, told without a look at the rest.

Gives what `Archive.tell` finds by joins of all values. Here values are looked up
by their numbers, and each two of them that say something else are compared once.
"""
# ruff: noqa: S608 - all that is put into a statement are names and numbers of ours

import numpy as np
from numpy.typing import NDArray

from extractor.linking import ranges
from extractor.linking import statements as sql
from extractor.linking.database import Database, Table
from extractor.linking.numbering import SILENT, Numbering
from extractor.match import FACETS, delegations
from extractor.weights import Weights

Numbers = NDArray[np.int64]
_REMEMBERED = 2**17
"""Values of a facet of which is remembered what each two say."""
_CODE = 2**32
_TABLES = {
    "member": ("i", *sql.FACETS),
    "delegate": ("i", "delegation", "party"),
    "days": ("code", "shape", "anchor", "dated"),
    "delegation_party": ("code", "party", "names", "ranked"),
    "delegation_mark": ("code", "mark"),
}
"""What is looked up, by the number that comes first."""


class Few:
    """The values of all accounts, by their numbers."""

    def __init__(self, db: Database, numbering: Numbering, weights: Weights) -> None:
        self._db = db
        self._numbering = numbering
        self._weights = weights
        self._tables: dict[str, Table] = {}
        self._said: dict[str, dict[int, tuple[int, ...]]] = {facet: {} for facet in sql.JUDGED}

    def tell(self, left: Numbers, right: Numbers) -> Table:
        """What these pairs say, by topic, or `SILENT`."""
        for table in _TABLES:
            self._read(table)
        told = {"l": left, "r": right, "person": self._people(left, right)}
        for facet in sql.FACETS:
            a, b = (self._tables["member"][facet][side] for side in (left, right))
            speak = np.full(len(left), True) if facet == "when" else (a > 0) & (b > 0)
            for topic, said in zip(sql.JUDGED[facet], self._told(facet, a[speak], b[speak]).T, strict=True):
                told[topic] = np.full(len(left), SILENT)
                told[topic][speak] = said
        return told

    def _read(self, table: str) -> None:
        """Takes the rows that are new."""
        number, *_ = names = _TABLES[table]
        known = self._tables.get(table)
        first = known[number][-1] + 1 if known and len(known[number]) else 0
        columns = ", ".join(f'"{name}"' for name in names)
        more = self._db.columns(f"SELECT {columns} FROM {table} WHERE {number} >= {first} ORDER BY {number}")
        if not known:
            self._tables[table] = more
        elif len(more[number]):
            self._tables[table] = {name: np.r_[values, more[name]] for name, values in known.items()}

    def _people(self, left: Numbers, right: Numbers) -> Numbers:
        """What the people of each pair say: of the delegations of one party, or of none, together."""
        of, delegation, party = self._tables["delegate"].values()
        pair, one, other = _product(of, left, right)
        meet = (party[one] == party[other]) | (party[one] == 0) | (party[other] == 0)
        pair, one, other = pair[meet], one[meet], other[meet]
        said = self._told("delegation", delegation[one], delegation[other])[:, 0]
        pair, said = pair[said != SILENT], said[said != SILENT]
        sums = np.bincount(pair, said, len(left))
        return np.where(np.bincount(pair, minlength=len(left)) > 0, sums, SILENT).astype(np.int64)

    def _told(self, facet: str, a: Numbers, b: Numbers) -> Numbers:
        """What these values of a facet say of each of its topics."""
        pairs, number = np.unique(np.minimum(a, b).astype(np.int64) * _CODE + np.maximum(a, b), return_inverse=True)
        a, b = np.divmod(pairs, _CODE)
        keys = self._near(a, b) if facet == "when" else self._alike(a, b) if facet == "delegation" else pairs
        memory = self._said[facet]
        if len(memory) > _REMEMBERED:
            memory.clear()
        said = []
        for key, left, right in zip(keys.tolist(), a.tolist(), b.tolist(), strict=True):
            if key not in memory:
                memory[key] = self._compare(facet, left, right)
            said.append(memory[key])
        return np.array(said, np.int64).reshape(-1, len(sql.JUDGED[facet]))[number]

    def _compare(self, facet: str, a: int, b: int) -> tuple[int, ...]:
        values = self._numbering.values[facet]
        compare = delegations if facet == "delegation" else FACETS[facet]
        said = self._weights.told(compare(values[a], values[b]))
        return tuple(said.get(topic, SILENT) for topic in sql.JUDGED[facet])

    def _near(self, a: Numbers, b: Numbers) -> Numbers:
        """A key of days: where only their distance counts, it is the key; where both tell a date, the dates."""
        _, shape, anchor, dated = (column.astype(np.int64) for column in self._tables["days"].values())
        low, high = np.minimum(shape[a], shape[b]), np.maximum(shape[a], shape[b])
        distance = (anchor[b] - anchor[a]) * np.sign(shape[b] - shape[a])
        distance = np.where(low == high, abs(anchor[b] - anchor[a]), distance)
        first, second = np.minimum(dated[a], dated[b]), np.maximum(dated[a], dated[b])
        keys = np.where(first > 0, -(2**62) + first * _CODE + second, a * _CODE + b)
        return np.where(high < 8, -(low * 8 + high + 1) * _CODE + distance, keys)

    def _alike(self, a: Numbers, b: Numbers) -> Numbers:
        """A key of delegations: their shape, where their names have nothing in common; else the values."""
        code, mark = self._tables["delegation_mark"].values()
        pair, one, other = _product(code, a, b)
        kin = np.zeros(len(a), bool)
        kin[pair[mark[one] == mark[other]]] = True
        _, party, names, ranked = self._tables["delegation_party"].values()
        same, alone = party[a] == party[b], (names[a] == 1, names[b] == 1)
        flags = same, (party[a] == 0) | (party[b] == 0), *alone, ranked[a] == ranked[b]
        shape = sum(flag.astype(np.int64) << bit for bit, flag in enumerate(flags))
        return np.where(kin, a * _CODE + b, -1 - shape)


def _product(of: Numbers, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """All rows of the left ones with all of the right ones, pair by pair; `of` tells whose a row is, in order."""
    pair, one = ranges.rows(np.searchsorted(of, left), np.searchsorted(of, left, side="right"))
    start, stop = (np.searchsorted(of, right, side=side)[pair] for side in ("left", "right"))
    again, other = ranges.rows(start, stop)
    return pair[again], one[again], other
