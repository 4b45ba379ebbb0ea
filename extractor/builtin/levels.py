"""The level and the date of a meeting, from its people and its mentions."""

import re
from collections.abc import Sequence

from extractor.builtin import lexicon, offices
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged
from extractor.schemas.draft import Level
from extractor.values import dates

_RANKS: dict[Level, int] = {"working": 1, "senior_officials": 2, "ministers": 3, "leaders": 4}


def level(found: Found, sentences: Sequence[Tagged]) -> tuple[Level, str | None, int]:
    """The level of a meeting, the words that show it, and their line.

    Each side counts by its highest representative, the meeting by its lower side.
    """
    highest: dict[str, tuple[int, Person]] = {}
    for person in found.people:
        rank = _RANKS.get(offices.level_of(person.office or ""), 0)
        side = found.sides.represents.get(person.name, person.name)
        if rank and (side not in highest or rank > highest[side][0]):
            highest[side] = rank, person
    if highest:
        _, lower = min(highest.values(), key=lambda ranked: ranked[0])
        return offices.level_of(lower.office or ""), lower.office, lower.office_line
    for mention in found.mentions:
        if mention.summit:
            return "leaders", "summit" if "summit" in mention.words else "Summit", mention.where.line.number
    for mention in found.mentions:
        if mention.group and (named := offices.level_of(mention.group.value)) in ("leaders", "ministers"):
            return named, mention.group.value, mention.where.line.number
    near = [m.where for m in sorted(found.mentions, key=lambda m: m is not found.lead)]
    if found.role == "reported":
        near += [s for s in sentences if s.part is Part.PROSE][:2]
    for sentence in near:
        for name, words in offices.LEVELS:
            if match := words.search(sentence.text):
                return name, match.group(), sentence.line.number
    return "unknown", None, 0


def best_date(found: Found, sentences: Sequence[Tagged]) -> tuple[Tag, Tagged] | None:
    """The date of a meeting: the most precise that stands with a mention, the leading mention first."""
    tags = [(m.at.date, m.where) for m in [found.lead, *found.mentions] if m.at.date]
    if found.role == "reported" and not any(precision(tag.value) == 3 for tag, _ in tags):
        tags += _acts(sentences, set(found.codes))
    return max(tags, key=lambda pair: precision(pair[0].value), default=None)


# "The ministers of X and Y on Monday affirmed": the day on which they acted together is the day they met.
_ACT = pattern(
    r"^(?:[^“”\"]{0,30}[—–-]+ )?(?P<who>(?:the )?{GROUP} (?:of|from) (?:the )?{RUN}|"
    r"{RUN}(?: {GROUP})?|{PEOPLE}) (?P<date>{D}),? (?:also )?(?P<verb>\w+)"
)


def _acts(sentences: Sequence[Tagged], codes: set[str]) -> list[tuple[Tag, Tagged]]:
    found = []
    for sentence in sentences:
        match = _ACT.search(sentence.text)
        if sentence.part is Part.PROSE and match and match["verb"] in (*lexicon.OUTCOMES, "discussed", "met"):
            who = sentence.within(match.start("who"), match.end("who"), "PC")
            named = {t.person.country if t.person else t.value for t in who}
            if named == codes:
                found.append((sentence.within(match.start("date"), match.end("date"), "D")[0], sentence))
    return found


_DAY = re.compile(
    rf"{dates.WEEKDAY}|\b\d{{1,2}}\b|\d(?:st|nd|rd|th)|today|tomorrow|yesterday|tonight|"
    r"this (?:morning|evening|afternoon)|\d-\d\d$"
)


def precision(words: str) -> int:
    """How precise a printed date is: 3 a day, 2 a month or week, 1 a year."""
    lower = words.lower()
    if _DAY.search(lower):
        return 3
    return 2 if re.search(dates.MONTH, lower) or "month" in lower or "week" in lower else 1
