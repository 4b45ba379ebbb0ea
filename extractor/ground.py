"""Ground: every quote of a draft located in its text, or marked as ungrounded.

A quote is located word for word; failing that, after folding typographic
quotes, dashes, white space and Unicode composition (NFC), and nothing else.
Either way it starts and ends at the edges of words. Likeness never grounds: it
only suggests a passage when the model is asked again. Offsets are code points
of the unfolded text.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from extractor.schemas import Article, Draft, Evidence, Grounding, Sentence
from extractor.schemas.base import Record
from extractor.texts.folding import LONGEST_COMPOSED, Folded, fold
from extractor.texts.places import places
from extractor.texts.selectors import select
from extractor.texts.words import Words

_LONGEST_PASSAGE = 400

Located = Mapping[tuple[str, int], Evidence]
"""Evidence by the words and the sentence number that a draft gives."""

Span = tuple[int, int]


@dataclass(frozen=True)
class _Source:
    """An article, with its words and its text after folding: each is made when it is first wanted."""

    article: Article

    @cached_property
    def words(self) -> Words:
        return Words(self.article.text, self.article.sentences)

    @cached_property
    def folded(self) -> Folded:
        return fold(self.article.text)


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
            near, passage = nearest(article, quote[:_LONGEST_PASSAGE], source.folded)
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
    # Nothing longer folds to the text: no need to read megabytes.
    if not quote.strip() or len(quote) > LONGEST_COMPOSED * len(article.text):
        return _ungrounded(article, quote)
    sentence = article.sentence(number) or Sentence(number=0, paragraph=0, start=0, end=0)
    verbatim = _nearest(_verbatim(source, quote, sentence), sentence)
    if verbatim and _starts_in(sentence, verbatim):
        return select(article, *verbatim, Grounding.VERBATIM)
    folded = _nearest(_folded(source, quote, sentence), sentence)
    if folded and (verbatim is None or _starts_in(sentence, folded)):
        return select(article, *folded, Grounding.FOLDED)
    return select(article, *verbatim, Grounding.VERBATIM) if verbatim else _ungrounded(article, quote)


def _ungrounded(article: Article, quote: str) -> Evidence:
    return Evidence(article=article.id, start=None, end=None, exact=quote, grounding=Grounding.UNGROUNDED)


def holds(article: Article, item: Evidence) -> bool:
    """Whether evidence still stands in its text; ungrounded evidence claims nothing."""
    if not item.grounded:
        return True
    return item.article == article.id and article.text[item.start : item.end] == item.exact


def nearest(article: Article, quote: str, folded: Folded | None = None) -> tuple[int, str]:
    """The sentence most like a quote: its number and its words, or those around the likeness where it is long.

    A hint, never a grounding. An article without sentences gives 0 and "".
    """
    folded = folded or fold(article.text)
    needle = fold(quote).text
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


def _slice(folded: Folded, sentence: Sentence) -> str:
    return folded.text[bisect_left(folded.starts, sentence.start) : bisect_left(folded.starts, sentence.end)]


def _verbatim(source: _Source, quote: str, sentence: Sentence) -> Iterator[Span]:
    """Where a quote stands word for word, as whole words: from the sentence on, then before."""
    for start in places(source.article.text, quote, sentence.start):
        if source.words.whole(start, start + len(quote)):
            yield start, start + len(quote)


def _folded(source: _Source, quote: str, sentence: Sentence) -> Iterator[Span]:
    """Where a quote stands after folding, as whole words: from the sentence on, then before."""
    text, starts, ends = source.folded
    needle = fold(quote).text.strip()
    if not needle or (needle == quote and text == source.article.text):
        return  # word for word is all there is
    for first in places(text, needle, bisect_left(starts, sentence.start)):
        last = first + len(needle) - 1
        # What folds together is not parted.
        parted = starts[first] in starts[first - 1 : first] or ends[last] in ends[last + 1 : last + 2]
        if not parted and source.words.whole(starts[first], ends[last]):
            yield starts[first], ends[last]


def _starts_in(sentence: Sentence, span: Span) -> bool:
    return sentence.start <= span[0] < sentence.end


def _nearest(spans: Iterable[Span], sentence: Sentence) -> Span | None:
    """The first span that starts in the sentence, else the one that stands nearest to it."""
    best: tuple[int, Span] | None = None
    for span in spans:
        if _starts_in(sentence, span):
            return span
        away = max(sentence.start - span[1], span[0] - sentence.end, 0)
        if best is None or away < best[0]:
            best = away, span
    return best[1] if best else None
