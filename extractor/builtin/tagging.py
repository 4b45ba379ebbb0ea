"""Tagged sentences: each person, country, city, date and gathering becomes one character.

The rules of the reading are regular expressions over such a sentence, so that
"Kenyan Foreign Minister Jane Doe met her Ugandan and Rwandan counterparts in
Nairobi on Friday" reads `P met her C and C counterparts in L D`. Every match
maps back to the span of the words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.builtin import landmarks
from extractor.builtin.grammar import CHARACTERS
from extractor.builtin.page import Line, Part
from extractor.builtin.people import Person, Register


@dataclass(frozen=True)
class Tag:
    """A stretch of a line with a meaning: `kind` is a key of `grammar.CHARACTERS`, `value` depends on it.

    P: a Person · C: a country's code · L: a city's name · D: a date phrase ·
    E: a gathering's name · O: an institution's name · R: a region's name.
    """

    kind: str
    start: int
    end: int
    value: str
    person: Person | None = None


class Tagged:
    """A line with its tags; `text` is the line with each tag as one character."""

    def __init__(self, line: Line, part: Part, tags: Iterable[Tag]) -> None:
        self.line = line
        self.part = part
        self.tags = sorted(tags, key=lambda tag: tag.start)
        self._positions: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.text = self._abstract()

    def _abstract(self) -> str:
        source = self.line.text
        out: list[str] = []
        position = 0
        for tag in [*self.tags, None]:
            for at in range(position, tag.start if tag else len(source)):
                # Characters of the private use area are no words; they must not read as tags.
                out.append("?" if "\ue000" <= source[at] <= "\uf8ff" else source[at])
                self._starts.append(at)
                self._ends.append(at + 1)
            if tag:
                self._positions.append(len(out))
                out.append(CHARACTERS[tag.kind])
                self._starts.append(tag.start)
                self._ends.append(tag.end)
                position = tag.end
        return "".join(out)

    def words(self, start: int, end: int) -> str:
        """The words of the line under a stretch of the tagged text, without white space at its ends."""
        if start >= end:
            return ""
        return self.line.text[self._starts[start] : self._ends[end - 1]].strip()

    def within(self, start: int, end: int, kinds: str = "PCLDEOR") -> list[Tag]:
        """The tags of some kinds under a stretch of the tagged text."""
        first, last = bisect_left(self._positions, start), bisect_left(self._positions, end)
        return [tag for tag in self.tags[first:last] if tag.kind in kinds]

    def at(self, offset: int) -> int:
        """The position in the tagged text of a position in the line."""
        return bisect_right(self._ends, offset)

    def offset(self, at: int) -> int:
        """The position in the line of a position in the tagged text."""
        return self._ends[at - 1] if at else 0


def tag(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[list[Tagged], Register]:
    """All lines but the furniture tagged, and the register of the people in them."""
    kept = [(line, part) for line, part in zip(lines, parts, strict=True) if part is not Part.FURNITURE]
    register = Register([line for line, _ in kept])
    return [Tagged(line, part, _without_overlap(_tags(line, register))) for line, part in kept], register


def again(sentences: Sequence[Tagged], register: Register) -> list[Tagged]:
    """The sentences, those tagged anew in which "the president" may be another now that the home country is known."""
    return [
        Tagged(s.line, s.part, _without_overlap(_tags(s.line, register)))
        if next(register.by_office(s.line), None)
        else s
        for s in sentences
    ]


def _without_overlap(tags: Iterator[Tag]) -> list[Tag]:
    """Earlier kinds win over later ones where tags overlap."""
    starts: list[int] = []
    kept: list[Tag] = []
    for candidate in tags:
        at = bisect_left(starts, candidate.start)
        clear = (at == 0 or kept[at - 1].end <= candidate.start) and (
            at == len(kept) or candidate.end <= kept[at].start
        )
        if clear and candidate.start < candidate.end:
            starts.insert(at, candidate.start)
            kept.insert(at, candidate)
    return kept


def _tags(line: Line, register: Register) -> Iterator[Tag]:
    text = line.text
    for mark in landmarks.gatherings(text):
        yield Tag(mark.kind, mark.start, mark.end, mark.value)
    # "A Foreign Ministry spokesman, John Roe": the institution is a part of the office.
    for named in register.of(line):
        yield Tag("P", named.start, named.end, named.person.name, named.person)
    for mark in landmarks.institutions(text):
        yield Tag(mark.kind, mark.start, mark.end, mark.value)
    for mark in landmarks.dates_of(text):
        yield Tag(mark.kind, mark.start, mark.end, mark.value)
    for start, end, person in register.by_office(line):
        yield Tag("P", start, end, person.name, person)
    for place in landmarks.countries(text):
        yield Tag("C" if place.code else "R", place.start, place.end, place.code or text[place.start : place.end])
    for mark in (*landmarks.capitals(text), *landmarks.cities(text)):
        yield Tag(mark.kind, mark.start, mark.end, mark.value)
