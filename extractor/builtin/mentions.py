"""Mentions: each place where a sentence tells of a meeting, with who is named as meeting.

A mention knows only its own sentence and of whom the last one told. `timing`
says whether it was, is or will be, `circumstances` where and when; `meetings`
makes meetings of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from extractor.builtin import phrases, timing
from extractor.builtin.circumstances import Circumstances, named_after
from extractor.builtin.lexicon import GATHERING, SPORT
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged
from extractor.schemas.draft import Occurrence

Timing = Literal["now", "before", "after"]

REACH = 300
"""Characters of the tagged sentence in which a rule looks for subject and object."""


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


def _before_the_press(tagged: Tagged) -> Iterator[Mention]:
    """A headline such as "Remarks by the two presidents at a joint press conference": they have met."""
    match = phrases.TOGETHER.search(tagged.text) if tagged.part is Part.HEADLINE else None
    if match:
        mention = Mention(tagged, match.start(), match.end())
        _take(mention, tagged, match.start("who"), match.end("who"), None)
        yield mention


def find(tagged: Tagged, last: Person | None = None) -> list[Mention]:
    """The mentions of meetings in one sentence, in order; `last` is whom "he" and "she" mean."""
    nouns = list(_nouns(tagged, last))
    spans = [(n.start, n.end) for n in nouns]
    verbs = [v for v in _verbs(tagged, last) if not any(start <= v.start < end for start, end in spans)]
    found = _joined(sorted([*nouns, *verbs, *_before_the_press(tagged)], key=lambda m: m.start))
    limits = [*(m.start for m in found[1:]), len(tagged.text)]
    for mention, limit in zip(found, limits, strict=False):
        mention.at = Circumstances.of(tagged, mention.start, mention.end, limit, mention.countries)
    return [one for mention in found for one in _each(mention)]


def _each(mention: Mention) -> Iterator[Mention]:
    """The meetings of "separate meetings with her Kenyan and Ugandan counterparts": one with each."""
    words = mention.where.text[mention.start : mention.end + 20]
    host = mention.people[0] if mention.people else None
    if not (host and mention.explicit and phrases.ONE_BY_ONE.search(words)):
        yield mention
        return
    guests = mention.people[1:]
    lands = [t for t in mention.countries if t.value not in {p.country for p in guests}]
    if len(guests) + len(lands) < 2:
        yield mention
        return
    for guest in guests:
        yield replace(mention, people=[host, guest], countries=[], size=2, group=None, one=True)
    for land in lands:
        yield replace(mention, people=[host], countries=[land], size=2, group=None, one=True)


def _joined(found: list[Mention]) -> list[Mention]:
    """One mention of "met for talks" and "hosted them for a meeting"."""
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        again = set(mention.people) <= set(before.people) and not mention.countries if before else False
        if before and before.people and before.explicit and again and not mention.definite and not mention.group:
            between = before.where.text[before.end : mention.start]
            if phrases.FOR_A.match(between) and not mention.separate:
                before.size = before.size or mention.size
                before.summit = before.summit or mention.summit
                continue
        kept.append(mention)
    return kept


def _nouns(tagged: Tagged, last: Person | None) -> Iterator[Mention]:
    text = tagged.text
    for match in phrases.NOUN.finditer(text):
        before = match["before"] or ""
        begin = max(0, match.start() - REACH)
        head = text[begin : match.start()]
        lead = text[begin : match.start("before")]
        if phrases.NOT_DIPLOMATIC.search(lead + before) or timing.wished(lead + before):
            continue
        if phrases.BY_MEANS_OF.search(head):
            continue
        mention = Mention(tagged, match.start(), match.end())
        mention.summit = "summit" in match["noun"].lower()
        mention.definite = bool(re.match(r"(?:the|their|this|that|our|today[’']s)\b", match.group(), re.IGNORECASE))
        rest = text[match.end() : match.end() + REACH]
        how = ""
        hold = phrases.HOLD.search(lead)
        subject = phrases.SUBJECT.search(lead, 0, hold.start()) if hold else None
        if not subject and tagged.part is Part.HEADLINE:
            subject = phrases.AROUND.search(lead)
        if hold and not subject:
            mention.start = begin + hold.start()
            how = lead[max(0, hold.start() - 40) :] + match.group()
            _coordinate(mention, lead[: hold.start()], last)
        if subject:
            _take(mention, tagged, begin + subject.start("who"), begin + subject.end("who"), last)
        if hold and subject:
            how = subject["how"] + lead[hold.start() :] + match.group()
            mention.start = begin + hold.start()
        if with_ := phrases.WITH.match(rest):
            _take(mention, tagged, match.end() + with_.start("whom"), match.end() + with_.end("whom"), last)
        if not mention.explicit:
            _beside(mention, match, rest, last)
        own = phrases.OWN.search(text[begin : match.start("noun")].removesuffix(before.lstrip()))
        if own and (own["one"] or not mention.explicit):
            _take(mention, tagged, begin + own.start(), begin + own.end(), last)
        inside = tagged.within(match.start("before"), match.end("before"), "C")
        mention.countries += [tag for tag in inside if tag not in mention.countries]
        # A summit named after a house or a town in two words is one meeting, no gathering of many.
        housed = mention.definite and len((named_after(mention.words) or "").split()) > 1
        if GATHERING.search(mention.words) and not housed and not (mention.explicit and mention.people):
            continue
        _when(mention, how or before, rest, head)
        if mention.occurrence == "held" and (other := phrases.OTHERS.search(match.group())):
            mention.timing = "after" if other.group().lower() == "next" else "before"
        yield mention


def _beside(mention: Mention, match: re.Match[str], rest: str, last: Person | None) -> None:
    """The other side of "after a meeting with the minister, Doe said": the sentence's subject, after or before."""
    tagged, text = mention.where, mention.where.text
    if (
        match.start() < REACH
        and phrases.LEADING.match(text[: match.start()])
        and (took := phrases.TOOK_PART.match(rest))
    ):
        _take(mention, tagged, match.end() + took.start("who"), match.end() + took.end("who"), last)
    elif not mention.people and phrases.IN_THE_COURSE_OF.search(
        text[max(0, match.start() - 60) : match.start("before")]
    ):
        if both := phrases.BOTH.match(text[: match.start()]):
            _take(mention, tagged, both.start("who"), both.end("who"), last)
    elif mention.people and phrases.DURING.search(text[max(0, match.start() - 20) : match.start("before")]):
        first = next((t.person for t in tagged.within(0, match.start(), "P") if t.person), None)
        if first and first.at_table and first not in mention.people:
            mention.people.insert(0, first)


