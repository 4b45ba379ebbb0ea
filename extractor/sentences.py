"""Sentences of a text, as spans: the numbers that models cite.

A line break always ends a sentence. Inside a line a sentence ends at `.`,
`!`, `?` or an ellipsis (and the closing marks after it) where a capital, a
digit or an opening mark follows, unless the dot belongs to an abbreviation.
CJK full stops end a sentence by themselves.
"""

import re

from extractor.schemas import Sentence

_CLOSING = "\"'”’»)\\]"
_OPENING = "\"'“‘«(\\["
_END = re.compile(rf"[.!?…]+[{_CLOSING}]*(?=\s+[{_OPENING}]*[^\W_a-z])|[。！？]+[」』”’）]*")

# Before a name or a number these never end a sentence.
_TITLES = frozenset(
    "mr mrs ms dr prof rev hon gen lt col maj capt cmdr adm sgt gov sen rep st amb pres sec supt "
    "jan feb mar apr jun jul aug sep sept oct nov dec no vs etc art fig vol op ed".split()
)
# After "the U.S." or "9 p.m." a new sentence starts only with a word that starts sentences.
_STARTERS = frozenset(
    "the a an he she it they we i in on at but and for this that these those his her their its our "
    "as after before during when while if however meanwhile according both no there".split()
)
_DOTTED = re.compile(r"(?:\b[A-Za-z]\.){2,}$")
_INITIAL = re.compile(r"\b[A-Z]\.$")
_WORD = re.compile(r"[A-Za-z]+")


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in reading order, numbered from 1; blank lines give none.

    Each span is stripped of white space at both ends and holds no line break.
    """
    found: list[Sentence] = []
    paragraph = 0
    position = 0
    for line in text.splitlines(keepends=True):
        spans = list(_spans(line))
        if spans:
            paragraph += 1
        for start, end in spans:
            found.append(
                Sentence(
                    number=len(found) + 1,
                    paragraph=paragraph,
                    start=position + start,
                    end=position + end,
                )
            )
        position += len(line)
    return tuple(found)


def _spans(line: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one line."""
    cuts = [match.end() for match in _END.finditer(line) if not _abbreviates(line, match)]
    spans = []
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        piece = line[start:end]
        stripped = piece.strip()
        if stripped:
            left = start + len(piece) - len(piece.lstrip())
            spans.append((left, left + len(stripped)))
    return spans


def _abbreviates(line: str, match: re.Match[str]) -> bool:
    """Whether the dot that was found belongs to an abbreviation."""
    if not match.group().startswith(".") or match.group().startswith(".."):
        return False
    # An abbreviation is short: a look at its last letters is enough, however long the line.
    head = line[max(0, match.start() - 40) : match.start() + 1]
    following = _WORD.search(line, match.end())
    follower = following.group().lower() if following else ""
    if _DOTTED.search(head) or head.lower().endswith(("a.m.", "p.m.")):
        return follower not in _STARTERS
    if _INITIAL.search(head):
        return True
    words = _WORD.findall(head[-12:])
    return bool(words) and words[-1].lower() in _TITLES and head[-len(words[-1]) - 1 :] == words[-1] + "."
