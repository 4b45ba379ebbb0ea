"""Passages: where an article speaks of a value that was found, or that should have been."""

import re
from calendar import month_name
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from extractor.evaluate.same import PHRASE, QUOTE_OVERLAP
from extractor.schemas import Account, Article, Evidence
from extractor.schemas.evaluation import Passage
from extractor.schemas.gold import GoldMeeting
from extractor.values import places, wording

AROUND = 160
"""Code points shown before and after the words."""
_MONTH = re.compile(r"^(?:\d{4}|XXXX)-(0[1-9]|1[0-2])")
_MEETING = re.compile(r"\b(?:met|meet(?:s|ing|ings)?|talks|summit|spoke|call|dialogue)\b", re.IGNORECASE)
_TELLING = {"occurrence": 5, "date": 3, "city": 3, "place": 3, "host_event": 3}


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
    """The sentence that tells most of an account's meeting: that it was held, when and where before by whom."""
    held: Counter[int] = Counter()
    for claim in account.claims:
        for evidence in claim.evidence if not claim.field.startswith("statements") else ():
            for sentence in article.sentences:
                if evidence.start is not None and sentence.start <= evidence.start < sentence.end:
                    held[sentence.number] += _TELLING.get(claim.field, 1)
    return _at_sentence(article, held)


def at_likeness(article: Article, gold: GoldMeeting, expected: str | None = None) -> Passage | None:
    """The sentence most like a gold meeting: by the value expected, then by place, month, names, parties, and kind."""
    named = [name for key in ("city", "place", "host_event") for name in gold.accepted(key) if name]
    months = [month_name[int(month)] for date in gold.accepted("date") for month in _MONTH.findall(date or "")]
    weights = [(20, expected or ""), *((3, name) for name in (*named, *months))]
    wanted = [(weight, wording.meaning(name)) for weight, name in weights]
    wanted += [(1, wording.meaning(person.name)) for person in gold.participants]
    parties = set(gold.parties)
    held: dict[int, float] = {}
    for sentence in article.sentences:
        words, codes = _read(article.slice(sentence))
        alike = sum(weight * len(words & name) / len(name) for weight, name in wanted if name) + len(codes & parties)
        held[sentence.number] = alike and alike + bool(_MEETING.search(article.slice(sentence)))
    return _at_sentence(article, held)


def _at_sentence(article: Article, held: Mapping[int, float]) -> Passage | None:
    """The sentence that holds most, the first of equals; None where none holds anything."""
    best = max(held, key=lambda number: (held[number], -number), default=0)
    sentence = article.sentence(best)
    return at(article, sentence.start, sentence.end) if sentence and held[best] else None


@lru_cache(maxsize=4096)
def _read(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The meaning words of a sentence, and the codes of what it names."""
    codes = {place.code for place in places.find(sentence) if place.code}
    return wording.meaning(sentence), frozenset(codes)
