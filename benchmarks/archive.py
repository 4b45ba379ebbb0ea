"""An archive: the first run, a run with nothing to do, one article more; memory as it grows; re-asks as they grow."""

import sys
import time
from pathlib import Path

from benchmarks import processes
from benchmarks.inputs import make
from benchmarks.processes import OURS, MockServer
from benchmarks.table import Row, Table

_JOBS = 64


def archive(folder: Path, *, articles: int) -> Table:
    """`extractor run` as a user runs it, three times over one folder, against a model that answers at once."""
    inputs = make(folder / "archive", articles, asked=False) / "articles"
    database = folder / "archive.db"
    with processes.mock() as server:
        rows = [_run("first run", inputs, database, server), _run("nothing to do", inputs, database, server)]
        make(folder / "archive", 1, first=articles, asked=False)
        rows.append(_run("one added", inputs, database, server))
    return Table(
        f"Archive: `extractor run`, {articles} articles, {_JOBS} in flight, a model that answers at once", rows
    )


def _run(title: str, inputs: Path, database: Path, server: MockServer) -> Row:
    server.reset()
    start = time.perf_counter()
    where = ["--model", "mock", "--base-url", server.url, "--jobs", str(_JOBS)]
    processes.output([sys.executable, "-m", "extractor", "run", str(inputs), "--db", str(database), "--quiet", *where])
    wall = time.perf_counter() - start
    return {"": title, "wall s": wall, "calls": server.stats()["calls"], "database MB": database.stat().st_size / 1e6}


def memory(folder: Path, *, articles: int) -> Table:
    """Peak memory over so many articles and over four times as many, each in a process of its own.

    The peak of a process may be that of loading the gazetteers, which would hide what grows; hence "above the start":
    the most that was held over what a warm-up left.
    """
    warm = make(folder / "warm", 8, first=900_000, asked=False)
    rows: list[Row] = []
    with processes.mock() as server:
        for size in (articles, 4 * articles):
            inputs = make(folder / f"memory-{size}", size, asked=False)
            spent = processes.run(OURS, server, jobs=_JOBS, warm=warm, inputs=inputs)
            rows.append(
                {
                    "": f"{size:,} articles",
                    "peak MB": spent.peak_mb,
                    "above the start MB": spent.grown_mb,
                    "CPU ms an article": spent.cpu_s / size * 1000,
                }
            )
    return Table(f"Memory: articles to drafts, {_JOBS} in flight, a model that answers at once", rows)


def growth(folder: Path) -> Table:
    """How the request for one article grows while its replies never ground: five re-asks."""
    from extractor.pipeline import extract
    from extractor.settings import Settings

    inputs = make(folder / "growth", 1, asked=False)
    with processes.mock(bad=5) as server:
        extract([inputs / "articles"], Settings(model="mock", base_url=server.url, reasks=5))
        (sizes,) = server.stats()["sizes"].values()
    rows: list[Row] = [
        {"": f"request {number}", "bytes": size, "of the second": size / sizes[1]}
        for number, size in enumerate(sizes, 1)
    ]
    return Table("Growth: one article whose first five replies quote what does not stand in it", rows)
