"""Compare: what a new run makes of the meetings of an old one. Values, no markup.

    ids that both have ──> accounts, then articles ──> groups ──> differences
    the same accounts      what `lineage` tells         old with    changes of
                           both ways                    new         values

Both ways, so that the comparison of new with old is the mirror of this one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.changes import changes
from extractor.lineage import Members, fates, members
from extractor.rows import title
from extractor.schemas import Compared, ComparedSide, Difference, Maker, Meeting, MeetingComparison, RunComparison

Link = tuple[str, str]
"""The ids of an old meeting and of a new one that it has become, or become a part of."""


class Group(NamedTuple):
    """Old and new meetings that hang together, by their ids in order."""

    was: tuple[str, ...]
    now: tuple[str, ...]


def compare(old: Iterable[Meeting], new: Iterable[Meeting], names: tuple[str, str] = ("old", "new")) -> RunComparison:
    """What became of each old meeting, and which are new; in any order of the meetings the same.

    `names` are what people call the two sides. Ids are unique on each side.
    """
    before, after = ({one.id: one for one in some} for some in (old, new))
    found = groups(members(before.values()), members(after.values()))
    told = [_told([before[id_] for id_ in one.was], [after[id_] for id_ in one.now]) for one in found]
    order = {difference: place for place, difference in enumerate(Difference)}
    return RunComparison(
        old=_side(names[0], before.values()),
        new=_side(names[1], after.values()),
        same=told.count(None),
        differences=tuple(sorted(filter(None, told), key=lambda one: (order[one.difference], *map(_ids, _sides(one))))),
    )


def groups(old: Members, new: Members) -> list[Group]:
    """Old and new meetings that hang together, directly or through others; and each that hangs with none, alone."""
    near: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for was, now in links(old, new):
        near[0, was].append((1, now))
        near[1, now].append((0, was))
    found, seen = [], set()
    for start in (*((0, id_) for id_ in sorted(old)), *((1, id_) for id_ in sorted(new))):
        if start in seen:
            continue
        reached, waiting = {start}, [start]
        while waiting:
            fresh = [one for one in near[waiting.pop()] if one not in reached]
            reached.update(fresh)
            waiting += fresh
        seen |= reached
        found.append(Group(*(tuple(sorted(id_ for side, id_ in reached if side == which)) for which in (0, 1))))
    return found


def links(old: Members, new: Members) -> set[Link]:
    """Which new meetings each old one has become.

    By accounts at first; accounts that are no more go by their articles. Where
    an article tells of several meetings, those most alike are linked first,
    and what is left of both sides after them.
    """
    found = {(id_, id_) for id_ in old.keys() & new.keys()}
    left, right = _without(old, new.keys()), _without(new, old.keys())
    while fresh := _mutual(left, right):
        found |= fresh
        left, right = _without(left, {was for was, _ in fresh}), _without(right, {now for _, now in fresh})
    return found


def _mutual(old: Members, new: Members) -> set[Link]:
    """The links that hold in both directions."""
    forth, back = fates(old, new), fates(new, old)
    return {(was, now) for was, fate in forth.items() for now in fate.heirs if was in back[now].heirs}


def _without(meetings: Members, ids: Iterable[str]) -> Members:
    left_out = frozenset(ids)
    return {id_: accounts for id_, accounts in meetings.items() if id_ not in left_out}


def _told(was: Sequence[Meeting], now: Sequence[Meeting]) -> MeetingComparison | None:
    """What became of meetings that hang together; None where nothing did."""
    if list(was) == list(now):
        return None
    found = tuple(changes(was, now))
    return MeetingComparison(
        difference=_difference(len(was), len(now), changed=bool(found)),
        was=tuple(map(_compared, was)),
        now=tuple(map(_compared, now)),
        changes=found,
    )


def _difference(was: int, now: int, *, changed: bool) -> Difference:
    """What so many meetings that became so many others are called."""
    if not was or not now:
        return Difference.GONE if was else Difference.NEW
    if was == now == 1:
        return Difference.CHANGED if changed else Difference.SAME_VALUES
    return Difference.SPLIT if was == 1 else Difference.JOINED if now == 1 else Difference.REGROUPED


def _compared(meeting: Meeting) -> Compared:
    return Compared(id=meeting.id, title=title(meeting), role=meeting.role, sources=meeting.accounts)


def _sides(one: MeetingComparison) -> Iterator[tuple[Compared, ...]]:
    """The side that it goes by, then the other."""
    yield one.now or one.was
    yield one.was


def _ids(some: Iterable[Compared]) -> tuple[str, ...]:
    return tuple(one.id for one in some)


def _side(name: str, meetings: Collection[Meeting]) -> ComparedSide:
    accounts = {ref.id: ref for meeting in meetings for ref in meeting.accounts}
    makers = Counter((ref.model, ref.extraction) for ref in accounts.values())
    return ComparedSide(
        name=name,
        meetings=len(meetings),
        articles=len({ref.article for ref in accounts.values()}),
        makers=tuple(_maker(makers)),
    )


def _maker(found: Mapping[tuple[str, str], int]) -> Iterator[Maker]:
    """Who made most comes first."""
    for (model, extraction), accounts in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield Maker(model=model, extraction=extraction, accounts=accounts)
