"""The reading: numbered sentences of an English article to a draft."""

import re
from collections.abc import Sequence

from extractor.builtin import levels, meetings, results, speech, transcript
from extractor.builtin.meetings import Found
from extractor.builtin.offices import NOT_AT_TABLE
from extractor.builtin.page import Line, Part, parts, unwrapped
from extractor.builtin.people import Person
from extractor.builtin.speech import Spoken
from extractor.builtin.tagging import Tagged, tag
from extractor.builtin.turns import turns as turns_of
from extractor.schemas import Draft
from extractor.schemas.draft import DraftMeeting, DraftParticipant, DraftParty, DraftStatement, Format, Words
from extractor.values.places import name_of

__all__ = ["Line", "NotEnglishError", "read_draft"]


class NotEnglishError(ValueError):
    """The text is in another language than English; the message names it."""


def read_draft(lines: Sequence[Line]) -> Draft:
    """All diplomatic meetings that the lines tell of.

    Raises NotEnglishError for a text in another language.
    """
    _demand_english(lines)
    lines = unwrapped(lines)
    sentences, register = tag(lines, parts(lines))
    found = meetings.gather(sentences, register)
    reported = [f for f in found if f.role == "reported"]
    turns = turns_of(lines)
    spoken = transcript.read(sentences, turns, register) if turns else speech.read(sentences)
    told = frozenset(m.where.line.number for f in reported for m in f.mentions)
    drafts = []
    for meeting in found:
        mine = _about(meeting, reported, sentences) if meeting.role == "reported" else []
        said = [s for s in spoken if s.where in mine and _may_speak(s, meeting, bool(turns))]
        first = results.distinctions(meeting, sentences, frozenset() if mine else told)
        draft = _draft(meeting, mine, said, sentences).model_copy(update={"distinctions": first})
        if turns and any(s.speaker.person in meeting.people for s in said if s.speaker.person):
            draft = _spoken_at(draft, transcript.place(lines, turns), next(transcript.today(mine, turns), None))
        drafts.append(draft)
    return Draft(meetings=drafts)


def _spoken_at(draft: DraftMeeting, place: tuple[str, int] | None, today: tuple[str, Tagged] | None) -> DraftMeeting:
    """A meeting whose own words the transcript holds: where and when they were spoken, it was held."""
    more: dict[str, object] = {}
    if place and not draft.city and draft.occurrence == "held":
        city = Words(text=place[0], sentence=place[1])
        more |= {"city": city, "place": draft.place or city}
    if today and not draft.date:
        more["date"] = _words(*today)
    if draft.format == "unknown":
        more["format"] = "in_person"
    return draft.model_copy(update=more)


def _about(meeting: Found, reported: Sequence[Found], sentences: Sequence[Tagged]) -> list[Tagged]:
    """The sentences of prose that belong to a reported meeting: from a mention of it to a mention of another."""
    starts: dict[int, Found] = {}
    for other in reported:
        for mention in other.mentions:
            starts[mention.where.line.number] = other
        # A sentence whose subjects are just the people of a smaller meeting is about that meeting.
        for sentence in sentences:
            named = [t.person for t in sentence.tags if t.person]
            if len(reported) > 1 and len(named) >= 2 and {p.name for p in named} == {p.name for p in other.people}:
                starts.setdefault(sentence.line.number, other)
    current = reported[0]
    mine = []
    for sentence in sentences:
        current = starts.get(sentence.line.number, current)
        if sentence.part is Part.PROSE and current is meeting:
            mine.append(sentence)
    return mine


def _may_speak(spoken: Spoken, meeting: Found, turn: bool) -> bool:
    """Whether the speaker is at the table, or an institution, or the parties together.

    In a transcript the others count where they speak of a meeting.
    """
    person = spoken.speaker.person
    if turn:
        return person in meeting.people or transcript.tells(spoken)
    if person is None:
        return True
    return person in meeting.people or bool(person.office and NOT_AT_TABLE.search(person.office))


