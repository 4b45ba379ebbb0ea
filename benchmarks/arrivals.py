"""Accounts that arrive in a workspace whose others are loaded: what it takes to group them, in a process of its own.

    python -m benchmarks.arrivals FILE ARRIVALS

FILE is what `benchmarks.synthetic` writes. Those that arrive are every n-th of
it, so that they are of all years, and twice as many are held back: the first
half comes before anything is counted, so that the second finds all in use.
Prints one line of JSON.
"""

import argparse
import csv
import json
import resource
import sys
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks import processes, synthetic
from benchmarks.ours_linkage import ROWS
from benchmarks.table import Row, Table
from extractor.linking.archive import Archive
from extractor.linking.levels import Levels
from extractor.weights import standard


class Spent(NamedTuple):
    """Seconds of the clock and of the processors, and the peak of memory (MB)."""

    load_s: float
    load_cpu_s: float
    compare_s: float
    compare_cpu_s: float
    place_s: float
    place_cpu_s: float
    peak_mb: float


def arrivals(folder: Path, *, accounts: int, arrive: int, seed: int = 1) -> Table:
    """What a process takes to load accounts, and then to compare and to group some more.

    Raises:
        RuntimeError: the process failed.
    """
    file = folder / "accounts.csv"
    synthetic.write(file, accounts + 2 * arrive, seed)
    said = processes.output([sys.executable, "-m", "benchmarks.arrivals", str(file), str(arrive)])
    spent = Spent(**json.loads(said.splitlines()[-1]))
    took = {
        f"load {accounts + arrive:,}": (spent.load_s, spent.load_cpu_s),
        f"compare {arrive:,} more": (spent.compare_s, spent.compare_cpu_s),
        "group what they reach": (spent.place_s, spent.place_cpu_s),
        "both": (spent.compare_s + spent.place_s, spent.compare_cpu_s + spent.place_cpu_s),
    }
    rows: list[Row] = [
        {"": what, "wall s": wall, "CPU s": cpu, "of loading": cpu / spent.load_cpu_s}
        for what, (wall, cpu) in took.items()
    ]
    return Table(
        f"{arrive:,} accounts arrive where {accounts + arrive:,} are loaded; peak {spent.peak_mb:,.0f} MB", rows
    )


def _split(file: Path, arrive: int) -> list[Path]:
    """Three files of one: the accounts that are there, those that come first, and those that are measured."""
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    every = len(rows) // (2 * arrive)
    late = rows[every // 2 :: every][: 2 * arrive]
    held = {row[0] for row in late}
    parts = [row for row in rows if row[0] not in held], late[::2], late[1::2]
    files = [file.with_suffix(f".{number}.csv") for number in range(len(parts))]
    for path, part in zip(files, parts, strict=True):
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([header, *part])
    return files


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main() -> None:
    """Does what the command line asks, and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("arrivals", type=int)
    given = parser.parse_args()
    there, before, late = (ROWS.replace("$file", f"'{file}'") for file in _split(given.file, given.arrivals))
    with closing(Archive(standard())) as archive:
        levels = Levels(archive)
        at = [_now()]
        for rows in (there, before):
            archive.add_table(rows)
            levels.place()
        at.append(_now())
        archive.add_table(late)
        at.append(_now())
        levels.place()
        at.append(_now())
    took = [round(stop[n] - start[n], 3) for start, stop in pairwise(at) for n in (0, 1)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps(Spent._make([*took, round(peak, 1)])._asdict()))


if __name__ == "__main__":
    main()
