"""Measures who puts the accounts of a file into clusters, the same way for everybody. Standard library only.

    python -m benchmarks.ours_linkage FILE OUT

FILE is what `benchmarks.synthetic` writes; OUT becomes a CSV of `account` and
`cluster`. Prints one line of JSON. The clocks start after the imports; CPU is
user and system, of all threads and of child processes.
"""

import argparse
import csv
import json
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Link = Callable[[Path, bool], Iterable[tuple[str, str]]]
"""Reads a file of accounts and says the cluster of each; whether the other way is asked for."""


def contest(link: Link, flag: str = "--guarded", words: str = "guarded average linkage of the pairs' weights") -> None:
    """Does what the command line asks, and prints what it took: `wall_s`, `cpu_s`, `peak_mb`.

    The `flag` asks for the contestant's other way of linking.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(flag, action="store_true", dest="other", help=words)
    given = parser.parse_args()
    wall, cpu = time.perf_counter(), _cpu()
    clusters = link(given.file, given.other)
    with given.out.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("account", "cluster"))
        out.writerows(clusters)
    spent = {"wall_s": round(time.perf_counter() - wall, 2), "cpu_s": round(_cpu() - cpu, 2)}
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps(spent | {"peak_mb": round(peak * 1024 / 1e6, 1)}))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
