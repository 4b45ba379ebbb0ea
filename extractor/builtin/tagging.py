"""Tagged sentences: each person, country, city, date and gathering becomes one character.

The rules of the reading are regular expressions over such a sentence, so that
"Kenyan Foreign Minister Jane Doe met her Ugandan and Rwandan counterparts in
Nairobi on Friday" reads `P met her C and C counterparts in L D`. Every match
maps back to the span of the words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractor import dates, places
from extractor.builtin import lexicon
from extractor.builtin.page import Line, Part
from extractor.builtin.people import Person, Register


@dataclass(frozen=True)
class Tag:
    """A stretch of a line with a meaning: `kind` is a key of `lexicon.BASES`, `value` depends on it.

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

    def __init__(self, line: Line, part: Part, tags: Sequence[Tag]) -> None:
        self.line = line
        self.part = part
        self.tags = sorted(tags, key=lambda tag: tag.start)
        self.text, self._starts, self._ends = self._abstract()
        self._by_char = {self._char(tag, i): tag for i, tag in enumerate(self.tags)}

    def _char(self, tag: Tag, index: int) -> str:
        return chr(lexicon.BASES[tag.kind] + index % lexicon.SPAN)

    def _abstract(self) -> tuple[str, list[int], list[int]]:
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for i, tag in [*enumerate(self.tags), (-1, None)]:
            stop = tag.start if tag else len(self.line.text)
            for at in range(position, stop):
                char = self.line.text[at]
                # Characters of the private use area are no words; they must not read as tags.
                out.append("?" if "\ue000" <= char <= "\uf8ff" else char)
                starts.append(at)
                ends.append(at + 1)
            if tag:
                out.append(self._char(tag, i))
                starts.append(tag.start)
                ends.append(tag.end)
                position = tag.end
        return "".join(out), starts, ends

    def words(self, start: int, end: int) -> str:
        """The words of the line under a stretch of the tagged text, without white space at its ends."""
        if start >= end:
            return ""
        return self.line.text[self._starts[start] : self._ends[end - 1]].strip()

    def within(self, start: int, end: int, kinds: str = "PCLDEOR") -> list[Tag]:
        """The tags of some kinds under a stretch of the tagged text."""
        found = (self._by_char.get(char) for char in self.text[start:end])
        return [tag for tag in found if tag and tag.kind in kinds]

    def at(self, offset: int) -> int:
        """The position in the tagged text of a position in the line."""
        return next((i for i, end in enumerate(self._ends) if end > offset), len(self.text))


