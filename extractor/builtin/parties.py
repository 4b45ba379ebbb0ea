"""Parties: the countries and people of a meeting from its mentions, the unprinted home country by inference."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extractor.builtin import home, offices
from extractor.builtin.grammar import pattern
from extractor.builtin.home import Party
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.builtin.people import Person, Register, spread
from extractor.builtin.tagging import Tagged
from extractor.values import places


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

    def __init__(self, sentences: Sequence[Tagged], register: Register, own: Party | None) -> None:
        self.register = register
        self.runs = _runs(sentences)
        self.home = own
        self.visited = home.visited(sentences[:8])
        self.filed = next(filter(None, map(home.filed, sentences[:6])), None)

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
        self._open_people(found, next(filter(None, map(_place, mentions)), None))
        size = max((m.size or 0 for m in mentions if m.explicit), default=0)
        left_out = len(found.parties) == size - 1 or any(map(_peers_alone, mentions))
        if self.home and left_out and self.home.code not in found.codes:
            found.parties.append(
                self.home if self.home.words else Party(self.home.code, always.words, always.where.line.number)
            )
        found.settle()
        return found

    def named_first(self) -> list[Party]:
        """The countries that the top of the article names together, other than in a quarrel; empty where none."""
        return next((list(run) for run in self.runs if run[0].line <= _NEAR_TOP), [])

    def _open_people(self, sides: Sides, place: Party | None) -> None:
        """Adds the parties of people whose country is not printed.

        From a list of countries, by the office, else the home country, else the one where they meet: the host's.
        """
        unknown = [p for p in sides.people if not p.country]
        codes = set(sides.codes)
        if not unknown or spread(sides.people, sides.codes):
            return
        for run in self.runs:
            left = [party for party in run if party.code not in codes]
            # Far from the top one country more tells who it is only in a list that is else those who met.
            if len(left) == 1 and run[0].line > _NEAR_TOP and not 1 < len(codes) == len(run) - 1:
                continue
            if codes and codes <= {party.code for party in run} and len(left) == len(unknown):
                sides.parties += left
                return
        for person in unknown:
            own = offices.country_of(person.office or "")
            if own and own not in codes and person.office:
                sides.parties.append(Party(own, person.office, person.office_line))
                codes.add(own)
                return
        if len(unknown) == 2 and not codes and self.home and place and place.code != self.home.code:
            own_party = self.home if self.home.words else Party(self.home.code, *home.shown(unknown[0]))
            sides.parties += [own_party, place]
        hosts = len(codes) == 1 and _one_government(unknown)
        if len(unknown) != 1 and not hosts:
            return
        for party in (self.home, place, self.visited):
            able = party and all(offices.may_hold(p.office or "", party.code) for p in unknown)
            if party and able and party.code not in codes:
                sides.parties.append(party if party.words else Party(party.code, *home.shown(unknown[0])))
                for person in unknown if hosts else ():
                    person.country, person.country_words, person.country_line = sides.parties[-1]
                return

    def complete(self, sides: Sides, levels: Set[str]) -> None:
        """Adds the people behind "her counterparts" and "the ministers of": a party's only person of that level."""
        for party in sides.parties:
            if party.code in sides.represents.values():
                continue
            able = [
                p for p in self.register.people
                if p.country == party.code and p.at_table and offices.level_of(p.rank) in levels
                and not ("leaders" in levels and _DEPUTY.match(p.rank))
            ]  # fmt: skip
            if len(able) == 1 and able[0] not in sides.people:
                sides.people.append(able[0])
        sides.settle()
        sides.people.sort(key=self.register.people.index)


_PEERS = pattern(r" (?:with )?(?:both )?(?:his|her|their) (?:\w+ ){0,2}{C}[^.;“”{P}]{0,40} {PEERS}\b")


def _peers_alone(mention: Mention) -> bool:
    """Whether nobody is told of but counterparts: whoever has one in a country is of another."""
    peers = _PEERS.match(mention.where.text, mention.end)
    named = mention.people or any(mention.where.at(tag.start) < mention.end for tag in mention.countries)
    return bool(peers and mention.countries and not named)


_DEPUTY = re.compile(r"(?:first |acting )?(?:deputy|vice)\b", re.IGNORECASE)


def _one_government(people: Sequence[Person]) -> bool:
    """Whether several people are plainly of one government: its leader, and holders of other kinds of office."""
    kinds = {offices.kind_of(p.office) for p in people if p.office}
    leads = any(offices.level_of(p.office) == "leaders" for p in people if p.office)
    return 1 < len(people) == len(kinds) and leads


def _clearest(mention: Mention) -> tuple[bool, bool, int]:
    return not mention.explicit, mention.where.part is not Part.PROSE, mention.where.line.number


def _place(mention: Mention) -> Party | None:
    """The country of the place where a mention says that they meet."""
    tag, line = mention.at.country or mention.at.city, mention.where.line
    if not tag:
        return home.visited([mention.where])
    city = places.city(tag.value) if tag.kind == "L" else None
    code = city.country if city else tag.value if tag.kind == "C" else None
    return Party(code, line.text[tag.start : tag.end], line.number) if code else None


_NEAR_TOP = 6
"""Lines in which a list of two countries tells whom an article is about."""
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
