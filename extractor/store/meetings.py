"""The meetings that were reconciled last, and of what state of the workspace they are."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from extractor.lineage import Members, members
from extractor.schemas import Meeting
from extractor.store import tables
from extractor.store.aliases import Aliases


class Meetings(Aliases):
    """Keeps meetings until something changes that they were made of."""

    def state(self) -> str:
        """What meetings are made of, in a word: it changes with each extraction, sighting, decision and verdict."""
        columns = (tables.extractions.c.id, tables.sightings.c.id, tables.decisions.c.number, tables.verdicts.c.id)
        counted = [number for column in columns for number in (_last(column), _count(column))]
        with self._read() as connection:
            return " ".join(map(str, connection.execute(sa.select(*counted)).one()))

    def reconciled(self) -> str | None:
        """The state of which the kept meetings are."""
        with self._read() as connection:
            return connection.scalar(sa.select(tables.workspace.c.reconciled))

    def save_meetings(self, state: str, meetings: Iterable[Meeting]) -> Members:
        """Keep these meetings, of this state, in place of those that were kept; returns the accounts of those."""
        kept = tuple(meetings)
        with self._write(alone=True) as connection:
            replaced = self._rename(connection, members(kept))
            connection.execute(tables.meetings.delete())
            rows = [
                {"position": position, "record": meeting.model_dump_json()} for position, meeting in enumerate(kept)
            ]
            if rows:
                connection.execute(tables.meetings.insert(), rows)
            connection.execute(tables.workspace.update().values(reconciled=state))
        return replaced

    def meetings(self) -> Iterator[Meeting]:
        """The meetings that are kept, in their order, a page at a time."""
        for page in self._paged(sa.select(tables.meetings), tables.meetings.c.position):
            yield from (Meeting.model_validate_json(row.record) for row in page)

    def count_meetings(self) -> int:
        """How many meetings are kept."""
        with self._read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.meetings)) or 0


def _last(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.coalesce(sa.func.max(column), 0)).scalar_subquery()


def _count(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(column)).scalar_subquery()
