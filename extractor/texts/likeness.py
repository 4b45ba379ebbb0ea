"""Likeness of a text's parts to a quote, by the runs of three characters that they share (Ukkonen 1992: q-grams)."""

from collections.abc import Iterable
from itertools import accumulate
from operator import sub

_GRAM = 3


def most_alike(text: str, quote: str, parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Which of the parts (spans of the text) is most like a quote, counted from 0, and where in the text most so.

    A part is as like as its likest stretch of the quote's length. Linear time.
    """
    grams = {quote[at : at + _GRAM] for at in range(len(quote) - _GRAM + 1)}
    shared = [0, *accumulate(text[at : at + _GRAM] in grams for at in range(len(text)))]
    best = (-1, 0, 0)
    for number, (start, end) in enumerate(parts):
        width = min(len(quote), end - start)
        scores = list(map(sub, shared[start + width : end + 1], shared[start : end - width + 1]))
        score = max(scores)
        if score > best[0]:
            best = score, number, start + scores.index(score)
    return best[1], best[2]
