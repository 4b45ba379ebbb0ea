"""Parties: the countries and people of a meeting from its mentions, the unprinted home country by inference."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extractor.builtin import lexicon, offices
from extractor.builtin.grammar import pattern
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.builtin.people import Person, Register, spread
from extractor.builtin.tagging import Tagged
from extractor.values import dates, places


@dataclass
class Party:
    """A party, and the words and line that show it."""

    code: str
    words: str
    line: int


@dataclass
class Sides:
    """The parties and people of a meeting, and whom each person represents (a code, by name)."""

    parties: list[Party] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    represents: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the parties, in the order of the text."""
        return [party.code for party in self.parties]

    def settle(self) -> None:
        """Brings parties into the order of the text, and says whom each person represents."""
        self.parties.sort(key=lambda party: party.line)
        self.represents = {p.name: p.country for p in self.people if p.country} | spread(self.people, self.codes)


class Background:
    """What an article as a whole tells of parties: lists of countries, the home country."""

    def __init__(self, sentences: Sequence[Tagged], register: Register) -> None:
        self.register = register
        self.runs = _runs(sentences)
        self.home, votes = _home(sentences)
        if self.home and votes >= _SURE:
            register.at_home(self.home.code, self.home.words, self.home.line)
        self.filed = next(filter(None, map(_filed, sentences[:6])), None)

    def sides(self, mentions: Sequence[Mention], always: Mention) -> Sides:
        """The parties and people of a meeting from its mentions; `always` counts even where it names one side."""
        parties: dict[str, Party] = {}
        people: list[Person] = []
        for mention in sorted(mentions, key=_clearest):
            if not mention.explicit and mention is not always:
                continue
            line = mention.where.line
            for tag in mention.countries:
                parties.setdefault(tag.value, Party(tag.value, line.text[tag.start : tag.end], line.number))
            people += [p for p in mention.people if p not in people]
        for person in people:
            if person.country and person.country_words:
                parties.setdefault(person.country, Party(person.country, person.country_words, person.country_line))
        found = Sides(list(parties.values()), people)
        self._open_people(found)
        size = max((m.size or 0 for m in mentions if m.explicit), default=0)
        if self.home and len(found.parties) == size - 1 and self.home.code not in found.codes:
            found.parties.append(self.home)
        found.settle()
        return found

    def _open_people(self, sides: Sides) -> None:
        """Adds the parties of people whose country is not printed: from a list of countries, else the home country."""
        unknown = [p for p in sides.people if not p.country]
        codes = set(sides.codes)
        if not unknown or spread(sides.people, sides.codes):
            return
        for run in self.runs:
            left = [party for party in run if party.code not in codes]
            if codes and codes <= {party.code for party in run} and len(left) == len(unknown):
                sides.parties += left
                return
        for person in unknown:
            own = offices.country_of(person.office or "")
            if own and own not in codes and person.office:
                sides.parties.append(Party(own, person.office, person.office_line))
                codes.add(own)
                return
        if len(unknown) == 1 and self.home and self.home.code not in codes:
            sides.parties.append(self.home)

    def complete(self, sides: Sides, levels: Set[str]) -> None:
        """Adds the people behind "her counterparts" and "the ministers of": a party's only person of that level."""
        for party in sides.parties:
            if party.code in sides.represents.values():
                continue
            able = [
                p for p in self.register.people
                if p.country == party.code and p.at_table and offices.level_of(p.office or "") in levels
            ]  # fmt: skip
            if len(able) == 1 and able[0] not in sides.people:
                sides.people.append(able[0])
        sides.settle()
        sides.people.sort(key=self.register.people.index)


def _clearest(mention: Mention) -> tuple[bool, bool, int]:
    return not mention.explicit, mention.where.part is not Part.PROSE, mention.where.line.number


_QUARREL = re.compile(r" (?:\w+ )?(?:border|boundary|conflict|war|dispute|tensions?|clashes|crisis|front)\b")
_RUN = pattern(r"(?P<run>{RUN})")


