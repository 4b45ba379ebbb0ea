"""What tests of verdicts share: articles in the grey zone, read by the built-in model, and a scripted judge.

VAGUE names two parties, a month and a gathering, FULL the day, the city, the
people and another gathering: too little in common to be joined by rule. PLACED names the city as well, and
is joined with FULL, but barely.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor import pipeline
from extractor.read import Source
from extractor.running import work
from extractor.schemas import Account, Adjudged, Article
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from tests.asking import KEY
from tests.faults import Body, Reply, Server, completion

VAGUE = (
    "Uganda and Kenya met on the sidelines of the African Union summit in March 2031. "
    "They agreed to reopen the border market."
)
FULL = (
    "Kenyan Foreign Minister Amina Wekesa met Ugandan Foreign Minister Ruth Nakato in Nairobi on 3 March 2031 "
    "on the sidelines of the Commonwealth summit. "
    "They talked about the border market."
)
PLACED = (
    "Uganda and Kenya met in Nairobi on the sidelines of the African Union summit in March 2031. "
    "They agreed to pave the lake road."
)
REASON = "Both name the border market."


@contextmanager
def workspace(*texts: str, db: str | Path | None = None) -> Iterator[Workspace]:
    """A workspace in which the built-in model has read these texts."""
    with Workspace.open(db) as opened:
        read(opened, *texts)
        yield opened


def read(opened: Workspace, *texts: str) -> None:
    """Let the built-in model read texts into a workspace."""
    found = [Source(f"{n}.txt", text.encode(), html=False, row={}, published=None) for n, text in enumerate(texts)]
    work(opened, found, Settings(model=BUILTIN))


def account_of(opened: Workspace, text: str) -> tuple[Account, Article]:
    """The account that a text gives, and its article."""
    for account in pipeline.accounts(opened):
        article = opened.article(account.article)
        if article.text == text:
            return account, article
    raise LookupError(text)


def verdict(answer: str, reason: str = REASON) -> Reply:
    """What a model answers."""
    return completion(json.dumps({"reason": reason, "answer": answer}))


def settings(server: Server, **changes: object) -> Settings:
    """Settings that ask the scripted judge."""
    return Settings.model_validate({"model": "judge", "base_url": server.url, "api_key": KEY, "retries": 0, **changes})


async def adjudicate(opened: Workspace, server: Server, **changes: object) -> tuple[Adjudged, list[str]]:
    """What came of asking the scripted judge, and the lines about pairs without a verdict."""
    lines: list[str] = []
    told = await asyncio.to_thread(pipeline.adjudicate, opened, settings(server, **changes), lines.append)
    return told, lines


def shown(request: Body) -> str:
    """The two accounts that a request shows, of a re-ask too."""
    return next(str(m["content"]) for m in request["messages"] if str(m["content"]).startswith("account: 1 of 2"))


def meetings(opened: Workspace) -> list[list[str]]:
    """The texts of each meeting, by their first words."""
    found = ([opened.article(a.article).text for a in m.accounts] for m in pipeline.meetings(opened))
    return sorted(sorted(texts) for texts in found)
