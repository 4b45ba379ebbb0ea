"""The raw model calls of a workspace: what was paid for once is never paid for twice."""

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from extractor.model import Stored
from extractor.protocol.wire import body_of
from extractor.store import tables
from extractor.store.database import Database, now
from extractor.templates import Fixed, part_of

_PROMPT = sa.select(tables.prompts.c.digest).where(tables.prompts.c.digest == sa.bindparam("of"))
_INSERT = tables.calls.insert()  # made once: to build a statement takes longer than to run it


class Calls(Database):
    """Keeps requests and replies as they were. What stands in the prompt is kept once, for all requests."""

    def reply(self, key: str) -> Stored | None:
        """The newest reply that was kept under this key, as it came; none that is void."""
        calls = tables.calls.c
        query = sa.select(calls.reply, calls.share).where(calls.key == key, ~calls.void).order_by(calls.id.desc())
        with self._read() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return Stored(row.reply, Decimal(row.share)) if row else None

    def replies(self, article: str, digest: str) -> list[list[str]]:
        """The replies of the last exchange about each part of an article, void ones too, in the order they came.

        A part of which none is kept has none.
        """
        calls = tables.calls.c
        query = sa.select(calls.request, calls.reply).where(calls.article == article, calls.digest == digest)
        replies: dict[int, list[str]] = {}
        with self._read() as connection:
            for row in connection.execute(query.order_by(calls.id)):
                shown, *reask = json.loads(row.request)["messages"]
                part, of = part_of(shown["content"])
                replies = replies or {n: [] for n in range(1, of + 1)}
                replies[part] = [*(replies[part] if reask else ()), row.reply]
        return list(replies.values())

    def asked(self, articles: Collection[str], digest: str) -> set[str]:
        """Those of these articles about which something was asked before."""
        calls = tables.calls.c
        query = sa.select(calls.article).where(calls.article.in_(articles), calls.digest == digest).distinct()
        with self._read() as connection:
            return set(connection.scalars(query))

    def save_call(
        self,
        key: str,
        article: str,
        digest: str,
        prompt: Fixed,
        request: Mapping[str, Any],
        reply: str,
        *,
        other: str | None = None,
    ) -> None:
        """Keep a reply with its request, which may be about an `other` article too.

        It is on the disk when the transaction ends.
        """
        with self._write() as connection:
            self._save_prompt(connection, prompt)
            row = {"key": key, "article": article, "other": other, "digest": digest, "prompt": prompt.digest}
            keep(connection, row, prompt.without(request), Stored(reply))

    def _save_prompt(self, connection: sa.Connection, prompt: Fixed) -> None:
        """Keep a prompt that is not kept yet; only then others have to wait."""
        if connection.scalar(_PROMPT, {"of": prompt.digest}) is None:
            with self._write(alone=True):
                if connection.scalar(_PROMPT, {"of": prompt.digest}) is None:
                    connection.execute(tables.prompts.insert().values(digest=prompt.digest, body=prompt.body))

    def void(self, article: str, digest: str) -> None:
        """Let the replies about an article answer nothing any more; they stay."""
        calls = tables.calls
        with self._write() as connection:
            connection.execute(
                calls.update().where(calls.c.article == article, calls.c.digest == digest).values(void=True)
            )

    def calls(self, article: str) -> list[tuple[str, str]]:
        """All requests about an article and their replies, as they went and came (JSON), oldest first."""
        query = (
            sa.select(tables.calls.c.request, tables.calls.c.reply, tables.prompts.c.body)
            .join(tables.prompts, tables.prompts.c.digest == tables.calls.c.prompt)
            .where(sa.or_(tables.calls.c.article == article, tables.calls.c.other == article))
            .order_by(tables.calls.c.id)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        return [(whole_body(row.body, row.request), row.reply) for row in rows]


def keep(connection: sa.Connection, row: Mapping[str, str | None], request: str, stored: Stored) -> None:
    """Keep a call: its `row` (key, article, other, digest, prompt), the varying part of its request, and the reply."""
    rest = {"request": request, "reply": stored.reply, "share": str(stored.share), "void": False, "created_at": now()}
    connection.execute(_INSERT, {**row, **rest})


def whole_body(prompt: str, request: str) -> str:
    """The body of a request as it goes out, from its fixed and its varying part."""
    fixed, varying = json.loads(prompt), json.loads(request)
    return body_of({**fixed, **varying, "messages": [*fixed["messages"], *varying["messages"]]})
