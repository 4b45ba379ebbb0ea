"""This project and its peers over the same articles and the same mock: what an article costs, and how many a second."""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.processes import BARE, INSTRUCTOR, Peer
from benchmarks.rounds import Measured, Round, cpu, measure, rate
from benchmarks.table import Row, Table

SCENES = (
    ("200 ms, 64 in flight", 1536, 64, {"latency": 0.2, "jitter": 0.02}),
    ("1 s, 256 in flight", 2048, 256, {"latency": 1.0, "jitter": 0.1}),
    (
        "200 ms, 64 in flight, 10% of the replies ten times slower",
        1536,
        64,
        {"latency": 0.2, "jitter": 0.02, "stragglers": 0.1, "slowdown": 10},
    ),
)
"""Title, articles, how many in flight, and how the mock answers.

Several waves each, so that the start and the end, when not all are in flight, count little.
"""


def cost(peers: Sequence[Peer], folder: Path, *, rounds: int, articles: int) -> Table:
    """CPU time an article and peak memory, against a model that answers at once, 8 articles in flight."""
    done = measure(peers, folder, rounds=rounds, articles=articles, jobs=8)
    rows: list[Row] = [
        {
            "": peer.name,
            "CPU ms an article": _median(done, peer, cpu),
            **_shares("of instructor's", done, peer, INSTRUCTOR, cpu),
            "peak MB": _peak(done, peer),
            "calls": int(_median(done, peer, lambda one: one.counts["calls"])),
        }
        for peer in peers
    ]
    return Table(
        f"Cost: {articles} articles, a model that answers at once, 8 in flight; medians of {rounds} rounds", rows
    )


def throughput(peers: Sequence[Peer], folder: Path, *, rounds: int) -> list[Table]:
    """Articles a second against a model that takes its time, and the share of what the bare client does."""
    tables = []
    for title, articles, jobs, behaviour in SCENES:
        done = measure(peers, folder, rounds=rounds, articles=articles, jobs=jobs, **behaviour)
        rows: list[Row] = [
            {
                "": peer.name,
                "articles/s": _median(done, peer, rate),
                **_shares("of the bare client's", done, peer, BARE, rate),
                "CPU ms an article": _median(done, peer, cpu),
                "calls": int(_median(done, peer, lambda one: one.counts["calls"])),
                "connections": int(_median(done, peer, lambda one: one.counts["connections"])),
                "most in flight": int(_median(done, peer, lambda one: one.counts["most_in_flight"])),
            }
            for peer in peers
        ]
        tables.append(Table(f"Throughput: {title}; {articles} articles; medians of {rounds} rounds", rows))
    return tables


def _median(done: Sequence[Round], peer: Peer, value: Callable[[Measured], float]) -> float:
    return median(value(one[peer]) for one in done)


def _peak(done: Sequence[Round], peer: Peer) -> float | None:
    peaks = [peak for one in done if (peak := one[peer].spent.peak_mb) is not None]
    return median(peaks) if peaks else None


def _shares(
    title: str, done: Sequence[Round], peer: Peer, base: Peer, value: Callable[[Measured], float]
) -> dict[str, float | None]:
    """What a peer has of the base's value, each in the same round: median, lowest, highest; None without the base."""
    shares = [value(one[peer]) / value(one[base]) for one in done if base in one]
    if not shares:
        return {title: None, "lowest": None, "highest": None}
    return {title: median(shares), "lowest": min(shares), "highest": max(shares)}
