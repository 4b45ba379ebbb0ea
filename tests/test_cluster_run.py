"""Runs on a Dask cluster, which asks and compares: a scheduler, workers and a PostgreSQL server of the test's own.

The built-in model answers over loopback, and holds its replies where a test
says so: then all workers have their hands full, and something can happen.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
import uvicorn
from distributed import Client
from starlette.types import Receive, Scope, Send

import extractor
from extractor.builtin.app import app
from extractor.chunks import SMALLEST
from extractor.cluster import Cluster
from extractor.errors import ClusterError, ConfigurationError
from extractor.read import count
from extractor.report import meeting_lines
from extractor.settings import BUILTIN, Settings
from extractor.settling import settled
from extractor.store import Workspace
from tests.faults import write_articles
from tests.postgres import Server, free_port

pytestmark = [pytest.mark.cluster, pytest.mark.postgres]

ROOT = Path(__file__).parent.parent
KEY = "sk-planted-1234567890"
WORKERS = 2
JOBS = 4
ARTICLES = SMALLEST + 4 * JOBS
"""Two chunks."""
FEW = 10
"""Accounts of a partition, of which there are many then."""
FREE = 2 * JOBS
"""Calls that are answered before the model holds its replies: neither chunk can be done by then."""
LONG = 120
"""Seconds: no test waits longer for a process; a busy machine needs a tenth."""


class Model:
    """The built-in model, over HTTP. After `free` calls it answers no more until it is `ready`."""

    def __init__(self) -> None:
        self.url = ""
        self.calls = 0
        self.held = 0
        self.free = FREE
        self.ready = asyncio.Event()
        self.told = asyncio.Condition()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI)."""
        self.calls += 1
        if self.calls > self.free:
            self.held += 1
            async with self.told:
                self.told.notify_all()
            await self.ready.wait()
        await app(scope, receive, send)

    async def holds(self, replies: int) -> None:
        """Waits until it holds so many."""
        async with asyncio.timeout(LONG), self.told:
            await self.told.wait_for(lambda: self.held >= replies)

    def release(self) -> None:
        """Answers what it holds, and all that comes."""
        self.ready.set()


