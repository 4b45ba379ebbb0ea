"""Normalise: a grounded draft to accounts: dates, places, codes, ids, and doubts.

Values are computed here, never by the model: EDTF dates against the article's
reference date, ISO 3166-1 codes, ISO 8601 durations. A value that is derived
names its rule and what it used.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor import dates, doubts, durations, places
from extractor.names import Likeness, likeness
from extractor.schemas import (
    Account,
    Article,
    Claim,
    Derivation,
    Draft,
    Evidence,
    Status,
    Warning,
    WarningCode,
)
from extractor.schemas.draft import DraftMeeting, DraftParticipant, DraftParty, DraftStatement, Words
from extractor.selectors import select

_Located = Mapping[tuple[str, int], Evidence]


@dataclass(frozen=True)
class _Raw:
    """A claim before it has an id; `about` is the position of the claim that it is an attribute of."""

    field: str
    value: str
    text: str
    evidence: tuple[Evidence, ...]
    status: Status = Status.STATED
    derivation: Derivation | None = None
    about: int | None = None


def normalise(article: Article, draft: Draft, located: _Located) -> tuple[Account, ...]:
    """The accounts of an article, one for each meeting of its draft, in the draft's order.

    `located` holds the evidence of every quote of the draft (see `ground`).
    Two meetings with the same evidence are one.
    """
    accounts: dict[str, Account] = {}
    for meeting in draft.meetings:
        account = _Reading(article, meeting, located).account()
        accounts.setdefault(account.id, account)
    return doubts.across(article, tuple(accounts.values()))


class _Reading:
    """One meeting of a draft on its way to an account."""

    def __init__(self, article: Article, meeting: DraftMeeting, located: _Located) -> None:
        self.article = article
        self.meeting = meeting
        self.located = located
        self.raw: list[_Raw] = []
        self.warnings: list[Warning] = []

    def account(self) -> Account:
        """All claims of the meeting, with ids that depend on its words alone."""
        self._what()
        self._when()
        self._where()
        for party in self.meeting.parties:
            self._party(party)
        for person in self.meeting.participants:
            self._participant(person)
        for words in self.meeting.distinctions:
            self._plain("distinctions", words)
        for topic in self.meeting.topics:
            value = places.country(topic.label)
            label = places.name_of(value) if value else topic.label
            self._add("topics", label, topic.text, self._at(topic.text, topic.sentence))
        for outcome in self.meeting.outcomes:
            at = self._add("outcomes", outcome.text, outcome.text, self._at(outcome.text, outcome.sentence))
            self._attribute("outcomes.kind", outcome.kind, at)
            self._attribute("outcomes.verb", outcome.verb, at)
        for statement in self.meeting.statements:
            self._statement(statement)
        return self._finish()

    def _at(self, text: str, sentence: int) -> Evidence:
        """The evidence of words of the draft."""
        return self.located[text, sentence]

    def _add(self, field: str, value: str, text: str, *evidence: Evidence, **more: object) -> int:
        self.raw.append(_Raw(field, value, text, evidence, **more))  # type: ignore[arg-type] - fields of _Raw
        return len(self.raw) - 1

    def _attribute(self, field: str, value: str | None, about: int, **more: object) -> None:
        """A claim about another claim, which stands on the same words."""
        if value:
            subject = self.raw[about]
            self._add(field, value, value, *subject.evidence, about=about, **more)

    def _plain(self, field: str, words: Words | None) -> None:
        if words:
            self._add(field, words.text, words.text, self._at(words.text, words.sentence))

    def _what(self) -> None:
        meeting = self.meeting
        mention = self._at(meeting.mention.text, meeting.mention.sentence)
        self._add("role", meeting.role, meeting.mention.text, mention)
        self._add("occurrence", meeting.occurrence, meeting.mention.text, mention)
        for field, value, words in (
            ("level", meeting.level, meeting.level_words),
            ("format", meeting.format, meeting.format_words),
        ):
            if value == "unknown":
                continue
            if words:
                self._add(field, value, words.text, self._at(words.text, words.sentence))
                continue
            place = meeting.city or meeting.place
            shown = self._at(place.text, place.sentence) if place and field == "format" else mention
            rule = "a place is named" if shown is not mention else "from the mention"
            self._add(
                field, value, shown.exact, shown, status=Status.INFERRED, derivation=Derivation(rule=rule, evidence=(shown,))
            )

    def _when(self) -> None:
        meeting, reference = self.meeting, self.article.reference
        if meeting.date:
            words = meeting.date
            shown = self._at(words.text, words.sentence)
            future = meeting.occurrence in ("planned", "postponed")
            resolved = dates.resolve(words.text, reference, future=future)
            if resolved:
                derivation = Derivation(rule=resolved.rule, **self._reference()) if resolved.relative else None
                self._add("date", resolved.edtf, words.text, shown, derivation=derivation)
                if resolved.mismatch:
                    self._warn(WarningCode.WEEKDAY_MISMATCH, f"{words.text!r}: that date is another weekday", shown)
            else:
                self._warn(
                    WarningCode.DATE_OPEN, f"{words.text!r} is printed, but nothing says which day that is", shown
                )
        self._plain("time_text", meeting.time)
        if meeting.duration:
            words = meeting.duration
            shown = self._at(words.text, words.sentence)
            self._add("duration", durations.iso(words.text) or words.text, words.text, shown)

    def _reference(self) -> dict[str, tuple[object, ...]]:
        """What a relative date was counted from: words of the text, or metadata."""
        reference = self.article.reference
        if reference.start is not None and reference.end is not None:
            return {"evidence": (select(self.article, reference.start, reference.end),)}
        return {"metadata": (f"published: {reference.published}",)} if reference.published else {}

    def _where(self) -> None:
        meeting = self.meeting
        for field, words in (("place", meeting.place), ("venue", meeting.venue), ("city", meeting.city)):
            if words:
                value = words.text.title() if words.text.isupper() and len(words.text) > 3 else words.text
                self._add(field, value, words.text, self._at(words.text, words.sentence))
        self._plain("host_event", meeting.host_event)
        city = places.city(meeting.city.text) if meeting.city else None
        if meeting.country and (code := places.country(meeting.country.text)):
            self._add("country", code, meeting.country.text, self._at(meeting.country.text, meeting.country.sentence))
        elif meeting.city and city and city.country:
            shown = self._at(meeting.city.text, meeting.city.sentence)
            derivation = Derivation(rule="country of the city (GeoNames)", evidence=(shown,))
            self._add("country", city.country, meeting.city.text, shown, status=Status.INFERRED, derivation=derivation)

    def _party(self, party: DraftParty) -> None:
        shown = self._at(party.text, party.sentence)
        code = places.country(party.name) or places.country(party.text) or party.name
        rule = None
        if places.shared(party.text):
            rule = "a name that two countries bear, read as news writing uses it"
        elif places.country(party.text) != code:
            rule = "words that stand for the party"
        derivation = Derivation(rule=rule, evidence=(shown,)) if rule else None
        self._add("parties", code, party.text, shown, derivation=derivation)

    def _participant(self, person: DraftParticipant) -> None:
        shown = self._at(person.name, person.sentence)
        at = self._add("participants", person.romanised or person.name, person.name, shown)
        if person.office:
            office = self._at(person.office.text, person.office.sentence)
            self._add("participants.office", person.office.text, person.office.text, office, about=at)
        code = places.country(person.represents) if person.represents else None
        value = code or person.represents
        if value:
            printed = self._country_beside(value, shown, person)
            if printed:
                self._add("participants.represents", value, printed.exact, printed, about=at)
            else:
                derivation = Derivation(rule="no country is printed with the name", evidence=(shown,))
                self._attribute(
                    "participants.represents", value, at, status=Status.INFERRED, derivation=derivation
                )
            if person.office and doubts.office_of_another(person.office.text, value):
                self._warn(
                    WarningCode.OFFICE_OF_ANOTHER,
                    f"{person.name} ({places.name_of(value)}) is called {person.office.text}, an office of another country",
                    self._at(person.office.text, person.office.sentence),
                )
        self._attribute("participants.role", person.role, at)
        if person.pronoun:
            pronoun = self._at(person.pronoun.text, person.pronoun.sentence)
            self._add("participants.pronoun", person.pronoun.text.lower(), person.pronoun.text, pronoun, about=at)

    def _country_beside(self, code: str, name: Evidence, person: DraftParticipant) -> Evidence | None:
        """The country's word in the sentence that names the person or the office, nearest to it."""
        if name.start is None:
            return None
        numbers = [person.sentence] + ([person.office.sentence] if person.office else [])
        text = self.article.text
        for number in numbers:
            sentence = self.article.sentence(number)
            if sentence is None:
                continue
            words = text[sentence.start : sentence.end]
            found = [p for p in places.find(words) if p.code == code]
            if found:
                place = min(found, key=lambda p: abs(sentence.start + p.end - (name.start or 0)))
                if abs(sentence.start + place.end - name.start) > 60:
                    continue
                return select(self.article, sentence.start + place.start, sentence.start + place.end)
        return None

    def _statement(self, statement: DraftStatement) -> None:
        shown = self._at(statement.text, statement.sentence)
        at = self._add("statements", statement.text, statement.text, shown)
        speaker = self._speaker(statement.speaker)
        words = statement.attribution
        if words:
            attribution = self._at(words.text, words.sentence)
            self._add("statements.speaker", speaker, words.text, attribution, about=at)
        else:
            derivation = Derivation(rule="speaker of the sentences before", evidence=(shown,))
            self._attribute("statements.speaker", speaker, at, status=Status.INFERRED, derivation=derivation)
        for field in ("kind", "via", "setting", "translation"):
            self._attribute(f"statements.{field}", getattr(statement, field), at)
        if words and (pronoun := re.search(r"\b(?:he|she)\b", words.text, re.IGNORECASE)):
            self._pronoun(pronoun.group().lower(), speaker, words)

    def _speaker(self, name: str) -> str:
        """The participant of this name in the form of the account, or the name as given."""
        named = [r.value for r in self.raw if r.field == "participants"]
        alike = [value for value in named if likeness(name, value) is not Likeness.DIFFERENT]
        return alike[0] if len(alike) == 1 else name

    def _pronoun(self, pronoun: str, speaker: str, words: Words) -> None:
        shown = self._at(words.text, words.sentence)
        for at, raw in enumerate(self.raw):
            if raw.field == "participants" and raw.value == speaker:
                self._add("participants.pronoun", pronoun, words.text, shown, about=at)
                return
        if not re.search(r"jointly|joint statement|unresolved", speaker) and doubts.institution(speaker):
            message = f"words of {speaker} are attributed to {words.text!r}"
            self._warn(WarningCode.PRONOUN_OF_ORGANISATION, message, shown)

    def _warn(self, code: WarningCode, message: str, *evidence: Evidence) -> None:
        self.warnings.append(Warning(code=code, message=message, evidence=evidence))

    def _finish(self) -> Account:
        article = self.article
        spans = sorted({(e.start, e.end) for r in self.raw for e in r.evidence if e.start is not None})
        account = "a-" + _digest(article.id, self.meeting.role, *(f"{start}-{end}" for start, end in spans))
        ids = [_claim_id(account, raw) for raw in self.raw]
        claims: dict[str, Claim] = {}
        for raw, id_ in zip(self.raw, ids, strict=True):
            about = ids[raw.about] if raw.about is not None else None
            unique = id_ if about is None else "c-" + _digest(id_, about)
            claims.setdefault(
                unique,
                Claim(
                    id=unique, account=account, field=raw.field, value=raw.value, text=raw.text, status=raw.status,
                    evidence=raw.evidence, derivation=raw.derivation, about=about,
                ),
            )  # fmt: skip
        published = article.reference.published
        built = Account(
            id=account, article=article.id, source=article.source, published=str(published) if published else None,
            origin=article.id, role=self.meeting.role, claims=tuple(claims.values()),
        )  # fmt: skip
        found = [*self.warnings, *doubts.within(article, built)]
        return built.model_copy(update={"warnings": tuple(_signed(found, account))})


def _signed(warnings: Sequence[Warning], account: str) -> Iterator[Warning]:
    for warning in warnings:
        yield warning.model_copy(update={"account": account})


def _claim_id(account: str, raw: _Raw) -> str:
    spans = (f"{e.start}-{e.end}-{e.exact if e.start is None else ''}" for e in raw.evidence)
    return "c-" + _digest(account, raw.field, raw.value, *spans)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
