"""What came of each article, and which run asks about it just now."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from extractor.schemas import Article, ArticleOutcome, Draft, Outcomes, Usage
from extractor.schemas.article import name_of
from extractor.schemas.base import Record
from extractor.store import tables
from extractor.store.articles import Articles, load, sightings
from extractor.store.database import now
from extractor.store.deferred import Deferred
from extractor.store.runs import Runs


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
    ungrounded: int = 0
    usage: Usage = Usage()

    def outcome_of(self, source: str) -> ArticleOutcome:
        """What became of the article of this name."""
        return ArticleOutcome(
            article=self.article,
            source=source,
            outcome=self.outcome,
            reason=self.reason,
            accounts=len(self.draft.meetings) if self.draft else 0,
            ungrounded=self.ungrounded,
            usage=self.usage,
        )


_INSERT = tables.extractions.insert()  # made once: to build a statement takes longer than to run it
_RELEASE, _UNPEND = (
    table.delete().where(table.c.article == sa.bindparam("of"), table.c.digest == sa.bindparam("by"))
    for table in (tables.leases, tables.pending)
)


class Admitted(NamedTuple):
    """What a run has to do about some articles: nothing, ask, or wait for a run or a job that asks."""

    done: list[ArticleOutcome]
    mine: list[Article]
    elsewhere: list[str]
    deferred: set[str]
    """Those that a job of the Batch API has."""
    asked: set[str]
    """Those of mine about which something was asked before: calls of a run that was cut off."""
    numbers: dict[str, int]
    """The number of the extraction of each that is done."""


Done = Callable[["Known"], bool]


class Known(NamedTuple):
    """What is known of an article before it is asked about: its newest extraction's number and outcome."""

    number: int
    outcome: Outcomes


