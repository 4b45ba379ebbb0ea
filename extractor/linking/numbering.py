"""Numbering: the values of facets, their keys and parties as numbers, and what follows from each value alone."""
# ruff: noqa: S608 - all that is put into a statement are names of ours

from collections.abc import Sequence
from datetime import date
from typing import Any

from extractor.linking import blocks, texts
from extractor.linking import statements as sql
from extractor.linking.database import Database, as_columns
from extractor.profile import NEWS, OFF, PLANNED, TOLD, Delegation, When, day
from extractor.values import names

SILENT = -(2**15)
_SHAPES = {NEWS: 1, PLANNED: 2, TOLD: 3, OFF: 4}
_DAY = 0
_YEARS = range(366, 3_650_000)
"""Ordinals that are so far from the ends of the calendar that only distances count."""


class Numbering:
    """The values by their numbers, facet by facet. A value that says nothing has the number 0."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.values: dict[str, list[Any]] = {facet: [] for facet in sql.JUDGED}
        self._keys: dict[str, int] = {"": 0}
        self._parties: dict[str | None, int] = {None: 0}
        self._dates: dict[str | None, int] = {None: 0}
        for facet in sql.FACETS:
            db.execute(f"INSERT INTO {facet}_value VALUES ('', 0)")

    def words(self) -> Sequence[str]:
        """The words of all keys, by their numbers."""
        return list(self._keys)

    def extend(self) -> None:
        """Numbers the values that are new, and keeps what follows from them."""
        self._db.execute(sql.DELEGATIONS)
        for facet in sql.JUDGED:
            self._db.execute(sql.coded(facet))
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
            self._db.append(
                "days",
                as_columns(
                    columns,
                    (
                        (code, *_days(code, when), self._dates.setdefault(when.date, len(self._dates)))
                        for code, when in whens
                    ),
                ),
                sql.NULLED_DAYS,
            )
        keys = (
            (c, self._key(key), asks)
            for c, value in self._fresh("parties")
            for key, asks in blocks.of_parties(value.codes)
        )
        self._db.append("parties_key", as_columns(("code", "key", "asks"), keys))
        for facet, of in (("place", blocks.of_place), ("host", blocks.of_host), ("delegation", blocks.of_people)):
            fresh = self._fresh(facet)
            self._db.append(
                f"{facet}_key", as_columns(("code", "key"), ((c, self._key(k)) for c, v in fresh for k in of(v)))
            )
            if facet == "delegation":
                self._append_delegations(fresh)
        runs = ((code, hash(run) & (2**63 - 1)) for code, value in self._fresh("words") for run in value.runs)
        self._db.append("words_run", as_columns(("code", "run"), runs))
        self._fresh("kind")

    def _append_delegations(self, fresh: Sequence[tuple[int, Delegation]]) -> None:
        party = self._parties
        people = ((c, party.setdefault(v.party, len(party)), len(v.names), v.ranked) for c, v in fresh)
        self._db.append("delegation_party", as_columns(("code", "party", "names", "ranked"), people))
        marks = ((c, self._key(mark)) for c, v in fresh for mark in frozenset().union(*map(names.marks, v.names)))
        self._db.append("delegation_mark", as_columns(("code", "mark"), marks))

    def _fresh(self, facet: str) -> list[tuple[int, Any]]:
        """The values of a facet that are not read yet, with their numbers."""
        values = self.values[facet]
        found = self._db.rows(f"SELECT code, text FROM {facet}_value WHERE code >= {len(values)} ORDER BY code")
        read = texts.READ[facet]
        fresh = [(code, read(text)) for code, text in found]
        values += [value for _, value in fresh]
        return fresh

    def _key(self, words: str) -> int:
        return self._keys.setdefault(words, len(self._keys))


def _days(code: int, when: When) -> tuple[int, ...]:
    """The spans of days of a value, and how it is compared: by a shape and a day where only distances count."""
    near = blocks.near(when) or (SILENT, SILENT, SILENT)
    shape, anchor = 8 + code, 0
    if when.date and (known := day(when.date)):
        shape, anchor = _DAY, known.toordinal()
    elif when.published and not when.date:
        shape, anchor = _SHAPES[when.tense], date.fromisoformat(when.published).toordinal()
    if shape < 8 and anchor not in _YEARS:
        shape, anchor = 8 + code, 0
    return (*blocks.span(when), *near, shape, anchor)
