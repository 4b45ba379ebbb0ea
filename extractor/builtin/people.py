"""The people of an article: each with the forms of the name, the office and the country printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations

from extractor import places
from extractor.builtin import lexicon
from extractor.builtin.page import Line
from extractor.names import Likeness, likeness, tokens

_NAME_WORD = r"(?:[A-Z](?:[a-zA-Zà-öø-ÿ-]|[’'](?!s\b))*[a-zà-öø-ÿ]|[A-Z]{3,}|[A-Z]\.)"
_NAME = rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|bin|ibn|al|de|da|dos|van|von|der|del|el|y)){{0,3}}(?:,? (?:Jr|Sr)\.)?"
_NOT_NAMES = frozenset(
    "the a an and of in on at for with to from by after before during monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december meeting summit talks state "
    "minister president secretary prime foreign defense defence he she they it his her their this that these in "
    "however meanwhile according department ministry government council office house white joint trilateral bilateral assembly "
    "committee conference session forum staff union nations agency debate election elections administration".split()
)


@dataclass
class Person:
    """A person of the article. `country` is a code, or None where no country is printed."""

    name: str
    line: int
    office: str | None = None
    office_line: int = 0
    country: str | None = None
    country_words: str | None = None
    country_line: int = 0
    forms: set[str] = field(default_factory=set)

    @property
    def at_table(self) -> bool:
        """Whether the office is one that takes part in meetings."""
        return not (self.office and lexicon.NOT_AT_TABLE.search(self.office))


@dataclass(frozen=True)
class Mention:
    """A person named in a line: the span with office and country, and the person."""

    start: int
    end: int
    person: Person


class Register:
    """All people of an article, found in its lines in order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.people: list[Person] = []
        self._by_line: dict[int, list[Mention]] = {line.number: list(self._titled(line)) for line in lines}
        for line in lines:
            self._by_line[line.number] += self._bare(line)
            self._by_line[line.number].sort(key=lambda mention: mention.start)

    def of(self, line: Line) -> list[Mention]:
        """The people named in a line, in order."""
        return self._by_line.get(line.number, [])

    def _titled(self, line: Line) -> Iterator[Mention]:
        """People named with an office, in any of the orders of news writing."""
        taken = 0
        for match in _patterns().finditer(line.text):
            name_start, name_end = match.span("name") if match["name"] else match.span("named")
            name = _trim(line.text[name_start:name_end])
            if match.start() < taken or not name:
                continue
            end = name_start + len(name)
            office = match["office"] or match["post"] or match["role"]
            words = match["of"] or match["adjective"] or match["whose"]
            if match["of"] and end == name_end:
                end = match.end()
            elif match["named"]:
                end = match.end("post") if match["post"] else end
            code = places.country(words) if words else None
            person = self._known(name, line.number)
            person.forms.add(name)
            if office and (not person.office or len(office) > len(person.office) + 4):
                person.office, person.office_line = office, line.number
            if code and not person.country:
                person.country, person.country_words, person.country_line = code, words, line.number
            taken = end
            yield Mention(match.start(), end, person)

    def _known(self, name: str, number: int) -> Person:
        """The person of this name, found before or new; the fullest form stays."""
        for person in self.people:
            like = likeness(name, person.name)
            if like is Likeness.DIFFERENT or (like is Likeness.PARTIAL and not self._surname_of(name, person)):
                continue
            if len(tokens(name)) > len(tokens(person.name)):
                person.name, person.line = name, number
            return person
        person = Person(name=name, line=number)
        self.people.append(person)
        return person

    def _surname_of(self, name: str, person: Person) -> bool:
        words, full = tokens(name), tokens(person.name)
        # The family name stands last, or first where the given name follows it (East Asian order).
        return bool(words and full) and words[-1] in (full[0], full[-1])

    def _bare(self, line: Line) -> Iterator[Mention]:
        """People named again by their name alone."""
        taken = [(m.start, m.end) for m in self._by_line[line.number]]
        for person in self.people:
            parts = person.name.split()
            for form in sorted({person.name, parts[0], parts[-1]}, key=len, reverse=True):
                if len(form) < 2 or form.rstrip(".").lower() in ("jr", "sr") or self._ambiguous(form, person):
                    continue
                for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", line.text):
                    start, end = match.span()
                    if title := re.search(r"(?:Mr|Ms|Mrs|Dr)\.? $|(?:Secretary|Minister|President|Chancellor) $", line.text[:start]):
                        start = title.start()
                    if not any(s < end and start < e for s, e in taken):
                        taken.append((start, end))
                        yield Mention(start, end, person)

    def _ambiguous(self, form: str, person: Person) -> bool:
        """A given name that is also a word, or another person's name."""
        if places.country(form) or form.lower() in _NOT_NAMES:
            return True
        first = person.name.split()[0] == form and len(person.name.split()) > 1 and not _surname_first(person.name)
        return first or sum(form in p.name.split() for p in self.people) > 1


def _surname_first(name: str) -> bool:
    """Whether a name looks like one in East Asian order: a short first word, then a hyphenated or short given name."""
    words = name.split()
    return len(words) >= 2 and (("-" in words[1] and words[1].split("-")[1][:1].islower()) or len(words[0]) <= 5)


def _trim(name: str) -> str:
    """Cuts a name at the first word that belongs to none."""
    kept: list[str] = []
    for word in name.split():
        if word.lower().rstrip(".") in _NOT_NAMES or places.country(word):
            break
        kept.append(word)
    trimmed = " ".join(kept)
    return re.sub(r"[’']s?$", "", trimmed)


@cache
def _patterns() -> re.Pattern[str]:
    countries = "|".join(
        sorted((re.escape(form).replace("'", "['’]") for form in places.names()), key=lambda form: (-len(form), form))
    )
    country = rf"(?:the )?(?:{countries})"
    office = lexicon.OFFICE
    lower = rf"(?i:{office})"
    return re.compile(
        # Foreign Minister Jane Doe (of Japan); Japanese Foreign Minister Jane Doe; Japan's foreign minister, Jane Doe
        rf"(?:(?<![\w.])(?P<adjective>{countries})(?:[’']s)? (?:(?:top|new|acting) )?(?P<role>{lower})(?: (?:for|to|on) {country})?,? "
        rf"|\b(?P<office>{office}) )(?P<name>{_NAME})(?: of (?P<of>{country}))?"
        # Jane Doe, the Japanese foreign minister / Japan's foreign minister
        rf"|(?P<named>\b{_NAME_WORD} {_NAME}), (?:the |who is )?(?P<whose>{countries})(?:[’']s)? (?P<post>{lower})\b(?!,? ?[A-Z])"
    )


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
    if "president" in office and code in lexicon.NO_PRESIDENT:
        score -= 4
    if "prime minister" in office and code in lexicon.NO_PRIME_MINISTER:
        score -= 4
    given = person.name.split()[-1]
    if re.fullmatch(r"[A-Z][a-z]+-[a-z]+", given):
        score += 2 if code in ("KOR", "PRK") else -1
    return score
