"""Runs that are killed, and runs at the same time: nothing is lost, and nothing is paid for twice."""

import asyncio
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

import extractor
from extractor.report import meeting_lines
from extractor.schemas import Draft
from extractor.settings import Settings
from extractor.store import Workspace, is_url
from tests.faults import Body, Reply, Server, completion, good, number, scripted, write_articles

JOBS = 8
KILLS = 20
LATENCY = 0.01
"""Seconds that the model takes for its quickest replies; some take four times as long."""
LONG = 120
"""Seconds: no test waits longer for a process; a busy machine needs a tenth."""


@dataclass
class Model:
    """A model that answers everything well in a while, once it is `ready`. It knows by the key which process asks.

    `calls` are the articles about which each process has asked, `most` how
    many calls of one were in flight at a time. `watch` is told of each call.
    """

    server: Server = field(default_factory=lambda: Server(""))
    calls: dict[str, list[int]] = field(default_factory=dict)
    flying: Counter[str] = field(default_factory=Counter)
    most: int = 0
    watch: Callable[[str], None] = lambda _: None
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, request: Body) -> Reply:
        key = re.findall(r"(?i)authorization: bearer (\S+)", self.server.heads[-1])[0]
        n = number(request)
        self.calls.setdefault(key, []).append(n)
        self.flying[key] += 1
        self.most = max(self.most, self.flying[key])
        self.watch(key)
        await self.ready.wait()
        await asyncio.sleep(LATENCY * (1 + n % 4))
        self.flying[key] -= 1
        return completion(good(n))


