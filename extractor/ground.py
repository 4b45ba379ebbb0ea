"""Ground: every quote of a draft located in its text, or marked as ungrounded.

A quote is located word for word; failing that, after folding typographic
quotes, dashes, white space and Unicode composition (NFC), and nothing else.
Either way it starts and ends at the edges of words. Likeness never grounds: it
only suggests a passage when the model is asked again. Offsets are code points
of the unfolded text.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import eq, or_

from extractor.schemas import Article, Draft, Evidence, Grounding, Sentence
from extractor.schemas.base import Record
from extractor.texts.folding import Folded, fold
from extractor.texts.likeness import most_alike
from extractor.texts.places import Searched
from extractor.texts.selectors import select
from extractor.texts.words import cuts, plain

_LONGEST_PASSAGE = 400

Located = Mapping[tuple[str, int], Evidence]
"""Evidence by the words and the sentence number that a draft gives."""


@dataclass(frozen=True)
class _Source:
    """An article, its words, and its text after folding: each is made when it is first wanted."""

    article: Article

    @cached_property
    def verbatim(self) -> Searched:
        return Searched(self.article.text, *cuts(self.article.text))

    @cached_property
    def folding(self) -> Folded:
        return fold(self.article.text)

    @cached_property
    def folded(self) -> Searched:
        """What folds together is not parted, and the words are those of the unfolded text."""
        text, starts, ends = self.folding
        parted = [False, *map(eq, starts, starts[1:]), False]
        no_start = map(self.verbatim.no_start.__getitem__, [*starts, -1])
        no_end = map(self.verbatim.no_end.__getitem__, [0, *ends])
        return Searched(text, bytes(map(or_, no_start, parted)), bytes(map(or_, no_end, parted)))


def ground(article: Article, draft: Draft) -> Located:
    """The evidence of all words that the draft quotes."""
    source = _Source(article)
    return {(quote, number): _locate(source, quote, number) for quote, number in quoted(draft)}


def problems(article: Article, draft: Draft) -> list[str]:
    """What is wrong with a draft's pointers, in sentences that a model can act on."""
    source = _Source(article)
    found = []
    for quote, number in dict.fromkeys(quoted(draft)):
        if article.sentence(number) is None:
            found.append(f"There is no sentence {number}: the sentences are numbered 1 to {len(article.sentences)}.")
        elif not _locate(source, quote, number).grounded:
            near, passage = _nearest(source, quote[:_LONGEST_PASSAGE])
            found.append(
                f"{quote[:_LONGEST_PASSAGE]!r} does not stand in sentence {number}, nor elsewhere in the article. "
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


def locate(article: Article, quote: str, number: int) -> Evidence:
    """The evidence for words that are said to start in a sentence.

    Of several places the one in that sentence counts, word for word before
    folded; else the nearest to it.
    """
    return _locate(_Source(article), quote, number)


def _locate(source: _Source, quote: str, number: int) -> Evidence:
    article = source.article
    if not quote.strip():
        return _ungrounded(article, quote)
    sentence = article.sentence(number) or Sentence(number=0, paragraph=0, start=0, end=0)
    verbatim = _verbatim(source, quote, sentence)
    if verbatim and sentence.start <= verbatim[0] < sentence.end:
        return select(article, *verbatim, Grounding.VERBATIM)
    folded = _folded(source, quote, sentence)
    if folded and (verbatim is None or sentence.start <= folded[0] < sentence.end):
        return select(article, *folded, Grounding.FOLDED)
    return select(article, *verbatim, Grounding.VERBATIM) if verbatim else _ungrounded(article, quote)


def _verbatim(source: _Source, quote: str, sentence: Sentence) -> tuple[int, int] | None:
    """Where a quote stands word for word: first in the sentence, else nearest to it."""
    text = source.article.text
    first = text.find(quote, sentence.start)
    if sentence.start <= first < sentence.end and plain(text, first, first + len(quote)):
        return first, first + len(quote)
    start = source.verbatim.place(quote, sentence.start, sentence.end) if quote in text else None
    return None if start is None else (start, start + len(quote))


def _folded(source: _Source, quote: str, sentence: Sentence) -> tuple[int, int] | None:
    """Where a quote stands after folding: first in the sentence, else nearest to it."""
    needle = fold(quote).text.strip()
    text, starts, ends = source.folding
    if not needle or needle not in text or (needle == quote and text == source.article.text):
        return None  # the last: word for word is all there is
    left, right = (bisect_left(starts, at) for at in (sentence.start, sentence.end))
    first = source.folded.place(needle, left, right)
    return None if first is None else (starts[first], ends[first + len(needle) - 1])


def _ungrounded(article: Article, quote: str) -> Evidence:
    return Evidence(article=article.id, start=None, end=None, exact=quote, grounding=Grounding.UNGROUNDED)


def holds(article: Article, item: Evidence) -> bool:
    """Whether evidence still stands in its text; ungrounded evidence claims nothing."""
    if not item.grounded:
        return True
    return item.article == article.id and article.text[item.start : item.end] == item.exact


def nearest(article: Article, quote: str) -> tuple[int, str]:
    """The sentence most like a quote: its number and its words, or those around the likeness where it is long.

    A hint, never a grounding. An article without sentences gives 0 and "".
    """
    return _nearest(_Source(article), quote)


def _nearest(source: _Source, quote: str) -> tuple[int, str]:
    article = source.article
    if not article.sentences:
        return 0, ""
    text, starts, _ = source.folding
    spans = [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in article.sentences]
    number, at = most_alike(text, fold(quote).text, spans)
    sentence = article.sentences[number]
    middle = starts[at] + min(len(quote), _LONGEST_PASSAGE) // 2
    left = max(sentence.start, min(middle - _LONGEST_PASSAGE // 2, sentence.end - _LONGEST_PASSAGE))
    return sentence.number, article.text[left : min(left + _LONGEST_PASSAGE, sentence.end)]
