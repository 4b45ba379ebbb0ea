"""The people of an article: each with the forms of the name, the office and the country printed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from extractor.builtin import naming, offices, personal
from extractor.builtin.page import Line
from extractor.values import places
from extractor.values.names import Likeness, likeness, tokens

MOST = 400
"""People that are kept of one article; a longer list is no news."""

_NEAR = 4
"""Lines before one in which "the president" was named."""

_HOLDER = re.compile(
    r"\b[Tt]he (?P<office>(?:[Vv]ice |[Dd]eputy |[Cc]rown )?(?:[Pp]resident|[Pp]rince|(?:[Pp]rime |[Ff]oreign |"
    r"[Dd]efen[cs]e |[Ee]xternal [Aa]ffairs )?[Mm]inister|"
    r"[Pp]remier|[Ss]ecretary(?:-[Gg]eneral| [Gg]eneral)?|[Cc]hancellor|[Kk]ing|[EAea]mir|[Ee]nvoy|"
    r"[Aa]mbassador)(?:-elect|-designate)?)(?! (?:of|for|to|[A-Z])|[’']s [A-Z]|[-‑])\b|"
    r"\b(?P<short>EAM|PM|DPM)\b(?!,? [A-Z])"
)
_DESCRIBED = re.compile(
    r"\b[Tt]he (?P<country>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?P<office>(?:[Ff]oreign |[Pp]rime |[Dd]efen[cs]e )?"
    r"(?:[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ll]eader))(?! (?:of|for|[A-Z]))"
)
_SHORT = {"EAM": "external affairs minister", "PM": "prime minister", "DPM": "deputy prime minister"}
"""Offices in the initials of official notes."""
_COURTESY = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Gen|Sen)\.? |\b(?:Secretary|Minister|President|Chancellor|Premier|" r"Ambassador) )$"
)
_OWNER = re.compile(r"(?P<country>[A-Z][\w.’' -]{1,40}?)[’']s $")


@dataclass(eq=False)
class Person:
    """A person of the article. `country` is a code, or None where no country is printed."""

    name: str
    line: int
    office: str | None = None
    office_line: int = 0
    country: str | None = None
    country_words: str | None = None
    country_line: int = 0
    rank: str = ""
    """The office, or for a counterpart the office of the other one: what tells the level."""

    @property
    def at_table(self) -> bool:
        """Whether the office is one that takes part in meetings."""
        return not (self.office and offices.NOT_AT_TABLE.search(self.office))


@dataclass(frozen=True)
class Naming:
    """A person named in a line: the span with office and country, and the person."""

    start: int
    end: int
    person: Person


class Register:
    """All people of an article, found in its lines in order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.people: list[Person] = []
        self.home: str | None = None
        self._by_line: dict[int, list[Naming]] = {}
        for line, below in zip(lines, [*(line.text for line in lines[1:]), ""], strict=False):
            self._by_line[line.number] = list(self._titled(line, below))
        forms = self._forms()
        if forms:
            longest_first = sorted(forms, key=lambda form: (-len(form), form))
            expression = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
            for line in lines:
                self._by_line[line.number] += self._bare(line, expression, forms)
                self._by_line[line.number].sort(key=lambda named: named.start)
        self._first: dict[Person, int] = {}
        for number, named in self._by_line.items():
            for one in named:
                self._first.setdefault(one.person, number)
        for line in lines:
            self._described(line)

    def _described(self, line: Line) -> None:
        """Takes the country from "the Kenyan minister" where just one holder of such an office has none."""
        for match in _DESCRIBED.finditer(line.text):
            land = next((place for place in places.find(match["country"]) if place.code), None)
            level = offices.level_of(match["office"])
            if not land or (land.start, land.end) != (0, len(match["country"])) or level == "unknown":
                continue
            same = [p for p in self.people if p.office and p.at_table and offices.level_of(p.office) == level]
            able = [p for p in same if not p.country]
            if len(able) == 1 and not any(p.country == land.code for p in same):
                able[0].country, able[0].country_words, able[0].country_line = land.code, match["country"], line.number

    def of(self, line: Line) -> list[Naming]:
        """The people named in a line, in order."""
        return self._by_line.get(line.number, [])

    def by_office(self, line: Line) -> Iterator[tuple[int, int, Person]]:
        """Where a line says "the president" and only one person of the article can be meant."""
        for match in _HOLDER.finditer(line.text):
            words = _SHORT.get(match["short"] or "", match["office"] or "").lower()
            able = [p for p in self.people if p.office and p.at_table and offices.holds(p.office, words)]
            # Where there are several, a paper's own is the one whose country it need not print.
            own = able if len(able) == 1 else [p for p in able if self.home and p.country == self.home]
            own = own or self._latest(line.number, able) or [p for p in able if not p.country]
            person = self._foremost(own)
            # The only one is not meant where the article names that one later, but for its own country's.
            if person and (len(own) > 1 or self._first[person] <= line.number or person.country == (self.home or "")):
                yield match.start(), match.end(), person
        for match in _DESCRIBED.finditer(line.text):
            code, words = places.country(match["country"]), match["office"].lower()
            able = [p for p in self.people if p.office and code and p.country == code and p.at_table]
            able = [p for p in able if offices.holds(p.office or "", words) and self._first[p] <= line.number]
            yield from ((*match.span(), person) for person in able if len(able) == 1)

    def _latest(self, number: int, able: Sequence[Person]) -> list[Person]:
        """Those of some people whom the last of a few lines names that names any of them: it must be one alone."""
        for before in range(number - 1, number - _NEAR, -1):
            if named := {id(n.person): n.person for n in self._by_line.get(before, []) if n.person in able}:
                # One without a country may be mistaken for the article's own, whom it names later.
                return [p for p in named.values() if p.country] if len(named) == 1 else []
        return []

    def at_home(self, code: str, words: str, line: int) -> None:
        """Gives the article's own country to the one person whom it names most and whose country it never prints."""
        self.home = code
        able = [p for p in self.people if p.office and p.at_table and not p.country]
        taken = {offices.level_of(p.office or "") for p in self.people if p.country == code}
        person = self._foremost(able)
        if person and offices.level_of(person.office or "") not in taken and _fits(person, code) >= 0:
            person.country, person.country_words, person.country_line = code, words, line

    def _foremost(self, people: Sequence[Person]) -> Person | None:
        """The one person, or the one that the article names at least twice as often as any other."""
        if len(people) < 2:
            return next(iter(people), None)
        named = Counter(found.person for line in self._by_line.values() for found in line)
        ranked = sorted(people, key=lambda person: -named[person])
        return ranked[0] if named[ranked[0]] >= 2 * named[ranked[1]] else None

    def called(self, label: str) -> Person | None:
        """The one person whom the label of a turn ("PRESIDENT DOE", "THE PRESIDENT") can mean."""
        words = label.upper().split()
        able = [p for p in self.people if {p.name.split()[0].upper(), _last(p.name).upper()} & set(words)]
        able = [p for p in able if p.name.upper() in label.upper()] or able
        if not able:
            plain = label.lower().removeprefix("the ")
            able = [p for p in self.people if p.office and offices.holds(p.office, plain)]
            own = [p for p in able if self.home and p.country == self.home] or [p for p in able if not p.country]
            able = able if len(able) < 2 else own[:1]
        return able[0] if len(able) == 1 else None

    def _titled(self, line: Line, below: str) -> Iterator[Naming]:
        """People named with an office, in any of the orders of news writing; `below` is the next line."""
        before = self.people[-1] if self.people else None
        label = line.text.partition(":")[0]
        for found in [*naming.labelled(label), *naming.titled(line.text), *naming.headed(line.text, below)]:
            person = self._known(found.name, line.number)
            if not person:
                continue
            if found.office and (not person.office or len(found.office) > len(person.office) + 4):
                person.office, person.office_line = found.office, line.number
            person.rank = person.office or person.rank or (before.rank if found.peer and before else "")
            before = person
            # "of the Republic of Korea (ROK)": the abbreviation is no part of the name.
            land = re.sub(r" \(.*", "", found.country or "")
            code = places.country("European Union" if land == "European" else land)
            if code and not person.country:
                person.country, person.country_words, person.country_line = code, found.country, line.number
            yield Naming(found.start, found.end, person)

    def _known(self, name: str, number: int) -> Person | None:
        """The person of this name, found before or new; the fullest form stays."""
        for person in self.people:
            like = likeness(name, person.name)
            if like is Likeness.DIFFERENT or (like is Likeness.PARTIAL and not _surname_of(name, person.name)):
                continue
            if len(tokens(name)) > len(tokens(person.name)):
                person.name, person.line = name, number
            return person
        if len(self.people) >= MOST:
            return None
        person = Person(name=name, line=number)
        self.people.append(person)
        return person

    def _forms(self) -> dict[str, Person]:
        """The names by which people are named again: in full, by the first and by the last word."""
        forms: dict[str, Person] = {}
        words = [word for person in self.people for word in set(person.name.split())]
        shared = {word for word in words if words.count(word) > 1}
        for person in self.people:
            parts = person.name.split()
            # In Spanish, Portuguese and Arabic names the name of daily use can stand in the middle.
            capitals = (person.name.title(), parts[-1].title()) if person.name.isupper() else ()
            # "Mr Al Harithi": the particle belongs to the name.
            ends = (" ".join(parts[at:]) for at in range(1, len(parts) - 1))
            for form in (person.name, *ends, parts[0], *reversed(parts[1:]), *capitals):
                named = len(form) > 1 and (form[:1].isupper() or " " in form)
                if named and not (len(parts) > 1 and self._ambiguous(form, parts, shared)):
                    forms.setdefault(form, person)
        return forms

    def _ambiguous(self, form: str, parts: Sequence[str], shared: set[str]) -> bool:
        """A given name, another person's name too, or a word that names no person."""
        if " " in form:
            return form != " ".join(parts) and shared.issuperset(form.split())
        given = form == parts[0] and not _surname_first(parts)
        return (
            given
            or form.endswith(".")
            or form in shared
            or form.rstrip(".").lower() in ("jr", "sr")
            or bool(personal.SON_OF.fullmatch(form))
            or not personal.names(form)
        )

    def _bare(self, line: Line, expression: re.Pattern[str], forms: dict[str, Person]) -> Iterator[Naming]:
        """People named again by their name alone."""
        taken = [(named.start, named.end) for named in self._by_line[line.number]]
        for match in expression.finditer(line.text):
            start, end = match.span()
            person = forms[match.group()]
            before = line.text[max(0, start - 50) : start]
            if title := _COURTESY.search(before):
                start -= len(before) - title.start()
            if any(s < end and start < e for s, e in taken):
                continue
            if not person.country and (owner := _OWNER.search(before)):
                self._own(person, owner["country"], line)
            yield Naming(start, end, person)

    def _own(self, person: Person, words: str, line: Line) -> None:
        """Takes the country from "Kenya's Doe"."""
        found = [place for place in places.find(words) if place.end == len(words) and place.code]
        if found:
            person.country, person.country_words = found[0].code, words[found[0].start :]
            person.country_line = line.number


