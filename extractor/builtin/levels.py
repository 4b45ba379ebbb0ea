"""The level of a meeting, from its people, else from the words that tell who met."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.builtin import offices
from extractor.builtin.found import Found
from extractor.builtin.lexicon import SAYS
from extractor.builtin.page import Part
from extractor.builtin.tagging import Tagged
from extractor.schemas.draft import Level
from extractor.values import places

_RANKS: dict[Level, int] = {"working": 1, "senior_officials": 2, "ministers": 3, "leaders": 4}


class Shown(NamedTuple):
    """A level and the words that show it, with the number of their line."""

    level: Level = "unknown"
    words: str | None = None
    line: int = 0


def level(found: Found, sentences: Sequence[Tagged], main: Found | None = None) -> Shown:
    """The level of a meeting: each side counts by its highest representative, the meeting by its lower side.

    Without people the words of its mentions tell; a meeting in the series of
    the `main` one ("the last round was in May") is of the main one's level.
    """
    if shown := _of_people(found):
        sent = _ENVOYS.search(found.lead.where.text)
        one_sided = len({found.sides.represents.get(p.name, p.name) for p in found.people}) < len(found.parties)
        if sent and one_sided and _RANKS[shown.level] > _RANKS["senior_officials"]:
            return Shown("senior_officials", sent.group(), found.lead.where.line.number)
        return shown
    for mention in found.mentions:
        if mention.summit:
            return Shown("leaders", "summit" if "summit" in mention.words else "Summit", mention.where.line.number)
    for mention in found.mentions:
        if mention.group and (named := _of_group(mention.group.value)) != "unknown":
            return Shown(named, mention.group.value, mention.where.line.number)
    if shown := _of_words(found, sentences):
        return shown
    if main and main is not found and set(main.codes) == set(found.codes) and not _of_a_body(found):
        shown = _of_people(main) or _of_words(main, sentences) or Shown()
        return Shown() if shown.level == "leaders" and _BELOW_LEADERS.search(found.lead.words) else shown
    return Shown()


# Leaders meet at summits: a dialogue or consultations are held by others.
_BELOW_LEADERS = re.compile(r"\b(?:dialogue|consultations)\b", re.IGNORECASE)
_BODY = re.compile(r" of (?:the |a )?[^.;“,]{0,40}?\b(?:Commission|Committee|Council|Group|Forum)\b")


def _of_a_body(found: Found) -> bool:
    """Whether it is the session of a named body, which meets at a level of its own."""
    return bool(_BODY.match(found.lead.where.line.text, found.lead.where.offset(found.lead.end)))


def _of_people(found: Found) -> Shown | None:
    highest: dict[str, tuple[int, Shown]] = {}
    for person in found.people:
        side = found.sides.represents.get(person.name, person.name)
        named = rank(person.office or person.rank, side)
        if (value := _RANKS.get(named, 0)) > highest.get(side, (0,))[0]:
            highest[side] = value, Shown(named, person.office, person.office_line)
    return min(highest.values(), key=lambda ranked: ranked[0])[1] if highest else None


# A delegation that is led by somebody stands for a side none of whose people holds an office.
_ENVOYS = re.compile(r"\benvoys?\b|\b(?:delegation|team|mission)\b(?=[^.;“”]{0,20} (?:led|headed) by\b)", re.IGNORECASE)
_LOOSE = re.compile(r"(?:the )?(?:two|both) leaders", re.IGNORECASE)


def _of_group(words: str) -> Level:
    """What a group's name tells; "the two leaders" is also said of two ministers, so that it tells nothing."""
    return "unknown" if _LOOSE.fullmatch(words) else rank(words)


def _of_words(found: Found, sentences: Sequence[Tagged]) -> Shown | None:
    """The level that the mentions name, or else their sentences, unless as somebody who only says something."""
    near = [found.lead.where, *(m.where for m in found.mentions)]
    if found.role == "reported":
        near += [s for s in sentences if s.part is Part.PROSE][:2]
    told = [(m.where.text[m.start : m.end], m.where.line.number) for m in found.mentions]
    for text, line in dict.fromkeys([*told, *((sentence.text, sentence.line.number) for sentence in near)]):
        for name, words in (_PAIRED, *offices.LEVELS):
            for match in words.finditer(text):
                if not _SAID.match(text, match.end()) and not _TOLD.search(text[: match.start()]):
                    if _DELEGATIONS.fullmatch(match.group()):
                        name = "working"
                    elif found.codes and _SOUTH_ASIA.issuperset(found.codes) and _CIVIL_SERVANT.search(match.group()):
                        name = "senior_officials"
                    return Shown(name, match.group(), line)
    return None


