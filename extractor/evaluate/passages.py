"""Passages: where an article speaks of a value that was found, or that should have been."""

from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

from extractor.evaluate.same import PHRASE, QUOTE_OVERLAP
from extractor.schemas import Account, Article, Evidence
from extractor.schemas.evaluation import Passage
from extractor.schemas.gold import GoldMeeting
from extractor.values import places, wording

AROUND = 160
"""Code points shown before and after the words."""


def at(article: Article, start: int, end: int) -> Passage:
    """The words at a span, and what stands around them."""
    text = article.text
    return Passage(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
    )


def at_evidence(article: Article, evidence: Evidence) -> Passage | None:
    """Where evidence stands."""
    if evidence.start is None or evidence.end is None:
        return None
    return at(article, evidence.start, evidence.end)


def at_words(article: Article, words: str) -> Passage | None:
    """Where words stand: as they are, or the sentences that are most like them."""
    start = article.text.find(words)
    if start >= 0:
        return at(article, start, start + len(words))
    if len(words.split()) < PHRASE:
        return None
    found = fuzz.partial_ratio_alignment(words, article.text, score_cutoff=100 * QUOTE_OVERLAP)
    held = [s for s in article.sentences if found and s.start < found.dest_end and s.end > found.dest_start]
    return at(article, held[0].start, held[-1].end) if held else None


def at_claims(article: Article, account: Account) -> Passage | None:
    """The sentence that holds most of what an account says of its meeting, statements aside."""
    starts = [
        evidence.start
        for claim in account.claims
        if not claim.field.startswith("statements")
        for evidence in claim.evidence
        if evidence.start is not None
    ]
    held = Counter(s.number for s in article.sentences for start in starts if s.start <= start < s.end)
    return _at_sentence(article, held)


def at_likeness(article: Article, gold: GoldMeeting, expected: str | None) -> Passage | None:
    """The sentence most like a gold meeting: by the value expected, then by its names, parties and places."""
    names = [name for key in ("city", "place", "host_event") for name in gold.accepted(key) if name]
    names += [person.name for person in gold.participants]
    wanted = {word: 1 for name in names for word in wording.meaning(name)}
    wanted |= dict.fromkeys(wording.meaning(expected or ""), 3)
    parties = set(gold.parties)
    held: Counter[int] = Counter()
    for sentence in article.sentences:
        words, codes = _read(article.slice(sentence))
        held[sentence.number] = sum(wanted[word] for word in words & wanted.keys()) + 2 * len(codes & parties)
    return _at_sentence(article, held)


def _at_sentence(article: Article, held: Counter[int]) -> Passage | None:
    """The sentence that holds most, the first of equals; None where none holds anything."""
    best = max(held, key=lambda number: (held[number], -number), default=0)
    sentence = article.sentence(best)
    return at(article, sentence.start, sentence.end) if sentence and held[best] else None


@lru_cache(maxsize=4096)
def _read(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The meaning words of a sentence, and the codes of what it names."""
    codes = {place.code for place in places.find(sentence) if place.code}
    return wording.meaning(sentence), frozenset(codes)
