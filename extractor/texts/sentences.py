"""Sentences of a text, as spans: the numbers that models cite.

A line break always ends a sentence. Inside a line a sentence ends at `.`,
`!`, `?` or an ellipsis (and the closing marks after it) where white space and
then anything but a small letter follows, unless the dot belongs to an
abbreviation. CJK full stops end a sentence by themselves.

In doubt a sentence goes on: one sentence too long can still be cited.
"""

import re
import unicodedata
from collections.abc import Iterator

from extractor.schemas import Sentence
from extractor.values import dates

_CLOSING = "\"'”’»›)\\]」』）》】"
_OPENING = "\"'“‘„«‹(\\[¿¡$€£¥"
_STOP = ".!?…؟।۔።။"
_CJK_STOP = "。！？｡"
# It starts with one set of characters, which `re` finds quickly. A run of marks is one end: the look-behind keeps
# a long run from being tried at each of its marks. The number of a note belongs to the sentence before it, a bullet
# to the one after it. After a Japanese quotation the particle "to" goes on with who said so.
_END = re.compile(
    rf"[{_STOP}{_CJK_STOP}](?:"
    rf"(?<=[{_STOP}])(?<![{_STOP}]{{2}})(?P<more>[{_STOP}]*)[{_CLOSING}]*(?:\[\d{{1,3}}\])*"
    rf"(?=\s+(?:[•◦▪●■‣]\s*)?[{_OPENING}]*(?P<next>[^\W_]+(?:-\w+)*\.?))"
    rf"|(?<=[{_CJK_STOP}])[{_CJK_STOP}]*[{_CLOSING}]*(?![{_CLOSING}])(?!(?<=[」』])と))"
)

# A name follows: these never end a sentence. Labels of speakers print them in capitals.
_BEFORE_NAME = frozenset(
    {
        *(
            "Mr",
            "Mrs",
            "Ms",
            "Messrs",
            "Dr",
            "Prof",
            "Rev",
            "Hon",
            "St",
            "Mt",
            "Ft",
            "Amb",
            "Gov",
            "Pres",
            "Rep",
            "Sen",
        ),
        *("Sec", "Supt", "Insp", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Cdr", "Adm", "Brig", "Sgt", "vs"),
        *(
            "Rt",
            "Msgr",
            "Fr",
            "Mme",
            "Mlle",
            "Smt",
            "Asst",
            "Dep",
            "Atty",
            "Gens",
            "Sens",
            "Reps",
            "Govs",
            "Drs",
            "Profs",
        ),
    }
)
# Abbreviations where a number follows.
_BEFORE_NUMBER = frozenset(
    {
        *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
        *("No", "no", "Nos", "nos", "Art", "Fig", "Vol", "Ch", "Res", "Rs", "p", "pp", "c", "ca", "approx"),
    }
)
# Abbreviations that may stand last: then the next sentence starts with a word that starts sentences.
_MAY_END = frozenset({"Jr", "Sr", "Inc", "Ltd", "Corp", "Co", "Bros", "al", "etc", "Ph.D"})
_STARTERS = frozenset(
    {
        *("the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my", "both", "no"),
        *("he", "she", "it", "they", "we", "i", "there", "in", "on", "at", "for", "from", "with", "by", "to", "under"),
        *("but", "and", "as", "if", "after", "before", "during", "when", "while", "since", "although", "however"),
        *("meanwhile", "according", "also", "earlier", "later", "asked", "what", "who", "why", "how"),
    }
)
_LAST_WORD = re.compile(r"(?:\b[^\W\d_]\.)+$|[^\W\d_]+(?:\.D)?\.$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
# What numbers an item, first in its line: "1.", "2.1.", "IV.", "A.", "Article 5."
_ITEM = re.compile(
    r"\s*(?:(?:Article|Section|Chapter|Annex|Paragraph|Part|Rule|Item|Point) )?"
    r"(?:(?:\d{1,3}\.){1,4}|[IVXL]{1,5}\.|[^\W\d_]\.)\Z",
    re.IGNORECASE,
)
_LONGEST_HEAD = 24
"""Characters: an abbreviation is short, and so is an item's number."""
_LETTER = re.compile(r"(?<![\w’'])[^\W\d_]\.$|\b[A-Z]\.$")
# "5. May": some write the day of a month so.
_ORDINAL = re.compile(r"(?<!\S)\d{1,2}\.$")


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in reading order, numbered from 1; blank lines give none.

    Each span is stripped of white space at both ends and holds no line break;
    every character that is no white space stands in exactly one of them.
    """
    found: list[Sentence] = []
    paragraph = 0
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraph += 1
            for start, end in _spans(line):
                number, left, right = len(found) + 1, position + start, position + end
                found.append(Sentence(number=number, paragraph=paragraph, start=left, end=right))
        position += len(line)
    return tuple(found)


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line."""
    ends = (match.end() for match in _END.finditer(line) if _ends(line, match))
    # A mark that stands on the stop belongs to it.
    cuts = [end for end in ends if not unicodedata.category(line[end : end + 1] or " ").startswith("M")]
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        piece = line[start:end]
        if stripped := piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(stripped)


def _ends(line: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends here: no small letter follows, and the dot is no abbreviation's."""
    following = match["next"]
    if following is None:
        return True
    if following[0].islower():
        return False
    if match["more"] or line[match.start()] != ".":
        return True
    stop = match.start() + 1
    head = line[max(0, stop - _LONGEST_HEAD) : stop]
    if stop <= _LONGEST_HEAD and _ITEM.match(head):
        return False
    if _ORDINAL.search(head):
        return not re.fullmatch(dates.MONTH, following, re.IGNORECASE)
    last = _LAST_WORD.search(head)
    if last is None:
        return True
    word = last.group()[:-1]
    # A letter by itself is an initial, an item's, or "Plan B.".
    if _DOTTED.fullmatch(last.group()) or _LETTER.search(head) or _one_of(word, _MAY_END):
        return following.lower() in _STARTERS
    return not (_one_of(word, _BEFORE_NAME) or (_one_of(word, _BEFORE_NUMBER) and following[0].isdigit()))


def _one_of(word: str, abbreviations: frozenset[str]) -> bool:
    """Whether it is one of the abbreviations, as they are written or in capitals."""
    return word in abbreviations or (word.isupper() and word.capitalize() in abbreviations)
