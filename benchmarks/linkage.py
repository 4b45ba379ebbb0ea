"""Accounts linked into meetings, at scale: what it costs and how right it is, beside Splink on the same file."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks import clusters, processes, synthetic
from benchmarks.processes import Peer
from benchmarks.table import Row, Table

SPLINK = Peer("splink", "benchmarks.peers.splink_peer", "splink")


class _Contestant(NamedTuple):
    name: str
    peer: Peer
    flags: tuple[str, ...] = ()


_SPLINK = _Contestant("Splink", SPLINK)
_OURS = Peer("this project", "benchmarks.ours_linkage")
_CONTESTANTS = (
    _Contestant("this project", _OURS),
    _Contestant("this project, weights learnt", _OURS, ("--learnt",)),
    _SPLINK,
    _Contestant("Splink, guarded linkage", SPLINK, ("--guarded",)),
)


def linkage(folder: Path, *, accounts: int, seed: int = 1) -> Table:
    """Each contestant in a process of its own, one after the other, over one file of synthetic accounts."""
    file = folder / "accounts.csv"
    synthetic.write(file, accounts, seed)
    true = _column(file, "meeting")
    spent = {one.name: _run(one, file, folder / "clusters.csv", true) for one in _CONTESTANTS}
    base = spent[_SPLINK.name]
    return Table(
        f"Linkage: {accounts:,} synthetic accounts of {len(set(true.values())):,} meetings; agreement in per cent",
        [_row(name, found, base) for name, found in spent.items()],
    )


class _Spent(NamedTuple):
    """What a contestant took, and how its clusters agree with the truth."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    agreement: clusters.Compared


def _run(contestant: _Contestant, file: Path, out: Path, true: Mapping[str, str]) -> _Spent:
    """One contestant over the file.

    Raises:
        RuntimeError: it failed, or left accounts out.
    """
    python = str(processes.python(contestant.peer))
    said = processes.output([python, "-m", contestant.peer.module, str(file), str(out), *contestant.flags])
    found = _column(out, "cluster")
    if found.keys() != true.keys():
        raise RuntimeError(f"{contestant.name} put {len(found):,} accounts in clusters, there are {len(true):,}")
    labels = clusters.numbered(found[account] for account in true)
    return _Spent(
        **json.loads(said.splitlines()[-1]), agreement=clusters.compared(labels, clusters.numbered(true.values()))
    )


def _column(file: Path, column: str) -> dict[str, str]:
    """A column of a file by account."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        names = next(rows)
        account, wanted = names.index("account"), names.index(column)
        return {row[account]: row[wanted] for row in rows}


def _row(name: str, found: _Spent, base: _Spent) -> Row:
    pairs, bcubed, lea = found.agreement
    return {
        "": name,
        "wall s": found.wall_s,
        "CPU s": found.cpu_s,
        "peak MB": found.peak_mb,
        "pairs F1": 100 * pairs.f1,
        "B-cubed P": 100 * bcubed.precision,
        "R": 100 * bcubed.recall,
        "F1": 100 * bcubed.f1,
        "LEA F1": 100 * lea.f1,
        "wall of Splink's": found.wall_s / base.wall_s,
        "CPU of Splink's": found.cpu_s / base.cpu_s,
        "peak of Splink's": found.peak_mb / base.peak_mb,
    }
