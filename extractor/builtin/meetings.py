"""Meetings: the mentions of an article, gathered into the meetings that they tell of.

What the article reports stands first and is mentioned again ("the talks");
another set of parties makes another meeting; what is told with "last met" or
"to be held" is background.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor import dates
from extractor.builtin import lexicon
from extractor.builtin.lexicon import pattern
from extractor.builtin.mentions import Mention, find
from extractor.builtin.page import Part
from extractor.builtin.people import Person, Register, spread
from extractor.builtin.tagging import Tag, Tagged


@dataclass
class Party:
    """A party, and the words and line that show it."""

    code: str
    words: str
    line: int


@dataclass
class Found:
    """A meeting as the article tells of it: its mentions, its parties, its people."""

    role: str
    mentions: list[Mention]
    parties: list[Party] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    represents: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the parties, in the order of the text."""
        return [party.code for party in self.parties]

    @property
    def lead(self) -> Mention:
        """The mention that tells most: in the prose, with its parties named."""
        return max(
            self.mentions,
            key=lambda m: (m.where.part is Part.PROSE, m.explicit, m.occurrence != "held", -m.where.line.number),
        )

    @property
    def occurrence(self) -> str:
        """What became of it; a meeting told of as held is held, whatever was planned before."""
        told = [m.occurrence for m in self.mentions if m.where.part is Part.PROSE] or [self.lead.occurrence]
        for verdict in ("cancelled", "postponed", "denied"):
            if verdict in told:
                return verdict
        return "held" if self.lead.occurrence == "held" else self.lead.occurrence


def gather(sentences: Sequence[Tagged], register: Register) -> list[Found]:
    """The meetings of an article: the reported ones first, then the background."""
    mentions = [mention for sentence in sentences for mention in find(sentence)]
    runs = _runs(sentences)
    reported: list[Found] = []
    background: list[Found] = []
    for mention in _main_first(mentions):
        if mention.timing == "now" or not reported:
            _report(mention, reported, runs)
        else:
            background.append(Found("background", [mention]))
    for found in reported:
        _counterparts(found, register)
    reported = [found for found in reported if len(found.parties) >= 2]
    if not reported:
        return []
    background = [found for found in background if _fill(found, reported[0], runs)]
    return [*sorted(reported, key=_order), *_distinct(background)]


def _clearest(mention: Mention) -> tuple[bool, bool, int]:
    return not mention.explicit, mention.where.part is not Part.PROSE, mention.where.line.number


def _order(found: Found) -> int:
    return min(m.where.line.number for m in found.mentions)


