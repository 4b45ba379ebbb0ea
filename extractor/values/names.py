"""One person in many spellings: order, titles, initials, nicknames, romanisations.

Spellings are compared word by word (`romanisation`); East Asian given names as
one word, syllable for syllable.
"""

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from extractor.values.romanisation import respelled, sound, sounds

_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "his", "her", "excellency"),
        *("hon", "honourable", "honorable", "president", "minister", "secretary", "premier", "chancellor", "chairman"),
        *("king", "queen", "emir", "sultan", "sheikh", "sheikha", "prince", "princess", "crown", "general", "gen"),
        *("ambassador", "senator", "prime", "foreign", "defense", "defence", "finance", "vice", "deputy", "state"),
        *("former", "acting", "then", "ayatollah", "imam", "of", "the", "and", "rt", "right", "baroness", "baron"),
        *("secretary-general", "governor", "representative", "congressman", "admiral", "adm", "colonel", "col", "lt"),
        *("major", "maj", "marshal", "captain", "capt", "shri", "smt", "dato", "datuk", "seri", "daw"),
        *("samdech", "sayyid", "pope", "cardinal", "archbishop", "bishop", "reverend", "rev", "external", "affairs"),
        *("home", "interior", "national", "security", "adviser", "advisor", "special", "envoy", "leader", "chief"),
    }
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Letters after a name; and those after an office that is not taken up yet.
_AFTER = re.compile(r"(?:,? (?:MP|MEP|MD|PhD|KC|QC|OBE|CBE|KCMG))+$|(?<=[a-z])-(?:designate|elect)\b")
_PARTICLES = frozenset(
    {
        *("bin", "bint", "ibn", "al", "el", "ul", "ur", "abu", "de", "da", "do", "dos", "das", "del", "della", "di"),
        *("du", "la", "le", "van", "von", "der", "den", "y", "e"),
    }
)
# Of these a first word is a surname where a whole name follows (Vietnamese "Le Hoai An"), and beside an East Asian
# surname any is a syllable ("Min Do Hoon").
_SYLLABLES_TOO = frozenset({"da", "di", "do", "du", "le", "la", "van", "e", "y"})
# Surnames in romanisations that share too little for a rule; all of them East Asian.
_SAME_SURNAME = {
    form: group
    for group in (
        "lee yi rhee ri i li", "park pak bak", "choi choe", "kim gim", "roh noh no", "lim im rim", "an ahn", "oh o",
        "jeong jung chung cheong jong chong", "jang chang zhang", "jo cho", "shin sin", "woo u wu", "yoo yu ryu you",
        "kang gang", "kwon gwon", "ban pan", "bae pae", "baek paek paik back", "jeon jun chun chon", "jin chin",
        "ko go koh", "gu koo ku", "moon mun", "seo suh so", "son sohn", "sung seong", "heo huh hur", "hwang whang",
        "byun byeon pyon", "yang ryang", "yoon yun", "joo ju chu", "ji chi", "cha", "chae chai", "eom um", "won weon",
        "han", "nam", "song", "min", "hong", "kwak gwak", "zhou chou", "xi hsi", "cai tsai", "zhao chao", "zhu", "qin",
        "xu hsu", "xie hsieh", "xiao hsiao", "guo kuo", "qian", "wang", "liu", "chen", "sun", "ma", "hu", "gao", "luo",
        "deng teng", "peng", "mao", "chiang jiang", "ding ting", "tian tien", "jia chia", "ren jen", "ye yeh", "wei",
        "fang", "shi shih", "dai tai", "meng", "xiong hsiung", "zeng tseng", "zheng cheng", "feng", "dong tung", "yuan",
    )
    for form in group.split()
}  # fmt: skip


class Likeness(IntEnum):
    """How alike two names are; higher is more."""

    DIFFERENT = 0
    PARTIAL = 1
    """One is only a part of the other: a surname."""
    VARIANT = 2
    """A nickname, an initial, a middle name left out, or another romanisation."""
    SAME = 3
    """The same words, family name first or last, titles aside."""


