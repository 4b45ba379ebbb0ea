"""One person in many spellings: order, titles, initials, nicknames, romanisations.

Korean, Chinese, Japanese, Arabic and Cyrillic names reach English by several
systems (Revised Romanization and McCune-Reischauer, Hepburn and Kunrei, Pinyin
and Wade-Giles, ALA-LC and newspaper habit). They differ in vowels, doubled
letters and a few consonant pairs, so two spellings are likely one name where
their consonants agree under those pairs.
"""

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from itertools import permutations

_TITLES = frozenset(
    "mr mrs ms dr prof sir dame lord lady president minister secretary premier chancellor king queen emir sheikh "
    "prince princess general gen ambassador senator excellency his her hon jr sr ii iii iv he chairman prime foreign "
    "vice deputy state of the".split()
)
_PARTICLES = frozenset("bin ibn al el ul de da dos van von der den di du la le abu y e".split())
# Surnames whose usual romanisations share too little for a rule.
_SAME_SURNAME = tuple(
    frozenset(group.split())
    for group in (
        "lee yi rhee ri i", "park pak bak", "choi choe", "kim gim", "roh noh no", "lim im rim", "jeong jung chung cheong",
        "jang chang", "jo cho", "shin sin", "woo u", "yoo yu ryu", "kang gang", "kwon gwon", "zhou chou", "xi hsi",
    )
)  # fmt: skip
_PAIRS = str.maketrans({"g": "k", "q": "k", "c": "k", "d": "t", "b": "p", "v": "f", "w": "f", "z": "s", "x": "s", "r": "l"})


class Likeness(IntEnum):
    """How alike two names are; higher is more."""

    DIFFERENT = 0
    PARTIAL = 1
    """One is only a part of the other: a surname."""
    VARIANT = 2
    """A nickname, an initial, or another romanisation."""
    SAME = 3
    """The same words, in any order, titles aside."""


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> Likeness:
    """How alike two names of persons are."""
    a, b = tokens(left), tokens(right)
    if not a or not b:
        return Likeness.DIFFERENT
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return Likeness.SAME
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return Likeness.PARTIAL if short[0] in long else Likeness.DIFFERENT
    if set(short) <= set(long):
        return Likeness.VARIANT
    return Likeness.VARIANT if _aligned(short, long) else Likeness.DIFFERENT


def same_person(left: str, right: str) -> bool:
    """Whether two names can be one person's: any likeness but none."""
    return likeness(left, right) is not Likeness.DIFFERENT


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """A name's words: lower case, without accents, titles, particles and hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’.]", "", plain))
    kept = tuple(word for word in words if word not in _TITLES and word not in _PARTICLES)
    return kept or tuple(words)


def _aligned(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name has its own match in the longer, and one of them is exact.

    Two names of equal length may be in another order; given names written as
    one word or two ("Taeyong", "Tae-yong") are joined first.
    """
    for left, right in ((short, long), (_joined(short), _joined(long)), (_joined(short), long), (short, _joined(long))):
        first, second = sorted((left, right), key=len)
        if len(second) > 4 or len(second) - len(first) > 1 or len(first) < 2:
            continue
        for order in permutations(second, len(first)):
            pairs = list(zip(first, order, strict=True))
            if all(_alike(x, y) for x, y in pairs) and any(x == y or _surnames(x, y) for x, y in pairs):
                return True
    return False


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """Surname first, then the given name as one word."""
    return (words[0], "".join(words[1:])) if len(words) > 2 else words


def _alike(left: str, right: str) -> bool:
    if left == right or _surnames(left, right):
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return _nickname(left, right) or (min(len(left), len(right)) > 1 and _skeleton(left) == _skeleton(right))


def _surnames(left: str, right: str) -> bool:
    return any(left in group and right in group for group in _SAME_SURNAME)


def _nickname(left: str, right: str) -> bool:
    return right in _nicknames(left) or left in _nicknames(right)


@cache
def _nicknames(name: str) -> frozenset[str]:
    """Nicknames of a given name, and of its spelling with or without a mute h."""
    namer = _namer()
    forms = {name, name.replace("th", "t"), re.sub(r"t(?!h)", "th", name)}
    return frozenset(nick for form in forms for nick in namer.nicknames_of(form))


@cache
def _namer():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library has no type hints
    from nicknames import NickNamer  # noqa: PLC0415 - loads its table

    return NickNamer()


@lru_cache(maxsize=65536)
def _skeleton(word: str) -> str:
    """The consonants of a word under the pairs that romanisations exchange, and whether a vowel leads."""
    word = word.replace("ch", "j").replace("sh", "s").replace("kh", "k").replace("ts", "s").replace("ph", "f")
    word = word.replace("ng", "N").replace("ck", "k").replace("c", "k").replace("j", "J")
    vowel = word[0] in "aeiouy"
    kept = re.sub(r"[aeiouyh]", "", word if vowel else word[0] + word[1:].replace("w", ""))
    folded = re.sub(r"(.)\1+", r"\1", kept.translate(_PAIRS))
    return ("a" if vowel else "") + folded
