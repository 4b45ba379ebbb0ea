"""Ground: every quote of a draft located in its text, or marked as ungrounded.

A quote is located word for word; failing that, after folding typographic
quotes, dashes, white space and Unicode composition (NFC), and nothing else.
Likeness never grounds: it only suggests a passage when the model is asked
again. Offsets are code points of the unfolded text.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz

from extractor.schemas import Article, Draft, Evidence, Grounding
from extractor.schemas.base import Record
from extractor.selectors import select

_FOLDS = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
)

Located = Mapping[tuple[str, int], Evidence]
"""Evidence by the words and the sentence number that a draft gives."""


class Folded(NamedTuple):
    """A text after folding, and for each of its characters the span it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def ground(article: Article, draft: Draft) -> Located:
    """The evidence of all words that the draft quotes."""
    folded = fold(article.text)
    return {(words, number): locate(article, words, number, folded) for words, number in quoted(draft)}


def problems(article: Article, draft: Draft) -> list[str]:
    """What is wrong with a draft's pointers, in sentences that a model can act on."""
    folded = fold(article.text)
    found = []
    for words, number in dict.fromkeys(quoted(draft)):
        sentence = article.sentence(number)
        if sentence is None:
            found.append(f"There is no sentence {number}: the sentences are numbered 1 to {len(article.sentences)}.")
        elif not locate(article, words, number, folded).grounded:
            near, passage = nearest(article, words)
            found.append(
                f"{words!r} does not stand in sentence {number}, nor elsewhere in the article. "
                f"The nearest words are in sentence {near}: {passage!r}. Copy the exact words or leave it out."
            )
    return found


def quoted(record: Record) -> Iterator[tuple[str, int]]:
    """All pairs of words and sentence number inside a draft, in order."""
    text = getattr(record, "text", None) or getattr(record, "name", None)
    number = getattr(record, "sentence", None)
    if isinstance(text, str) and isinstance(number, int):
        yield text, number
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, Record):
                yield from quoted(item)


def locate(article: Article, words: str, number: int, folded: Folded | None = None) -> Evidence:
    """The evidence for words that are said to start in a sentence.

    Of several places the one in that sentence counts, else the nearest to it.
    """
    sentence = article.sentence(number)
    near = sentence.start if sentence else 0
    text = article.text
    if words.strip():
        if spans := [(i, i + len(words)) for i in _places(text, words)]:
            return select(article, *_closest(spans, near), Grounding.VERBATIM)
        folded = folded or fold(text)
        needle = fold(words).text.strip()
        if needle and (
            spans := [(folded.starts[i], folded.ends[i + len(needle) - 1]) for i in _places(folded.text, needle)]
        ):
            return select(article, *_closest(spans, near), Grounding.FOLDED)
    return Evidence(article=article.id, start=None, end=None, exact=words, grounding=Grounding.UNGROUNDED)


def holds(article: Article, item: Evidence) -> bool:
    """Whether evidence still stands in its text; ungrounded evidence claims nothing."""
    if not item.grounded:
        return True
    return item.article == article.id and article.text[item.start : item.end] == item.exact


def nearest(article: Article, words: str) -> tuple[int, str]:
    """The sentence most like the words, and its number: a hint, never a grounding."""
    folded = fold(words).text
    best = max(
        article.sentences,
        key=lambda s: (fuzz.partial_ratio(folded, fold(article.slice(s)).text), -s.number),
        default=None,
    )
    return (best.number, article.slice(best)) if best else (0, "")


def fold(text: str) -> Folded:
    """Folds typographic quotes, dashes, white space and composition, and keeps where each character stood."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize("NFC", text[start:end]).translate(_FOLDS)
        if piece.isspace():
            if out and out[-1] == " ":
                ends[-1] = end
                continue
            piece = " "
        for char in piece:
            out.append(char)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that NFC treats each by itself: a character and what composes with it."""
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and not text[i].isascii():
            joined = text[start : i + 1]
            if unicodedata.combining(text[i]) or len(unicodedata.normalize("NFC", joined)) <= len(
                unicodedata.normalize("NFC", text[start:i])
            ):
                continue
        if start < len(text):
            yield start, i
        start = i


def _places(text: str, words: str) -> Iterator[int]:
    """Where the words stand as whole words."""
    for match in re.finditer(f"(?={re.escape(words)})", text):
        start, end = match.start(), match.start() + len(words)
        if not (_joined(text, start) or _joined(text, end)):
            yield start


def _joined(text: str, at: int) -> bool:
    """Whether a cut here would fall inside a word or number, in scripts that part words by spaces."""
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(char: str) -> bool:
    return char.isdigit() or char.lower() != char.upper() or bool(unicodedata.combining(char))


def _closest(spans: list[tuple[int, int]], near: int) -> tuple[int, int]:
    """The first span at or after the place, else the last before it."""
    return min(spans, key=lambda span: (span[0] < near, abs(span[0] - near)))
