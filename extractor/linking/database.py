"""Database: DuckDB in memory, spoken to in statements and columns."""
# ruff: noqa: S608 - all that is put into a statement are names of ours

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Table = Mapping[str, NDArray[Any]]


class Database:
    """Tables that are gone when it is closed. Use it from one thread."""

    def __init__(self) -> None:
        self._db = duckdb.connect(":memory:")

    def close(self) -> None:
        """Lets go of the database."""
        self._db.close()

    def execute(self, statement: str, given: Mapping[str, object] | None = None) -> None:
        """Runs statements for their effect."""
        for one in self._db.extract_statements(statement):
            self._db.execute(one, {name: (given or {})[name] for name in one.named_parameters})

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


def as_columns(names: Sequence[str], rows: Iterable[Sequence[int]]) -> Table:
    """Rows as columns. They are taken one by one: a list of them all would be many times as large."""
    flat = np.fromiter(chain.from_iterable(rows), np.int64)
    return dict(zip(names, flat.reshape(-1, len(names)).T, strict=True))