def _runs(sentences: Sequence[Tagged]) -> list[list[Party]]:
    """Lists of countries in the article, headlines first: the parties in one breath."""
    runs, ranks = [], {}
    for sentence in sentences:
        for match in _RUN.finditer(sentence.text):
            tags = {t.value: t for t in reversed(sentence.within(match.start("run"), match.end("run"), "C"))}
            if len(tags) >= 2:
                text, number = sentence.line.text, sentence.line.number
                run = [Party(t.value, text[t.start : t.end], number) for t in tags.values()]
                run.sort(key=lambda party: text.find(party.words))
                quarrel = bool(_QUARREL.match(sentence.text, match.end()))
                ranks[id(run)] = (quarrel, sentence.part is not Part.HEADLINE)
                runs.append(run)
    return sorted(runs, key=lambda run: ranks[id(run)])


_DATELINE = re.compile(
    rf"^(?P<place>[A-Z][A-Z’'. -]{{2,30}}(?=[ ,(—–:-])|"
    rf"[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=,? (?:(?i:{dates.MONTH}) \d|\d{{1,2}} (?i:{dates.MONTH})|\([A-Z]|—|–|--)))"
    r"(?:,? [^—–:\"“-]{0,40})?(?:[—–:(-]| [A-Z][a-z])"
)
_POSITION = pattern(
    r"(?P<who>{C})(?:[’']s?)? (?:(?!to |of |and |in )[\w-]+ ){0,2}(?:commitments?|support|readiness|"
    r"keenness|position|solidarity|condolences|willingness|desire|determination|"
    r"relations with|ties with|partnership with|gratitude|appreciation|interest in)\b|\b(?:the|"
    r"our) (?P<other>{C})[-–]{C}\b|\b(?:the )?{C}[-–](?P<second>{C})\b|"
    r"^(?:the )?(?P<speaking>{C}) (?:(?:strongly|firmly|also|fully) )*(?:condemns|welcomes|supports|remains|stands|"
    r"urges|calls (?:on|for)|reaffirms|looks forward|will (?:continue|take|stand|work|remain))\b"
)


_REPROACH = re.compile(r"\b(?:concern|condemn|denounc|critici[sz]|accus|deplor|alarm|oppos)\w*\b", re.IGNORECASE)
"""What an article says of another country, and never of its own."""


def _filed(sentence: Tagged) -> Party | None:
    """The city of the dateline, with the country that it is in."""
    match = _DATELINE.match(sentence.line.text)
    words = match["place"].strip(" .,-") if match else ""
    city = places.city(words.title()) if words else None
    return Party(city.country, words, sentence.line.number) if city else None


_SURE = 3
"""Votes from which an article's own country is that of its foremost person too."""


def _home(sentences: Sequence[Tagged]) -> tuple[Party | None, int]:
    """The country for which the article speaks without printing it with the names of its own people, and its votes.

    Votes: its seats of government, the capital in the dateline, "Kenya's commitment".
    """
    votes: dict[str, int] = {}
    shown: dict[str, Party] = {}

    def vote(code: str, words: str, number: int, weight: int) -> None:
        votes[code] = votes.get(code, 0) + weight
        shown.setdefault(code, Party(code, words, number))

    for at, sentence in enumerate(sentences):
        text, number = sentence.line.text, sentence.line.number
        for seat, code in lexicon.INSTITUTIONS:
            if match := seat.search(text):
                vote(code, match.group(), number, 3)
        if at < 6 and (filed := _filed(sentence)):
            city = places.city(filed.words.title())
            if city and places.capital_of(city.name) == city.country:
                vote(city.country, filed.words, number, 4)
        for tag in sentence.within(0, len(sentence.text), "O"):
            if own := next((p.code for p in places.find(tag.value) if p.code), None):
                vote(own, tag.value, number, 1)
        for match in _POSITION.finditer(sentence.text):
            if _REPROACH.search(sentence.text[max(0, match.start() - 60) : match.start()]):
                continue
            group = next(g for g in ("who", "other", "second", "speaking") if match[g])
            tag = sentence.within(match.start(group), match.end(group), "C")[0]
            vote(tag.value, text[tag.start : tag.end], number, 2)
    best = max(votes, key=lambda code: votes[code], default=None)
    return (shown[best], votes[best]) if best else (None, 0)
