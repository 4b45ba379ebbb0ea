"""Align: the same utterance in several accounts, found by its words.

One sentence of an account may cover several of another (2:1): then each is
linked with the part that matches. Renderings are never blended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

from extractor.merging.merge import together
from extractor.schemas import Agreement
from extractor.values import wording

_ALIKE = 0.5
"""From this share of common meaning words on, two texts are renderings of one utterance."""
_SHORTEST = 3
"""Fewer meaning words than these make no match, unless the very words are the same."""
_CLEARLY_SAID = 5
"""So many meaning words, the very same, are one utterance even under two speakers: one account must be wrong."""
_PART_GAIN = 0.1
"""How much more alike a part must be than the whole, to be taken for it."""
_VERBATIM = 2.0
"""Strength of a link between the very same words of one speaker; no other is above 1."""

UNRESOLVED = "unresolved"
"""The speaker where an account does not tell; it can be anybody."""


@dataclass(frozen=True)
class Piece:
    """A claim's words, or the part of them from `start` to `end`, said by `speaker`."""

    account: str
    origin: str
    claim: str
    speaker: str
    text: str
    start: int
    end: int
    first: bool = False
    """Whether it is the first of its account: the lead of a news text."""
    told: bool = True
    """Whether the account says who speaks; an inferred speaker contradicts nobody."""
    grounded: bool = True
    """Whether the words stand in their article; else they are compared with nothing."""

    @property
    def words(self) -> str:
        """The words of the piece."""
        return self.text[self.start : self.end]

    @property
    def part(self) -> bool:
        """Whether it is only a part of the claim's words."""
        return (self.start, self.end) != (0, len(self.text))

    def cut(self, start: int, end: int) -> "Piece":
        """The stretch of its words from `start` to `end`."""
        return replace(self, start=self.start + start, end=self.start + end)

    def overlaps(self, other: "Piece") -> bool:
        """Whether both hold some of the same words of one claim."""
        return self.claim == other.claim and self.start < other.end and other.start < self.end


@dataclass
class Group:
    """Pieces of one utterance, in the order of the accounts; `possible` where that is not sure."""

    pieces: list[Piece]
    possible: bool = False
    divided: bool = False
    """Whether parts of its only piece stand in other groups: then it has no more to say itself."""

    @property
    def agreement(self) -> Agreement:
        """What the renderings make of each other. Support counts origins."""
        distinct = {(p.speaker, p.told, p.words): p for p in self.pieces}.values()
        found = [_relation(left, right, possible=self.possible) for left, right in combinations(distinct, 2)]
        return together(found, (piece.origin for piece in self.pieces))

    @property
    def speaker(self) -> str:
        """The first speaker of whom an account tells, else of whom it is inferred, else `unresolved`."""
        known = [p for p in self.pieces if p.speaker != UNRESOLVED]
        return next((p.speaker for p in sorted(known, key=lambda p: not p.told)), UNRESOLVED)


class _Link(NamedTuple):
    strength: float
    old: Piece
    new: Piece


def align(accounts: Sequence[Sequence[Piece]], *, lead: bool = False) -> list[Group]:
    """Groups the pieces of several accounts by utterance, in the order of the accounts and of their texts.

    What an account says twice in the same words is one utterance. Pieces that
    no other account has are linked as possible ones where they express one
    attitude of one speaker; with `lead`, also where they are the first of two
    accounts (the lead of a news text tells the main result).
    """
    groups: list[Group] = []
    order = {piece.claim: i for i, piece in enumerate(p for pieces in accounts for p in pieces)}
    echoes: list[tuple[Piece, Piece]] = []
    for pieces in accounts:
        fresh: list[Piece] = []
        for piece in filter(lambda piece: piece.grounded, pieces):
            twin = next((p for p in fresh if p.speaker == piece.speaker and wording.same(p.words, piece.words)), None)
            if twin:
                echoes.append((twin, piece))
            else:
                fresh.append(piece)
        groups = _added(groups, fresh)
    groups = _possibly_one([group for group in groups if not group.divided], lead=lead)
    groups += [Group([piece]) for pieces in accounts for piece in pieces if not piece.grounded]
    for twin, echo in echoes:
        group = next(g for g in groups if any(p.claim == twin.claim for p in g.pieces))
        group.pieces.append(echo)
    for group in groups:
        group.pieces.sort(key=lambda piece: (order[piece.claim], piece.start))
    return sorted(groups, key=lambda group: (order[group.pieces[0].claim], group.pieces[0].start))


