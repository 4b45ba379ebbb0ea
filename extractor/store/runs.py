"""The runs of a workspace: who asked when, how it went, and which of them are alive."""

from collections.abc import Mapping

import sqlalchemy as sa

from extractor.schemas import Outcomes, Usage
from extractor.schemas.base import Record
from extractor.store import tables
from extractor.store.database import Database, now
from extractor.store.engines import Engine


class RunEntry(Record):
    """A run as the workspace remembers it. Times are ISO 8601, UTC; `finished` is None for one that was cut off.

    `stopped` says why it ended before its time: a limit, an interruption, an error.
    """

    id: int
    started: str
    finished: str | None
    model: str
    endpoint: str
    prompt: str
    digest: str
    stopped: str | None
    counts: dict[str, int]
    usage: Usage


class Runs(Database):
    """Keeps the runs. While one is alive, no other asks about the articles that it has leased."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._presence = engine.presence(self._read)

    def close(self) -> None:
        """Let go of the database. Runs of this workspace that go on are dead to others."""
        self._presence.close()
        super().close()

    def start_run(self, *, model: str, endpoint: str, prompt: str, digest: str) -> int:
        """Note that a run starts; returns its number. What dead runs had leased is free again."""
        row = {"model": model, "endpoint": endpoint, "prompt": prompt, "digest": digest, "counts": {}}
        with self._write(alone=True) as connection:
            query = (
                tables.runs.insert().values(started=now(), usage=Usage().model_dump(mode="json"), **row)
            ).returning(tables.runs.c.id)
            number = int(connection.execute(query).scalar_one())
            self._presence.enter(number)
            unfinished = sa.select(tables.runs.c.id).where(tables.runs.c.finished.is_(None), tables.runs.c.id != number)
            for other in connection.scalars(unfinished).all():
                if not self.alive(other):
                    connection.execute(tables.leases.delete().where(tables.leases.c.run == other))
        return number

    def finish_run(self, number: int, *, counts: Mapping[str, int], usage: Usage, stopped: str | None = None) -> None:
        """Note how a run ended, and free what it had leased. `counts` are articles by outcome, or verdicts.

        It leaves first: one that is killed in between is tidied up after as any dead run is, while nobody looks for
        what a finished one left behind.
        """
        self._presence.leave(number)
        with self._write() as connection:
            values = {"finished": now(), "stopped": stopped, "counts": dict(counts)}
            connection.execute(
                tables.runs.update()
                .where(tables.runs.c.id == number)
                .values(usage=usage.model_dump(mode="json"), **values)
            )
            connection.execute(tables.leases.delete().where(tables.leases.c.run == number))

    def alive(self, number: int) -> bool:
        """Whether a run goes on, in this process or another."""
        return self._presence.alive(number)

    def mean_reply(self, model: str) -> float | None:
        """The mean of the tokens of a reply in all runs of a model over articles; None where there was none."""
        query = sa.select(tables.runs.c.usage, tables.runs.c.counts).where(tables.runs.c.model == model)
        with self._read() as connection:
            rows = [row.usage for row in connection.execute(query) if set(row.counts) <= set(Outcomes)]
        usages = [usage for row in rows if (usage := Usage.model_validate(row)).calls]  # a file's replies are no calls
        calls = sum(usage.calls for usage in usages)
        return sum(usage.completion_tokens for usage in usages) / calls if calls else None

    def last_run(self) -> RunEntry | None:
        """The run that started last."""
        with self._read() as connection:
            row = connection.execute(sa.select(tables.runs).order_by(tables.runs.c.id.desc()).limit(1)).one_or_none()
        return RunEntry.model_validate(dict(row._mapping)) if row else None
