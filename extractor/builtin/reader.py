"""The reading: numbered sentences of an English article to a draft."""

import re
from collections.abc import Sequence

from extractor.builtin import attendance, belonging, heads, home, levels, meetings, results, setting, speech, transcript
from extractor.builtin.found import Found
from extractor.builtin.page import Line, Part, parts, plain, unwrapped
from extractor.builtin.people import Person
from extractor.builtin.speech import Spoken
from extractor.builtin.tagging import Tagged, again, tag
from extractor.builtin.turns import turns as turns_of
from extractor.schemas import Draft
from extractor.schemas.draft import DraftMeeting, DraftParticipant, DraftParty, DraftStatement, Words
from extractor.values.places import name_of

__all__ = ["Line", "NotEnglishError", "read_draft"]


class NotEnglishError(ValueError):
    """The text is in another language than English; the message names it."""


def read_draft(lines: Sequence[Line], publisher: str = "") -> Draft:
    """All diplomatic meetings that the lines tell of; `publisher` is the name that the message shows above them.

    Raises NotEnglishError for a text in another language.
    """
    _demand_english(lines)
    lines = unwrapped([plain(line) for line in lines])
    sentences, register = tag(lines, parts(lines))
    own = home.settle(sentences, register, publisher)
    if register.home:
        sentences = again(sentences, register)
    turns = turns_of(lines)
    speakers = {number: person for number, turn in turns.items() if (person := register.called(turn.label))}
    found = meetings.gather(sentences, register, own, speakers)
    reported = [f for f in found if f.role == "reported"]
    head = heads.read(lines, turns or {s.line.number for s in sentences if s.part is Part.PROSE})
    about = [_about(f, reported, sentences) if f.role == "reported" else [] for f in found]
    attendance.settle(found, about)
    spoken = belonging.statements(found, about, sentences, turns, register)
    told = frozenset(m.where.line.number for f in reported for m in f.mentions)
    drafts = []
    for meeting, mine, said in zip(found, about, spoken, strict=True):
        if turns:
            transcript.attend(meeting, said)
        first = results.distinctions(meeting, sentences, frozenset() if mine else told)
        draft = _draft(meeting, mine, said, sentences, next(iter(reported), None)).model_copy(
            update={"distinctions": first}
        )
        if turns and any(s.speaker.person in meeting.people for s in said if s.speaker.person):
            draft = _spoken_at(draft, head, next(transcript.today(mine, turns), None))
        elif mine and meeting is reported[0] and (heads.joint(lines) or _in_headline(meeting)):
            draft = _spoken_at(draft, head, heads.issued(sentences) if heads.joint(lines) else None)
        drafts.append(draft)
    return Draft(meetings=drafts)


def _spoken_at(draft: DraftMeeting, head: heads.Head, today: tuple[str, Tagged] | None) -> DraftMeeting:
    """A meeting whose own words the page holds: where and when they were spoken or issued, it was held."""
    more: dict[str, object] = {}
    if draft.occurrence == "held" and not draft.city and draft.format in ("in_person", "unknown") and head.place:
        more |= {"city": head.city, "place": head.place, "venue": head.venue, "country": head.country}
    date = head.date or (_words(*today) if today else None)
    if date and not draft.date:
        more["date"] = date
    if draft.format == "unknown":
        more["format"] = "in_person"
    return draft.model_copy(update=more)


def _in_headline(meeting: Found) -> bool:
    return any(m.where.part is Part.HEADLINE for m in meeting.mentions)


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
    most = max(reported, key=lambda other: len(other.mentions))
    mine = []
    paragraph = 0
    for sentence in sentences:
        # A meeting that is told of once is over with its paragraph: the article goes back to its main one.
        if sentence.line.paragraph != paragraph and len(current.mentions) == 1 < len(most.mentions):
            current = most
        paragraph = sentence.line.paragraph
        current = starts.get(sentence.line.number, current)
        if sentence.part is Part.PROSE and current is meeting:
            mine.append(sentence)
    return mine


def _draft(
    meeting: Found, mine: Sequence[Tagged], said: Sequence[Spoken], sentences: Sequence[Tagged], main: Found | None
) -> DraftMeeting:
    lead = meeting.lead
    level, level_words, level_line = levels.level(meeting, sentences, main)
    at = setting.of(meeting, mine, sentences)
    return DraftMeeting(
        mention=_words(lead.words, lead.where),
        role=meeting.role,
        occurrence=meeting.occurrence,
        level=level,
        level_words=Words(text=level_words, sentence=level_line) if level_words else None,
        format=at.format,
        format_words=at.format_words,
        date=at.date,
        time=None,
        duration=results.duration(meeting, mine),
        place=at.place,
        venue=at.venue,
        city=at.city,
        country=at.country,
        host_event=at.host_event,
        parties=[DraftParty(name=name_of(p.code), text=p.words, sentence=p.line) for p in meeting.parties],
        participants=[_participant(person, meeting, sentences) for person in meeting.people],
        distinctions=[],
        topics=results.topics(meeting, mine),
        outcomes=list(results.outcomes(meeting, mine)),
        statements=[_statement(s) for s in said],
    )


def _words(text: str, where: Tagged) -> Words:
    return Words(text=text, sentence=where.line.number)


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