def _last(name: str) -> str:
    """The last word of a name that is no "Jr."."""
    return re.sub(r",? (?:Jr|Sr)\.?$", "", name).split()[-1]


def _surname_of(name: str, full: str) -> bool:
    short, long = sorted((tokens(name), tokens(full)), key=len)
    # The family name stands last, or first where the given name follows it (East Asian order).
    return bool(short and long) and short[-1] in (long[0], long[-1])


def _surname_first(words: Sequence[str]) -> bool:
    """Whether a name looks like one in East Asian order: a short first word, then a hyphenated or short given name."""
    if len(words) < 2:
        return False
    hyphenated = "-" in words[1] and words[1].split("-")[1][:1].islower()
    return hyphenated or len(words[0]) <= 5


def spread(people: Sequence[Person], codes: Sequence[str]) -> dict[str, str]:
    """Which of the codes each person represents, by elimination; empty where it stays open.

    News writing leaves out the home country's adjective, so of three parties
    and two known representatives the third is the last person's. Among several
    the office decides (no prime minister comes from a presidential system) and
    the Korean way of writing a given name.
    """
    known = {p.name: p.country for p in people if p.country}
    open_people = [p for p in people if not p.country]
    left = [code for code in codes if code not in known.values()]
    if not open_people or len(open_people) != len(left) or len(left) > 4:
        return {}
    scored = sorted(
        ((sum(map(_fits, open_people, order)), order) for order in permutations(left)), key=lambda pair: -pair[0]
    )
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return {}
    return {person.name: code for person, code in zip(open_people, scored[0][1], strict=True)}


def _fits(person: Person, code: str) -> int:
    office = (person.office or "").lower()
    score = 0
    if "president" in office and offices.NO_PRESIDENT.fullmatch(code):
        score -= 4
    if "prime minister" in office and offices.NO_PRIME_MINISTER.fullmatch(code):
        score -= 4
    given = person.name.split()[-1]
    if re.fullmatch(r"[A-Z][a-z]+-[a-z]+", given):
        score += 2 if code in ("KOR", "PRK") else -1
    return score
