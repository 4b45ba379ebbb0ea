"""Measures a piece of work in its own process, the same way for everybody. Standard library only.

    python -m benchmarks.peers.bare --url http://127.0.0.1:8000/v1 --jobs 8 --warm DIR --inputs DIR

Prints one line of JSON. The clocks start after the imports and a warm-up;
`peak_mb` counts these too, `grown_mb` is what came on top at most.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


@dataclass(frozen=True)
class Job:
    """What to do: the articles in a folder (see `benchmarks.inputs`), through a model at a URL, so many at a time."""

    inputs: Path
    url: str
    jobs: int

    @property
    def articles(self) -> list[Path]:
        """The articles, as files."""
        return sorted((self.inputs / "articles").glob("*.txt"))

    def requests(self) -> Iterable[list[dict[str, str]]]:
        """The messages for each article, as this project words them: the fixed ones, and the article's own."""
        fixed = self.fixed["messages"]
        for file in sorted((self.inputs / "asked").glob("*.txt")):
            yield [*fixed, {"role": "user", "content": file.read_text("utf-8")}]

    @property
    def fixed(self) -> dict[str, Any]:
        """What all requests share: `messages` and `schema`."""
        shared: dict[str, Any] = json.loads((self.inputs / "request.json").read_text("utf-8"))
        return shared


Work = Callable[[Job], int]
"""Does a job; returns for how many articles meetings were found."""


async def spread(items: Iterable[T], jobs: int, work: Callable[[T], Awaitable[bool]]) -> int:
    """Works on items, so many at a time; how many went well."""
    queue = iter(items)

    async def worker() -> int:
        return sum([await work(item) for item in queue])

    return sum(await asyncio.gather(*(worker() for _ in range(jobs))))


def measure(work: Work) -> None:
    """Warms up, does the job that the command line names, prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the model's endpoint, ends in /v1")
    parser.add_argument("--jobs", type=int, default=8, help="articles in flight")
    parser.add_argument("--warm", type=Path, required=True, help="inputs to warm up with")
    parser.add_argument("--inputs", type=Path, required=True)
    given = parser.parse_args()
    work(Job(given.warm, given.url, min(given.jobs, 4)))
    _zero_counts(given.url)
    start, held = _memory("VmHWM"), _memory("VmRSS")
    _mark()
    wall, cpu = time.perf_counter(), _cpu()
    job = Job(given.inputs, given.url, given.jobs)
    ok = work(job)
    spent: dict[str, float | None] = {
        "articles": len(job.articles),
        "ok": ok,
        "wall_s": round(time.perf_counter() - wall, 4),
        "cpu_s": round(_cpu() - cpu, 4),
        "peak_mb": None,
        "grown_mb": None,
    }
    most = _memory("VmHWM")
    if start and held and most:
        spent |= {"peak_mb": round(max(start, most), 1), "grown_mb": round(most - held, 1)}
    print(json.dumps(spent))


def _cpu() -> float:
    """CPU seconds so far, user and system: of all threads, and of child processes that have ended."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def _zero_counts(url: str) -> None:
    """The mock shall count what is measured, not the warm-up."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    with closing(connection):
        connection.request("POST", "/reset")
        connection.getresponse().read()


def _memory(field: str) -> float | None:
    """Resident memory in MB: `VmRSS` is what is held now, `VmHWM` the most since the mark was set; None but on Linux.

    What getrusage says would include the process that started this one.
    """
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return None
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) * 1024 / 1e6


def _mark() -> None:
    """Set the mark of the most memory back to what is held now (Linux, proc(5): clear_refs)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "utf-8")
