"""Diff: what the accounts of one meeting say differently. Values, no markup.

Each item stands in one section and links to the items of others that it
belongs to. A meeting with one account has a diff as well: all of it is what
that account alone says, with its doubts.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractor.rows import Rows, title
from extractor.schemas import Meeting, MeetingDiff, Row, Section


def diff(meeting: Meeting, others: Iterable[Meeting] = ()) -> MeetingDiff:
    """The diff of a meeting; `others` are the meetings among which background of the same articles is found."""
    view = Rows(meeting)
    rows = [
        *view.fields(),
        *view.parties(),
        *view.people(),
        *view.items("distinctions", "Distinction", meeting.distinctions),
        *view.items("topics", "Topic", meeting.topics),
        *view.utterances("outcomes", meeting.outcomes),
        *view.utterances("statements", meeting.statements),
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