class _Name(NamedTuple):
    """A name's words; an East Asian given name is one word of them. `east` tells that it is such a name.

    Where a name tells whose child its bearer is, its order is `fixed`. `flat`
    are its orders without spaces, the first as it stands; `initials` those in
    the middle; `generation` is which of its bearers is meant.
    """

    words: tuple[str, ...]
    east: bool
    fixed: bool
    flat: tuple[str, ...]
    initials: tuple[str, ...]
    generation: str | None

    @classmethod
    def of(cls, printed: str, words: tuple[str, ...], *, east: bool, fixed: bool = False) -> "_Name":
        """The name of these words, and as printed."""
        initials = tuple(word for word in words[1:-1] if len(word) == 1)
        flat = tuple(map("".join, _orders(words, fixed=fixed)))
        return cls(words, east, fixed, flat, initials, _generation(printed))


def _orders(words: tuple[str, ...], *, fixed: bool) -> tuple[tuple[str, ...], ...]:
    """The words as they stand, and with the family name moved to the other end."""
    return (words,) if fixed else (words, (*words[1:], *words[:1]), (*words[-1:], *words[:-1]))


@lru_cache(maxsize=16384)
def likeness(left: str, right: str) -> Likeness:
    """How alike two names of persons are; symmetric."""
    short, long = _read(left), _read(right)
    if short.generation and long.generation and short.generation != long.generation:
        return Likeness.DIFFERENT
    if (len(long.words), long.words) < (len(short.words), short.words):
        short, long = long, short
    if not short.words:
        return Likeness.DIFFERENT
    if short.flat[0] in long.flat:
        return Likeness.SAME
    east = short.east or long.east
    if not east and len(short.words) > 1 and sound(short.flat[0], east=False) == sound(long.flat[0], east=False):
        return Likeness.VARIANT
    if short.initials and long.initials and short.initials != long.initials:
        return Likeness.DIFFERENT
    if len(short.words) == 1:
        word = short.words[0]
        alike = any(_alike(word, other, east=east) for other in long.words if len(word) > 1 and len(other) > 1)
        return Likeness.PARTIAL if alike and len(long.words) > 1 else Likeness.VARIANT if alike else Likeness.DIFFERENT
    if not east and (_shortened(short.words, long.words) or _shortened(long.words, short.words)):
        return Likeness.VARIANT
    if not all(any(_alike(word, other, east=east) for other in long.words) for word in short.words):
        return Likeness.DIFFERENT
    found = any(
        _aligned(order, kept, east=east)
        for order in _orders(short.words, fixed=short.fixed)
        for kept in combinations(long.words, len(short.words))
        if len(long.words) - len(short.words) <= 2
    )
    return Likeness.VARIANT if found else Likeness.DIFFERENT