def _added(groups: Sequence[Group], pieces: Sequence[Piece]) -> list[Group]:
    """The groups with an account's pieces: the strongest links first, no words used twice."""
    links = [
        # What was divided before comes last, as its parts have groups of their own; unless the very words come again.
        (group.divided and link.strength < _VERBATIM, -link.strength, i, j, link)
        for i, group in enumerate(groups)
        for j, piece in enumerate(pieces)
        for link in _links(group.pieces[0], piece)
    ]
    used: list[Piece] = []
    matched: set[int] = set()
    parts: list[Group] = []
    for _, _, i, j, (_, old, new) in sorted(links, key=lambda entry: entry[:4]):
        if any(old.overlaps(piece) or new.overlaps(piece) for piece in used):
            continue
        used += [old, new]
        matched.add(j)
        if old == groups[i].pieces[0]:
            groups[i].pieces.append(new)
            groups[i].divided = False
        else:
            # Only a part of what was said before: an utterance of its own. What stood alone is told by its parts.
            parts.append(Group([old, new]))
            groups[i].divided = len(groups[i].pieces) == 1
    return [*groups, *parts, *(Group([piece]) for j, piece in enumerate(pieces) if j not in matched)]


def _links(old: Piece, new: Piece) -> Iterator[_Link]:
    """How two pieces can be linked: whole with whole, or one with a part of the other."""
    a, b = wording.meaning(old.words), wording.meaning(new.words)
    common = len(a & b)
    # Half of the words of the shorter and some part of the longer in common means a third of the shorter.
    if 3 * common < min(len(a), len(b)) and not wording.same(old.words, new.words):
        return
    if not _one_speaker(old.speaker, new.speaker):
        if wording.same(old.words, new.words) and common >= _CLEARLY_SAID:
            yield _Link(1.0, old, new)
        return
    if wording.same(old.words, new.words):
        yield _Link(_VERBATIM, old, new)
        return
    whole = wording.similarity(old.words, new.words)
    for short, long in ((old, new), (new, old)):
        part = _part(short.words, long, whole)
        if part:
            piece, strength = part
            yield _Link(strength, old, piece) if long is new else _Link(strength, piece, new)
    if whole >= _ALIKE and min(len(a), len(b)) >= _SHORTEST:
        yield _Link(whole, old, new)


def _part(short: str, long: Piece, whole: float) -> tuple[Piece, float] | None:
    """The part of a piece that is more like a shorter text than the whole piece is, and how alike."""
    meant = wording.meaning(short)
    if len(meant) > 1 and (held := wording.within(short, long.words)):
        return long.cut(*held), 1.0
    if min(len(meant), len(wording.meaning(long.words))) < _SHORTEST:
        return None
    part = long.cut(*wording.best_part(short, long.words))
    likeness = wording.similarity(short, part.words)
    return (part, likeness) if part != long and likeness >= max(_ALIKE, whole + _PART_GAIN) else None


def _possibly_one(groups: Sequence[Group], *, lead: bool) -> list[Group]:
    """The groups, those of one piece linked in pairs where they are possibly one utterance."""
    alone = [
        i
        for i, group in enumerate(groups)
        if len(group.pieces) == 1 and (wording.stance(group.pieces[0].words) or (lead and group.pieces[0].first))
    ]
    links = []
    for i, j in combinations(alone, 2):
        old, new = groups[i].pieces[0], groups[j].pieces[0]
        if old.account != new.account and _possible(old, new, lead=lead):
            links.append((-wording.similarity(old.words, new.words), i, j))
    taken: dict[int, Group | None] = {}
    for _, i, j in sorted(links):
        if i not in taken and j not in taken:
            taken[i] = Group([groups[i].pieces[0], groups[j].pieces[0]], possible=True)
            taken[j] = None
    return [found for i, group in enumerate(groups) if (found := taken.get(i, group))]


def _possible(old: Piece, new: Piece, *, lead: bool) -> bool:
    if not _one_speaker(old.speaker, new.speaker):
        return False
    stance = wording.stance(old.words)
    leads = lead and old.first and new.first and bool(wording.meaning(old.words) & wording.meaning(new.words))
    return leads or (stance is not None and stance == wording.stance(new.words))


def _one_speaker(left: str, right: str) -> bool:
    return left == right or UNRESOLVED in (left, right)


def _relation(left: Piece, right: Piece, *, possible: bool) -> Agreement:
    """How two renderings of one utterance stand to each other."""
    if left.told and right.told and not _one_speaker(left.speaker, right.speaker):
        return Agreement.CONFLICT
    if wording.same(left.words, right.words):
        return Agreement.AGREED
    return Agreement.CONFLICT if wording.opposed(left.words, right.words) and not possible else Agreement.VARIANT
