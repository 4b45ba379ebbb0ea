"""Invented meetings and diffs for the tests of the reports. No person or event in them is real."""

from collections.abc import Sequence
from typing import Any

from extractor.schemas import (
    AccountRef,
    Agreement,
    Aligned,
    Article,
    Claim,
    DecisionLine,
    Evidence,
    Field,
    Grounding,
    Item,
    Meeting,
    MeetingDiff,
    Outcome,
    Participant,
    Rendering,
    Row,
    Section,
    Side,
    Signal,
    Spoken,
    Statement,
    Status,
    Warning,  # noqa: A004 - the record
    WarningCode,
    Why,
)

TEXTS = {
    "A": (
        "KISUMU (Lakeside Courier) - Foreign Minister Amina Wekesa held a trilateral meeting with her Ethiopian and "
        "Ugandan counterparts in Kisumu on Thursday, confirming that they would share daily readings of the lake. "
        "The talks lasted about two hours. “The open and common use of these waters, based on agreed rules, is now "
        "being tested,” Wekesa said. She added that she was deeply worried about upstream dredging. The meeting was "
        "held on the sidelines of the assembly of the Great Lakes Forum. Ethiopian Foreign Minister Dawit Bekele "
        "mentioned the spread of illegal fishing and increasingly determined claims by traders. “Patience and shared "
        "figures between neighbours matter more today than ever,” Bekele said. Ugandan Foreign Minister Ruth "
        "Nakato-Okello said that she looks forward to an even closer partnership."
    ),
    "B": (
        "ENTEBBE - The foreign ministers of Kenya, Ethiopia and Uganda met in Kenya on the 6th (local time) to talk "
        "about the lake, and decided to share daily readings of it. Minister Ruth Nakato, Ethiopia’s Dawit Bekele and "
        "Kenya’s Amina Wekesa met in Kisumu, Kenya, during the Great Lakes Forum. It was the first meeting of the "
        "three this year. “Illegal fishing is spreading and traders make increasingly aggressive claims, and patience "
        "and shared figures between neighbours matter more today than ever,” Bekele said. “I hope for a frank and "
        "useful exchange,” Nakato said. “The free and common use of these waters, based on rules, is being tested,” "
        "he said, meaning Wekesa. “We protected the gauges,” “and we will do so again,” a spokesperson wrote. "
        "The ministry in Kampala said “work on the shared survey goes on."
    ),
    "C": (
        "Ministers of three lake states sat down in Kisumu on 6 March. Kenya’s Amina Wekesa called for calm. "
        "“Shared figures between neighbours matter more today than ever,” Dawit Bekele told them."
    ),
}
NAMES = {"A": "The Lakeside Courier", "B": "Rift Valley Wire", "C": "湖畔新聞 (Kohan Shimbun)"}
PUBLISHED = {"A": "2031-03-07", "B": None, "C": "2031-03-08"}
DECISIONS = (
    DecisionLine(
        number=3,
        kind="pick",
        title="Level",
        value="ministers",
        actor="Ines Okoro",
        reason="Both read-outs list ministers.",
        made_at="2031-04-01T09:30:00Z",
        state="in force",
    ),
    DecisionLine(
        number=5,
        kind="keep both",
        title="Statement, Amina Wekesa",
        actor="Ines Okoro",
        made_at="2031-04-02T11:05:00Z",
        state="stale",
    ),
)
MEETING = "2031-03-06-kisumu-eth-ken-uga-4be1d7"


def article(label: str) -> str:
    """The id of an invented article."""
    return label.lower() * 64


def articles(labels: str = "AB") -> dict[str, Article]:
    """The invented articles, by their ids."""
    return {article(label): Article(id=article(label), text=TEXTS[label], sentences=()) for label in labels}


def evidence(label: str, exact: str, grounding: Grounding = Grounding.VERBATIM) -> Evidence:
    """Evidence for words of an invented article, with their context."""
    if grounding is Grounding.UNGROUNDED:
        return Evidence(article=article(label), start=None, end=None, exact=exact, grounding=grounding)
    text = TEXTS[label]
    start = text.index(exact)
    end = start + len(exact)
    return Evidence(
        article=article(label),
        start=start,
        end=end,
        exact=exact,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        grounding=grounding,
    )


