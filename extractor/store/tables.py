"""The tables of the workspace, the engine under them, and what its errors mean.

The types are portable. SQLite stands behind them, with a write-ahead log that
is on the disk before a commit returns.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from extractor.errors import WorkspaceError

VERSION = 2
"""Of the tables. A workspace of a newer version is refused, never guessed at; an older one is brought up."""

PATIENCE = 30_000
"""Milliseconds to wait for another process that writes."""


class Packed(sa.TypeDecorator[str]):
    """Text that is kept compressed (zlib)."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's
        """Into the database. A model's reply may hold half a character."""
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"), level=1)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Out of the database."""
        return None if value is None else zlib.decompress(value).decode("utf-8", "surrogatepass")


TABLES = sa.MetaData()
workspace = sa.Table(
    "workspace",
    TABLES,
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("reconciled", sa.Text),  # the state of which the meetings are
)
articles = sa.Table(
    "articles",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),  # rows of number, paragraph, start, end
    sa.Column("reference", sa.JSON, nullable=False),
)
sightings = sa.Table(
    "sightings",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("path", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("publisher", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("language", sa.Text),
    sa.Column("reader", sa.Text),
    sa.Column("run", sa.Integer),  # which saw it first
    sa.Index("sightings_url", "url"),
    sqlite_autoincrement=True,  # a number is never used again
)
sources = sa.Table(  # what was read before needs no reading
    "sources",
    TABLES,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False, index=True),
)
unread = sa.Table(  # what gave no text, and why
    "unread",
    TABLES,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
)
prompts = sa.Table(  # the fixed part of requests, kept once
    "prompts",
    TABLES,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("body", Packed, nullable=False),
)
calls = sa.Table(
    "calls",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, index=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("prompt", sa.ForeignKey("prompts.digest"), nullable=False),
    sa.Column("request", Packed, nullable=False),  # without what stands in the prompt
    sa.Column("reply", Packed, nullable=False),
    sa.Column("share", sa.String(8), nullable=False),  # of the list price that was paid for it
    sa.Column("void", sa.Boolean, nullable=False),  # kept, but of no use: never an answer again
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Index("calls_article_digest", "article", "digest"),
)
batches = sa.Table(  # jobs of the Batch API
    "batches",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(36), nullable=False),  # by which it is found there if we died before we knew its name
    sa.Column("remote", sa.Text),  # its name there
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.Column("run", sa.Integer, nullable=False),  # which submitted it
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("completed", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("created_at", sa.String(32), nullable=False),
)
pending = sa.Table(  # requests that wait for a reply from a file
    "pending",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("prompt", sa.ForeignKey("prompts.digest"), nullable=False),
    sa.Column("request", Packed, nullable=False),
    sa.Column("batch", sa.ForeignKey("batches.id"), index=True),  # none: due
    sa.Index("pending_article_digest", "article", "digest"),
)
leases = sa.Table(  # which run asks about an article just now
    "leases",
    TABLES,
    sa.Column("article", sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("run", sa.Integer, nullable=False, index=True),
)
extractions = sa.Table(
    "extractions",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),  # grows: the newest is the highest, whatever clocks say
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("prompt", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("draft", sa.JSON(none_as_null=True)),
    sa.Column("accounts", sa.Integer, nullable=False),
    sa.Column("ungrounded", sa.Integer, nullable=False),
    sa.Column("usage", sa.JSON, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Index("extractions_article_digest", "article", "digest"),
    sqlite_autoincrement=True,
)
meetings = sa.Table(  # what was reconciled last; it can be made again at any time
    "meetings",
    TABLES,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("record", Packed, nullable=False),
)
runs = sa.Table(
    "runs",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", sa.String(32), nullable=False),
    sa.Column("finished", sa.String(32)),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.Column("prompt", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("stopped", sa.Text),  # why it ended before its time
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("usage", sa.JSON, nullable=False),
)


def engine_of(database: str | None) -> sa.Engine:
    """One connection, on which a transaction starts when SQLAlchemy says so and not when sqlite3 sees fit."""
    url = sa.URL.create("sqlite", database=database)
    engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for setting in (f"busy_timeout = {PATIENCE}", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {setting}").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def log_ahead(engine: sa.Engine) -> None:
    """Let readers and a writer not wait for each other. The file remembers it, so it is for files of ours alone."""
    connection = engine.raw_connection()
    connection.cursor().execute("PRAGMA journal_mode = WAL").close()
    connection.close()


def empty_log(engine: sa.Engine) -> None:
    """Let nothing that was deleted stay readable in the write-ahead log."""
    connection = engine.raw_connection()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    connection.close()


_MEANINGS = (  # what SQLite says, and what a user can do
    ("not a database", "is no workspace: name another file with --db"),
    ("malformed", "is damaged: restore it from a backup, or name another file with --db"),
    ("unable to open", "cannot be opened: is there such a folder, and may you write in it?"),
    ("readonly", "cannot be written: change its permissions, or name another file with --db"),
    ("disk is full", "cannot be written, the disk is full: make room and run again; what was finished is kept"),
    ("disk i/o", "cannot be read or written: the disk reports an error"),
    ("locked", "is in use by another process: wait for that, or name another file with --db"),
)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Let the errors of the database be errors of the workspace of this name."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        meaning = next((meaning for words, meaning in _MEANINGS if words in said.lower()), f"failed: {said}")
        raise WorkspaceError(f"{name} {meaning}") from error
