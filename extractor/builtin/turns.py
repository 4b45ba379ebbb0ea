"""Turns: who speaks in which line of a transcript ("SECRETARY DOE:  Good morning.")."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractor.builtin import personal
from extractor.builtin.offices import OFFICE
from extractor.builtin.page import Line
from extractor.values import places

_LABEL = re.compile(
    r"\*{0,2}(?P<label>[^\W\d_][^:“”\"*]{0,70}):\*{0,2}(?:\s+(?=\S)|\s*$)|(?P<question>Q|QUESTION)\.?\s{1,4}(?=\S)"
)
_COURTESY = re.compile(
    r"^(?:Mr|Ms|Mrs|Dr|Prof|Shri|Smt|Amb|Gen|Sen|Sir|Dame|Lord|Moderator|Official|Question|Answer|Spokes\w+)\b",
    re.IGNORECASE,
)
_INTERPRETS = re.compile(r"(?:THE )?(?:INTERPRETER|TRANSLATOR)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_SMALL = frozenset(["of", "and", "for", "the", "de", "da", "al", "bin", "van", "der", "von"])
_MOST_WORDS = 12
QUESTION = re.compile(
    r"^(?:Q|QUESTION|REPORTER|JOURNALIST|PRESS|MODERATOR|OPERATOR|HOST|ANCHOR|INTERVIEWER|CORRESPONDENT)\b"
    r"(?! SECRETARY)",
    re.IGNORECASE,
)
"""Labels of those who ask and of those who lead through: their words are nobody's position."""

ANSWER = "A"
"""The label of an answer that does not say who gives it."""


class Turn(NamedTuple):
    """A line's speaker: the label as printed, and where in the line the speech starts."""

    label: str
    speech: int


def turns(lines: Sequence[Line]) -> dict[int, Turn]:
    """The turn of each line by its number; empty where the text is no transcript.

    A turn goes on until the next label. Text before the first has none. A
    label says an office, a courtesy or who asks; a name alone is one beside
    such labels or where it comes again. One label makes a transcript where it
    is in capitals, as no headline's is.
    """
    found = {}
    for line in lines:
        if label := _label(line.text):
            found[line.number] = label
    sure = [label for label in found.values() if _sure(label.label)]
    often = Counter(label.label for label in found.values())
    labels = {number: label for number, label in found.items() if sure or often[label.label] > 1}
    if alone := _remarks(lines, {n for n, label in labels.items() if not QUESTION.match(label.label)}):
        return alone
    if len(labels) < 2 and not any(label.label.isupper() for label in sure):
        return {}
    result: dict[int, Turn] = {}
    current = before = ""
    for line in lines:
        if turn := labels.get(line.number):
            # The interpreter's words are those of the one who spoke last.
            before = before if _INTERPRETS.match(turn.label) or QUESTION.match(turn.label) else turn.label
            current = before if _INTERPRETS.match(turn.label) else turn.label
            result[line.number] = turn._replace(label=current)
        elif current:
            result[line.number] = Turn(current, 0)
    return result


_BY = re.compile(
    r"\b(?:remarks|statement|speech|address|intervention|doorste?p|press conference|briefing)\b"
    r"(?: to (?:the )?(?:press|media))? (?:by|of) (?P<by>.{4,100}?)"
    r"(?= (?:at|after|following|before|ahead|on|in|to|upon)\b|,|$)",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"\b(?:I|I[’'](?:m|ve|ll)|[Mm]y)\b")
_FEWEST = 3
"""Lines in which a speaker says "I"."""


def _remarks(lines: Sequence[Line], labelled: set[int]) -> dict[int, Turn]:
    """The turns of a text whose headline says by whom all of it is said, but for the questions."""
    by = next((match for line in lines[:3] if (match := _BY.search(line.text))), None)
    own = sum(bool(_OWN_WORDS.search(line.text)) and not _QUOTES.search(line.text) for line in lines)
    if not by or " and " in by["by"] or own < _FEWEST or labelled - {line.number for line in lines[:3]}:
        return {}
    asked = {line.paragraph for line in lines if (label := _label(line.text)) and QUESTION.match(label.label)}
    return {
        line.number: Turn("QUESTION" if line.paragraph in asked else by["by"], 0)
        for line in lines[1:]
        if not _BY.search(line.text)
    }


_QUOTES = re.compile(r"[“”\"]")


def _sure(label: str) -> bool:
    return bool(
        _INTERPRETS.match(label)
        or OFFICE.search(label)
        or _COURTESY.match(label)
        or QUESTION.match(label)
        or "OFFICIAL" in label
    )


def _label(text: str) -> Turn | None:
    match = _LABEL.match(text)
    if not match:
        return None
    label = _ASIDE.sub("", match["label"] or match["question"]).strip()
    words = label.replace(".", " ").split()
    if (QUESTION.match(label) or label in "QA") and len(words) <= _MOST_WORDS:
        return Turn(label, match.end())
    if not words or len(words) > _MOST_WORDS or places.city(label.title()) or places.country(label.title()):
        return None
    capitals = label.isupper() and len(label) > 1
    named = all(word[:1].isupper() or word in _SMALL for word in words)
    titled = bool(OFFICE.match(label) or _COURTESY.match(label))
    alone = 1 < len(words) <= 4 and all(personal.names(word) or word in _SMALL for word in words)
    return Turn(label, match.end()) if capitals or (named and (titled or alone)) else None