def side(
    label: str,
    text: str,
    value: str | None = None,
    *,
    marks: Sequence[str] = (),
    whole: str | None = None,
    grounding: Grounding = Grounding.VERBATIM,
) -> Side:
    """What one account says; `marks` are the words to emphasise."""
    return Side(
        label=label,
        account=f"a-{label.lower()}",
        value=value or text,
        text=text,
        whole=whole,
        marks=tuple((text.index(word), text.index(word) + len(word)) for word in marks),
        evidence=(evidence(label, whole or text, grounding),),
    )


def sources(labels: str = "AB") -> tuple[AccountRef, ...]:
    """The invented sources with these letters."""
    return tuple(
        AccountRef(
            id=f"a-{label.lower()}",
            label=label,
            article=article(label),
            origin=article(label),
            source=NAMES[label],
            published=PUBLISHED[label],
            role="reported",
        )
        for label in labels
    )


def row(
    ident: str,
    section: Section,
    title: str,
    *sides: Side,
    agreement: Agreement | None = None,
    value: str | None = None,
    note: str | None = None,
    rule: str | None = None,
    item: str | None = None,
    links: Sequence[str] = (),
) -> Row:
    """One row; its field is the id's first part."""
    return Row(
        id=ident,
        section=section,
        field=ident.split(".")[0],
        title=title,
        agreement=agreement,
        value=value,
        note=note,
        rule=rule,
        item=item,
        sides=sides,
        links=tuple(links),
    )


def spoken(side: Side, *rows: str) -> Spoken:
    """A side's sentence in the view of statements, with the rows that it covers."""
    text = side.whole or side.text
    by = text.index(side.text)
    marks = tuple((start + by, end + by) for start, end in side.marks)
    return Spoken(label=side.label, account=side.account, text=text, marks=marks, rows=rows)


