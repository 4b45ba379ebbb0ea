"""Normalise: a grounded draft to accounts: dates, places, codes, ids, and doubts.

Values are computed here, never by the model: EDTF dates against the article's
reference date, ISO 3166-1 codes, ISO 8601 durations. A value that is derived
names its rule and what it used; one that no standard has keeps its printed
words.
"""

import re
from collections.abc import Mapping

from extractor import claims, doubts
from extractor.claims import Raw
from extractor.schemas import (
    Account,
    Article,
    Derivation,
    Draft,
    Evidence,
    Grounding,
    Reference,
    Status,
    Warning,  # noqa: A004 - the word of the design
    WarningCode,
)
from extractor.schemas.draft import DraftMeeting, DraftParticipant, DraftParty, DraftStatement, Words
from extractor.texts.selectors import select
from extractor.values import dates, durations, edtf, places, sites
from extractor.values.names import Likeness, likeness

_Located = Mapping[tuple[str, int], Evidence]

_NEAR = 60
"""Code points between a name or office and a country's word that goes with it."""
_PRONOUN = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)


def normalise(article: Article, draft: Draft, located: _Located) -> tuple[Account, ...]:
    """The accounts of an article, one for each meeting of its draft, in the draft's order.

    `located` holds the evidence of every quote of the draft (see `ground`).
    Two meetings that rest on the very same words are one, with the claims of both.
    """
    accounts: dict[str, Account] = {}
    for meeting in draft.meetings:
        account = _Reading(article, meeting, located).account()
        known = accounts.get(account.id)
        accounts[account.id] = claims.joined(known, account) if known else account
    return doubts.across(article, tuple(accounts.values()))


def _resolved(words: str, reference: Reference, occurrence: str) -> dates.Resolved | None:
    """The date that is printed. A meeting to come lies ahead; one called off or put off on either side: the nearer."""
    behind, ahead = (dates.resolve(words, reference, future=future) for future in (False, True))
    if occurrence in ("cancelled", "postponed") and behind and ahead and (published := reference.published):
        spans = {found: edtf.bounds(found.edtf) or (published, published) for found in (behind, ahead)}
        return min(spans, key=lambda found: max(spans[found][0] - published, published - spans[found][1]))
    return ahead if occurrence == "planned" else behind


