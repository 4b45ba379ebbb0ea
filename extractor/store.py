"""The workspace: articles, raw model calls, extractions and runs, in one database.

A file, or memory. Every write is a transaction of its own that holds the lock
from its start (BEGIN IMMEDIATE: a read that turns into a write would fail at
once while another process writes) and is on the disk when the call returns.
Reads that may be long go page by page: they hold nothing open between pages,
and memory stays flat.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from extractor import read, tables
from extractor.errors import ConfigurationError, WorkspaceError
from extractor.schemas import Article, Draft, Outcomes, Reference, Sentence, Sighting, Usage
from extractor.schemas.base import Record

PAGE = 500


class Extraction(Record):
    """What a model made of one article.

    `digest` is that of prompt, schema and model together, `prompt` that of
    prompt and schema alone. A `failed` one says why and may have no draft.
    """

    article: str
    digest: str
    model: str
    prompt: str
    outcome: Outcomes
    reason: str | None = None
    draft: Draft | None = None
    usage: Usage = Usage()


class RunEntry(Record):
    """A run as the workspace remembers it. Times are ISO 8601, UTC; `finished` is None for one that was cut off."""

    id: int
    started: str
    finished: str | None
    model: str
    endpoint: str
    prompt: str
    digest: str
    counts: dict[str, int]
    usage: Usage


class Workspace:
    """One open workspace. Use it as a context manager, from one thread at a time."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._name = name

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = True) -> Self:
        """Open the workspace in this file, or an empty one in memory.

        Raises:
            WorkspaceError: it cannot be opened, is no workspace, is of a newer
                version, or is not there and `create` is false.
        """
        name = "the workspace in memory" if path is None else str(path)
        if path is not None and not create and not Path(path).exists():
            raise WorkspaceError(f"{name} does not exist: make it with `extractor run`, or name another with --db")
        database = None if path is None else str(Path(path).absolute())
        workspace = cls(tables.engine_of(database), name)
        try:
            workspace._prepare()
        except BaseException:
            workspace.close()
            raise
        return workspace

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Articles

    def save_article(self, article: Article) -> Article:
        """Keep an article. Where its text is known, the sightings are merged; returns what is kept."""
        with self._write() as connection:
            known = _load_articles(connection, tables.articles.c.id == article.id)
            kept = read.merge(known[0], article) if known else article
            if known and kept == known[0]:
                return kept
            row = {
                "sentences": [[s.number, s.paragraph, s.start, s.end] for s in kept.sentences],
                "reference": kept.reference.model_dump(mode="json"),
            }
            if known:
                connection.execute(tables.articles.update().where(tables.articles.c.id == kept.id).values(row))
                connection.execute(tables.sightings.delete().where(tables.sightings.c.article == kept.id))
            else:
                connection.execute(tables.articles.insert().values(id=kept.id, text=kept.text, **row))
            if kept.sightings:
                rows = [{"article": kept.id, **sighting.model_dump()} for sighting in kept.sightings]
                connection.execute(tables.sightings.insert(), rows)
        return kept

    def articles(self) -> Iterator[Article]:
        """All articles, by id, a page at a time."""
        last = ""
        while True:
            with self._read() as connection:
                page = _load_articles(connection, tables.articles.c.id > last)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].id

    def article(self, prefix: str) -> Article:
        """The article whose id starts like this.

        Raises:
            ConfigurationError: none does, or more than one.
        """
        start = prefix.lower()
        with self._read() as connection:
            # "g" sorts after every hexadecimal digit; a range takes the index, as LIKE would not.
            found = _load_articles(connection, tables.articles.c.id.between(start, start + "g"), limit=2)
        if len(found) != 1:
            how_many = "more than one article starts" if found else "no article starts"
            raise ConfigurationError(f"{how_many} with {prefix!r} in {self._name}")
        return found[0]

    # Raw model calls: what was paid for once is never paid for twice

    def get(self, key: str) -> str | None:
        """The reply that was kept under this key, as it came."""
        with self._read() as connection:
            return connection.scalar(sa.select(tables.calls.c.reply).where(tables.calls.c.key == key))

    def put(self, key: str, request: str, reply: str) -> None:
        """Keep a reply with its request. It is on the disk when this returns; the first under a key stays."""
        with self._write() as connection:
            if connection.scalar(sa.select(tables.calls.c.key).where(tables.calls.c.key == key)) is None:
                row = {"key": key, "request": request, "reply": reply, "created_at": _now()}
                connection.execute(tables.calls.insert().values(row))

    # Extractions

    def save_extraction(self, extraction: Extraction) -> None:
        """Keep an extraction of an article that is kept already. Older ones stay."""
        with self._write() as connection:
            connection.execute(
                tables.extractions.insert().values(created_at=_now(), **extraction.model_dump(mode="json"))
            )

    def extraction(self, article: str, digest: str) -> Extraction | None:
        """The newest extraction of an article with this digest."""
        query = (
            sa.select(tables.extractions)
            .where(tables.extractions.c.article == article, tables.extractions.c.digest == digest)
            .order_by(tables.extractions.c.id.desc())
            .limit(1)
        )
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        return _extraction(row) if row else None

    def extractions(self, digest: str | None = None) -> Iterator[Extraction]:
        """Every extraction that was kept, or those with this digest, in the order of keeping."""
        last = 0
        query = sa.select(tables.extractions).order_by(tables.extractions.c.id).limit(PAGE)
        if digest is not None:
            query = query.where(tables.extractions.c.digest == digest)
        while True:
            with self._read() as connection:
                rows = connection.execute(query.where(tables.extractions.c.id > last)).all()
            yield from map(_extraction, rows)
            if len(rows) < PAGE:
                return
            last = rows[-1].id

    def active(self, digest: str | None = None) -> Iterator[Extraction]:
        """The active extraction of each article that has one, by the article's id.

        That is its newest, or its newest with this digest. One that failed
        counts only where none succeeded.
        """
        failed = sa.case((tables.extractions.c.outcome == Outcomes.FAILED.value, 1), else_=0)
        rank = sa.func.row_number().over(
            partition_by=tables.extractions.c.article, order_by=(failed, tables.extractions.c.id.desc())
        )
        ranked = sa.select(tables.extractions, rank.label("rank"))
        if digest is not None:
            ranked = ranked.where(tables.extractions.c.digest == digest)
        ids = sa.select(tables.articles.c.id).order_by(tables.articles.c.id).limit(PAGE)
        last = ""
        while True:
            with self._read() as connection:
                page = connection.scalars(ids.where(tables.articles.c.id > last)).all()
                if not page:
                    return
                span = ranked.where(
                    tables.extractions.c.article > last, tables.extractions.c.article <= page[-1]
                ).subquery()
                rows = connection.execute(sa.select(span).where(span.c.rank == 1).order_by(span.c.article)).all()
            yield from map(_extraction, rows)
            last = page[-1]

    # Runs

    def start_run(self, *, model: str, endpoint: str, prompt: str, digest: str) -> int:
        """Note that a run starts; returns its number."""
        row = {"model": model, "endpoint": endpoint, "prompt": prompt, "digest": digest, "counts": {}}
        with self._write() as connection:
            query = (
                tables.runs.insert()
                .values(started=_now(), usage=Usage().model_dump(), **row)
                .returning(tables.runs.c.id)
            )
            return int(connection.execute(query).scalar_one())

    def finish_run(self, number: int, *, counts: Mapping[str, int], usage: Usage) -> None:
        """Note how a run ended. `counts` are articles by outcome."""
        values = {"finished": _now(), "counts": dict(counts), "usage": usage.model_dump()}
        with self._write() as connection:
            connection.execute(tables.runs.update().where(tables.runs.c.id == number).values(values))

    def last_run(self) -> RunEntry | None:
        """The run that started last."""
        with self._read() as connection:
            row = connection.execute(sa.select(tables.runs).order_by(tables.runs.c.id.desc()).limit(1)).one_or_none()
        return RunEntry.model_validate(dict(row._mapping)) if row else None

    # The database

    def _prepare(self) -> None:
        """Make the tables in an empty database; refuse one that is not ours or is newer."""
        with self._read() as connection:
            present = sa.inspect(connection).get_table_names()
            version = connection.scalar(sa.select(tables.workspace.c.version)) if "workspace" in present else None
        if not present:
            with tables.translated(self._name):
                tables.log_ahead(self._engine)
            with self._write() as connection:
                tables.TABLES.create_all(connection)
                version = connection.scalar(sa.select(tables.workspace.c.version))  # another process was quicker
                if version is None:
                    version = tables.VERSION
                    connection.execute(tables.workspace.insert().values(version=version))
        if version is None:
            raise WorkspaceError(f"{self._name} is a database, but no workspace: name another file with --db")
        if version > tables.VERSION:
            raise WorkspaceError(
                f"{self._name} was made by a newer extractor (version {version} of its tables, this one knows "
                f"{tables.VERSION}): update meeting-extractor"
            )

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with tables.translated(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with tables.translated(self._name), self._writer.begin() as connection:
            yield connection


def _load_articles(connection: sa.Connection, which: sa.ColumnElement[bool], limit: int = PAGE) -> list[Article]:
    """Articles with their sightings, by id."""
    rows = connection.execute(sa.select(tables.articles).where(which).order_by(tables.articles.c.id).limit(limit)).all()
    seen: dict[str, list[Sighting]] = {row.id: [] for row in rows}
    of_these = sa.select(tables.sightings).where(tables.sightings.c.article.in_(seen)).order_by(tables.sightings.c.id)
    for sighting in connection.execute(of_these):
        seen[sighting.article].append(Sighting(**{name: getattr(sighting, name) for name in Sighting.model_fields}))
    return [
        Article(
            id=row.id,
            text=row.text,
            sentences=tuple(Sentence(number=n, paragraph=p, start=s, end=e) for n, p, s, e in row.sentences),
            sightings=tuple(seen[row.id]),
            reference=Reference.model_validate(row.reference),
        )
        for row in rows
    ]


def _extraction(row: sa.Row[Any]) -> Extraction:
    return Extraction.model_validate({name: getattr(row, name) for name in Extraction.model_fields})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
