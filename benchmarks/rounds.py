"""Everybody measured in turn, round after round, so that a slow minute of the machine is everybody's."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import processes
from benchmarks.inputs import make
from benchmarks.processes import Peer, Spent

_WARM = 8
_WARM_FROM = 900_000


class Measured(NamedTuple):
    """What one job took, and what the mock counted meanwhile."""

    spent: Spent
    counts: dict[str, Any]


Round = dict[Peer, Measured]


def measure(
    peers: Sequence[Peer], folder: Path, *, rounds: int, articles: int, jobs: int, **behaviour: object
) -> list[Round]:
    """So many rounds over the same articles, which are made in `folder`; `behaviour` is the mock's."""
    warm = make(folder / "warm", _WARM, first=_WARM_FROM)
    inputs = make(folder / f"{articles}", articles)
    with contextlib.ExitStack() as stack:
        forms = {peer.reply for peer in peers}
        servers = {form: stack.enter_context(processes.mock(reply=form, **behaviour)) for form in forms}

        def one(peer: Peer) -> Measured:
            server = servers[peer.reply]
            spent = processes.run(peer, server, jobs=jobs, warm=warm, inputs=inputs)
            return Measured(spent, server.stats())

        return [{peer: one(peer) for peer in peers} for _ in range(rounds)]


def rate(measured: Measured) -> float:
    """Articles a second."""
    return measured.spent.articles / measured.spent.wall_s


def cpu(measured: Measured) -> float:
    """CPU milliseconds an article."""
    return measured.spent.cpu_s / measured.spent.articles * 1000