def _draft(meeting: Found, mine: Sequence[Tagged], said: Sequence[Spoken], sentences: Sequence[Tagged]) -> DraftMeeting:
    lead = meeting.lead
    level, level_words, level_line = levels.level(meeting, sentences)
    dated = levels.best_date(meeting, sentences)
    located = next((m for m in [lead, *meeting.mentions] if m.at.city), None)
    landed = next((m for m in [lead, *meeting.mentions] if m.at.country), None)
    site = next((m for m in meeting.mentions if m.at.site), None)
    event = next((m for m in [lead, *meeting.mentions] if m.at.event), None)
    form = next((m for m in meeting.mentions if m.format_words), None)
    city = _words(located.at.city.value, located.where) if located and located.at.city else None
    country = (
        _words(landed.where.line.text[landed.at.country.start : landed.at.country.end], landed.where)
        if landed and landed.at.country
        else None
    )
    if not city and meeting.here:
        city = Words(text=meeting.here.words, sentence=meeting.here.line)
    host = _words(event.at.event.value, event.where) if event and event.at.event else None
    if meeting.role == "reported":
        host, country = _attended(mine, host, country)
    named_site = _words(site.at.site, site.where) if site and site.at.site else None
    form_words = _words(form.format_words, form.where) if form and form.format_words else None
    return DraftMeeting(
        mention=_words(lead.words, lead.where),
        role=meeting.role,
        occurrence=meeting.occurrence,
        level=level,
        level_words=Words(text=level_words, sentence=level_line) if level_words else None,
        format=_format(form_words, bool(city or country or named_site), meeting),
        format_words=form_words,
        date=_words(dated[0].value, dated[1]) if dated else None,
        time=None,
        duration=results.duration(meeting, mine),
        place=city or named_site or country,
        venue=named_site if city else None,
        city=city,
        country=country,
        host_event=host,
        parties=[DraftParty(name=name_of(p.code), text=p.words, sentence=p.line) for p in meeting.parties],
        participants=[_participant(person, meeting, sentences) for person in meeting.people],
        distinctions=[],
        topics=results.topics(meeting, mine),
        outcomes=list(results.outcomes(meeting, mine)),
        statements=[_statement(s) for s in said],
    )


def _words(text: str, where: Tagged) -> Words:
    return Words(text=text, sentence=where.line.number)


def _format(words: Words | None, placed: bool, meeting: Found) -> Format:
    """By the words that name it; a meeting with a place, or where people "met", is in person."""
    text = words.text.lower() if words else ""
    if re.search(r"video|virtual|online", text):
        return "video"
    if re.search(r"phone|call|tele", text):
        return "phone"
    met = any(re.search(r"\bmet\b", m.words) for m in meeting.mentions)
    return "in_person" if text or placed or met or (meeting.role == "reported" and _beside(meeting)) else "unknown"


def _beside(meeting: Found) -> bool:
    return any(m.at.event for m in meeting.mentions)


_TAKING_PART = re.compile(r"\bvisiting (?P<country>.+?) to (?:take part in|attend|participate in)\b")


def _attended(mine: Sequence[Tagged], host: Words | None, country: Words | None) -> tuple[Words | None, Words | None]:
    """The gathering that the participants came for ("are visiting Kenya to attend ..."), and its country."""
    for sentence in mine:
        match = _TAKING_PART.search(sentence.text)
        if not match:
            continue
        tags = sentence.within(match.start("country"), match.end("country"), "C")
        events = sentence.within(match.end(), len(sentence.text), "E")
        if events and (host is None or len(events[0].value) > len(host.text)):
            host = _words(events[0].value, sentence)
        if tags and country is None:
            country = _words(sentence.line.text[tags[0].start : tags[0].end], sentence)
    return host, country


def _participant(person: Person, meeting: Found, sentences: Sequence[Tagged]) -> DraftParticipant:
    code = meeting.sides.represents.get(person.name)
    pronoun = speech.pronoun(person, sentences)
    return DraftParticipant(
        name=person.name,
        sentence=person.line,
        romanised=None,
        office=Words(text=person.office, sentence=person.office_line) if person.office else None,
        represents=name_of(code) if code else None,
        role="principal",
        pronoun=Words(text=pronoun[0], sentence=pronoun[1]) if pronoun else None,
    )


def _statement(spoken: Spoken) -> DraftStatement:
    return DraftStatement(
        speaker=spoken.speaker.name,
        via=spoken.via,
        kind=spoken.kind,
        text=spoken.text,
        sentence=spoken.where.line.number,
        attribution=_words(spoken.attribution, spoken.where) if spoken.attribution else None,
        setting=spoken.setting,
        translation=None,
    )


_TOO_SHORT = 20
"""Letters: in fewer no language shows."""
_SHARE = 0.12
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "for",
        "on",
        "with",
        "is",
        "was",
        "said",
        "by",
        "as",
        "at",
        "from",
        "it",
        "be",
        "has",
        "are",
        "an",
        "have",
        "not",
    ]
)


def _demand_english(lines: Sequence[Line]) -> None:
    """Common words decide; only a text without enough of them is put to the language identifier."""
    words = [word.lower() for line in lines for word in re.findall(r"[^\W\d_]+", line.text)]
    if sum(map(len, words)) < _TOO_SHORT or sum(word in _COMMON for word in words) >= _SHARE * len(words):
        return
    import py3langid

    language, _ = py3langid.classify(" ".join(line.text for line in lines)[:5000])
    if language != "en":
        raise NotEnglishError(language)
