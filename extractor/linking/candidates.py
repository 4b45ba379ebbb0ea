"""Candidates: which pairs of an archive's accounts are compared.

    first     entries of all ──> blocks ──> pairs          in DuckDB
    later     entries of those that came ──> what they     by `Entries`
              meet among all that are there

A block that costs more than it may is left out. Where one becomes so by accounts
that came later, the pairs that only it gave have to go: then all is begun anew.
"""

from collections.abc import Callable, Sequence

from extractor.linking import blocks
from extractor.linking import statements as sql
from extractor.linking.blocks import Cut
from extractor.linking.database import Database, Table
from extractor.linking.entries import TURNS, Block, Entries, keyed, ordered

Cuts = dict[Block, Cut]


class Candidates:
    """The pairs to compare, in the table `found`. `words` gives the words of all keys, by number."""

    def __init__(self, db: Database, words: Callable[[], Sequence[str]], most: int) -> None:
        self._db = db
        self._words = words
        self._most = most
        self._entries = Entries()
        self.cut: Cuts | None = None
        """The blocks that were too large; nothing before a first search."""

    def find(self, first: int) -> bool:
        """Finds the pairs with one of the accounts from this number on. False where all have to be compared anew."""
        if self.cut is None or not first:
            self._entries = Entries()
            self.cut = self._search(first)
            return True
        new = self._new(first)
        known, now = self.cut, self._crowded(new, first)
        self.cut = known | now
        if now.keys() - known.keys():
            return False
        self._db.execute(sql.FOUND)
        one, other = self._entries.meeting(new, now)
        self._db.replace("meeting", {"one": one, "other": other})
        self._db.execute(sql.MEETING)
        return True

    def _search(self, first: int) -> Cuts:
        """Finds them among the entries of all; the blocks that are too large."""
        self._db.execute(sql.ENTRIES)
        self._db.execute(sql.FOUND)
        cut: Cuts = {}
        for size, days in enumerate(blocks.BUCKETS):
            given = {"size": size, "days": days, "first": first, "most": self._most}
            self._db.execute(sql.ASKERS, given)
            self._db.execute(sql.SUSPECT, given)
            cut |= self._large(size, first)
            for statement in sql.BLOCKS:
                self._db.execute(statement, given)
        return cut

    def _new(self, first: int) -> Table:
        """The entries of the accounts from this number on, which are added to those of all."""
        if not self._entries:
            known = f"entries(0) WHERE i < {first}"
            self._entries.begin(self._db.columns(ordered(known, turn)) for turn in range(TURNS))
        new = self._db.columns(ordered(f"entries({first}) WHERE true"))
        self._entries.add(new)
        return new

    def _crowded(self, new: Table, first: int) -> Cuts:
        """The blocks that are too large, of those that have one of these entries."""
        cut: Cuts = {}
        for size in range(len(blocks.BUCKETS)):
            if len((entries := self._entries.crowded(new, size, self._most))["i"]):
                self._db.replace("entry", keyed(entries))
                self._db.execute("CREATE OR REPLACE TEMP TABLE suspect AS SELECT DISTINCT key, place FROM entry")
                cut |= self._large(size, first)
        return cut

    def _large(self, size: int, first: int) -> Cuts:
        given = {"size": size, "days": blocks.BUCKETS[size], "first": first, "most": self._most}
        self._db.execute(sql.LARGE, given)
        words = self._words()
        return {
            Block(size, key, place, bucket): Cut(
                f"{words[key]} {words[place]}".strip(), blocks.first_day(size, bucket), accounts, cost
            )
            for key, place, bucket, accounts, cost in self._db.rows("SELECT * FROM large")
        }