@dataclass(frozen=True)
class Home:
    """Where the commands of a test run: articles, a workspace (a file or a URL), a model."""

    root: Path
    where: str
    numbers: range
    model: Model

    @property
    def folder(self) -> Path:
        return self.root / "in"

    @property
    def file(self) -> Path | None:
        """The file of the workspace, if it is one."""
        return None if is_url(self.where) else Path(self.where)

    async def start(self, key: str) -> Process:
        """`extractor run` as a process that asks with this key."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "OPENAI_"))}
        how = [
            "--db",
            self.where,
            "--model",
            "m",
            "--base-url",
            self.model.server.url,
            "--jobs",
            JOBS,
            "--quiet",
            "--json",
        ]
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *["-m", "extractor", "run", str(self.folder), *map(str, how)],
            env=environment | {"EXTRACTOR_API_KEY": key},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def undisturbed(self) -> str:
        """The meetings that a run gives which nobody disturbs, as JSON Lines."""
        settings = Settings(model="m", base_url=self.model.server.url, jobs=JOBS)
        run = await asyncio.to_thread(extractor.run, self.folder, settings=settings)
        return meeting_lines(run.meetings)

    def ledger(self) -> set[int]:
        """The articles whose reply is on the disk, after the last process has ended; each has one."""
        found = [int(Path(path).stem) for path in self.rows("SELECT path FROM calls JOIN sightings USING (article)")]
        assert len(found) == len(set(found))
        return set(found)

    def check(self) -> None:
        """Everything is there, once and right, and nothing else is."""
        with Workspace.open(self.where, create=False) as workspace:
            drafts = {workspace.article(e.article).sightings[0].path: e.draft for e in workspace.extractions()}
            assert len(drafts) == len(list(workspace.extractions())) == len(list(workspace.articles()))
        assert drafts == {str(self.folder / f"{n:04}.txt"): Draft.model_validate_json(good(n)) for n in self.numbers}
        assert self.ledger() == set(self.numbers)
        assert self.rows("SELECT article FROM leases") == []
        if self.file:
            assert self.rows("PRAGMA integrity_check") == ["ok"]
            assert list(self.root.glob(".*-run-*")) == [], "the files by which runs show that they are alive"

    def rows(self, query: str) -> list[Any]:
        """The first column of what a query gives; nothing where there is no table yet. To look mends nothing."""
        if self.file is None:
            return _rows(self.where.replace("postgresql:", "postgresql+psycopg:"), query)
        with TemporaryDirectory() as copy:
            for file in self.file.parent.glob(f"{self.file.name}*"):
                if not file.name.endswith("-shm"):
                    with suppress(FileNotFoundError):  # a journal is gone once its transaction has ended
                        shutil.copy(file, copy)
            return _rows(f"sqlite:///{copy}/{self.file.name}", query)


def _rows(url: str, query: str) -> list[Any]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            return list(connection.scalars(sa.text(query)))
    except sa.exc.DatabaseError:
        return []


@asynccontextmanager
async def home(root: Path, where: str, articles: int) -> AsyncIterator[Home]:
    """So many articles, no workspace yet, and a model that is ready."""
    model = Model()
    model.ready.set()
    write_articles(root / "in", range(articles))
    async with scripted(model) as model.server:
        yield Home(root, where, range(articles), model)


async def finished(process: Process) -> tuple[int | None, str]:
    """The exit code of a process, and its output."""
    out, err = await asyncio.wait_for(process.communicate(), LONG)
    assert err.decode() == ""
    return process.returncode, out.decode()


async def seen(true: Callable[[], bool], process: Process) -> None:
    """Waits until something is true on the disk, or the process has ended."""
    while not true() and process.returncode is None:  # noqa: ASYNC110 - a disk tells nobody
        await asyncio.sleep(0.001)


def moment(kill: int) -> tuple[int, float]:
    """When a run is killed: at which of its calls, and how many seconds after that call came."""
    drawn = int.from_bytes(sha256(f"kill {kill}".encode()).digest()[:4], "big")
    return 1 + drawn % 24, drawn // 24 % 1000 / 1000 * LATENCY


async def test_runs_that_are_killed_lose_nothing_and_pay_again_only_for_what_was_in_flight(
    tmp_path: Path, shared: str
) -> None:
    ledgers: list[set[int]] = [set()]
    async with home(tmp_path, shared, 300) as here:
        for kill in range(KILLS if here.file else KILLS // 4):
            process = await here.start(f"run-{kill}")
            call, later = moment(kill)

            def watch(key: str, process: Process = process, call: int = call, later: float = later) -> None:
                if len(here.model.calls[key]) == call:
                    asyncio.get_running_loop().call_later(later, process.kill)

            here.model.watch = watch
            assert (await finished(process))[0] == -signal.SIGKILL
            ledgers.append(here.ledger())
        here.model.watch = lambda _: None
        code, out = await finished(await here.start("last"))
        assert (code, out) == (0, await here.undisturbed())
        here.check()

    calls = here.model.calls
    again = 0
    for kill, (before, after) in enumerate(pairwise(ledgers)):
        asked = set(calls[f"run-{kill}"])
        lost = asked - after
        assert before <= after <= before | asked
        assert not asked & before
        assert len(lost) <= 2 * JOBS  # calls in flight, and replies on their way to the disk
        again += len(lost)
    assert ledgers[-1]  # they were killed in mid-work
    assert sum(len(calls[key]) for key in calls if key != "none") == len(here.numbers) + again
    assert here.model.most <= JOBS


async def test_a_run_that_is_killed_before_it_asks_leaves_nothing_behind(tmp_path: Path, shared: str) -> None:
    async with home(tmp_path, shared, 8) as here:
        process = await here.start("first")
        await seen(lambda: here.rows("SELECT id FROM runs") != [], process)
        process.kill()
        await finished(process)
        code, out = await finished(await here.start("second"))
        assert (code, out) == (0, await here.undisturbed())
        here.check()
    assert len(here.model.calls["second"]) == len(here.numbers)


async def test_a_run_that_is_killed_with_all_replies_in_hand_leaves_only_the_meetings_to_make(
    tmp_path: Path, shared: str
) -> None:
    async with home(tmp_path, shared, 8) as here:
        process = await here.start("first")
        await seen(lambda: len(here.rows("SELECT id FROM extractions")) == len(here.numbers), process)
        process.kill()
        await finished(process)
        code, out = await finished(await here.start("second"))
        assert (code, out) == (0, await here.undisturbed())
        here.check()
    assert "second" not in here.model.calls


async def both_asking(here: Home) -> list[Process]:
    """Two processes at the same work, each with calls in flight; the model is not ready before."""
    here.model.ready.clear()
    here.model.watch = lambda _: here.model.ready.set() if len(here.model.calls) == 2 else None
    processes = [await here.start(key) for key in ("one", "two")]
    await asyncio.wait_for(here.model.ready.wait(), LONG)
    return processes


async def test_two_runs_at_once_share_the_work_and_end_the_same(tmp_path: Path, shared: str) -> None:
    async with home(tmp_path, shared, 150) as here:
        one, two = await asyncio.gather(*map(finished, await both_asking(here)))
        assert one == two == (0, await here.undisturbed())
        here.check()
    calls = here.model.calls
    assert sorted(calls["one"] + calls["two"]) == list(here.numbers)


async def test_of_two_runs_at_once_the_other_does_the_work_of_one_that_is_killed(tmp_path: Path, shared: str) -> None:
    async with home(tmp_path, shared, 150) as here:
        one, two = await both_asking(here)
        here.model.watch = lambda key: one.kill() if key == "one" and one.returncode is None else None
        (killed, _), other = await asyncio.gather(finished(one), finished(two))
        assert (killed, other) == (-signal.SIGKILL, (0, await here.undisturbed()))
        here.check()
    one_asked, two_asked = here.model.calls["one"], here.model.calls["two"]
    assert len(two_asked) == len(set(two_asked))
    assert {*one_asked, *two_asked} == set(here.numbers)
    assert 0 < len({*one_asked} & {*two_asked}) <= 2 * JOBS  # what was in flight
