"""Belonging: of which meeting the words are that an article quotes."""

from collections.abc import Collection, Mapping, Sequence

from extractor.builtin import speech, transcript
from extractor.builtin.found import Found
from extractor.builtin.people import Register
from extractor.builtin.speech import Spoken
from extractor.builtin.tagging import Tagged
from extractor.builtin.turns import ANSWER, Turn


def statements(
    found: Sequence[Found],
    about: Sequence[Sequence[Tagged]],
    sentences: Sequence[Tagged],
    turns: Mapping[int, Turn],
    register: Register,
) -> list[list[Spoken]]:
    """The statements of each meeting, in the order of the text; `about` are the sentences of each."""
    if turns:
        passages = transcript.read(sentences, turns, register)
        told = [s for s in sentences if s.line.number not in turns or turns[s.line.number].label == ANSWER]
        return [
            [*quoted, *said]
            for quoted, said in zip(_told(told, found, about), transcript.assigned(passages, found), strict=True)
        ]
    return _told(sentences, found, about)


def _told(sentences: Sequence[Tagged], found: Sequence[Found], about: Sequence[Sequence[Tagged]]) -> list[list[Spoken]]:
    """The statements that an article tells of."""
    result: list[list[Spoken]] = [[] for _ in found]
    lines = [frozenset(s.line.number for s in mine) for mine in about]
    for said in speech.read(sentences):
        number = said.where.line.number
        at = _recalled(said, found)
        if at is None:
            at = next((i for i, mine in enumerate(lines) if number in mine), None)
            if at is not None and not _takes_part(said, found[at].people):
                at = next((i for i, mine in enumerate(lines) if mine and _takes_part(said, found[i].people)), at)
        if at is None and not any(lines):
            at = _told_last(number, found)
        if at is not None:
            result[at].append(said)
    return result


def _told_last(number: int, found: Sequence[Found]) -> int | None:
    """Where an article reports no meeting: the one of which it told last before a line."""
    told = [
        (mention.where.line.number, -at)
        for at, meeting in enumerate(found)
        for mention in meeting.mentions
        if mention.where.line.number <= number
    ]
    return -max(told)[1] if told else None


def _recalled(said: Spoken, found: Sequence[Found]) -> int | None:
    """The background meeting that the sentence tells of before it quotes what its parties said there."""
    for at, meeting in enumerate(found):
        here = [m for m in meeting.mentions if m.where is said.where]
        if meeting.role == "reported" and here:
            return None
        if here and (said.speaker.joint or _takes_part(said, meeting.people)):
            quoted = said.where.at(said.where.line.text.find(said.text))
            if any(mention.start < quoted for mention in here):
                return at
    return None


def _takes_part(said: Spoken, people: Collection[object]) -> bool:
    return said.speaker.person is not None and said.speaker.person in people
