"""Rows: the items of a diff, each in its one section, with what each account says.

What is agreed, compatible, one account's alone or to decide is told by the
records; here it is laid out side by side.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractor.schemas import (
    Agreement,
    Claim,
    Evidence,
    Field,
    Item,
    Meeting,
    Outcome,
    Participant,
    Rendering,
    Row,
    Section,
    Side,
    Statement,
    Status,
    WarningCode,
)
from extractor.values import gatherings, places, wording

_SECTIONS = {
    Agreement.AGREED: Section.AGREED,
    Agreement.DECIDED: Section.DECIDED,
    Agreement.COMPATIBLE: Section.COMPATIBLE,
    Agreement.SINGLE: Section.ONLY,
    Agreement.VARIANT: Section.TO_DECIDE,
    Agreement.CONFLICT: Section.TO_DECIDE,
}
_FIELDS = {
    "occurrence": "Occurrence",
    "level": "Level",
    "format": "Format",
    "date": "Date",
    "time_text": "Time",
    "duration": "Duration",
    "place": "Place",
    "venue": "Venue",
    "city": "City",
    "country": "Country",
    "host_event": "Host event",
}
_LEVELS = {
    "leaders": "leaders’ ",
    "ministers": "ministers’ ",
    "senior_officials": "senior officials’ ",
    "working": "working-level ",
}


def title(meeting: Meeting) -> str:
    """A meeting in one line: `Trilateral ministers’ meeting, Nairobi, 2024-02-22`."""
    kind = f"{meeting.configuration} " if meeting.configuration != "unknown" else ""
    words = f"{kind}{_LEVELS.get(meeting.level.value or '', '')}meeting"
    place = next((f.value for f in (meeting.city, meeting.place, meeting.country) if f.value), None)
    return ", ".join(part for part in (words[0].upper() + words[1:], place, meeting.date.value or "undated") if part)


class Rows:
    """A meeting with its claims and labels at hand."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.claims = {c.id: c for c in meeting.claims}
        self.labels = {a.id: a.label for a in meeting.accounts}
        self.by_article = {a.article: a for a in reversed(meeting.accounts)}

    def fields(self) -> Iterator[Row]:
        """The fields with one value, and what is counted from the parties."""
        for name, heading in _FIELDS.items():
            field: Field = getattr(self.meeting, name)
            if field.value is None or (name == "place" and field.value == self.meeting.city.value):
                continue
            if name == "host_event" and field.agreement is Agreement.VARIANT:
                yield from self._host_event(field)
            else:
                yield self._field(name, name, heading, field)
        parties = self.meeting.parties
        if len(parties) >= 2:
            alone = [party.agreement is Agreement.SINGLE for party in parties]
            section = Section.ONLY if all(alone) else Section.COMPATIBLE if any(alone) else Section.AGREED
            sides = self._sides(id_ for party in parties for id_ in party.claims)
            value, note = self.meeting.configuration, "counted from the parties"
            yield _row(
                "configuration", "configuration", "Configuration", None, sides, section=section, value=value, note=note
            )

    def _field(self, id_: str, name: str, heading: str, field: Field, links: tuple[str, ...] = ()) -> Row:
        """A field with one value: what each account says; where none does, what is inferred."""
        stated = self._sides(field.claims)
        inferred = self._inferred(id_ for id_ in field.claims if self.claims[id_].status is Status.INFERRED)
        section = None if field.agreement else Section.AGREED if len(field.claims) > 1 else Section.ONLY
        return _row(
            id_,
            name,
            heading,
            field.agreement,
            stated or self._sides(field.claims, inferred=True),
            section=section,
            value=field.value,
            rule=field.rule,
            note=self._derived(field.claims) or inferred,
            links=links,
        )

    def _host_event(self, field: Field) -> Iterator[Row]:
        """That it stood beside one gathering is one item; how the gathering is described another."""
        sides = self._sides(field.claims)
        read = gatherings.read(field.value or "")
        name, described = "host_event", "host_event-described"
        value = " ".join(part for part in (read.name, read.body, "meeting") if part)
        yield _row(name, name, "Host event", Agreement.AGREED, sides, value=value, links=(described,))
        words = " / ".join(dict.fromkeys(gatherings.read(side.text).description for side in sides))
        note = f"one gathering, described in different words: {words}"
        title = "Host event, described"
        more = _row(described, name, title, field.agreement, _marked(sides), value=field.value, rule=field.rule)
        yield more.model_copy(update={"note": note, "links": (name,)})

    def parties(self) -> Iterator[Row]:
        """Each party, with who names it and how."""
        for item in self.meeting.parties:
            id_, title = f"party-{item.value.lower()}", f"Party, {places.name_of(item.value)}"
            sides, note = self._sides(item.claims), self._derived(item.claims)
            links = ("configuration",)
            yield _row(id_, "parties", title, item.agreement, sides, value=item.value, note=note, links=links)

    def people(self) -> Iterator[Row]:
        """The participants whom several name, then each who is spelt or titled otherwise, or named by one alone."""
        people = {f"participant-{person.claims[0]}": person for person in self.meeting.participants}
        shared = {id_: p for id_, p in people.items() if p.agreement is not Agreement.SINGLE}
        if shared:
            sides = self._sides(claim for p in shared.values() for claim in p.claims)
            names = ", ".join(p.name for p in shared.values())
            links = tuple(id_ for id_, p in shared.items() if p.agreement is Agreement.COMPATIBLE)
            yield _row(
                "participants", "participants", "Participants", Agreement.AGREED, sides, value=names, links=links
            )
        for id_, person in people.items():
            links = ("participants",) if id_ in shared else ()
            if person.agreement is not Agreement.AGREED:
                title, sides = f"Participant, {person.name}", self._sides(person.claims)
                yield _row(id_, "participants", title, person.agreement, sides, value=_introduced(person), links=links)
            for name, heading in (("office", "Office"), ("represents", "Represents")):
                field: Field = getattr(person, name)
                if field.agreement in (Agreement.CONFLICT, Agreement.COMPATIBLE, Agreement.DECIDED):
                    title = f"{heading}, {person.name}"
                    yield self._field(f"{id_}-{name}", f"participants.{name}", title, field, links)

    def items(self, field: str, heading: str, items: Sequence[Item]) -> Iterator[Row]:
        """Each value of a field that has many."""
        for item in items:
            title = f"{heading}, {item.value}" if field == "topics" else heading
            sides = self._sides(item.claims)
            yield _row(f"{field}-{item.claims[0]}", field, title, item.agreement, sides, value=item.value)

    def utterances(self, field: str, found: Sequence[Statement] | Sequence[Outcome]) -> Iterator[Row]:
        """Outcomes and statements: their renderings side by side, with the words that differ marked."""
        for one in found:
            sides = tuple(self._rendering(r) for r in one.renderings)
            note = "one sentence of an account covers more than this" if any(side.whole for side in sides) else None
            if isinstance(one, Statement):
                title, value = f"Statement, {one.speaker}", one.text
                note = "possibly the same utterance: linked, not merged" if one.possible else note
            else:
                title, value = "Outcome", f"{one.verb}: {one.text}"
            shown = _marked(sides) if one.agreement.to_decide or one.agreement is Agreement.DECIDED else sides
            yield _row(one.id, field, title, one.agreement, shown, value=value, note=note)

    def warnings(self) -> Iterator[Row]:
        """The doubts, each with the words that raise it; what is ungrounded has a section of its own."""
        told = [w for w in self.meeting.warnings if w.code is not WarningCode.UNGROUNDED]
        for number, warning in enumerate(told, 1):
            title = warning.code.value.replace("_", " ").capitalize()
            sides = self._quoted(warning.evidence)
            id_, section = f"warning-{number}", Section.WARNINGS
            yield _row(id_, warning.code.value, title, None, sides, section=section, note=warning.message)

    def ungrounded(self) -> Iterator[Row]:
        """Values whose words do not stand in their article."""
        for claim in self.meeting.claims:
            if not claim.grounded:
                title = claim.field.replace("_", " ").replace(".", ", ").capitalize()
                id_, section = f"ungrounded-{claim.id}", Section.UNGROUNDED
                yield _row(id_, claim.field, title, None, [self._side(claim)], section=section, value=claim.value)

    def background(self, others: Iterable[Meeting]) -> Iterator[Row]:
        """Other meetings that the same articles recall or look ahead to."""
        for other in others:
            told = {a.id for a in other.accounts if a.article in self.by_article and a.role == "background"}
            if other.id == self.meeting.id or not told:
                continue
            mentions = [e for c in other.claims if c.field == "role" and c.account in told for e in c.evidence]
            id_, note = f"background-{other.id}", f"{other.occurrence.value or 'unclear'}; {other.id}"
            sides, section = self._quoted(mentions), Section.BACKGROUND
            yield _row(id_, "background", title(other), None, sides, section=section, note=note)

    def _sides(self, ids: Iterable[str], *, inferred: bool = False) -> tuple[Side, ...]:
        """What each account says, one side a claim; inferred claims only where asked for."""
        found = (self.claims[id_] for id_ in ids)
        return tuple(self._side(c) for c in found if inferred or c.status is Status.STATED)

    def _side(self, claim: Claim) -> Side:
        label = self.labels[claim.account]
        return Side(label=label, account=claim.account, value=claim.value, text=claim.text, evidence=claim.evidence)

    def _rendering(self, rendering: Rendering) -> Side:
        return Side(
            label=self.labels[rendering.account],
            account=rendering.account,
            value=f"{rendering.verb} ({rendering.kind})" if rendering.verb else rendering.kind,
            text=rendering.text,
            whole=rendering.whole,
            evidence=rendering.evidence,
        )

    def _quoted(self, evidence: Iterable[Evidence]) -> tuple[Side, ...]:
        """Words of the meeting's articles, without a value."""
        found = ((self.by_article[e.article], e) for e in evidence if e.article in self.by_article)
        return tuple(Side(label=a.label, account=a.id, value="", text=e.exact, evidence=(e,)) for a, e in found)

    def _inferred(self, ids: Iterable[str]) -> str | None:
        """How inferred values came about: `A: inferred, country of the city (KEN)`."""
        found = [self.claims[id_] for id_ in ids]
        notes = (
            f"{self.labels[c.account]}: inferred, {c.derivation.rule if c.derivation else 'not printed'} ({c.value})"
            for c in found
        )
        return "; ".join(notes) or None

    def _derived(self, ids: Iterable[str]) -> str | None:
        """How relative values were counted: `A: weekday before publication, from “February 23, 2024”`."""
        notes = []
        for claim in (self.claims[id_] for id_ in ids):
            if claim.status is Status.STATED and claim.derivation:
                used = [e.exact for e in claim.derivation.evidence] + list(claim.derivation.metadata)
                source = f", from “{'”, “'.join(used)}”" if used else ""
                notes.append(f"{self.labels[claim.account]}: {claim.derivation.rule}{source}")
        return "; ".join(notes) or None


def _row(
    id_: str,
    field: str,
    title: str,
    agreement: Agreement | None,
    sides: Iterable[Side],
    *,
    section: Section | None = None,
    **more: Any,
) -> Row:
    """A row; its section follows from the agreement unless it is given. `more` are value, rule, note and links."""
    place = section or _SECTIONS[agreement or Agreement.SINGLE]
    return Row(id=id_, section=place, field=field, title=title, agreement=agreement, sides=tuple(sides), **more)


def _introduced(person: Participant) -> str:
    """A person with office and party: `Jane Doe, Foreign Minister (Kenya)`."""
    office = f", {person.office.value}" if person.office.value else ""
    return person.name + office + (f" ({places.name_of(person.represents.value)})" if person.represents.value else "")


def _marked(sides: Sequence[Side]) -> tuple[Side, ...]:
    """The sides with the words marked that the others put differently."""
    if len(sides) < 2:
        return tuple(sides)
    first = sides[0]
    rest = [side.model_copy(update={"marks": wording.marks(side.text, first.text)}) for side in sides[1:]]
    return (first.model_copy(update={"marks": wording.marks(first.text, sides[1].text)}), *rest)
