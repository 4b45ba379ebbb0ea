"""The verdicts of a workspace: what a model judged of pairs of accounts."""

from collections.abc import Iterator
from hashlib import sha256

import sqlalchemy as sa

from extractor.schemas import Verdict
from extractor.store import tables
from extractor.store.database import now
from extractor.store.runs import Runs

Pair = tuple[str, str]
"""The ids of two accounts, sorted; or of their articles, in the same order."""


class Verdicts(Runs):
    """Keeps verdicts, and leases pairs of accounts to runs. Nothing is overwritten: the newest of a pair counts."""

    def save_verdict(self, verdict: Verdict, articles: Pair) -> None:
        """Keep a verdict on accounts of these articles, in the order of the accounts."""
        row = verdict.model_dump(exclude={"accounts"})
        (row["first"], row["second"]), (row["first_article"], row["second_article"]) = verdict.accounts, articles
        with self._write() as connection:
            connection.execute(tables.verdicts.insert().values(created_at=now(), **row))

    def verdicts(self) -> Iterator[Verdict]:
        """The newest verdict on each pair that has one, in the order of the pairs."""
        verdicts = tables.verdicts.c
        newest = sa.select(sa.func.max(verdicts.id)).group_by(verdicts.first, verdicts.second)
        query = sa.select(tables.verdicts).where(verdicts.id.in_(newest)).order_by(verdicts.first, verdicts.second)
        with self._read() as connection:
            rows = connection.execute(query).all()
        yield from map(_verdict, rows)

    def judged(self, digest: str) -> set[Pair]:
        """The pairs that have a verdict with this digest."""
        verdicts = tables.verdicts.c
        query = sa.select(verdicts.first, verdicts.second).where(verdicts.digest == digest)
        with self._read() as connection:
            return {(row.first, row.second) for row in connection.execute(query)}

    def admit_pair(self, pair: Pair, article: str, digest: str, run: int, *, again: bool = False) -> bool:
        """Whether a run is to ask about a pair, which is leased to it from now on; `article` is that of the first.

        Not if it has a verdict with this digest, unless it is asked `again`; nor if another living run asks.
        """
        leases, verdicts = tables.leases, tables.verdicts.c
        key = {"article": article, "digest": _name(pair, digest)}
        held = sa.select(leases.c.run).filter_by(**key)
        judged = sa.exists().where(verdicts.first == pair[0], verdicts.second == pair[1], verdicts.digest == digest)
        with self._write(alone=True) as connection:
            holder = connection.scalar(held)
            if holder not in (None, run) and self.alive(holder):
                return False
            # Last: who answers meanwhile keeps the verdict before its lease ends.
            if not again and connection.scalar(sa.select(judged)):
                return False
            connection.execute(leases.delete().filter_by(**key))
            connection.execute(leases.insert().values(run=run, **key))
        return True


def _name(pair: Pair, digest: str) -> str:
    """What stands for asking about a pair, among what is asked about its first article."""
    return sha256("\n".join((digest, *pair)).encode()).hexdigest()


def _verdict(row: sa.Row[tuple[object, ...]]) -> Verdict:
    values = {name: getattr(row, name) for name in Verdict.model_fields if name != "accounts"}
    return Verdict.model_validate({"accounts": (row.first, row.second), **values})
