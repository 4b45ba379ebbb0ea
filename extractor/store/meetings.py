"""The meetings that were reconciled last, and of what state of the workspace they are."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from extractor.lineage import Members, members
from extractor.schemas import Meeting, Question
from extractor.schemas.base import Record
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

    def save_meetings(self, state: str, meetings: Iterable[Meeting], questions: Iterable[Question] = ()) -> Members:
        """Keep these meetings and questions, of this state, in place of those that were kept.

        Returns the accounts of the meetings that were kept.
        """
        kept = tuple(meetings)
        with self._write(alone=True) as connection:
            replaced = self._rename(connection, members(kept))
            _replace(connection, tables.meetings, kept)
            _replace(connection, tables.questions, questions)
            connection.execute(tables.workspace.update().values(reconciled=state))
        return replaced

    def meetings(self) -> Iterator[Meeting]:
        """The meetings that are kept, in their order, a page at a time."""
        for page in self._paged(sa.select(tables.meetings), tables.meetings.c.position):
            yield from (Meeting.model_validate_json(row.record) for row in page)

    def questions(self) -> Iterator[Question]:
        """The questions that are kept, those first whose answers are worth most."""
        for page in self._paged(sa.select(tables.questions), tables.questions.c.position):
            yield from (Question.model_validate_json(row.record) for row in page)

    def count_meetings(self) -> int:
        """How many meetings are kept."""
        with self._read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.meetings)) or 0


def _replace(connection: sa.Connection, table: sa.Table, records: Iterable[Record]) -> None:
    connection.execute(table.delete())
    rows = [{"position": position, "record": one.model_dump_json()} for position, one in enumerate(records)]
    if rows:
        connection.execute(table.insert(), rows)


def _last(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.coalesce(sa.func.max(column), 0)).scalar_subquery()


def _count(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(column)).scalar_subquery()
