"""Lineage: what became of meetings whose ids are no more.

An id hangs on the accounts of its meeting, so it changes with them; through
the accounts the old one still leads to the meeting that has most of them. An
account that is no more, as its article was read anew, goes by its article.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile
from typing import NamedTuple

from extractor.schemas import Meeting


class Member(NamedTuple):
    """An account of a meeting, and its article."""

    account: str
    article: str


Members = Mapping[str, Collection[Member]]
"""The accounts of meetings, by the meetings' ids."""


class Fate(NamedTuple):
    """What became of a meeting.

    `heirs` are the meetings that its accounts are in, with how many of them:
    most first, of equals the id that sorts first. `joined` are the other old
    meetings whose accounts came to the first heir.
    """

    heirs: Mapping[str, int]
    joined: tuple[str, ...] = ()

    @property
    def heir(self) -> str | None:
        """The meeting that it is now; None where nothing is left of it."""
        return next(iter(self.heirs), None)

    @property
    def split(self) -> bool:
        """Whether its accounts are in several meetings."""
        return len(self.heirs) > 1


def members(meetings: Iterable[Meeting]) -> Members:
    """The accounts of meetings, by the meetings' ids."""
    return {one.id: tuple(Member(ref.id, ref.article) for ref in one.accounts) for one in meetings}


def fates(old: Members, new: Members) -> dict[str, Fate]:
    """What became of each old meeting whose id is not among the new ones, by the old id.

    The old meetings may be of several times: one that shares an article with
    another is the same at another time, and has not joined it.
    """
    gone = sorted(old.keys() - new.keys())
    now = _Places(gone, old, new)
    heirs = {id_: now.heirs(id_, old[id_]) for id_ in gone}
    led: dict[str | None, list[str]] = defaultdict(list)
    for id_, shares in heirs.items():
        led[next(iter(shares), None)].append(id_)
    led[None] = []  # what is gone has joined nothing
    return {id_: Fate(shares, _joined(id_, led[next(iter(shares), None)], old)) for id_, shares in heirs.items()}


def in_words(found: Mapping[str, Fate]) -> str | None:
    """How many meetings changed their id, in one line; None where none did."""
    led = [fate for fate in found.values() if fate.heirs]
    if not led:
        return None
    one = len(led) == 1
    counts = ((sum(fate.split for fate in led), "split"), (sum(bool(fate.joined) for fate in led), "joined"))
    parts = ["1 meeting changed its id" if one else f"{len(led)} meetings changed their id"]
    parts += [f"{count} {what}" for count, what in counts if count]
    return f"{', '.join(parts)}: {'the old one still leads to it' if one else 'old ids still lead to them'}"


class _Places:
    """Where the accounts of the meetings that are gone are now; of those that are no more, where their articles are."""

    def __init__(self, gone: Iterable[str], old: Members, new: Members) -> None:
        sought = {member.account: member.article for id_ in gone for member in old[id_]}
        self.of_account = {m.account: id_ for id_, accounts in new.items() for m in accounts if m.account in sought}
        self.of_article: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        lost = {article for account, article in sought.items() if account not in self.of_account}
        before = {m.account for accounts in old.values() for m in accounts if m.article in lost} if lost else set()
        for id_, accounts in new.items() if lost else ():
            for account, article in accounts:
                if article in lost:
                    self.of_article[article].append((account in before, id_))

    def heirs(self, old: str, accounts: Collection[Member]) -> dict[str, int]:
        """The meetings that these accounts of an old meeting are in, and how many: most first, then by id."""
        shares = Counter(self.of_account[member.account] for member in accounts if member.account in self.of_account)
        stayed = dict(shares)
        for account, article in accounts:
            if account not in self.of_account and article in self.of_article:
                # Rather where an account is new; then where the others are; then the meeting whose id is most alike.
                told = ((known, -stayed.get(id_, 0), -_alike(old, id_), id_) for known, id_ in self.of_article[article])
                shares[min(told)[-1]] += 1
        return dict(sorted(shares.items(), key=lambda share: (-share[1], share[0])))


def _alike(left: str, right: str) -> int:
    """How far two ids read the same: date, place and parties stand in them in this order."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _joined(id_: str, others: Iterable[str], old: Members) -> tuple[str, ...]:
    """Which of these meetings were others at the time of this one; of one at several times, the largest."""
    articles = {other: {member.article for member in old[other]} for other in others}
    own = {member.article for member in old[id_]}
    apart = {other: told for other, told in articles.items() if not told & own}
    return tuple(sorted(other for other, told in apart.items() if not any(told < more for more in apart.values())))
