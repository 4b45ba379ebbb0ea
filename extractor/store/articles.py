"""The articles of a workspace: texts, where they were seen, and which of them stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from extractor import read
from extractor.errors import ConfigurationError
from extractor.schemas import Article, Reference, Sentence, Sighting
from extractor.store import database, decisions, tables
from extractor.store.database import Database

_OF_ARTICLES = (  # all that hangs on an article
    tables.sightings.c.article,
    tables.sources.c.article,
    tables.calls.c.article,
    tables.calls.c.other,
    tables.pending.c.article,
    tables.leases.c.article,
    tables.extractions.c.article,
    tables.verdicts.c.first_article,
    tables.verdicts.c.second_article,
    tables.aliases.c.article,
)


class _Seen(NamedTuple):
    """A sighting with a URL, in the order of which stands: the last one published, then the last one seen."""

    published: date
    run: int
    article: str


class Articles(Database):
    """Keeps articles. Nothing is overwritten; only `forget` takes something out."""

    def save_article(self, article: Article) -> Article:
        """Keep an article. Where its text is known, the sightings are merged; returns what is kept."""
        return self.save_articles([article])[article.id]

    def save_articles(
        self, articles: Sequence[Article], sources: Mapping[str, str] | None = None, run: int | None = None
    ) -> dict[str, Article]:
        """Keep articles that a run has read; returns them by id, with all their sightings.

        `sources` are the ids of articles by the digest of the source that they were read from.
        """
        t = tables
        with self._write(alone=True) as connection:
            known = {a.id: a for a in load(connection, t.articles.c.id.in_({a.id for a in articles}))}
            kept = dict(known)
            for article in articles:
                kept[article.id] = read.merge(kept[article.id], article) if article.id in kept else article
            new = [article for id_, article in kept.items() if id_ not in known]
            changed = [article for id_, article in kept.items() if id_ in known and article != known[id_]]
            _insert(connection, t.articles, [{"id": a.id, "text": a.text, **_row(a)} for a in new])
            since = _runs(connection, changed)
            for article in changed:
                connection.execute(t.articles.update().where(t.articles.c.id == article.id).values(_row(article)))
                connection.execute(t.sightings.delete().where(t.sightings.c.article == article.id))
                # What it was read from before is news again: it may be put back.
                connection.execute(t.sources.delete().where(t.sources.c.article == article.id))
            rows = [
                {"article": a.id, "run": since.get((a.id, s.path, s.url), run), **s.model_dump()}
                for a in (*new, *changed)
                for s in a.sightings
            ]
            _insert(connection, t.sightings, rows)
            if sources:
                read_before = set(self.read_before(sources))
                fresh = [{"digest": d, "article": id_} for d, id_ in sources.items() if d not in read_before]
                _insert(connection, t.sources, fresh)
        return kept

    def read_before(self, digests: Collection[str]) -> dict[str, str]:
        """The ids of the articles that were read from sources with these digests."""
        query = sa.select(tables.sources).where(tables.sources.c.digest.in_(digests))
        with self._read() as connection:
            return {row.digest: row.article for row in connection.execute(query)}

    def articles(self) -> Iterator[Article]:
        """All articles, by id, a page at a time."""
        last = ""
        while True:
            with self._read() as connection:
                page = load(connection, tables.articles.c.id > last, database.PAGE)
            yield from page
            if len(page) < database.PAGE:
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
            found = load(connection, tables.articles.c.id.between(start, start + "g"), limit=2)
        if len(found) != 1:
            how_many = "more than one article starts" if found else "no article starts"
            raise ConfigurationError(f"{how_many} with {prefix!r} in {self.name}; `extractor articles` lists them")
        return found[0]

    def superseded(self) -> frozenset[str]:
        """The articles that no longer stand: wherever they were seen, a newer text has the same URL.

        The newer one is the one published later; of one day, the one that was seen in a later run.
        """
        seen = tables.sightings.c
        shared = (
            sa.select(seen.url)
            .where(seen.url.is_not(None))
            .group_by(seen.url)
            .having(sa.func.count(sa.distinct(seen.article)) > 1)
        )
        rivals = sa.select(seen.article).where(seen.url.in_(shared))
        with self._read() as connection:
            rows = connection.execute(
                sa.select(seen.article, seen.url, seen.published, seen.run).where(seen.article.in_(rivals))
            ).all()
        at: dict[str, list[_Seen]] = defaultdict(list)
        for row in rows:
            if row.url is not None:
                at[row.url].append(_Seen(row.published or date.min, row.run or 0, row.article))
        standing = {row.article for row in rows if row.url is None or max(at[row.url]).article == row.article}
        return frozenset(row.article for row in rows) - standing

    def forget(self, article: str) -> None:
        """Take an article and all that came from it out of the workspace.

        In a file its bytes are overwritten on the disk; a server does that in its own time.
        """
        with self._write(alone=True) as connection:
            for column in _OF_ARTICLES:
                connection.execute(column.table.delete().where(column == article))
            connection.execute(tables.articles.delete().where(tables.articles.c.id == article))
            decisions.forget(connection, article)
            connection.execute(tables.meetings.delete())
            connection.execute(tables.questions.delete())
            connection.execute(tables.workspace.update().values(reconciled=None))
        self._engine.scrub()

    # Paths that gave no article

    def save_unread(self, paths: Collection[str], unread: Iterable[read.Unread]) -> None:
        """Note which of these paths gave no article, and why; the others did."""
        reasons = {item.path: item.reason for item in unread}
        with self._write(alone=True) as connection:
            connection.execute(tables.unread.delete().where(tables.unread.c.path.in_({*paths, *reasons})))
            _insert(connection, tables.unread, [{"path": path, "reason": why} for path, why in reasons.items()])

    def unread(self) -> dict[str, str]:
        """Why each path that gave no article did not."""
        with self._read() as connection:
            return {row.path: row.reason for row in connection.execute(sa.select(tables.unread).order_by("path"))}


def sightings(connection: sa.Connection, ids: Collection[str]) -> dict[str, list[Sighting]]:
    """The sightings of articles, by their ids."""
    seen: dict[str, list[Sighting]] = {id_: [] for id_ in ids}
    query = sa.select(tables.sightings).where(tables.sightings.c.article.in_(seen)).order_by(tables.sightings.c.id)
    for row in connection.execute(query):
        seen[row.article].append(Sighting(**{name: getattr(row, name) for name in Sighting.model_fields}))
    return seen


def load(connection: sa.Connection, which: sa.ColumnElement[bool], limit: int | None = None) -> list[Article]:
    """Articles with their sightings, by id."""
    rows = connection.execute(sa.select(tables.articles).where(which).order_by(tables.articles.c.id).limit(limit)).all()
    seen = sightings(connection, [row.id for row in rows]) if rows else {}
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


def _row(article: Article) -> dict[str, object]:
    return {
        "sentences": [[s.number, s.paragraph, s.start, s.end] for s in article.sentences],
        "reference": article.reference.model_dump(mode="json"),
    }


def _runs(connection: sa.Connection, articles: Sequence[Article]) -> dict[tuple[str, str | None, str | None], int]:
    """Which run saw an article first at a place."""
    seen = tables.sightings.c
    query = sa.select(seen.article, seen.path, seen.url, seen.run).where(seen.article.in_([a.id for a in articles]))
    return {(row.article, row.path, row.url): row.run for row in connection.execute(query)} if articles else {}


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), list(rows))