def diff(labels: str = "AB") -> MeetingDiff:
    """The diff of the invented Kisumu meeting: two accounts, or three."""
    three = "C" in labels
    whole = (
        "Illegal fishing is spreading and traders make increasingly aggressive claims, and patience "
        "and shared figures between neighbours matter more today than ever,"
    )
    cooperation = [
        side("A", "Patience and shared figures between neighbours matter more today than ever,"),
        side("B", "patience and shared figures between neighbours matter more today than ever,", whole=whole),
        *([side("C", "Shared figures between neighbours matter more today than ever,")] if three else []),
    ]
    dates = [
        side("A", "on Thursday", "2031-03-06"),
        side("B", "on the 6th (local time)", "XXXX-XX-06"),
        *([side("C", "on 6 March", "XXXX-03-06")] if three else []),
    ]
    to_decide, only, compatible = Section.TO_DECIDE, Section.ONLY, Section.COMPATIBLE
    single, variant, conflict, agreed = Agreement.SINGLE, Agreement.VARIANT, Agreement.CONFLICT, Agreement.AGREED
    rows = [
        row(
            "statements.3f",
            to_decide,
            "Statement, Amina Wekesa",
            side(
                "A",
                "The open and common use of these waters, based on agreed rules, is now being tested,",
                marks=("open", "agreed", "now"),
            ),
            side(
                "B",
                "The free and common use of these waters, based on rules, is being tested,",
                marks=("free",),
            ),
            agreement=variant,
            note="Two renderings of the same words; keep both, or pick one to lead.",
            item="f-3fa2b1c9",
            links=("warnings.1",),
        ),
        row(
            "statements.7a",
            to_decide,
            "Statement, Dawit Bekele",
            side("A", "increasingly determined claims by traders", marks=("determined", "by traders")),
            side("B", "traders make increasingly aggressive claims", marks=("traders make", "aggressive"), whole=whole),
            agreement=conflict,
            note="A paraphrases what B quotes.",
            links=("statements.7b",),
        ),
        row(
            "outcomes.1",
            to_decide,
            "Outcome, verb",
            side("A", "confirming", marks=("confirming",)),
            side("B", "decided", marks=("decided",)),
            agreement=conflict,
            value="confirming",
            rule="the primary source leads",
        ),
        row(
            "duration",
            only,
            "Duration",
            side("A", "about two hours", "PT2H"),
            agreement=single,
            value="PT2H",
        ),
        row(
            "statements.9",
            only,
            "Statement, Amina Wekesa",
            side("A", "she was deeply worried about upstream dredging"),
            agreement=single,
        ),
        row(
            "distinctions.1",
            only,
            "Distinction",
            side("B", "the first meeting of the three this year"),
            agreement=single,
        ),
        row(
            "statements.b2",
            only,
            "Statement, Ruth Nakato",
            side("B", "I hope for a frank and useful exchange,"),
            agreement=single,
        ),
        row("date", compatible, "Date", *dates, agreement=Agreement.COMPATIBLE, value="2031-03-06"),
        row(
            "participants.2",
            compatible,
            "Participant, Ruth Nakato-Okello",
            side("A", "Ruth Nakato-Okello", marks=("-Okello",)),
            side("B", "Ruth Nakato"),
            agreement=Agreement.COMPATIBLE,
            value="Ruth Nakato-Okello",
        ),
        row(
            "warnings.1",
            Section.WARNINGS,
            "Pronoun mismatch",
            side("B", "he said, meaning Wekesa"),
            note="Another account uses “she” for Amina Wekesa.",
            links=("statements.3f",),
        ),
        row(
            "warnings.2",
            Section.WARNINGS,
            "Broken quotation",
            side("B", "We protected the gauges,” “and we will do so again"),
            note="One quotation follows another with no words between them.",
        ),
        row(
            "level",
            Section.DECIDED,
            "Level",
            side("A", "Foreign Minister", "ministers"),
            side("B", "foreign ministers", "ministers"),
            agreement=Agreement.DECIDED,
            value="ministers",
            rule="decided by a person",
        ),
        row("city", Section.AGREED, "City", side("A", "Kisumu"), side("B", "Kisumu"), agreement=agreed, value="Kisumu"),
        row(
            "host_event",
            Section.AGREED,
            "Host event",
            side("A", "Great Lakes Forum"),
            side("B", "Great Lakes Forum"),
            agreement=agreed,
            value="Great Lakes Forum",
        ),
        row("statements.7b", Section.AGREED, "Statement, Dawit Bekele", *cooperation, agreement=agreed),
    ]
    if three:
        call = side("C", "called for calm", grounding=Grounding.VERBATIM)
        rows.append(row("statements.c1", only, "Statement, Amina Wekesa", call, agreement=single))
        lost = side("C", "we will meet again in April", grounding=Grounding.UNGROUNDED)
        rows.append(row("statements.c2", Section.UNGROUNDED, "Statement, Dawit Bekele", lost))
    signals = [
        Signal(name="date", weight=9, left="2031-03-06", right="XXXX-XX-06", accounts=("a-a", "a-b")),
        Signal(name="parties", weight=12, left="ETH KEN UGA", right="ETH KEN UGA", accounts=("a-a", "a-b")),
        Signal(name="place", weight=8, left="Kisumu", right="Kisumu, Kenya", accounts=("a-a", "a-b")),
        Signal(name="shared_words", weight=14, left="matter more", right="matter more", accounts=("a-a", "a-b")),
        Signal(name="duration", weight=-2, left="PT2H", right="not stated", accounts=("a-a", "a-b")),
    ]
    if three:
        signals.append(Signal(name="date", weight=6, left="2031-03-06", right="XXXX-03-06", accounts=("a-a", "a-c")))
    said = {one.id: one.sides for one in rows}
    view: list[tuple[str, list[Spoken]]] = [
        ("Amina Wekesa", [spoken(one, "statements.3f") for one in said["statements.3f"]]),
        ("Amina Wekesa", [spoken(said["statements.9"][0], "statements.9")]),
        (
            "Dawit Bekele",
            [
                spoken(said["statements.7a"][0], "statements.7a"),
                spoken(cooperation[0], "statements.7b"),
                spoken(said["statements.7a"][1], "statements.7a", "statements.7b"),
                *(spoken(one, "statements.7b") for one in cooperation[2:]),
            ],
        ),
        ("Ruth Nakato", [spoken(said["statements.b2"][0], "statements.b2")]),
        *([("Amina Wekesa", [spoken(said["statements.c1"][0], "statements.c1")])] if three else []),
    ]
    return MeetingDiff(
        meeting=MEETING,
        title="Trilateral ministers’ meeting, Kisumu, 2031-03-06",
        role="reported",
        sources=sources(labels),
        score=41,
        signals=tuple(signals),
        rows=tuple(rows),
        statements=tuple(Aligned(speaker=speaker, sides=tuple(sides)) for speaker, sides in view),
    )


