"""Archive: the accounts of a large workspace compared in DuckDB, on integers.

    profiles ──> numbers ────> blocks ──────> told ──────────> alike
    as text      one for       pairs that     each two values  pairs that
                 each value    share a key    once, in Python  reach the
                 of a facet    and its days   by `match`       threshold

Gives what `pairs` gives. Accounts can be added later: only pairs with a new one
are compared then.
"""
# ruff: noqa: S608 - all that is put into a statement are names of ours

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice, pairwise
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from extractor.linking import blocks, texts
from extractor.linking import statements as sql
from extractor.linking.blocks import Cut
from extractor.linking.judged import GREY, NOBODY, Judged
from extractor.match import FACETS, delegations
from extractor.profile import NEWS, OFF, PLANNED, TOLD, Delegation, Profile, When, day
from extractor.values import names
from extractor.weights import Weights

CHUNK = 100_000
"""Profiles that go to the database together."""
SLICES = 8
SLICE = 250_000, 2_000_000
"""Pairs that are told together, at least and at most: what they say of each topic takes some 100 bytes a pair."""
_SILENT = -(2**15)
_SHAPES = {NEWS: 1, PLANNED: 2, TOLD: 3, OFF: 4}
_DAY = 0
_YEARS = range(366, 3_650_000)
"""Ordinals that are so far from the ends of the calendar that only distances count."""

Table = Mapping[str, NDArray[Any]]


