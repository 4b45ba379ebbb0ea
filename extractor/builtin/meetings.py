"""Meetings: the mentions of an article, gathered into the meetings that they tell of.

What the article reports stands first and is mentioned again ("the talks");
another set of parties makes another meeting; what is told with "last met" or
"to be held" is background.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.builtin import offices, timing
from extractor.builtin.mentions import Mention, find
from extractor.builtin.page import Part
from extractor.builtin.parties import Background, Party, Sides
from extractor.builtin.people import Person, Register, spread
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import Level, Occurrence, Role

_CALLED_OFF: tuple[Occurrence, ...] = ("cancelled", "postponed", "denied")


@dataclass
class Found:
    """A meeting as the article tells of it: its mentions, its parties, its people."""

    role: Role
    mentions: list[Mention]
    sides: Sides = field(default_factory=Sides)
    here: Party | None = None
    """The city of the dateline, where a mention says "here"."""

    @property
    def parties(self) -> list[Party]:
        """The parties, in the order of the text."""
        return self.sides.parties

    @property
    def people(self) -> list[Person]:
        """The people who took part."""
        return self.sides.people

    @property
    def codes(self) -> list[str]:
        """The codes of the parties, in the order of the text."""
        return self.sides.codes

    @property
    def lead(self) -> Mention:
        """The mention that tells most: in the prose, with its parties named."""
        return max(
            self.mentions,
            key=lambda m: (m.where.part is Part.PROSE, m.explicit, m.occurrence != "held", -m.where.line.number),
        )

    @property
    def occurrence(self) -> Occurrence:
        """What became of it; a meeting told of as held is held, whatever was planned before."""
        told = [m.occurrence for m in self.mentions if m.where.part is Part.PROSE] or [self.lead.occurrence]
        return next((verdict for verdict in _CALLED_OFF if verdict in told), self.lead.occurrence)

    @property
    def first_line(self) -> int:
        """The first line that tells of it."""
        return min(m.where.line.number for m in self.mentions)

    def latest(self, mention: Mention) -> int:
        """The last line before a mention that tells of it."""
        lines = [m.where.line.number for m in self.mentions]
        return max((line for line in lines if line <= mention.where.line.number), default=0)


def gather(sentences: Sequence[Tagged], register: Register) -> list[Found]:
    """The meetings of an article: the reported ones first, then the background."""
    mentions = _mentions(sentences)
    about = Background(sentences, register)
    reported: list[Found] = []
    background: list[Found] = []
    ordered = _main_first(mentions)
    looking_ahead = bool(ordered) and ordered[0].timing == "after"
    for mention in ordered:
        if mention is not ordered[0] and _recalled(mention, ordered[0]):
            mention.timing = "before"
        fresh = mention.timing == "now" or (looking_ahead and mention.timing == "after")
        if (fresh and (reported or mention is ordered[0])) or _same_day(mention, reported):
            _report(mention, reported, about)
        else:
            background.append(Found("background", [mention]))
    for found in reported:
        if about.filed and any(_HERE.search(m.where.text) for m in found.mentions):
            found.here = about.filed
        about.complete(found.sides, _levels(found))
    reported = [found for found in reported if _enough(found)]
    main = reported[0] if reported else None
    if not main and ordered and ordered[0].timing != "before":
        return []
    told: list[Found] = []
    for found in background:
        if _fill(found, _same_size(found.lead, [*reported[:1], *told, *reported[1:]]), about):
            told.append(found)
    background = told
    return [*sorted(reported, key=lambda found: found.first_line), *_distinct(background)]


def _same_day(mention: Mention, reported: Sequence[Found]) -> bool:
    """Whether "Friday's summit" is a reported meeting by its date."""
    if mention.explicit or not mention.at.date:
        return False
    days = {_day(m.at.date.value) for found in reported for m in found.mentions if m.at.date}
    return _day(mention.at.date.value) in days


def _day(words: str) -> str:
    return re.sub(r"^(?:on|of|in) ", "", words.lower())


def _recalled(mention: Mention, main: Mention) -> bool:
    """Whether a mention of a meeting that was held is not of today's: a coarse date, or "the Lake House summit"."""
    if mention.timing != "now" or mention.occurrence != "held":
        return False
    if mention.at.date and timing.long_ago(mention.at.date.value):
        return True
    here, there = mention.at.site, main.at.site
    return bool(mention.summit and not mention.explicit and here and here != there and here in mention.words)


