"""Likeness of a text's parts to a quote, by the runs of three characters that they share (Ukkonen 1992: q-grams)."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import sub


def most_alike(text: str, quote: str, parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Which of the parts (spans of the text) is most like a quote, counted from 0, and where in the text most so.

    A part is as like as its likest stretch of the quote's length. Linear time.
    """
    runs = set(_runs(quote))
    shared = list(accumulate(map(runs.__contains__, _runs(text)), initial=0))
    shared += shared[-1:] * (len(text) + 1 - len(shared))
    best = (-1, 0, 0)
    for number, (start, end) in enumerate(parts):
        width = min(len(quote), end - start)
        scores = list(map(sub, shared[start + width : end + 1], shared[start : end - width + 1]))
        score = max(scores)
        if score > best[0]:
            best = score, number, start + scores.index(score)
    return best[1], best[2]


def _runs(text: str) -> Iterator[tuple[str, str, str]]:
    return zip(text, text[1:], text[2:], strict=False)
