"""The report of meetings and their diffs, as one HTML file."""

from collections.abc import Sequence

from extractor.report import words
from extractor.report.page import anchor, href, page
from extractor.schemas import Evidence, Meeting, MeetingDiff, Section, Side


def render_html(meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff]) -> str:
    """The whole report: an overview of all meetings, then each meeting with its diff in sections."""
    pairs = words.pair(meetings, diffs)
    return page(
        "report",
        words=words,
        fields=words.FIELDS,
        legend=words.LEGEND,
        anchor=anchor,
        href=href,
        in_place=in_place,
        tone=tone,
        bar=bar,
        counts=counts,
        source_of=source_of,
        tally=tally,
        pairs=sorted(pairs, key=lambda pair: pair[0].role == "background"),
        roles=("reported", "background"),
        articles=len({account.article for meeting in meetings for account in meeting.accounts}),
        decide=sum(words.to_decide(meeting, diff) for meeting, diff in pairs),
    )


def in_place(side: Side) -> Evidence | None:
    """The evidence that can be shown as the side's own words in their context, so that they stand once."""
    if len(side.evidence) == 1 and side.evidence[0].grounded and side.evidence[0].exact == side.text:
        return side.evidence[0]
    return None


def tone(label: str) -> int:
    """Which of the four inks a source's letter is printed in."""
    return sum(map(ord, label)) % 4


def source_of(diff: MeetingDiff, label: str) -> str:
    """The name of the source with this letter."""
    return next((source.source for source in diff.sources if source.label == label), "")


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
        f"{_count(reported, 'reported meeting')} and {_count(len(pairs) - reported, 'background meeting')}, "
        f"told by {_count(articles, 'article')}. {_count(decide, 'item')} to decide."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bar(weight: int) -> int:
    """Length of a signal's bar in units of its drawing."""
    return min(abs(weight), 20)
