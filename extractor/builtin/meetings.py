"""Meetings: the mentions of an article, gathered into the meetings that they tell of.

What the article reports stands first and is mentioned again ("the talks");
another set of parties makes another meeting; what is told with "last met" or
"to be held" is background.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor.builtin import offices, phrases, references
from extractor.builtin.found import Found
from extractor.builtin.home import Party, shown
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.builtin.parties import Background, Sides
from extractor.builtin.people import Person, Register, spread
from extractor.builtin.sameness import (
    BODY,
    again,
    codes_of,
    complete,
    distinct,
    fits,
    fits_size,
    occasion,
    placed,
    principals,
    recalled,
    same_day,
    same_parties,
    states,
)
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import Level, Occurrence

_CALLED_OFF: tuple[Occurrence, ...] = ("cancelled", "postponed", "denied")


def gather(
    sentences: Sequence[Tagged], register: Register, home: Party | None, speakers: Mapping[int, Person]
) -> list[Found]:
    """The meetings of an article: the reported ones first, then the background; `speakers` are those of its lines."""
    mentions = references.collect(sentences, speakers, home if register.home else None)
    about = Background(sentences, register, home)
    reported: list[Found] = []
    background: list[Found] = []
    ordered = references.main_first(mentions)
    looking_ahead = bool(ordered) and ordered[0].timing == "after"
    for mention in _one_by_one(ordered, reported):
        if mention is not ordered[0] and recalled(mention, ordered[0]):
            mention.timing = "before"
        fresh = mention.timing == "now" or (looking_ahead and mention.timing == "after")
        if (fresh and (reported or mention is ordered[0])) or same_day(mention, reported):
            named = mention.definite or mention.explicit
            if not _report(mention, reported, about) and (
                mention.group or occasion(mention) or (named and placed(mention))
            ):
                background.append(Found("background", [mention]))
        else:
            background.append(Found("background", [mention]))
    for found in reported:
        if about.filed and any(_HERE.search(m.where.text) for m in found.mentions):
            found.here = about.filed
        about.complete(found.sides, _levels(found))
    for found in reported[1:]:
        _hosted(found, reported[0])
    reported = [found for found in reported if _enough(found)]
    told: list[Found] = []
    for found in background:
        if _fill(found, _same_size(found.lead, [*reported[:1], *told, *reported[1:]]), about):
            told.append(found)
    background = told
    return [*sorted(reported, key=lambda found: found.first_line), *distinct(background)]


def _hosted(found: Found, main: Found) -> None:
    """Adds the sides of a visit where a guest calls on a dignitary whose country is not printed again."""
    known = {p.name: code for p in found.people if (code := main.sides.represents.get(p.name))}
    unknown = [p for p in found.people if not p.country and p.name not in known]
    if not unknown or not (all(p.country for p in main.people) or phrases.HOST.search(found.lead.words)):
        return
    sides = {p: code for p in found.people if (code := known.get(p.name)) and code not in found.codes}
    others = [code for code in main.codes if code not in {*found.codes, *known.values()}]
    if len({*found.codes, *known.values()}) == len(unknown) == len(others) == 1 and unknown[0].office:
        sides[unknown[0]] = known[unknown[0].name] = others[0]
        found.sides.parties += [Party(code, *shown(person)) for person, code in sides.items()]
        found.sides.settle()
        found.sides.represents |= known


def _one_by_one(mentions: Sequence[Mention], reported: Sequence[Found]) -> Iterator[Mention]:
    for mention in mentions:
        sides = reported[0].sides if reported else Sides()
        yield from references.each_of(mention, sides.people, sides.represents)


def _enough(found: Found) -> bool:
    """Two parties; or one, and another holder of an office whose country is not printed, at a place that is."""
    officials = [p for p in found.people if p.office]
    return len(found.parties) >= 2 or (len(found.parties) == 1 and len(officials) >= 2 and found.lead.at.placed)


_HERE = re.compile(r"^[^“\"]*\bhere\b")


def _levels(found: Found) -> set[Level]:
    held = {offices.level_of(p.office) for p in found.people if p.office}
    if held:
        return held
    for mention in found.mentions:
        if mention.summit:
            return {"leaders"}
    told = (offices.level_of(mention.where.text) for mention in found.mentions)
    return {next((level for level in told if level != "unknown"), "unknown")}


def _report(mention: Mention, reported: list[Found], about: Background) -> bool:
    """Adds a mention to the reported meeting it is of, or opens another; False where it is of neither."""
    if not reported:
        reported.append(Found("reported", [mention]))
        reported[0].sides = about.sides([mention], mention)
        if not mention.explicit and len(reported[0].parties) < 2:
            reported[0].sides.parties = about.named_first()
        return True
    for found in sorted(reported, key=lambda found: set(found.codes) != codes_of(mention)):
        if mention.explicit and same_parties(mention, found):
            found.mentions.append(mention)
            known = set(mention.people) <= set(found.people) and codes_of(mention) <= set(found.codes)
            if not known or mention.size:
                found.sides = about.sides(found.mentions, found.mentions[0])
            return True
    if mention.explicit and complete(mention) and mention.where.part is Part.PROSE:
        reported.append(Found("reported", [mention]))
        reported[-1].sides = about.sides([mention], mention)
        return True
    again = mention.definite or mention.group or mention.words[:1].isupper()
    if not mention.explicit and not mention.separate and again:
        able = [f for f in reported if codes_of(mention) <= set(f.codes) and fits_size(mention, f) and fits(mention, f)]
        before = [found for found in able if found.first_line <= mention.where.line.number]
        if before or able:
            (max(before, key=lambda found: found.latest(mention)) if before else able[0]).mentions.append(mention)
            return True
    return False


_SEVERAL = re.compile(r"\b(?:meetings|summits|sessions|conversations|calls)\b")


def _same_size(mention: Mention, told: Sequence[Found]) -> Found | None:
    """The meeting whose parties "the three" are: the main one, or where its parties are more or fewer another."""
    if not told or mention.explicit:
        return next(iter(told), None)
    return next((f for f in told if f.first_line <= mention.where.line.number and fits_size(mention, f)), told[0])


def _fill(found: Found, main: Found | None, about: Background) -> bool:
    """Completes a background meeting: "the three" are the main meeting's. False where it is too vague to keep."""
    mention = found.lead
    found.sides = about.sides(found.mentions, found.mentions[0])
    if _SEVERAL.search(mention.words) and not mention.one:
        return False
    if not (mention.at.date or mention.at.placed or (main and again(mention))):
        return bool(mention.explicit and mention.people and len(found.parties) >= 2)
    if not main:
        return len(found.parties) >= 2
    # Of three, one or two whose country is printed tell whose the others are.
    unsettled = not mention.countries and len(main.codes) > 2 and set(found.codes) < set(main.codes)
    people_alone = found.people and (not found.parties or unsettled) and len(found.people) == len(main.parties)
    if mention.explicit and len(found.parties) >= 2 and not people_alone:
        return True
    if not people_alone and not fits_size(mention, main):
        return False
    group, line = mention.group, mention.where.line
    joined = bool(group and _THEY.match(group.value))
    more = [p for p in mention.people if p not in main.people]
    if more and not (people_alone or joined):
        return False
    words = line.text[group.start : group.end] if group else mention.words
    codes = {None: principals(main), len(main.codes): main.codes}.get(mention.size) or states(main)
    found.sides.parties = [Party(code, words, line.number) for code in codes]
    if joined:
        # "They met with Prime Minister Doe of Kenya", or "their Kenyan colleague": who joined them is a party too.
        theirs = [Party(t.value, line.text[t.start : t.end], line.number) for t in mention.countries]
        theirs += [Party(p.country, *shown(p)) for p in more if p.country]
        found.sides.parties += {p.code: p for p in theirs if p.code not in codes}.values()
    if people_alone:
        found.sides.represents = spread(found.people, main.codes)
    elif group and not mention.summit and _same_people(group.value, main) and _MET.match(mention.words):
        found.sides.people, found.sides.represents = main.people, main.sides.represents
    return True


_THEY = re.compile(r"they$|the (?:two|three|pair)\b", re.IGNORECASE)
_MET = re.compile(r"(?:last )?me(?:t|et)", re.IGNORECASE)


def _same_people(group: str, main: Found) -> bool:
    """Whether "they" can be the people of a meeting: "their leaders" are not where ministers meet."""
    if "predecessors" in group or BODY.search(group):
        return False
    return offices.level_of(group) in {"unknown", *(offices.level_of(p.office or "") for p in main.people)}