# "Two-plus-two" is by its name a meeting of foreign and defence ministers.
_PAIRED: tuple[Level, re.Pattern[str]] = (
    "ministers",
    re.compile(r"\b(?:two|2)[ -]?(?:plus|\+)[ -]?(?:two|2)\b", re.IGNORECASE),
)
_SAID = re.compile(rf",? (?:\w+ )?(?:{SAYS}|say|recall|believe|expect|hope|fear|insist|argue)\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:told|according to|said)(?: \w+){0,3} $", re.IGNORECASE)

_HONORIFIC = re.compile(
    r"(?<=\w),? (?:ambassador|(?:lieutenant |major |brigadier |lt\.? |maj\.? |brig\.? )?gen(?:eral|\.)|(?:vice "
    r")?admiral)$",
    re.IGNORECASE,
)
_NO_HONORIFIC = re.compile(r"\b(?:secretary|director|attorney|consul|inspector|governor)[ -]general$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"(?:,? and (?:the )?|,? & |/|, )(?=(?:deputy |vice |first )?[\w ]*(?:minister|president|premier|secretary)\b)"
)
_HEAD = re.compile(r"\b(?:secretary[- ]general|president|chair(?:man|woman|person)?)\b", re.IGNORECASE)
_AGENCY_HEAD = re.compile(r"\b(?:director[- ]general|executive secretary|managing director)\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:deputy|vice|assistant|under|special|associate)\b", re.IGNORECASE)
_RANKED: tuple[tuple[Level, str], ...] = (
    (
        "leaders",
        r"deputy president|emperor|pope|pontiff|monarch|ruler|grand duke"
        r"|(?:chair\w*|head|president|leader) of the (?:\w+ )?(?:presidential|sovereign\w*|transitional"
        r"|military) council",
    ),
    (
        "ministers",
        r"deputy prime minister|(?:deputy|vice)[ -](?:premier|chancellor)|attorney general|trade representative"
        r"|(?:defen[cs]e|finance|trade|economy|foreign) chief",
    ),
    (
        "senior_officials",
        r"(?:principal|permanent|state) secretary|assistant (?:\w+ )?minister|secretary of (?:the )?(?:\w+ "
        r")?security council"
        r"|(?:intelligence|spy|security|police|navy|naval|air force|army|military) chief|chief of (?:the "
        r")?(?:army|naval|air)"
        r"|(?:lieutenant|major|brigadier) general|brigadier|colonel|(?:permanent|special) representative|governor"
        r"|mediators?|peacemaker|troubleshooter|high commissioner",
    ),
)
_OFFICES = tuple((named, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for named, words in _RANKED)
_COMMISSIONER = re.compile(r"\bcommissioner\b", re.IGNORECASE)
_DELEGATIONS = re.compile(r"(?:the |both |two )*delegations?", re.IGNORECASE)
# In South Asia a ministry's "Secretary" is its highest official, the minister stands above.
_CIVIL_SERVANT = re.compile(
    r"\b(?:foreign|defen[cs]e|home|commerce|finance|water) secretar(?:y|ies)\b|^secretary\b", re.IGNORECASE
)
_SOUTH_ASIA = frozenset(["BGD", "IND", "LKA", "MDV", "NPL", "PAK"])


def rank(office: str, side: str = "") -> Level:
    """The level of an office; `side` is the alpha-3 or the acronym of whom its holder speaks for."""
    parts = _SEVERAL.split(office)
    return max((_one(part, side) for part in parts), key=lambda named: _RANKS.get(named, 0))


def _one(office: str, side: str) -> Level:
    # "Minister of Defence General": the rank goes with the name.
    if not _NO_HONORIFIC.search(office) and offices.level_of(plain := _HONORIFIC.sub("", office)) != "unknown":
        office = plain
    organisation = side in places.ORGANISATIONS.values()
    if organisation and not _UNDER.search(office) and (_HEAD.search(office) or _heads_agency(office, side)):
        return "leaders"
    if side in _SOUTH_ASIA and _CIVIL_SERVANT.search(office):
        return "senior_officials"
    found = next((named for named, words in _OFFICES if words.search(office)), None) or offices.level_of(office)
    if found == "senior_officials" and _DELEGATIONS.fullmatch(office):
        return "working"
    if found == "unknown" and organisation and _COMMISSIONER.search(office):
        return "ministers"
    return found


def _heads_agency(office: str, side: str) -> bool:
    """A director-general heads an organisation; the European Union's head departments."""
    return side != "EU" and bool(_AGENCY_HEAD.search(office))
