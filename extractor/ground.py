"""Ground: every quote of a draft located in its text, or marked as ungrounded.

A quote is located word for word; failing that, after folding typographic
quotes, dashes, white space and Unicode composition (NFC), and nothing else.
Likeness never grounds: it only suggests a passage when the model is asked
again. Offsets are code points of the unfolded text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import NamedTuple

from rapidfuzz import fuzz, process

from extractor.schemas import Article, Draft, Evidence, Grounding, Sentence
from extractor.schemas.base import Record
from extractor.texts.selectors import select

_FOLDS = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
# No canonical decomposition has more than four code points, so more of them never compose into one.
_LONGEST_COMPOSED = 4
_LONGEST_PASSAGE = 400

Located = Mapping[tuple[str, int], Evidence]
"""Evidence by the words and the sentence number that a draft gives."""


class Folded(NamedTuple):
    """A text after folding, and for each of its characters the span it came from."""

    text: str
    starts: list[int]
    ends: list[int]


Folding = Callable[[], Folded]


def ground(article: Article, draft: Draft) -> Located:
    """The evidence of all words that the draft quotes."""
    folded = _folding(article)
    return {(words, number): locate(article, words, number, folded) for words, number in quoted(draft)}


def problems(article: Article, draft: Draft) -> list[str]:
    """What is wrong with a draft's pointers, in sentences that a model can act on."""
    folded = _folding(article)
    found = []
    for words, number in dict.fromkeys(quoted(draft)):
        if article.sentence(number) is None:
            found.append(f"There is no sentence {number}: the sentences are numbered 1 to {len(article.sentences)}.")
        elif not locate(article, words, number, folded).grounded:
            near, passage = nearest(article, words[:_LONGEST_PASSAGE], folded())
            found.append(
                f"{words[:_LONGEST_PASSAGE]!r} does not stand in sentence {number}, nor elsewhere in the article. "
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


def locate(article: Article, words: str, number: int, folded: Folding | None = None) -> Evidence:
    """The evidence for words that are said to start in a sentence.

    Of several places the one in that sentence counts, word for word before
    folded; else the nearest to it. `folded` gives the article's text after `fold`.
    """
    if len(words) > _LONGEST_COMPOSED * len(article.text):  # nothing folds to that: no need to read megabytes
        return Evidence(article=article.id, start=None, end=None, exact=words, grounding=Grounding.UNGROUNDED)
    sentence = article.sentence(number) or Sentence(number=0, paragraph=0, start=0, end=0)
    verbatim = _verbatim(article.text, words, sentence)
    if verbatim and sentence.start <= verbatim[0] < sentence.end:
        return select(article, *verbatim, Grounding.VERBATIM)
    unverbatim = _folded((folded or _folding(article))(), words, sentence)
    if unverbatim and (verbatim is None or sentence.start <= unverbatim[0] < sentence.end):
        exact = article.text[slice(*unverbatim)] == words
        return select(article, *unverbatim, Grounding.VERBATIM if exact else Grounding.FOLDED)
    if verbatim:
        return select(article, *verbatim, Grounding.VERBATIM)
    return Evidence(article=article.id, start=None, end=None, exact=words, grounding=Grounding.UNGROUNDED)


def holds(article: Article, item: Evidence) -> bool:
    """Whether evidence still stands in its text; ungrounded evidence claims nothing."""
    if not item.grounded:
        return True
    return item.article == article.id and article.text[item.start : item.end] == item.exact


def nearest(article: Article, words: str, folded: Folded | None = None) -> tuple[int, str]:
    """The sentence most like the words: its number and its words, or those around the likeness where it is long.

    A hint, never a grounding. An article without sentences gives 0 and "".
    """
    folded = folded or fold(article.text)
    needle = fold(words).text
    # A word or two would be found in anything.
    least = min(len(needle), 30) / 2
    pieces = ((s.number, _slice(folded, s)) for s in article.sentences)
    choices = {number: piece for number, piece in pieces if len(piece) >= least}
    number = process.extractOne(needle, choices, scorer=fuzz.partial_ratio)[2] if choices else 1
    sentence = article.sentence(number)
    return (number, _around(needle, article.slice(sentence))) if sentence else (0, "")


def _around(needle: str, passage: str) -> str:
    """A passage, or its part around what is like the needle where it is long."""
    if len(passage) <= _LONGEST_PASSAGE:
        return passage
    alike = fuzz.partial_ratio_alignment(needle, passage)
    middle = (alike.dest_start + alike.dest_end) // 2 if alike else 0
    left = max(0, middle - _LONGEST_PASSAGE // 2)
    return passage[left : left + _LONGEST_PASSAGE]


def _folding(article: Article) -> Folding:
    """The article's text after `fold`, made when it is first wanted: most quotes stand word for word."""
    return cache(partial(fold, article.text))


def fold(text: str) -> Folded:
    """Folds typographic quotes, dashes, white space and composition, and keeps where each character stood."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _runs(text):
        piece = text[start:end]
        if piece.isascii() and not piece.isspace():
            out.append(piece)
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        piece = unicodedata.normalize("NFC", piece).translate(_FOLDS)
        if piece.isspace():
            if out and out[-1] == " ":
                ends[-1] = end
                continue
            piece = " "
        out.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return Folded("".join(out), starts, ends)


_PLAIN = re.compile(r"[!-~]+(?=[\x00-\x7f]|\Z)")


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Spans that fold by themselves: a run of ASCII letters and marks, or a character and what NFC joins to it."""
    at = 0
    while at < len(text):
        if plain := _PLAIN.match(text, at):
            end = plain.end()
        else:
            end = at + 1
            while end < len(text) and _composes(text, at, end):
                end += 1
        yield at, end
        at = end


def _composes(text: str, start: int, at: int) -> bool:
    """Whether NFC may join the character at `at` to those from `start`."""
    if text[at].isascii() or text[start].isspace():
        return False
    if _follows(text[at]):
        return True
    if at - start >= _LONGEST_COMPOSED:
        return False
    return len(unicodedata.normalize("NFC", text[start : at + 1])) == 1


@lru_cache(maxsize=4096)
def _follows(char: str) -> bool:
    """Whether a character is, or decomposes into, a mark on the one before."""
    return bool(unicodedata.combining(unicodedata.normalize("NFD", char)[0]))


def _slice(folded: Folded, sentence: Sentence) -> str:
    return folded.text[bisect_left(folded.starts, sentence.start) : bisect_left(folded.starts, sentence.end)]


def _verbatim(text: str, words: str, sentence: Sentence) -> tuple[int, int] | None:
    if not words.strip():
        return None
    start = _place(text, words, sentence.start, sentence.end)
    return None if start is None else (start, start + len(words))


def _folded(folded: Folded, words: str, sentence: Sentence) -> tuple[int, int] | None:
    needle = fold(words).text.strip()
    if not needle:
        return None
    left, right = (bisect_left(folded.starts, place) for place in (sentence.start, sentence.end))
    start = _place(folded.text, needle, left, right, folded.starts)
    return None if start is None else (folded.starts[start], folded.ends[start + len(needle) - 1])


def _place(text: str, words: str, left: int, right: int, clusters: list[int] | None = None) -> int | None:
    """Where the words stand as whole words: in the stretch from left to right, else nearest to it.

    `clusters` numbers the characters that belong together; none is cut.
    """

    def whole(start: int) -> bool:
        return not any(
            _joined(text, cut) or (clusters and 0 < cut < len(text) and clusters[cut - 1] == clusters[cut])
            for cut in (start, start + len(words))
        )

    after = text.find(words, left)
    while after >= 0 and not whole(after):
        after = text.find(words, after + 1)
    if left <= after < right:
        return after
    before = text.rfind(words, 0, left + len(words) - 1) if left else -1
    while before >= 0 and not whole(before):
        before = text.rfind(words, 0, before + len(words) - 1)
    if after < 0 or before < 0:
        return max(after, before) if max(after, before) >= 0 else None
    return before if left - (before + len(words)) < after - right else after


def _joined(text: str, at: int) -> bool:
    """Whether a cut here would change a word or number: fall inside it, or part it from its negation."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isspace() or right.isspace():
        return False
    if unicodedata.category(right).startswith("M") or "\u200d" in (left, right):
        return True
    if _in_word(left) and _in_word(right):
        return True
    around = text[max(0, at - 5) : at + 3]
    cut = min(at, 5)
    return any(match.start() < cut < match.end() for match in _UNPARTED.finditer(around))


# 1.5 · 10,000 · 10:30 · can't · non-nuclear · -5
_UNPARTED = re.compile(
    r"\d[.,:]\d"
    r"|\w['’]t\b"
    r"|\bnon[-‐‑–]\w"
    r"|(?<![\w)])[-−]\d",
    re.IGNORECASE,
)


def _in_word(char: str) -> bool:
    """Whether the character belongs to a word, in the scripts that part words by spaces: those with capitals."""
    return char.isdigit() or char.lower() != char.upper() or bool(unicodedata.combining(char))
