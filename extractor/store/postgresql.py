"""PostgreSQL under a workspace: many processes, on many machines, write at a time.

Reads commit by themselves. Writes are transactions at READ COMMITTED; those
that must not run side by side take an advisory lock of the workspace.
A workspace is the tables of one schema: the first one of the search path.
"""

from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from extractor.errors import WorkspaceError
from extractor.store import engines
from extractor.store.address import parsed, shown
from extractor.store.presence import Locks, Presence, Reading

if TYPE_CHECKING:
    import psycopg

_CONNECTION = {
    "application_name": "meeting-extractor",
    "client_encoding": "utf8",
    "connect_timeout": "10",
    # A server that is gone is noticed within a minute, not after two hours.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
_SESSION = {
    # A client that is gone is noticed by the server as soon: what it had leased is free then.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_SPACE: sa.ColumnElement[int] = sa.func.hashtext(sa.literal_column("'meeting-extractor ' || current_schema()"))
"""The first half of a lock's key. The second is the number of a run, or 0 for the lock of those who write."""


class PostgreSQL(engines.Engine):
    """A database on a server, by its URL: `postgresql://user@host:port/name`.

    The password may stand there, in PGPASSWORD or in ~/.pgpass. There is one
    connection for each open workspace, and locks belong to it: a pooler
    between must not share it (PgBouncer: `pool_mode = session`).
    """

    meanings: ClassVar = {
        r"connection refused|no such file|timeout expired|resolve host|translate host|unreachable": (
            "cannot be reached: does a PostgreSQL server listen at that host and port?"
        ),
        r"password authentication|no password supplied": (
            "does not take this user with this password: mend the URL, or set PGPASSWORD, or write ~/.pgpass"
        ),
        r"pg_hba|role .* does not exist": "knows no such user from here: mend the URL, or create the role",
        r"database .* does not exist": "is not there: make it with `createdb -E UTF8 -T template0 NAME`",
        r"^3f000": "has no such schema: make it, or mend the search_path of the URL",
        r"^53300|too many|connection slots": "has no connection left: use fewer workers, or raise its max_connections",
        r"^53100|no space left": (
            "cannot be written, the disk is full: make room and run again; what was finished is kept"
        ),
        r"^55p03": "is in use by another process: wait for that, or name another with --db",
        r"^40": "was written by two processes in each other's way: run again; what was finished is kept",
        r"^25006": "cannot be written: the server only reads, as a standby does; name the primary",
        r"^42501": "may not be written by this user: its owner has to GRANT that",
        r"^(57p|08)|closed the connection|connection is (lost|closed)|starting up|shutting down": (
            "was cut off: is the server still running? Run again; what was finished is kept"
        ),
    }

    def __init__(self, url: str) -> None:
        super().__init__(url, shown(url), _base(url))

    @property
    def reader(self) -> sa.Engine:
        """Each statement by itself: nothing is held open between them."""
        return self.base.execution_options(isolation_level="AUTOCOMMIT")

    def exists(self) -> bool:
        """A server that has none says so."""
        return True

    def prepare(self) -> None:
        """Nothing is to be set."""

    def lock(self, connection: sa.Connection) -> None:
        """An advisory lock, until the transaction ends."""
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SPACE, 0)))

    def scrub(self) -> None:
        """Nothing: the server overwrites what was deleted in its own time (VACUUM, and its log)."""

    def presence(self, reading: Reading) -> Presence:
        """Locks of the one connection."""
        return Locks(reading, _SPACE)


def _base(url: str) -> sa.Engine:
    """One connection, on which what was committed is on the disk of the server."""
    address = parsed(url)
    address = address.update_query_dict({**_CONNECTION, **address.query})
    try:
        engine = sa.create_engine(address, poolclass=StaticPool, isolation_level="READ COMMITTED")
    except ImportError:
        raise WorkspaceError(
            "a workspace on PostgreSQL needs psycopg: pip install 'meeting-extractor[cluster]'"
        ) from None

    @sa.event.listens_for(engine, "connect")
    def connect(connection: "psycopg.Connection", _: object) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise WorkspaceError(
                f"{shown(url)} keeps {encoding}, not every script: make a database with "
                "`createdb -E UTF8 -T template0 NAME`"
            )
        for name, value in (*_SESSION.items(), ("lock_timeout", str(engines.PATIENCE))):
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        connection.commit()

    return engine
