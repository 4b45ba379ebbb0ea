"""Presence: how a process shows others that its run is alive.

A locked file beside the workspace. The kernel unlocks it when the process
dies, however it dies; a clock or a process number could mislead.
"""

import fcntl
from pathlib import Path
from typing import IO


class Presence:
    """The runs of one workspace file; for a workspace in memory (None) those of this object alone."""

    def __init__(self, workspace: Path | None) -> None:
        self._shared = workspace is not None
        self._folder, self._name = (workspace.parent, workspace.name) if workspace else (Path(), "")
        self._held: dict[int, IO[bytes] | None] = {}

    def enter(self, run: int) -> None:
        """Show that a run is alive, from now on until `leave` or the end of the process."""
        if not self._shared:
            self._held[run] = None
            return
        file = self._file(run).open("wb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._held[run] = file

    def leave(self, run: int) -> None:
        """Show that it has ended."""
        held = self._held.pop(run, None)
        if held:
            self._file(run).unlink(missing_ok=True)
            held.close()

    def alive(self, run: int) -> bool:
        """Whether a run is alive. What a dead one left behind is cleared away."""
        if run in self._held:
            return True
        if not self._shared:
            return False
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

    def _file(self, run: int) -> Path:
        return self._folder / f".{self._name}-run-{run}"
