"""Passages: words where they stand in their article, in their sentence or between their neighbours.

All positions are code points of the article's text, from 0, end exclusive.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.merging.choices import evidence_spans
from extractor.schemas import Article, Evidence, Side
from extractor.schemas.decision import Span, disjoint


class Piece(NamedTuple):
    """A stretch of text: whether it is evidence, whether others word it otherwise, and where it starts."""

    text: str
    told: bool
    differs: bool
    start: int


Passage = tuple[Piece, ...]


def sentences(article: Article, evidence: Iterable[Evidence], differs: Sequence[Span] = ()) -> tuple[Passage, ...]:
    """The sentences in which evidence stands, in the order of the text, each once, with all of it marked."""
    spans = disjoint(evidence_spans(evidence))
    return tuple(_cut(article.text, start, end, spans, differs) for start, end in disjoint(_sentence(article, spans)))


def paragraphs(article: Article, evidence: Iterable[Evidence]) -> tuple[tuple[Passage, ...], ...]:
    """The paragraphs in which evidence stands, each with its neighbours: what belongs together, in the text's order."""
    spans = disjoint(evidence_spans(evidence))
    lines = list(_lines(article.text))
    told = [n for n, (start, end) in enumerate(lines) if any(a < end and start < b for a, b in spans)]
    shown = sorted({n for at in told for n in (at - 1, at, at + 1) if 0 <= n < len(lines)})
    blocks: list[list[Passage]] = []
    for place, n in enumerate(shown):
        if not place or n != shown[place - 1] + 1:
            blocks.append([])
        blocks[-1].append(_cut(article.text, *lines[n], spans, ()))
    return tuple(map(tuple, blocks))


def differing(side: Side) -> tuple[Span, ...] | None:
    """Where in the article the words stand that other sides word otherwise; None where the side's words do not."""
    for evidence in side.evidence:
        at = evidence.exact.find(side.text)
        if evidence.start is not None and side.text and at >= 0:
            base = evidence.start + at
            return tuple((base + start, base + end) for start, end in side.marks)
    return None


def _cut(text: str, start: int, end: int, told: Sequence[Span], differs: Sequence[Span]) -> Passage:
    """The text from start to end, cut wherever a mark begins or ends."""
    edges = sorted({start, end, *(edge for span in (*told, *differs) for edge in span if start < edge < end)})
    return tuple(Piece(text[a:b], _inside(a, told), _inside(a, differs), a) for a, b in pairwise(edges))


def _inside(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _sentence(article: Article, spans: Iterable[Span]) -> Iterator[Span]:
    """The sentences that each span touches; where there is none, the span itself."""
    for start, end in spans:
        found = [one for one in article.sentences if one.start < end and start < one.end]
        yield min([start, *(one.start for one in found)]), max([end, *(one.end for one in found)])


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold words: a line of an article is a paragraph."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1