class Extractions(Articles, Deferred, Runs):
    """Keeps extractions, and leases articles to runs."""

    def save_extraction(self, extraction: Extraction, *, void: bool = False) -> None:
        """Keep an extraction of an article that is kept already, and end the lease on it. Older ones stay.

        `void`: the replies that led to it are of no use, and answer nothing any more.
        """
        row = extraction.model_dump(mode="json", exclude={"draft"})
        draft = extraction.draft
        with self._write() as connection:
            if void:
                self.void(extraction.article, extraction.digest)
            row["draft"] = draft.model_dump(mode="json") if draft else None
            row["accounts"] = len(draft.meetings) if draft else 0
            connection.execute(_INSERT, {"created_at": now(), **row})
            connection.execute(_UNPEND, {"of": extraction.article, "by": extraction.digest})
            connection.execute(_RELEASE, {"of": extraction.article, "by": extraction.digest})

    def admit(self, ids: Collection[str], digest: str, run: int, done: Done) -> Admitted:
        """What a run has to do about articles; those that it is to ask about are leased to it from now on."""
        known = self._newest(ids, digest)
        settled = {id_ for id_, row in known.items() if done(Known(row.id, Outcomes(row.outcome)))}
        if len(settled) == len(ids):
            return Admitted(self._outcomes(known), [], [], set(), set(), _numbers(known))
        leases = tables.leases
        with self._write(alone=True) as connection:  # look again, now that nobody else is admitted
            held = leases.select().where(leases.c.article.in_(ids), leases.c.digest == digest)
            taken = {row.article: row.run for row in connection.execute(held)}
            alive = {number for number in set(taken.values()) if number != run and self.alive(number)}
            deferred = self.in_batch(ids, digest)
            # Last: who answers meanwhile keeps the extraction and ends the lease at once.
            known = self._newest(ids, digest)
            settled = {id_ for id_, row in known.items() if done(Known(row.id, Outcomes(row.outcome)))}
            open_ = [id_ for id_ in ids if id_ not in settled]
            deferred &= set(open_)
            mine = [id_ for id_ in open_ if taken.get(id_) not in alive and id_ not in deferred]
            connection.execute(leases.delete().where(leases.c.article.in_(mine), leases.c.digest == digest))
            if mine:
                rows = [{"article": id_, "digest": digest, "run": run} for id_ in mine]
                connection.execute(leases.insert(), rows)
            articles = load(connection, tables.articles.c.id.in_(mine))
        done_ = {id_: row for id_, row in known.items() if id_ in settled}
        return Admitted(
            self._outcomes(done_),
            articles,
            [id_ for id_ in open_ if taken.get(id_) in alive],
            deferred,
            self.asked(mine, digest),
            _numbers(done_),
        )

    def known(self, article: str, digest: str) -> Known | None:
        """What is known of an article; None where nobody has asked about it."""
        row = self._newest([article], digest).get(article)
        return Known(row.id, Outcomes(row.outcome)) if row else None

    def last_extraction(self) -> int:
        """The number of the newest extraction; 0 where there is none. They only grow."""
        with self._read() as connection:
            return connection.scalar(sa.select(sa.func.max(tables.extractions.c.id))) or 0

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
        query = sa.select(tables.extractions)
        if digest is not None:
            query = query.where(tables.extractions.c.digest == digest)
        for page in self._paged(query, tables.extractions.c.id):
            yield from map(_extraction, page)

    def active(self, digest: str | None = None) -> Iterator[Extraction]:
        """The active extraction of each article that stands and has one, by the article's id.

        That is its newest, or its newest with this digest. One that failed
        counts only where none succeeded.
        """
        for page in self.standing():
            yield from self.active_of(page, digest)

    def active_of(self, articles: Collection[str], digest: str | None = None) -> Iterator[Extraction]:
        """The active extractions of these articles, by the article's id."""
        with self._read() as connection:
            rows = connection.execute(_best(articles, digest)).all()
        yield from map(_extraction, rows)

    def standing(self) -> Iterator[list[str]]:
        """The ids of the articles that stand, in order, a page at a time."""
        superseded = self.superseded()
        for page in self._pages():
            yield [id_ for id_ in page if id_ not in superseded]

    def outcomes(self, *, failed: bool = False) -> Iterator[ArticleOutcome]:
        """The outcome of every article that has one, or that failed, by its id; then of paths that gave no article."""
        superseded = self.superseded()
        for page in self._pages():
            with self._read() as connection:
                rows = {row.article: row for row in connection.execute(_best(page, None))}
            chosen = {id_: row for id_, row in rows.items() if not failed or row.outcome == Outcomes.FAILED}
            for outcome in self._outcomes(chosen):
                yield outcome.model_copy(update={"superseded": outcome.article in superseded})
        for path, reason in self.unread().items():
            yield ArticleOutcome(article=path, source=path, outcome=Outcomes.FAILED, reason=reason)

    def undone(self, digest: str) -> Iterator[str]:
        """The ids of all articles that have no extraction with this digest."""
        for page in self._pages():
            known = self._newest(page, digest)
            yield from (id_ for id_ in page if id_ not in known)

    def _pages(self) -> Iterator[list[str]]:
        """The ids of all articles, in order, a page at a time."""
        for page in self._paged(sa.select(tables.articles.c.id), tables.articles.c.id):
            yield [row.id for row in page]

    def _newest(self, ids: Collection[str], digest: str) -> dict[str, sa.Row[Any]]:
        with self._read() as connection:
            return {row.article: row for row in connection.execute(_best(ids, digest, draft=False))}

    def _outcomes(self, rows: Mapping[str, sa.Row[Any]]) -> list[ArticleOutcome]:
        """What became of articles, from the rows of their extractions."""
        with self._read() as connection:
            seen = sightings(connection, rows.keys()) if rows else {}
        return [
            ArticleOutcome(
                article=id_,
                source=name_of(id_, seen[id_]),
                outcome=Outcomes(row.outcome),
                reason=row.reason,
                accounts=row.accounts,
                ungrounded=row.ungrounded,
                usage=Usage.model_validate(row.usage),
            )
            for id_, row in rows.items()
        ]


def _best(ids: Collection[str], digest: str | None, *, draft: bool = True) -> sa.Select[Any]:
    """The extraction of each of these articles that counts: the newest; one that failed only where none succeeded."""
    columns = [column for column in tables.extractions.c if draft or column.name != "draft"]
    failed = sa.case((tables.extractions.c.outcome == Outcomes.FAILED.value, 1), else_=0)
    rank = sa.func.row_number().over(
        partition_by=tables.extractions.c.article, order_by=(failed, tables.extractions.c.id.desc())
    )
    ranked = sa.select(*columns, rank.label("rank")).where(tables.extractions.c.article.in_(ids))
    if digest is not None:
        ranked = ranked.where(tables.extractions.c.digest == digest)
    span = ranked.subquery()
    return sa.select(span).where(span.c.rank == 1).order_by(span.c.article)


def _numbers(rows: Mapping[str, sa.Row[Any]]) -> dict[str, int]:
    return {id_: row.id for id_, row in rows.items()}


def _extraction(row: sa.Row[Any]) -> Extraction:
    return Extraction.model_validate({name: getattr(row, name) for name in Extraction.model_fields})
