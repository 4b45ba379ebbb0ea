"""The report of meetings and their diffs, as one HTML file; and the full texts beside it where it is large."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from extractor.report import charts, sections, words
from extractor.report.fulltext import file_name, full_texts, place
from extractor.report.page import href, page
from extractor.schemas import Article, Evidence, Meeting, MeetingDiff, Section

Texts = Mapping[str, Article]
"""Articles by their id."""

NO_TEXTS: Texts = MappingProxyType({})
IN_PAGE = 200
"""Meetings whose full texts still stand in the page."""


def render_html(
    meetings: Sequence[Meeting],
    diffs: Sequence[MeetingDiff],
    *,
    texts: Texts = NO_TEXTS,
    beside: str = "",
) -> str:
    """The whole report: an overview of all meetings, then each meeting with its diff in sections.

    `texts` are shown in full, with all evidence marked. In a report of more
    than `IN_PAGE` meetings they are linked in the folder `beside` it, a file
    a meeting, and left out where there is no such folder.
    """
    pairs = sections.pair(meetings, diffs)
    within = len(meetings) <= IN_PAGE
    drawn = meetings if len(meetings) > 1 else ()  # one alone makes no picture
    axis, topics = charts.topics(drawn)
    reachable = texts if within or beside else NO_TEXTS
    return page(
        "report",
        legend=words.LEGEND,
        counts=counts,
        tally=tally,
        also=also,
        pairs=sorted(pairs, key=lambda pair: pair[0].role == "background"),
        roles=("reported", "background"),
        articles=len({account.article for meeting in meetings for account in meeting.accounts}),
        decide=sum(words.to_decide(meeting, diff) for meeting, diff in pairs),
        timeline=charts.timeline(drawn),
        matrix=charts.matrix(drawn),
        topics=topics,
        topics_axis=axis,
        full_texts=lambda meeting, diff: list(full_texts(meeting, diff, reachable)) if within else [],
        texts_at=lambda meeting: _beside(meeting, reachable, beside) if not within else None,
        place_of=_places(reachable, "" if within else beside),
        back="",
        large=not within,
    )


def render_texts(
    meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff], texts: Texts, *, report: str
) -> Iterator[tuple[str, str]]:
    """The full texts of each meeting as a page of its own, with its file's name; marked words lead to the `report`."""
    for meeting, diff in sections.pair(meetings, diffs):
        found = list(full_texts(meeting, diff, texts))
        if found:
            title = words.title(meeting, diff)
            yield file_name(meeting.id), page("texts", meeting=meeting, title=title, found=found, back=report)


def counts(meeting: Meeting, diff: MeetingDiff | None) -> tuple[tuple[str, int], ...]:
    """The figures of a line of the overview, each with its name."""
    ungrounded = diff.section(Section.UNGROUNDED) if diff else [c for c in meeting.claims if not c.grounded]
    return (
        ("Accounts", len(meeting.accounts)),
        ("To decide", words.to_decide(meeting, diff)),
        ("Warnings", len(diff.section(Section.WARNINGS) if diff else meeting.warnings)),
        ("Ungrounded", len(ungrounded)),
    )


def tally(pairs: Sequence[tuple[Meeting, MeetingDiff | None]], articles: int, decide: int) -> str:
    """The report in a sentence or two."""
    reported = sum(meeting.role == "reported" for meeting, _ in pairs)
    return (
        f"{words.count(reported, 'reported meeting')} and {words.count(len(pairs) - reported, 'background meeting')}, "
        f"told by {words.count(articles, 'article')}. {words.count(decide, 'item')} to decide."
    )


def also(meeting: Meeting) -> str:
    """What a meeting is found by beside the words of its line: people, topics, sources, the gathering, the id."""
    people = [name for person in meeting.participants for name in person.names]
    sources = [account.source for account in meeting.accounts]
    found = [*people, *(topic.value for topic in meeting.topics), *sources, meeting.host_event.value or "", meeting.id]
    return " ".join(dict.fromkeys(found))


def _places(texts: Texts, beside: str) -> Callable[[MeetingDiff, Evidence], str | None]:
    """What gives the link to the place of evidence in its full text, or None where that is not at hand."""

    def place_of(diff: MeetingDiff, evidence: Evidence) -> str | None:
        if evidence.start is None or evidence.article not in texts:
            return None
        return (f"{beside}/{file_name(diff.meeting)}" if beside else "") + href(
            diff.meeting, place(evidence.article, evidence.start)
        )

    return place_of


def _beside(meeting: Meeting, texts: Texts, folder: str) -> str | None:
    there = any(account.article in texts for account in meeting.accounts)
    return f"{folder}/{file_name(meeting.id)}" if there else None
