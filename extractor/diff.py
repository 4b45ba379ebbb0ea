"""Diff: what the accounts of one meeting say differently. Values, no markup.

Each item stands in one section and links to the items of others that it
belongs to. A meeting with one account has a diff as well: all of it is what
that account alone says, with its doubts.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractor.rows import Rows, title
from extractor.schemas import Aligned, Meeting, MeetingDiff, Row, Section, Side, Spoken


def diff(meeting: Meeting, others: Iterable[Meeting] = ()) -> MeetingDiff:
    """The diff of a meeting; `others` are the meetings among which background of the same articles is found."""
    view = Rows(meeting)
    statements = list(view.utterances("statements", meeting.statements))
    rows = [
        *view.fields(),
        *view.parties(),
        *view.people(),
        *view.items("distinctions", "Distinction", meeting.distinctions),
        *view.items("topics", "Topic", meeting.topics),
        *view.utterances("outcomes", meeting.outcomes),
        *statements,
        *view.warnings(),
        *view.ungrounded(),
        *view.background(others),
    ]
    order = {section: i for i, section in enumerate(Section)}
    return MeetingDiff(
        meeting=meeting.id,
        title=title(meeting),
        role=meeting.role,
        sources=meeting.accounts,
        score=meeting.why.score,
        signals=meeting.why.signals,
        rows=tuple(sorted(_linked(rows), key=lambda row: order[row.section])),
        statements=_side_by_side(meeting, statements) if len(meeting.accounts) > 1 else (),
    )


def undecided(diffs: Iterable[MeetingDiff]) -> int:
    """How many items wait for a person."""
    return sum(len(d.section(Section.TO_DECIDE)) for d in diffs)


def _linked(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows that rest on the same sentence of an account are linked with each other."""
    shared: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for side in row.sides:
            if row.field in ("statements", "outcomes") and (side.whole or any(s.whole for s in row.sides)):
                shared.setdefault((side.account, side.whole or side.text), []).append(row.id)
    present = {row.id for row in rows}
    for row in rows:
        near = (id_ for ids in shared.values() if row.id in ids for id_ in ids if id_ != row.id)
        links = dict.fromkeys([*(link for link in row.links if link in present), *near])
        yield row.model_copy(update={"links": tuple(links)})


def _side_by_side(meeting: Meeting, rows: Sequence[Row]) -> tuple[Aligned, ...]:
    """Each statement once, with what the accounts say of it; rows that share a sentence stand together."""
    together: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        known = {id(together[key]): together[key] for key in _sentences(row) if key in together}
        band = [*(other for others in known.values() for other in others), row]
        together.update((key, band) for other in band for key in _sentences(other))
    bands = list({id(band): band for band in together.values()}.values())
    speakers = {statement.id: statement.speaker for statement in meeting.statements}
    order = _in_order([account.id for account in meeting.accounts], bands)
    return tuple(
        Aligned(speaker=", ".join(dict.fromkeys(speakers[row.id] for row in band)), sides=tuple(_spoken(band)))
        for band in order
    )


def _in_order(accounts: Sequence[str], bands: Sequence[list[Row]]) -> list[list[Row]]:
    """In the order of the first text; what only another has, behind what goes before it there."""
    order: list[list[Row]] = []
    for account in accounts:
        told = [(start, i) for i, band in enumerate(bands) if (start := _start(band, account)) is not None]
        at = 0
        for _, i in sorted(told):
            placed = next((place for place, band in enumerate(order) if band is bands[i]), None)
            if placed is None:
                order.insert(at, bands[i])
            at = (at if placed is None else placed) + 1
    return order


def _spoken(band: Sequence[Row]) -> Iterator[Spoken]:
    """The sentences of a band, by account and place; one that covers several rows once."""
    found: dict[tuple[str, str], list[tuple[Row, Side]]] = {}
    for row in band:
        for side in row.sides:
            found.setdefault((side.account, side.whole or side.text), []).append((row, side))
    for (account, text), said in sorted(found.items(), key=lambda one: (one[1][0][1].label, _place(one[1][0][1]))):
        marks = {mark for _, side in said for mark in _moved(side)}
        ids = tuple(dict.fromkeys(row.id for row, _ in said))
        yield Spoken(label=said[0][1].label, account=account, text=text, marks=tuple(sorted(marks)), rows=ids)


def _sentences(row: Row) -> list[tuple[str, str]]:
    return [(side.account, side.whole or side.text) for side in row.sides]


def _start(band: Iterable[Row], account: str) -> int | None:
    return min((_place(side) for row in band for side in row.sides if side.account == account), default=None)


def _place(side: Side) -> int:
    """Where the side's words begin in their article; what was not found there stands at its front."""
    return min((evidence.start for evidence in side.evidence if evidence.start is not None), default=0)


def _moved(side: Side) -> Iterator[tuple[int, int]]:
    """The side's marks in its whole sentence."""
    by = (side.whole or side.text).find(side.text)
    return ((start + by, end + by) for start, end in side.marks if by >= 0)
