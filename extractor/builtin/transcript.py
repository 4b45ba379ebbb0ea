"""Transcripts: what each turn says, as a statement of its speaker, and of which meeting it speaks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.builtin import offices
from extractor.builtin.found import Found
from extractor.builtin.page import Part
from extractor.builtin.people import Register
from extractor.builtin.speech import Spoken
from extractor.builtin.tagging import Tagged
from extractor.builtin.turns import ANSWER, QUESTION, Turn
from extractor.builtin.voices import Speaker

_STAGE = re.compile(r"^\s*(?:[(\[][^()\[\]]{0,60}[)\]]\s*)+")
_TITLE = re.compile(r"^(?:(?:MR|MS|MRS|DR|SHRI|THE)\.? )+", re.IGNORECASE)
_FEWEST = 4
_LONGEST = 90
"""Words from which a paragraph is parted into several statements."""
_OF_THE_MEETING = re.compile(
    r"\b(?:bilateral|trilateral|summit|meeting|talks|the call|discussions|sit down|spoke with|met with)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A paragraph of a turn: its lines, and what is said in it; nothing of those who ask or interpret."""

    turn: int
    lines: frozenset[int]
    words: str
    said: tuple[Spoken, ...]

    @property
    def tells(self) -> bool:
        """Whether it speaks of a meeting at all."""
        return bool(_OF_THE_MEETING.search(self.words))


def read(sentences: Sequence[Tagged], turns: Mapping[int, Turn], register: Register) -> list[Passage]:
    """The paragraphs of all turns, in order."""
    prose = [s for s in sentences if s.part is Part.PROSE and s.line.number in turns]
    passages: list[Passage] = []
    turn, before = 0, ""
    for _, group in groupby(prose, key=lambda s: s.line.paragraph):
        for label, part in groupby(group, key=lambda s: turns[s.line.number].label):
            said = list(part)
            printed = turns[said[0].line.number].speech > 0
            turn += printed or label != before
            before = label
            words = " ".join(s.line.text for s in said)
            asks = QUESTION.match(label) or label == ANSWER
            statements = () if asks else tuple(_statements(said, turns, _speaker(label, register)))
            passages.append(Passage(turn, frozenset(s.line.number for s in said), words, statements))
    return passages


def _statements(said: Sequence[Tagged], turns: Mapping[int, Turn], speaker: Speaker) -> Iterator[Spoken]:
    """A paragraph as one statement, a long one as several of whole sentences."""
    for part in _parted(said):
        turn = turns[part[0].line.number]
        text = " ".join([part[0].line.text[turn.speech :], *(s.line.text for s in part[1:])])
        text = _STAGE.sub("", text).strip()
        if len(text.split()) >= _FEWEST:
            yield Spoken(speaker, "direct", text, part[0], turn.label if turn.speech else None, None, "unknown")


def _parted(said: Sequence[Tagged]) -> Iterator[list[Tagged]]:
    """Sentences that stand one after the other, in parts of some length."""
    part: list[Tagged] = []
    length = 0
    for sentence in said:
        broken = part and sentence.line.number != part[-1].line.number + 1
        if broken or length > _LONGEST:
            yield part
            part, length = [], 0
        part.append(sentence)
        length += len(sentence.line.text.split())
    if part:
        yield part


def _speaker(label: str, register: Register) -> Speaker:
    if person := register.called(label):
        return Speaker(person.name, person)
    name = _TITLE.sub("", label)
    return Speaker(name.lower() if "OFFICIAL" in name else name.title() if name.isupper() else name, institution=True)


def assigned(passages: Sequence[Passage], found: Sequence[Found]) -> list[list[Spoken]]:
    """What is said of each meeting.

    Who speaks at a meeting, or after it before the press, speaks of it until
    another is mentioned. Who tells of one speaks of it to the end of the turn.
    """
    result: list[list[Spoken]] = [[] for _ in found]
    told = [frozenset(m.where.line.number for m in meeting.mentions) for meeting in found]
    own = _own(passages, found)
    main = next((at for at, meeting in enumerate(found) if meeting.role == "reported"), None)
    current = own
    turn = 0
    for at, passage in enumerate(passages):
        here = [i for i, lines in enumerate(told) if lines & passage.lines]
        asked = passages[at - 1] if at and passages[at - 1].turn != passage.turn and not passages[at - 1].said else None
        if own is not None and own in here:
            current = own
        elif here:
            current = here[0]
        elif own is not None and _official(passage):
            current = own
        elif passage.tells and current is None:
            current = main
        elif passage.turn != turn and not (passage.tells or not passage.said or (asked and asked.tells)):
            current = None
        turn = passage.turn
        if current is not None:
            result[current] += passage.said
    return result


def attend(meeting: Found, said: Sequence[Spoken]) -> None:
    """Adds those of the rank of its people who speak at a meeting, as its own transcript shows them."""
    people = meeting.people
    speakers = [s.speaker.person for s in said if s.speaker.person]
    ranks = {offices.level_of(p.office or "") for p in people if p.office} - {"unknown"}
    if not people:
        # "Press statements following talks": one of each party speaks.
        people = [p for p in dict.fromkeys(speakers) if p.at_table and p.country in meeting.codes]
        people = people if {p.country for p in people} == set(meeting.codes) else []
    if not any(speaker in people for speaker in speakers):
        return
    for person in dict.fromkeys(speakers):
        # One of no printed country is of the party for which nobody is there yet.
        fits = person.country in meeting.codes if person.country else len(people) < len(meeting.codes)
        if person not in people and person.at_table and fits and offices.level_of(person.office or "") in ranks:
            people = [*people, person]
    meeting.sides.people = people
    meeting.sides.settle()


def _own(passages: Sequence[Passage], found: Sequence[Found]) -> int | None:
    """The meeting at which the words are spoken: the one whose people speak."""
    speakers = {said.speaker.person.name for passage in passages for said in passage.said if said.speaker.person}
    ranked = [
        (len(speakers & {p.name for p in meeting.people}), -at)
        for at, meeting in enumerate(found)
        if meeting.role == "reported"
    ]
    best = max(ranked, default=(0, 0))
    return -best[1] if best[0] else None


def _official(passage: Passage) -> bool:
    return any(said.speaker.person and said.speaker.person.at_table for said in passage.said)


def today(sentences: Sequence[Tagged], turns: Mapping[int, Turn]) -> Iterator[tuple[str, Tagged]]:
    """Where speakers say "today" of the meeting at which they speak."""
    for sentence in sentences:
        for tag in sentence.tags:
            if (
                tag.kind == "D"
                and sentence.line.number in turns
                and tag.value.lower() in ("today", "this morning", "this afternoon")
            ):
                yield tag.value, sentence