def claim(label: str, field: str, text: str, value: str | None = None, about: str | None = None) -> Claim:
    """A claim of an invented account."""
    return Claim(
        id=f"c-{label.lower()}-{field}-{text[:8]}".replace(" ", "_"),
        account=f"a-{label.lower()}",
        field=field,
        value=value or text,
        text=text,
        evidence=(evidence(label, text),),
        about=about,
    )


NOTHING = Field(value=None, status=Status.NOT_STATED)


def meeting(labels: str = "AB", ident: str = MEETING) -> Meeting:
    """The record of the invented Kisumu meeting."""
    date_a, date_b = claim("A", "date", "on Thursday", "2031-03-06"), claim("B", "date", "on the 6th (local time)")
    city_a, city_b = claim("A", "city", "Kisumu"), claim("B", "city", "Kisumu")
    duration = claim("A", "duration", "about two hours", "PT2H")
    event_a, event_b = claim("A", "host_event", "Great Lakes Forum"), claim("B", "host_event", "Great Lakes Forum")
    people = [
        (claim("A", "participants", "Amina Wekesa"), claim("B", "participants", "Amina Wekesa"), "KEN"),
        (claim("A", "participants", "Dawit Bekele"), claim("B", "participants", "Dawit Bekele"), "ETH"),
        (claim("A", "participants", "Ruth Nakato-Okello"), claim("B", "participants", "Ruth Nakato"), "UGA"),
    ]
    party = claim("B", "parties", "Kenya, Ethiopia and Uganda", "ETH KEN UGA")
    first = claim("B", "distinctions", "the first meeting of the three this year")
    topic = claim("A", "topics", "illegal fishing")
    open_a = "The open and common use of these waters, based on agreed rules, is now being tested,"
    open_b = "The free and common use of these waters, based on rules, is being tested,"
    share_a, share_b = "share daily readings of the lake", "share daily readings of it"
    dredging = "she was deeply worried about upstream dredging"

    def rendering(label: str, text: str, kind: str, verb: str | None = None) -> Rendering:
        return Rendering(
            account=f"a-{label.lower()}",
            claim=f"c-{text[:6]}",
            text=text,
            kind=kind,
            verb=verb,
            evidence=(evidence(label, text),),
        )

    both = Agreement.AGREED
    claims = [date_a, date_b, city_a, city_b, duration, event_a, event_b, party, first, topic]
    return Meeting(
        id=ident,
        role="reported",
        configuration="trilateral",
        occurrence=Field(value="held", status=Status.STATED, agreement=both),
        level=Field(value="ministers", status=Status.STATED, agreement=both),
        format=Field(value="in_person", status=Status.INFERRED),
        date=Field(
            value="2031-03-06",
            status=Status.STATED,
            agreement=Agreement.COMPATIBLE,
            claims=(date_a.id, date_b.id),
            rule="the finer date leads",
        ),
        time_text=NOTHING,
        duration=Field(value="PT2H", status=Status.STATED, agreement=Agreement.SINGLE, claims=(duration.id,)),
        place=Field(value="Kisumu", status=Status.STATED, agreement=both, claims=(city_a.id,)),
        venue=NOTHING,
        city=Field(value="Kisumu", status=Status.STATED, agreement=both, claims=(city_a.id, city_b.id)),
        country=Field(value="KEN", status=Status.STATED, agreement=Agreement.SINGLE),
        host_event=Field(
            value="Great Lakes Forum", status=Status.STATED, agreement=both, claims=(event_a.id, event_b.id)
        ),
        parties=tuple(Item(value=code, agreement=both, claims=(party.id,)) for code in ("ETH", "KEN", "UGA")),
        participants=tuple(
            Participant(
                name=a.text,
                names=tuple(dict.fromkeys((a.text, b.text))),
                office=Field(value="Foreign Minister", status=Status.STATED, agreement=both),
                represents=Field(value=code, status=Status.STATED, agreement=both),
                role="principal",
                agreement=both if a.text == b.text else Agreement.COMPATIBLE,
                claims=(a.id, b.id),
            )
            for a, b, code in people
        ),
        distinctions=(Item(value=first.text, agreement=Agreement.SINGLE, claims=(first.id,)),),
        topics=(Item(value="illegal fishing", agreement=Agreement.SINGLE, claims=(topic.id,)),),
        outcomes=(
            Outcome(
                id="o-1",
                kind="commitment",
                verb="confirming",
                text=share_a,
                agreement=Agreement.CONFLICT,
                renderings=(
                    rendering("A", share_a, "commitment", "confirming"),
                    rendering("B", share_b, "commitment", "decided"),
                ),
            ),
        ),
        statements=(
            Statement(
                id="s-1",
                speaker="Amina Wekesa",
                kind="direct",
                text=open_a,
                setting="talks",
                agreement=Agreement.VARIANT,
                renderings=(rendering("A", open_a, "direct"), rendering("B", open_b, "direct")),
            ),
            Statement(
                id="s-2",
                speaker="Amina Wekesa",
                via="a spokesperson",
                kind="indirect",
                text=dredging,
                setting="unknown",
                agreement=Agreement.SINGLE,
                renderings=(rendering("A", dredging, "indirect"),),
            ),
        ),
        accounts=sources(labels),
        claims=(*claims, *(c for a, b, _ in people for c in (a, b))),
        why=Why(score=41),
        warnings=(
            Warning(
                code=WarningCode.PRONOUN_MISMATCH,
                message="Another account uses “she” for Amina Wekesa.",
                account="a-b",
                evidence=(evidence("B", "he said, meaning Wekesa"),),
            ),
        ),
    )


