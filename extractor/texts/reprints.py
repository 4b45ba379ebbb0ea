"""Reprints: which articles are so alike that they have one origin, as a wire story in many papers.

By MinHash (Broder 1997): two texts are one origin where seven tenths of their
runs of five words are common, and so is whatever hangs together by such pairs. The
words of one official text, printed in full by two papers, are one source too.
"""

from collections.abc import Mapping

from rensa import RMinHash, RMinHashLSH

from extractor.values.wording import tokens

ALIKE = 0.7
"""Share of runs of words, of those in either text, that stand in both (Jaccard, estimated)."""
_RUN = 5
_SHORTEST = 50  # runs: two notices of a few sentences may be alike and yet each written for itself
_PERMUTATIONS = 128
_BANDS = 32  # bands of 4: of pairs as alike as 0.6, 99% are looked at
_SEED = 1


def sketch(text: str) -> RMinHash | None:
    """What is kept of a text to compare it: half a kilobyte, whatever its length; None for a few sentences."""
    said = [word for word, _, _ in tokens(text)]
    runs = [" ".join(said[i : i + _RUN]) for i in range(len(said) - _RUN + 1)]
    if len(runs) < _SHORTEST:
        return None
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update(runs)
    return made


def origins(sketches: Mapping[str, RMinHash | None]) -> dict[str, str]:
    """The origin of each article: of those that are alike, the id that sorts first. Any order gives the same."""
    found = {name: drawn for name, drawn in sorted(sketches.items()) if drawn is not None}
    names = list(found)
    index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    origin = list(range(len(names)))

    def root(number: int) -> int:
        while origin[number] != number:
            number = origin[number]
        return number

    for number, drawn in enumerate(found.values()):
        for other in index.query(drawn):
            if drawn.jaccard(found[names[other]]) >= ALIKE:
                low, high = sorted((root(number), root(other)))
                origin[high] = low
        index.insert(number, drawn)
    return {name: name for name in sketches} | {name: names[root(number)] for number, name in enumerate(names)}
