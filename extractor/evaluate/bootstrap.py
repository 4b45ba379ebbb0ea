"""Percentile bootstrap: how far a figure would move had other articles been drawn (Efron & Tibshirani 1993, ch. 13).

Whole articles are resampled, not values: the values of one article depend on
each other. All figures share the same resamples.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.schemas.evaluation import RESAMPLES
from extractor.schemas.scores import Interval

Array = NDArray[Any]

SEED = 1993
LEVEL = 0.95


def resampled(articles: int) -> Array:
    """How often each article is drawn: RESAMPLES rows, each with the sum of `articles`.

    By RandomState, whose numbers stay the same in all versions of NumPy (NEP
    19): the same input gives the same intervals.
    """
    shares = np.full(articles, 1 / articles) if articles else np.empty(0)
    return np.random.RandomState(SEED).multinomial(articles, shares, size=RESAMPLES).astype(float)


def ratio(part: Array, whole: Array) -> Array:
    """Part by whole, element by element; not a number where the whole is 0."""
    shares: Array = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=np.asarray(whole) != 0)
    return shares


def value(figure: Array) -> float | None:
    """The one figure of an array; None for not a number."""
    one = float(figure.item())
    return None if np.isnan(one) else one


def interval(figures: Array) -> Interval | None:
    """The percentiles that hold 95% of the resamples' figures; those where it is undefined are left out."""
    known = figures[~np.isnan(figures)]
    if not known.size:
        return None
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail], method="inverted_cdf")
    return Interval(low=float(low), high=float(high))


def intervals(figures: dict[str, Array]) -> dict[str, Interval]:
    """The intervals of the figures that have one, by name."""
    found = {name: interval(values) for name, values in figures.items()}
    return {name: one for name, one in found.items() if one}
