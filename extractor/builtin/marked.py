"""Marked lines: the countries and offices of a line as one character each, so that rules see the order of words."""

import re
from bisect import bisect_left

from extractor.builtin import landmarks
from extractor.builtin.grammar import CHARACTERS
from extractor.builtin.offices import OFFICE
from extractor.builtin.personal import LOWER, UPPER, names
from extractor.values import places

_GIVEN = re.compile(
    r"(?:Israel|Jordan|Chad|Georgia|Kenya|India|America|Cyprus|"
    rf"Austria) [{UPPER}][{LOWER}]+(?! (?:and|said|on|has)\b)"
)
# "Amir", "King" and "Sultan" are names too, where a word of a name stands before them.
_ALSO_NAME = re.compile("Amir|Emir|Sultan|King|Prince|Queen|Marshal")
_WORD_BEFORE = re.compile(rf"(?<![\w’'.-])(?P<word>(?:Al|[{UPPER}][{LOWER}]{{2,}})) $")
_SON_OF = re.compile(r"\b(?:bin|bint|binti|ibn|ben) $")


def _in_name(text: str, start: int, end: int) -> bool:
    if _SON_OF.search(text, max(0, start - 6), start):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 30), start) if _ALSO_NAME.fullmatch(text, start, end) else None
    word = before["word"] if before else ""
    return bool(word and names(word) and not places.find(word) and not OFFICE.search(word))


class Marked:
    """A line with its countries, regions and offices as one character each."""

    def __init__(self, text: str) -> None:
        held = [match.span() for match in OFFICE.finditer(text) if not _in_name(text, *match.span())]
        ends = {end + 1 for _, end in held}
        # A country's name right after an office and before a capital is a given name: "Minister Jordan Doe".
        spans = [
            (p.start, p.end, CHARACTERS["C" if p.code else "R"])
            for p in landmarks.countries(text)
            if not (p.start in ends and _GIVEN.match(text, p.start))
        ]
        countries = sorted(spans)
        for start, end in held:
            at = bisect_left(countries, (start,))
            near = [place for place in countries[max(0, at - 1) : at + 1] if place[0] < end and start < place[1]]
            # A matter of state ("Minister of European Affairs") holds the name of a region.
            within = near and start < near[0][0] and near[0][1] < end
            if within and text[start:end].lower().endswith(("affairs", "cooperation")):
                spans.remove(near[0])
                office = OFFICE.match(text, start)
            # "President of the European Commission": the office ends before the name.
            elif near and near[0][0] > start:
                office = OFFICE.match(text, start, near[0][0])
            elif near:
                office = OFFICE.match(text, near[0][1] + 1)
            else:
                office = OFFICE.match(text, start)
            if office:
                spans.append((*office.span(), CHARACTERS["F"]))
        self.source = text
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
        """The position in the line at which a character of the marked text starts."""
        return self._starts[at]

    def end(self, at: int) -> int:
        """The position in the line at which the marked text before `at` ends."""
        return self._ends[at - 1]

    def lands(self, match: re.Match[str], group: str) -> list[str]:
        """The words of each country in a group of a match."""
        at = range(match.start(group), match.end(group))
        return [self.source[self.start(i) : self.end(i + 1)] for i in at if self.text[i] == CHARACTERS["C"]]

    def words(self, match: re.Match[str], group: str) -> str:
        """The words of the line in a group of a match."""
        return self.source[self.start(match.start(group)) : self.end(match.end(group))]
