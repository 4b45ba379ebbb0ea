"""Rows: the items of a diff, each in its one section, with what each account says.

What is agreed, compatible, one account's alone or to decide is told by the
records; here it is laid out side by side.
"""

from collections.abc import Iterable, Iterator, Sequence

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
)
from extractor.values import gatherings, places, wording

_SECTIONS = {
    Agreement.AGREED: Section.AGREED,
    Agreement.DECIDED: Section.AGREED,
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
        self.by_article = {a.article: a for a in meeting.accounts}

    def sides(self, ids: Iterable[str], *, inferred: bool = False) -> tuple[Side, ...]:
        """What each account says, one side a claim; inferred claims only where asked for."""
        found = (self.claims[id_] for id_ in ids)
        return tuple(self.side(c) for c in found if inferred or c.status is Status.STATED)

    def side(self, claim: Claim, marks: tuple[tuple[int, int], ...] = ()) -> Side:
        """What an account says by a claim."""
        return Side(
            label=self.labels[claim.account],
            account=claim.account,
            value=claim.value,
            text=claim.text,
            marks=marks,
            evidence=claim.evidence,
        )

    def fields(self) -> Iterator[Row]:
        """The fields with one value; a host event that is described in two ways gives a second row."""
        for name, heading in _FIELDS.items():
            field: Field = getattr(self.meeting, name)
            if field.value is None or (name == "place" and field.value == self.meeting.city.value):
                continue
            yield from self._host_event(field) if name == "host_event" else [self._field(name, heading, field)]
        if len(self.meeting.parties) >= 2:
            claims = [id_ for item in self.meeting.parties for id_ in item.claims]
            yield Row(
                id="configuration",
                section=self._shared(self.meeting.parties),
                field="configuration",
                title="Configuration",
                value=self.meeting.configuration,
                note="counted from the parties",
                sides=self.sides(claims),
            )

    def _shared(self, items: Sequence[Item | Participant]) -> Section:
        """Agreed where no item is one account's alone."""
        alone = len(self.meeting.accounts) == 1 or all(i.agreement is Agreement.SINGLE for i in items)
        return Section.ONLY if alone else Section.AGREED

    def _field(self, name: str, heading: str, field: Field) -> Row:
        stated = self.sides(field.claims)
        if field.agreement is None:
            return Row(
                id=name,
                section=Section.AGREED if len(field.claims) > 1 else Section.ONLY,
                field=name,
                title=heading,
                value=field.value,
                note=self._inferred(field.claims),
                sides=self.sides(field.claims, inferred=True),
            )
        inferred = [id_ for id_ in field.claims if self.claims[id_].status is Status.INFERRED]
        note = self._derived(field.claims) or (self._inferred(inferred) if inferred else None)
        return Row(
            id=name,
            section=_SECTIONS[field.agreement],
            field=name,
            title=heading,
            agreement=field.agreement,
            value=field.value,
            note=note,
            sides=stated or self.sides(field.claims, inferred=True),
        )

    def _inferred(self, ids: Iterable[str]) -> str:
        """`A: inferred (country of the city)`, for each inferred claim."""
        found = [self.claims[id_] for id_ in ids]
        return "; ".join(
            f"{self.labels[c.account]}: inferred, {c.derivation.rule if c.derivation else 'not printed'} ({c.value})"
            for c in found
        )

    def _derived(self, ids: Iterable[str]) -> str | None:
        """How relative values were counted: `A: weekday before publication, from February 23, 2024`."""
        notes = []
        for claim in (self.claims[id_] for id_ in ids):
            if claim.status is Status.STATED and claim.derivation:
                used = [e.exact for e in claim.derivation.evidence] + list(claim.derivation.metadata)
                notes.append(
                    f"{self.labels[claim.account]}: {claim.derivation.rule}"
                    + (f", from “{'”, “'.join(used)}”" if used else "")
                )
        return "; ".join(notes) or None

    def _host_event(self, field: Field) -> Iterator[Row]:
        """That it stood beside one gathering is one item; how the gathering is described another."""
        if field.agreement is not Agreement.VARIANT:
            yield self._field("host_event", "Host event", field)
            return
        sides = self.sides(field.claims)
        read = gatherings.read(field.value or "")
        yield Row(
            id="host_event",
            section=Section.AGREED,
            field="host_event",
            title="Host event",
            agreement=Agreement.AGREED,
            value=" ".join(part for part in (read.name, read.body, "meeting") if part),
            sides=sides,
            links=("host_event-described",),
        )
        yield Row(
            id="host_event-described",
            section=Section.TO_DECIDE,
            field="host_event",
            title="Host event, described",
            agreement=Agreement.VARIANT,
            value=field.value,
            sides=_marked(sides),
            links=("host_event",),
            note="one gathering, described in different words: "
            + " / ".join(dict.fromkeys(gatherings.read(s.text).description for s in sides)),
        )

    def parties(self) -> Iterator[Row]:
        """Each party, with who names it and how."""
        for item in self.meeting.parties:
            yield Row(
                id=f"party-{item.value.lower()}",
                section=_SECTIONS[item.agreement],
                field="parties",
                title=f"Party, {places.name_of(item.value)}",
                agreement=item.agreement,
                value=item.value,
                note=self._derived(item.claims),
                sides=self.sides(item.claims),
                links=("configuration",),
            )

    def people(self) -> Iterator[Row]:
        """The participants as a group, then each who is spelt, titled or placed differently or named by one alone."""
        people = self.meeting.participants
        if not people:
            return
        shared = [p for p in people if p.agreement is not Agreement.SINGLE]
        ids = tuple(_person_id(p) for p in people)
        if shared:
            yield Row(
                id="participants",
                section=Section.AGREED,
                field="participants",
                title="Participants",
                agreement=Agreement.AGREED,
                value=", ".join(p.name for p in shared),
                sides=self.sides(id_ for p in shared for id_ in p.claims),
                links=tuple(i for i, p in zip(ids, people, strict=True) if p.agreement is Agreement.COMPATIBLE),
            )
        for id_, person in zip(ids, people, strict=True):
            party = f" ({places.name_of(person.represents.value)})" if person.represents.value else ""
            office = f", {person.office.value}" if person.office.value else ""
            if person.agreement is not Agreement.AGREED:
                yield Row(
                    id=id_,
                    section=_SECTIONS[person.agreement],
                    field="participants",
                    title=f"Participant, {person.name}",
                    agreement=person.agreement,
                    value=person.name + office + party,
                    sides=self.sides(person.claims),
                    links=("participants",) if shared else (),
                )
            for name, heading in (("office", "Office"), ("represents", "Represents")):
                field: Field = getattr(person, name)
                if field.agreement in (Agreement.CONFLICT, Agreement.COMPATIBLE):
                    row = self._field(f"participants.{name}", f"{heading}, {person.name}", field)
                    yield row.model_copy(update={"id": f"{id_}-{name}", "links": ("participants",) if shared else ()})

    def items(self, field: str, heading: str, items: Sequence[Item]) -> Iterator[Row]:
        """Each value of a field that has many."""
        for item in items:
            yield Row(
                id=f"{field}-{item.claims[0]}",
                section=_SECTIONS[item.agreement],
                field=field,
                title=f"{heading}, {item.value}" if field == "topics" else heading,
                agreement=item.agreement,
                value=item.value,
                sides=self.sides(item.claims),
            )

    def utterances(self, field: str, found: Sequence[Statement] | Sequence[Outcome]) -> Iterator[Row]:
        """Outcomes and statements: their renderings side by side, with the words that differ marked."""
        for one in found:
            sides = tuple(self._rendering(r) for r in one.renderings)
            heading = f"Statement, {one.speaker}" if isinstance(one, Statement) else "Outcome"
            note = None
            if isinstance(one, Statement) and one.possible:
                note = "possibly the same utterance: linked, not merged"
            elif any(r.whole for r in one.renderings):
                note = "one sentence of an account covers more than this"
            yield Row(
                id=one.id,
                section=_SECTIONS[one.agreement],
                field=field,
                title=heading,
                agreement=one.agreement,
                value=f"{one.verb}: {one.text}" if isinstance(one, Outcome) else one.text,
                note=note,
                sides=_marked(sides) if one.agreement.to_decide else sides,
            )

    def _rendering(self, rendering: Rendering) -> Side:
        value = f"{rendering.verb} ({rendering.kind})" if rendering.verb else rendering.kind
        return Side(
            label=self.labels[rendering.account],
            account=rendering.account,
            value=value,
            text=rendering.text,
            whole=rendering.whole,
            evidence=rendering.evidence,
        )

    def warnings(self) -> Iterator[Row]:
        """The doubts, each with the words that raise it; what is ungrounded has a section of its own."""
        for i, warning in enumerate(w for w in self.meeting.warnings if w.code != "ungrounded"):
            yield Row(
                id=f"warning-{i + 1}",
                section=Section.WARNINGS,
                field=warning.code.value,
                title=warning.code.value.replace("_", " ").capitalize(),
                note=warning.message,
                sides=tuple(self._shown(e) for e in warning.evidence if e.article in self.by_article),
            )

    def _shown(self, evidence: Evidence) -> Side:
        account = self.by_article[evidence.article]
        return Side(label=account.label, account=account.id, value="", text=evidence.exact, evidence=(evidence,))

    def ungrounded(self) -> Iterator[Row]:
        """Values whose words do not stand in their article."""
        for claim in self.meeting.claims:
            if not claim.grounded:
                yield Row(
                    id=f"ungrounded-{claim.id}",
                    section=Section.UNGROUNDED,
                    field=claim.field,
                    title=claim.field.replace("_", " ").replace(".", ", ").capitalize(),
                    value=claim.value,
                    sides=(self.side(claim),),
                )

    def background(self, others: Iterable[Meeting]) -> Iterator[Row]:
        """Other meetings that the same articles recall or look ahead to."""
        for other in others:
            told = [a for a in other.accounts if a.article in self.by_article and a.role == "background"]
            if other.id == self.meeting.id or not told:
                continue
            mentions = [c for c in other.claims if c.field == "role" and c.account in {a.id for a in told}]
            yield Row(
                id=f"background-{other.id}",
                section=Section.BACKGROUND,
                field="background",
                title=title(other),
                note=f"{other.occurrence.value or 'unclear'}; {other.id}",
                sides=tuple(self._shown(e) for c in mentions for e in c.evidence if e.article in self.by_article),
            )


def _person_id(person: Participant) -> str:
    return f"participant-{person.claims[0]}"


def _marked(sides: Sequence[Side]) -> tuple[Side, ...]:
    """The sides with the words marked that the others put differently."""
    if len(sides) < 2:
        return tuple(sides)
    first = sides[0]
    rest = [side.model_copy(update={"marks": wording.marks(side.text, first.text)}) for side in sides[1:]]
    return (first.model_copy(update={"marks": wording.marks(first.text, sides[1].text)}), *rest)
