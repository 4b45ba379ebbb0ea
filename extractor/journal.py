"""The journal: a workspace behind a running event loop.

The workspace lives on one thread, so that a disk that is slow holds up no
reply; and what many tasks write while a commit is under way goes to the disk
with the next one, together. A task goes on when its own is there.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Any, Self, TypeVar

from extractor.store import Workspace

_T = TypeVar("_T")


class Journal:
    """Use as `async with Journal(workspace) as journal`; meanwhile nobody else may use the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._lock = Lock()
        self._waiting: list[tuple[Callable[[Workspace], Any], asyncio.Future[Any]]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._thread.shutdown)

    async def do(self, work: Callable[[Workspace], _T]) -> _T:
        """What some work gives that reads, or sees to its own transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._workspace)

    async def write(self, work: Callable[[Workspace], _T]) -> _T:
        """What some work gives that writes. It is on the disk when this returns.

        Raises:
            WorkspaceError: it could not be written, nor what was written together with it.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        with self._lock:
            self._waiting.append((work, future))
            first = len(self._waiting) == 1
        if first:
            loop.run_in_executor(self._thread, self._commit, loop)
        return await future

    def _commit(self, loop: asyncio.AbstractEventLoop) -> None:
        """Writes all that waits, in one transaction."""
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            with self._workspace.together():
                results = [work(self._workspace) for work, _ in batch]
        except BaseException as error:
            settle = [partial(future.set_exception, error) for _, future in batch]
        else:
            settle = [partial(future.set_result, result) for (_, future), result in zip(batch, results, strict=True)]
        pairs = [(future, told) for (_, future), told in zip(batch, settle, strict=True)]
        loop.call_soon_threadsafe(lambda: [told() for future, told in pairs if not future.cancelled()])
