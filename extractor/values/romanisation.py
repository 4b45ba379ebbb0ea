"""Romanisations: whether two spellings can be of one word of a name.

Names from other scripts reach English by several systems (Revised Romanization
and McCune-Reischauer, Hepburn and Kunrei, Pinyin and Wade-Giles, ALA-LC and
newspaper habit). Two spellings are likely one name where they sound alike:
the same consonants under the pairs that the systems exchange, with vowels of
the same kind between them. Where the vowels of Arabic and Slavic names differ
by system, neighbouring vowels count as alike; in East Asian names one vowel
makes another name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

# Given names whose spellings differ by more than a rule allows: by the vowels of Arabic, or by the language.
_SAME_GIVEN = {
    form: group
    for group in (
        "yusuf yousef youssef yousif yusef yousuf yusif", "osman othman uthman usman ousmane", "omar umar omer",
        "suleiman sulaiman soliman suleyman sulayman", "volodymyr vladimir wladimir", "serhiy serhii sergei sergey",
        "oleksandr aleksandr alexander aliaksandr", "mykola nikolai nikolay", "dmytro dmitry dmitri dmitriy",
        "benjamin binyamin benyamin", "petro pyotr petr piotr", "bashar bachar", "islam islom",
        "andriy andrii andrei andrey", "yevhen yevgeny evgeny yevgeniy", "mykhailo mikhail", "oleksiy alexei aleksey",
    )
    for form in group.split()
}  # fmt: skip


def respelled(left: str, right: str, *, east: bool) -> bool:
    """Whether two spellings can be of one name: the same consonants, and between them vowels of a kind."""
    if left in _SAME_GIVEN and _SAME_GIVEN[left] == _SAME_GIVEN.get(right):
        return True
    heard, other = _heard(left, east=east), _heard(right, east=east)
    if not heard.isdisjoint(other):
        return True
    if east or _vague(left).isdisjoint(_vague(right)):
        return False
    return any(_sounds_alike(x, y) for x, y in product(heard, other))


def sounds(word: str) -> frozenset[str]:
    """What two words share of which one can be the other respelled."""
    given = {f"*{_SAME_GIVEN[word]}"} if word in _SAME_GIVEN else set()
    east = {f"^{found}" for found in _heard(word, east=True)}
    return frozenset(given | east | {f"-{found}" for found in _vague(word)})


@lru_cache(maxsize=131072)
def _heard(word: str, *, east: bool) -> frozenset[str]:
    """How a word may sound, by each of its readings; one letter is no sound of a name."""
    return frozenset(found for reading in _readings(word) if len(found := sound(reading, east=east)) > 1)


@lru_cache(maxsize=65536)
def _vague(word: str) -> frozenset[str]:
    """How a word may sound where neighbouring vowels are not told apart."""
    return frozenset(found.translate(_NEAR) for found in _heard(word, east=False))


def _readings(word: str) -> set[str]:
    """A word, and as it would be read in English by other habits.

    In Turkish c is j; Georgian is spelled letter by letter; a Thai ph is a p;
    and the last a of an Indian name is often mute ("Siddhartha").
    """
    return {
        word,
        re.sub(r"^c(?=[ei])", "j", word),
        re.sub("c(?!h)", "ts", word).replace("x", "kh"),
        word.replace("ph", "p"),
        re.sub(r"(?<=[bdgjkst]h)a$", "", word),
    }


_NEAR = str.maketrans("ai", "ee")


def _sounds_alike(a: str, b: str) -> bool:
    """Whether the sounds of two words of four and more differ by neighbouring vowels at the most."""
    near = ({"a", "e"}, {"e", "i"})
    return len(a) == len(b) > 3 and all(x == y or {x, y} in near for x, y in zip(a, b, strict=True))


# Consonants that the systems exchange, in any name and in East Asian ones; the longest first.
_CONSONANTS = (
    ("tch", "j"), ("zh", "j"), ("ch", "j"), ("sh", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("hs", "s"), ("wh", "hw"), ("ts", "s"), ("tz", "s"), ("ck", "k"), ("ks", "s"), ("x", "s"),
    ("c", "k"), ("q", "k"), ("g", "k"), ("z", "s"), ("v", "f"),
)  # fmt: skip
_EAST = str.maketrans({"b": "p", "d": "t", "r": "l"})
# Vowels by kind; what is spelled with several letters first.
_VOWELS = (
    ("eui", "i"), ("ui", "i"), ("eo", "u"), ("eu", "u"), ("oo", "u"), ("ou", "u"), ("oe", "u"), ("ue", "u"),
    ("uu", "u"), ("ee", "i"), ("ii", "i"), ("aa", "a"), ("ae", "e"), ("ai", "e"), ("ay", "e"), ("ei", "e"),
    ("ey", "e"), ("o", "u"),
)  # fmt: skip


# What changes a sound beside what stands there, in this order: before the vowels are taken by kind ...
_HEADS = (
    (re.compile(r"(?<=enk)a$"), "o"),
    (re.compile(r"^abd[aeou]l(?=.)"), "abdul"),
    (re.compile(r"m(?=[bp])"), "n"),
)
_BESIDE = (
    (re.compile(r"([b-df-hj-np-tv-z])\1+"), r"\1"),
    # A mute h after a vowel, a y that only leads in or closes a vowel.
    (re.compile(r"(?<=[aeiou])h(?![aeiouyw])"), ""),
    (re.compile(r"(?<![^aeiou])y(?=e(?![ou]))|(?<=i)y|y(?=i)"), ""),
)
_WOO = re.compile(r"wo?o(?![aeiou])")
_ENDS = (
    (re.compile(r"(?<=[aeiou])j$|(?<=[^aeiou])y(?=[aou])"), "i"),  # "Andrej", "-ian" for "-yan"
    (re.compile(r"a(?:e[ei]|ie|yi|yee)$"), "ai"),  # "Rezaei", "Rezaee", "Rezaie"
)
_VOWEL_Y, _LONG_I = re.compile(r"y(?![aeiou])"), re.compile(r"i+")


@lru_cache(maxsize=131072)
def sound(word: str, *, east: bool) -> str:
    """A word as it may sound: consonants under their exchanges, vowels by kind."""
    word = _changed(word, _HEADS)
    word = word.replace("ng", "N") if east else word
    for spelled, sound in _CONSONANTS:
        word = word.replace(spelled, sound)
    word = _changed(word, _BESIDE)
    # "woo" is "u" in East Asian names.
    word = _WOO.sub("u", word) if east else _changed(word.replace("w", "f"), _ENDS)
    for spelled, sound in _VOWELS:
        word = word.replace(spelled, sound)
    word = _VOWEL_Y.sub("i", word)
    return _LONG_I.sub("i", word.translate(_EAST) if east else word)


def _changed(word: str, changes: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, sound in changes:
        word = pattern.sub(sound, word)
    return word
