"""Requests that wait for a reply from a file, and the jobs of the Batch API that they are in."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from extractor.model import Stored
from extractor.schemas.base import Record
from extractor.store import database, tables
from extractor.store.calls import Calls, keep, whole_body
from extractor.store.database import now
from extractor.templates import Prompt


class Pending(NamedTuple):
    """A request that waits: its key, the article it is about, what asked for it, and its body (JSON)."""

    key: str
    article: str
    digest: str
    body: str


class BatchEntry(Record):
    """A job of the Batch API as the workspace remembers it; `remote` is its name there.

    `status` is `uploading`, one of the API's, or at the end `fetched` or `lost`.
    """

    id: int
    token: str
    endpoint: str
    run: int
    remote: str | None
    status: str
    requests: int
    completed: int
    failed: int
    reason: str | None
    created_at: str


class Deferred(Calls):
    """Keeps requests until a file brings their replies."""

    def save_pending(
        self, article: str, digest: str, prompt: Prompt, requests: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Keep the requests about an article that wait for a reply, by their keys."""
        pending = tables.pending
        with self._write(alone=True) as connection:
            self._save_prompt(connection, prompt)
            known = set(connection.scalars(sa.select(pending.c.key).where(pending.c.key.in_(requests))))
            for key in requests.keys() - known:
                row = {"key": key, "article": article, "digest": digest, "prompt": prompt.digest}
                connection.execute(pending.insert().values(request=prompt.without(requests[key]), **row))

    def due(self, digest: str) -> Iterator[Pending]:
        """The requests with this digest that are in no job, by their keys, a page at a time."""
        pending = tables.pending.c
        query = sa.select(tables.pending, tables.prompts.c.body).join(tables.prompts)
        query = query.where(pending.digest == digest, pending.batch.is_(None)).order_by(pending.key)
        last = ""
        while True:
            with self._read() as connection:
                rows = connection.execute(query.where(pending.key > last).limit(database.PAGE)).all()
            yield from (Pending(row.key, row.article, row.digest, whole_body(row.body, row.request)) for row in rows)
            if len(rows) < database.PAGE:
                return
            last = rows[-1].key

    def pending(self, keys: Collection[str]) -> dict[str, Pending]:
        """The requests with these keys that wait."""
        query = sa.select(tables.pending, tables.prompts.c.body).join(tables.prompts)
        with self._read() as connection:
            rows = connection.execute(query.where(tables.pending.c.key.in_(keys))).all()
        return {row.key: Pending(row.key, row.article, row.digest, whole_body(row.body, row.request)) for row in rows}

    def take(self, key: str, stored: Stored) -> None:
        """Keep the reply to a request, which waits no longer."""
        pending = tables.pending
        with self._write() as connection:
            taken = pending.delete().where(pending.c.key == key).returning(*pending.c)
            row = connection.execute(taken).one_or_none()
            if row:
                about = {name: getattr(row, name) for name in ("key", "article", "digest", "prompt")}
                keep(connection, {"other": None, **about}, row.request, stored)

    def in_batch(self, articles: Collection[str], digest: str) -> set[str]:
        """Those of these articles about which a request is in a job."""
        pending = tables.pending.c
        query = sa.select(pending.article).where(
            pending.article.in_(articles), pending.digest == digest, pending.batch.is_not(None)
        )
        with self._read() as connection:
            return set(connection.scalars(query))

    # Jobs

    def start_batch(self, token: str, endpoint: str, run: int, keys: Collection[str]) -> int:
        """Note that a run is about to submit a job with these requests; returns its number."""
        row = {"token": token, "endpoint": endpoint, "run": run, "status": "uploading", "created_at": now()}
        counts = {"requests": len(keys), "completed": 0, "failed": 0}
        with self._write() as connection:
            insert = tables.batches.insert().values(**row, **counts).returning(tables.batches.c.id)
            number = int(connection.execute(insert).scalar_one())
            update = tables.pending.update().where(tables.pending.c.key == sa.bindparam("of"))
            connection.execute(update.values(batch=number), [{"of": key} for key in keys])
        return number

    def save_batch(self, number: int, **values: object) -> None:
        """Note what is known of a job now."""
        with self._write() as connection:
            connection.execute(tables.batches.update().where(tables.batches.c.id == number).values(**values))

    def release(self, batch: int) -> int:
        """Let the requests of a job that got no reply be due again; returns how many."""
        pending = tables.pending
        with self._write() as connection:
            return connection.execute(pending.update().where(pending.c.batch == batch).values(batch=None)).rowcount

    def release_keys(self, keys: Collection[str]) -> None:
        """Let these requests be due again."""
        pending = tables.pending
        with self._write() as connection:
            connection.execute(pending.update().where(pending.c.key.in_(keys)).values(batch=None))

    def batches(self) -> list[BatchEntry]:
        """All jobs, oldest first."""
        with self._read() as connection:
            rows = connection.execute(sa.select(tables.batches).order_by(tables.batches.c.id)).all()
        return [BatchEntry.model_validate(dict(row._mapping)) for row in rows]
