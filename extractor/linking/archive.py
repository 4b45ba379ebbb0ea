"""Archive: the accounts of a large workspace compared in DuckDB, on integers.

    profiles ──> numbers ────> blocks ──────> told ──────────> alike
    as text      one for       pairs that     each two values  pairs that
                 each value    share a key    once, in Python  reach the
                 of a facet    and its days   by `match`       threshold

Gives what `pairs` gives. Accounts can be added later: only pairs with a new one
are compared then.
"""
# ruff: noqa: S608 - all that is put into a statement are names of ours

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np

from extractor.linking import blocks, texts
from extractor.linking import statements as sql
from extractor.linking.blocks import Cut
from extractor.linking.candidates import Candidates
from extractor.linking.database import Database, as_columns
from extractor.linking.few import Few
from extractor.linking.judged import GREY, NOBODY, Judged
from extractor.linking.numbering import SILENT, Numbering
from extractor.match import FACETS, delegations
from extractor.profile import Profile
from extractor.weights import Weights

CHUNK = 100_000
"""Profiles that go to the database together."""
FEW = 50_000
"""Pairs that are told one by one: joins would look at all values to find theirs."""
SLICES = 8
SLICE = 250_000, 2_000_000
"""Pairs that are told together, at least and at most: what they say of each topic takes some 100 bytes a pair."""


