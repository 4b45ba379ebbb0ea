"""What tests that ask a model share: messages, a check, a ledger in memory, a clock."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractor.model import Answer, Ledger, Model, Stored
from extractor.schemas import Draft
from extractor.settings import Settings
from tests.drafts import meeting, statement
from tests.faults import Reply, Server, completion

KEY = "sk-planted-1234567890"
ASKED = [{"role": "system", "content": "Code the article."}, {"role": "user", "content": "[1] Words."}]
GOOD = json.dumps({"meetings": [meeting()]})
NONE = '{"meetings": []}'


class Naps(list[float]):
    """Stands in for sleep: notes how long it was to be, and winds the clock on instead."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        await asyncio.sleep(0)

    def now(self) -> float:
        """The clock that goes with it."""
        return sum(self)


class Notebook:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}

    async def get(self, key: str) -> Stored | None:
        return Stored(self.replies[key]) if key in self.replies else None

    async def put(self, key: str, request: Mapping[str, Any], reply: str) -> None:
        assert request["messages"]
        self.replies[key] = reply


def fine(_: Draft) -> Sequence[str]:
    return ()


def bad_quotes(draft: Draft) -> list[str]:
    """A check: each quote that does not end in `well,` is called missing."""
    said = [s for m in draft.meetings for s in m.statements]
    return [f"Sentence {s.sentence} does not say {s.text!r}." for s in said if not s.text.endswith("well,")]


def quoting(*texts: str) -> Reply:
    return completion(json.dumps({"meetings": [meeting(statements=[statement(text=text) for text in texts])]}))


def settings(server: Server, **changes: Any) -> Settings:
    return Settings.model_validate({"model": "scripted", "base_url": server.url, "api_key": KEY, **changes})


def asking(server: Server, **changes: Any) -> Model:
    """A model behind the server that never really sleeps."""
    naps = Naps()
    return Model(settings(server, **changes), sleep=naps, now=naps.now)


async def drafted(
    server: Server,
    *,
    check: Callable[[Draft], Sequence[str]] = fine,
    asked: Any = ASKED,
    ledger: Ledger | None = None,
    **changes: Any,
) -> Answer[Draft]:
    async with asking(server, **changes) as model:
        return await model.draft(asked, check, ledger)
