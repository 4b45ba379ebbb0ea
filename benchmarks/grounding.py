"""Quotes placed in texts by this project and by its peers: which verdicts are right, and what a hard quote takes.

The pairs and their verdicts are `tests/cases/grounding.jsonl`. A tool is right
where it finds what stands there, at its place, and finds nothing else. What
counts as found is what the tool itself presents as a match.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks import processes
from benchmarks.hard_quotes import QUOTED, TOKENS, hard_quotes
from benchmarks.processes import CHECKOUT, Peer
from benchmarks.table import Row, Table

PAIRS = CHECKOUT / "tests" / "cases" / "grounding.jsonl"
OURS = Peer("this project", "benchmarks.ours_grounding")
CITATION = Peer("instructor CitationMixin", "benchmarks.peers.citation_mixin")
LANGEXTRACT = Peer("langextract", "benchmarks.peers.langextract_aligner", "langextract")

Pair = Mapping[str, Any]


class _Reader(NamedTuple):
    """A row: whose findings, and with which status; None takes all."""

    name: str
    peer: Peer
    statuses: frozenset[str] | None = None


_READERS = (
    _Reader("this project", OURS),
    _Reader("langextract, exact", LANGEXTRACT, frozenset({"match_exact"})),
    _Reader("langextract, also lesser", LANGEXTRACT, frozenset({"match_exact", "match_lesser"})),
    _Reader("langextract, also fuzzy", LANGEXTRACT),
    _Reader("instructor CitationMixin", CITATION),
)


def grounding(folder: Path) -> list[Table]:
    """The tables: verdicts over the pairs, time over the hard quotes, and each hard quote by itself."""
    pairs: list[Pair] = [json.loads(line) for line in PAIRS.read_text("utf-8").split("\n") if line]
    hard = hard_quotes()
    quotes: list[Pair] = [{"text": one.text, "quote": one.quote, "sentence": 1} for one in hard]
    peers = (OURS, LANGEXTRACT, CITATION)
    found = {peer: _run(peer, pairs, folder) for peer in peers}
    spent = {peer.name: _ms(_run(peer, quotes, folder)) for peer in peers}
    spent["ours, with a hint"] = _ms(_run(OURS, quotes, folder, "--hint"))
    return [
        Table(
            f"Grounding: {len(pairs)} pairs of text and quote",
            [_verdicts(one, pairs, found[one.peer]) for one in _READERS],
        ),
        Table(
            f"A hard quote: {QUOTED} tokens in {TOKENS:,}, {len(hard)} of them; CPU ms",
            [{"": name, "median": median(times), "worst": max(times)} for name, times in spent.items()],
        ),
        Table(
            "Each hard quote, CPU ms",
            [
                {"": one.kind, "ours": ours, "with a hint": hint, "langextract": aligner, "CitationMixin": mixin}
                for one, ours, aligner, mixin, hint in zip(hard, *spent.values(), strict=True)
            ],
        ),
    ]


def _verdicts(reader: _Reader, pairs: Sequence[Pair], found: Sequence[Pair]) -> Row:
    counts = dict.fromkeys(("right", "false", "missed", "misplaced"), 0)
    for pair, said in zip(pairs, found, strict=True):
        presented = said["status"] is not None and (reader.statuses is None or said["status"] in reader.statuses)
        counts[_verdict(pair, said, presented=presented)] += 1
    grounded = sum(pair["grounding"] != "ungrounded" for pair in pairs)
    placed = grounded - counts["missed"] - counts["misplaced"]
    return {"": reader.name, **counts, "offsets right": f"{placed} of {grounded}"}


def _verdict(pair: Pair, said: Pair, *, presented: bool) -> str:
    if pair["grounding"] == "ungrounded":
        return "false" if presented else "right"
    if not presented:
        return "missed"
    return "right" if (said["start"], said["end"]) == (pair["start"], pair["end"]) else "misplaced"


def _run(peer: Peer, pairs: Sequence[Pair], folder: Path, *flags: str) -> list[Pair]:
    """What a tool finds, run in a process and an environment of its own."""
    file = folder / "pairs.jsonl"
    asked = [{key: pair[key] for key in ("text", "quote", "sentence")} for pair in pairs]
    file.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    said = processes.output([str(processes.python(peer)), "-m", peer.module, str(file), *flags])
    return [json.loads(line) for line in said.splitlines()]


def _ms(found: Sequence[Pair]) -> list[float]:
    return [said["ms"] for said in found]
