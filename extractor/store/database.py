"""Transactions on the database of a workspace.

Every write is a transaction that holds the lock from its start (BEGIN
IMMEDIATE: a read that turns into a write would fail at once while another
process writes) and is on the disk when it ends. Reads that may be long go
page by page: they hold nothing open between pages, and memory stays flat.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from extractor.errors import WorkspaceError
from extractor.store import tables

PAGE = 500


class Database:
    """One open database, a file or memory. Use it as a context manager, from one thread at a time."""

    def __init__(self, engine: sa.Engine, name: str, file: Path | None) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._open: sa.Connection | None = None
        self.name = name
        self.file = file

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = True) -> Self:
        """Open the workspace in this file, or an empty one in memory.

        Raises:
            WorkspaceError: it cannot be opened, is no workspace, is of another
                version, or is not there and `create` is false.
        """
        name = "the workspace in memory" if path is None else str(path)
        if path is not None and not create and not Path(path).exists():
            raise WorkspaceError(f"{name} does not exist: make it with `extractor run`, or name another with --db")
        file = None if path is None else Path(path).absolute()
        database = cls(tables.engine_of(str(file) if file else None), name, file)
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Makes one transaction of all that is read and written inside."""
        with self._write():
            yield

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        if self._open:
            yield self._open
            return
        with tables.translated(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        if self._open:
            yield self._open
            return
        with tables.translated(self.name), self._writer.begin() as connection:
            self._open = connection
            try:
                yield connection
            finally:
                self._open = None

    def _paged(self, query: sa.Select[Any], key: sa.ColumnElement[Any]) -> Iterator[list[sa.Row[Any]]]:
        """The rows of a query by a unique column of it, a page at a time."""
        query = query.order_by(key).limit(PAGE)
        page = query
        while True:
            with self._read() as connection:
                rows = list(connection.execute(page))
            if rows:
                yield rows
            if len(rows) < PAGE:
                return
            page = query.where(key > getattr(rows[-1], key.key or ""))

    def _prepare(self) -> None:
        """Make the tables in an empty database; refuse one that is not ours or is of another version."""
        with self._read() as connection:
            present = sa.inspect(connection).get_table_names()
            version = connection.scalar(sa.select(tables.workspace.c.version)) if "workspace" in present else None
        if not present:
            with tables.translated(self.name):
                tables.log_ahead(self._engine)
            with self._write() as connection:
                tables.TABLES.create_all(connection)
                version = connection.scalar(sa.select(tables.workspace.c.version))  # another process was quicker
                if version is None:
                    version = tables.VERSION
                    connection.execute(tables.workspace.insert().values(version=version))
        if version is None:
            raise WorkspaceError(f"{self.name} is a database, but no workspace: name another file with --db")
        if version > tables.VERSION:
            raise WorkspaceError(
                f"{self.name} was made by a newer extractor (version {version} of its tables, this one knows "
                f"{tables.VERSION}): update meeting-extractor"
            )
        if version < tables.VERSION:
            raise WorkspaceError(
                f"{self.name} was made by an older extractor (version {version} of its tables, this one writes "
                f"{tables.VERSION}): name a new file with --db and run again"
            )


def now() -> str:
    """This moment, UTC, ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
