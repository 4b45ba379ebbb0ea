"""Fit: weights learnt from labelled pairs, starting from those in force.

Logistic regression on how often each signal speaks: the score less the
threshold is the log-odds that a pair is of one meeting. A Gaussian prior is
centred on the weights in force (MAP; Gelman et al. 2008), so that few pairs
move little, and a signal that no pair shows stays where it is. Pairs may be
chosen by their score, as the regression is conditional on the signals.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from extractor.evaluate.bootstrap import Array
from extractor.linking import Pair
from extractor.match import reasons
from extractor.profile import Profile
from extractor.weights import Weights, standard

SPREAD = 2.0
"""Half bits: standard deviation of the prior."""
FOLDS = 5
"""Parts of the pairs, each of which is judged by weights that were learnt from the others."""
_NATS = log(2) / 2
"""Natural log-odds in half a bit."""


class Example(NamedTuple):
    """A labelled pair: how often each signal speaks, and whether the two are of one meeting."""

    pair: Pair
    counts: Mapping[str, int]
    same: bool


class Measured(NamedTuple):
    """How weights judge examples: how many right, and the mean log loss (in nats; 0.69 is a guess)."""

    right: int
    loss: float


class Fit(NamedTuple):
    """Weights that were learnt, and how the examples are judged by the old ones, by the new ones, and unseen.

    `unseen` is five-fold cross-validation. Pairs are held out, not articles:
    where the pairs are of a few meetings it flatters. `shown` counts the
    examples in which each signal speaks.
    """

    weights: Weights
    before: Measured
    after: Measured
    unseen: Measured
    shown: Mapping[str, int]


def example(left: Profile, right: Profile, *, same: bool) -> Example:
    """What speaks in a pair that was labelled."""
    counts = Counter(reason.name for reason in reasons(left, right))
    return Example((left.account, right.account), counts, same)


def fit(examples: Iterable[Example], weights: Weights) -> Fit:
    """Weights learnt from examples, whose order does not matter; the threshold stays."""
    ordered = sorted(examples, key=lambda example: example.pair)
    parts = [ordered[number::FOLDS] for number in range(FOLDS)]
    unseen = [
        loss
        for part in parts
        for loss in losses(
            part, learned([example for other in parts if other is not part for example in other], weights)
        )
    ]
    new = learned(ordered, weights)
    shown = Counter(name for example in ordered for name, count in example.counts.items() if count)
    before, after = (_measured(losses(ordered, one)) for one in (weights, new))
    return Fit(new, before, after, _measured(unseen), shown)


def learned(examples: Sequence[Example], weights: Weights) -> Weights:
    """The most probable weights, rounded to half bits.

    None changes its side: what speaks for one meeting in the weights of the
    package never comes to speak against it, nor the other way round.
    """
    names = sorted({name for example in examples for name in example.counts})
    if not names:
        return weights
    counts = np.array([[example.counts.get(name, 0) for name in names] for example in examples], dtype=float)
    same = np.array([example.same for example in examples])
    start = np.array([weights.signals[name] for name in names], dtype=float)

    def cost(found: Array) -> tuple[float, Array]:
        odds = _NATS * (counts @ found - weights.threshold)
        off = (found - start) / SPREAD
        slope = _NATS * counts.T @ (expit(odds) - same) + off / SPREAD
        return _loss(odds, same).sum() + off @ off / 2, slope

    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=[_side(name) for name in names]).x
    return weights.model_copy(
        update={"signals": {**weights.signals, **{n: round(w) for n, w in zip(names, found.tolist(), strict=True)}}}
    )


def losses(examples: Sequence[Example], weights: Weights) -> list[tuple[bool, float]]:
    """Of each example whether the weights judge it right, and its log loss."""
    scores = [sum(weights.signals[name] * count for name, count in e.counts.items()) for e in examples]
    odds = _NATS * (np.array(scores, dtype=float) - weights.threshold)
    loss = _loss(odds, np.array([example.same for example in examples], dtype=bool))
    right = [(score >= weights.threshold) == example.same for score, example in zip(scores, examples, strict=True)]
    return list(zip(right, loss.tolist(), strict=True))


def _measured(found: Sequence[tuple[bool, float]]) -> Measured:
    return Measured(sum(right for right, _ in found), sum(loss for _, loss in found) / len(found))


def _loss(odds: Array, same: Array) -> Array:
    loss: Array = np.logaddexp(0, np.where(same, -odds, odds))
    return loss


def _side(name: str) -> tuple[int | None, int | None]:
    """Between what a weight may be."""
    usual = standard().signals[name]
    return (0 if usual > 0 else None), (0 if usual < 0 else None)