def background() -> tuple[Meeting, MeetingDiff]:
    """A meeting of one account that is only recalled, and its diff."""
    ident = "2028-09-mwanza-ken-tza-77aa10"
    record = meeting("B", ident).model_copy(
        update={
            "role": "background",
            "configuration": "bilateral",
            "date": Field(value="2028-09", status=Status.STATED, agreement=Agreement.SINGLE),
            "city": Field(value="Mwanza", status=Status.STATED, agreement=Agreement.SINGLE),
            "parties": tuple(Item(value=code, agreement=Agreement.SINGLE, claims=()) for code in ("KEN", "TZA")),
            "participants": (),
            "outcomes": (),
            "statements": (),
            "warnings": (),
        }
    )
    rows = (row("city", Section.ONLY, "City", side("B", "Kisumu", "Mwanza"), agreement=Agreement.SINGLE),)
    return record, MeetingDiff(
        meeting=ident,
        title="Bilateral meeting, Mwanza, 2028-09",
        role="background",
        sources=sources("B"),
        score=None,
        signals=(),
        rows=rows,
    )


HOSTILE = {
    "closing a script": "</script><script>alert(1)</script>",
    "closing a style": "</style></title></svg><b>",
    "an image": "<img src=x onerror=alert(1)>",
    "leaving an attribute": "\"><svg onload=alert(1)>' onmouseover='alert(1)",
    "a comment": "<!-- the rest is gone --!> ]]> <![CDATA[",
    "a template": "{{ 7 * 7 }}{% raise %}${7*7}",
    "a Markdown link": "[click](javascript:alert(1)) <javascript:alert(1)> [a]: http://host.example",
    "a Markdown image": "![seen](http://host.example/seen.png)",
    "bare addresses": "http://host.example www.host.example someone@host.example",
    "Markdown blocks": "# heading\n\n- list\n\n| a | b |\n|---|---|\n\n```\n> quote\n1. one",
    "Markdown spans": "**bold** _it_ `code` ~~gone~~ ``` \\",
    "terminal colours": "\x1b[31mred\x1b[2J\x1b]8;;http://host.example\x07link\x9b31m\r\x08\x7f",
    "rich markup": "[bold red]shout[/bold red] [link=http://host.example]x[/link] :smiley:",
    "turned round": "abc \u202e evil \u2066 \u2028 \u0085 \x00 end",
    "an address that acts": "javascript:alert(1)",
}
"""Texts that try to be more than text."""

_FREE = {"title", "source", "text", "value", "whole", "exact", "prefix", "suffix", "note", "name", "names", "speaker"}
_FREE |= {"via", "left", "right", "message", "verb", "rule", "published", "item", "actor", "reason", "made_at", "state"}


def saying(text: str) -> tuple[list[Meeting], list[MeetingDiff]]:
    """The Kisumu meeting with every free string of record and diff replaced by the text."""

    def said(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: said(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [(0, 3)] if key == "marks" else [said(inner, key) for inner in value]
        return text if isinstance(value, str) and key in _FREE else value

    decided = diff("ABC").model_copy(update={"decisions": DECISIONS})
    record, compared = (said(one.model_dump(mode="json")) for one in (meeting("ABC"), decided))
    return [Meeting.model_validate(record)], [MeetingDiff.model_validate(compared)]
