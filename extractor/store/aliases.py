"""The ids that meetings have had. They lead to accounts, and accounts to meetings: no id leads to another id."""

from collections import defaultdict
from collections.abc import Collection, Iterator

import sqlalchemy as sa

from extractor.lineage import Member, Members
from extractor.store import database, tables
from extractor.store.extractions import Extractions

_KNOWN = tables.aliases.c
_RETIRE = tables.aliases.update().where(_KNOWN.meeting == sa.bindparam("of")).values(standing=False)


class Aliases(Extractions):
    """Keeps every id that a meeting has had, with the accounts that the meeting had under it.

    An account of an article that was superseded is given as one of the article in its place.
    """

    def known_as(self, start: str, most: int = 5) -> Members:
        """The meetings, of today and before, whose ids start like this, or that had an account whose id does."""
        columns = (_KNOWN.account, _KNOWN.meeting) if start.startswith("a-") else (_KNOWN.meeting,)
        named = columns[0] >= start, columns[0] <= start + "~"  # "~" sorts after all that an id is made of
        found = sa.select(*columns).where(*named).distinct()
        with self._read() as connection:
            ids = {row.meeting for row in connection.execute(found.order_by(*columns).limit(most))}
        return self._had(ids)

    def having(self, accounts: Collection[str]) -> Members:
        """The meetings, of today and before, that had one of these accounts."""
        with self._read() as connection:
            ids = {
                id_
                for page in _pages(accounts)
                for id_ in connection.scalars(sa.select(_KNOWN.meeting).where(_KNOWN.account.in_(page)))
            }
        return self._had(ids)

    def _rename(self, connection: sa.Connection, new: Members) -> Members:
        """Keep the ids of these meetings, which take the place of others; returns the accounts of those."""
        standing = set(connection.scalars(sa.select(_KNOWN.meeting).where(_KNOWN.standing).distinct()))
        gone, fresh = standing - new.keys(), new.keys() - standing
        old = {**{id_: new[id_] for id_ in standing & new.keys()}, **self._had(gone)}
        for page in _pages(gone):
            connection.execute(_RETIRE, [{"of": id_} for id_ in page])
        for page in _pages(fresh):
            rows = [{"meeting": id_, "standing": True, **member._asdict()} for id_ in page for member in new[id_]]
            connection.execute(tables.aliases.delete().where(_KNOWN.meeting.in_(page)))  # it may have been known before
            connection.execute(tables.aliases.insert(), rows)
        return old

    def _had(self, ids: Collection[str]) -> Members:
        """The accounts that meetings had under these ids."""
        found: dict[str, list[Member]] = defaultdict(list)
        for page in _pages(ids):
            rows = sa.select(tables.aliases).where(_KNOWN.meeting.in_(page)).order_by(_KNOWN.meeting, _KNOWN.account)
            with self._read() as connection:
                for row in connection.execute(rows):
                    found[row.meeting].append(Member(row.account, row.article))
        now = self._corrected({member.article for had in found.values() for member in had})
        return {id_: tuple(Member(m.account, now.get(m.article, m.article)) for m in had) for id_, had in found.items()}

    def _corrected(self, articles: Collection[str]) -> dict[str, str]:
        """What stands in the place of those of these articles that were superseded: the newest with their URL."""
        superseded = self.superseded() if articles else frozenset()
        old, new = tables.sightings.alias(), tables.sightings.alias()
        pairs = sa.select(old.c.article, new.c.article.label("now")).join(new, new.c.url == old.c.url)
        newest = new.c.published.nulls_first(), new.c.run, new.c.article  # the last of a URL's
        found: dict[str, str] = {}
        for page in _pages(superseded & set(articles)):
            rows = pairs.where(old.c.article.in_(page)).order_by(*newest)
            with self._read() as connection:
                found.update((row.article, row.now) for row in connection.execute(rows) if row.now not in superseded)
        return found


def _pages(values: Collection[str]) -> Iterator[list[str]]:
    """The values, as many at a time as a statement takes."""
    ordered = sorted(values)
    for start in range(0, len(ordered), database.PAGE):
        yield ordered[start : start + database.PAGE]