class Archive:
    """Accounts and what their pairs say. Use it from one thread. Blocks of more than `most` pairs are not compared."""

    def __init__(self, weights: Weights, judged: Judged = NOBODY, *, most: int = blocks.MOST_PAIRS) -> None:
        self.weights = weights
        self.judged = judged
        self._most = most
        self.size = 0
        self.anew = 0
        """How often all accounts were compared anew: a block had become too large by accounts that came later."""
        self._cut: dict[tuple[int, ...], Cut] | None = None
        self._values: dict[str, list[Any]] = {facet: [] for facet in sql.JUDGED}
        self._keys: dict[str, int] = {"": 0}
        self._parties: dict[str | None, int] = {None: 0}
        self._dates: dict[str | None, int] = {None: 0}
        self._db = duckdb.connect(":memory:")
        self.execute(sql.TABLES)
        for facet in sql.FACETS:  # the number of what says nothing is 0
            self.execute(f"INSERT INTO {facet}_value VALUES ('', 0)")

    @property
    def cut(self) -> tuple[Cut, ...]:
        """The blocks that were too large."""
        return tuple(sorted((self._cut or {}).values()))

    def close(self) -> None:
        """Lets go of the database."""
        self._db.close()

    def execute(self, statement: str, given: Mapping[str, object] | None = None) -> None:
        """Runs statements for their effect."""
        for one in filter(str.strip, statement.split(";")):
            self._db.execute(one, {name: value for name, value in (given or {}).items() if f"${name}" in one})

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._db.execute(query).fetchall()

    def columns(self, query: str) -> dict[str, NDArray[Any]]:
        """The columns of a query."""
        return self._db.execute(query).fetchnumpy()

    def append(self, table: str, columns: Table, select: str = "*") -> None:
        """Adds rows to a table."""
        if len(next(iter(columns.values()))):
            self._db.register("rows", columns)
            self._db.execute(f"INSERT INTO {table} BY NAME SELECT {select} FROM rows")
            self._db.unregister("rows")

    def replace(self, table: str, columns: Table) -> None:
        """Makes a table of these columns, in place of the one that was there."""
        self._db.register("rows", columns)
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM rows")
        self._db.unregister("rows")

    def add(self, profiles: Iterable[Profile]) -> None:
        """Adds accounts, each once, and compares them with all that are there."""
        rest = map(texts.row, profiles)
        while chunk := list(islice(rest, CHUNK)):
            rows = zip(texts.COLUMNS, map(list, zip(*chunk, strict=True)), strict=True)
            self.append("arrival", {name: np.array(column, object) for name, column in rows})
        self.compare()

    def add_table(self, query: str) -> None:
        """Adds the accounts that a query gives as a table of profiles (`texts.COLUMNS`)."""
        self._db.execute(f"INSERT INTO arrival BY NAME {query}")
        self.compare()

    def compare(self) -> None:
        """Compares the accounts that arrived with all that are there.

        Where a block becomes too large by them, the pairs that only it gave have to go: then all is compared anew.
        """
        first = self._arrive()
        known = self._cut or {}
        found = self._block(first)
        if first and self._cut is not None and found.keys() - known.keys():
            self.anew += 1
            self.execute("DELETE FROM close")
            known, found = {}, self._block(0)
        self._cut = known | found
        least = self.weights.threshold - GREY
        for start, stop in self._slices():
            self.tell(f"SELECT DISTINCT l, r FROM found WHERE r >= {start} AND r < {stop}", least=least)
            self.execute(f"INSERT INTO close SELECT l, r, {sql.TOTAL} FROM told WHERE {sql.TOTAL} >= {least}")
        self.execute(sql.DONE)

    def _arrive(self) -> int:
        """Takes the accounts that arrived; the number of the first of them."""
        first = self.size
        self._number()
        self.execute(sql.ARRIVED, {"first": first})
        self.size = self.rows("SELECT count(*) FROM member")[0][0]
        if not first:
            self.execute("CHECKPOINT")  # gives back the memory of what arrived
        self._say()
        return first

    def _slices(self) -> Iterator[tuple[int, int]]:
        """The pairs that were found in about `SLICES` parts: from and below which account their second one goes."""
        counts = self.columns("SELECT r, count(*) AS n FROM found GROUP BY r ORDER BY r")
        parts = (np.cumsum(counts["n"]) - 1) // np.clip(counts["n"].sum() // SLICES, *SLICE)
        starts = counts["r"][np.r_[True, np.diff(parts) > 0]].tolist() if len(parts) else []
        yield from pairwise([*starts, self.size])

    def tell(self, pairs: str, *, least: int | None = None) -> None:
        """Makes the table `told`: what each of these pairs (a query of l, r) says, by topic.

        With `least`, pairs that cannot reach this sum may be left out.
        """
        self.execute(f"CREATE OR REPLACE TEMP TABLE pair AS {pairs}")
        self.execute(sql.VALUED)
        self.execute(sql.SHARED)
        for facet in sql.FACETS:
            self._judge(facet)
        if least is not None:
            self.execute(
                sql.POSSIBLE,
                {
                    "least": least,
                    "each": max(self.weights.signals["person same"], self.weights.signals["surname same"]),
                },
            )
        self.execute(sql.MET)
        self._judge("delegation")
        self.execute(sql.TOLD)

    def told(self) -> dict[tuple[str, str], dict[str, int]]:
        """What the pairs of the table `told` say, by account ids and topic."""
        topics = ", ".join(f"told.{topic}" for topic in sql.ALL_TOPICS)
        query = f"SELECT a.account, b.account, {topics} FROM told JOIN member a ON a.i = l JOIN member b ON b.i = r"
        return {
            (min(a, b), max(a, b)): {t: w for t, w in zip(sql.ALL_TOPICS, sums, strict=True) if w is not None}
            for a, b, *sums in self.rows(query)
        }

    def _number(self) -> None:
        """Numbers the values that are new, and keeps what follows from them."""
        self.execute(sql.DELEGATIONS)
        for facet in sql.JUDGED:
            self.execute(sql.coded(facet))
        whens = self._fresh("when")
        if whens:
            columns = (
                "code",
                "start",
                "stop",
                "size",
                "near_start",
                "near_stop",
                "near_size",
                "shape",
                "anchor",
                "dated",
            )
            self.append(
                "days",
                _columns(
                    columns,
                    (
                        (code, *_days(code, when), self._dates.setdefault(when.date, len(self._dates)))
                        for code, when in whens
                    ),
                ),
                sql.NULLED_DAYS,
            )
        keys = (
            (c, self._key(key), asks) for c, value in self._fresh("parties") for key, asks in blocks.of_parties(value)
        )
        self.append("parties_key", _columns(("code", "key", "asks"), keys))
        for facet, of in (("place", blocks.of_place), ("host", blocks.of_host), ("delegation", blocks.of_people)):
            fresh = self._fresh(facet)
            self.append(f"{facet}_key", _columns(("code", "key"), ((c, self._key(k)) for c, v in fresh for k in of(v))))
            if facet == "delegation":
                self._append_delegations(fresh)
        runs = ((code, hash(run) & (2**63 - 1)) for code, value in self._fresh("words") for run in value.runs)
        self.append("words_run", _columns(("code", "run"), runs))
        self._fresh("kind")

    def _append_delegations(self, fresh: Sequence[tuple[int, Delegation]]) -> None:
        party = self._parties
        people = ((c, party.setdefault(v.party, len(party)), len(v.names), v.ranked) for c, v in fresh)
        self.append("delegation_party", _columns(("code", "party", "names", "ranked"), people))
        marks = ((c, self._key(mark)) for c, v in fresh for mark in frozenset().union(*map(names.marks, v.names)))
        self.append("delegation_mark", _columns(("code", "mark"), marks))

    def _fresh(self, facet: str) -> list[tuple[int, Any]]:
        """The values of a facet that are not read yet, with their numbers."""
        values = self._values[facet]
        found = self.rows(f"SELECT code, text FROM {facet}_value WHERE code >= {len(values)} ORDER BY code")
        read = texts.READ[facet]
        fresh = [(code, read(text)) for code, text in found]
        values += [value for _, value in fresh]
        return fresh

    def _key(self, words: str) -> int:
        return self._keys.setdefault(words, len(self._keys))

    def _say(self) -> None:
        """What was judged of pairs of accounts: by the model, where it was asked, and as different by people."""
        if not (self.judged.said or self.judged.apart):
            return
        number = dict(self.rows("SELECT account, i FROM member"))
        said = [
            (*sorted((number[a], number[b])), self.weights.signals[name])
            for (a, b), name in self.judged.said.items()
            if a in number and b in number
        ]
        apart = [sorted((number[a], number[b])) for a, b in self.judged.apart if a in number and b in number]
        self.execute("DELETE FROM said; DELETE FROM apart")
        self.append("said", _columns(("l", "r", "model"), said))
        self.append("apart", _columns(("l", "r"), apart))

    def _block(self, first: int) -> dict[tuple[int, ...], Cut]:
        """Finds the pairs to compare that have one of the accounts from this number on; the blocks too large for it."""
        words = list(self._keys)
        cut: dict[tuple[int, ...], Cut] = {}
        self.execute(sql.FOUND)
        for size, days in enumerate(blocks.BUCKETS):
            given = {"size": size, "days": days, "first": first, "most": self._most}
            if first:
                self.execute(sql.REACHED, given)
            self.execute(sql.among(sql.ASKERS, few=first > 0), given)
            self.execute(sql.among(sql.LARGE, few=first > 0), given)
            for key, place, bucket, accounts, cost in self.rows("SELECT * FROM large"):
                name = f"{words[key]} {words[place]}".strip()
                cut[size, key, place, bucket] = Cut(name, blocks.first_day(size, bucket), accounts, cost)
            for statement in sql.BLOCKS:
                self.execute(sql.among(statement, few=first > 0), given)
        return cut

    def _judge(self, facet: str) -> None:
        """Compares each two values that stand in a pair and were not compared before."""
        compare = delegations if facet == "delegation" else FACETS[facet]
        values, topics = self._values[facet], sql.JUDGED[facet]
        wanted = self.columns(sql.untold(facet))
        pairs = zip(wanted["a"].tolist(), wanted["b"].tolist(), strict=True)
        told = np.full((len(wanted["a"]), len(topics)), _SILENT, np.int16)
        for row, (a, b) in zip(told, pairs, strict=True):
            for topic, weight in self.weights.told(compare(values[a], values[b])).items():
                row[topics.index(topic)] = weight
        keys = ("k",) if facet in sql.SHAPED else ("a", "b")
        silent = ", ".join(f"nullif({topic}, {_SILENT}) AS {topic}" for topic in topics)
        columns = {name: wanted[name] for name in keys} | dict(zip(topics, told.T.copy(), strict=True))
        self.append(f"{facet}_told", columns, f"{', '.join(keys)}, {silent}")

    def add_rows(self, rows: Iterable[Sequence[str]], *, compare: bool = False) -> None:
        """Adds accounts by `texts.COLUMNS`, each once; or only for those that come later to be compared with."""
        rest = iter(rows)
        while chunk := list(islice(rest, CHUNK)):
            columns = zip(texts.COLUMNS, map(list, zip(*chunk, strict=True)), strict=True)
            self.append("arrival", {name: np.array(column, object) for name, column in columns})
        if compare:
            self.compare()
        else:
            self._arrive()

    def close_pairs(self) -> tuple[tuple[str, str, int], ...]:
        """The pairs that are close to the threshold or above it: account ids and score."""
        query = "SELECT a.account, b.account, total FROM close JOIN member a ON a.i = l JOIN member b ON b.i = r"
        return tuple((left, right, total) for left, right, total in self.rows(query))

    def take(self, pairs: Sequence[tuple[str, str, int]]) -> None:
        """Adds such pairs that were found elsewhere; those that are there already are not added again."""
        if not pairs:
            return
        left, right, total = zip(*pairs, strict=True)
        self.replace("pairs", {"a": np.array(left, object), "b": np.array(right, object), "total": np.array(total)})
        self.execute("""
            INSERT INTO close SELECT * FROM (
                SELECT least(a.i, b.i) AS l, greatest(a.i, b.i) AS r, total
                FROM pairs JOIN member a ON a.account = pairs.a JOIN member b ON b.account = pairs.b
            ) ANTI JOIN close USING (l, r)
        """)


def _days(code: int, when: When) -> tuple[int, ...]:
    """The spans of days of a value, and how it is compared: by a shape and a day where only distances count."""
    near = blocks.near(when) or (_SILENT, _SILENT, _SILENT)
    shape, anchor = 8 + code, 0
    if when.date and (known := day(when.date)):
        shape, anchor = _DAY, known.toordinal()
    elif when.published and not when.date:
        shape, anchor = _SHAPES[when.tense], date.fromisoformat(when.published).toordinal()
    if shape < 8 and anchor not in _YEARS:
        shape, anchor = 8 + code, 0
    return (*blocks.span(when), *near, shape, anchor)


def _columns(names: Sequence[str], rows: Iterable[Sequence[int]]) -> Table:
    """Rows as columns. They are taken one by one: a list of them all would be many times as large."""
    flat = np.fromiter(chain.from_iterable(rows), np.int64)
    return dict(zip(names, flat.reshape(-1, len(names)).T, strict=True))