class Archive:
    """Accounts and what their pairs say. Use it from one thread.

    Blocks of more than `most` pairs are not compared. Once accounts came later, up to `few` pairs are told one by one.
    """

    def __init__(
        self, weights: Weights, judged: Judged = NOBODY, *, most: int = blocks.MOST_PAIRS, few: int = FEW
    ) -> None:
        self.weights = weights
        self.judged = judged
        self.size = 0
        self.anew = 0
        """How often all accounts were compared anew: a block had become too large by accounts that came later."""
        self.db = Database()
        self.db.execute(sql.TABLES)
        self._numbering = Numbering(self.db)
        self._few = Few(self.db, self._numbering, weights)
        self._at_once = few
        self._grown = False
        self._candidates = Candidates(self.db, self._numbering.words, most)

    @property
    def cut(self) -> tuple[Cut, ...]:
        """The blocks that were too large."""
        return tuple(sorted((self._candidates.cut or {}).values()))

    def close(self) -> None:
        """Lets go of the database."""
        self.db.close()

    def add(self, profiles: Iterable[Profile]) -> None:
        """Adds accounts, each once, and compares them with all that are there."""
        self.add_rows(map(texts.row, profiles), compare=True)

    def add_table(self, query: str) -> None:
        """Adds the accounts that a query gives as a table of profiles (`texts.COLUMNS`)."""
        self.db.execute(f"INSERT INTO arrival BY NAME {query}")
        self.compare()

    def compare(self) -> None:
        """Compares the accounts that arrived with all that are there."""
        first = self._arrive()
        self._grown = self._grown or 0 < first < self.size
        if not self._candidates.find(first):
            self.anew += 1
            self.db.execute("DELETE FROM close")
            self._candidates.find(0)
        least = self.weights.threshold - GREY
        for start, stop in self._slices():
            self.tell(f"SELECT DISTINCT l, r FROM found WHERE r >= {start} AND r < {stop}", least=least)
            self.db.execute(f"INSERT INTO close SELECT l, r, {sql.TOTAL} FROM told WHERE {sql.TOTAL} >= {least}")
        self.db.execute(sql.DONE)

    def _arrive(self) -> int:
        """Takes the accounts that arrived; the number of the first of them."""
        first = self.size
        self._numbering.extend()
        self.db.execute(sql.ARRIVED, {"first": first})
        self.size = self.db.rows("SELECT count(*) FROM member")[0][0]
        if not first:
            self.db.execute("CHECKPOINT")  # gives back the memory of what arrived
        self._say()
        return first

    def _slices(self) -> Iterator[tuple[int, int]]:
        """The pairs that were found in about `SLICES` parts: from and below which account their second one goes."""
        counts = self.db.columns("SELECT r, count(*) AS n FROM found GROUP BY r ORDER BY r")
        parts = (np.cumsum(counts["n"]) - 1) // np.clip(counts["n"].sum() // SLICES, *SLICE)
        starts = counts["r"][np.r_[True, np.diff(parts) > 0]].tolist() if len(parts) else []
        yield from pairwise([*starts, self.size])

    def tell(self, pairs: str, *, least: int | None = None) -> None:
        """Makes the table `told`: what each of these pairs (a query of l, r) says, by topic.

        With `least`, pairs that cannot reach this sum may be left out.
        """
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE pair AS {pairs}")
        if self._grown and self.db.rows("SELECT count(*) FROM pair")[0][0] <= self._at_once:
            self.db.replace("few", self._few.tell(*self.db.columns("SELECT l, r FROM pair").values()))
            self.db.execute(sql.FEW, {"silent": SILENT})
            return
        self.db.execute(sql.VALUED)
        self.db.execute(sql.SHARED)
        for facet in sql.FACETS:
            self._judge(facet)
        if least is not None:
            self.db.execute(
                sql.POSSIBLE,
                {
                    "least": least,
                    "each": max(self.weights.signals["person same"], self.weights.signals["surname same"]),
                },
            )
        self.db.execute(sql.MET)
        self._judge("delegation")
        self.db.execute(sql.TOLD)

    def told(self) -> dict[tuple[str, str], dict[str, int]]:
        """What the pairs of the table `told` say, by account ids and topic."""
        topics = ", ".join(f"told.{topic}" for topic in sql.ALL_TOPICS)
        query = f"SELECT a.account, b.account, {topics} FROM told JOIN member a ON a.i = l JOIN member b ON b.i = r"
        return {
            (min(a, b), max(a, b)): {t: w for t, w in zip(sql.ALL_TOPICS, sums, strict=True) if w is not None}
            for a, b, *sums in self.db.rows(query)
        }

    def _say(self) -> None:
        """What was judged of pairs of accounts: by the model, where it was asked, and as different by people."""
        if not (self.judged.said or self.judged.apart):
            return
        named = sorted({id_ for pair in (*self.judged.said, *self.judged.apart) for id_ in pair})
        self.db.replace("judged", {"account": np.array(named, object)})
        number = dict(self.db.rows("SELECT account, i FROM member SEMI JOIN judged USING (account)"))
        said = [
            (*sorted((number[a], number[b])), self.weights.signals[name])
            for (a, b), name in self.judged.said.items()
            if a in number and b in number
        ]
        apart = [sorted((number[a], number[b])) for a, b in self.judged.apart if a in number and b in number]
        self.db.execute("DELETE FROM said; DELETE FROM apart")
        self.db.append("said", as_columns(("l", "r", "model"), said))
        self.db.append("apart", as_columns(("l", "r"), apart))

    def _judge(self, facet: str) -> None:
        """Compares each two values that stand in a pair and were not compared before."""
        compare = delegations if facet == "delegation" else FACETS[facet]
        values, topics = self._numbering.values[facet], sql.JUDGED[facet]
        wanted = self.db.columns(sql.untold(facet))
        pairs = zip(wanted["a"].tolist(), wanted["b"].tolist(), strict=True)
        told = np.full((len(wanted["a"]), len(topics)), SILENT, np.int16)
        for row, (a, b) in zip(told, pairs, strict=True):
            for topic, weight in self.weights.told(compare(values[a], values[b])).items():
                row[topics.index(topic)] = weight
        keys = ("k",) if facet in sql.SHAPED else ("a", "b")
        silent = ", ".join(f"nullif({topic}, {SILENT}) AS {topic}" for topic in topics)
        columns = {name: wanted[name] for name in keys} | dict(zip(topics, told.T.copy(), strict=True))
        self.db.append(f"{facet}_told", columns, f"{', '.join(keys)}, {silent}")

    def add_rows(self, rows: Iterable[Sequence[str]], *, compare: bool = False) -> None:
        """Adds accounts by `texts.COLUMNS`, each once; or only for those that come later to be compared with."""
        rest = iter(rows)
        while chunk := list(islice(rest, CHUNK)):
            columns = zip(texts.COLUMNS, map(list, zip(*chunk, strict=True)), strict=True)
            self.db.append("arrival", {name: np.array(column, object) for name, column in columns})
        if compare:
            self.compare()
        else:
            self._arrive()

    def close_pairs(self) -> tuple[tuple[str, str, int], ...]:
        """The pairs that are close to the threshold or above it: account ids and score."""
        query = "SELECT a.account, b.account, total FROM close JOIN member a ON a.i = l JOIN member b ON b.i = r"
        return tuple((left, right, total) for left, right, total in self.db.rows(query))

    def take(self, pairs: Sequence[tuple[str, str, int]]) -> None:
        """Adds such pairs that were found elsewhere; those that are there already are not added again."""
        if not pairs:
            return
        left, right, total = zip(*pairs, strict=True)
        self.db.replace("pairs", {"a": np.array(left, object), "b": np.array(right, object), "total": np.array(total)})
        self.db.execute("""
            INSERT INTO close SELECT * FROM (
                SELECT least(a.i, b.i) AS l, greatest(a.i, b.i) AS r, total
                FROM pairs JOIN member a ON a.account = pairs.a JOIN member b ON b.account = pairs.b
            ) ANTI JOIN close USING (l, r)
        """)
