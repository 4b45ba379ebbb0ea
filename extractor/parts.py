"""Parts: a long article cut at paragraphs, each part small enough for one call.

Each part shows the opening of the article, which tells what it is about, and
the end of the part before, so that nothing is cut off from its speaker. What
is shown twice is a fixed number of characters a part: the cost grows in step
with the length.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from extractor.schemas import Article, Sentence

OPENING = 1500
"""Characters of the article's beginning that every part shows."""
OVERLAP = 1000
"""Characters of the part before that a part shows again."""
_FILLED = 0.8
"""How full parts are on the average: the rest is leeway for cuts at paragraphs."""
_NUMBER = 8
"""Characters that a sentence takes up besides its own: its number and a line break."""


class Part(NamedTuple):
    """Some sentences of an article, in its order: the `number`-th part `of` so many."""

    number: int
    of: int
    sentences: tuple[Sentence, ...]


def split(article: Article, size: int) -> list[Part]:
    """The parts of an article, each of about `size` characters at most; a short article is one part.

    Cuts fall between paragraphs, or in a paragraph that is too long between
    sentences; a sentence is never cut, whatever its length.
    """
    sentences = article.sentences
    ends = list(accumulate(s.end - s.start + _NUMBER for s in sentences))
    if not ends or ends[-1] <= size:
        return [Part(1, 1, sentences)]
    opening = _opening(sentences, ends)
    room = (size - OPENING - OVERLAP) * _FILLED
    count = ceil(ends[-1] / room)
    cuts = sorted({0, *(_cut(sentences, ends, ends[-1] * k / count, room) for k in range(1, count)), len(sentences)})
    parts = []
    for number, (start, end) in enumerate(pairwise(cuts), 1):
        again = min(start, bisect_left(ends, ends[start - 1] - OVERLAP) + 1) if start else 0
        parts.append(Part(number, len(cuts) - 1, (*sentences[: min(opening, again)], *sentences[again:end])))
    return parts


def _opening(sentences: Sequence[Sentence], ends: Sequence[int]) -> int:
    """How many sentences are the opening: whole paragraphs where it can be; none where the first is too long."""
    fitting = bisect_right(ends, OPENING)
    whole = next((at for at in range(fitting, 0, -1) if sentences[at].paragraph != sentences[at - 1].paragraph), 0)
    return whole or fitting


def _cut(sentences: Sequence[Sentence], ends: Sequence[int], ideal: float, room: float) -> int:
    """The sentence at which a part begins: the last that begins a paragraph before the ideal place, if one is near."""
    last = min(bisect_left(ends, ideal), len(sentences) - 1)
    first = bisect_left(ends, ideal - room * (1 / _FILLED - 1))
    near = (at for at in range(last, max(first, 0), -1) if sentences[at].paragraph != sentences[at - 1].paragraph)
    return next(near, last)