def _coordinate(mention: Mention, head: str, last: Person | None) -> None:
    """The subject of a second verb: "arrived on Monday and held talks with", "is there to meet"."""
    if not phrases.ALSO.search(head[-60:]):
        return
    first = next((t.person for t in mention.where.within(0, mention.start, "P") if t.person), None)
    subject = first or (last if phrases.SUBJECT_PRONOUN.search(head) else None)
    if subject and subject.at_table and subject not in mention.people:
        mention.people.insert(0, subject)


def _verbs(tagged: Tagged, last: Person | None) -> Iterator[Mention]:
    text = tagged.text
    for match in phrases.VERB.finditer(text):
        begin = max(0, match.start() - REACH)
        head = text[begin : match.start()]
        if timing.wished(head):
            continue
        mention = Mention(tagged, match.start(), match.end())
        rest = text[match.end() : match.end() + REACH]
        subject = phrases.SUBJECT.search(head)
        whom = phrases.WITH.match(rest)
        if match["receive"]:
            whom = _received(match, rest)
            if not whom:
                continue
        elif not whom and match["meet"]:
            whom = phrases.BARE_OBJECT.match(rest)
        if subject:
            _take(mention, tagged, begin + subject.start("who"), begin + subject.end("who"), last)
        if whom:
            _take(mention, tagged, match.end() + whom.start("whom"), match.end() + whom.end("whom"), last)
        if whom and not subject:
            _coordinate(mention, head, last)
        if match["verb"] == "meeting" and match.start() == 0 and (took := phrases.TOOK_PART.match(rest)):
            _take(mention, tagged, match.end() + took.start("who"), match.end() + took.end("who"), last)
        if not whom and (match["speak"] or match["sit"] or (match["gather"] and not subject)):
            continue
        if not subject and not whom and not (match["verb"] == "meeting" and match.start() == 0):
            continue
        if not (mention.people or mention.countries or mention.group):
            continue
        if match["receive"] and not (mention.explicit and mention.people):
            continue
        _when(mention, subject["how"] if subject else head[-30:], rest, head)
        if mention.occurrence == "planned" and phrases.IF.search(rest):
            continue
        if SPORT.search(text) and not any(p.office for p in mention.people):
            continue
        yield mention


def _received(match: re.Match[str], rest: str) -> re.Match[str] | None:
    """The guest or the one called; None where the words mean another thing ("called on them to stop")."""
    verb = match["receive"].lower()
    whom = phrases.GUEST.match(rest)
    if not whom or phrases.ACTS_ON_PAPER.match(rest):
        return None
    after = rest[whom.end() :]
    if verb.startswith(("called", "calls", "rang", "phoned", "telephoned")) and phrases.CALLED_NAMES.match(after):
        return None
    if verb.startswith(("host", "welcom")) and not (
        phrases.FOR_TALKS.match(after) or (verb.startswith("host") and phrases.GUESTS.search(whom.group()))
    ):
        return None
    return whom


def _take(mention: Mention, tagged: Tagged, start: int, end: int, last: Person | None) -> None:
    """Adds the people and countries of a stretch to a mention; "the three" is kept as a group."""
    tags = tagged.within(start, end, "PC")
    for tag in tags:
        if tag.person and tag.person not in mention.people and tag.person.at_table:
            mention.people.append(tag.person)
        elif tag.kind == "C" and tag.value not in {t.value for t in mention.countries}:
            mention.countries.append(tag)
    words = tagged.words(start, end)
    if not tags and (phrases.LAST_ONE.fullmatch(words) or words.lower() in ("him", "her")):
        if last and last.at_table and last not in mention.people:
            mention.people.append(last)
    elif not tags:
        offset = tagged.line.text.find(words)
        mention.group = mention.group or Tag("G", offset, offset + len(words), words)
    mention.size = mention.size or _size(words)


def _size(words: str) -> int | None:
    return next((size for size, expression in phrases.SIZES if expression.search(words)), None)


def _when(mention: Mention, how: str, rest: str, head: str) -> None:
    """Whether the mention is of a meeting now, before or to come, and what became of it."""
    words = mention.where.text[mention.start : mention.end]
    mention.occurrence = timing.occurrence(how, words, rest, head)
    if mention.occurrence == "planned":
        mention.timing = "after"
    elif timing.earlier(how, words, rest, head):
        mention.timing = "before"
    nearby = how + words
    mention.size = mention.size or _size(nearby)
    mention.separate = bool(phrases.SEPARATE.search(nearby) or phrases.SEPARATE.search(head[-60:]))
    if (match := phrases.FORMATS.search(nearby + rest[:60])) and match.group() in mention.where.line.text:
        mention.format_words = match.group()
