"""The report as one HTML file that asks nothing of anybody.

Style and script stand in the page and are named in its Content-Security-Policy
(W3C CSP 3) by their SHA-256; everything else is forbidden, so an article could
load nothing and run nothing even if its text were not escaped. It is escaped.
"""

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor.report import words
from extractor.schemas import Evidence, Meeting, MeetingDiff, Section, Side


def render_html(meetings: Sequence[Meeting], diffs: Sequence[MeetingDiff]) -> str:
    """The whole report: an overview of all meetings, then each meeting with its diff in sections."""
    loader = PackageLoader("extractor.report", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
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
    )
    style, script = (Markup(loader.get_source(environment, name)[0]) for name in ("report.css", "report.js"))  # noqa: S704 - our own files
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )
    pairs = words.pair(meetings, diffs)
    return environment.get_template("report.html.j2").render(
        pairs=sorted(pairs, key=lambda pair: pair[0].role == "background"),
        roles=("reported", "background"),
        articles=len({account.article for meeting in meetings for account in meeting.accounts}),
        decide=sum(words.to_decide(meeting, diff) for meeting, diff in pairs),
        style=style,
        script=script,
        policy=policy,
    )


def anchor(meeting: str, part: str = "") -> str:
    """The `id` of a meeting or of a part of it; without white space, as HTML demands."""
    return "-".join(f"{meeting}.{part}".rstrip(".").split())


def href(meeting: str, part: str = "") -> str:
    """The link to that `id` inside the page."""
    return f"#{quote(anchor(meeting, part))}"


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


def _safe(value: object) -> object:
    return value if isinstance(value, Markup) or not isinstance(value, str) else words.plain(value)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
