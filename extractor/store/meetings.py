"""The meetings that were reconciled last, and of what state of the workspace they are."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from extractor.schemas import Meeting
from extractor.store import tables
from extractor.store.extractions import Extractions


class Meetings(Extractions):
    """Keeps meetings until something changes that they were made of."""

    def state(self) -> str:
        """What meetings are made of, in a word: it changes with each extraction and sighting."""
        extractions, sightings = tables.extractions.c.id, tables.sightings.c.id
        counted = [number for column in (extractions, sightings) for number in (_last(column), _count(column))]
        with self._read() as connection:
            return " ".join(map(str, connection.execute(sa.select(*counted)).one()))

    def reconciled(self) -> str | None:
        """The state of which the kept meetings are."""
        with self._read() as connection:
            return connection.scalar(sa.select(tables.workspace.c.reconciled))

    def save_meetings(self, state: str, meetings: Iterable[Meeting]) -> None:
        """Keep these meetings, of this state, in place of those that were kept."""
        with self._write() as connection:
            connection.execute(tables.meetings.delete())
            rows = [
                {"position": position, "record": meeting.model_dump_json()} for position, meeting in enumerate(meetings)
            ]
            if rows:
                connection.execute(tables.meetings.insert(), rows)
            connection.execute(tables.workspace.update().values(reconciled=state))

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
