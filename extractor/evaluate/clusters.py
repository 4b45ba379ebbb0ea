"""Two partitions of the same accounts compared: those that were merged, and those that belong together.

B-cubed (Bagga & Baldwin 1998): an account's precision is the share of its
found meeting's accounts that belong to its gold meeting, its recall the share
of its gold meeting's that were found with it; both are averaged over all
accounts, and F1 is their harmonic mean (Amigó et al. 2009). Pairwise counts
pairs of accounts instead of accounts.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from extractor.evaluate.bootstrap import Array, intervals, ratio, resampled, value
from extractor.schemas.evaluation import Merging, Mismerge
from extractor.schemas.scores import Pair, Scores

Labels = Sequence[Hashable]


def bcubed(found: Labels, gold: Labels, weights: Array | None = None) -> dict[str, Array]:
    """B-cubed precision, recall and F1, one a row of weights; an account weighs 1 without any.

    The shares of each account are those of the whole collection; weights say how often it is averaged.
    """
    weights = np.ones((1, len(found))) if weights is None else weights
    both = _sizes(list(zip(found, gold, strict=True)))
    total = weights.sum(axis=1)
    precision, recall = (ratio(weights @ (both / _sizes(side)), total) for side in (found, gold))
    return {"precision": precision, "recall": recall, "f1": ratio(2 * precision * recall, precision + recall)}


def pairwise(found: Labels, gold: Labels, weights: Array | None = None) -> dict[str, Array]:
    """Precision, recall and F1 of the pairs of accounts, one a row of weights: a pair weighs their product."""
    weights = np.ones((1, len(found))) if weights is None else weights
    both, put, belong = (_pairs(side, weights) for side in (list(zip(found, gold, strict=True)), found, gold))
    return {"precision": ratio(both, put), "recall": ratio(both, belong), "f1": ratio(2 * both, put + belong)}


def merging(scores: Scores, of: Mapping[str, str]) -> tuple[Merging, ...]:
    """The merging of the accounts that have a gold meeting, of the reported ones, and of all gold accounts.

    `of` is the found meeting of each account, by their ids.
    """
    paired = [pair for pair in scores.pairs if pair.account]
    reported = [pair for pair in paired if pair.role == "reported"]
    at = {file: number for number, file in enumerate(sorted(scores.files))}
    weights = resampled(len(at))
    rows = []
    for scope, pairs in (("paired", paired), ("reported", reported), ("gold", scores.pairs)):
        found = [of.get(pair.account or "", f"alone {number}") for number, pair in enumerate(pairs)]
        gold = [pair.meeting for pair in pairs]
        drawn = weights[:, [at[pair.file] for pair in pairs]]
        figures, resamples = _figures(found, gold, None), _figures(found, gold, drawn)
        counts = {"accounts": len(pairs), "found": len(set(found)), "expected": len(set(gold))}
        values = {name: value(figure) for name, figure in figures.items()}
        rows.append(Merging.model_validate({"scope": scope, **counts, **values, "intervals": intervals(resamples)}))
    return tuple(rows)


def mismerges(scores: Scores, of: Mapping[str, str]) -> tuple[Mismerge, ...]:
    """The meetings whose accounts should be apart, then the gold's whose accounts should be together."""
    known = [(pair, of[pair.account]) for pair in scores.pairs if pair.account and pair.account in of]
    mixed = _parts([(found, pair.meeting, pair) for pair, found in known])
    split = _parts([(pair.meeting, found, pair) for pair, found in known])
    return (
        *(Mismerge(kind="mixed", meeting=meeting, parts=parts) for meeting, parts in mixed.items()),
        *(Mismerge(kind="split", meeting=meeting, parts=parts) for meeting, parts in split.items()),
    )


def _parts(told: Sequence[tuple[str, str, Pair]]) -> Mapping[str, dict[str, tuple[str, ...]]]:
    """The files of each whole by its parts, of the wholes that have several."""
    wholes: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for whole, part, pair in told:
        wholes[whole][part] = (*wholes[whole].get(part, ()), pair.file)
    return {whole: parts for whole, parts in sorted(wholes.items()) if len(parts) > 1}


def _figures(found: Labels, gold: Labels, weights: Array | None) -> dict[str, Array]:
    return {
        f"{name}_{measure}": figure
        for name, function in (("bcubed", bcubed), ("pairwise", pairwise))
        for measure, figure in function(found, gold, weights).items()
    }


def _numbers(labels: Labels) -> Array:
    """The labels as numbers from 0."""
    at = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    return np.array([at[label] for label in labels], dtype=int)


def _sizes(labels: Labels) -> Array:
    """For each label how many are the same."""
    numbers = _numbers(labels)
    return np.bincount(numbers, minlength=1)[numbers].astype(float)


def _pairs(labels: Labels, weights: Array) -> Array:
    """The weight of all pairs with one label: of a group it is half of the square of the sum less the squares."""
    if not labels:
        return np.zeros(len(weights))
    numbers = _numbers(labels)
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    sums = np.add.reduceat(weights[:, order], starts, axis=1)
    squares: Array = (sums**2).sum(axis=1) - (weights**2).sum(axis=1)
    return squares / 2
