"""Wording: whether two texts say the same, and where they differ, word by word."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

# A letter or digit takes its combining marks along: the same word composed and decomposed is one word.
_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})?")
_FUNCTION_WORDS = frozenset({
    "a", "also", "an", "and", "are", "as", "at", "be", "been", "being", "both", "by", "for", "from", "had", "has",
    "have", "he", "her", "him", "his", "i", "in", "is", "it", "its", "much", "my", "of", "on", "or", "our", "she", "so",
    "such", "that", "the", "their", "them", "these", "they", "this", "those", "to", "us", "very", "was", "we", "were",
    "which", "who", "will", "with", "would", "you", "your",
})  # fmt: skip
_NEGATIONS = frozenset({
    "cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without",
})  # fmt: skip
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
    "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_NUMBER = re.compile(rf"(?<![\w.,])\d+(?:[.,]\d+)*|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_SUFFIXES = (
    ("ations", ""), ("ation", ""), ("ements", ""), ("ement", ""), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""),
    ("ies", "y"), ("es", ""), ("s", ""), ("ly", ""),
)  # fmt: skip


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a text and where each stands (code points)."""
    for match in _WORD.finditer(text):
        plain = unicodedata.normalize("NFC", match.group()).replace("’", "'").lower()
        yield plain.removesuffix("'s"), match.start(), match.end()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: lower case, composed, no punctuation, straight apostrophes, no possessive."""
    return tuple(word for word, _, _ in tokens(text))


def content(text: str) -> tuple[str, ...]:
    """The words that carry meaning, cut to their stems, in order."""
    return tuple(stem(word) for word in words(text) if word not in _FUNCTION_WORDS)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem: enough to see `strengthen` in `strengthening`, never shown to anybody."""
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix) + instead
    return word


@lru_cache(maxsize=65536)
def meaning(text: str) -> frozenset[str]:
    """The stems of a text's meaning words, each once."""
    return frozenset(content(text))


def similarity(left: str, right: str) -> float:
    """How alike two texts are, 0 to 1: the share of meaning words they have in common (Dice)."""
    a, b = meaning(left), meaning(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same(left: str, right: str) -> bool:
    """Whether two texts are the same words, case and punctuation aside."""
    return left == right or (words(left) == words(right) != ())


def opposed(left: str, right: str) -> bool:
    """Whether texts that are otherwise alike differ in a negation, or give different numbers: then they conflict.

    A number that one of them leaves out is no conflict.
    """
    a, b = _numbers(left), _numbers(right)
    return bool(a - b and b - a) or _negated(left) != _negated(right)


def _numbers(text: str) -> set[str]:
    found = (match.group().lower() for match in _NUMBER.finditer(text))
    return {_NUMBERS.get(word) or re.sub(r",(?=\d{3}\b)", "", word) for word in found}


def _negated(text: str) -> bool:
    return any(
        word.endswith("n't") or (word in _NEGATIONS and (word, after) != ("not", "only"))
        for word, after in pairwise((*words(text), ""))
    )


def within(short: str, long: str) -> tuple[int, int] | None:
    """Where a longer text holds the words of a shorter one, one after the other (start, end; code points)."""
    wanted, held = words(short), words(long)
    if not wanted or f" {' '.join(wanted)} " not in f" {' '.join(held)} ":
        return None
    size, spans = len(wanted), list(tokens(long))
    first = next(i for i in range(len(held)) if held[i : i + size] == wanted)
    last = first + size
    # Marks at the ends go with the words that they stand by.
    return spans[first][1] if first else 0, spans[last - 1][2] if last < len(held) else len(long)


def best_part(short: str, long: str) -> tuple[int, int]:
    """The stretch of clauses of a longer text (start, end; code points) that is most like a shorter one."""
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:] |(?<=\w)[—–] ", long)), len(long)]
    spans = [(start, end) for i, start in enumerate(cuts[:-1]) for end in cuts[i + 1 :]]
    if len(spans) == 1:
        return 0, len(long.rstrip(" ,;:"))
    start, end = max(spans, key=lambda span: (_fit(short, long[span[0] : span[1]]), span[0] - span[1]))
    piece = long[start:end]
    return start, start + len(piece.rstrip(" ,;:"))


def _fit(short: str, piece: str) -> float:
    return SequenceMatcher(None, words(short), words(piece), autojunk=False).ratio()


def marks(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text (start, end; code points) that the other one words differently."""
    spans = [(start, end) for _, start, end in tokens(text)]
    matcher = SequenceMatcher(None, words(text), words(other), autojunk=False)
    return tuple(
        (spans[start][0], spans[end - 1][1])
        for tag, start, end, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
    )


_STANCES = (
    ("looks forward", re.compile(r"\blook(?:s|ed|ing)? forward\b|\bhope[sd]?\b", re.IGNORECASE)),
    ("is concerned", re.compile(r"\bconcern(?:s|ed)?\b|\bworr(?:y|ied|ies)\b", re.IGNORECASE)),
    ("welcomes", re.compile(r"\bwelcom(?:e|es|ed|ing)\b|\bappreciat\w+", re.IGNORECASE)),
    ("thanks", re.compile(r"\bthank(?:s|ed|ful)?\b|\bgrateful\b", re.IGNORECASE)),
    ("condemns", re.compile(r"\bcondemn(?:s|ed|ing)?\b|\bdenounc\w+", re.IGNORECASE)),
)


@lru_cache(maxsize=65536)
def stance(text: str) -> str | None:
    """The attitude that a statement expresses, if it is one of the usual ones of diplomacy."""
    return next((name for name, expression in _STANCES if expression.search(text)), None)


_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|last)\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:this|of the) (?P<unit>year|month|decade|century)\b"
    r"|\bin (?:about |nearly |almost |over |more than )?(?P<span>an? decade|[\w-]+ (?:years|months|decades))\b"
    r"|\bsince (?P<since>.+)$"
    r"|\b(?:held )?in (?P<place>[A-Z][\w ]+)$",
)


def distinction(text: str) -> tuple[str, str]:
    """What a distinction claims: the ordinal and its scope, so that wordings of one are seen as one."""
    ordinal = _ORDINAL.search(text)
    scope = _SCOPE.search(text.rstrip(" .,;"))
    found = next((f"{k} {' '.join(content(v))}" for k, v in scope.groupdict().items() if v), "") if scope else ""
    return (ordinal.group().lower() if ordinal else "", found or " ".join(content(text)))