@asynccontextmanager
async def served() -> AsyncIterator[Model]:
    """Such a model on loopback."""
    model = Model()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(model, log_level="critical", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        model.url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        try:
            yield model
        finally:
            model.release()
            server.should_exit = True
            await serving


@dataclass
class Farm:
    """A scheduler with its workers, each a process."""

    folder: Path
    address: str = ""
    scheduler: Process = field(init=False)
    workers: list[Process] = field(default_factory=list)

    async def start(self) -> None:
        """Starts them, and waits until they know each other."""
        place = self.folder / "scheduler.json"
        place.unlink(missing_ok=True)
        self.scheduler = await self._dask("scheduler", "--port", "0", "--scheduler-file", str(place))
        await until(lambda: place.exists() and place.read_text().endswith("}"), self.scheduler)
        self.address = json.loads(place.read_text())["address"]
        scratch = ["--local-directory", str(self.folder)]
        self.workers = [
            await self._dask("worker", self.address, "--nthreads", "1", "--no-nanny", *scratch) for _ in range(WORKERS)
        ]
        await asyncio.to_thread(self._complete)

    def _complete(self) -> None:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=LONG)

    async def _dask(self, *arguments: str) -> Process:
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *[sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def stop(self) -> None:
        """Ends those that are still there."""
        for process in (self.scheduler, *self.workers):
            await killed(process)


async def killed(process: Process) -> None:
    """Kills a process, if it is still there."""
    if process.returncode is None:
        process.kill()
    await process.wait()


async def until(true: Callable[[], bool], process: Process) -> None:
    """Waits until something is true on the disk, or the process has ended."""
    async with asyncio.timeout(LONG):
        while not true() and process.returncode is None:  # noqa: ASYNC110 - a disk tells nobody
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Home:
    """Where a test runs its commands: articles, a workspace, a model, a cluster."""

    folders: tuple[Path, ...]
    db: str
    model: Model
    farm: Farm

    async def start(self, *options: str) -> Process:
        """`extractor run --cluster` as a process."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "OPENAI_"))}
        how = ["--db", self.db, "--cluster", self.farm.address, "--model", BUILTIN, "--base-url", self.model.url]
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *["-m", "extractor", "run", *map(str, self.folders), *how, "--jobs", str(JOBS), "--json", *options],
            env=environment | {"EXTRACTOR_API_KEY": KEY},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def undisturbed(self) -> str:
        """The meetings of a run by one process (JSON Lines)."""
        settings = Settings(model=BUILTIN, base_url=self.model.url, jobs=JOBS)
        done = await asyncio.to_thread(extractor.run, self.folders, settings=settings)
        return meeting_lines(done.meetings)

    def reconciled(self) -> str:
        """The meetings of the workspace, its accounts compared by the workers, few at a time (JSON Lines)."""
        with Cluster.at(self.farm.address) as cluster, Workspace.open(self.db) as workspace:
            return meeting_lines(settled(cluster, workspace, most=FEW)[0])

    def check(self) -> None:
        """Every article is there, has one extraction, and nobody's hand is on it."""
        with Workspace.open(self.db, create=False) as workspace:
            extracted = [extraction.article for extraction in workspace.extractions()]
            assert sorted(extracted) == [article.id for article in workspace.articles()]
        assert len(extracted) == ARTICLES
        assert self.leases() == 0

    def leases(self) -> int:
        """How many articles somebody has in hand."""
        with closing(psycopg.connect(self.db)) as connection:
            return len(connection.execute("SELECT article FROM leases").fetchall())


@asynccontextmanager
async def home(folder: Path, server: Server, *some: Path) -> AsyncIterator[Home]:
    """Articles of some folders and numbered ones, and all that a run needs."""
    numbered = write_articles(folder / "in", range(ARTICLES - count(some)))
    async with served() as model:
        farm = Farm(folder)
        try:
            await farm.start()
            yield Home((*some, numbered), server.workspace(), model, farm)
        finally:
            await farm.stop()


async def finished(process: Process) -> tuple[int | None, str, str]:
    """The exit code of a process, its output, and what it said."""
    out, err = await asyncio.wait_for(process.communicate(), LONG)
    return process.returncode, out.decode(), err.decode()


async def test_a_worker_that_is_killed_costs_no_article_and_only_the_calls_in_flight(
    tmp_path: Path, postgres: Server
) -> None:
    async with home(tmp_path, postgres, ROOT / "seeds", ROOT / "tests" / "corpus" / "articles") as here:
        running = await here.start()
        await here.model.holds(WORKERS * JOBS)
        await killed(here.farm.workers[0])
        here.model.release()
        code, out, err = await finished(running)
        calls = here.model.calls
        meetings = await here.undisturbed()
        assert (code, out) == (0, meetings)
        assert await asyncio.to_thread(here.reconciled) == meetings
        assert f"{ARTICLES} articles" in err
        assert "known already" not in err
        again = calls - (here.model.calls - calls)
        assert JOBS <= again <= 2 * JOBS  # in flight, and replies on their way to the disk
        here.check()
        said = err + (tmp_path / "log").read_text()
        assert not [secret for secret in (KEY, postgres.password, "p@ss") if secret in said]


async def test_a_scheduler_that_is_lost_ends_the_run_with_one_line_and_another_goes_on_from_there(
    tmp_path: Path, postgres: Server
) -> None:
    async with home(tmp_path, postgres) as here:
        running = await here.start("--quiet")
        await here.model.holds(WORKERS * JOBS)
        lost = here.farm.address
        await killed(here.farm.scheduler)
        code, out, err = await finished(running)
        assert (code, out) == (2, "")
        assert err == f"error: the Dask scheduler at {lost} is lost; what is done is kept. Start it and run again\n"
        await here.farm.stop()
        here.model.release()
        await here.farm.start()
        assert (await finished(await here.start("--quiet")))[0] == 0
        assert here.model.calls <= ARTICLES + WORKERS * 2 * JOBS
        here.check()


async def test_an_interrupted_run_stops_the_workers_and_keeps_what_is_done(tmp_path: Path, postgres: Server) -> None:
    async with home(tmp_path, postgres) as here:
        running = await here.start("--quiet")
        await here.model.holds(WORKERS * JOBS)
        running.send_signal(signal.SIGINT)
        code, out, err = await finished(running)
        assert (code, out) == (130, "")
        assert "what is done is kept" in err
        await until(lambda: here.leases() == 0, here.farm.scheduler)
        assert here.model.calls == FREE + WORKERS * JOBS  # nobody asks for a run that has ended
        here.model.release()
        assert (await finished(await here.start("--quiet")))[0] == 0
        assert here.model.calls <= ARTICLES + WORKERS * 2 * JOBS
        here.check()


async def test_a_limit_holds_for_all_workers_together(tmp_path: Path, postgres: Server) -> None:
    async with home(tmp_path, postgres) as here:
        here.model.release()
        code, _, err = await finished(await here.start("--max-calls", "70"))
        assert code == 3
        assert "stopped at the limit of 70 calls" in err
        assert here.model.calls == 70
        code, _, err = await finished(await here.start())
        assert code == 0
        assert f"{ARTICLES} articles; {ARTICLES - 70} calls" in err
        assert "70 known already" in err
        here.check()


async def test_a_workspace_in_a_file_is_refused(tmp_path: Path) -> None:
    nowhere = Home((tmp_path,), "w.db", Model(), Farm(tmp_path, "tcp://127.0.0.1:1"))
    code, out, err = await finished(await nowhere.start())
    assert (code, out) == (2, "")
    assert (
        err
        == "error: w.db is a file of this machine: the workers of a cluster need --db postgresql://USER@HOST:PORT/NAME\n"
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "nonsense://127.0.0.1:8786", ""])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="no address of a scheduler"), Cluster.at(address):
        pass


def test_a_scheduler_that_is_not_there_is_told_in_one_line() -> None:
    with free_port() as port:
        address = f"tcp://127.0.0.1:{port}"
    with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}"), Cluster.at(address, 0.1):
        pass