class _Reading:
    """One meeting of a draft on its way to an account."""

    def __init__(self, article: Article, meeting: DraftMeeting, located: _Located) -> None:
        self.article = article
        self.meeting = meeting
        self.located = located
        self.raw: list[Raw] = []
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
            code = places.country(topic.label)
            label = places.name_of(code) if code else topic.label
            self._add("topics", label, topic.text, self._at(topic.text, topic.sentence))
        for outcome in self.meeting.outcomes:
            at = self._add("outcomes", outcome.text, outcome.text, self._at(outcome.text, outcome.sentence))
            self._attribute("outcomes.kind", outcome.kind, at)
            self._attribute("outcomes.verb", outcome.verb, at)
        for statement in self.meeting.statements:
            self._statement(statement)
        account = claims.account(self.article, self.meeting.role, self.raw)
        return claims.doubted(account, (*self.warnings, *doubts.within(self.article, account)))

    def _at(self, text: str, sentence: int) -> Evidence:
        """The evidence of words of the draft; words that nobody located stand nowhere."""
        missing = Evidence(
            article=self.article.id, start=None, end=None, exact=text, grounding=Grounding.UNGROUNDED
        )  # fmt: skip
        return self.located.get((text, sentence), missing)

    def _of(self, words: Words) -> Evidence:
        return self._at(words.text, words.sentence)

    def _add(
        self,
        field: str,
        value: str,
        text: str,
        evidence: Evidence,
        *,
        rule: str | None = None,
        inferred: bool = False,
        about: int | None = None,
    ) -> int:
        """A claim; one that follows from its words by a `rule`, or is only inferred from them, says so."""
        derivation = Derivation(rule=rule, evidence=(evidence,)) if rule else None
        status = Status.INFERRED if inferred else Status.STATED
        self.raw.append(Raw(field, value, text, (evidence,), status, derivation, about))
        return len(self.raw) - 1

    def _attribute(self, field: str, value: str | None, about: int, *, inferred_by: str | None = None) -> None:
        """A claim about another claim, which stands on the same words."""
        if value:
            shown = self.raw[about].evidence[0]
            self._add(field, value, value, shown, rule=inferred_by, inferred=inferred_by is not None, about=about)

    def _plain(self, field: str, words: Words | None) -> None:
        if words:
            self._add(field, words.text, words.text, self._of(words))

    def _what(self) -> None:
        meeting = self.meeting
        mention = self._of(meeting.mention)
        self._add("role", meeting.role, meeting.mention.text, mention)
        self._add("occurrence", meeting.occurrence, meeting.mention.text, mention)
        for field, value, words in (
            ("level", meeting.level, meeting.level_words),
            ("format", meeting.format, meeting.format_words),
        ):
            if value == "unknown":
                continue
            place = meeting.city or meeting.place
            if words:
                self._add(field, value, words.text, self._of(words))
            elif place and value == "in_person":
                self._add(field, value, place.text, self._of(place), rule="a place is named", inferred=True)
            else:
                self._add(field, value, mention.exact, mention, rule="from the mention", inferred=True)

    def _when(self) -> None:
        meeting, reference = self.meeting, self.article.reference
        if words := meeting.date:
            shown = self._of(words)
            if resolved := _resolved(words.text, reference, meeting.occurrence):
                counted = self._counted(resolved.rule) if resolved.relative else None
                self.raw.append(Raw("date", resolved.edtf, words.text, (shown,), derivation=counted))
                if resolved.mismatch:
                    self._warn(WarningCode.WEEKDAY_MISMATCH, f"{words.text!r}: that date is another weekday", shown)
            else:
                message = f"{words.text!r} is printed, but nothing says which day that is"
                self._warn(WarningCode.DATE_OPEN, message, shown)
        self._plain("time_text", meeting.time)
        if words := meeting.duration:
            self._add("duration", durations.iso(words.text) or words.text, words.text, self._of(words))

    def _counted(self, rule: str) -> Derivation:
        """A relative date, with what it was counted from: words of the text, or metadata."""
        reference = self.article.reference
        if reference.start is not None and reference.end is not None:
            return Derivation(rule=rule, evidence=(select(self.article, reference.start, reference.end),))
        published = (f"published: {reference.published}",) if reference.published else ()
        return Derivation(rule=rule, metadata=published)

    def _where(self) -> None:
        meeting = self.meeting
        for field, words in (("place", meeting.place), ("venue", meeting.venue), ("city", meeting.city)):
            if words:
                value = words.text.title() if words.text.isupper() and len(words.text) > 3 else words.text
                self._add(field, value, words.text, self._of(words))
        self._plain("host_event", meeting.host_event)
        if words := meeting.country:
            self._add("country", places.country(words.text) or words.text, words.text, self._of(words))
        elif (words := meeting.city) and (city := places.city(words.text)) and city.country:
            rule = "country of the city (GeoNames)"
            self._add("country", city.country, words.text, self._of(words), rule=rule, inferred=True)
        else:
            self._country_of_the_site()

    def _country_of_the_site(self) -> None:
        """The country where a house, a resort or an island that is known stands."""
        meeting = self.meeting
        for words in filter(None, (meeting.city, meeting.venue, meeting.place)):
            if code := sites.country_of(words.text):
                self._add("country", code, words.text, self._of(words), rule="country of the site", inferred=True)
                return

    def _party(self, party: DraftParty) -> None:
        shown = self._at(party.text, party.sentence)
        name = party.name.removeprefix("the ").removeprefix("The ")
        code = places.country(name) or places.country(party.text) or name
        named = {found.code for found in places.find(party.text)} - {None}
        rule = None
        if places.shared(party.text):
            rule = "a name that two countries bear, read as news writing uses it"
        elif places.country(party.text) != code and name.casefold() not in party.text.casefold():
            rule = "words that stand for the party"
        # Words that name others only do not show that this one took part.
        others = bool(named) and code not in named and places.country(party.text) != code
        self._add("parties", code, party.text, shown, rule=rule, inferred=others)

    def _participant(self, person: DraftParticipant) -> None:
        shown = self._at(person.name, person.sentence)
        office = self._of(person.office) if person.office else None
        at = self._add("participants", person.romanised or person.name, person.name, shown)
        if person.office and office:
            self._add("participants.office", person.office.text, person.office.text, office, about=at)
        if person.represents:
            value = places.country(person.represents) or person.represents
            printed = self._printed_beside(value, *([shown, office] if office else [shown]))
            if printed:
                self._add("participants.represents", value, printed.exact, printed, about=at)
            else:
                rule = "no country is printed with the name"
                self._attribute("participants.represents", value, at, inferred_by=rule)
            if person.office and office and doubts.office_of_another(person.office.text, value):
                country = places.name_of(value)
                message = f"{person.name} ({country}) is called {person.office.text}, an office of another country"
                self._warn(WarningCode.OFFICE_OF_ANOTHER, message, office)
        self._attribute("participants.role", person.role, at)
        if person.pronoun:
            self._pronoun(at, person.pronoun)

    def _printed_beside(self, value: str, *anchors: Evidence) -> Evidence | None:
        """The word for a country or organisation nearest to one of the anchors, in the same sentence."""
        for anchor in anchors:
            start, end = anchor.start, anchor.end
            sentence = next((s for s in self.article.sentences if start is not None and s.start <= start < s.end), None)
            if sentence is None or start is None or end is None:
                continue
            words = self.article.slice(sentence)
            spans = [(p.start, p.end) for p in places.find(words) if p.code == value]
            spans += [match.span() for match in re.finditer(rf"\b{re.escape(value)}\b", words)]
            gaps = [
                (max(sentence.start + left - end, start - sentence.start - right, 0), left, right)
                for left, right in spans
            ]
            gap, left, right = min(gaps, default=(_NEAR + 1, 0, 0))
            if gap <= _NEAR:
                return select(self.article, sentence.start + left, sentence.start + right)
        return None

    def _statement(self, statement: DraftStatement) -> None:
        shown = self._at(statement.text, statement.sentence)
        at = self._add("statements", statement.text, statement.text, shown)
        speaker = self._speaker(statement.speaker)
        words = statement.attribution
        if words:
            self._add("statements.speaker", speaker, words.text, self._of(words), about=at)
        else:
            self._attribute("statements.speaker", speaker, at, inferred_by="speaker of the sentences before")
        for field in ("kind", "via", "setting", "translation"):
            self._attribute(f"statements.{field}", getattr(statement, field), at)
        if words and re.search(r"\b(?:he|she)\b", words.text, re.IGNORECASE):
            self._pronoun_of_speaker(speaker, words)

    def _speaker(self, name: str) -> str:
        """The participant of this name in the form of the account, or the name as given."""
        people = (raw for raw in self.raw if raw.field == "participants")
        named = {raw.value: max(likeness(name, raw.value), likeness(name, raw.text)) for raw in people}
        best = [
            value for value, like in named.items() if like is not Likeness.DIFFERENT and like == max(named.values())
        ]
        return best[0] if len(best) == 1 else name

    def _pronoun_of_speaker(self, speaker: str, words: Words) -> None:
        at = next((i for i, raw in enumerate(self.raw) if raw.field == "participants" and raw.value == speaker), None)
        if at is not None:
            self._pronoun(at, words)
        elif not re.search(r"jointly|joint statement|unresolved", speaker) and doubts.institution(speaker):
            message = f"words of {speaker} are attributed to {words.text!r}"
            self._warn(WarningCode.PRONOUN_OF_ORGANISATION, message, self._of(words))

    def _pronoun(self, about: int, words: Words) -> None:
        found = _PRONOUN.search(words.text)
        pronoun = found.group().lower() if found else words.text.lower()
        self._add("participants.pronoun", pronoun, words.text, self._of(words), about=about)

    def _warn(self, code: WarningCode, message: str, *evidence: Evidence) -> None:
        self.warnings.append(Warning(code=code, message=message, evidence=evidence))
