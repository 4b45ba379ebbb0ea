"""Places: where a quote stands in a text, among the places where it may start and end. In linear time."""

from collections.abc import Iterator
from typing import NamedTuple


class Searched(NamedTuple):
    """A text, and by place (one more than it has characters) whether nothing may start or end there."""

    text: str
    no_start: bytes
    no_end: bytes

    def place(self, quote: str, left: int, right: int) -> int | None:
        """The first place from left to right where a quote stands, else the nearest; None where it stands nowhere."""
        size = len(quote)
        after = next((at for at in _places(self.text, quote, left, self.no_start) if not self.no_end[at + size]), None)
        if after is not None and after < right:
            return after
        ends = _places(self.text[::-1], quote[::-1], max(0, len(self.text) - left - size + 1), self.no_end[::-1])
        starts = (len(self.text) - end - size for end in ends)
        before = next((at for at in starts if not self.no_start[at]), None)
        if after is None or before is None:
            return before if after is None else after
        return before if left - (before + size) < after - right else after


def _places(text: str, quote: str, since: int, barred: bytes) -> Iterator[int]:
    """Where a quote stands from a place on, overlaps included, but for the barred places.

    Of places that overlap each stands one period of the quote behind the
    other; what does not overlap is left to `str.find`.
    """
    at = text.find(quote, since)
    step = 0
    while at >= 0:
        step = step or _period(quote)
        free = barred.find(0, at)
        if free == at:
            yield at
        elif free - at > step:
            at = text.find(quote, free)
            continue
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