def tag(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[list[Tagged], Register]:
    """All lines tagged, and the register of the people in them."""
    kept = [line for line, part in zip(lines, parts, strict=True) if part is not Part.FURNITURE]
    register = Register(kept)
    tagged = []
    for line, part in zip(lines, parts, strict=True):
        if part is not Part.FURNITURE:
            tagged.append(Tagged(line, part, _without_overlap(_tags(line, register))))
    return tagged, register


def _without_overlap(tags: Iterator[Tag]) -> list[Tag]:
    """Earlier kinds win over later ones where tags overlap."""
    kept: list[Tag] = []
    for candidate in tags:
        if not any(t.start < candidate.end and candidate.start < t.end for t in kept):
            kept.append(candidate)
    return kept


def _tags(line: Line, register: Register) -> Iterator[Tag]:
    text = line.text
    yield from _gatherings(text)
    yield from _institutions(text)
    for mention in register.of(line):
        yield Tag("P", mention.start, mention.end, mention.person.name, mention.person)
    for match in _DATE.finditer(text):
        yield Tag("D", match.start(), match.end(), match.group())
    found = places.find(text)
    for place in found:
        kind = "C" if place.code else "R"
        yield Tag(kind, place.start, place.end, place.code or text[place.start : place.end])
    yield from _cities(text)


# "on the sidelines of X" names a gathering whatever X is called; elsewhere its name must show it.
_STOP = (
    r"(?!\b(?:held|in|on|at|which|that|where|who|with|from|hosted|being|this|next|last|said|as|after|before|to|for|was|is|and (?:said|agreed|held|discussed))\b)"
)
_EVENT = rf"(?:{_STOP}(?:\([^)]*\)|\b[A-Z]\.(?:[A-Z]\.)+|[^\s,.;:—–“”\"()\[\]]+)[ ]?)+"
_SIDELINES = re.compile(
    rf"\b(?:on|at|in|along) the (?:sidelines?|fringes?|margins?|occasion|edges?) of (?:the |a |an |this year[’']s )?(?P<event>{_EVENT})"
)
_ATTENDING = re.compile(
    rf"\b(?:attend(?:ing|ed|s)?|tak(?:e|ing) part in|participat(?:e|ing) in|during|alongside|coincid\w+ with|ahead of|following|at) (?:the |a |an |this year[’']s )(?P<event>{_EVENT})"
)
_BESIDE = ("sidelines", "attending")


def _gatherings(text: str) -> Iterator[Tag]:
    for match in _SIDELINES.finditer(text):
        yield _event(match)
    for match in _ATTENDING.finditer(text):
        # Ministers' own talks "during the meeting" are no gathering: its name must be one.
        words = match["event"]
        if lexicon.GATHERING.search(words) and re.search(
            r"(?i)summit|meeting|conference|session|assembly|forum|dialogue|gathering|G-?\d+|congress", words
        ):
            yield _event(match)


def _event(match: re.Match[str]) -> Tag:
    name = match["event"].rstrip()
    name = re.sub(r"(?:[’']s)?$", "", name)
    name = re.sub(r" (?:and|or|of|the)$", "", name)
    start = match.start("event")
    # "annual session of the UN General Assembly": the gathering's own name is what it is of.
    if inner := re.search(r"^(?:\w+ )?(?:session|sessions|meeting|gathering)s? of (?:the )?(?=.*Assembly)", name):
        start, name = start + inner.end(), name[inner.end() :]
    if inner := re.search(r"(?<=Assembly) sessions?$", name):
        name = name[: inner.start()]
    return Tag("E", start, start + len(name), name)


_INSTITUTION = re.compile(
    r"\b(?:(?:[A-Z][\w.]*[’']?s? )?(?:State Department|Department of (?:State|Defen[cs]e)|Pentagon|White House|Kremlin|Blue House|"
    r"Elys[ée]e|Downing Street|(?:Foreign|Defen[cs]e|Finance|Trade|Unification|Interior|Commerce) Ministry|[Ff]oreign [Mm]inistry|Ministry of [A-Z]\w+(?: [A-Z]\w+)*|"
    r"[Pp]residential [Oo]ffice|Prime Minister[’']s Office)|(?:South |North )?[A-Z]\w+ government)\b"
)


def _institutions(text: str) -> Iterator[Tag]:
    for match in _INSTITUTION.finditer(text):
        name = re.sub(r"^(?:The|In|At|At|By) ", "", match.group())
        start = match.end() - len(name)
        before = re.search(r"\b(?:U\.S\.|U\.K\.|South|North) ?$", text[:start])
        if before:
            start, name = before.start(), text[before.start() : match.end()]
        yield Tag("O", start, match.end(), name)


_DATE = re.compile(
    rf"(?:\b(?:on|in|early|late|since|of) )?(?:"
    rf"(?:(?:{dates.WEEKDAY}),? )?(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})? (?:of )?(?-i:(?=[A-Z])){dates.MONTH}(?:,? \d{{4}})?\b|(?-i:(?=[A-Z])){dates.MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?\b(?:,? \d{{4}}\b)?)"
    rf"|\b(?:last |next |this )?{dates.WEEKDAY}\b"
    rf"|\bthe \d{{1,2}}(?:st|nd|rd|th)(?= \(local| of th| local|,| in| to|$|\.)(?: \(local time\))?"
    rf"|(?-i:(?=[A-Z])){dates.MONTH}(?: of)? (?:(?:last|this|next|the previous) year|\d{{4}})\b"
    rf"|\b(?:earlier |later )(?:this|last) (?:week|month|year)\b|\b(?:last|next) (?:week|month|year)\b"
    rf"|\b(?:earlier |later )?(?:today|yesterday|tomorrow)\b|\bthis (?:morning|afternoon|evening|week|month)\b"
    rf"|(?<=\bin )(?-i:(?=[A-Z])){dates.MONTH}\b|(?<=\bearly )(?-i:(?=[A-Z])){dates.MONTH}\b|(?<=\blate )(?-i:(?=[A-Z])){dates.MONTH}\b"
    rf"|\b(?:in|since) (?:19|20)\d\d\b|\b\d{{4}}-\d\d-\d\d\b)",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|at|to|near|outside|visit(?:ed|ing|s)?|from|hosted by) (?P<city>[A-Z][\w’'.-]+(?: (?:de |do |da |del |la |el |al-)?[A-Z][\w’'.-]+){0,3})"
)
_LISTED = re.compile(r"\b(?P<city>[A-Z][a-zà-ÿ]+(?: (?:de |do )?[A-Z][a-zà-ÿ]+){0,2}), (?=[A-Z])")


def _cities(text: str) -> Iterator[Tag]:
    for match in [*_IN.finditer(text), *_LISTED.finditer(text)]:
        words = match["city"].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length]).rstrip(".,’'")
            city = _city(name)
            if not city:
                continue
            rest = text[match.start("city") + len(name) :]
            listed = match.re is _LISTED and places.country(rest[2:].split(",")[0].split(".")[0].split(" on ")[0].strip()) != city.country
            if not listed:
                start = match.start("city")
                yield Tag("L", start, start + len(name), name)
            break


@cache
def _city(name: str) -> places.City | None:
    """A city by this name, unless the name is a country's, or a small town's that is also a word."""
    found = places.city(name)
    if not found or places.country(name) or (found.population < 50_000 and len(name.split()) == 1 and len(name) < 5):
        return None
    return found
