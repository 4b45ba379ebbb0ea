"""The decisions of a workspace: a log to which things are added."""

from collections.abc import Iterator

import sqlalchemy as sa

from extractor.errors import ConfigurationError
from extractor.schemas import Decision, DecisionKind
from extractor.store import tables
from extractor.store.database import Database


class Decisions(Database):
    """Keeps what people judged. Nothing is overwritten: to change or undo a decision is to add another."""

    def append(self, decision: Decision) -> Decision:
        """Keep a decision; returns it with its number, whatever number it had. Numbers grow and are never used again.

        Raises:
            ConfigurationError: it undoes a decision that is not there, or takes the place of one about other articles.
        """
        with self._write(alone=True) as connection:
            if decision.undoes:
                self._check(decision, _find(connection, decision.undoes))
            query = tables.decisions.insert().values(record=decision.model_dump_json(exclude={"number"}))
            number = connection.execute(query.returning(tables.decisions.c.number)).scalar_one()
        return decision.model_copy(update={"number": number})

    def decisions(self) -> Iterator[Decision]:
        """The whole log, oldest first, undone decisions and undos too."""
        for page in self._paged(sa.select(tables.decisions), tables.decisions.c.number):
            yield from map(_decision, page)

    def _check(self, decision: Decision, earlier: Decision | None) -> None:
        """A judgement takes the place of one about the same articles alone: else to forget one of them restores it."""
        if earlier is None:
            raise ConfigurationError(f"there is no decision {decision.undoes} in {self.name}: undo one that is there")
        if decision.kind is not DecisionKind.UNDO and decision.articles != earlier.articles:
            raise ConfigurationError(f"decision {earlier.number} is about other articles: undo it by itself")


def forget(connection: sa.Connection, article: str) -> None:
    """Take the decisions about an article out of the log, and what undoes them.

    The id of an article is a digest of its text, and a reason may quote it:
    who holds the text could tell that it was here.
    """
    gone: set[int] = set()
    for decision in map(_decision, connection.execute(sa.select(tables.decisions).order_by(tables.decisions.c.number))):
        if article in decision.articles or decision.undoes in gone:
            gone.add(decision.number)
    connection.execute(tables.decisions.delete().where(tables.decisions.c.number.in_(gone)))


def _find(connection: sa.Connection, number: int) -> Decision | None:
    row = connection.execute(sa.select(tables.decisions).where(tables.decisions.c.number == number)).one_or_none()
    return _decision(row) if row else None


def _decision(row: sa.Row[tuple[int, str]]) -> Decision:
    return Decision.model_validate_json(row.record).model_copy(update={"number": row.number})
