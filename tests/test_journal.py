"""The journal: many tasks write, few transactions, and each goes on only when its own is on the disk."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from extractor.errors import WorkspaceError
from extractor.journal import Journal
from extractor.store import Workspace
from tests.workspaces import article, extraction

MANY = 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "w.db"


@pytest.fixture
def workspace(file: Path) -> Iterator[Workspace]:
    with Workspace.open(file) as opened:
        yield opened


def saving(number: int) -> Callable[[Workspace], str]:
    return lambda workspace: workspace.save_article(article(f"Text {number}.")).text


def texts(file: Path) -> set[str]:
    """What another connection sees."""
    with Workspace.open(file) as other:
        return {one.text for one in other.articles()}


@asynccontextmanager
async def busy(journal: Journal) -> AsyncIterator[None]:
    """The disk is slow: what is written inside waits for the end of the block."""
    gate = Event()
    slow = asyncio.create_task(journal.do(lambda _: gate.wait()))
    try:
        yield
        await asyncio.sleep(0)  # lets the writers begin
    finally:
        gate.set()
        await slow


async def test_what_waits_for_the_disk_goes_there_in_one_transaction(workspace: Workspace, file: Path) -> None:
    commits: list[sa.Connection] = []
    sa.event.listen(workspace._engine.base, "commit", commits.append)
    async with Journal(workspace) as journal:
        async with busy(journal):
            writers = [asyncio.create_task(journal.write(saving(number))) for number in range(MANY)]
        assert await asyncio.gather(*writers) == [f"Text {number}." for number in range(MANY)]
    assert len(commits) == 1
    assert len(texts(file)) == MANY


async def test_a_write_is_on_the_disk_when_it_returns(workspace: Workspace, file: Path) -> None:
    async def write(number: int) -> None:
        assert await journal.write(saving(number)) in texts(file)

    async with Journal(workspace) as journal:
        await asyncio.gather(*map(write, range(20)))


async def test_what_was_written_can_be_read(workspace: Workspace) -> None:
    async with Journal(workspace) as journal:
        text = await journal.write(saving(1))
        assert await journal.do(lambda seen: [one.text for one in seen.articles()]) == [text]


async def test_an_error_is_told_to_all_that_were_written_together_and_nothing_of_them_is_kept(
    workspace: Workspace, file: Path
) -> None:
    async with Journal(workspace) as journal:
        async with busy(journal):
            works = [saving(1), lambda seen: seen.save_extraction(extraction(article("Not kept."))), saving(2)]
            writers = [asyncio.create_task(journal.write(work)) for work in works]
        told = await asyncio.gather(*writers, return_exceptions=True)
        assert [type(error) for error in told] == [WorkspaceError] * 3
        assert texts(file) == set()
        assert await journal.write(saving(3)) == "Text 3."
    assert texts(file) == {"Text 3."}


async def test_a_writer_that_is_cancelled_harms_nobody(workspace: Workspace, file: Path) -> None:
    async with Journal(workspace) as journal:
        async with busy(journal):
            writers = [asyncio.create_task(journal.write(saving(number))) for number in range(3)]
            await asyncio.sleep(0)
            writers[0].cancel()
        async with asyncio.timeout(60):
            told = await asyncio.gather(*writers, return_exceptions=True)
    assert isinstance(told[0], asyncio.CancelledError)
    assert told[1:] == ["Text 1.", "Text 2."]
    assert {"Text 1.", "Text 2."} <= texts(file)


async def test_at_the_end_nothing_is_left_unwritten(workspace: Workspace, file: Path) -> None:
    async with Journal(workspace) as journal, busy(journal):
        writer = asyncio.create_task(journal.write(saving(1)))
        await asyncio.sleep(0)
    assert await writer in texts(file)
