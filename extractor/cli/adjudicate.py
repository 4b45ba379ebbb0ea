"""What `run --adjudicate` does beside the rest: it asks about pairs, and tells what came of them."""

from typing import TYPE_CHECKING

from extractor.cli.job import again
from extractor.console import error, note

if TYPE_CHECKING:
    from extractor.schemas import Adjudged, Usage
    from extractor.settings import Settings

SHOWN = 20
"""Pairs without a verdict that are named."""


def adjudicated(db: str, settings: "Settings", spent: "Usage", *, quiet: bool) -> bool:
    """Asks about the pairs of accounts that could be one meeting or two; whether each has its verdict now.

    What was `spent` on the articles counts towards the limits.
    """
    from extractor import pipeline
    from extractor.store import Workspace

    failures: list[str] = []

    def failure(line: str) -> None:
        failures.extend([line] if len(failures) < SHOWN else [])

    with Workspace.open(db) as workspace:
        told = pipeline.adjudicate(workspace, settings, failure, spent=spent)
    note(in_words(told, settings), quiet=quiet)
    for line in failures:
        error(line)
    if told.failed > len(failures):
        error(f"and {told.failed - len(failures)} more pairs got no verdict")
    if told.stopped:
        error(f"stopped at the limit of {told.stopped}; with a higher one this goes on from there:")
        note(again())
    return not (told.failed or told.stopped)


def in_words(told: "Adjudged", settings: "Settings") -> str:
    """How it went, in one line."""
    from extractor import prices

    usage = told.usage
    judged = sum(told.counts.values())
    counted = (
        *((told.counts.get(answer, 0), answer) for answer in ("same", "different", "unsure")),
        (told.failed, "without a verdict"),
        (told.known, "known already"),
        (told.elsewhere, "asked about elsewhere"),
    )
    cost = (f"{usage.calls} calls", f"{usage.tokens} tokens", prices.in_words(usage.cost, settings))
    parts = [f"{number} {words}" for number, words in counted if number]
    return f"{judged} pairs judged; " + ", ".join([*cost, *parts])
