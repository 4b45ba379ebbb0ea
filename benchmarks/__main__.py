"""What is measured, and how to measure it again.

    python -m benchmarks [COMMAND] [--json]

Prints plain tables, with versions, Python and the machine. A mock model on
loopback answers, in a process of its own; peers get environments of their own
under `.venv-peers/`, from pinned requirements.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import archive, arrivals, compare, grounding, linkage, processes, report, review, steps, table
from benchmarks.processes import PEERS, Peer
from benchmarks.table import Table

COMMANDS = {
    "steps": "CPU time of each step of the main path over the seed articles, one process",
    "cost": "CPU time an article and peak memory, of everybody",
    "throughput": "articles a second with many in flight, as a share of the bare client's",
    "archive": "first run over an archive, a run with nothing to do, one article added",
    "memory": "peak memory over N and 4 N articles",
    "growth": "size of the requests for an article whose replies never ground",
    "grounding": "quotes placed in texts: verdicts over a hostile file, time of hard ones, with peers",
    "linkage": "synthetic accounts linked into meetings: cost and agreement with the truth, beside Splink",
    "report": "the HTML report of many meetings: size, time to write it, time until it can be used in Chromium",
    "review": "what a reviewer's first decisions put right, in the queue's order and in any order",
    "all": "all of these",
}
_OF_THROUGHPUT = "bare,ours"


def main() -> None:
    """Runs what the command line names, and prints what was found."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = "; ".join(f"{name}: {words}" for name, words in COMMANDS.items())
    parser.add_argument("command", nargs="?", choices=list(COMMANDS), default="steps", help=commands, metavar="COMMAND")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds (steps: 7; cost: 5; throughput: 3)")
    parser.add_argument(
        "--articles", type=int, metavar="N", help="articles (cost: 300; archive: 10,000; memory: 2,500)"
    )
    parser.add_argument("--accounts", type=int, metavar="N", help="accounts (linkage: 100,000; review: 1,000)")
    parser.add_argument("--meetings", type=int, default=1_000, metavar="N", help="meetings (report: 1,000)")
    parser.add_argument(
        "--arrivals", type=int, metavar="N", help="linkage: group N accounts more where the others are loaded, instead"
    )
    parser.add_argument("--decisions", type=int, default=50, metavar="N", help="decisions (review: 50)")
    parser.add_argument("--peers", metavar="NAME,...", help=f"of {', '.join(PEERS)} (cost: all; throughput: bare,ours)")
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")
    given = parser.parse_args()
    asked = [name for name in COMMANDS if name != "all"] if given.command == "all" else [given.command]
    tables: list[Table] = []
    seen: set[Peer] = set()
    for name in asked:
        with tempfile.TemporaryDirectory() as folder:
            peers = _peers(given.peers or (_OF_THROUGHPUT if name == "throughput" else ",".join(PEERS)))
            if name in ("cost", "throughput"):
                seen.update(peers)
            if name == "grounding":
                seen.add(grounding.LANGEXTRACT)
            if name == "linkage" and given.arrivals:
                tables.append(
                    arrivals.arrivals(Path(folder), accounts=given.accounts or 100_000, arrive=given.arrivals)
                )
            elif name == "linkage":
                seen.add(linkage.SPLINK)
                tables.append(linkage.linkage(Path(folder), accounts=given.accounts or 100_000))
            elif name == "report":
                tables.append(report.report(Path(folder), size=given.meetings))
            elif name == "review":
                tables.append(review.review(accounts=given.accounts or 1_000, decisions=given.decisions))
            else:
                tables += _tables(name, Path(folder), peers, given.rounds, given.articles)
    known = (*PEERS.values(), linkage.SPLINK)
    versions = {peer.name: version for peer in known if peer in seen and (version := processes.version(peer))}
    print(table.shown(tables, table.machine() | versions, as_json=given.json))


def _tables(name: str, folder: Path, peers: Sequence[Peer], rounds: int | None, articles: int | None) -> list[Table]:
    match name:
        case "cost":
            return [compare.cost(peers, folder, rounds=rounds or 5, articles=articles or 300)]
        case "throughput":
            return compare.throughput(peers, folder, rounds=rounds or 3)
        case "archive":
            return [archive.archive(folder, articles=articles or 10_000)]
        case "memory":
            return [archive.memory(folder, articles=articles or 2_500)]
        case "growth":
            return [archive.growth(folder)]
        case "grounding":
            return grounding.grounding(folder)
        case _:
            return [steps.steps(rounds or 7)]


def _peers(names: str) -> list[Peer]:
    unknown = set(names.split(",")) - set(PEERS)
    if unknown:
        raise SystemExit(f"no peer is called {', '.join(sorted(unknown))}: name some of {', '.join(PEERS)}")
    return [PEERS[name] for name in names.split(",")]


if __name__ == "__main__":
    main()
