"""SQLite under a workspace: a file, or memory.

Each transaction that writes holds the only lock from its start (BEGIN
IMMEDIATE: a read that turns into a write would fail at once while another
process writes). The write-ahead log is on the disk before a commit returns.
"""

import sqlite3
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from extractor.store import engines
from extractor.store.presence import Files, Memory, Presence, Reading

_SETTINGS = ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


class SQLite(engines.Engine):
    """A file at this path, or memory."""

    errors: ClassVar = (SQLAlchemyError, sqlite3.Error)
    meanings: ClassVar = {
        "not a database": "is no workspace: name another file with --db",
        "malformed": "is damaged: restore it from a backup, or name another file with --db",
        "unable to open": "cannot be opened: is there such a folder, and may you write in it?",
        "readonly": "cannot be written: change its permissions, or name another file with --db",
        "disk is full": "cannot be written, the disk is full: make room and run again; what was finished is kept",
        "disk i/o": "cannot be read or written: the disk reports an error",
        "locked": "is in use by another process: wait for that, or name another file with --db",
    }

    def __init__(self, path: str | None) -> None:
        self.file = None if path is None else Path(path).absolute()
        where = None if self.file is None else str(self.file)
        super().__init__(where, "the workspace in memory" if path is None else path, _base(where))

    @property
    def writer(self) -> sa.Engine:
        """Each of its transactions holds the lock from its start."""
        return self.base.execution_options(writes=True)

    def exists(self) -> bool:
        """Whether there is such a file; in memory there always is one."""
        return self.file is None or self.file.exists()

    def prepare(self) -> None:
        """Let readers and a writer not wait for each other. The file remembers it, so it is for files of ours alone."""
        self._pragma("journal_mode = WAL")

    def lock(self, connection: sa.Connection) -> None:
        """The transaction holds it since its start."""

    def scrub(self) -> None:
        """Let nothing that was deleted stay readable in the write-ahead log; in the file it is overwritten already."""
        self._pragma("wal_checkpoint(TRUNCATE)")

    def presence(self, reading: Reading) -> Presence:  # noqa: ARG002 - no connection is needed
        """Locked files beside the workspace."""
        return Files(self.file) if self.file else Memory()

    def _pragma(self, words: str) -> None:
        """Outside of any transaction."""
        with self.translated():
            connection = self.base.raw_connection()
            connection.cursor().execute(f"PRAGMA {words}").close()
            connection.close()


def _base(database: str | None) -> sa.Engine:
    """One connection, on which a transaction starts when SQLAlchemy says so and not when sqlite3 sees fit."""
    url = sa.URL.create("sqlite", database=database)
    engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for setting in (f"busy_timeout = {engines.PATIENCE}", *_SETTINGS):
            connection.execute(f"PRAGMA {setting}").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
