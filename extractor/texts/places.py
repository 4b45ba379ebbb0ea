"""Places of a quote in a text: all of them, in linear time."""

from collections.abc import Iterator


def places(text: str, quote: str, since: int = 0) -> Iterator[int]:
    """Where a quote stands, overlaps included: the places from `since` on, then those before it.

    Of places that overlap each stands one period of the quote behind the
    other. What does not overlap is left to `str.find`.
    """
    yield from _forward(text, quote, since)
    if since:
        yield from _forward(text[: since + len(quote) - 1], quote, 0)


def _forward(text: str, quote: str, since: int) -> Iterator[int]:
    at = text.find(quote, since)
    step = 0
    while at >= 0:
        yield at
        step = step or _period(quote)
        at += step
        if not text.startswith(quote[-step:], at + len(quote) - step):
            at = text.find(quote, at)


def _period(quote: str) -> int:
    """By how much a quote is shifted to meet itself again, at most its length (Knuth, Morris and Pratt 1977)."""
    borders = [0]
    border = 0
    for char in quote[1:]:
        while border and char != quote[border]:
            border = borders[border - 1]
        border += char == quote[border]
        borders.append(border)
    return len(quote) - border
