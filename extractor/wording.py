"""Wording: whether two texts say the same, and where they differ, word by word."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FUNCTION_WORDS = frozenset(
    "the a an of and or to in on at for with by from as that this these those it its is are was were be been being has have "
    "had will would he she they we i you his her their our my them him us who which both also very much so such".split()
)
_NEGATIONS = frozenset("not no never neither nor without cannot none nobody nothing n't".split())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: lower case, no punctuation, straight apostrophes."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").lower()
    return tuple(match.group().removesuffix("'s") for match in _WORD.finditer(plain))


def content(text: str) -> tuple[str, ...]:
    """The words that carry meaning, cut to their stems, in order."""
    return tuple(stem(word) for word in words(text) if word not in _FUNCTION_WORDS)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem: enough to see `strengthen` in `strengthening`, never shown to anybody."""
    for suffix in ("ations", "ation", "ements", "ement", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=65536)
def similarity(left: str, right: str) -> float:
    """How alike two texts are, 0 to 1: the share of meaning words they have in common (Dice)."""
    a, b = set(content(left)), set(content(right))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same(left: str, right: str) -> bool:
    """Whether two texts are the same words, case and punctuation aside."""
    return words(left) == words(right)


def opposed(left: str, right: str) -> bool:
    """Whether texts that are otherwise alike differ in a negation or a number: then they conflict."""
    a, b = set(words(left)), set(words(right))
    numbers = {w for w in a if w.isdigit()} ^ {w for w in b if w.isdigit()}
    return bool(numbers) or _negated(a) != _negated(b)


def _negated(found: set[str]) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in found)


def best_part(short: str, long: str) -> tuple[int, int]:
    """The stretch of clauses of a longer text (start, end; code points) that is most like a shorter one."""
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:] |(?<=\w)[—–] ", long)), len(long)]
    spans = [(start, end) for i, start in enumerate(cuts[:-1]) for end in cuts[i + 1 :]]
    start, end = max(spans, key=lambda span: (_fit(short, long[span[0] : span[1]]), span[0] - span[1]))
    piece = long[start:end]
    return start, start + len(piece.rstrip(" ,;:"))


def _fit(short: str, piece: str) -> float:
    return SequenceMatcher(None, words(short), words(piece), autojunk=False).ratio()


def marks(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text (start, end; code points) that the other one words differently."""
    spans = [match.span() for match in _WORD.finditer(text.replace("’", "'"))]
    matcher = SequenceMatcher(None, words(text), words(other), autojunk=False)
    return tuple(
        (spans[start][0], spans[end - 1][1])
        for tag, start, end, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete") and end > start and end <= len(spans)
    )


_STANCES = (
    ("looks forward", re.compile(r"\blook(?:s|ed|ing)? forward\b|\bhope[sd]?\b", re.IGNORECASE)),
    ("is concerned", re.compile(r"\bconcern(?:s|ed)?\b|\bworr(?:y|ied|ies)\b", re.IGNORECASE)),
    ("welcomes", re.compile(r"\bwelcom(?:e|es|ed|ing)\b|\bappreciat\w+", re.IGNORECASE)),
    ("thanks", re.compile(r"\bthank(?:s|ed|ful)?\b|\bgrateful\b", re.IGNORECASE)),
    ("condemns", re.compile(r"\bcondemn(?:s|ed|ing)?\b|\bdenounc\w+", re.IGNORECASE)),
)


def stance(text: str) -> str | None:
    """The attitude that a statement expresses, if it is one of the usual ones of diplomacy."""
    return next((name for name, expression in _STANCES if expression.search(text)), None)


_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|last)\b", re.IGNORECASE)
_SCOPE = re.compile(
    r"\b(?:this|of the) (?P<unit>year|month|decade|century)\b|\bin (?P<years>(?:about |nearly )?[\w-]+ (?:years|months))\b|\bsince (?P<since>.+)$|\b(?:held )?in (?P<place>[A-Z][\w ]+)$",
)


def distinction(text: str) -> tuple[str, str]:
    """What a distinction claims: the ordinal and its scope, so that wordings of one are seen as one."""
    ordinal = _ORDINAL.search(text)
    scope = _SCOPE.search(text)
    found = next((f"{k} {' '.join(content(v))}" for k, v in scope.groupdict().items() if v), "") if scope else ""
    if not found:
        found = " ".join(content(text))
    return (ordinal.group().lower() if ordinal else "", found)
