"""Mentions: each place where a sentence tells of a meeting, with who is named as meeting.

A mention knows only its own sentence and of whom the last one told. `timing`
says whether it was, is or will be, `circumstances` where and when; `meetings`
makes meetings of them.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractor.builtin import offices, phrases, timing
from extractor.builtin.circumstances import Circumstances
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged
from extractor.schemas.draft import Occurrence

Timing = Literal["now", "before", "after"]


class Meant(NamedTuple):
    """Whom pronouns mean: `last` is "he" and "she", `speaker` of a transcript's turn is "I".

    `office` is who "he" and "she" are where a sentence has opened with an office alone: "The President".
    """

    last: Person | None = None
    speaker: Person | None = None
    office: str | None = None


@dataclass(eq=False)
class Mention:
    """One mention of a meeting.

    `start`/`end` span the mention in the tagged text. `size` is the number of
    parties that the words imply ("trilateral"), `timing` one of `now`,
    `before`, `after`; `group` tells that "the three" or "they" are said to meet;
    `one` that it is one of several told of in the same words.
    """

    where: Tagged
    start: int
    end: int
    people: list[Person] = field(default_factory=list)
    countries: list[Tag] = field(default_factory=list)
    group: Tag | None = None
    antecedents: list[Person] = field(default_factory=list)
    size: int | None = None
    timing: Timing = "now"
    occurrence: Occurrence = "held"
    separate: bool = False
    one: bool = False
    definite: bool = False
    summit: bool = False
    format_words: str | None = None
    at: Circumstances = field(default_factory=Circumstances)

    @property
    def words(self) -> str:
        """The words of the mention."""
        return self.where.words(self.start, self.end)

    @property
    def explicit(self) -> bool:
        """Whether at least two parties are named."""
        return len({p.name for p in self.people}) + len({t.value for t in self.countries}) >= 2


def take(mention: Mention, tagged: Tagged, start: int, end: int, meant: Meant) -> None:
    """Adds the people and countries of a stretch to a mention; "the three" is kept as a group."""
    tags = tagged.within(start, end, "PC")
    for tag in tags:
        if tag.person and tag.person not in mention.people and tag.person.at_table:
            mention.people.append(tag.person)
        elif tag.kind == "C" and tag.value not in {t.value for t in mention.countries}:
            mention.countries.append(tag)
    words = tagged.words(start, end)
    if not tags and words == "I":
        add(mention, meant.speaker)
    elif not tags and words.lower() in ("he", "she") and (office := _office(tagged, start, meant)):
        offset = tagged.offset(start)
        mention.group = mention.group or Tag("G", offset, offset + len(words), office)
    elif not tags and (words.lower() in ("he", "she", "him", "her") or held_by(meant.last, words)):
        # The subject of the same sentence, else whom the one before was about.
        first = next((t.person for t in tagged.within(0, start, "P") if t.person and t.person.at_table), None)
        if (alone := phrases.OFFICE_ALONE.match(tagged.text)) and not held_by(first, alone["who"]):
            first = None
        if first in mention.people:
            first = None  # "Doe received her", "at the talks with Roe, the minister said": no one meets himself
        add(mention, meant.last if phrases.OF_BEFORE.match(tagged.text) else first or meant.last)
    elif not tags and words.lower().startswith("their ") and len(theirs := _named(tagged, start)) > 1:
        mention.countries += theirs
    elif not tags and words.lower().startswith("its ") and len(own := _named(tagged, start)) == 1:
        mention.countries += own
    elif not tags:
        offset = tagged.line.text.find(words)
        mention.group = mention.group or Tag("G", offset, offset + len(words), words)
    mention.size = mention.size or _size(words)


def _office(tagged: Tagged, start: int, meant: Meant) -> str | None:
    """The office alone that "he" and "she" stand for: the sentence's own subject, else that of the one before."""
    if subject := phrases.OFFICE_ALONE.match(tagged.text):
        return None if held_by(meant.last, subject["who"]) else subject["who"]
    named = any(t.person and t.person.at_table for t in tagged.within(0, start, "P"))
    return None if named else meant.office


def _named(tagged: Tagged, end: int) -> list[Tag]:
    """The countries that a sentence names up to there: "Kenya and Chad agreed on it as their ministers met"."""
    return list({tag.value: tag for tag in reversed(tagged.within(0, end, "C"))}.values())[::-1]


def bare(mention: Mention) -> bool:
    """Whether one side is an office without a name: "the Secretary called Minister Doe"."""
    return bool(mention.group and phrases.LAST_ONE.fullmatch(mention.group.value))


def held_by(person: Person | None, words: str) -> bool:
    """Whether "the minister" can be a person."""
    if not (phrases.LAST_ONE.fullmatch(words) and person and person.office):
        return False
    head = words.split()[-1].lower()
    of_state = words.lower().endswith(("head of state", "head of government"))
    return head in person.office.lower() or (of_state and offices.level_of(person.office) == "leaders")


def add(mention: Mention, person: Person | None) -> None:
    """Adds a person who takes part in meetings to a mention, once."""
    if person and person.at_table and person not in mention.people:
        mention.people.append(person)


def _size(words: str) -> int | None:
    return next((size for size, expression in phrases.SIZES if expression.search(words)), None)


def when(mention: Mention, how: str, rest: str, head: str) -> None:
    """Whether the mention is of a meeting now, before or to come, and what became of it."""
    words = mention.where.text[mention.start : mention.end]
    how, head = phrases.GLADLY.sub("", phrases.ASIDE.sub("", how)), phrases.GLADLY.sub("", head)
    mention.occurrence = timing.occurrence(how, words, rest, head)
    # "She will travel to the city and hold talks": the plain form goes on with "will".
    going_on = phrases.PLAIN_FORM.match(words) and phrases.AHEAD.search(mention.where.text, 0, mention.start)
    if mention.occurrence == "held" and (going_on or phrases.PREVIEW.search(head) or phrases.BOUND_FOR.search(head)):
        mention.occurrence = "planned"
    if mention.occurrence == "planned":
        mention.timing = "after"
    elif timing.earlier(how, words, rest, head):
        mention.timing = "before"
    nearby = how + words
    mention.size = mention.size or _size(nearby)
    mention.separate = bool(phrases.SEPARATE.search(nearby) or phrases.SEPARATE.search(head[-60:]))
    match = phrases.FORMATS.search(nearby + rest[:60]) or phrases.CALLED.fullmatch(words)
    if match and match.group() in mention.where.line.text:
        mention.format_words = match.group()