def _shortened(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one leaves out the mother's surname of the other, and the other a second given name of the one.

    "Ana María Soto" and "Ana Soto Ruiz": in Spanish names the father's surname stands before the mother's.
    """
    least = 3
    return min(len(one), len(other)) >= least and one[0] == other[0] and one[-1] == other[-2]


@lru_cache(maxsize=16384)
def marks(name: str) -> frozenset[str]:
    """What two names share that are alike at all: names that have none of these in common are different."""
    read = _read(name)
    flat = "".join(read.words)
    found = {f"={''.join(sorted(flat))}", f"~{sound(flat, east=False)}"}
    return frozenset(found.union(*map(_marks, read.words)))


@lru_cache(maxsize=65536)
def _marks(word: str) -> frozenset[str]:
    """The word, its nicknames, its surname in other romanisations, and how it may sound."""
    if len(word) < 2:
        return frozenset()
    surname = _SAME_SURNAME.get(word)
    return frozenset({word, *_nicknames(word), *([f"+{surname}"] if surname else [])} | sounds(word))


def same_person(left: str, right: str) -> bool:
    """Whether two names can be one person's: any likeness but none."""
    return likeness(left, right) is not Likeness.DIFFERENT


def tokens(name: str) -> tuple[str, ...]:
    """A name's words: small letters, without accents, titles, particles and hyphens."""
    return tuple(part for word in _words(name) for part in word.split("-"))


@lru_cache(maxsize=131072)
def _words(name: str) -> tuple[str, ...]:
    """A name's words as `tokens` gives them, but with their hyphens."""
    name = _AFTER.sub("", name)
    # "J.D." and "JD" are two initials; "JI" may be a surname in capitals.
    spaced = re.sub(r"\b([A-Z])\.(?=[A-Z])", r"\1 ", name)
    if not name.isupper():
        spaced = re.sub(r"\b([B-DF-HJ-NP-TV-XZ])(?!G\b)([B-DF-HJ-NP-TV-XZ])\b", r"\1 \2", spaced)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"['’ʼʻ`.]", "", _plain(spaced)))
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    words = [re.sub(r"^(?:al|el|as|ad|an|ar|at|az)-(?=[a-z])", "", word) for word in words]
    east = len(words) == 3 and (words[0] in _SAME_SURNAME or words[-1] in _SAME_SURNAME)
    kept = [
        word
        for i, word in enumerate(words)
        if word not in _PARTICLES or (word in _SYLLABLES_TOO and (east or (i == 0 and len(words) > 2)))
    ]
    return tuple(kept or words)


def _plain(name: str) -> str:
    folded = name.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


# Letters that Unicode does not decompose; and the dashes that join names.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "‐": "-", "‑": "-"}
)


def _generation(name: str) -> str | None:
    """Which of the bearers of a name in a family or on a throne: "jr", "sr", "ii"..."""
    match = re.search(r"\b(jr|sr|[ivx]{1,4})\W*$", name.lower())
    return match[1] if match else None


@lru_cache(maxsize=131072)
def _read(name: str) -> _Name:
    """A name's words, with a given name in syllables ("Min-jae", "Min Jae") as one."""
    words = _words(name)
    joined = [word.replace("-", "") for word in words]
    if len(joined) <= 1:
        return _Name.of(name, tuple(joined), east="-" in "".join(words) and all(map(_syllables, joined)))
    for surname, given in ((0, slice(1, None)), (-1, slice(0, -1))):
        rest = joined[given]
        if joined[surname] in _SAME_SURNAME and len(rest) <= 2 and all(map(_syllables, rest)):
            whole = "".join(rest)
            return _Name.of(name, (joined[0], whole) if surname == 0 else (whole, joined[-1]), east=True)
    return _Name.of(name, tuple(joined), east=False, fixed=bool(re.search(r"\b(?:bin|ibn|bint)\b", name.lower())))


_SYLLABLES = re.compile(
    r"(?:(?:[csztkpw]?h|hs|t[sz]|kk|tt|pp|ss|jj|[b-df-hj-np-tv-xz])?(?:[wy]?[aeiou]+[wy]?)(?:ng|[nmklptrhb](?![aeiouwy]))?){1,3}"
)


def _syllables(word: str) -> bool:
    """Whether a word can be one to three East Asian syllables."""
    return bool(_SYLLABLES.fullmatch(word))


def _aligned(left: tuple[str, ...], right: tuple[str, ...], *, east: bool) -> bool:
    """Whether the words are alike pair by pair, and not by initials and nicknames alone."""
    pairs = list(zip(left, right, strict=True))
    if not all(_alike(x, y, east=east) for x, y in pairs):
        return False
    if any(len(x) > 1 and (x == y or _same_surname(x, y)) for x, y in pairs):
        return True
    return all(min(len(x), len(y)) > 3 and respelled(x, y, east=east) for x, y in pairs)


def _alike(left: str, right: str, *, east: bool) -> bool:
    if left == right or (east and _same_surname(left, right)):
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return respelled(left, right, east=east) or (not east and _nickname(left, right))


def _same_surname(left: str, right: str) -> bool:
    return left in _SAME_SURNAME and _SAME_SURNAME[left] == _SAME_SURNAME.get(right)


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
    from nicknames import NickNamer

    return NickNamer()
