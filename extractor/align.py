"""Align: the same utterance in several accounts, found by its words.

One sentence of an account may cover several of another (2:1): then each is
linked with the part that matches. Renderings are never blended.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor import wording
from extractor.schemas import Agreement

_ALIKE = 0.5
"""From this share of common meaning words on, two texts are renderings of one utterance."""
_SHORTEST = 3
"""Fewer meaning words than these make no match."""


@dataclass(frozen=True)
class Piece:
    """A claim's words, or the part of them from `start` to `end`, said by `speaker`."""

    account: str
    claim: str
    speaker: str
    text: str
    start: int
    end: int
    first: bool = False
    """Whether it is the first of its account: the lead of a news text."""

    @property
    def words(self) -> str:
        """The words of the piece."""
        return self.text[self.start : self.end]

    @property
    def part(self) -> bool:
        """Whether it is only a part of the claim's words."""
        return (self.start, self.end) != (0, len(self.text))


@dataclass
class Group:
    """Pieces of one utterance, one an account at most, and how sure that is."""

    pieces: list[Piece]
    possible: bool = False
    agreement: Agreement = Agreement.SINGLE
    divided: bool = False
    """Whether parts of its one piece stand in other groups, so that it has no more to say itself."""


class _Link(NamedTuple):
    strength: float
    old: Piece
    new: Piece
    possible: bool


Alike = Callable[[str, str], bool]


def align(accounts: Sequence[Sequence[Piece]], same_speaker: Alike, *, lead: bool = False) -> list[Group]:
    """Groups the pieces of several accounts by utterance, in the order of the accounts.

    `same_speaker` tells whether two speakers are one. With `lead`, the first
    pieces of two accounts are linked even where little is alike (the lead of a
    news text tells the main result).
    """
    groups: list[Group] = []
    for pieces in accounts:
        _add(groups, pieces, same_speaker, lead)
    for group in groups:
        group.agreement = _agreement(group)
    return groups


def _add(groups: list[Group], pieces: Sequence[Piece], same_speaker: Alike, lead: bool) -> None:
    """Adds an account's pieces to the groups: the strongest links first, no words used twice."""
    links = [
        (-link.strength, i, j, link)
        for i, group in enumerate(groups)
        for j, piece in enumerate(pieces)
        if same_speaker(group.pieces[0].speaker, piece.speaker)
        for link in _links(group.pieces[0], piece, lead)
    ]
    used: list[Piece] = []
    matched: set[int] = set()
    before = list(groups)
    for _, i, j, link in sorted(links, key=lambda entry: entry[:3]):
        if any(_overlap(link.old, piece) or _overlap(link.new, piece) for piece in used):
            continue
        used += [link.old, link.new]
        matched.add(j)
        if link.old.part and not before[i].pieces[0].part:
            before[i].divided = len(before[i].pieces) == 1
            groups.append(Group([link.old, link.new], link.possible))
        else:
            before[i].pieces.append(link.new)
            before[i].possible |= link.possible
    groups[:] = [group for group in groups if not group.divided]
    groups += [Group([piece]) for j, piece in enumerate(pieces) if j not in matched]


def _overlap(left: Piece, right: Piece) -> bool:
    return left.claim == right.claim and left.start < right.end and right.start < left.end


def _links(old: Piece, new: Piece, lead: bool) -> Iterator[_Link]:
    """How two pieces can be linked: whole with whole, or one with a part of the other."""
    whole = wording.similarity(old.words, new.words)
    if min(len(wording.content(old.words)), len(wording.content(new.words))) >= _SHORTEST:
        for short, long in ((old, new), (new, old)):
            start, end = wording.best_part(short.words, long.words)
            part = replace(long, start=long.start + start, end=long.start + end)
            likeness = wording.similarity(short.words, part.words)
            if part != long and likeness >= max(_ALIKE, whole + 0.1):
                yield _Link(likeness, old, part, False) if long is new else _Link(likeness, part, new, False)
        if whole >= _ALIKE:
            yield _Link(whole, old, new, False)
            return
    stance = wording.stance(old.words)
    shares = bool(set(wording.content(old.words)) & set(wording.content(new.words)))
    if (stance and stance == wording.stance(new.words)) or (lead and old.first and new.first and shares):
        yield _Link(min(whole, _ALIKE) / 2, old, new, True)


def _agreement(group: Group) -> Agreement:
    if len(group.pieces) == 1:
        return Agreement.SINGLE
    first = group.pieces[0].words
    if all(wording.same(first, piece.words) for piece in group.pieces[1:]):
        return Agreement.AGREED
    if not group.possible and any(wording.opposed(first, piece.words) for piece in group.pieces[1:]):
        return Agreement.CONFLICT
    return Agreement.VARIANT
