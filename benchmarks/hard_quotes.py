"""Texts of 1,000 tokens with a quote of 120 that is hard to place: what no news item is, and a hostile one may be."""

import random
import unicodedata
from typing import NamedTuple

TOKENS, QUOTED = 1_000, 120
_WORDS = (
    "minister ministers talks talk the of to sign signs signed will not never border river ferry treaty accord",
    "delegation said told reporters Monday Tuesday week year first second joint statement press room",
)


class Hard(NamedTuple):
    """A text and a quote, and what makes it hard."""

    kind: str
    text: str
    quote: str


def hard_quotes(seed: int = 1) -> list[Hard]:
    """All of them; the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 # nothing is secret here
    words = chance.choices(" ".join(_WORDS).split(), k=TOKENS)
    plain, quoted = " ".join(words), words[440 : 440 + QUOTED]
    straight = " ".join(quoted)
    scrambled = chance.sample(quoted, QUOTED)
    prose = "".join(f"{word}. " if at % 20 == 19 else f"{word} " for at, word in enumerate(words)).title()
    half = QUOTED // 2
    marked = " ".join(word[0] + "\u0301\u0323" * 3 + word[1:] for word in words)
    jamo = unicodedata.normalize("NFD", " ".join(chance.choices(("회담", "외교", "장관", "서명"), k=TOKENS)))
    kanji = "".join(chance.choices("会談外交大臣署名合意", k=TOKENS))
    the = " ".join(["the"] * QUOTED)
    return [
        Hard("stands word for word", plain, straight),
        Hard("stands folded", plain.replace(" ", "\u00a0"), straight),
        Hard("one word dropped", plain, " ".join(quoted[:half] + quoted[half + 1 :])),
        Hard("last word cut", plain, straight[:-1]),
        Hard("words scrambled", plain, " ".join(scrambled)),
        Hard("words scrambled, in sentences", prose, " ".join(scrambled).title()),
        Hard("the first half, then the last", plain, " ".join(words[:half] + words[-half:])),
        Hard("one word all over", " ".join(["the"] * TOKENS), f"{the} end"),
        Hard("one word all over, cut", " ".join(["the"] * TOKENS), the[:-1]),
        Hard("one word all over, cut, curly", " ".join(["the"] * TOKENS) + " ’", the[:-1] + "’"),
        Hard("near match all over", f"{the} and " * (TOKENS // (QUOTED + 1)), f"{the} end"),
        Hard("one letter", "a" * 6 * TOKENS, "a" * 6 * QUOTED),
        Hard("one letter, then another", "a" * 6 * TOKENS, "a" * 6 * QUOTED + "b"),
        Hard("another, then one letter", "a" * 6 * TOKENS, "b" + "a" * 6 * QUOTED),
        Hard("digits and dots", "1." * (TOKENS // 2), "1." * (QUOTED // 2) + "1"),
        Hard("signs", "-5" * (TOKENS // 2), "-5" * (QUOTED // 2)),
        Hard("short words, cut", "ab " * TOKENS, "b " + "ab " * (QUOTED - 1)),
        Hard("only quotation marks", "“" * TOKENS, '"' * QUOTED + "x"),
        Hard("quotation marks and words", "“so” " * (TOKENS // 3), '"so" ' * (QUOTED // 3) + "no"),
        Hard("a flood of marks", "e" + "\u0301" * 6 * TOKENS, "\u0301" * 6 * QUOTED),
        Hard("a flood of marks, other marks", "e" + "\u0301" * 6 * TOKENS, "e" + "\u0323" * 6 * QUOTED),
        Hard("marks on each word", marked, " ".join(marked.split()[440 : 440 + QUOTED - 1]) + " end"),
        Hard("jamo", jamo, unicodedata.normalize("NFC", " ".join(jamo.split()[440 : 440 + QUOTED])) + "끝"),
        Hard("no spaces", kanji, kanji[440 : 440 + QUOTED] + "終"),
        Hard("joined emoji", "👩‍" * TOKENS, "👩‍" * QUOTED + "👩"),
        Hard("invisible characters", "a" + "\u200b" * 6 * TOKENS, "\u200b" * 6 * QUOTED),
        Hard("white space", "a" + " \u00a0" * 3 * TOKENS, "a" + " " * 6 * QUOTED + "b"),
        Hard("lines", "so\n" * TOKENS, "so " * QUOTED + "no"),
    ]
