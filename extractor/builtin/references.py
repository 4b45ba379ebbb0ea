"""References: whom a mention means beyond its own sentence, and which mention is what the article is there to tell.

"He" is whom the sentence before was about, "the two" are the last two people
named, "with each of the two leaders" is a meeting with each, and an official
page leaves itself out: "Readout of the call with Minister Doe of Kenya".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.builtin import phrases, timing
from extractor.builtin.finding import find, item
from extractor.builtin.home import Party
from extractor.builtin.mentions import Meant, Mention, held_by
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.builtin.signing import is_signing
from extractor.builtin.tagging import Tag, Tagged


def collect(sentences: Sequence[Tagged], speakers: Mapping[int, Person], own: Party | None) -> list[Mention]:
    """All mentions in the order of the text; `speakers` are those of its lines, `own` its home country where sure."""
    found: list[Mention] = []
    last: Person | None = None
    agenda: Mention | None = None
    recent: list[Person] = []
    podium = _podium(speakers)
    office: str | None = None
    for sentence in sentences:
        here = find(sentence, Meant(last, speakers.get(sentence.line.number), office))
        if agenda and (one := item(sentence, agenda)):
            here = [one]
        agenda = next((m for m in here if phrases.ONE_BY_ONE.search(m.words) and not m.explicit), agenda)
        for mention in here:
            mention.antecedents = _pair(recent)
            if podium and speakers.get(sentence.line.number) in podium and _ours(mention):
                mention.people = list(podium)
            if own:
                _with_home(mention, own)
            if _called_off(mention) and not mention.explicit:
                _with_other_side(mention, agenda.people[0] if agenda and agenda.people else last)
        found += here
        recent = [*recent, *(t.person for t in sentence.tags if t.person and t.person.at_table)][-6:]
        if sentence.part is Part.PROSE and not phrases.STILL_OF.match(sentence.text):
            named = next((t.person for t in sentence.tags if t.person and t.person.at_table), None)
            alone = phrases.OFFICE_ALONE.match(sentence.text)
            known = alone and held_by(last, alone["who"])
            if alone or named:
                office = alone["who"] if alone and not known else None
            last = last if known else None if alone else named or last
    # After a sentence in which people meet, a signature is an act at that meeting.
    met = [
        m.where.line.number for m in found
        if m.explicit and m.timing == "now" and m.where.part is Part.PROSE and not is_signing(m)
    ]  # fmt: skip
    first = min(met, default=len(sentences) + 1)
    return [m for m in found if m.where.line.number < first or not is_signing(m)]


def _podium(speakers: Mapping[int, Person]) -> Sequence[Person]:
    """The two officials of different countries who stand before the press together; of one country they are a team."""
    officials = [p for p in dict.fromkeys(speakers.values()) if p.office and p.at_table]
    lands = {p.country for p in officials}
    return officials if len(officials) == 2 and len(lands) == 2 else ()


_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)


def _ours(mention: Mention) -> bool:
    """Whether one of them tells of a meeting without saying whose: "We are glad of our talks"."""
    named = mention.people or mention.countries or mention.summit or mention.at.city
    return mention.timing == "now" and not named and bool(_WE.search(mention.where.text))


def _pair(people: Sequence[Person]) -> list[Person]:
    """The last two people of different countries: whom "the two" are."""
    pair: list[Person] = []
    for person in reversed(people):
        if (person.country or person.office) and person.country not in {p.country for p in pair}:
            pair.insert(0, person)
    return pair[-2:]


def _with_home(mention: Mention, own: Party) -> None:
    """Adds the home country where a title, or the bare office of its minister, names only the other side."""
    codes = {p.country for p in mention.people} | {t.value for t in mention.countries}
    alone = len(codes) == 1 and own.code not in codes and None not in codes and not mention.explicit
    called_off = _called_off(mention) and not mention.where.within(0, mention.start, "PC")
    bare = mention.group and phrases.LAST_ONE.fullmatch(mention.group.value)
    if alone and (bare or called_off or mention.where.part is Part.HEADLINE):
        start, end = (mention.group.start, mention.group.end) if bare and mention.group else _span(mention)
        mention.countries.append(Tag("C", start, end, own.code))


_WITH_ONE = re.compile(r"[^.;,“]{0,40}? with\b")


def _called_off(mention: Mention) -> bool:
    """Whether it is "a meeting with" somebody that came to nothing."""
    named = mention.people or mention.countries
    off = mention.occurrence in ("cancelled", "postponed")
    return bool(named and off and _WITH_ONE.match(mention.where.text, mention.end))


def _with_other_side(mention: Mention, last: Person | None) -> None:
    """The other side of "a meeting with the minister was called off": a land before it, or of whom one told last."""
    before = mention.where.within(0, mention.start, "PC")
    if len(before) == 1 and before[0].kind == "C":
        mention.countries.insert(0, before[0])
    elif not before and last and last.country not in {t.value for t in mention.countries}:
        mention.people.insert(0, last)


def _span(mention: Mention) -> tuple[int, int]:
    start = mention.where.line.text.find(mention.words)
    return max(start, 0), max(start, 0) + len(mention.words)


def each_of(mention: Mention, people: Sequence[Person], represents: Mapping[str, str]) -> Iterator[Mention]:
    """The meetings of "will meet separately with each of the two leaders": one with each of them from abroad."""
    group = mention.group and mention.group.value
    rest = mention.where.text[mention.start :]
    each = phrases.EACH.search(rest) or (phrases.ONE_BY_ONE.search(rest) and "counterparts" in (group or ""))
    if not (group and people and len(mention.people) == 1 and each):
        yield mention
        return
    own = mention.people[0].country or represents.get(mention.people[0].name)
    for guest in people:
        if guest.country and guest.country != own:
            yield replace(mention, people=[mention.people[0], guest], group=None, size=2, one=True)


_ANAPHORIC = re.compile(r"(?:the|their) (?:[\w-]+ ){0,4}(?:talks|meeting|summit|negotiations)$", re.IGNORECASE)
"""What an article calls the meeting that it has told of without a verb for it."""
_THE_TWO = re.compile(r"(?:the )?(?:two|both|pair|duo)\b|they$", re.IGNORECASE)


def main_first(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the main one in front: the first in the prose that names its parties.

    A meeting that is told as happening outranks one that is told as past or to come.
    """
    if not any(m.explicit for m in mentions):
        for mention in mentions:
            if mention.group and _THE_TWO.match(mention.group.value) and len(mention.antecedents) == 2:
                mention.people = mention.antecedents
    prose = [m for m in mentions if m.explicit and m.where.part is Part.PROSE]
    now = [m for m in prose if m.timing == "now"]
    main = next((m for m in now if not (m.at.date and timing.long_ago(m.at.date.value))), now[0] if now else None)
    early = next((m for m in prose if m.timing == "after"), None)
    if early and (main is None or main.definite or early.where.line.number + 3 < main.where.line.number):
        main = early if main is None or early.where.line.number <= main.where.line.number else main
    main = main or next((m for m in mentions if m.explicit), None)
    main = main or next((m for m in mentions if _ANAPHORIC.match(m.words) and m.where.part is Part.PROSE), None)
    if main is None:
        return []
    others = [m for m in mentions if m is not main]
    return [main, *(m for m in others if m.explicit), *(m for m in others if not m.explicit)]
