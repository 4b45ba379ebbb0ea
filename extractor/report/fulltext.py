"""The full texts of a meeting's articles, cut where an evidence begins or ends."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from extractor.report import sections, words
from extractor.schemas import Article, Meeting, MeetingDiff


@dataclass(frozen=True)
class Piece:
    """A stretch of a text. `start` is where it begins (code points), where an evidence does as well."""

    text: str
    marked: bool
    start: int | None
    signs: str
    """The signs of the rows whose evidence begins here."""
    rows: tuple[tuple[str, str], ...]
    """The rows that rest on it, the shortest evidence first: id, and section and title in words."""


@dataclass(frozen=True)
class FullText:
    """An article of a meeting under its letter, in paragraphs."""

    label: str
    source: str
    article: str
    paragraphs: tuple[tuple[Piece, ...], ...]


_Spans = Mapping[tuple[int, int], Mapping[str, tuple[str, str]]]
"""The rows (id to sign and words) by the place of the evidence that they rest on."""


def full_texts(meeting: Meeting, diff: MeetingDiff | None, texts: Mapping[str, Article]) -> Iterator[FullText]:
    """The articles of a meeting that are at hand, each once, with every evidence of the meeting marked."""
    articles = {account.article: account for account in reversed(meeting.accounts)}
    places = _places(meeting, diff)
    for id_, account in reversed(articles.items()):
        if id_ in texts:
            paragraphs = tuple(_paragraphs(texts[id_].text, places[id_]))
            yield FullText(account.label, account.source, id_, paragraphs)


def place(article: str, start: int) -> str:
    """The part of an `id` that names a place of an article."""
    return f"text-{article[:12]}-{start}"


def file_name(meeting: str) -> str:
    """The name of the file that holds the texts of a meeting, where they stand beside a report."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", meeting) + ".html"


def _places(meeting: Meeting, diff: MeetingDiff | None) -> Mapping[str, _Spans]:
    """By article; what no row rests on is marked as well."""
    found: defaultdict[str, defaultdict[tuple[int, int], dict[str, tuple[str, str]]]]
    found = defaultdict(lambda: defaultdict(dict))
    for claim in meeting.claims:
        for evidence in (*claim.evidence, *(claim.derivation.evidence if claim.derivation else ())):
            if evidence.start is not None and evidence.end is not None:
                found[evidence.article][evidence.start, evidence.end].update({})
    for id_, (group, row) in sections.by_row(sections.groups(diff) if diff else ()).items():
        for evidence in (evidence for side in row.sides for evidence in side.evidence):
            if evidence.start is not None and evidence.end is not None:
                told = group.sign, f"{group.title}: {row.title}"
                found[evidence.article][evidence.start, evidence.end][id_] = told
    return found


def _paragraphs(text: str, spans: _Spans) -> Iterator[tuple[Piece, ...]]:
    """The lines that hold something; the text cut at each end of a span, and at each end of a line."""
    breaks = {at for match in re.finditer(r"\n+", text) for at in match.span()}
    cuts = sorted({0, len(text), *breaks, *(min(end, len(text)) for span in spans for end in span)})
    starting, ending = defaultdict(list), defaultdict(list)
    for span in spans:
        starting[span[0]].append(span)
        ending[span[1]].append(span)
    line: list[Piece] = []
    over: dict[tuple[int, int], None] = {}
    for start, end in pairwise(cuts):
        for span in ending[start]:
            over.pop(span, None)
        over.update(dict.fromkeys(starting[start]))
        if text[start] == "\n":
            if line:
                yield tuple(line)
            line = []
        else:
            line.append(_piece(text[start:end], start, list(over), starting[start], spans))
    if line:
        yield tuple(line)


def _piece(text: str, start: int, over: list[tuple[int, int]], starting: list[tuple[int, int]], spans: _Spans) -> Piece:
    shortest = sorted(over, key=lambda span: span[1] - span[0])
    rows = {id_: told for span in shortest for id_, (_, told) in spans[span].items()}
    signs = dict.fromkeys(sign for span in starting for sign, _ in spans[span].values())
    return Piece(words.plain(text), bool(over), start if starting else None, " ".join(signs), tuple(rows.items()))
