"""The ledger of calls, as a model sees it: what was paid for once is never paid for twice."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from extractor.schemas import Usage


class Ledger(Protocol):
    """Keeps the raw replies to the requests about one article."""

    async def get(self, key: str) -> "Stored | None":
        """The reply to the request with this key, or None."""

    async def put(self, key: str, request: Mapping[str, Any], reply: str) -> None:
        """Commit a reply. It is awaited before the reply is used."""


class Stored(NamedTuple):
    """A raw reply (JSON) that is kept, and the share of the list price that was paid for it."""

    reply: str
    share: Decimal = Decimal(1)


class LimitReached(Exception):  # noqa: N818 - no error: the user asked for it
    """A limit of the run allows no further call. What was answered so far is in the ledger."""


class NotAsked(Exception):  # noqa: N818 - no error: the request is wanted
    """The next requests of an article by their keys, where requests are only prepared: nobody was asked."""

    def __init__(self, requests: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(*requests)
        self.requests = requests


def estimated(asked: int, answered: int) -> Usage:
    """The usage of a reply whose tokens the provider didn't count, from characters: four to a token, rounded up."""
    return Usage(prompt_tokens=-(-asked // 4), completion_tokens=-(-answered // 4), estimated=1)