def _main_first(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the main one in front: the first in the prose that names its parties.

    A meeting that is told as happening outranks one that is told as past or to come.
    """
    prose = [m for m in mentions if m.explicit and m.where.part is Part.PROSE]
    main = next((m for m in prose if m.timing == "now"), None)
    early = next((m for m in prose if m.timing == "after"), None)
    if early and (main is None or early.where.line.number + 3 < main.where.line.number):
        main = early
    main = main or next((m for m in mentions if m.explicit), None)
    if main is None:
        return []
    return [main, *(m for m in mentions if m is not main)]


def _report(mention: Mention, reported: list[Found], runs: Sequence[Sequence[tuple[str, str, int]]]) -> None:
    """Adds a mention to the reported meeting it is of, or opens another."""
    if not reported:
        reported.append(Found("reported", [mention]))
        _settle(reported[0], runs)
        return
    for found in reported:
        if mention.explicit and _same_parties(mention, found):
            found.mentions.append(mention)
            _settle(found, runs)
            return
    if mention.explicit and _complete(mention) and mention.where.part is Part.PROSE:
        reported.append(Found("reported", [mention]))
        _settle(reported[-1], runs)
        return
    if not mention.explicit and not mention.separate and (mention.definite or mention.group or mention.words[:1].isupper()):
        before = [f for f in reported if _order(f) <= mention.where.line.number and _fits_size(mention, f)]
        (before[-1] if before else reported[0]).mentions.append(mention)


def _fits_size(mention: Mention, found: Found) -> bool:
    return mention.size is None or mention.size == len(found.parties)


def _complete(mention: Mention) -> bool:
    """Whether a mention names a whole set of parties, so that another set means another meeting."""
    return len(_codes(mention)) + _unknown(mention) >= 2 and (mention.size is None or mention.size <= len(_codes(mention)) + _unknown(mention))


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
    if codes <= others:
        return len(codes) + _unknown(mention) >= len(others) or not mention.separate and not _complete_pair(mention, others)
    return others <= codes and len(others) < 2


def _complete_pair(mention: Mention, others: set[str]) -> bool:
    """Whether a mention names who met whom, short of the others: a meeting of its own."""
    return len(mention.people) >= 2 and len(_codes(mention)) + _unknown(mention) < len(others) and mention.where.part is Part.PROSE and mention.words.lower() not in ("met",)


def _settle(found: Found, runs: Sequence[Sequence[tuple[str, str, int]]]) -> None:
    """The parties and people of a meeting from its mentions; the home country by elimination."""
    parties: dict[str, Party] = {}
    people: list[Person] = []
    for mention in sorted(found.mentions, key=_clearest):
        if not mention.explicit and mention is not found.mentions[0]:
            continue
        line = mention.where.line
        for tag in mention.countries:
            parties.setdefault(tag.value, Party(tag.value, line.text[tag.start : tag.end], line.number))
        people += [p for p in mention.people if p not in people]
    for person in people:
        if person.country and person.country_words:
            parties.setdefault(person.country, Party(person.country, person.country_words, person.country_line))
    open_people = [p for p in people if not p.country]
    codes = list(parties)
    if open_people and not spread(people, codes):
        for run in runs:
            left = [entry for entry in run if entry[0] not in parties]
            if set(codes) <= {code for code, _, _ in run} and len(left) == len(open_people):
                for code, words, number in left:
                    parties[code] = Party(code, words, number)
                break
    found.parties = sorted(parties.values(), key=lambda party: party.line)
    found.people = people
    found.represents = {p.name: p.country for p in people if p.country} | spread(people, list(parties))


def _counterparts(found: Found, register: Register) -> None:
    """Adds the people behind "her counterparts" and "the ministers of": a party's only person of that level."""
    levels = {_level_of(p.office) for p in found.people if p.office} or {level(found, [])[0]}
    for party in found.parties:
        if party.code in found.represents.values():
            continue
        able = [p for p in register.people if p.country == party.code and p.at_table and _level_of(p.office or "") in levels]
        if len(able) == 1 and able[0] not in found.people:
            found.people.append(able[0])
    found.represents = {p.name: p.country for p in found.people if p.country} | spread(found.people, found.codes)
    found.people.sort(key=register.people.index)


def _fill(found: Found, main: Found, runs: Sequence[Sequence[tuple[str, str, int]]]) -> bool:
    """Completes a background meeting: "the three" are the main meeting's. False where it is too vague to keep."""
    mention = found.lead
    _settle(found, runs)
    if not (mention.date or mention.city or mention.country or mention.site or mention.event) or re.search(
        r"\b(?:meetings|summits|sessions|conversations)\b", mention.words
    ):
        return False
    people_alone = found.people and not found.parties and len(found.people) == len(main.parties)
    if mention.explicit and len(found.parties) >= 2 and not people_alone:
        return True
    if people_alone or _fits_size(mention, main):
        group = mention.group
        line = mention.where.line
        words = line.text[group.start : group.end] if group else mention.words
        if not people_alone and mention.people and not set(mention.people) <= set(main.people):
            return False
        found.parties = [Party(code, words, line.number) for code in main.codes]
        if people_alone:
            found.represents = spread(found.people, main.codes)
        elif group and not mention.summit and mention.words.lower().startswith(("met", "last met", "meet")):
            found.people, found.represents = main.people, main.represents
        return True
    return False


def _distinct(background: Iterable[Found]) -> list[Found]:
    """Background meetings told of twice are one: the same parties, and the same place or date."""
    kept: list[Found] = []
    for found in background:
        for other in kept:
            same = set(found.codes) == set(other.codes) and (_where(found) & _where(other) or _when(found) & _when(other))
            if same:
                other.mentions += found.mentions
                break
        else:
            kept.append(found)
    return kept


def _where(found: Found) -> set[str]:
    return {v for m in found.mentions for v in (m.site, m.city.value if m.city else None) if v}


def _when(found: Found) -> set[str]:
    return {m.date.value.lower() for m in found.mentions if m.date}


_GROUP_RUN = pattern(r"(?P<run>{RUN})")


def _runs(sentences: Sequence[Tagged]) -> list[list[tuple[str, str, int]]]:
    """Lists of countries in the article (code, words, line), headlines first: the parties in one breath."""
    runs = []
    for sentence in sorted(sentences, key=lambda s: s.part is not Part.HEADLINE):
        for match in _GROUP_RUN.finditer(sentence.text):
            tags = sentence.within(match.start("run"), match.end("run"), "C")
            if len({t.value for t in tags}) >= 2:
                text = sentence.line.text
                runs.append([(t.value, text[t.start : t.end], sentence.line.number) for t in tags])
    return runs


def level(found: Found, sentences: Sequence[Tagged]) -> tuple[str, str | None, int]:
    """The level of a meeting, the words that show it, and their line."""
    offices = [p for p in found.people if p.office]
    for name, words in lexicon.LEVELS:
        held = [p for p in offices if words.search(p.office or "") and _level_of(p.office or "") == name]
        if held and len(held) * 2 >= len(offices):
            return name, held[0].office, held[0].office_line
    near = [m.where for m in sorted(found.mentions, key=lambda m: m is not found.lead)]
    if found.role == "reported":
        near += [s for s in sentences if s.part is Part.PROSE][:2]
    for mention in found.mentions:
        if mention.summit:
            return "leaders", "summit" if "summit" in mention.words else "Summit", mention.where.line.number
    for sentence in near:
        for name, words in lexicon.LEVELS:
            if match := words.search(sentence.text):
                return name, match.group(), sentence.line.number
    return "unknown", None, 0


def _level_of(office: str) -> str:
    return next((name for name, words in lexicon.LEVELS if words.search(office)), "unknown")


def best_date(found: Found, sentences: Sequence[Tagged]) -> tuple[Tag, Tagged] | None:
    """The date of a meeting: the most precise that stands with a mention, the leading mention first."""
    tags = [(m.date, m.where) for m in [found.lead, *found.mentions] if m.date]
    if found.role == "reported" and not any(_precision(tag.value) == 3 for tag, _ in tags):
        tags += _acts(sentences, set(found.codes))
    return max(tags, key=lambda pair: _precision(pair[0].value), default=None)


# "The ministers of X and Y on Monday affirmed": the day on which they acted together is the day they met.
_ACT = pattern(
    r"^(?:[^“”\"]{0,30}[—–-]+ )?(?P<who>(?:the )?{GROUP} (?:of|from) (?:the )?{RUN}|{RUN}(?: {GROUP})?|{PEOPLE}) (?P<date>{D}),? (?:also )?(?P<verb>\w+)"
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


def _precision(words: str) -> int:
    lower = words.lower()
    if re.search(rf"{dates.WEEKDAY}|\b\d{{1,2}}\b|\d(?:st|nd|rd|th)|today|tomorrow|yesterday|tonight|this (?:morning|evening|afternoon)", lower):
        return 3
    return 2 if re.search(dates.MONTH, lower) or "month" in lower or "week" in lower else 1
