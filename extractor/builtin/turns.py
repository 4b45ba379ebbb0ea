"""Turns: who speaks in which line of a transcript ("SECRETARY DOE:  Good morning.")."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.builtin.offices import OFFICE
from extractor.builtin.page import Line

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:“”\"]{0,70}):\s+(?=\S)|(?P<question>Q)\s{1,4}(?=\S)")
_COURTESY = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Shri|Smt|Amb|Gen|Sen|Moderator|Official|Question|Answer)\b", re.IGNORECASE)
_FEWEST = 2
QUESTION = re.compile(r"^(?:Q|QUESTION|REPORTER|JOURNALIST|PRESS|MODERATOR|OPERATOR|INTERPRETER)\b", re.IGNORECASE)
"""Labels of those who ask and of those who lead through: their words are nobody's position."""


class Turn(NamedTuple):
    """A line's speaker: the label as printed, and where in the line the speech starts."""

    label: str
    speech: int


def turns(lines: Sequence[Line]) -> dict[int, Turn]:
    """The turn of each line by its number; empty where the text is no transcript.

    A turn goes on until the next label. Text before the first has none.
    """
    labels = {line.number: found for line in lines if (found := _label(line.text))}
    if len(labels) < _FEWEST:
        return {}
    result: dict[int, Turn] = {}
    current = ""
    for line in lines:
        if turn := labels.get(line.number):
            current = turn.label
            result[line.number] = turn
        elif current:
            result[line.number] = Turn(current, 0)
    return result


def _label(text: str) -> Turn | None:
    match = _LABEL.match(text)
    if not match:
        return None
    label = (match["label"] or match["question"]).strip()
    words = [word for word in re.findall(r"[^\W\d_]+", label) if len(word) > 1]
    capitals = bool(words) and all(word.isupper() for word in words)
    titled = (
        len(words) <= 5
        and bool(OFFICE.match(label) or _COURTESY.match(label))
        and label == label.strip()
        and label[:1].isupper()
    )
    named = titled and all(word[:1].isupper() or word in ("of", "and", "for", "the") for word in words)
    return Turn(label, match.end()) if capitals or named or match["question"] else None
