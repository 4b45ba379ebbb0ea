"""Transactions on the database of a workspace.

Every write is a transaction, and on the disk when it ends. Reads that may be
long go page by page: they hold nothing open between pages, and memory stays
flat.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import PathLike, fspath
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from extractor.errors import WorkspaceError
from extractor.store import tables
from extractor.store.address import is_url
from extractor.store.engines import Engine
from extractor.store.postgresql import PostgreSQL
from extractor.store.sqlite import SQLite

PAGE = 500


class MissingError(WorkspaceError):
    """There is no such workspace."""


class Database:
    """One open database. Use it as a context manager, from one thread at a time.

    `name` is for people. `where` opens it again, here or on another machine;
    it is None in memory, and may hold a password.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader, self._writer = engine.reader, engine.writer
        self._open: sa.Connection | None = None
        self.name = engine.name
        self.where = engine.where

    @classmethod
    def open(cls, where: str | PathLike[str] | None = None, *, create: bool = True) -> Self:
        """Open the workspace in a file, on a PostgreSQL server (`postgresql://user@host:port/name`), or in memory.

        Raises:
            WorkspaceError: it cannot be opened, is no workspace, is of another
                version, or is not there and `create` is false.
        """
        database = cls(_engine(where))
        try:
            database._prepare(create=create)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def look(cls, where: str | PathLike[str] | None = None) -> Self:
        """Open a workspace if it is there, and an empty one in memory if not: none is made.

        Raises:
            WorkspaceError: it cannot be opened, is no workspace, or is of another version.
        """
        try:
            return cls.open(where, create=False)
        except MissingError:
            return cls.open()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.base.dispose()

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
        with self._engine.translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _write(self, *, alone: bool = False) -> Iterator[sa.Connection]:
        """A transaction, or the one that is open. `alone`: from here to its end no other such one runs."""
        if self._open:
            if alone:
                self._engine.lock(self._open)
            yield self._open
            return
        with self._engine.translated(), self._writer.begin() as connection:
            self._open = connection
            try:
                if alone:
                    self._engine.lock(connection)
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

    def _prepare(self, *, create: bool) -> None:
        """Make the tables in an empty database; refuse one that is not ours or is of another version."""
        missing = MissingError(f"{self.name} does not exist: make it with `extractor run`, or name another with --db")
        if not create and not self._engine.exists():
            raise missing
        with self._read() as connection:
            present = sa.inspect(connection).get_table_names()
            version = connection.scalar(sa.select(tables.workspace.c.version)) if "workspace" in present else None
        if not present:
            if not create and self.where:
                raise missing
            self._engine.prepare()
            with self._write(alone=True) as connection:
                tables.TABLES.create_all(connection)
                version = connection.scalar(sa.select(tables.workspace.c.version))  # another process was quicker
                if version is None:
                    version = tables.VERSION
                    connection.execute(tables.workspace.insert().values(version=version))
        if version is None:
            raise WorkspaceError(f"{self.name} is a database, but no workspace: name another with --db")
        if version > tables.VERSION:
            raise WorkspaceError(
                f"{self.name} was made by a newer extractor (version {version} of its tables, this one knows "
                f"{tables.VERSION}): update meeting-extractor"
            )
        if version < tables.VERSION:
            raise WorkspaceError(
                f"{self.name} was made by an older extractor (version {version} of its tables, this one writes "
                f"{tables.VERSION}): name a new one with --db and run again"
            )


def _engine(where: str | PathLike[str] | None) -> Engine:
    """What is under a workspace of this name."""
    name = None if where is None else fspath(where)
    return PostgreSQL(name) if name is not None and is_url(name) else SQLite(name)


def now() -> str:
    """This moment, UTC, ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
