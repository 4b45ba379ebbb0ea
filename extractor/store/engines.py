"""What a workspace asks of the database under it, where databases differ."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from extractor.errors import WorkspaceError
from extractor.store.presence import Presence, Reading

PATIENCE = 30_000
"""Milliseconds to wait for another process that writes."""


class Engine(ABC):
    """One connection to a database, opened when it is first used.

    `where` opens the same workspace again; it is None in memory, and may hold
    a password. `name` is for people and holds none. `base` makes the
    connection, which readers and writers take in turn.
    """

    errors: ClassVar[tuple[type[Exception], ...]] = (SQLAlchemyError,)
    """What it raises."""
    meanings: ClassVar[Mapping[str, str]]
    """What a user can do, by a pattern of what the database says: its SQLSTATE, a space, its words in small letters."""

    def __init__(self, where: str | None, name: str, base: sa.Engine) -> None:
        self.where = where
        self.name = name
        self.base = base

    @property
    def reader(self) -> sa.Engine:
        """For what only reads."""
        return self.base

    @property
    def writer(self) -> sa.Engine:
        """For transactions that write."""
        return self.base

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is a database; it is not told whether it is a workspace."""

    @abstractmethod
    def prepare(self) -> None:
        """Get an empty database ready to be a workspace."""

    @abstractmethod
    def lock(self, connection: sa.Connection) -> None:
        """Wait until no other transaction holds this lock, and hold it to the end of this one.

        What is read afterwards is what the others have written. A transaction
        that writes what it has read, or that inserts what another might,
        takes it first.
        """

    @abstractmethod
    def scrub(self) -> None:
        """Overwrite what was deleted, as far as that can be told to the database."""

    @abstractmethod
    def presence(self, reading: Reading) -> Presence:
        """How runs on this database show each other that they are alive; `reading` gives the connection."""

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Let the errors of the database be errors of the workspace of this name."""
        try:
            yield
        except self.errors as error:
            cause = getattr(error, "orig", None) or error
            said = str(cause).strip().partition("\n")[0]
            heard = f"{getattr(cause, 'sqlstate', None) or ''} {said}".lower()
            found = (meaning for pattern, meaning in self.meanings.items() if re.search(pattern, heard))
            meaning = next(found, f"failed: {said}")
            raise WorkspaceError(f"{self.name} {meaning}") from error
