"""Naming: where a line names a person together with an office or a country.

Countries and offices of the line become one character each; what is left are
a few orders of words: "Kenyan Foreign Minister Jane Doe", "Foreign Minister of
Kenya Jane Doe", "Jane Doe, Kenya's foreign minister", "her Kenyan counterpart,
Jane Doe".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from extractor.builtin import landmarks
from extractor.builtin.grammar import CHARACTERS, pattern
from extractor.builtin.offices import OFFICE

# Latin letters with all their accents, by case.
_LATIN = [chr(i) for i in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_UPPER = "".join(c for c in _LATIN if c.isupper())
_LOWER = "".join(c for c in _LATIN if c.islower()) + "ʻʼ"
_PARTICLE = (
    r"(?:bin|ibn|bint|al|el|ould|wuld|de|da|do|dos|das|di|du|la|las|los|van|von|der|den|del|della|ter|"
    r"ten|le|y|e|ag|ben|abu)"
)
_WORD = (
    rf"(?:(?:al|el|ad|an|as|ash|at|d|O)[-’'])?[{_UPPER}](?:[{_UPPER}{_LOWER}-]|"
    rf"[’'‘`ʿ](?!s\b)(?=[{_UPPER}{_LOWER}])){{0,30}}[{_LOWER}{_UPPER}]"
)
_INITIALS = rf"[{_UPPER}]\.(?:-?[{_UPPER}]\.){{0,4}}"
_NAME = rf"(?:{_WORD}|{_INITIALS})(?: (?:{_PARTICLE} ){{0,3}}(?:{_WORD}|{_INITIALS})){{0,5}}(?:,? (?:Jr|Sr)\.)?"
_COURTESIES = (
    r"Mr|Mrs|Ms|Dr|Prof|Professor|Gen|Lt|Maj|Col|Amb|Sen|Hon|Eng|Adv|Shri|Smt|H\.? ?E|HE|HRH|HH|HM|"
    r"H\.R\.H|Sir|Dame|"
    r"His|Her|The|Excellency|Highness|Royal|Majesty|Honou?rable|Right|Comrade|Field|Marshal|Maulana"
)
_COURTESY = rf"(?:(?:{_COURTESIES})\.?,? ){{0,5}}"
_NEW = (
    r"(?:(?:new|newly (?:elected|appointed)|top|visiting|acting|caretaker|veteran|long-?time|de facto|"
    r"own|respective) )?"
)
_S = r"(?:[’']s?)?"
_ABOUT = r"(?: (?:to|for|on|in|at) (?:the )?[{C}{R}](?:(?:,| and|, and) (?:the )?[{C}{R}])*)?"

_MEETS = (
    r"(?:met|meets|received|receives|hosted|held (?:talks|a meeting|a (?:tele)?phone)|holds (?:talks|"
    r"a meeting)|spoke (?:with|by)|"
    r"had (?:an? )?(?:\w+ )?(?:telephone|phone|meeting|talks))"
)
_TITLED = pattern(
    "|".join(
        (
            # Kenyan Foreign Minister Jane Doe; Foreign Minister (of Kenya) Jane Doe (of Kenya)
            rf"(?:(?P<whose>{{C}}){_S}[ -]{_NEW})?(?P<office>{{F}})(?:,? {{F}})?(?: (?:of|"
            rf"from) (?:the )?(?P<of>{{C}})(?:[’']s)?(?: (?:Commission|Council|Bureau|Secretariat|"
            rf"Assembly))?)?{_ABOUT}"
            rf"(?:, | \(|,? )?{_COURTESY}(?P<name>{_NAME})(?:,? (?:of|from) (?:the )?(?P<from>{{C}})|"
            rf",? \((?P<in>{{C}})\))?",
            # Jane Doe, the Kenyan foreign minister; Jane Doe, Minister of Foreign Affairs of Kenya
            rf"(?<![\w’'-])(?P<named>{_NAME}),? \(?(?:(?:the|who is|an?|his|"
            rf"her) )?(?:(?P<theirs>{{C}}){_S} )?{_NEW}(?P<post>{{F}})"
            rf"(?: (?:of|from|for) (?:the )?(?P<post_of>{{C}}))?(?!,? ?[{_UPPER}])",
            # her Kenyan counterpart, Jane Doe
            rf"(?:(?P<other>{{C}}){_S} )?(?P<peer>counterparts?|opposite numbers?)(?: (?:from|"
            rf"of) (?:the )?(?P<other_of>{{C}}))?,? "
            rf"{_COURTESY}(?:(?P<rank>{{F}}) )?(?P<fellow>{_NAME})(?:,? (?:of|from) (?:the )?(?P<fellow_of>{{C}}))?",
            # Jane Doe met: a paper or a ministry does not always name the office of its own people
            rf"(?:^|(?<=[—–:-] ))(?P<plain>{_NAME})(?= (?:on \\w+ )?{_MEETS}\b)",
        )
    ),
    re.NOFLAG,
)
_PLURAL = re.compile(
    r"(?:ministers|presidents|secretaries|premiers|leaders|envoys|ambassadors|chiefs|advis[eo]rs|"
    r"directors|representatives|"
    r"generals|negotiators|counterparts|numbers)\b",
    re.IGNORECASE,
)
_NEXT = pattern(
    rf"(?:,|,? and) {_COURTESY}(?P<name>{_NAME})(?:,? (?:of|from) (?:the )?(?P<from>{{C}}))?(?! {{F}})", re.NOFLAG
)
_PAST = re.compile(r"\b(?:former |ex-|late |then )$", re.IGNORECASE)
_STYLE = re.compile(
    r"(?:\b(?:HH|HE|HM|HRH|H\. ?E\.|(?:His|Her) (?:Excellency|Highness|Majesty|Royal Highness)|Mr\.?|"
    r"Mrs\.?|Ms\.?|Dr\.?|Shri|Smt\.?),? (?:the )?)+$"
)
_NOT_NAMES = re.compile(
    "the|a|an|and|of|in|on|at|for|with|to|from|by|after|before|during|monday|tuesday|wednesday|thursday|"
    "friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|"
    "december|meeting|summit|talks|state|minister|president|secretary|prime|foreign|defense|defence|he|she|"
    "they|it|his|her|their|this|that|these|in|however|meanwhile|according|department|ministry|government|"
    "council|office|house|white|joint|trilateral|bilateral|assembly|committee|conference|session|forum|staff|"
    "union|nations|agency|debate|election|elections|administration|executive|officer|affairs|security|policy|"
    "economic|cooperation|commission|parliament|congress|court|republic|kingdom|international|national|"
    "federal|general|united|today|yesterday|tomorrow|we|i|you|but|as|when|while|also|both|said|says|will|has|"
    "had|is|was|were|are|been|readout|remarks|statement|press|release|news|reuters|afp|photo|call|opening|"
    "street|air|force|army|navy|party|elect|our|my|your|its|who|what|where|why|how|there|here|held|met|city|"
    "airport|palace|hall|university|north|south|east|west|central|middle|en|route|via|aboard|holds|hold|meets|"
    "meet|discusses|discuss|receives|hosts|visits|arrives|calls|call|urges|signs|backs|says|tells|vows|warns|"
    "seeks|seek|talks|reviews|review|confer|confers|agree|agrees|stress|stresses|thanks|welcomes|attends|"
    "leads|begins|ends",
    re.IGNORECASE,
)
"""Words that stand in capitals in titles and headlines and belong to no name."""
_GIVEN = re.compile(
    r"(?:Israel|Jordan|Chad|Georgia|Kenya|India|America|Cyprus|"
    rf"Austria) [{_UPPER}][{_LOWER}]+(?! (?:and|said|on|has)\b)"
)


class Named(NamedTuple):
    """A person named in a line; `country` and `office` are the words beside the name."""

    start: int
    end: int
    name: str
    office: str | None
    country: str | None


def names(word: str) -> bool:
    """Whether a word alone can name a person."""
    return bool(_trim(word))


def titled(text: str) -> Iterator[Named]:
    """The people whom a line names with an office or a country."""
    line = _Line(text)
    position = 0
    while match := _TITLED.search(line.text, position):
        group = next(name for name in ("name", "named", "fellow", "plain") if match[name])
        name = _trim(match[group])
        if not name or (group in ("named", "plain") and " " not in name):
            position = max(match.start() + 1, match.end(group) if not name else match.start() + 1)
            continue
        whole = len(name) == len(match[group])
        office = next((line.words(match, g) for g in ("office", "post", "rank") if match[g]), None)
        around = ("from", "in", "fellow_of", "of", "whose") if whole else ("of", "whose")
        country = next(
            (line.words(match, g) for g in (*around, "theirs", "post_of", "other", "other_of") if match[g]), None
        )
        end = match.end() if whole else match.start(group) + len(name)
        plural = bool(_PLURAL.search(office or match["peer"] or ""))
        if plural and not (whole and _NEXT.match(line.text, end)):
            position = end
            continue
        start = line.start(match.start())
        if style := _STYLE.search(text[max(0, start - 40) : start]):
            start -= len(style.group())
        if match["office"] and (past := _PAST.search(text[max(0, start - 8) : start])):
            start -= len(past.group())
            office = text[start : line.end(match.end("office"))]
        yield Named(start, line.end(end), name, office, country)
        position = end
        while plural and whole and (more := _NEXT.match(line.text, position)):
            name = _trim(more["name"])
            if not name:
                break
            whole = len(name) == len(more["name"])
            end = more.end() if whole else more.start("name") + len(name)
            fellow = line.words(more, "from") if whole and more["from"] else None
            yield Named(line.start(more.start("name")), line.end(end), name, office, fellow)
            position = end


class _Line:
    """A line with its countries, regions and offices as one character each."""

    def __init__(self, text: str) -> None:
        offices = [match.span() for match in OFFICE.finditer(text)]
        ends = {end + 1 for _, end in offices}
        # A country's name right after an office and before a capital is a given name: "Minister Jordan Doe".
        spans = [
            (p.start, p.end, CHARACTERS["C" if p.code else "R"])
            for p in landmarks.countries(text)
            if not (p.start in ends and _GIVEN.match(text, p.start))
        ]
        countries = sorted(spans)
        for start, end in offices:
            at = bisect_left(countries, (start,))
            near = [place for place in countries[max(0, at - 1) : at + 1] if place[0] < end and start < place[1]]
            # "President of the European Commission": the office ends before the name.
            if near and near[0][0] > start:
                office = OFFICE.match(text, start, near[0][0])
            elif near:
                office = OFFICE.match(text, near[0][1] + 1)
            else:
                office = OFFICE.match(text, start)
            if office:
                spans.append((*office.span(), CHARACTERS["F"]))
        self._source = text
        pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        position = 0
        for start, end, char in [*sorted(spans), (len(text), len(text), "")]:
            plain = range(position, start)
            pieces.append("".join("?" if "\ue000" <= c <= "\uf8ff" else c for c in text[position:start]) + char)
            self._starts += [*plain, *([start] if char else [])]
            self._ends += [*(i + 1 for i in plain), *([end] if char else [])]
            position = end
        self.text = "".join(pieces)

    def start(self, at: int) -> int:
        return self._starts[at]

    def end(self, at: int) -> int:
        return self._ends[at - 1]

    def words(self, match: re.Match[str], group: str) -> str:
        return self._source[self.start(match.start(group)) : self.end(match.end(group))]


def _trim(name: str) -> str:
    """Cuts a name at the first word that belongs to none."""
    kept: list[str] = []
    for word in name.split():
        if _NOT_NAMES.fullmatch(word.rstrip(".,")):
            break
        kept.append(word)
    while kept and (kept[-1].islower() or kept[-1] in ("His", "Her", "The")):
        kept.pop()
    trimmed = re.sub(r"[’']s?$", "", " ".join(kept)).rstrip(",")
    return "" if re.fullmatch(rf"(?:{_COURTESIES})\.?", trimmed) or len(trimmed) < 2 else trimmed
