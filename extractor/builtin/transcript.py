"""Transcripts: what each turn says, as a statement of its speaker."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from extractor.builtin.page import Line, Part
from extractor.builtin.people import Register
from extractor.builtin.speech import Speaker, Spoken
from extractor.builtin.tagging import Tagged
from extractor.builtin.turns import QUESTION, Turn
from extractor.values import places

_STAGE = re.compile(r"^\s*(?:[(\[][^()\[\]]{0,60}[)\]]\s*)+")
_PLACE = re.compile(r"^\W*(?P<city>[A-Z][\w’'. -]{1,30}), (?P<region>[A-Z][\w’'. -]{1,30})\W*$")
_TITLE = re.compile(r"^(?:(?:MR|MS|MRS|DR|SHRI|THE)\.? )+", re.IGNORECASE)
_FEWEST = 4
_OF_THE_MEETING = re.compile(
    r"\b(?:bilateral|trilateral|summit|meeting|talks|the call|discussions|sit down|spoke with|" r"met with)\b",
    re.IGNORECASE,
)


def read(sentences: Sequence[Tagged], turns: Mapping[int, Turn], register: Register) -> list[Spoken]:
    """Each paragraph of each turn, in order; the words of those who ask or interpret are left out."""
    prose = [s for s in sentences if s.part is Part.PROSE and s.line.number in turns]
    spoken = []
    for _, group in groupby(prose, key=lambda s: s.line.paragraph):
        for label, part in groupby(group, key=lambda s: turns[s.line.number].label):
            said = list(part)
            text = " ".join([said[0].line.text[turns[said[0].line.number].speech :], *(s.line.text for s in said[1:])])
            text = _STAGE.sub("", text).strip()
            if not QUESTION.match(label) and len(text.split()) >= _FEWEST and _consecutive(said):
                printed = turns[said[0].line.number].speech > 0
                spoken.append(
                    Spoken(
                        _speaker(label, register), "direct", text, said[0], label if printed else None, None, "unknown"
                    )
                )
    return spoken


def _consecutive(said: Sequence[Tagged]) -> bool:
    return said[-1].line.number - said[0].line.number == len(said) - 1


def _speaker(label: str, register: Register) -> Speaker:
    if person := register.called(label):
        return Speaker(person.name, person)
    name = _TITLE.sub("", label)
    return Speaker(name.lower() if "OFFICIAL" in name else name.title() if name.isupper() else name, institution=True)


def tells(spoken: Spoken) -> bool:
    """Whether a paragraph speaks of a meeting at all."""
    return bool(_OF_THE_MEETING.search(spoken.text))


def place(lines: Sequence[Line], turns: Mapping[int, Turn]) -> tuple[str, int] | None:
    """The city in the line above the first turn that says where the words were spoken, and the line's number."""
    for line in lines:
        if line.number in turns:
            return None
        if (match := _PLACE.match(line.text)) and places.city(match["city"]):
            return match["city"], line.number
    return None


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