def _enough(found: Found) -> bool:
    """Two parties; or one, and another holder of an office whose country is not printed, at a place that is."""
    officials = [p for p in found.people if p.office]
    return len(found.parties) >= 2 or (len(found.parties) == 1 and len(officials) >= 2 and found.lead.at.placed)


_HERE = re.compile(r"^[^“\"]*\bhere\b")


def _mentions(sentences: Sequence[Tagged]) -> list[Mention]:
    """All mentions; "he" and "she" are whom the prose before named first."""
    found: list[Mention] = []
    last: Person | None = None
    for sentence in sentences:
        found += find(sentence, last)
        if sentence.part is Part.PROSE:
            last = next((t.person for t in sentence.tags if t.person and t.person.at_table), last)
    return found


def _levels(found: Found) -> set[Level]:
    held = {offices.level_of(p.office) for p in found.people if p.office}
    if held:
        return held
    for mention in found.mentions:
        if mention.summit:
            return {"leaders"}
    words = " ".join(m.where.text for m in found.mentions)
    return {offices.level_of(words)}


def _main_first(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the main one in front: the first in the prose that names its parties.

    A meeting that is told as happening outranks one that is told as past or to come.
    """
    prose = [m for m in mentions if m.explicit and m.where.part is Part.PROSE]
    now = [m for m in prose if m.timing == "now"]
    main = next((m for m in now if not (m.at.date and timing.long_ago(m.at.date.value))), now[0] if now else None)
    early = next((m for m in prose if m.timing == "after"), None)
    if early and (main is None or main.definite or early.where.line.number + 3 < main.where.line.number):
        main = early if main is None or early.where.line.number <= main.where.line.number else main
    main = main or next((m for m in mentions if m.explicit), None)
    if main is None:
        return []
    others = [m for m in mentions if m is not main]
    return [main, *(m for m in others if m.explicit), *(m for m in others if not m.explicit)]


def _report(mention: Mention, reported: list[Found], about: Background) -> None:
    """Adds a mention to the reported meeting it is of, or opens another."""
    if not reported:
        reported.append(Found("reported", [mention]))
        reported[0].sides = about.sides([mention], mention)
        return
    for found in reported:
        if mention.explicit and _same_parties(mention, found):
            found.mentions.append(mention)
            found.sides = about.sides(found.mentions, found.mentions[0])
            return
    if mention.explicit and _complete(mention) and mention.where.part is Part.PROSE:
        reported.append(Found("reported", [mention]))
        reported[-1].sides = about.sides([mention], mention)
        return
    again = mention.definite or mention.group or mention.words[:1].isupper()
    if not mention.explicit and not mention.separate and again:
        able = [found for found in reported if _fits_size(mention, found)]
        before = [found for found in able if found.first_line <= mention.where.line.number]
        if before or able:
            (max(before, key=lambda found: found.latest(mention)) if before else able[0]).mentions.append(mention)


def _fits_size(mention: Mention, found: Found) -> bool:
    return mention.size is None or mention.size == len(found.parties)


def _complete(mention: Mention) -> bool:
    """Whether a mention names a whole set of parties, so that another set means another meeting."""
    named = len(_codes(mention)) + _unknown(mention)
    return named >= 2 and (mention.size is None or mention.size <= named)


def _codes(mention: Mention) -> set[str]:
    return {p.country for p in mention.people if p.country} | {t.value for t in mention.countries}


def _unknown(mention: Mention) -> int:
    """People whose country is not printed, as far as the named countries do not cover them."""
    unknown = [p for p in mention.people if not p.country]
    covered = len({t.value for t in mention.countries} - {p.country for p in mention.people})
    return max(0, len(unknown) - covered)


def _same_parties(mention: Mention, found: Found) -> bool:
    codes, others = _codes(mention), set(found.codes)
    if mention.size and len(others) >= 2 and mention.size != len(others):
        return False
    named_people, there = set(mention.people), set(found.people)
    if len(named_people) >= 2 and len(there) >= 2 and not (named_people <= there or there <= named_people):
        return False
    if codes <= others:
        named = len(codes) + _unknown(mention)
        return named >= len(others) or (not mention.separate and not _complete_pair(mention, others))
    return others <= codes and len(others) < 2


def _complete_pair(mention: Mention, others: set[str]) -> bool:
    """Whether a mention names who met whom, short of the others: a meeting of its own."""
    short = len(_codes(mention)) + _unknown(mention) < len(others)
    return len(mention.people) >= 2 and short and mention.where.part is Part.PROSE and mention.words.lower() != "met"


_SEVERAL = re.compile(r"\b(?:meetings|summits|sessions|conversations|calls)\b")


def _same_size(mention: Mention, told: Sequence[Found]) -> Found | None:
    """The meeting whose parties "the three" are: the main one, or where its parties are more or fewer another."""
    before = [f for f in told if f.first_line <= mention.where.line.number and _fits_size(mention, f)]
    return told[0] if told and (not before or mention.explicit or told[0] in before) else next(iter(before), None)


def _fill(found: Found, main: Found | None, about: Background) -> bool:
    """Completes a background meeting: "the three" are the main meeting's. False where it is too vague to keep."""
    mention = found.lead
    found.sides = about.sides(found.mentions, found.mentions[0])
    if not (mention.at.date or mention.at.placed) or (_SEVERAL.search(mention.words) and not mention.one):
        return False
    if not main:
        return len(found.parties) >= 2
    people_alone = found.people and not found.parties and len(found.people) == len(main.parties)
    if mention.explicit and len(found.parties) >= 2 and not people_alone:
        return True
    if not people_alone and not _fits_size(mention, main):
        return False
    if not people_alone and mention.people and not set(mention.people) <= set(main.people):
        return False
    group, line = mention.group, mention.where.line
    words = line.text[group.start : group.end] if group else mention.words
    found.sides.parties = [Party(code, words, line.number) for code in main.codes]
    if people_alone:
        found.sides.represents = spread(found.people, main.codes)
    elif group and not mention.summit and _same_people(group.value, main) and _MET.match(mention.words):
        found.sides.people, found.sides.represents = main.people, main.sides.represents
    return True


_MET = re.compile(r"(?:last )?me(?:t|et)", re.IGNORECASE)


def _same_people(group: str, main: Found) -> bool:
    """Whether "they" can be the people of a meeting: "their leaders" are not where ministers meet."""
    return offices.level_of(group) in {"unknown", *(offices.level_of(p.office or "") for p in main.people)}


def _distinct(background: Iterable[Found]) -> list[Found]:
    """Background meetings told of twice are one: the same parties, and the same place or date."""
    kept: list[Found] = []
    for found in background:
        for other in kept:
            same = set(found.codes) == set(other.codes) and (
                _where(found) & _where(other) or _when(found) & _when(other)
            )
            if same:
                other.mentions += found.mentions
                break
        else:
            kept.append(found)
    return kept


def _where(found: Found) -> set[str]:
    return {v for m in found.mentions for v in (m.at.site, m.at.city.value if m.at.city else None) if v}


def _when(found: Found) -> set[str]:
    return {m.at.date.value.lower() for m in found.mentions if m.at.date}
