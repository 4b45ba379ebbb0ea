"""Presence: how a run shows others that it is alive.

By a lock that falls when its process dies, however it dies; a clock or a
process number could mislead.
"""

import fcntl
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

Reading = Callable[[], AbstractContextManager[sa.Connection]]
"""Gives the connection of a workspace."""


class Presence(ABC):
    """The runs of one workspace."""

    @abstractmethod
    def enter(self, run: int) -> None:
        """Show that a run is alive, from now on until `leave` or the end of the process."""

    @abstractmethod
    def leave(self, run: int) -> None:
        """Show that it has ended."""

    @abstractmethod
    def alive(self, run: int) -> bool:
        """Whether a run is alive. What a dead one left behind is cleared away."""

    @abstractmethod
    def close(self) -> None:
        """Let all runs of this object be dead."""


class Memory(Presence):
    """Runs of this object alone."""

    def __init__(self) -> None:
        self._held: set[int] = set()

    def enter(self, run: int) -> None:
        """Note it."""
        self._held.add(run)

    def leave(self, run: int) -> None:
        """Note it no longer."""
        self._held.discard(run)

    def alive(self, run: int) -> bool:
        """Whether it is noted."""
        return run in self._held

    def close(self) -> None:
        """Note nothing any more."""
        self._held.clear()


class Files(Presence):
    """A locked file a run, beside the file of the workspace. The kernel unlocks it when the process dies."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._held: dict[int, IO[bytes]] = {}

    def enter(self, run: int) -> None:
        """Make the file and lock it."""
        file = self._file(run).open("wb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._held[run] = file

    def leave(self, run: int) -> None:
        """Take the file away."""
        held = self._held.pop(run, None)
        if held:
            self._file(run).unlink(missing_ok=True)
            held.close()

    def alive(self, run: int) -> bool:
        """Whether the file is locked; one that is not is taken away."""
        if run in self._held:
            return True
        path = self._file(run)
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        path.unlink(missing_ok=True)
        return False

    def close(self) -> None:
        """Take all files away."""
        for run in tuple(self._held):
            self.leave(run)

    def _file(self, run: int) -> Path:
        return self._workspace.with_name(f".{self._workspace.name}-run-{run}")


class Locks(Presence):
    """An advisory lock a run, on the server, for as long as the session that writes.

    A run that has lost its session can keep nothing more, and is no longer
    alive to others: the two are one connection.
    """

    def __init__(self, reading: Reading, space: sa.ColumnElement[int]) -> None:
        self._reading = reading
        self._space = space
        self._held: set[int] = set()

    def enter(self, run: int) -> None:
        """Take the lock."""
        self._ask(sa.func.pg_advisory_lock(self._space, run))
        self._held.add(run)

    def leave(self, run: int) -> None:
        """Give it back."""
        if run in self._held:
            self._held.discard(run)
            self._ask(sa.func.pg_advisory_unlock(self._space, run))

    def alive(self, run: int) -> bool:
        """Whether the lock is taken."""
        if run in self._held:
            return True
        free = self._ask(sa.func.pg_try_advisory_lock_shared(self._space, run))
        if free:
            self._ask(sa.func.pg_advisory_unlock_shared(self._space, run))
        return not free

    def close(self) -> None:
        """The locks fall with the connection."""
        self._held.clear()

    def _ask(self, call: sa.ColumnElement[Any]) -> object:
        with self._reading() as connection:
            return connection.scalar(sa.select(call))
